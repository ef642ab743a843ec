//! Times and places as they are spoken: whole words, no signs.

use jiff::Timestamp;

use crate::cli::output::one_line;
use crate::domain::budget::Budget;
use crate::domain::plan::{Evidence, GateStanding, Plan, Session, Standing, Turn};
pub use crate::domain::words::count;
use crate::workflow::describe::{self, SlotState};

/// A duration: `45 seconds`, `12 minutes`, `1 hour 30 minutes`.
pub fn time(seconds: u64) -> String {
    let of = |number: u64, unit: &str| count(number as usize, unit);
    match (seconds / 3600, seconds % 3600 / 60) {
        (0, 0) => of(seconds, "second"),
        (0, minutes) => of(minutes, "minute"),
        (hours, 0) => of(hours, "hour"),
        (hours, minutes) => format!("{} {}", of(hours, "hour"), of(minutes, "minute")),
    }
}

/// A budget: `30 minutes`, `30 minutes to 1 hour`.
pub fn budget(budget: &Budget) -> String {
    if budget.low() == budget.high() {
        return time(budget.high());
    }
    let (low, high) = (time(budget.low()), time(budget.high()));
    match (low.split_once(' '), high.split_once(' ')) {
        (Some((count, unit)), Some((_, other))) if unit == other => format!("{count} to {high}"),
        _ => format!("{low} to {high}"),
    }
}

/// Where a turn stands: its place, its title, its state, the time worked.
pub fn turn(plan: &Plan, session: &Session, turn: &Turn, now: Timestamp) -> String {
    let place = session.turns.iter().position(|other| other.id == turn.id).map_or(1, |at| at + 1);
    let mut parts = vec![plan.standing(session, turn).word().to_owned()];
    if turn.has_iterations() && turn.started.is_some() {
        parts.push(one_line(&turn.iteration_in_words(turn.iteration)));
    }
    let worked = turn.total_worked(now);
    parts.push(match (&turn.budget, turn.started.is_some()) {
        (Some(wanted), true) => format!("{} worked of {}", time(worked), budget(wanted)),
        (None, true) => format!("{} worked", time(worked)),
        (Some(wanted), false) => format!("should take {}", budget(wanted)),
        (None, false) => String::new(),
    });
    parts.retain(|part| !part.is_empty());
    format!("Turn {place} of {}, {}: {}.", session.turns.len(), one_line(&turn.title), parts.join(", "))
}

/// What keeps a turn waiting, as a sentence; nothing where nothing does.
pub fn waits(plan: &Plan, session: &Session, turn: &Turn) -> Option<String> {
    let waits = plan.standing(session, turn) == Standing::Waiting;
    let why = plan.blocker(session, turn).filter(|_| waits)?.sentence();
    // Of another session it says itself that it waits.
    let why = one_line(&why);
    Some(if why.starts_with("it waits") { why } else { format!("It waits: {why}") })
}

/// A gate with where it stands, as a sentence; nothing for a turn without one.
pub fn gate(turn: &Turn) -> Option<String> {
    let gate = describe::gate(turn)?;
    let standing = match gate.standing {
        GateStanding::Approved | GateStanding::Rejected => gate.word().into(),
        GateStanding::Open | GateStanding::Stale if gate.waits => format!("{}, waits for you", gate.of.standing()),
        GateStanding::Open | GateStanding::Stale => "decided once the turn is closed".into(),
    };
    Some(format!("Gate, {}: {}", one_line(&(standing + &gate.request())), one_line(&gate.of.text)))
}

/// An evidence slot in a few words: `Steps that reproduce it, text, required, missing`.
pub fn slot(slot: &Evidence) -> String {
    let state = match describe::slot(slot).state {
        SlotState::Failed | SlotState::NoRun => format!("recorded{}", slot.how_it_ended()),
        SlotState::Recorded => "recorded".to_owned(),
        SlotState::Missing | SlotState::Optional => "missing".to_owned(),
    };
    let need = if slot.required { "required" } else { "optional" };
    format!("{}, {}, {need}, {}", one_line(&slot.label), slot.kind, one_line(&state))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_whole_words() {
        let said: Vec<String> = [1, 40, 60, 3599, 3600, 5400, 9000].into_iter().map(time).collect();
        let wanted =
            ["1 second", "40 seconds", "1 minute", "59 minutes", "1 hour", "1 hour 30 minutes", "2 hours 30 minutes"];
        assert_eq!(said, wanted);
        let said = |text: &str| budget(&Budget::parse(text).unwrap());
        assert_eq!(said("15m"), "15 minutes");
        assert_eq!(said("15m-30m"), "15 to 30 minutes");
        assert_eq!(said("30m-1h"), "30 minutes to 1 hour");
        assert_eq!(said("2h-8h"), "2 to 8 hours");
        assert_eq!(said("90m-3h"), "1 hour 30 minutes to 3 hours");
    }
}
