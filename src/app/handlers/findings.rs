//! What actions do in the list of what speaks against the plan.

use crate::app::model::{Model, Overlay, Screen};
use crate::app::msg::Effect;
use crate::app::workspace::Pane;
use crate::domain::command::{Command, TurnRef};
use crate::keys::Action;
use crate::workflow::findings::Finding;

use super::moves::{shifted, steps};
use super::workspace;

/// Shows the list, or says that there is none.
pub(super) fn open(model: &mut Model) {
    match (&model.workspace, model.screen) {
        (Some(workspace), Screen::Workspace | Screen::Lanes | Screen::WrapUp) if workspace.findings.is_empty() => {
            model.tell("nothing speaks against this plan");
        }
        (Some(_), Screen::Workspace | Screen::Lanes | Screen::WrapUp) => {
            model.overlay = Some(Overlay::Findings { cursor: 0 });
        }
        _ => model.refuse("open a plan to see what speaks against it"),
    }
}

/// Gives back whether the action was the list's.
pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let by = steps(model, action);
    let Some(Overlay::Findings { cursor }) = &mut model.overlay else { return false };
    let Some(workspace) = &model.workspace else {
        model.overlay = None;
        return true;
    };
    let last = workspace.findings.len().saturating_sub(1);
    *cursor = (*cursor).min(last);
    match action {
        _ if by.is_some() => *cursor = shifted(*cursor, by.unwrap_or(0), last),
        Action::NextPane => *cursor = (*cursor + 1) % (last + 1),
        Action::PrevPane => *cursor = (*cursor + last) % (last + 1),
        Action::Findings => take(model, effects),
        Action::Enter => go_there(model),
        Action::Back | Action::Quit | Action::Interrupt => model.overlay = None,
        Action::Undo | Action::Redo | Action::Redraw | Action::Suspend | Action::Palette | Action::SaveAgain => {
            return false;
        }
        _ => {}
    }
    true
}

/// Takes the remedy of the selected one.
fn take(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Findings { cursor }) = model.overlay else { return };
    let Some(finding) = model.workspace.as_ref().and_then(|workspace| workspace.findings.get(cursor)) else { return };
    match finding.command() {
        Some(command) => {
            let opened = opened_by(&command).cloned();
            if let (Some(turn), Some(workspace)) = (opened, &mut model.workspace) {
                // Work goes on there.
                workspace.select_session(&turn.session);
                workspace.select_turn(turn.turn);
            }
            workspace::apply(model, command, effects);
        }
        None => {
            let text = format!("only you can do this: {}", finding.remedy());
            model.refuse(text);
        }
    }
}

/// The turn that a remedy reopens.
fn opened_by(command: &Command) -> Option<&TurnRef> {
    match command {
        Command::ReopenTurn { turn, .. } => Some(turn),
        Command::All(commands) => commands.iter().find_map(opened_by),
        _ => None,
    }
}

/// Selects the turn or the session that shows the selected one.
fn go_there(model: &mut Model) {
    let Some(Overlay::Findings { cursor }) = model.overlay else { return };
    let Some(workspace) = &mut model.workspace else { return };
    let Some(place) = workspace.findings.get(cursor).map(Finding::place) else { return };
    if place.session.is_empty() {
        return model.refuse("it concerns the whole plan");
    }
    workspace.select_session(&place.session);
    if !place.turn.is_empty() {
        workspace.select_turn(place.turn);
    }
    workspace.pane = Pane::Timeline;
    model.overlay = None;
    if model.screen == Screen::WrapUp {
        model.screen = Screen::Workspace;
    }
}

/// The plan was changed: a list that is empty now is closed, and the cursor stays on a line.
pub(in crate::app) fn settle(model: &mut Model) {
    let left = model.workspace.as_ref().map_or(0, |workspace| workspace.findings.len());
    if let Some(Overlay::Findings { cursor }) = &mut model.overlay {
        *cursor = (*cursor).min(left.saturating_sub(1));
        if left == 0 {
            model.overlay = None;
        }
    }
}
