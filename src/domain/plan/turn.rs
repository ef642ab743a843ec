//! A turn of a plan: the prompt as it was sent, its gate, its evidence and its iterations.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::budget::Budget;
use crate::domain::strategy::{EvidenceKind, ExpectedExit, TurnKind};
use crate::domain::words::words;

use super::{GateState, TurnState, one};

/// One prompt to the agent, with what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// Whether what this iteration did is kept; only said of a turn that repeats.
    #[serde(default)]
    pub kept: Kept,
    /// Earlier iterations, oldest first.
    #[serde(default)]
    pub iterations: Vec<Iteration>,
}

/// A prompt as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sent {
    /// When.
    pub at: Timestamp,
    /// How: `copied`, `command`, `shown`, or `closed` where the turn was closed without any.
    pub via: String,
    /// The exact text.
    pub prompt: String,
}

/// What a person confirms before the next turn may start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// When somebody, mostly an agent, asked for the decision; nothing once it is decided.
    #[serde(default)]
    pub asked: Option<Timestamp>,
    /// Who asked.
    #[serde(default)]
    pub asked_by: String,
    /// What they said it rests on.
    #[serde(default)]
    pub asked_note: String,
    /// What changed since it was approved, so that it waits for a decision again; else empty.
    #[serde(default)]
    pub stale: String,
    /// What was approved, part by part, each with its fingerprint (`result 1f2e...`), so that it can
    /// be said what changed.
    #[serde(default)]
    pub seen: Vec<String>,
    /// Every time that it sent the turn back, oldest first: an approval does not make them undone.
    #[serde(default)]
    pub rejections: Vec<Rejection>,
}

/// A gate that sent its turn back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rejection {
    /// When.
    pub at: Timestamp,
    /// Who decided.
    #[serde(default)]
    pub by: String,
    /// What was missing.
    #[serde(default)]
    pub note: String,
}

/// A slot for evidence with what was recorded in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// Which exit code shows what the slot wants; said of commands only.
    #[serde(default)]
    pub exit: ExpectedExit,
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// Whether what it did is kept.
    #[serde(default)]
    pub kept: Kept,
    /// What it showed.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

words! {
    /// Whether what an iteration did stays.
    Kept:
    /// Nobody has said.
    #[default] Undecided = "",
    /// It stays.
    Yes = "kept",
    /// It was taken back: its readings do not count.
    RolledBack = "rolled-back",
}
