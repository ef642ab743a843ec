//! What a report counts and concludes: the same figures for Markdown and for JSON.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::domain::budget::Budget;
use crate::domain::command::TurnRef;
use crate::domain::plan::{Evidence, GateState, Plan, Session, Turn, TurnState};
use crate::domain::review;
use crate::domain::strategy::TurnSpec;

/// A turn with the session it belongs to.
pub(super) type At<'p> = (&'p Session, &'p Turn);

/// The ids of a turn and its session.
pub(super) fn id((session, turn): At<'_>) -> TurnRef {
    TurnRef::new(&session.id, &turn.id)
}

fn by_ids<S: Serializer>(at: &At<'_>, to: S) -> Result<S::Ok, S::Error> {
    id(*at).serialize(to)
}

fn each_by_ids<S: Serializer>(turns: &[At<'_>], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(turns.iter().map(|at| id(*at)))
}

/// Every turn of the plan, in order.
pub(super) fn turns(plan: &Plan) -> impl Iterator<Item = At<'_>> {
    plan.sessions.iter().flat_map(|session| session.turns.iter().map(move |turn| (session, turn)))
}

/// The evidence of each iteration of a turn that has begun, the earliest first, with its number.
pub(super) fn iterations(turn: &Turn) -> impl Iterator<Item = (u32, &[Evidence])> {
    let earlier = turn.iterations.iter().map(|iteration| (iteration.number, iteration.evidence.as_slice()));
    earlier.chain(turn.started.is_some().then_some((turn.iteration, turn.evidence.as_slice())))
}

/// A verdict that was asked for.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Answered")]
pub(super) struct Verdict<'p> {
    #[serde(flatten, serialize_with = "by_ids")]
    #[schemars(with = "TurnRef")]
    pub(super) at: At<'p>,
    /// What it is on.
    pub(super) label: &'p str,
    /// The answer of each iteration that has begun, the earliest first.
    pub(super) answers: Vec<Answer<'p>>,
}

/// The verdict of one iteration.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OfIteration")]
pub(super) struct Answer<'p> {
    /// Which iteration, from 1.
    pub(super) iteration: u32,
    /// What was recorded.
    pub(super) answer: Option<&'p str>,
}

/// Every verdict of the turns that have begun.
pub(super) fn verdicts(plan: &Plan) -> Vec<Verdict<'_>> {
    let mut found = Vec::new();
    for at in turns(plan) {
        for slot in at.1.evidence.iter().filter(|slot| slot.kind.has_choices()) {
            let answer = |evidence: &'_ [Evidence]| evidence.iter().position(|other| other.id == slot.id);
            let answers: Vec<Answer<'_>> = iterations(at.1)
                .map(|(iteration, evidence)| {
                    let recorded = answer(evidence).and_then(|place| evidence[place].recorded.as_ref());
                    Answer { iteration, answer: recorded.map(|recorded| recorded.text.as_str()) }
                })
                .collect();
            if !answers.is_empty() {
                found.push(Verdict { at, label: &slot.label, answers });
            }
        }
    }
    found
}

/// A command that was recorded as evidence.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Command")]
pub(super) struct Run<'p> {
    #[serde(flatten, serialize_with = "by_ids")]
    #[schemars(with = "TurnRef")]
    pub(super) at: At<'p>,
    /// The command line.
    pub(super) command: &'p str,
    /// How it ended.
    pub(super) exit_code: i32,
    /// Whether its slot expects that.
    pub(super) expected: bool,
}

/// Every command that was recorded, over all iterations.
pub(super) fn runs(plan: &Plan) -> Vec<Run<'_>> {
    let mut found = Vec::new();
    for at in turns(plan) {
        for slot in iterations(at.1).flat_map(|(_, evidence)| evidence) {
            let Some(recorded) = &slot.recorded else { continue };
            if let (Some(command), Some(exit_code)) = (&recorded.command, recorded.exit_code) {
                found.push(Run { at, command, exit_code, expected: slot.unexpected_exit().is_none() });
            }
        }
    }
    found
}

/// Evidence slots, counted.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Required {
    /// How many are required.
    pub(super) required: usize,
    /// How many of them show what they have to.
    pub(super) recorded: usize,
}

/// The required evidence slots of the turns that have begun.
pub(super) fn evidence(plan: &Plan) -> Required {
    let begun = turns(plan).filter(|(_, turn)| turn.state != TurnState::Skipped);
    let slots = begun.flat_map(|(_, turn)| iterations(turn).flat_map(|(_, evidence)| evidence));
    slots.filter(|slot| slot.required).fold(Required::default(), |count, slot| Required {
        required: count.required + 1,
        recorded: count.recorded + usize::from(!slot.is_wanting()),
    })
}

