//! What is in the way of the selected turn, with the keys that lead past it.

use crate::domain::plan::{Blocker, Plan, TurnState, WayPast};
use crate::keys::Action;

use super::model::{Model, Screen};
use super::workspace::{Pane, Workspace};

/// What is in the way of a turn, and which keys remove it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTheWay {
    /// What is in the way, for one line.
    pub short: String,
    /// The same with titles.
    pub long: String,
    pub keys: String,
}

/// What is in the way of the selected turn or of those after it; nothing where work may go on.
pub fn in_the_way(model: &Model, workspace: &Workspace) -> Option<InTheWay> {
    match model.screen {
        Screen::Workspace | Screen::Lanes => {}
        Screen::Browser | Screen::Form | Screen::WrapUp | Screen::Plans | Screen::Stats => return None,
    }
    let (session, turn) = workspace.selected()?;
    if let Some(gate) = turn.open_gate().filter(|_| !session.is_over()) {
        let (approve, reject) = (key(model, Action::Approve), key(model, Action::Reject));
        let short = if gate.is_stale() { "the gate is stale" } else { "the gate waits for you" };
        let keys = format!("{approve} approves it, {reject} sends the turn back");
        return Some(InTheWay { short: short.into(), long: format!("the gate is {}", gate.standing()), keys });
    }
    let blocker = workspace.plan.blocker(session, turn).filter(|_| turn.state == TurnState::Pending)?;
    Some(InTheWay { short: blocker.short(session), long: blocker.long(), keys: keys(model, workspace, &blocker) })
}

/// The key of an action, as it is written; its name where it has none.
fn key(model: &Model, action: Action) -> String {
    model.keymap.key(action).unwrap_or_else(|| format!("'{}'", action.binding().label))
}

/// In the lanes Enter opens the timeline, and the other keys go to turns and sessions.
fn keys(model: &Model, workspace: &Workspace, blocker: &Blocker<'_>) -> String {
    let lanes = model.screen == Screen::Lanes;
    let enter = match workspace.pane {
        Pane::Timeline | Pane::Prompt => key(model, Action::Enter),
        // There Enter does something else.
        Pane::Checklist | Pane::Evidence => format!("{} {}", key(model, Action::Pane1), key(model, Action::Enter)),
    };
    let turn = if lanes { key(model, Action::PreviousTurn) } else { enter.clone() };
    let reopen = key(model, Action::Reopen);
    match blocker.way_past() {
        WayPast::Reopen(own) if own.id == workspace.session => format!("{reopen} reopens it"),
        WayPast::Reopen(other) | WayPast::Finish(other) if lanes => {
            let after = at(&workspace.plan, &other.id) > at(&workspace.plan, &workspace.session);
            let there = if after { Action::NextSession } else { Action::PreviousSession };
            format!("{} goes to it", key(model, there))
        }
        WayPast::Reopen(_) => format!("{enter} goes there, {reopen} reopens it"),
        WayPast::Finish(_) => format!("{enter} goes there"),
        WayPast::Close(_) => format!("{turn} goes there"),
        WayPast::Approve(_) => format!("{turn} goes there, {} approves", key(model, Action::Approve)),
    }
}

/// The place of a session.
fn at(plan: &Plan, id: &str) -> Option<usize> {
    plan.sessions.iter().position(|session| session.id == id)
}
