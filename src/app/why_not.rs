//! Why an action would do nothing now: what the palette says beside it. It is asked of the same rules that
//! would refuse the action, and where it is in doubt it says nothing.

use crate::domain::command::Command;
use crate::domain::plan::{Kept, Session, TurnState};

use super::form::Form;
use super::handlers::distil;
use super::model::{Model, Screen};
use super::plans::Row;
use super::workspace::Workspace;
use crate::keys::Action;

/// Why `action` would do nothing on the screen as it is; nothing where it would do something.
pub fn why_not(model: &Model, action: Action) -> Option<String> {
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

/// What the plan's own rules say of an action on the selected turn or its session.
fn in_plan(model: &Model, workspace: &Workspace, action: Action) -> Option<String> {
    let (session, turn) = workspace.selected()?;
    let at = workspace.turn_ref();
    let refused = |command: Command| {
        if let Some(why) = &workspace.read_only {
            return Some(format!("read-only: {why}"));
        }
        workspace.plan.apply(&command, model.now).err().map(|refusal| refusal.message)
    };
    let some = || "-".to_owned();
    match action {
        Action::Timer if turn.running_since.is_some() => refused(Command::PauseTurn(at)),
        Action::Timer => refused(Command::StartTurn(at)),
        Action::Done => refused(Command::FinishTurn(at)),
        Action::Repeat => refused(Command::RepeatTurn(at)),
        Action::KeepIteration | Action::RollBackIteration => {
            refused(Command::KeepIteration { turn: at, iteration: workspace.iteration(), kept: Kept::Yes })
        }
        Action::Skip => refused(Command::SkipTurn { turn: at, reason: some() }),
        Action::Approve | Action::Reject => {
            refused(Command::ApproveGate { turn: at, note: String::new(), by: String::new() })
        }
        Action::Reopen if session.is_over() => refused(Command::ReopenSession(session.id.clone())),
        Action::Reopen if model.screen == Screen::WrapUp => Some("the session is open".into()),
        Action::Reopen => refused(Command::ReopenTurn { turn: at, reason: String::new() }),
        Action::Result => refused(Command::SetResult { turn: at, result: turn.result.clone() }),
        Action::Metric if workspace.plan.strategy.metrics.is_empty() => Some("this strategy measures nothing".into()),
        Action::Values if workspace.plan.strategy.placeholders.is_empty() => Some("this plan has no values".into()),
        Action::View if model.screen == Screen::Workspace && !workspace.plan.is_multi_session() => {
            Some("the plan has one session".into())
        }
        Action::PreviousSession | Action::NextSession if !workspace.plan.is_multi_session() => {
            Some("the plan has one session".into())
        }
        Action::Findings if workspace.findings.is_empty() => Some("nothing speaks against this plan".into()),
        Action::Send if model.settings.send.is_empty() => Some("no send command is set".into()),
        Action::Send if turn.state != TurnState::Active => Some(format!("'{}' is {}", turn.title, turn.state)),
        Action::Finish => finishing(session, &refused),
        _ => None,
    }
}

/// Unverified turns only want a reason; the rest is refused.
fn finishing(session: &Session, refused: &dyn Fn(Command) -> Option<String>) -> Option<String> {
    refused(Command::FinishSession { session: session.id.clone(), unverified: Some("-".into()) })
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
