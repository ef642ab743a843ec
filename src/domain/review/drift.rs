//! How far a plan has moved from what it was at its start: planned against added turns and time.

use crate::domain::budget::Budget;
use crate::domain::plan::{Plan, Turn};

/// What was planned at the start, and what came on top.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// Turns of the strategy.
    pub planned_turns: usize,
    /// Turns added since.
    pub added_turns: usize,
    /// Upper ends of the planned turns' budgets, in seconds.
    pub planned_seconds: u64,
    /// Upper ends of the added turns' budgets, in seconds.
    pub added_seconds: u64,
    /// Goals added since, in the person's words.
    pub added_goals: Vec<String>,
}

/// How far `plan` has moved from what it was at its start.
pub fn drift(plan: &Plan) -> Drift {
    let turns = || plan.sessions.iter().flat_map(|session| &session.turns);
    let seconds = |added: bool| {
        let budgets = turns().filter(|turn| turn.added == added).filter_map(|turn: &Turn| turn.budget.as_ref());
        budgets.map(Budget::high).fold(0, u64::saturating_add)
    };
    Drift {
        planned_turns: turns().filter(|turn| !turn.added).count(),
        added_turns: turns().filter(|turn| turn.added).count(),
        planned_seconds: seconds(false),
        added_seconds: seconds(true),
        added_goals: Vec::new(),
    }
}
