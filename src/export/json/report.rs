//! What the report in Markdown counts and concludes, in JSON.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::budget::Budget;
use crate::domain::command::TurnRef;
use crate::domain::plan::{Plan, Standing};
use crate::domain::review;
use crate::export::facts;
use crate::export::quality::{Indicator, judged};
use crate::workflow::finish;

/// What the report counts and concludes. Times are in seconds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Report {
    /// Every verdict of the turns that have begun.
    verdicts: Vec<Answered>,
    /// Every command that was recorded as evidence.
    commands: Vec<Command>,
    /// Required evidence of the turns that have begun.
    evidence: Required,
    /// The gates, counted.
    gates: Gates,
    /// What is not as it should be, or not done yet.
    open_points: Vec<OpenPoint>,
    /// The quality indicators.
    quality: Vec<Indicator>,
    /// Every turn with its time.
    turns: Vec<Timed>,
    /// How far the plan went from its strategy.
    drift: Drift,
}

/// A verdict that was asked for.
#[derive(Debug, Serialize, JsonSchema)]
struct Answered {
    #[serde(flatten)]
    at: TurnRef,
    /// What it is on.
    label: String,
    /// The answer of each iteration that has begun, the earliest first.
    answers: Vec<OfIteration>,
}

/// The verdict of one iteration.
#[derive(Debug, Serialize, JsonSchema)]
struct OfIteration {
    /// Which iteration, from 1.
    iteration: u32,
    /// What was recorded.
    answer: Option<String>,
}

/// A command that was recorded as evidence.
#[derive(Debug, Serialize, JsonSchema)]
struct Command {
    #[serde(flatten)]
    at: TurnRef,
    /// The command line.
    command: String,
    /// How it ended.
    exit_code: i32,
    /// Whether its slot expects that.
    expected: bool,
}

/// Evidence slots, counted.
#[derive(Debug, Serialize, JsonSchema)]
struct Required {
    /// How many are required.
    required: usize,
    /// How many of them show what they have to.
    recorded: usize,
}

/// Gates, counted.
#[derive(Debug, Serialize, JsonSchema)]
struct Gates {
    /// Gates in all.
    all: usize,
    /// Confirmed by a person.
    approved: usize,
    /// Rejected, and not decided anew.
    rejected: usize,
    /// Their turn is closed and they wait for a person.
    waiting: usize,
    /// How often one of them was rejected.
    rejections: usize,
}

/// Something that is not as it should be, or not done yet.
#[derive(Debug, Serialize, JsonSchema)]
struct OpenPoint {
    /// What kind of point it is; new ones may come.
    #[schemars(extend("examples" = ["unverified", "gate", "under-way", "not-begun", "not-ticked", "target-missed", "queued"]))]
    kind: String,
    /// The session it is in; null for the plan as a whole.
    session: Option<String>,
    /// The point in a sentence.
    text: String,
}

/// A turn with its time.
#[derive(Debug, Serialize, JsonSchema)]
struct Timed {
    #[serde(flatten)]
    at: TurnRef,
    /// What it counts as.
    standing: Standing,
    /// Upper end of its budget for all iterations, in seconds.
    planned: Option<u64>,
    /// Time worked in all iterations, in seconds.
    worked: u64,
    /// How often it was sent back by a gate or reopened.
    rework: u32,
}

/// How far a plan went from the strategy that it began as.
#[derive(Debug, Serialize, JsonSchema)]
struct Drift {
    /// Turns that were added.
    added: Vec<TurnRef>,
    /// Upper end of the added turns' budgets, in seconds.
    added_planned: u64,
    /// Time worked on added turns, in seconds.
    added_worked: u64,
    /// Goals written into a value since the start.
    added_goals: Vec<String>,
    /// Turns that were left out.
    skipped: Vec<TurnRef>,
    /// Turns whose prompt is in the person's own words.
    rewritten: Vec<TurnRef>,
    /// Turns with another budget than the strategy gives them.
    budgets: Vec<Rebudgeted>,
    /// Checklist items that were added.
    items: Vec<AddedItem>,
}

/// A turn with another budget than the strategy gives it.
#[derive(Debug, Serialize, JsonSchema)]
struct Rebudgeted {
    #[serde(flatten)]
    at: TurnRef,
    /// The strategy's budget.
    before: Option<String>,
    /// The plan's.
    after: Option<String>,
}

/// A checklist item that was added.
#[derive(Debug, Serialize, JsonSchema)]
struct AddedItem {
    /// The session's id.
    session: String,
    /// What is to be true.
    text: String,
}

fn id((session, turn): facts::At<'_>) -> TurnRef {
    TurnRef::new(&session.id, &turn.id)
}

fn ids(turns: &[facts::At<'_>]) -> Vec<TurnRef> {
    turns.iter().map(|at| id(*at)).collect()
}

/// What the report of `plan` counts and concludes at `now`.
pub fn report(plan: &Plan, now: Timestamp) -> Report {
    let (recorded, required) = facts::evidence(plan);
    let gates = facts::gates(plan);
    let points = finish::of_plan(plan).into_iter().map(|point| OpenPoint {
        kind: point.word().into(),
        session: point.session().map(|session| session.id.clone()),
        text: point.text(str::to_owned),
    });
    let turns = facts::turns(plan).map(|at| Timed {
        at: id(at),
        standing: plan.standing(at.0, at.1),
        planned: at.1.budget_seconds(),
        worked: at.1.total_worked(now),
        rework: at.1.rework,
    });
    Report {
        verdicts: facts::verdicts(plan).into_iter().map(answered).collect(),
        commands: facts::runs(plan).iter().map(command).collect(),
        evidence: Required { required, recorded },
        gates: Gates {
            all: gates.all,
            approved: gates.approved,
            rejected: gates.rejected,
            waiting: gates.waiting,
            rejections: gates.rejections,
        },
        open_points: points.collect(),
        quality: judged(plan, &[]),
        turns: turns.collect(),
        drift: drift(plan, now),
    }
}

fn answered(verdict: facts::Verdict<'_>) -> Answered {
    let answers = verdict.answers.into_iter();
    Answered {
        at: id(verdict.at),
        label: verdict.label.into(),
        answers: answers.map(|(iteration, answer)| OfIteration { iteration, answer: answer.map(Into::into) }).collect(),
    }
}

fn command(run: &facts::Run<'_>) -> Command {
    Command { at: id(run.at), command: run.command.into(), exit_code: run.exit_code, expected: run.expected }
}

fn drift(plan: &Plan, now: Timestamp) -> Drift {
    let drift = facts::drift(plan, now);
    let rebudgeted = |(at, before): (facts::At<'_>, Option<String>)| Rebudgeted {
        at: id(at),
        before,
        after: at.1.budget.as_ref().map(Budget::short),
    };
    let items = drift.items.iter();
    Drift {
        added: ids(&drift.added),
        added_planned: drift.added_planned,
        added_worked: drift.added_worked,
        added_goals: review::drift(plan).added_goals,
        skipped: ids(&drift.skipped),
        rewritten: ids(&drift.rewritten),
        items: items.map(|(session, text)| AddedItem { session: session.id.clone(), text: (*text).into() }).collect(),
        budgets: drift.budgets.into_iter().map(rebudgeted).collect(),
    }
}
