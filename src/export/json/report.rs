//! What the report in Markdown counts and concludes, in JSON.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::command::TurnRef;
use crate::domain::plan::{Plan, Standing};
use crate::export::facts::{self, Departures, Gates, Required, Run, Verdict};
use crate::export::review::{Indicator, judged};
use crate::workflow::finish;

/// What the report counts and concludes. Times are in seconds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Report<'p> {
    /// Every verdict of the turns that have begun.
    verdicts: Vec<Verdict<'p>>,
    /// Every command that was recorded as evidence.
    commands: Vec<Run<'p>>,
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
    drift: Departures<'p>,
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

/// What the report of `plan` counts and concludes at `now`.
pub fn report(plan: &Plan, now: Timestamp) -> Report<'_> {
    let points = finish::of_plan(plan).into_iter().map(|point| OpenPoint {
        kind: point.word().into(),
        session: point.session().map(|session| session.id.clone()),
        text: point.text(str::to_owned),
    });
    let turns = facts::turns(plan).map(|at| Timed {
        at: facts::id(at),
        standing: plan.standing(at.0, at.1),
        planned: at.1.budget_seconds(),
        worked: at.1.total_worked(now),
        rework: at.1.rework,
    });
    Report {
        verdicts: facts::verdicts(plan),
        commands: facts::runs(plan),
        evidence: facts::evidence(plan),
        gates: facts::gates(plan),
        open_points: points.collect(),
        quality: judged(plan, &[]),
        turns: turns.collect(),
        drift: facts::departures(plan, now),
    }
}
