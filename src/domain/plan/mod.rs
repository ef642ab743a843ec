//! A plan: one use of a strategy, its values, sessions and results. One TOML file.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::budget::Budget;
use super::checklist::ChecklistItem;
use super::placeholder::Values;
use super::strategy::Strategy;
use super::words::words;

mod approval;
mod blocker;
mod iterations;
mod parts;
mod queue;
mod seconds;
mod standing;
mod turn;
mod whole;

pub use approval::GateStanding;
pub(in crate::domain) use approval::digest;
pub use blocker::{Blocker, WayPast};
pub use queue::{Answer, Queued};
pub use standing::{PlanState, Standing};
pub use turn::{Evidence, Gate, Iteration, Kept, Recorded, Rejection, Sent, Turn};

/// The newest plan file schema this version reads and writes.
pub const SCHEMA: u32 = 1;

/// Largest plan file read, in bytes.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Most keys, signs and line ends of a plan file. One with 500 turns has 100,000.
pub const MAX_PARTS: usize = 1_000_000;

/// One use of a strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// File format version.
    pub schema: u32,
    /// Local date, slug of the name, random suffix.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// When it was started.
    pub created: Timestamp,
    /// When it was last changed by a command.
    pub updated: Timestamp,
    /// Counts the changes; 1 at the start.
    pub revision: u64,
    /// Whether it is out of the way.
    #[serde(default)]
    pub archived: bool,
    /// What it was to reach when it was started: what is added later is told from it.
    #[serde(default)]
    pub first_goal: String,
    /// The plan that queued this one; empty for none.
    #[serde(default)]
    pub follows: String,
    /// What was filled in.
    #[serde(default)]
    pub values: Values,
    /// What came of it, in the person's words.
    #[serde(default, rename = "review")]
    pub reflection: Reflection,
    /// Remarks, oldest first.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// Readings of metrics, oldest first.
    #[serde(default)]
    pub readings: Vec<Reading>,
    /// What waits until this plan is finished, to become plans of their own.
    #[serde(default)]
    pub queue: Vec<Queued>,
    /// The runs with an agent.
    pub sessions: Vec<Session>,
    /// The whole strategy as it was when the plan was started.
    pub strategy: Strategy,
}

words! {
    /// Where a session stands.
    SessionState:
    /// Not begun.
    #[default] Planned = "planned",
    /// A turn was started.
    Running = "running",
    /// Every turn is closed; the checklist is next.
    WrapUp = "wrap-up",
    /// Over.
    Finished = "finished",
    /// Given up.
    Abandoned = "abandoned",
}

words! {
    /// Where a turn stands.
    TurnState:
    /// Not begun.
    #[default] Pending = "pending",
    /// Under way; its clock may be paused.
    Active = "active",
    /// Closed.
    Done = "done",
    /// Left out, with a reason.
    Skipped = "skipped",
}

words! {
    /// Where a gate stands.
    GateState:
    /// Nobody has decided.
    #[default] Open = "open",
    /// A person confirmed it.
    Approved = "approved",
    /// A person sent the turn back.
    Rejected = "rejected",
}

words! {
    /// Whether the plan did what it was for.
    Outcome:
    /// Not said.
    #[default] Unsaid = "",
    /// It did.
    Yes = "yes",
    /// In part.
    Partly = "partly",
    /// It did not.
    No = "no",
}

/// One continuous run with an agent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Session {
    /// Identifier, unique in the plan.
    pub id: String,
    /// What screens call it.
    #[serde(default)]
    pub title: String,
    /// What it is to reach, as text.
    #[serde(default)]
    pub goal: String,
    /// Sessions that must be finished first.
    #[serde(default)]
    pub after: Vec<String>,
    /// Its own budget, where it has one.
    #[serde(default)]
    pub budget: Option<Budget>,
    /// Where it stands.
    #[serde(default)]
    pub state: SessionState,
    /// When its first turn was started.
    #[serde(default)]
    pub started: Option<Timestamp>,
    /// When it was finished or abandoned.
    #[serde(default)]
    pub ended: Option<Timestamp>,
    /// Why it was finished with turns unverified, or why it was abandoned.
    #[serde(default)]
    pub reason: Option<String>,
    /// The strategy's session whose prompts it uses, where a split made it; empty for the one with its id.
    #[serde(default)]
    pub split_from: String,
    /// Values of its own, which a split gave it: they come before the plan's.
    #[serde(default)]
    pub values: Option<Values>,
    /// Its prompts.
    pub turns: Vec<Turn>,
    /// What is ticked off at the end.
    #[serde(default)]
    pub checklist: Vec<ChecklistItem>,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// When.
    pub at: Timestamp,
    /// The session it is about; empty for the plan.
    #[serde(default)]
    pub session: String,
    /// The turn it is about; empty for the session.
    #[serde(default)]
    pub turn: String,
    /// The words.
    pub text: String,
}

/// A reading of a metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// When.
    pub at: Timestamp,
    /// The metric's id.
    pub metric: String,
    /// The figure, in the metric's unit; null in JSON where the file holds none that is finite.
    #[schemars(with = "Option<f64>")]
    pub value: f64,
    /// The session it was taken in.
    #[serde(default)]
    pub session: String,
    /// The turn it was taken in.
    #[serde(default)]
    pub turn: String,
    /// The turn's iteration.
    #[serde(default = "one")]
    pub iteration: u32,
}

/// What came of a plan, in the person's words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Review")]
pub struct Reflection {
    /// Whether it did what it was for.
    #[serde(default)]
    pub outcome: Outcome,
    /// What helped.
    #[serde(default)]
    pub helped: String,
    /// What to change next time.
    #[serde(default)]
    pub change: String,
    /// What the person answered where a quality indicator cannot be computed.
    #[serde(default, rename = "signs")]
    pub answers: Vec<Answer>,
}

fn one() -> u32 {
    1
}
