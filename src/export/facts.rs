//! What a report counts and concludes: the same figures for Markdown and for JSON.

use jiff::Timestamp;

use crate::domain::budget::Budget;
use crate::domain::plan::{Evidence, GateState, Plan, Session, Turn, TurnState};
use crate::domain::strategy::{EvidenceKind, TurnSpec};

/// A turn with the session it belongs to.
pub(super) type At<'p> = (&'p Session, &'p Turn);

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
pub(super) struct Verdict<'p> {
    /// Where.
    pub(super) at: At<'p>,
    /// What it is on.
    pub(super) label: &'p str,
    /// The answer of each iteration that has begun; nothing where there is none.
    pub(super) answers: Vec<(u32, Option<&'p str>)>,
}

/// Every verdict of the turns that have begun.
pub(super) fn verdicts(plan: &Plan) -> Vec<Verdict<'_>> {
    let mut found = Vec::new();
    for at in turns(plan) {
        for slot in at.1.evidence.iter().filter(|slot| slot.kind == EvidenceKind::Verdict) {
            let answer = |evidence: &'_ [Evidence]| evidence.iter().position(|other| other.id == slot.id);
            let answers: Vec<(u32, Option<&str>)> = iterations(at.1)
                .map(|(number, evidence)| {
                    let recorded = answer(evidence).and_then(|place| evidence[place].recorded.as_ref());
                    (number, recorded.map(|recorded| recorded.text.as_str()))
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
pub(super) struct Run<'p> {
    /// Where.
    pub(super) at: At<'p>,
    /// The command line.
    pub(super) command: &'p str,
    /// How it ended.
    pub(super) exit_code: i32,
    /// Whether its slot expects that: mostly 0, but a test that has to fail ends otherwise.
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

/// Required evidence slots of the turns that have begun: those that show what they have to, and all.
pub(super) fn evidence(plan: &Plan) -> (usize, usize) {
    let begun = turns(plan).filter(|(_, turn)| turn.state != TurnState::Skipped);
    let slots = begun.flat_map(|(_, turn)| iterations(turn).flat_map(|(_, evidence)| evidence));
    slots
        .filter(|slot| slot.required)
        .fold((0, 0), |(filled, all), slot| (filled + usize::from(!slot.is_wanting()), all + 1))
}

/// How many gates stand how.
#[derive(Default)]
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
pub(super) struct Drift<'p> {
    /// Turns that were added.
    pub(super) added: Vec<At<'p>>,
    /// Turns that were left out.
    pub(super) skipped: Vec<At<'p>>,
    /// Turns whose prompt is in the person's own words.
    pub(super) rewritten: Vec<At<'p>>,
    /// Turns with another budget than the strategy gives them; what that was.
    pub(super) budgets: Vec<(At<'p>, Option<String>)>,
    /// Checklist items that were added.
    pub(super) items: Vec<(&'p Session, &'p str)>,
    /// Upper end of the added turns' budgets, in seconds.
    pub(super) added_planned: u64,
    /// Time worked on added turns, in seconds.
    pub(super) added_worked: u64,
}

impl Drift<'_> {
    /// Whether the plan is as its strategy has it.
    pub(super) fn is_none(&self) -> bool {
        self.added.is_empty()
            && self.skipped.is_empty()
            && self.rewritten.is_empty()
            && self.budgets.is_empty()
            && self.items.is_empty()
    }
}

/// The plan held against its strategy.
pub(super) fn drift(plan: &Plan, now: Timestamp) -> Drift<'_> {
    let mut drift = Drift {
        added: Vec::new(),
        skipped: turns(plan).filter(|(_, turn)| turn.state == TurnState::Skipped).collect(),
        rewritten: turns(plan).filter(|(_, turn)| !turn.added && turn.prompt.is_some()).collect(),
        budgets: Vec::new(),
        items: Vec::new(),
        added_planned: 0,
        added_worked: 0,
    };
    for at @ (session, turn) in turns(plan) {
        if turn.added {
            drift.added_planned += turn.budget_seconds().unwrap_or(0);
            drift.added_worked += turn.total_worked(now);
            drift.added.push(at);
        } else if let Some(spec) = spec(plan, session, turn)
            && spec.budget.as_ref().map(|budget| (budget.low(), budget.high()))
                != turn.budget.as_ref().map(|budget| (budget.low(), budget.high()))
        {
            drift.budgets.push((at, spec.budget.as_ref().map(Budget::short)));
        }
    }
    for session in &plan.sessions {
        let spec = plan.strategy.sessions.iter().find(|spec| spec.id == session.spec_id());
        let own = |id: &str| spec.is_some_and(|spec| spec.checklist.iter().any(|item| item.id == id));
        let added = session.checklist.iter().filter(|item| !item.standard && !own(&item.id));
        drift.items.extend(added.map(|item| (session, item.text.as_str())));
    }
    drift
}

fn spec<'p>(plan: &'p Plan, session: &Session, turn: &Turn) -> Option<&'p TurnSpec> {
    let session = plan.strategy.sessions.iter().find(|spec| spec.id == session.spec_id())?;
    session.turns.iter().find(|spec| spec.id == turn.id)
}
