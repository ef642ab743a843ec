//! One plan in JSON: the keys of its file, and beside it what is computed from it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::metric::Course;
use crate::domain::plan::{Plan, PlanState, Standing};
use crate::export::now::{Now, now as current};
use crate::export::review::{FindingInShort, FoundContradiction};

use super::Document;
use super::report::{Report, report};

/// One plan, and what is computed from it. Printed by every command that starts or changes a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanDocument<'p> {
    /// The plan with the keys of its file; null where a file that cannot be read was deleted.
    plan: Option<&'p Plan>,
    /// What is computed from it; null where the plan is.
    computed: Option<Computed<'p>>,
    /// What speaks against the plan, in short; only `setlist show` has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<FindingInShort>")]
    findings: Option<Vec<FindingInShort>>,
    /// What cannot be, because the file was edited by hand; only `setlist show` has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<FoundContradiction>")]
    contradictions: Option<Vec<FoundContradiction>>,
}

impl Document for PlanDocument<'_> {
    const SCHEMA: &'static str = "setlist.plan/1";
}

/// What is computed from a plan. Times are in seconds.
#[derive(Debug, Serialize, JsonSchema)]
struct Computed<'p> {
    /// Where the plan stands as a whole.
    state: PlanState,
    /// Whether a clock runs.
    running: bool,
    /// The goal with its values filled in.
    goal: String,
    /// The id of the session to go on with.
    session: Option<String>,
    /// The id of the turn to go on with.
    turn: Option<String>,
    /// What that turn counts as.
    standing: Option<Standing>,
    /// Time worked until now, in seconds.
    worked: u64,
    /// Upper end of the whole budget, in seconds.
    budget: Option<u64>,
    /// Every metric, compared.
    metrics: Vec<Compared>,
    /// What to do now; null where the plan is over.
    now: Option<Now>,
    /// What the report counts and concludes.
    report: Report<'p>,
}

/// A metric with what was read of it. Figures are in its unit.
#[derive(Debug, Serialize, JsonSchema)]
struct Compared {
    /// The metric.
    id: String,
    /// The value before any work: as declared, else the first reading.
    baseline: Option<f64>,
    /// The value to reach.
    target: Option<f64>,
    /// The newest reading that counts.
    last: Option<f64>,
    /// The change from the baseline to the newest reading, in per cent of the baseline; null where that is 0.
    change_percent: Option<f64>,
    /// Whether the newest reading is better than the baseline; null while they are equal.
    improved: Option<bool>,
    /// Whether the newest reading meets the target.
    reached: Option<bool>,
    /// The same in words: how far from the target.
    reached_in_words: Option<String>,
    /// How many readings there are.
    readings: usize,
}

/// One plan with the keys of its file, and beside it what is computed from it.
pub fn plan(plan: &Plan, now: Timestamp) -> PlanDocument<'_> {
    PlanDocument { plan: Some(plan), computed: Some(computed(plan, now)), findings: None, contradictions: None }
}

/// A plan whose file could not be read, and is gone now.
pub fn gone() -> PlanDocument<'static> {
    PlanDocument { plan: None, computed: None, findings: None, contradictions: None }
}

impl PlanDocument<'_> {
    /// The same with what speaks against the plan and what cannot be.
    #[must_use]
    pub fn with(self, (findings, contradictions): (Vec<FindingInShort>, Vec<FoundContradiction>)) -> Self {
        Self { findings: Some(findings), contradictions: Some(contradictions), ..self }
    }
}

fn computed(plan: &Plan, now: Timestamp) -> Computed<'_> {
    let session = plan.current_session();
    let turn = session.and_then(|session| session.current_turn());
    Computed {
        state: plan.state(),
        running: plan.is_running(),
        goal: plan.goal(),
        session: session.map(|session| session.id.clone()),
        turn: turn.map(|turn| turn.id.clone()),
        standing: session.zip(turn).map(|(session, turn)| plan.standing(session, turn)),
        worked: plan.worked(now),
        budget: plan.budget().map(|budget| budget.high()),
        metrics: plan.courses().iter().map(compared).collect(),
        now: current(plan),
        report: report(plan, now),
    }
}

fn compared(course: &Course<'_>) -> Compared {
    Compared {
        id: course.spec.id.clone(),
        baseline: course.baseline,
        target: course.target,
        last: course.last(),
        change_percent: course.change(),
        improved: course.improved(),
        reached: course.reached(),
        reached_in_words: course.reached_in_words(),
        readings: course.readings.len(),
    }
}
