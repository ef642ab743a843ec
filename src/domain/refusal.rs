//! What went wrong: one list of codes for every layer, and what a command of a plan is refused with.

use super::words::words;

words! {
    /// Why something was not done: scripts and agents read the word in `error.code`, the exit code follows from it.
    ErrorCode:
    /// Anything without a code of its own.
    #[default] Failure = "failure",
    /// The command line does not make sense.
    Usage = "usage",
    /// No such plan, strategy, session, turn, slot, item, file.
    NotFound = "not_found",
    /// A name that fits several things.
    Ambiguous = "ambiguous",
    /// Values are missing or wrong.
    Invalid = "invalid_values",
    /// A rule stands against it: a gate is open, evidence is missing, the state does not allow it.
    Refused = "refused",
    /// Somebody else is writing, has changed the same thing, or something is there already.
    Conflict = "conflict",
    /// A file was written by a newer version of the program.
    Newer = "newer",
    /// A file cannot be read as what it should be.
    Corrupt = "corrupt",
    /// Nothing was written: the disk is full, read-only, missing, or not ours.
    NotSaved = "not_saved",
    /// Reading or writing failed.
    Io = "io",
    /// The person broke it off.
    Interrupted = "interrupted",
    /// Nobody reads what is written any more: an end, not an error.
    ClosedPipe = "closed_pipe",
}

/// A change that was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// Why.
    pub message: String,
    /// What to do instead.
    pub hint: String,
    /// Not found, invalid or refused.
    pub code: ErrorCode,
}

impl Refusal {
    /// What stands against it and what to do instead, in a line.
    pub fn text(&self) -> String {
        if self.hint.is_empty() { self.message.clone() } else { format!("{}: {}", self.message, self.hint) }
    }

    /// A rule stands against it.
    pub fn rule(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), code: ErrorCode::Refused }
    }

    /// A value is wrong.
    pub fn invalid(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), code: ErrorCode::Invalid }
    }

    /// No such thing.
    pub fn not_found(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), code: ErrorCode::NotFound }
    }
}
