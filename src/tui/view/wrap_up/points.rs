//! What is still open in a session, in words: what keeps it from being finished, and what does not.

use crate::domain::plan::{Session, TurnState};
use crate::tui::view::words::{count, listed};

/// What is open in a session.
pub(super) struct Points {
    /// What must be done before it can be finished.
    pub(super) against: Vec<String>,
    /// What wants a reason, or only to be known.
    pub(super) open: Vec<String>,
    /// One line on both.
    pub(super) verdict: String,
}

pub(super) fn of(session: &Session) -> Points {
    let mut against = Vec::new();
    let turns: Vec<String> =
        session.turns.iter().filter(|turn| !turn.is_closed()).map(|turn| turn.title.clone()).collect();
    if !turns.is_empty() {
        let running = session.turns.iter().any(|turn| turn.state == TurnState::Active);
        let how = if running { "not closed" } else { "not begun" };
        against.push(format!("{} {how}: {}", count(turns.len(), "turn"), listed(&turns)));
    }
    for turn in session.open_gates() {
        let Some(gate) = &turn.gate else { continue };
        against.push(format!("the gate after '{}' is {}: {}", turn.title, gate.standing(), gate.text));
    }
    let mut open = Vec::new();
    let unverified = session.unverified();
    for turn in &unverified {
        let slots: Vec<String> = turn.all_missing().iter().map(|slot| slot.lack()).collect();
        open.push(format!("'{}' is unverified, it lacks: {}", turn.title, slots.join("; ")));
    }
    let items = session.open_items().len();
    let verdict = match (against.is_empty(), unverified.is_empty(), items) {
        (false, _, _) => "It cannot be finished yet:".into(),
        (true, false, _) => "Finishing asks why it may be finished unverified:".into(),
        (true, true, 0) => "Nothing is open.".into(),
        (true, true, items) => format!("{}; finishing is still allowed.", count(items, "open item")),
    };
    if items > 0 && (session.is_over() || !against.is_empty() || !open.is_empty()) {
        open.push(format!("{} not ticked", count(items, "checklist item")));
    }
    Points { against, open, verdict }
}
