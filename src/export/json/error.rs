//! Why a command failed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::placeholder::Fault;
use crate::domain::refusal::ErrorCode;

use super::named;

/// Why a command failed; on standard error. It has no key `schema`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ErrorDocument {
    /// The error.
    error: Failure,
}

/// An error: what happened and what to do next.
#[derive(Debug, Serialize, JsonSchema)]
struct Failure {
    /// The kind of error in a word; new ones may come. The exit code says the same, more coarsely.
    #[schemars(extend("examples" = ["usage", "not_found", "ambiguous", "invalid_values", "refused", "conflict", "newer"]))]
    code: String,
    /// What happened, and where; may have several lines.
    message: String,
    /// What to do next.
    hint: Option<String>,
    /// Every value that is missing or wrong, where that is why (`invalid_values`).
    values: Vec<WrongValue>,
}

/// A value that is missing or wrong.
#[derive(Debug, Serialize, JsonSchema)]
struct WrongValue {
    /// The placeholder.
    name: String,
    /// What forms call it.
    label: String,
    /// What is wrong.
    message: String,
}

/// An error: `{"error": {"code", "message", "hint", "values"}}`; `faults` are the values at fault.
pub fn error(code: ErrorCode, message: &str, hint: &str, faults: &[Fault]) -> ErrorDocument {
    let wrong = |fault: &Fault| WrongValue {
        name: fault.name.clone(),
        label: fault.label.clone(),
        message: fault.message.clone(),
    };
    ErrorDocument {
        error: Failure {
            code: code.word().into(),
            message: message.into(),
            hint: named(hint),
            values: faults.iter().map(wrong).collect(),
        },
    }
}
