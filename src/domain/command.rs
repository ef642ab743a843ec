//! Everything that changes a plan, as values. Both faces build these and nothing else.

use schemars::JsonSchema;
use serde::Serialize;

use super::budget::Budget;
use super::compare::Difference;
use super::placeholder::Value;
use super::plan::{Kept, Outcome, Plan};
use super::strategy::TurnKind;

/// A turn of a plan, by the ids of its session and its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, JsonSchema)]
pub struct TurnRef {
    /// The session's id.
    pub session: String,
    /// The turn's id.
    pub turn: String,
}

impl TurnRef {
    /// The turn `turn` of `session`.
    pub fn new(session: impl Into<String>, turn: impl Into<String>) -> Self {
        Self { session: session.into(), turn: turn.into() }
    }
}

/// One change of a plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Give the plan another name; its id stays.
    Rename(String),
    /// Set a placeholder's value; nothing goes back to the default. Prompts not sent yet follow.
    SetValue {
        /// The placeholder.
        name: String,
        /// Its new value.
        value: Option<Value>,
    },
    /// Begin a turn, or let its clock run again.
    StartTurn(TurnRef),
    /// Stop the clock of an active turn.
    PauseTurn(TurnRef),
    /// Close a turn; it is unverified where required evidence is missing.
    FinishTurn(TurnRef),
    /// Leave a turn out.
    SkipTurn {
        /// Which.
        turn: TurnRef,
        /// Why; not empty.
        reason: String,
    },
    /// Go back to a closed turn. Its gate, and every later gate, is open again.
    ReopenTurn {
        /// Which.
        turn: TurnRef,
        /// Why; may be empty.
        reason: String,
    },
    /// Keep what a repeatable turn has shown as an iteration and begin the next one.
    RepeatTurn(TurnRef),
    /// Add a turn to a session.
    AddTurn {
        session: String,
        /// The turn it follows; nothing for the end.
        after: Option<String>,
        /// Title and, as a slug, id.
        title: String,
        /// What it is for.
        kind: TurnKind,
        /// Time it should take.
        budget: Option<Budget>,
        /// The prompt, word for word.
        prompt: String,
    },
    /// Insert a turn that validates what a session implemented, before it is delivered.
    AddValidation { session: String },
    /// Insert a turn that looks at what exists, before anything is changed.
    AddDiscovery { session: String },
    /// Put a gate after a turn that has none.
    AddGate {
        /// The turn it follows.
        turn: TurnRef,
        /// What a person has to confirm.
        text: String,
    },
    /// Make a session that has not begun into one session per goal, one after another.
    SplitSession {
        session: String,
        /// Two goals or more.
        goals: Vec<String>,
        /// The placeholder that each takes its goal in; empty where none does.
        placeholder: String,
    },
    /// Let a session wait until another one is finished.
    WaitFor {
        /// The session that is to wait.
        session: String,
        /// The session it waits for.
        other: String,
    },
    /// Give a session a budget of its own, or none.
    SetSessionBudget {
        session: String,
        /// The new budget.
        budget: Option<Budget>,
    },
    /// Keep an addition out of the plan, to become a plan of its own when this one is finished.
    Queue {
        /// What that plan is to be called.
        title: String,
        /// What it is to reach.
        goal: String,
        /// The placeholder that takes the goal; empty where the person will say.
        placeholder: String,
    },
    /// Take a turn that was added and has not begun out of the plan and queue it.
    QueueTurn {
        /// Which.
        turn: TurnRef,
        /// The placeholder that takes what it is to do; empty where the person will say.
        placeholder: String,
    },
    /// Forget what was queued.
    Unqueue(String),
    /// Note that a plan was started from what was queued.
    StartQueued {
        /// What was queued.
        queued: String,
        /// The plan's id.
        plan: String,
    },
    /// Note which plan queued this one.
    Follow(String),
    /// Take out a turn that was added and has not begun.
    RemoveTurn(TurnRef),
    /// Replace the prompt of a turn not sent yet by the person's own words; nothing goes back to
    /// the strategy's.
    SetPrompt {
        /// Which.
        turn: TurnRef,
        /// The new words.
        prompt: Option<String>,
    },
    /// Freeze the prompt as it was sent.
    MarkSent {
        /// Which.
        turn: TurnRef,
        /// How: `copied`, `command`, `shown`.
        via: String,
    },
    /// Write down what came back.
    SetResult {
        /// Which.
        turn: TurnRef,
        /// The words.
        result: String,
    },
    /// Give a turn another budget, or none.
    SetBudget {
        /// Which.
        turn: TurnRef,
        /// The new budget.
        budget: Option<Budget>,
    },
    /// Record evidence in a slot.
    RecordEvidence {
        /// Which.
        turn: TurnRef,
        slot: String,
        /// What it shows.
        input: EvidenceInput,
    },
    /// Empty an evidence slot.
    ClearEvidence {
        /// Which.
        turn: TurnRef,
        slot: String,
    },
    /// Ask a person to decide a gate. Anyone may ask; only a person approves.
    AskForGate {
        /// The turn it follows.
        turn: TurnRef,
        /// What the request rests on; may be empty.
        note: String,
        /// Who asks.
        by: String,
    },
    /// A person confirms a gate.
    ApproveGate {
        /// The turn it follows.
        turn: TurnRef,
        /// What they say.
        note: String,
        /// Who.
        by: String,
    },
    /// A person sends a turn back.
    RejectGate {
        /// The turn it follows.
        turn: TurnRef,
        /// Why; not empty.
        note: String,
        /// Who.
        by: String,
    },
    /// Record a reading of a metric.
    ReadMetric {
        metric: String,
        /// The figure.
        value: f64,
        /// The turn it was taken in; nothing for the current one.
        turn: Option<TurnRef>,
    },
    /// Say whether what an iteration of a repeated turn did is kept.
    KeepIteration {
        turn: TurnRef,
        /// Which iteration, from 1.
        iteration: u32,
        /// Kept, rolled back or not decided.
        kept: Kept,
    },
    /// Write a remark.
    AddNote {
        /// The session; empty for the plan.
        session: String,
        /// The turn; empty for the session.
        turn: String,
        /// The words.
        text: String,
    },
    /// Tick a checklist item.
    Tick {
        session: String,
        item: String,
        /// What it rests on; may be empty.
        note: String,
        /// Who.
        by: String,
    },
    /// Take a tick back.
    Untick { session: String, item: String },
    /// Add a checklist item.
    AddItem {
        session: String,
        /// What is to be true.
        text: String,
    },
    /// Finish a session whose turns are all closed.
    FinishSession {
        session: String,
        /// Why it may be finished with turns unverified.
        unverified: Option<String>,
    },
    /// Go on with a session that was finished or abandoned.
    ReopenSession(String),
    /// Give a session up; every session, where none is named.
    Abandon {
        session: Option<String>,
        /// Why; may be empty.
        reason: String,
    },
    /// Say what came of the plan.
    SetReflection {
        /// Whether it did what it was for.
        outcome: Outcome,
        /// What helped.
        helped: String,
        /// What to change next time.
        change: String,
    },
    /// Answer a quality indicator that cannot be computed.
    AnswerIndicator {
        indicator: String,
        /// Whether it is the good sign; nothing takes the answer back.
        good: Option<bool>,
        /// What the answer rests on; may be empty.
        note: String,
    },
    /// Take items from a copy of the plan that a sync tool left.
    Take {
        /// The copy.
        from: Box<Plan>,
        /// The items, as they were seen.
        items: Vec<Difference>,
    },
    /// Mend what contradicts itself in a plan that was edited by hand.
    Repair,
    /// Several changes as one: all of them or none, and undone in one step.
    All(Vec<Command>),
    /// Put the plan out of the way.
    Archive,
    /// Bring it back.
    Unarchive,
}

/// What is recorded as evidence.
#[derive(Debug, Clone, PartialEq)]
pub enum EvidenceInput {
    /// Words, an address, a verdict or a figure, as typed; the slot's kind decides.
    Text(String),
    /// A command that was run elsewhere, and what came of it.
    Command {
        /// The command line.
        command: String,
        exit_code: i32,
        /// The end of its output.
        output: String,
    },
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The plan after it.
    pub plan: Plan,
    /// What was done, for the status line and the log: `turn 'Reproduce' done`.
    pub summary: String,
}
