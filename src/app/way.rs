//! What is in the way of the selected turn, and which keys remove it.

use crate::domain::plan::{Obstacle, Plan, Session, SessionState, Turn};

use super::model::{Model, Screen};
use super::workspace::{Pane, Workspace};
use crate::keys::Action;

/// What is in the way of a turn, and which keys remove it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// What is in the way, with turns by their numbers: for one line.
    pub brief: String,
    /// The same with titles.
    pub why: String,
    /// Which keys remove it.
    pub keys: String,
}

/// What is in the way of the selected turn or of those after it; nothing where work may go on.
pub fn in_the_way(model: &Model, workspace: &Workspace) -> Option<Way> {
    match model.screen {
        Screen::Workspace | Screen::Lanes => {}
        Screen::Browser | Screen::Form | Screen::WrapUp | Screen::Plans | Screen::Stats => return None,
    }
    let (session, turn) = workspace.selected()?;
    if let Some(gate) = turn.open_gate().filter(|_| !session.is_over()) {
        let (approve, reject) = (key(model, Action::Approve), key(model, Action::Reject));
        let brief = if gate.is_stale() { "the gate is stale" } else { "the gate waits for you" };
        let keys = format!("{approve} approves it, {reject} sends the turn back");
        return Some(Way { brief: brief.into(), why: format!("the gate is {}", gate.standing()), keys });
    }
    if turn.is_closed() || turn.state == crate::domain::plan::TurnState::Active {
        return None;
    }
    let obstacle = workspace.plan.obstacle_before(session, turn)?;
    Some(Way { brief: brief(session, &obstacle), why: why(&obstacle), keys: keys(model, &workspace.plan, &obstacle) })
}

/// The key of an action, as it is written; its name where it has none.
fn key(model: &Model, action: Action) -> String {
    model.keymap.key(action).unwrap_or_else(|| format!("'{}'", action.binding().label))
}

/// `turn 3`, as the timeline counts.
fn numbered(session: &Session, turn: &Turn) -> String {
    let at = session.turns.iter().position(|other| other.id == turn.id).unwrap_or(0);
    format!("turn {}", session.turn_numbers().get(at).map_or("?", String::as_str))
}

fn brief(session: &Session, obstacle: &Obstacle<'_>) -> String {
    match obstacle {
        Obstacle::Over(session) => format!("the session is {}", session.state),
        Obstacle::Waits(other) => format!("session '{}' is {}", other.title, other.state),
        Obstacle::NotClosed(turn) => format!("{} is not closed", numbered(session, turn)),
        Obstacle::Gate(turn, gate) => format!("gate after {} is {}", numbered(session, turn), gate.word()),
    }
}

fn why(obstacle: &Obstacle<'_>) -> String {
    match obstacle {
        Obstacle::Over(session) => format!("the session is {}", session.state),
        Obstacle::Waits(other) => format!("the session '{}' comes first and is {}", other.title, other.state),
        Obstacle::NotClosed(turn) => format!("'{}' is not closed", turn.title),
        Obstacle::Gate(turn, gate) => format!("the gate after '{}' is {}", turn.title, gate.standing()),
    }
}

/// In the lanes Enter opens the timeline, and the other keys go to turns and sessions.
fn keys(model: &Model, plan: &Plan, obstacle: &Obstacle<'_>) -> String {
    let lanes = model.screen == Screen::Lanes;
    // In the other panes Enter does something else.
    let leads_on =
        model.workspace.as_ref().is_some_and(|workspace| matches!(workspace.pane, Pane::Timeline | Pane::Prompt));
    let enter = match leads_on {
        true => key(model, Action::Enter),
        false => format!("{} {}", key(model, Action::Pane1), key(model, Action::Enter)),
    };
    let (turn, session) = match lanes {
        true => (key(model, Action::PreviousTurn), key(model, Action::PreviousSession)),
        false => (enter.clone(), enter),
    };
    match obstacle {
        Obstacle::Over(_) => format!("{} reopens it", key(model, Action::Reopen)),
        Obstacle::Waits(other) if lanes => {
            let after = plan.sessions.iter().position(|session| session.id == other.id) > at(model, plan);
            let there = if after { key(model, Action::NextSession) } else { session };
            format!("{there} goes to it")
        }
        Obstacle::Waits(other) if other.state == SessionState::Abandoned => {
            format!("{session} goes there, {} reopens it", key(model, Action::Reopen))
        }
        Obstacle::Waits(_) => format!("{session} goes there"),
        Obstacle::NotClosed(_) => format!("{turn} goes there"),
        Obstacle::Gate(..) => format!("{turn} goes there, {} approves", key(model, Action::Approve)),
    }
}

/// The place of the selected session.
fn at(model: &Model, plan: &Plan) -> Option<usize> {
    let workspace = model.workspace.as_ref()?;
    plan.sessions.iter().position(|session| session.id == workspace.session)
}
