//! What is left for later, and what a person answered: small records of a plan.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An addition that was kept out of a plan under way, to become a plan of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Queued {
    /// Identifier, unique in the plan.
    pub id: String,
    /// What the new plan is to be called.
    pub title: String,
    /// What it is to reach.
    #[serde(default)]
    pub goal: String,
    /// When it was queued.
    pub at: Timestamp,
    /// The placeholder that takes the goal; empty where the person has to say.
    #[serde(default)]
    pub placeholder: String,
    /// The plan that was started from it; empty while it waits.
    #[serde(default)]
    pub plan: String,
}

/// What a person answered where the record says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// The quality indicator.
    #[serde(rename = "sign")]
    pub indicator: String,
    /// When.
    pub at: Timestamp,
    /// Whether it is the good sign.
    pub good: bool,
    /// What it rests on, in the person's words; may be empty.
    #[serde(default)]
    pub note: String,
}

impl super::Plan {
    /// What waits to become a plan of its own, oldest first.
    pub fn waiting(&self) -> Vec<&Queued> {
        self.queue.iter().filter(|queued| queued.plan.is_empty()).collect()
    }
}
