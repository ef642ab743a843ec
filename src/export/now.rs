//! What to do now with a plan, for scripts and agents: the next step, which evidence is wanted, what stands in the way.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::plan::{Evidence, Plan, PlanState, Session, Standing, Turn, TurnState};
use crate::domain::strategy::{EvidenceKind, ExpectedExit, TurnKind};
use crate::workflow::next::{self, Step};

use super::json::{Document, named};

/// What to do now with a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Now {
    /// The id of the session to go on with.
    session: String,
    /// What the session is to reach.
    goal: String,
    /// The turn to go on with.
    turn: Option<CurrentTurn>,
    /// Checklist items of the session that are not ticked.
    open_items: Vec<OpenItem>,
    /// The next step.
    next: Option<NextStep>,
}

/// A checklist item that is not ticked.
#[derive(Debug, Serialize, JsonSchema)]
struct OpenItem {
    /// Its id.
    id: String,
    /// What is to be true.
    text: String,
}

/// What to do next.
#[derive(Debug, Serialize, JsonSchema)]
struct NextStep {
    /// In a sentence.
    what: String,
    /// What to type, where one command does it.
    command: Option<String>,
    /// Whether only a person may do it.
    person: bool,
}

/// A turn with what an agent has to know to do it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CurrentTurn {
    /// The session's id.
    session: String,
    /// The turn's id.
    id: String,
    /// What screens call it.
    title: String,
    /// What it is for.
    kind: TurnKind,
    /// Where it stands.
    state: TurnState,
    /// What it counts as.
    standing: Standing,
    /// Which iteration this is, from 1.
    iteration: u32,
    /// Why it was reopened or its gate rejected.
    sent_back: Option<String>,
    /// The prompt as it was sent, or as it would be sent now; null where it cannot be rendered.
    prompt: Option<String>,
    /// What stands in the way, in a sentence.
    blocked: Option<String>,
    /// Every slot for evidence.
    evidence: Vec<Slot>,
    /// Ids of the required evidence that is not there yet.
    wanted: Vec<String>,
    /// What a person confirms before the next turn may start.
    gate: Option<CurrentGate>,
}

/// A gate as it stands.
#[derive(Debug, Serialize, JsonSchema)]
struct CurrentGate {
    /// The condition.
    text: String,
    /// Where it stands; `stale` where something changed after it was approved, so that it waits again.
    #[schemars(extend("enum" = ["open", "stale", "approved", "rejected"]))]
    state: String,
    /// What changed since it was approved.
    stale: Option<String>,
    /// When somebody asked for the decision; null once it is decided.
    asked: Option<Timestamp>,
    /// What was said with the decision; empty where nothing was.
    note: String,
}

/// A slot for evidence.
#[derive(Debug, Serialize, JsonSchema)]
struct Slot {
    /// Its id.
    id: String,
    /// What is wanted.
    label: String,
    /// What it takes.
    kind: EvidenceKind,
    /// Whether the turn is unverified without it.
    required: bool,
    /// Which exit code shows what it wants; null where it takes no command.
    exit: Option<ExpectedExit>,
    /// What a verdict may be.
    choices: Vec<String>,
    /// The metric that a number is a reading of.
    metric: Option<String>,
    /// Whether something was recorded.
    recorded: bool,
    /// Whether that shows what the slot wants.
    shown: bool,
}

/// The turn to work on. `current_turn` of `setlist mcp` answers with it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TurnDocument {
    /// The plan's id.
    plan: String,
    /// Its name.
    name: String,
    /// Where it stands as a whole.
    state: PlanState,
    /// What to do now; null where the plan is over.
    now: Option<Now>,
    /// The turn that was asked for; only there where one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "CurrentTurn")]
    turn: Option<CurrentTurn>,
}

impl Document for TurnDocument {
    const SCHEMA: &'static str = "setlist.turn/1";
}

/// What a tool of `setlist mcp` changed. Beside it what to do now.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangeDocument {
    /// What was done, in a sentence.
    done: String,
    /// The plan's id.
    plan: String,
    /// Its revision, which the change made.
    revision: u64,
    /// What to do now; null where the plan is over.
    now: Option<Now>,
}

impl Document for ChangeDocument {
    const SCHEMA: &'static str = "setlist.change/1";
}

/// The turn to work on, and beside it the one that was `asked` for.
pub fn turn(plan: &Plan, asked: Option<(&Session, &Turn)>) -> TurnDocument {
    TurnDocument {
        plan: plan.id.clone(),
        name: plan.name.clone(),
        state: plan.state(),
        now: now(plan),
        turn: asked.map(|(session, turn)| of(plan, session, turn)),
    }
}

/// What was `done` to `plan`, which is as it became.
pub fn change(plan: &Plan, done: &str) -> ChangeDocument {
    ChangeDocument { done: done.into(), plan: plan.id.clone(), revision: plan.revision, now: now(plan) }
}

/// What to do now: the current turn with its prompt, the evidence it wants, its gate, what blocks it and
/// the next step; nothing where the plan is over.
pub fn now(plan: &Plan) -> Option<Now> {
    let session = plan.current_session().filter(|session| !session.is_over())?;
    let open = session.open_items().into_iter();
    Some(Now {
        session: session.id.clone(),
        goal: if session.goal.is_empty() { plan.goal() } else { session.goal.clone() },
        turn: session.current_turn().map(|turn| of(plan, session, turn)),
        open_items: open.map(|item| OpenItem { id: item.id.clone(), text: item.text.clone() }).collect(),
        next: next::of_plan(plan).as_ref().map(step),
    })
}

fn step(step: &Step<'_>) -> NextStep {
    let (what, command) = (step.sentence(str::to_owned), step.command(str::to_owned));
    NextStep { what, command, person: step.wants_person() }
}

fn of(plan: &Plan, session: &Session, turn: &Turn) -> CurrentTurn {
    CurrentTurn {
        session: session.id.clone(),
        id: turn.id.clone(),
        title: turn.title.clone(),
        kind: turn.kind,
        state: turn.state,
        standing: plan.standing(session, turn),
        iteration: turn.iteration,
        sent_back: turn.reason.clone().filter(|_| turn.rework > 0),
        prompt: plan.prompt(session, turn).ok(),
        blocked: plan.blocker(session, turn).filter(|_| !turn.is_closed()).map(|blocker| blocker.sentence()),
        evidence: turn.evidence.iter().map(slot).collect(),
        wanted: turn.missing().iter().map(|slot| slot.id.clone()).collect(),
        gate: turn.gate.as_ref().map(|gate| CurrentGate {
            text: gate.text.clone(),
            state: gate.word().into(),
            stale: Some(gate.stale.clone()).filter(|_| gate.is_stale()),
            asked: gate.asked,
            note: gate.note.clone(),
        }),
    }
}

fn slot(slot: &Evidence) -> Slot {
    Slot {
        id: slot.id.clone(),
        label: slot.label.clone(),
        kind: slot.kind,
        required: slot.required,
        exit: Some(slot.exit).filter(|_| slot.kind.wants_run()),
        choices: slot.choices.clone(),
        metric: named(&slot.metric),
        recorded: slot.recorded.is_some(),
        shown: slot.shows(),
    }
}
