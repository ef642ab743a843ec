//! The end of a session: what is open, what keeps it from being finished, and what is asked then.

use crate::domain::plan::{Gate, GateState, Plan, Queued, Session, SessionState, Turn, TurnState};

/// A turn with the session it belongs to.
type At<'p> = (&'p Session, &'p Turn);

/// Something that is not as it should be, or not done yet.
#[derive(Debug, Clone)]
pub enum Point<'p> {
    /// A turn was closed without what these required slots have to show.
    Unverified(At<'p>, Vec<String>),
    /// A gate waits for a person, or was rejected.
    Gate(At<'p>, &'p Gate),
    /// A turn is under way.
    UnderWay(At<'p>),
    /// Turns not begun.
    NotBegun(&'p Session, Vec<&'p str>),
    /// Checklist items not ticked.
    NotTicked(&'p Session, Vec<&'p str>),
    /// A metric that was read and misses its target; by how much, with its unit.
    Missed(&'p str, String),
    /// An addition that was kept out and waits to become a plan of its own.
    Queued(&'p Queued),
}

/// Whether a session may be finished, and with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Something has to be done before.
    NotYet,
    /// Some turns are unverified: a person says why it may be finished so.
    WantsReason,
    /// It may; so many checklist items are not ticked.
    Ready(usize),
}

/// Everything that is open in a plan, the gravest first within each session.
pub fn of_plan(plan: &Plan) -> Vec<Point<'_>> {
    let mut points: Vec<Point<'_>> = plan.sessions.iter().flat_map(of_begun).collect();
    let missed =
        plan.courses().into_iter().filter_map(|course| Some(Point::Missed(course.spec.name(), course.missed_by()?)));
    points.extend(missed);
    points.extend(plan.waiting().into_iter().map(Point::Queued));
    points
}

/// What a report calls open in a session: not what has not begun, and of what was given up only what it claims; the
/// checklist once the turns are closed.
fn of_begun(session: &Session) -> Vec<Point<'_>> {
    let mut points = of_session(session);
    if matches!(session.state, SessionState::Planned | SessionState::Abandoned) {
        points.retain(|point| matches!(point, Point::Unverified(..)));
    }
    if !session.turns.iter().all(Turn::is_closed) {
        points.retain(|point| !matches!(point, Point::NotTicked(..)));
    }
    points
}

/// Everything that is open in a session, the gravest first.
pub fn of_session(session: &Session) -> Vec<Point<'_>> {
    let mut points = Vec::new();
    for turn in session.unverified() {
        let mut slots: Vec<String> = turn.all_missing().iter().map(|slot| slot.lack()).collect();
        slots.dedup();
        points.push(Point::Unverified((session, turn), slots));
    }
    for turn in &session.turns {
        if let Some(gate) = turn.gate.as_ref()
            && (turn.open_gate().is_some() || gate.state == GateState::Rejected)
        {
            points.push(Point::Gate((session, turn), gate));
        }
    }
    let active = session.turns.iter().filter(|turn| turn.state == TurnState::Active);
    points.extend(active.map(|turn| Point::UnderWay((session, turn))));
    let pending = session.turns.iter().filter(|turn| turn.state == TurnState::Pending);
    let pending: Vec<&str> = pending.map(|turn| turn.title.as_str()).collect();
    if !pending.is_empty() {
        points.push(Point::NotBegun(session, pending));
    }
    let items: Vec<&str> = session.open_items().iter().map(|item| item.text.as_str()).collect();
    if !items.is_empty() {
        points.push(Point::NotTicked(session, items));
    }
    points
}

/// Whether `session` may be finished as it is.
pub fn verdict(session: &Session) -> Verdict {
    let points = of_session(session);
    if points.iter().any(Point::holds_up) {
        Verdict::NotYet
    } else if points.iter().any(|point| matches!(point, Point::Unverified(..))) {
        Verdict::WantsReason
    } else {
        Verdict::Ready(session.open_items().len())
    }
}

/// The turns for which a person is asked why the session may be finished so, a line each. `show` makes other people's
/// words fit for where they are going.
pub fn reasons_wanted(session: &Session, show: fn(&str) -> String) -> Vec<String> {
    if session.is_over() || verdict(session) != Verdict::WantsReason {
        return Vec::new();
    }
    let line = |point| match point {
        Point::Unverified((_, turn), slots) => {
            let slots: Vec<String> = slots.iter().map(|slot| show(slot)).collect();
            Some(format!("'{}' shows no evidence for: {}", show(&turn.title), slots.join("; ")))
        }
        _ => None,
    };
    of_session(session).into_iter().filter_map(line).collect()
}

/// The queued plans that may begin now. Complete first, then expand: none while a session is open.
pub fn queued_now(plan: &Plan) -> Vec<&Queued> {
    if plan.sessions.iter().all(Session::is_over) { plan.waiting() } else { Vec::new() }
}

impl Point<'_> {
    /// Whether it has to be settled before its session can be finished.
    pub fn holds_up(&self) -> bool {
        match self {
            Self::Gate((_, turn), _) => turn.open_gate().is_some(),
            Self::UnderWay(_) | Self::NotBegun(..) => true,
            Self::Unverified(..) | Self::NotTicked(..) | Self::Missed(..) | Self::Queued(_) => false,
        }
    }

    /// What kind of point it is, in one word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Unverified(..) => "unverified",
            Self::Gate(..) => "gate",
            Self::UnderWay(_) => "under-way",
            Self::NotBegun(..) => "not-begun",
            Self::NotTicked(..) => "not-ticked",
            Self::Missed(..) => "target-missed",
            Self::Queued(_) => "queued",
        }
    }

    /// The session it is in; nothing for the plan as a whole.
    pub fn session(&self) -> Option<&Session> {
        match self {
            Self::Unverified((session, _), _) | Self::Gate((session, _), _) | Self::UnderWay((session, _)) => {
                Some(session)
            }
            Self::NotBegun(session, _) | Self::NotTicked(session, _) => Some(session),
            Self::Missed(..) | Self::Queued(_) => None,
        }
    }

    /// The point in a sentence; `own` makes other people's words fit for where it is shown.
    pub fn text(&self, own: impl Fn(&str) -> String) -> String {
        let all = |words: &[&str]| words.iter().map(|words| own(words)).collect::<Vec<_>>().join("; ");
        match self {
            Self::Unverified((_, turn), slots) => {
                let slots: Vec<&str> = slots.iter().map(String::as_str).collect();
                format!("{} is unverified: no evidence for {}", own(&turn.title), all(&slots))
            }
            Self::Gate((_, turn), gate) => {
                format!("the gate after {} is {}: {}", own(&turn.title), own(&gate.standing()), own(&gate.text))
            }
            Self::UnderWay((_, turn)) => format!("{} is under way", own(&turn.title)),
            Self::NotBegun(_, titles) => format!("not begun: {}", all(titles)),
            Self::NotTicked(_, items) => format!("not ticked: {}", all(items)),
            Self::Missed(label, by) => format!("{} misses its target by {}", own(label), own(by)),
            Self::Queued(queued) if queued.goal.trim().is_empty() || queued.goal.trim() == queued.title.trim() => {
                format!("left for a plan of its own: {}", own(&queued.title))
            }
            Self::Queued(queued) => {
                format!("left for a plan of its own: {}: {}", own(&queued.title), own(&queued.goal))
            }
        }
    }
}
