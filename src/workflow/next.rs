//! The next sensible step of a plan: in words, as a command, and whether only a person may do it.

use crate::domain::plan::{Blocker, Evidence, Gate, Plan, Queued, Session, Turn, TurnState};

use super::finish::queued_now;

/// What comes next.
#[derive(Debug, Clone, Copy)]
pub enum Step<'p> {
    Start(&'p Turn),
    /// Let the clock of a turn under way run again.
    Resume(&'p Turn),
    /// Hand over the prompt of a turn under way.
    Copy(&'p Turn),
    /// Show what the slot at this place wants.
    Record(&'p Turn, usize),
    Close(&'p Turn),
    Decide(&'p Turn, &'p Gate),
    /// The turn waits: go to what is in its way.
    Unblock(&'p Turn, Blocker<'p>),
    /// This one is settled; that one is the turn to go on with.
    GoTo(&'p Session, &'p Turn),
    /// Every turn is settled.
    WrapUp(&'p Session),
    /// The plan is over; what it queued is to become a plan.
    StartQueued(&'p Queued),
}

/// What to do next with a plan; nothing where it is over and nothing waits in its queue.
pub fn of_plan(plan: &Plan) -> Option<Step<'_>> {
    match plan.current_session().filter(|session| !session.is_over()) {
        Some(session) => of_turn(plan, session, session.current_turn()?),
        None => queued_now(plan).first().copied().map(Step::StartQueued),
    }
}

/// What to do next with a turn, which need not be the one that the plan would go on with.
pub fn of_turn<'p>(plan: &'p Plan, session: &'p Session, turn: &'p Turn) -> Option<Step<'p>> {
    Some(match turn.state {
        TurnState::Pending => match plan.blocker(session, turn) {
            Some(blocker) => Step::Unblock(turn, blocker),
            None => Step::Start(turn),
        },
        TurnState::Active if turn.running_since.is_none() => Step::Resume(turn),
        TurnState::Active if turn.sent.is_none() => Step::Copy(turn),
        TurnState::Active => match turn.evidence.iter().position(Evidence::is_wanting) {
            Some(slot) => Step::Record(turn, slot),
            None => Step::Close(turn),
        },
        TurnState::Done | TurnState::Skipped => match turn.open_gate() {
            Some(gate) if !session.is_over() => Step::Decide(turn, gate),
            Some(_) | None => return after(plan, session),
        },
    })
}

/// Where work goes on after a turn that is settled.
fn after<'p>(plan: &'p Plan, session: &'p Session) -> Option<Step<'p>> {
    let is_open = |turn: &Turn| !turn.is_closed() || turn.open_gate().is_some();
    let on = match session.is_over() {
        true => plan.current_session().filter(|session| !session.is_over()),
        false if !session.turns.iter().any(is_open) => return Some(Step::WrapUp(session)),
        false => Some(session),
    };
    match on {
        Some(session) => Some(Step::GoTo(session, session.current_turn()?)),
        None => queued_now(plan).first().copied().map(Step::StartQueued),
    }
}

impl Step<'_> {
    /// Whether it changes the turn it is of; the others lead elsewhere.
    pub fn changes(&self) -> bool {
        match self {
            Self::Start(_) | Self::Resume(_) | Self::Copy(_) | Self::Record(..) | Self::Close(_) | Self::Decide(..) => {
                true
            }
            Self::Unblock(..) | Self::GoTo(..) | Self::WrapUp(_) | Self::StartQueued(_) => false,
        }
    }

    /// Whether only a person may do it.
    pub fn wants_person(&self) -> bool {
        matches!(self, Self::Decide(..))
    }

    /// In a sentence. `show` makes other people's words fit for where they are going.
    pub fn sentence(&self, show: fn(&str) -> String) -> String {
        match self {
            Self::Start(turn) => format!("start '{}'", show(&turn.title)),
            // Clock and prompt belong to the work, and the sentence says what that leads to.
            Self::Resume(turn) | Self::Copy(turn) | Self::Record(turn, _) | Self::Close(turn) => {
                let title = show(&turn.title);
                match turn.missing().first() {
                    Some(slot) => format!("work on '{title}', then record: {}", show(&slot.lack())),
                    None => format!("close '{title}'"),
                }
            }
            Self::Decide(turn, gate) => {
                format!("decide the gate after '{}': {}", show(&turn.title), show(&gate.text))
            }
            Self::Unblock(turn, blocker) => format!("'{}' waits: {}", show(&turn.title), show(&blocker.sentence())),
            Self::GoTo(_, turn) => format!("go on with '{}'", show(&turn.title)),
            Self::WrapUp(session) => match session.open_items().first() {
                Some(item) => format!("tick off: {}", show(&item.text)),
                None if session.unverified().is_empty() => "finish the session".into(),
                None => "finish the session; some turns are unverified".into(),
            },
            Self::StartQueued(queued) => format!("begin '{}', which was queued", show(&queued.title)),
        }
    }

    /// What to type, where one command does it.
    pub fn command(&self, show: fn(&str) -> String) -> Option<String> {
        Some(match self {
            Self::Start(_) => "setlist turn start".into(),
            Self::Resume(turn) | Self::Copy(turn) | Self::Record(turn, _) | Self::Close(turn) => {
                match turn.missing().first() {
                    Some(slot) => format!("setlist evidence {} {}", show(&slot.id), slot.kind.arguments()),
                    None => "setlist turn done".into(),
                }
            }
            Self::Decide(..) => "setlist gate approve".into(),
            Self::Unblock(..) | Self::GoTo(..) => return None,
            Self::WrapUp(session) => match session.open_items().first() {
                Some(item) => format!("setlist check {}", show(&item.id)),
                None if session.unverified().is_empty() => "setlist finish".into(),
                None => "setlist finish --unverified REASON".into(),
            },
            Self::StartQueued(queued) => format!("setlist queue start {}", queued.id),
        })
    }
}
