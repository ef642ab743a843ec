//! Prompts in JSON.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::Document;

/// The prompts of a strategy as they would read.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Prompts {
    /// The prompts in the order of their turns.
    pub items: Vec<Prompt>,
}

impl Document for Prompts {
    const SCHEMA: &'static str = "setlist.prompts/1";
}

/// A prompt of one turn of a strategy.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Prompt {
    /// The session's id.
    pub session: String,
    /// The turn's id.
    pub turn: String,
    /// The turn's number in the agent's count: `2`, or `3-5` where it covers several.
    pub number: String,
    /// What screens call the turn.
    pub title: String,
    /// The prompt; `<label>` stands for a value that is still missing.
    pub prompt: String,
    /// The strategy's budget for the turn.
    pub budget: Option<String>,
    /// The median time of your finished plans; only said by `setlist new --dry-run`.
    pub own_budget: Option<String>,
}

/// The prompt of one turn of a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PromptDocument {
    /// The exact text.
    pub prompt: String,
    /// The plan's id.
    pub plan: String,
    /// The session's id.
    pub session: String,
    /// The turn's id.
    pub turn: String,
    /// When it was sent; null where it was not yet.
    pub sent: Option<Timestamp>,
    /// The message for a turn that was sent back: why, and what would be accepted.
    pub follow_up: Option<String>,
}

impl Document for PromptDocument {
    const SCHEMA: &'static str = "setlist.prompt/1";
}
