//! What Enter does in the workspace: the next sensible thing with the selected turn.

use crate::domain::plan::{Obstacle, Session, SessionState, TurnState};

use super::workspace::{Pane, Workspace};

/// The next sensible thing to do with a turn: what Enter does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    Start,
    /// Let its clock run again.
    Resume,
    Copy,
    /// Record evidence in a slot, by its place.
    Record(usize),
    Close,
    /// Decide its gate.
    Decide,
    /// Go to the turn that is next.
    GoTo(String),
    /// Go to what is in the way: a turn of the session, or another session.
    Unblock(String, Option<String>),
    WrapUp,
    GoToSession(String),
    /// Nothing is left; the plan is over.
    Nothing,
    /// Its session is over; how.
    Wait(String),
}

impl Next {
    /// What the last row says of Enter.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Resume => "resume",
            Self::Copy => "copy prompt",
            Self::Record(_) => "record evidence",
            Self::Close => "close turn",
            Self::Decide => "decide gate",
            Self::GoTo(_) => "next turn",
            Self::Unblock(..) => "what it waits for",
            Self::WrapUp => "wrap up",
            Self::GoToSession(_) => "next session",
            Self::Nothing => "wrap-up",
            Self::Wait(_) => "why it waits",
        }
    }
}

impl Next {
    /// Whether it changes the plan; the others only go somewhere.
    pub fn changes(&self) -> bool {
        match self {
            Self::Start | Self::Resume | Self::Copy | Self::Record(_) | Self::Close | Self::Decide => true,
            Self::GoTo(_) | Self::Unblock(..) | Self::WrapUp | Self::GoToSession(_) | Self::Nothing | Self::Wait(_) => {
                false
            }
        }
    }
}

impl Workspace {
    /// The next sensible thing to do with the selected turn.
    pub fn next(&self) -> Next {
        let Some((session, turn)) = self.selected() else { return Next::Nothing };
        match turn.state {
            TurnState::Pending => match self.plan.obstacle_before(session, turn) {
                None => Next::Start,
                Some(Obstacle::Over(over)) => Next::Wait(format!("the session is {}", over.state)),
                Some(Obstacle::Waits(other)) => Next::Unblock(other.id.clone(), None),
                Some(Obstacle::NotClosed(other) | Obstacle::Gate(other, _)) => {
                    Next::Unblock(session.id.clone(), Some(other.id.clone()))
                }
            },
            TurnState::Active if turn.running_since.is_none() => Next::Resume,
            TurnState::Active if turn.sent.is_none() => Next::Copy,
            TurnState::Active => {
                let open = turn.evidence.iter().position(crate::domain::plan::Evidence::is_wanting);
                open.map_or(Next::Close, Next::Record)
            }
            TurnState::Done | TurnState::Skipped if turn.open_gate().is_some() && !session.is_over() => Next::Decide,
            TurnState::Done | TurnState::Skipped => self.after(session),
        }
    }

    fn after(&self, session: &Session) -> Next {
        if let Some(turn) = session.turns.iter().find(|turn| !turn.is_closed() || turn.open_gate().is_some())
            && !session.is_over()
        {
            return Next::GoTo(turn.id.clone());
        }
        match session.state {
            SessionState::WrapUp | SessionState::Running | SessionState::Planned => Next::WrapUp,
            SessionState::Finished | SessionState::Abandoned => {
                let open =
                    self.plan.sessions.iter().find(|other| !other.is_over() && self.plan.waits_for(other).is_empty());
                open.map_or(Next::Nothing, |other| Next::GoToSession(other.id.clone()))
            }
        }
    }

    /// Goes where work goes on after `turn` was closed or its gate decided.
    pub fn advance(&mut self) {
        let Some((_, turn)) = self.selected() else { return };
        let settled = turn.is_closed() && turn.open_gate().is_none();
        if settled || turn.state == TurnState::Pending {
            if let Next::GoTo(turn) | Next::Unblock(_, Some(turn)) = self.next() {
                self.select_turn(turn);
                self.pane = Pane::Timeline;
            }
        } else if turn.open_gate().is_some() {
            self.pane = Pane::Timeline;
        }
    }
}
