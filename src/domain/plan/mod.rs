//! A plan: one use of a strategy, its values, sessions and results. One TOML file.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::budget::Budget;
use super::checklist::ChecklistItem;
use super::placeholder::Values;
use super::strategy::{EvidenceKind, Strategy, TurnKind};
use super::words::words;

mod parts;
mod standing;
mod whole;

use standing::Obstacle;
pub use standing::{PlanState, Standing};

/// The newest plan file schema this version reads and writes.
pub const SCHEMA: u32 = 1;

/// Largest plan file read, in bytes.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// One use of a strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// What was filled in.
    #[serde(default)]
    pub values: Values,
    /// What came of it, in the person's words.
    #[serde(default)]
    pub review: Review,
    /// Remarks, oldest first.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// Readings of metrics, oldest first.
    #[serde(default)]
    pub readings: Vec<Reading>,
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// Its prompts.
    pub turns: Vec<Turn>,
    /// What is ticked off at the end.
    #[serde(default)]
    pub checklist: Vec<ChecklistItem>,
}

/// One prompt to the agent, with what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Identifier, unique in its session.
    pub id: String,
    /// What the timeline shows.
    #[serde(default)]
    pub title: String,
    /// What it is for.
    #[serde(default)]
    pub kind: TurnKind,
    /// How many agent turns it covers.
    #[serde(default = "one")]
    pub span: u32,
    /// What it may be repeated per; empty where it may not.
    #[serde(default)]
    pub repeat: String,
    /// Time it should take.
    #[serde(default)]
    pub budget: Option<Budget>,
    /// Where it stands.
    #[serde(default)]
    pub state: TurnState,
    /// Whether it was added after the plan was started.
    #[serde(default)]
    pub added: bool,
    /// Why it was skipped, or why it was last reopened or sent back.
    #[serde(default)]
    pub reason: Option<String>,
    /// When it was first started.
    #[serde(default)]
    pub started: Option<Timestamp>,
    /// When it was closed.
    #[serde(default)]
    pub ended: Option<Timestamp>,
    /// Time worked in this iteration while the clock was stopped, in seconds.
    #[serde(default)]
    pub worked: u64,
    /// Since when the clock has been running.
    #[serde(default)]
    pub running_since: Option<Timestamp>,
    /// How often it was sent back by a gate or reopened.
    #[serde(default)]
    pub rework: u32,
    /// Which iteration this is, from 1.
    #[serde(default = "one")]
    pub iteration: u32,
    /// The person's own words instead of the template's; never expanded.
    #[serde(default)]
    pub prompt: Option<String>,
    /// The prompt as it was sent; never changes afterwards.
    #[serde(default)]
    pub sent: Option<Sent>,
    /// What came back, in the person's words.
    #[serde(default)]
    pub result: String,
    /// What must be confirmed before the next turn.
    #[serde(default)]
    pub gate: Option<Gate>,
    /// What it must show.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Earlier iterations, oldest first.
    #[serde(default)]
    pub iterations: Vec<Iteration>,
}

fn one() -> u32 {
    1
}

/// A prompt as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// When.
    pub at: Timestamp,
    /// How: `copied`, `command`, `shown`, or `closed` where the turn was closed without any.
    pub via: String,
    /// The exact text.
    pub prompt: String,
}

/// What a person confirms before the next turn may start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// The condition.
    pub text: String,
    /// Where it stands.
    #[serde(default)]
    pub state: GateState,
    /// When it was decided.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// Who decided.
    #[serde(default)]
    pub by: String,
    /// What they said.
    #[serde(default)]
    pub note: String,
    /// Hash of the prompt and the evidence that were approved.
    #[serde(default)]
    pub hash: Option<String>,
}

/// A slot for evidence with what was recorded in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Identifier, unique in its turn.
    pub id: String,
    /// What is wanted.
    #[serde(default)]
    pub label: String,
    /// What it takes.
    #[serde(default)]
    pub kind: EvidenceKind,
    /// Whether the turn is unverified without it.
    #[serde(default = "yes")]
    pub required: bool,
    /// What a verdict may be.
    #[serde(default)]
    pub choices: Vec<String>,
    /// The metric that a number is a reading of; empty for none.
    #[serde(default)]
    pub metric: String,
    /// What was recorded.
    #[serde(default)]
    pub recorded: Option<Recorded>,
}

fn yes() -> bool {
    true
}

/// What was recorded in an evidence slot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// When.
    pub at: Timestamp,
    /// The text, address, verdict, or the end of a command's output.
    #[serde(default)]
    pub text: String,
    /// The command line, where it was one.
    #[serde(default)]
    pub command: Option<String>,
    /// The command's exit code.
    #[serde(default)]
    pub exit_code: Option<i32>,
    /// The figure.
    #[serde(default)]
    pub number: Option<f64>,
}

/// An earlier run of a repeated turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Iteration {
    /// Which, from 1.
    pub number: u32,
    /// When it was started.
    #[serde(default)]
    pub started: Option<Timestamp>,
    /// When it was closed.
    #[serde(default)]
    pub ended: Option<Timestamp>,
    /// Time worked, in seconds.
    #[serde(default)]
    pub worked: u64,
    /// The prompt as it was sent.
    #[serde(default)]
    pub sent: Option<Sent>,
    /// What came back.
    #[serde(default)]
    pub result: String,
    /// What it showed.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// When.
    pub at: Timestamp,
    /// The metric's id.
    pub metric: String,
    /// The figure, in the metric's unit.
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Whether it did what it was for.
    #[serde(default)]
    pub outcome: Outcome,
    /// What helped.
    #[serde(default)]
    pub helped: String,
    /// What to change next time.
    #[serde(default)]
    pub change: String,
}
