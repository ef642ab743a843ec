//! Budgets from time worked: as people write them, a range where there was one.
//!
//! The time of a turn that repeats is that of one iteration, on average. A turn whose clock never ran
//! keeps its budget; so does one of less than a minute, which was ticked off and not worked on. A
//! range stays as wide, in proportion, around what it took.

use crate::domain::budget::Budget;
use crate::domain::plan::{Session, Turn};
use crate::domain::stats::rounded;
use crate::domain::strategy::TurnSpec;

/// Less than this is no time worked, in seconds.
const LEAST: u64 = 60;

/// What to plan for one iteration of a turn.
pub(super) fn of_turn(turn: &Turn) -> Option<Budget> {
    let earlier = turn.iterations.iter().map(|iteration| iteration.worked);
    // Seconds of a clock that was stopped: the sessions of a finished plan are over.
    let times: Vec<u64> = earlier.chain([turn.worked]).filter(|seconds| *seconds >= LEAST).collect();
    let all = times.iter().copied().fold(0, u64::saturating_add);
    match all.checked_div(times.len() as u64) {
        Some(worked) => around(worked, turn.budget.as_ref()),
        None => turn.budget.clone(),
    }
}

/// What to plan for a session that had a budget of its own: what it took, with the budgets of the
/// turns that were not timed, and never less than its turns have.
pub(super) fn of_session(session: &Session, turns: &[TurnSpec]) -> Option<Budget> {
    let before = session.budget.as_ref()?;
    let sum = Budget::sum(turns.iter().filter_map(|turn| turn.budget.as_ref()));
    let worked = session.turns.iter().map(seconds).fold(0, u64::saturating_add);
    let untimed = session.turns.iter().filter(|turn| seconds(turn) == 0 && !is_gone(turn, turns));
    let untimed = untimed.filter_map(|turn| turn.budget.as_ref()).map(Budget::high).fold(0, u64::saturating_add);
    let learned = match worked {
        0 => before.clone(),
        worked => around(worked.saturating_add(untimed), Some(before))?,
    };
    match sum {
        Some(sum) if sum.high() > learned.high() => Budget::parse(&sum.short()).ok().or(Some(learned)),
        Some(_) | None => Some(learned),
    }
}

fn seconds(turn: &Turn) -> u64 {
    let earlier = turn.iterations.iter().map(|iteration| iteration.worked);
    earlier.chain([turn.worked]).filter(|seconds| *seconds >= LEAST).fold(0, u64::saturating_add)
}

fn is_gone(turn: &Turn, kept: &[TurnSpec]) -> bool {
    kept.iter().all(|spec| spec.id != turn.id)
}

/// `worked` as a budget: a figure, or a range as wide as the one before.
fn around(worked: u64, before: Option<&Budget>) -> Option<Budget> {
    let (low, high) = before.map_or((1, 1), |before| (before.low(), before.high()));
    let middle = u128::from(low) + u128::from(high);
    let part = |end: u64| u64::try_from(u128::from(worked) * 2 * u128::from(end) / middle.max(1)).unwrap_or(u64::MAX);
    let (low_end, high_end) = (rounded(part(low))?, rounded(part(high))?);
    if low == high {
        return Some(high_end);
    }
    // Rounding may have made one of the two ends.
    let high_end = if low_end.high() < high_end.high() { high_end } else { rounded(low_end.high() + STEP)? };
    if low_end.high() < high_end.high() {
        Budget::parse(&format!("{}-{}", low_end.short(), high_end.short())).ok()
    } else {
        Some(high_end)
    }
}

/// The next figure above one that people write, in seconds, at most.
const STEP: u64 = 15 * 60;

#[cfg(test)]
mod tests {
    use super::*;

    fn learned(minutes: u64, before: &str) -> String {
        around(minutes * 60, Budget::parse(before).ok().as_ref()).unwrap().to_string()
    }

    #[test]
    fn budgets_follow_the_time_worked() {
        assert_eq!(learned(43, "30m"), "45m");
        assert_eq!(learned(107, "1h"), "1h45");
        assert_eq!(around(12 * 60, None).unwrap().to_string(), "10m");
    }

    #[test]
    fn a_range_stays_one() {
        assert_eq!(learned(107, "30m-90m"), "55m-2h45");
        assert_eq!(learned(12, "30m-75m"), "5m-15m");
        assert_eq!(learned(1, "10m-15m"), "5m-20m");
        assert_eq!(learned(60, "55m-60m"), "55m-1h");
        assert_eq!(
            around(u64::MAX, Budget::parse("1h-2h").ok().as_ref()).unwrap().low(),
            around(u64::MAX, None).unwrap().high()
        );
    }
}
