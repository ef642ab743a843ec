//! Why an action would do nothing now: what only a screen knows. What the plan says of it is asked of
//! `workflow::availability`.

use crate::domain::refusal::Refusal;

use super::form::Form;
use super::handlers::distil;
use super::model::{Model, Screen};
use super::plans::Row;
use super::workspace::Workspace;
use crate::keys::Action;
use crate::workflow::availability::{Act, Here, no_send_command};

/// Why `action` would do nothing on the screen as it is; nothing where it would do something.
pub fn unavailable(model: &Model, action: Action) -> Option<String> {
    if !action.binding().applies(model.screen) {
        return Some("it does nothing on this screen".into());
    }
    match action {
        Action::GoWorkspace
            if model.workspace.is_none()
                && !model.listing.plans.iter().any(crate::domain::summary::PlanSummary::is_open) =>
        {
            return Some("no plan is open".into());
        }
        Action::Undo | Action::Redo if model.has_waiting() => return Some("a change is not saved yet".into()),
        Action::Undo | Action::Redo if model.screen != Screen::Plans && model.workspace.is_none() => {
            return Some("no plan is open".into());
        }
        Action::SaveAgain if !model.is_unsaved() => return Some("everything is saved".into()),
        Action::Distil => return distil::subject(model).err(),
        _ => {}
    }
    match model.screen {
        Screen::Workspace | Screen::Lanes | Screen::WrapUp => {
            model.workspace.as_ref().and_then(|workspace| in_plan(model, workspace, action))
        }
        Screen::Plans => in_list(model, action),
        Screen::Form => model.form.as_ref().and_then(|form| in_form(form, action)),
        Screen::Browser | Screen::Stats => None,
    }
}

/// What stands against an action in the open plan.
pub(super) fn in_plan(model: &Model, workspace: &Workspace, action: Action) -> Option<String> {
    match action {
        Action::View if model.screen == Screen::Workspace && !workspace.plan.is_multi_session() => {
            Some("the plan has one session".into())
        }
        Action::PreviousSession | Action::NextSession if !workspace.plan.is_multi_session() => {
            Some("the plan has one session".into())
        }
        Action::Findings if workspace.findings.is_empty() => Some("nothing speaks against this plan".into()),
        Action::Send if model.settings.send.is_empty() => {
            no_send_command(&model.settings).map(|refusal| refusal.message)
        }
        _ => against(model, act(model, workspace, action)?).map(|refusal| refusal.message),
    }
}

/// What stands against an act on the selected turn.
pub(super) fn against(model: &Model, act: Act) -> Option<Refusal> {
    let workspace = model.workspace.as_ref()?;
    let (session, turn) = workspace.selected()?;
    let read_only = workspace.read_only.as_deref();
    Here { plan: &workspace.plan, read_only, session, turn, now: model.now }.against(act)
}

/// What an action comes to on the selected turn or its session.
fn act(model: &Model, workspace: &Workspace, action: Action) -> Option<Act> {
    let (session, turn) = workspace.selected()?;
    Some(match action {
        Action::Timer if turn.running_since.is_some() => Act::Pause,
        Action::Timer => Act::Start,
        Action::Done => Act::Close,
        Action::Repeat => Act::Repeat,
        Action::KeepIteration | Action::RollBackIteration => Act::Keep(workspace.iteration()),
        Action::Skip => Act::Skip,
        Action::Approve | Action::Reject => Act::Decide,
        Action::Reopen if session.is_over() || model.screen == Screen::WrapUp => Act::ReopenSession,
        Action::Reopen => Act::Reopen,
        Action::Result => Act::Result,
        Action::Metric => Act::Reading,
        Action::Values => Act::Value,
        Action::Send => Act::Send,
        Action::Finish => Act::Finish,
        _ => return None,
    })
}

fn in_list(model: &Model, action: Action) -> Option<String> {
    let row = model.plans.row();
    let plan = model.plans.plan(&model.listing);
    match action {
        Action::Rename | Action::Archive | Action::Copy | Action::Undo | Action::Redo if plan.is_none() => {
            Some("no plan is selected".into())
        }
        Action::Archive if plan.is_some_and(|plan| plan.running && !plan.archived) => Some("its clock runs".into()),
        Action::Restore if !matches!(row, Some(Row::Trashed(_))) => Some("select a plan in the trash first".into()),
        Action::Delete if matches!(row, Some(Row::Broken(_) | Row::Section(..)) | None) => {
            Some("select a plan, a draft, a copy or the trash first".into())
        }
        _ => None,
    }
}

fn in_form(form: &Form, action: Action) -> Option<String> {
    match action {
        Action::Findings if !form.reviewing => Some("the review shows what speaks against the plan".into()),
        Action::OwnBudgets if !form.reviewing => Some("the review offers it".into()),
        Action::ResetField if !form.is_edited(form.focus) => Some("the default stands already".into()),
        _ => None,
    }
}
