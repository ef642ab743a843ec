//! What each tool takes. The schemas that clients see are made from these types.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::domain::strategy::EvidenceKind;

/// Which plan; the one the server was started for, else the one most recently worked on.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfPlan {
    /// The plan: its id, the beginning of it, or its name. Left out: the plan in hand.
    #[serde(default)]
    pub(super) plan: Option<String>,
}

/// Which turn; the current one where none is named.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfTurn {
    /// The plan: its id, the beginning of it, or its name. Left out: the plan in hand.
    #[serde(default)]
    pub(super) plan: Option<String>,
    /// The session's id. Left out: the current one.
    #[serde(default)]
    pub(super) session: Option<String>,
    /// The turn's id. Left out: the current one.
    #[serde(default)]
    pub(super) turn: Option<String>,
}

/// Evidence for a slot of a turn.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Evidence {
    /// The evidence slot's id, as `current_turn` lists it.
    pub(super) slot: String,
    #[schemars(description = format!("The {}. For a command: the end of its output, unchanged.", EvidenceKind::values()))]
    pub(super) value: String,
    /// The command line that was run, for a slot of kind `command`.
    #[serde(default)]
    pub(super) command: Option<String>,
    /// Its exit code, for a slot of kind `command`.
    #[serde(default)]
    pub(super) exit_code: Option<i32>,
    /// The plan. Left out: the plan in hand.
    #[serde(default)]
    pub(super) plan: Option<String>,
    /// The session's id. Left out: the current one.
    #[serde(default)]
    pub(super) session: Option<String>,
    /// The turn's id. Left out: the current one.
    #[serde(default)]
    pub(super) turn: Option<String>,
}

/// Words about a turn.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// The words.
    pub(super) text: String,
    /// The plan. Left out: the plan in hand.
    #[serde(default)]
    pub(super) plan: Option<String>,
    /// The session's id. Left out: the current one.
    #[serde(default)]
    pub(super) session: Option<String>,
    /// The turn's id. Left out: the current one.
    #[serde(default)]
    pub(super) turn: Option<String>,
}

/// A reading of a metric.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reading {
    /// The metric's id.
    pub(super) metric: String,
    /// The figure, in the metric's unit.
    pub(super) value: f64,
    /// The plan. Left out: the plan in hand.
    #[serde(default)]
    pub(super) plan: Option<String>,
    /// The session's id. Left out: the current one.
    #[serde(default)]
    pub(super) session: Option<String>,
    /// The turn's id. Left out: the current one.
    #[serde(default)]
    pub(super) turn: Option<String>,
}

/// A checklist item.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    /// The item's id.
    pub(super) item: String,
    /// What the tick rests on; may be left out.
    #[serde(default)]
    pub(super) note: String,
    /// The plan. Left out: the plan in hand.
    #[serde(default)]
    pub(super) plan: Option<String>,
    /// The session's id. Left out: the current one.
    #[serde(default)]
    pub(super) session: Option<String>,
}

/// Something to be done later, as a plan of its own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FollowUp {
    /// What that plan is to be called.
    pub(super) title: String,
    /// What it is to reach.
    #[serde(default)]
    pub(super) goal: String,
    /// The plan. Left out: the plan in hand.
    #[serde(default)]
    pub(super) plan: Option<String>,
}
