//! What a command failed of: a message, what to do next, and the exit code scripts go by.

use std::io;

use crate::domain::new_plan::NotStarted;
use crate::domain::placeholder::Fault;
use crate::domain::refusal::Refusal;
use crate::domain::template::TemplateError;
use crate::store::StoreError;

pub use crate::domain::refusal::ErrorCode;

/// How a command that did not fail ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Success,
    /// Something was looked at and found wrong, and it was reported: exit code 1.
    Problems,
    /// `--exit-code` asked and the answer is no: exit code 6.
    No,
    /// The terminal interface was left, or ended by a signal: its own exit code.
    Left(u8),
}

impl Status {
    pub fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Problems => 1,
            Self::No => 6,
            Self::Left(code) => code,
        }
    }
}

/// The exit code of a failure. A name that fits several things was not found as one thing: 3.
pub fn exit_code(code: ErrorCode) -> u8 {
    match code {
        ErrorCode::ClosedPipe => 0,
        ErrorCode::Failure | ErrorCode::Corrupt | ErrorCode::NotSaved | ErrorCode::Io => 1,
        ErrorCode::Usage => 2,
        ErrorCode::NotFound | ErrorCode::Ambiguous => 3,
        ErrorCode::Invalid => 4,
        ErrorCode::Refused | ErrorCode::Conflict | ErrorCode::Newer => 5,
        ErrorCode::Interrupted => 130,
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CliError {
    /// Why; decides the exit code.
    pub code: ErrorCode,
    /// What happened, where. May have several lines.
    pub message: String,
    /// What to do next; may be empty.
    pub hint: String,
    /// The values that are missing or wrong, where that is why.
    pub faults: Vec<Fault>,
}

pub type Result<T = Status, E = CliError> = std::result::Result<T, E>;

impl CliError {
    pub fn new(code: ErrorCode, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into(), faults: Vec::new() }
    }

    /// A command line that does not make sense.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(ErrorCode::Usage, message, hint)
    }

    /// Something that does not exist.
    pub fn not_found(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(ErrorCode::NotFound, message, hint)
    }

    /// A value that is wrong.
    pub fn invalid(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(ErrorCode::Invalid, message, hint)
    }

    /// Something that a rule stands against.
    pub fn refused(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(ErrorCode::Refused, message, hint)
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
            io::ErrorKind::BrokenPipe => Self::new(ErrorCode::ClosedPipe, "nobody reads the output", ""),
            io::ErrorKind::Interrupted => Self::new(ErrorCode::Interrupted, "interrupted", ""),
            _ => {
                Self::new(ErrorCode::Io, format!("cannot write the output: {error}"), "see where standard output goes")
            }
        }
    }
}

impl From<serde_json::Error> for CliError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(ErrorCode::Failure, format!("cannot write this as JSON: {error}"), "")
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
        Self::new(refusal.code, refusal.message, refusal.hint)
    }
}

impl From<TemplateError> for CliError {
    fn from(error: TemplateError) -> Self {
        Self::new(
            ErrorCode::Failure,
            format!("the prompt's template is wrong: {error}"),
            "setlist strategy lint shows where",
        )
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        Self::new(error.code, error.message, error.hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_go_by_these_words_and_exit_codes() {
        let published: Vec<_> = ErrorCode::ALL.iter().map(|code| (code.word(), exit_code(*code))).collect();
        let kept = [
            ("failure", 1),
            ("usage", 2),
            ("not_found", 3),
            ("ambiguous", 3),
            ("invalid_values", 4),
            ("refused", 5),
            ("conflict", 5),
            ("newer", 5),
            ("corrupt", 1),
            ("not_saved", 1),
            ("io", 1),
            ("interrupted", 130),
            ("closed_pipe", 0),
        ];
        assert_eq!(published, kept);
    }
}
