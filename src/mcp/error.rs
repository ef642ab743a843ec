//! What went wrong, for an agent: a code, a sentence and what to do instead, as the command line's
//! `--json` says it.

use rmcp::model::{CallToolResult, ContentBlock};

use crate::domain::refusal::{ErrorCode, Refusal};
use crate::export::json;
use crate::store::StoreError;

/// A request that was not carried out.
#[derive(Debug)]
pub(super) struct Failure {
    code: ErrorCode,
    pub(super) message: String,
    hint: String,
}

impl Failure {
    pub(super) fn invalid(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code: ErrorCode::Invalid, message: message.into(), hint: hint.into() }
    }

    pub(super) fn not_found(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code: ErrorCode::NotFound, message: message.into(), hint: hint.into() }
    }

    /// As a tool's answer that is marked as an error, so that the agent reads it and does otherwise.
    pub(super) fn answer(self) -> CallToolResult {
        let document = json::error(self.code, &self.message, &self.hint, &[]);
        let text = serde_json::to_value(&document).map_or_else(|error| error.to_string(), |value| json::line(&value));
        CallToolResult::error(vec![ContentBlock::text(text)])
    }

    /// As a protocol error, for what is no tool.
    pub(super) fn protocol(self) -> rmcp::ErrorData {
        let text = if self.hint.is_empty() { self.message } else { format!("{}; {}", self.message, self.hint) };
        match self.code {
            ErrorCode::NotFound => rmcp::ErrorData::resource_not_found(text, None),
            ErrorCode::Invalid => rmcp::ErrorData::invalid_params(text, None),
            _ => rmcp::ErrorData::internal_error(text, None),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self { code: error.code, message: error.message, hint: error.hint }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self { code: refusal.code, message: refusal.message, hint: refusal.hint }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::invalid(error.to_string(), "look at the tool's input schema")
    }
}
