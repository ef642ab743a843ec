//! The post-session checklist: six standard items, then the strategy's own.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The six items that every session inherits, from the guide's post-session checklist.
pub const STANDARD: [(&str, &str); 6] = [
    ("all-tests-passing", "All tests passing (full suite run)"),
    ("performance-validated", "Performance validated (benchmarks if relevant)"),
    ("documentation-updated", "Documentation updated"),
    ("follows-conventions", "Code follows conventions"),
    ("edge-cases-handled", "Edge cases handled"),
    ("ready-for-delivery", "Ready for PR or delivery"),
];

/// An item of a strategy's checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChecklistSpec {
    /// Identifier, unique in the session.
    pub id: String,
    /// What is to be true.
    pub text: String,
}

/// Who ticked an item, when, and with what remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tick {
    /// When.
    pub at: Timestamp,
    /// The user's name on this machine.
    #[serde(default)]
    pub by: String,
    /// What it rests on, in the person's words; may be empty.
    #[serde(default)]
    pub note: String,
}

/// An item of a session's checklist under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChecklistItem {
    /// Identifier, unique in the session.
    pub id: String,
    /// What is to be true.
    pub text: String,
    /// Whether it is one of the six standard items.
    #[serde(default)]
    pub standard: bool,
    /// Set once it is ticked.
    #[serde(default)]
    pub ticked: Option<Tick>,
}

/// A session's checklist at its start: the standard items, then the strategy's.
pub fn checklist(own: &[ChecklistSpec]) -> Vec<ChecklistItem> {
    let item =
        |id: &str, text: &str, standard| ChecklistItem { id: id.into(), text: text.into(), standard, ticked: None };
    let standard = STANDARD.iter().map(|(id, text)| item(id, text, true));
    standard.chain(own.iter().map(|spec| item(&spec.id, &spec.text, false))).collect()
}
