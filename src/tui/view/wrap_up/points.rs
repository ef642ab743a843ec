//! What is still open in a session, in words: what keeps it from being finished, and what does not.

use crate::domain::plan::Session;
use crate::tui::view::words::{count, listed};
use crate::workflow::finish::{Point, Verdict, of_session, verdict};

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
    let points = of_session(session);
    let mut turns = Vec::new();
    let (mut gates, mut open) = (Vec::new(), Vec::new());
    for point in &points {
        match point {
            Point::UnderWay((_, turn)) => turns.push(turn.title.as_str()),
            Point::NotBegun(_, titles) => turns.extend(titles),
            Point::Gate((_, turn), gate) if point.holds_up() => {
                gates.push(format!("the gate after '{}' is {}: {}", turn.title, gate.standing(), gate.text));
            }
            Point::Unverified((_, turn), slots) => {
                open.push(format!("'{}' is unverified, it lacks: {}", turn.title, slots.join("; ")));
            }
            Point::Gate(..) | Point::NotTicked(..) | Point::Missed(..) | Point::Queued(_) => {}
        }
    }
    let mut against = Vec::new();
    if !turns.is_empty() {
        let how = match points.iter().any(|point| matches!(point, Point::UnderWay(_))) {
            true => "not closed",
            false => "not begun",
        };
        against.push(format!("{} {how}: {}", count(turns.len(), "turn"), listed(&turns)));
    }
    against.extend(gates);
    let verdict = match verdict(session) {
        Verdict::NotYet => "It cannot be finished yet:".into(),
        Verdict::WantsReason => "Finishing asks why it may be finished unverified:".into(),
        Verdict::Ready(0) => "Nothing is open.".into(),
        Verdict::Ready(items) => format!("{}; finishing is still allowed.", count(items, "open item")),
    };
    let items = session.open_items().len();
    if items > 0 && (session.is_over() || !against.is_empty() || !open.is_empty()) {
        open.push(format!("{} not ticked", count(items, "checklist item")));
    }
    Points { against, open, verdict }
}
