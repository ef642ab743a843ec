//! Budgets from the person's own record: the median time worked on each turn, once there is enough.

use super::{Stats, StrategyStats, TurnStats};
use crate::domain::budget::{Budget, compact};
use crate::domain::command::{Command, TurnRef};
use crate::domain::strategy::Strategy;

/// Finished plans of a strategy from which on their medians say something.
pub const ENOUGH: usize = 3;

/// What a turn might be given: the strategy's budget, and the person's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Which turn.
    pub turn: TurnRef,
    /// What the strategy says.
    pub guide: Option<Budget>,
    /// What the record says; nothing where no clock ever ran in it.
    pub own: Option<Own>,
}

/// A budget from the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The median, rounded.
    pub budget: Budget,
    /// The median as it is, in seconds.
    pub median: u64,
    /// How many times it is the median of.
    pub times: usize,
}

impl Own {
    /// What it rests on: `median of 4`.
    pub fn basis(&self) -> String {
        if self.times == 1 { "one time only".into() } else { format!("median of {}", self.times) }
    }
}

impl StrategyStats {
    /// Whether enough plans of it are finished for a budget from the record.
    pub fn is_enough(&self) -> bool {
        self.figures.finished >= ENOUGH
    }

    /// The budget that the record gives a turn, once there is enough of it; nothing where no clock ran.
    pub fn own_budget(&self, turn: &TurnStats) -> Option<Own> {
        let median = turn.times.median_worked.filter(|_| self.is_enough())?;
        Some(Own { budget: rounded(median)?, median, times: turn.times.timed })
    }
}

impl Stats {
    /// Budgets for every turn of `strategy`, in its order; nothing before [`ENOUGH`] plans of it are
    /// finished, or where none of them was timed.
    pub fn suggested_budgets(&self, strategy: &Strategy) -> Option<Vec<Suggestion>> {
        let record = self.strategy(&strategy.id)?;
        let mut suggestions = Vec::new();
        for session in &strategy.sessions {
            for turn in &session.turns {
                let known = record.turns.iter().find(|known| known.session == session.id && known.turn == turn.id);
                let own = known.and_then(|known| record.own_budget(known));
                let at = TurnRef::new(&session.id, &turn.id);
                suggestions.push(Suggestion { turn: at, guide: turn.budget.clone(), own });
            }
        }
        suggestions.iter().any(|suggestion| suggestion.own.is_some()).then_some(suggestions)
    }
}

/// `strategy` with the budgets of the person's own, where there are any. A session's own budget gives
/// way to the sum of its turns', where each of them has one: it was made for the others.
pub fn with_own(strategy: &Strategy, suggestions: &[Suggestion]) -> Strategy {
    let mut own = strategy.clone();
    for session in &mut own.sessions {
        let mut changed = false;
        for turn in &mut session.turns {
            let of = |found: &&Suggestion| found.turn.session == session.id && found.turn.turn == turn.id;
            let budget = suggestions.iter().find(of).and_then(|found| found.own.as_ref());
            if let Some(found) = budget {
                turn.budget = Some(found.budget.clone());
                changed = true;
            }
        }
        if changed && session.turns.iter().all(|turn| turn.budget.is_some()) {
            session.budget = None;
        }
    }
    own
}

/// The commands that give a new plan of `strategy` its person's own budgets.
pub fn own_budgets(strategy: &Strategy, suggestions: &[Suggestion]) -> Vec<Command> {
    let own = with_own(strategy, suggestions);
    let mut commands = Vec::new();
    for (before, after) in strategy.sessions.iter().zip(own.sessions) {
        for (old, turn) in before.turns.iter().zip(after.turns).filter(|(old, turn)| old.budget != turn.budget) {
            commands.push(Command::SetBudget { turn: TurnRef::new(&before.id, &old.id), budget: turn.budget });
        }
        if before.budget != after.budget {
            commands.push(Command::SetSessionBudget { session: before.id.clone(), budget: after.budget });
        }
    }
    commands
}

/// `seconds` as people write budgets: to 5 minutes below an hour, to 15 minutes from there on; at
/// least 5 minutes.
pub fn rounded(seconds: u64) -> Option<Budget> {
    let to = |step: u64| seconds.saturating_add(step / 2) / step * step;
    let fine = to(5 * 60).max(5 * 60);
    let rounded = if fine < 3600 { fine } else { to(15 * 60).max(3600) };
    Budget::parse(&compact(rounded.min(super::times::LONGEST))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_are_rounded_to_what_people_write() {
        let written = |minutes: u64, seconds: u64| rounded(minutes * 60 + seconds).unwrap().to_string();
        assert_eq!(written(0, 1), "5m");
        assert_eq!((written(37, 29), written(37, 30)), ("35m".into(), "40m".into()));
        assert_eq!((written(57, 29), written(57, 30)), ("55m".into(), "1h".into()));
        assert_eq!((written(67, 29), written(67, 30)), ("1h".into(), "1h15".into()));
        assert_eq!(written(8 * 60 + 20, 0), "8h15");
        assert_eq!(rounded(u64::MAX).unwrap().high(), super::super::times::LONGEST);
    }
}
