//! What a command failed of: a message, what to do next, and the exit code scripts go by.

use std::io;

use crate::domain::command::{Cause, Refusal};
use crate::domain::new_plan::NotStarted;
use crate::domain::placeholder::Fault;
use crate::domain::template::TemplateError;
use crate::store::{StoreError, StoreErrorKind};

/// How a command that did not fail ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Exit code 0.
    Success,
    /// Something was looked at and found wrong, and it was reported: exit code 1.
    Problems,
    /// `--exit-code` asked and the answer is no: exit code 6.
    No,
    /// The terminal interface was left, or ended by a signal: its own exit code.
    Left(u8),
}

impl Status {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Problems => 1,
            Self::No => 6,
            Self::Left(code) => code,
        }
    }
}

/// Why a command failed; decides the exit code and the word in `error.code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Anything without a code of its own.
    Failure,
    /// The command line does not make sense.
    Usage,
    /// No such plan, session, turn, strategy, file.
    NotFound,
    /// A name that fits several things.
    Ambiguous,
    /// Values are missing or wrong.
    Invalid,
    /// A rule stands against it: a gate is open, evidence is missing.
    Refused,
    /// Somebody else changed the same thing.
    Conflict,
    /// The file is newer than this program.
    Newer,
    /// A file cannot be read as what it should be.
    Corrupt,
    /// The disk did not take it.
    NotSaved,
    /// Reading or writing failed.
    Io,
    /// The person broke it off.
    Interrupted,
    /// Nobody reads what is written any more: an end, not an error.
    ClosedPipe,
}

impl Kind {
    /// The word in `error.code`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::NotFound => "not_found",
            Self::Ambiguous => "ambiguous",
            Self::Invalid => "invalid_values",
            Self::Refused => "refused",
            Self::Conflict => "conflict",
            Self::Newer => "newer",
            Self::Corrupt => "corrupt",
            Self::NotSaved => "not_saved",
            Self::Io => "io",
            Self::Interrupted => "interrupted",
            Self::ClosedPipe => "closed_pipe",
        }
    }

    /// The exit code. A name that fits several things was not found as one thing: 3.
    pub fn code(self) -> u8 {
        match self {
            Self::ClosedPipe => 0,
            Self::Failure | Self::Corrupt | Self::NotSaved | Self::Io => 1,
            Self::Usage => 2,
            Self::NotFound | Self::Ambiguous => 3,
            Self::Invalid => 4,
            Self::Refused | Self::Conflict | Self::Newer => 5,
            Self::Interrupted => 130,
        }
    }
}

/// A command that failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CliError {
    /// Why; decides the exit code.
    pub kind: Kind,
    /// What happened, where. May have several lines.
    pub message: String,
    /// What to do next; may be empty.
    pub hint: String,
    /// The values that are missing or wrong, where that is why.
    pub faults: Vec<Fault>,
}

/// What commands return.
pub type Result<T = Status, E = CliError> = std::result::Result<T, E>;

impl CliError {
    /// An error of `kind`.
    pub fn new(kind: Kind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: hint.into(), faults: Vec::new() }
    }

    /// A command line that does not make sense.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message, hint)
    }

    /// Something that does not exist.
    pub fn not_found(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, message, hint)
    }

    /// A value that is wrong.
    pub fn invalid(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, message, hint)
    }

    /// Something that a rule stands against.
    pub fn refused(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Kind::Refused, message, hint)
    }

    /// Every value that is missing or wrong, named at once.
    pub fn faults(faults: Vec<Fault>) -> Self {
        let line = |fault: &Fault| {
            let label = Some(&fault.label).filter(|label| !label.is_empty() && **label != fault.name);
            let label = label.map(|label| format!(" ({label})")).unwrap_or_default();
            format!("\n  {}{label}: {}", fault.name, fault.message)
        };
        let lines: Vec<String> = faults.iter().map(line).collect();
        let count = match faults.len() {
            1 => "1 value is missing or wrong:".to_owned(),
            count => format!("{count} values are missing or wrong:"),
        };
        let hint = match faults.first() {
            Some(fault) => format!("give them with --set {}=VALUE or --values FILE", fault.name),
            None => String::new(),
        };
        Self { faults, ..Self::invalid(count + &lines.concat(), hint) }
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(Kind::ClosedPipe, "nobody reads the output", ""),
            io::ErrorKind::Interrupted => Self::new(Kind::Interrupted, "interrupted", ""),
            _ => Self::new(Kind::Io, format!("cannot write the output: {error}"), "see where standard output goes"),
        }
    }
}

impl From<serde_json::Error> for CliError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(Kind::Failure, format!("cannot write this as JSON: {error}"), "")
    }
}

impl From<NotStarted> for CliError {
    fn from(why: NotStarted) -> Self {
        match why {
            NotStarted::Faults(faults) => Self::faults(faults),
            NotStarted::Refused(refusal) => refusal.into(),
        }
    }
}

impl From<Refusal> for CliError {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal.cause {
            Cause::NotFound => Kind::NotFound,
            Cause::Invalid => Kind::Invalid,
            Cause::Rule => Kind::Refused,
        };
        Self::new(kind, refusal.message, refusal.hint)
    }
}

impl From<TemplateError> for CliError {
    fn from(error: TemplateError) -> Self {
        Self::new(
            Kind::Failure,
            format!("the prompt's template is wrong: {error}"),
            "setlist strategy lint shows where",
        )
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        let kind = match error.kind {
            StoreErrorKind::NotFound => Kind::NotFound,
            StoreErrorKind::Ambiguous => Kind::Ambiguous,
            StoreErrorKind::Invalid => Kind::Invalid,
            StoreErrorKind::Refused => Kind::Refused,
            StoreErrorKind::Corrupt => Kind::Corrupt,
            StoreErrorKind::Newer => Kind::Newer,
            StoreErrorKind::Conflict => Kind::Conflict,
            StoreErrorKind::NotSaved => Kind::NotSaved,
            StoreErrorKind::Io => Kind::Io,
        };
        Self::new(kind, error.message, error.hint)
    }
}
