//! A plan as lists show it, and the files beside plans that are none.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::plan::{Plan, PlanState, SessionState};

/// A plan as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanSummary {
    /// The plan's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The strategy's id.
    pub strategy: String,
    /// The strategy's title.
    pub strategy_title: String,
    /// When it was started.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// `planned`, `in-progress`, `finished` or `abandoned`.
    pub state: String,
    /// Whether it is archived.
    pub archived: bool,
    /// Whether a clock runs.
    pub running: bool,
    /// Whether a finished session had turns unverified.
    pub unverified: bool,
    /// Sessions, and how many are over.
    pub sessions: (usize, usize),
    /// Turns closed, and turns in all.
    pub turns: (usize, usize),
    /// The title of the turn to go on with; empty when there is none.
    pub current: String,
    /// Gates that wait for a decision.
    pub open_gates: usize,
    /// Gates that were approved and wait again: after which turn, and what changed.
    #[serde(default)]
    pub stale_gates: Vec<String>,
    /// What waits in its queue to become plans of their own, by title.
    #[serde(default)]
    pub waiting: Vec<String>,
    /// The id of the plan that queued this one; empty for none.
    #[serde(default)]
    pub follows: String,
    /// Checklist items not ticked in sessions that are over or in wrap-up.
    pub open_items: usize,
    /// Seconds worked while no clock ran.
    pub worked: u64,
    /// Since when clocks run.
    #[serde(default)]
    pub running_since: Vec<Timestamp>,
    /// Upper end of the whole budget, in seconds; 0 for none.
    pub budget: u64,
}

impl PlanSummary {
    /// The summary of `plan`, as it stands without the running time.
    pub fn of(plan: &Plan) -> Self {
        let turns = || plan.sessions.iter().flat_map(|session| &session.turns);
        let current =
            plan.current_session().filter(|session| !session.is_over()).and_then(|session| match session.state {
                SessionState::WrapUp => Some("Wrap up".to_owned()),
                _ => session.current_turn().map(|turn| turn.title.clone()),
            });
        let concluding = |state| matches!(state, SessionState::WrapUp | SessionState::Finished);
        Self {
            id: plan.id.clone(),
            name: plan.name.clone(),
            strategy: plan.strategy.id.clone(),
            strategy_title: plan.strategy.title.clone(),
            created: plan.created,
            updated: plan.updated,
            state: plan.state().word().into(),
            archived: plan.archived,
            running: plan.is_running(),
            unverified: plan.sessions.iter().any(|session| session.is_over() && !session.unverified().is_empty()),
            sessions: (plan.sessions.iter().filter(|session| session.is_over()).count(), plan.sessions.len()),
            turns: (turns().filter(|turn| turn.is_closed()).count(), turns().count()),
            current: current.unwrap_or_default(),
            open_gates: plan.sessions.iter().map(|session| session.open_gates().len()).sum(),
            stale_gates: turns()
                .filter_map(|turn| Some((turn, turn.open_gate().filter(|gate| gate.is_stale())?)))
                .map(|(turn, gate)| format!("'{}': {}", turn.title, gate.stale))
                .collect(),
            waiting: plan.waiting().iter().map(|queued| queued.title.clone()).collect(),
            follows: plan.follows.clone(),
            open_items: plan
                .sessions
                .iter()
                .filter(|session| concluding(session.state))
                .map(|session| session.open_items().len())
                .sum(),
            worked: turns()
                .map(|turn| turn.total_worked(turn.running_since.unwrap_or(plan.updated)))
                .fold(0, u64::saturating_add),
            running_since: turns().filter_map(|turn| turn.running_since).collect(),
            budget: plan.budget().map_or(0, |budget| budget.high()),
        }
    }

    /// Seconds worked until `now`, with the clocks that run.
    pub fn worked_at(&self, now: Timestamp) -> u64 {
        let runs = |since: &Timestamp| now.as_second().saturating_sub(since.as_second()).max(0) as u64;
        self.running_since.iter().map(runs).fold(self.worked, u64::saturating_add)
    }

    /// Not finished, not given up, not archived.
    pub fn is_open(&self) -> bool {
        !self.archived && (self.state == PlanState::Planned.word() || self.state == PlanState::InProgress.word())
    }

    /// Whether a turn of it is active or it waits for a person.
    pub fn is_under_way(&self) -> bool {
        self.state == PlanState::InProgress.word()
    }
}

/// A file among the plans that cannot be read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenPlan {
    /// The file.
    pub path: PathBuf,
    /// The file's name without `.toml`.
    pub id: String,
    /// What is wrong, with line and column where known.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Whether history holds a revision of it that can be read.
    pub recoverable: bool,
}

/// What the plans directory holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listing {
    /// The plans, last worked on first.
    pub plans: Vec<PlanSummary>,
    /// Files that are no plans or cannot be read.
    pub broken: Vec<BrokenPlan>,
    /// Copies that a sync tool left: the plan's id where it can be told, and the file.
    pub conflicts: Vec<(String, PathBuf)>,
    /// Plans in the trash, last deleted first.
    pub trashed: Vec<PlanSummary>,
    /// Why the directory itself could not be read.
    pub failure: Option<String>,
}

impl Listing {
    /// What the plan with this id is called, in the trash too.
    pub fn name_of(&self, id: &str) -> Option<&str> {
        self.plans.iter().chain(&self.trashed).find(|plan| plan.id == id).map(|plan| plan.name.as_str())
    }
}