/// Gates, counted.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Gates {
    /// Gates in all.
    pub(super) all: usize,
    /// Confirmed by a person.
    pub(super) approved: usize,
    /// Rejected, and not decided anew.
    pub(super) rejected: usize,
    /// Their turn is closed and they wait for a person.
    pub(super) waiting: usize,
    /// How often one of them was rejected.
    pub(super) rejections: usize,
}

/// The gates of the plan, counted.
pub(super) fn gates(plan: &Plan) -> Gates {
    let mut count = Gates::default();
    for (_, turn) in turns(plan) {
        let Some(gate) = &turn.gate else { continue };
        count.all += 1;
        count.rejections += gate.rejections.len();
        match gate.state {
            GateState::Rejected => count.rejected += 1,
            GateState::Approved | GateState::Open if gate.is_approved() => count.approved += 1,
            GateState::Approved | GateState::Open => count.waiting += usize::from(turn.open_gate().is_some()),
        }
    }
    count
}

/// How far a plan went from the strategy that it began as.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "Drift")]
pub(super) struct Departures<'p> {
    /// Turns that were added.
    #[serde(serialize_with = "each_by_ids")]
    #[schemars(with = "Vec<TurnRef>")]
    pub(super) added: Vec<At<'p>>,
    /// Upper end of the added turns' budgets, in seconds.
    pub(super) added_planned: u64,
    /// Time worked on added turns, in seconds.
    pub(super) added_worked: u64,
    /// Goals written into a value since the start.
    pub(super) added_goals: Vec<String>,
    /// Turns that were left out.
    #[serde(serialize_with = "each_by_ids")]
    #[schemars(with = "Vec<TurnRef>")]
    pub(super) skipped: Vec<At<'p>>,
    /// Turns whose prompt is in the person's own words.
    #[serde(serialize_with = "each_by_ids")]
    #[schemars(with = "Vec<TurnRef>")]
    pub(super) rewritten: Vec<At<'p>>,
    /// Turns with another budget than the strategy gives them.
    pub(super) budgets: Vec<Rebudgeted<'p>>,
    /// Checklist items that were added.
    pub(super) items: Vec<AddedItem<'p>>,
}

/// A turn with another budget than the strategy gives it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Rebudgeted")]
pub(super) struct Rebudgeted<'p> {
    #[serde(flatten, serialize_with = "by_ids")]
    #[schemars(with = "TurnRef")]
    pub(super) at: At<'p>,
    /// The strategy's budget.
    pub(super) before: Option<String>,
    /// The plan's.
    pub(super) after: Option<String>,
}

/// A checklist item that was added.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AddedItem")]
pub(super) struct AddedItem<'p> {
    /// The session's id.
    #[serde(serialize_with = "session_id")]
    #[schemars(with = "String")]
    pub(super) session: &'p Session,
    /// What is to be true.
    pub(super) text: &'p str,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde passes every field so
fn session_id<S: Serializer>(session: &&Session, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&session.id)
}

impl Departures<'_> {
    /// Whether the plan is as its strategy has it.
    pub(super) fn is_none(&self) -> bool {
        self.added.is_empty()
            && self.added_goals.is_empty()
            && self.skipped.is_empty()
            && self.rewritten.is_empty()
            && self.budgets.is_empty()
            && self.items.is_empty()
    }
}

/// The plan held against its strategy.
pub(super) fn departures(plan: &Plan, now: Timestamp) -> Departures<'_> {
    let mut found = Departures {
        added_goals: review::drift(plan).added_goals,
        skipped: turns(plan).filter(|(_, turn)| turn.state == TurnState::Skipped).collect(),
        rewritten: turns(plan).filter(|(_, turn)| !turn.added && turn.prompt.is_some()).collect(),
        ..Departures::default()
    };
    let range = |budget: &Budget| (budget.low(), budget.high());
    for at @ (session, turn) in turns(plan) {
        if turn.added {
            found.added_planned += turn.budget_seconds().unwrap_or(0);
            found.added_worked += turn.total_worked(now);
            found.added.push(at);
        } else if let Some(spec) = spec(plan, session, turn)
            && spec.budget.as_ref().map(range) != turn.budget.as_ref().map(range)
        {
            let (before, after) = (spec.budget.as_ref().map(Budget::short), turn.budget.as_ref().map(Budget::short));
            found.budgets.push(Rebudgeted { at, before, after });
        }
    }
    for session in &plan.sessions {
        let spec = plan.strategy.sessions.iter().find(|spec| spec.id == session.spec_id());
        let own = |id: &str| spec.is_some_and(|spec| spec.checklist.iter().any(|item| item.id == id));
        let added = session.checklist.iter().filter(|item| !item.standard && !own(&item.id));
        found.items.extend(added.map(|item| AddedItem { session, text: &item.text }));
    }
    found
}

fn spec<'p>(plan: &'p Plan, session: &Session, turn: &Turn) -> Option<&'p TurnSpec> {
    let session = plan.strategy.sessions.iter().find(|spec| spec.id == session.spec_id())?;
    session.turns.iter().find(|spec| spec.id == turn.id)
}
