//! The post-session checklist: six standard items, then the strategy's own.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::words;

words! {
    /// The items that every session inherits, from the guide's post-session checklist.
    StandardItem:
    #[default] TestsPass = "all-tests-passing",
    PerformanceValidated = "performance-validated",
    DocumentationUpdated = "documentation-updated",
    FollowsConventions = "follows-conventions",
    EdgeCasesHandled = "edge-cases-handled",
    ReadyForDelivery = "ready-for-delivery",
}

impl StandardItem {
    /// What is to be true.
    pub fn text(self) -> &'static str {
        match self {
            Self::TestsPass => "All tests passing (full suite run)",
            Self::PerformanceValidated => "Performance validated (benchmarks if relevant)",
            Self::DocumentationUpdated => "Documentation updated",
            Self::FollowsConventions => "Code follows conventions",
            Self::EdgeCasesHandled => "Edge cases handled",
            Self::ReadyForDelivery => "Ready for PR or delivery",
        }
    }
}

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
    let standard = StandardItem::ALL.iter().map(|known| item(known.word(), known.text(), true));
    standard.chain(own.iter().map(|spec| item(&spec.id, &spec.text, false))).collect()
}
