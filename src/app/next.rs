//! What Enter does in the workspace: the next step of the selected turn, as a label and a place to go to.

use crate::domain::plan::{TurnState, WayPast};
use crate::workflow::next::{Step, of_turn};

use super::workspace::{Pane, Workspace};

impl Workspace {
    /// The next step of the selected turn; nothing where the plan is over.
    pub fn next(&self) -> Option<Step<'_>> {
        let (session, turn) = self.selected()?;
        of_turn(&self.plan, session, turn)
    }

    /// What the last row says of Enter.
    pub fn next_label(&self) -> &'static str {
        match self.next() {
            Some(Step::Start(_)) => "start",
            Some(Step::Resume(_)) => "resume",
            Some(Step::Copy(_)) => "copy prompt",
            Some(Step::Record(..)) => "record evidence",
            Some(Step::Close(_)) => "close turn",
            Some(Step::Decide(..)) => "decide gate",
            Some(Step::GoTo(session, _)) if session.id == self.session => "next turn",
            Some(Step::GoTo(..)) => "next session",
            Some(Step::Unblock(..)) if self.leads_to().is_none() => "why it waits",
            Some(Step::Unblock(..)) => "what it waits for",
            Some(Step::WrapUp(_)) => "wrap up",
            Some(Step::StartQueued(_)) | None => "wrap-up",
        }
    }

    /// The session that the next step leads to, and the turn of it; its current turn where none is named.
    pub fn leads_to(&self) -> Option<(String, Option<String>)> {
        match self.next()? {
            Step::GoTo(session, turn) => Some((session.id.clone(), Some(turn.id.clone()))),
            Step::Unblock(_, blocker) => match blocker.way_past() {
                WayPast::Reopen(session) | WayPast::Finish(session) if session.id == self.session => None,
                WayPast::Reopen(session) | WayPast::Finish(session) => Some((session.id.clone(), None)),
                WayPast::Close(turn) | WayPast::Approve(turn) => Some((self.session.clone(), Some(turn.id.clone()))),
            },
            _ => None,
        }
    }

    /// Goes where work goes on after the selected turn was closed or its gate decided.
    pub fn advance(&mut self) {
        let Some((_, turn)) = self.selected() else { return };
        let settled = turn.is_closed() && turn.open_gate().is_none();
        if settled || turn.state == TurnState::Pending {
            if let Some((session, Some(turn))) = self.leads_to()
                && session == self.session
            {
                self.select_turn(turn);
                self.pane = Pane::Timeline;
            }
        } else if turn.open_gate().is_some() {
            self.pane = Pane::Timeline;
        }
    }
}
