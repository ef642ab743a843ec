//! What keeps a turn from being started, and what leads past it.

use super::{Gate, GateState, Plan, Session, SessionState, Turn};

/// What keeps a turn from being started.
#[derive(Debug, Clone, Copy)]
pub enum Blocker<'p> {
    /// Its session is over.
    Over(&'p Session),
    /// Its session waits for this one.
    Waits(&'p Session),
    /// This earlier turn is not closed.
    NotClosed(&'p Turn),
    /// The gate after this earlier turn is not approved.
    Gate(&'p Turn, &'p Gate),
}

/// What leads past a blocker. Each face says it in its own way: with keys, or in words.
#[derive(Debug, Clone, Copy)]
pub enum WayPast<'p> {
    Reopen(&'p Session),
    Finish(&'p Session),
    Close(&'p Turn),
    /// The gate after this turn.
    Approve(&'p Turn),
}

impl Plan {
    /// What keeps a turn from being started; nothing where it may start.
    pub fn blocker<'p>(&'p self, session: &'p Session, turn: &Turn) -> Option<Blocker<'p>> {
        if session.is_over() {
            return Some(Blocker::Over(session));
        }
        if let Some(other) = self.waits_for(session).first() {
            return Some(Blocker::Waits(other));
        }
        let mut before = session.turns.iter().take_while(|other| other.id != turn.id);
        before.find_map(|other| match other.open_gate() {
            _ if !other.is_closed() => Some(Blocker::NotClosed(other)),
            Some(gate) => Some(Blocker::Gate(other, gate)),
            None => None,
        })
    }
}

impl<'p> Blocker<'p> {
    /// In a sentence of its own, with the gate's condition: `turn 'Measure' is not closed yet`.
    pub fn sentence(&self) -> String {
        match self {
            Self::Over(session) => format!("the session is {}", session.state),
            Self::Waits(other) => format!("it waits for the session '{}'", other.title),
            Self::NotClosed(other) => format!("turn '{}' is not closed yet", other.title),
            Self::Gate(other, gate) if gate.state == GateState::Rejected => {
                format!("the gate after '{}' was rejected: {}", other.title, gate.text)
            }
            Self::Gate(other, gate) if gate.is_stale() => {
                format!("the gate after '{}' is stale, because {}: {}", other.title, gate.stale, gate.text)
            }
            Self::Gate(other, gate) => format!("the gate after '{}' is open: {}", other.title, gate.text),
        }
    }

    /// Beside the turn that waits, with titles: `'Measure' is not closed`.
    pub fn long(&self) -> String {
        match self {
            Self::Over(session) => format!("the session is {}", session.state),
            Self::Waits(other) => format!("the session '{}' comes first and is {}", other.title, other.state),
            Self::NotClosed(turn) => format!("'{}' is not closed", turn.title),
            Self::Gate(turn, gate) => format!("the gate after '{}' is {}", turn.title, gate.standing()),
        }
    }

    /// For one line, with turns by their numbers in their session: `turn 2 is not closed`.
    pub fn short(&self, session: &Session) -> String {
        let number = |turn: &Turn| {
            let at = session.turns.iter().position(|other| other.id == turn.id).unwrap_or(0);
            format!("turn {}", session.turn_numbers().get(at).map_or("?", String::as_str))
        };
        match self {
            Self::Over(session) => format!("the session is {}", session.state),
            Self::Waits(other) => format!("session '{}' is {}", other.title, other.state),
            Self::NotClosed(turn) => format!("{} is not closed", number(turn)),
            Self::Gate(turn, gate) => format!("gate after {} is {}", number(turn), gate.word()),
        }
    }

    pub fn way_past(&self) -> WayPast<'p> {
        match *self {
            Self::Over(session) => WayPast::Reopen(session),
            Self::Waits(other) if other.state == SessionState::Abandoned => WayPast::Reopen(other),
            Self::Waits(other) => WayPast::Finish(other),
            Self::NotClosed(turn) => WayPast::Close(turn),
            Self::Gate(turn, _) => WayPast::Approve(turn),
        }
    }

    /// What leads past it, as an order.
    pub fn hint(&self) -> String {
        match self.way_past() {
            WayPast::Reopen(_) if matches!(self, Self::Over(_)) => "reopen the session first".into(),
            WayPast::Reopen(other) => format!("'{}' was abandoned: reopen and finish it first", other.title),
            WayPast::Finish(other) => format!("finish the session '{}' first", other.title),
            WayPast::Close(other) => format!("close '{}' first, or skip it with a reason", other.title),
            WayPast::Approve(other) => format!("approve the gate after '{}' first", other.title),
        }
    }
}
