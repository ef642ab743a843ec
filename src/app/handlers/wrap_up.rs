//! What actions do in the wrap-up of a session.

use crate::app::dialog::{Dialog, Input};
use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::{Model, Screen};
use crate::app::msg::Effect;
use crate::app::purpose::Purpose;
use crate::app::workspace::WrapRow;
use crate::domain::command::Command;
use crate::domain::plan::Outcome;
use crate::export::markdown::report;
use crate::keys::Action;
use crate::workflow::finish::reasons_wanted;

use super::moves::{shifted, steps};
use super::overlay::open;
use super::{follow_up_plan, indicators, workspace};

pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let by = steps(model, action);
    let user = model.user.clone();
    let Some(workspace) = &mut model.workspace else {
        model.screen = Screen::Plans;
        return true;
    };
    if workspace.reading {
        return read(model, action, effects);
    }
    let rows = workspace.wrap_rows();
    let row = rows.get(workspace.wrap_row).copied();
    if let Some(WrapRow::Indicator(at)) = row
        && indicators::handle(model, at, action, effects)
    {
        return true;
    }
    let Some(workspace) = &mut model.workspace else { return true };
    match (action, row) {
        (Action::ScrollDown | Action::PageDown, _) => scroll_beside(model, 5),
        (Action::ScrollUp | Action::PageUp, _) => scroll_beside(model, -5),
        (Action::Zoom, _) => workspace.reading = true,
        (Action::NextPane, _) => workspace.wrap_row = shifted(workspace.wrap_row, 1, rows.len() - 1),
        (Action::PrevPane, _) => workspace.wrap_row = shifted(workspace.wrap_row, -1, rows.len() - 1),
        (_, _) if by.is_some() => workspace.wrap_row = shifted(workspace.wrap_row, by.unwrap_or(0), rows.len() - 1),
        (Action::Toggle | Action::Enter, Some(WrapRow::Item(at))) => {
            let Some(session) = workspace.selected_session() else { return true };
            if let Some(item) = session.checklist.get(at) {
                let command = workspace::tick(&session.id, item, user);
                workspace::apply(model, command, effects);
            }
        }
        (Action::Edit, Some(WrapRow::Item(at))) => workspace::tick_with_note(model, at),
        (Action::Toggle | Action::Enter | Action::Right | Action::Left, Some(WrapRow::Outcome)) => {
            let outcome = next_outcome(workspace.plan.reflection.outcome, action == Action::Left);
            set_outcome(model, outcome, effects);
        }
        (Action::Enter | Action::Toggle, Some(WrapRow::Words)) | (Action::Edit, _) => words(model),
        (Action::Pane1 | Action::Pane2 | Action::Pane3, Some(WrapRow::Outcome)) => {
            let outcome = [Outcome::Yes, Outcome::Partly, Outcome::No][action.pane().unwrap_or(0)];
            set_outcome(model, outcome, effects);
        }
        (Action::Enter | Action::Toggle, Some(WrapRow::Queued(at))) => follow_up_plan::start(model, at, effects),
        (Action::Delete, Some(WrapRow::Queued(at))) => follow_up_plan::drop(model, at, effects),
        (Action::Finish, _) | (Action::Enter, Some(WrapRow::Finish)) => finish(model, effects),
        (Action::Add, _) => {
            let session = workspace.session.clone();
            open(
                model,
                Dialog::new(
                    "Checklist item",
                    "Add",
                    Purpose::AddItem(session),
                    vec![Input::line("What is to be true", "")],
                ),
            );
        }
        (Action::Export, _) => effects.push(Effect::Export(Box::new(workspace.plan.clone()))),
        (Action::Copy, _) => effects.push(Effect::CopyReport(Box::new(workspace.plan.clone()))),
        (Action::Reopen, _) => {
            let session = workspace.session.clone();
            workspace::apply(model, Command::ReopenSession(session), effects);
        }
        (Action::PreviousSession, _) => workspace.step_session(-1),
        (Action::NextSession, _) => workspace.step_session(1),
        (Action::Delete, _) => {
            let session = workspace.plan.is_multi_session().then(|| workspace.session.clone());
            let what = if session.is_some() { "Abandon this session" } else { "Abandon the plan" };
            let dialog =
                Dialog::new(what, "Abandon", Purpose::Abandon(session), vec![Input::line("Why (may be empty)", "")]);
            open(model, dialog.explained(["What was recorded stays; it counts as given up."]));
        }
        (Action::WrapUp | Action::View, _) => model.screen = Screen::Workspace,
        _ => return false,
    }
    true
}

/// The report has the whole screen: it scrolls, can be copied and written, and is left again.
fn read(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let by = steps(model, action).or(match action {
        Action::ScrollDown => Some(5),
        Action::ScrollUp => Some(-5),
        _ => None,
    });
    if let Some(by) = by {
        scroll(model, by);
        return true;
    }
    let Some(workspace) = &mut model.workspace else { return false };
    match action {
        Action::Zoom | Action::Back => workspace.reading = false,
        Action::Export => effects.push(Effect::Export(Box::new(workspace.plan.clone()))),
        Action::Copy => effects.push(Effect::CopyReport(Box::new(workspace.plan.clone()))),
        Action::Toggle
        | Action::Enter
        | Action::Edit
        | Action::Add
        | Action::Delete
        | Action::Finish
        | Action::Reopen => {
            let key = model.keymap.key(Action::Zoom).unwrap_or_default();
            model.refuse(format!("this is the report; {key} goes back to the checklist"));
        }
        _ => return false,
    }
    true
}

/// Scrolls the report by its own lines, not by those it is wrapped to.
fn scroll(model: &mut Model, by: isize) {
    let Some(workspace) = &mut model.workspace else { return };
    let report = report(&workspace.plan, &model.now.to_zoned(model.zone.clone()), workspace.phrases());
    workspace.report_scroll = shifted(workspace.report_scroll, by, report.lines().count().saturating_sub(1));
}

/// Scrolls what stands beside the checklist: the report, where there is room for it, else the summary.
fn scroll_beside(model: &mut Model, by: isize) {
    if breakpoint(model.size) >= Breakpoint::Roomy {
        return scroll(model, by);
    }
    if let Some(workspace) = &mut model.workspace {
        workspace.summary_scroll = shifted(workspace.summary_scroll, by, workspace.summary_max_scroll.get());
    }
}

fn next_outcome(outcome: Outcome, back: bool) -> Outcome {
    match (outcome, back) {
        (Outcome::Unsaid | Outcome::No, false) | (Outcome::Partly, true) => Outcome::Yes,
        (Outcome::Yes, false) | (Outcome::No, true) => Outcome::Partly,
        (Outcome::Partly, false) | (Outcome::Unsaid | Outcome::Yes, true) => Outcome::No,
    }
}

fn set_outcome(model: &mut Model, outcome: Outcome, effects: &mut Vec<Effect>) {
    let Some(workspace) = &model.workspace else { return };
    let review = workspace.plan.reflection.clone();
    workspace::apply(model, Command::SetReflection { outcome, helped: review.helped, change: review.change }, effects);
}

fn words(model: &mut Model) {
    let Some(workspace) = &model.workspace else { return };
    let review = &workspace.plan.reflection;
    let inputs =
        vec![Input::lines("What helped", &review.helped), Input::lines("What to change next time", &review.change)];
    let dialog = Dialog::new("Looking back", "Save", Purpose::Reflection(review.outcome), inputs);
    open(model, dialog);
}

/// Finishes the session, or says what stands against it; unverified turns want a reason.
fn finish(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(session) = model.workspace.as_ref().and_then(|workspace| workspace.selected_session()) else { return };
    let id = session.id.clone();
    let unverified = reasons_wanted(session, str::to_owned);
    if !unverified.is_empty() {
        let input = Input::line("Why it may be finished so", "");
        let dialog = Dialog::new("Finish unverified?", "Finish", Purpose::FinishUnverified(id), vec![input]);
        return open(model, dialog.explained(unverified));
    }
    workspace::apply(model, Command::FinishSession { session: id, unverified: None }, effects);
}
