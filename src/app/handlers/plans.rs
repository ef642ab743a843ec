//! What actions do in the list of plans.

use crate::app::dialog::{Dialog, Input};
use crate::app::form::Form;
use crate::app::model::{Model, Screen};
use crate::app::msg::Effect;
use crate::app::plans::Row;
use crate::app::purpose::{Purpose, leave_or_delete};
use crate::domain::command::Command;
use crate::keys::Action;

use super::moves::steps;
use super::overlay::open;

pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    if let Some(by) = steps(model, action) {
        model.plans.step(by);
        return true;
    }
    match action {
        Action::Enter | Action::Right => enter(model, effects),
        Action::NextPane | Action::PrevPane => model.plans.on_preview = !model.plans.on_preview,
        Action::Pane1 | Action::Pane2 => model.plans.on_preview = action == Action::Pane2,
        Action::Zoom => model.plans.zoomed = !model.plans.zoomed,
        Action::Search => model.plans.searching = true,
        Action::SearchNext => model.plans.step(1),
        Action::SearchPrevious => model.plans.step(-1),
        Action::Sort => {
            model.plans.sort = model.plans.sort.next();
            let selected = model.plans.plan(&model.listing).map(|plan| plan.id.clone());
            model.plans.refresh(&model.listing, &model.drafts, selected.as_deref());
            model.tell(format!("sorted {}", model.plans.sort.word()));
        }
        Action::Rename => match model.plans.plan(&model.listing) {
            Some(plan) => {
                let dialog = Dialog::new(
                    "Rename the plan",
                    "Rename",
                    Purpose::Rename(plan.id.clone()),
                    vec![Input::line("Name", &plan.name)],
                );
                open(model, dialog);
            }
            None => model.refuse("select a plan first"),
        },
        Action::Archive => match model.plans.plan(&model.listing) {
            Some(plan) => {
                let command = if plan.archived { Command::Unarchive } else { Command::Archive };
                effects.push(Effect::Apply(plan.id.clone(), command));
            }
            None => model.refuse("select a plan first"),
        },
        Action::Undo | Action::Redo => match model.plans.plan(&model.listing) {
            Some(plan) if action == Action::Undo => effects.push(Effect::Undo(plan.id.clone())),
            Some(plan) => effects.push(Effect::Redo(plan.id.clone())),
            None => model.refuse("select a plan first"),
        },
        Action::Delete => delete(model),
        Action::Restore => match model.plans.row() {
            Some(Row::Trashed(at)) => {
                let id = model.listing.trashed.get(*at).map(|plan| plan.id.clone());
                effects.extend(id.map(Effect::Restore));
            }
            Some(Row::Section(..) | Row::Plan(_) | Row::Draft(_) | Row::Broken(_) | Row::Conflict(_)) | None => {
                model.refuse("select a plan in the trash first");
            }
        },
        Action::Copy => match model.plans.plan(&model.listing) {
            Some(plan) => effects.push(Effect::Copy(plan.id.clone(), None)),
            None => model.refuse("select a plan first"),
        },
        Action::Add => super::global::go(model, Screen::Browser, effects),
        _ => return false,
    }
    true
}

fn enter(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.plans.row().cloned() {
        Some(Row::Plan(at)) => {
            super::global::remember_workspace(model);
            if let Some(plan) = model.listing.plans.get(at) {
                let id = plan.id.clone();
                if model.workspace.as_ref().is_some_and(|workspace| workspace.plan.id == id) {
                    model.screen = Screen::Workspace;
                } else {
                    model.workspace = None;
                }
                effects.push(Effect::Open(id));
            }
        }
        Some(Row::Draft(at)) => {
            let Some(draft) = model.drafts.get(at).cloned() else { return };
            match model.library.strategy(&draft.strategy).cloned() {
                Some(strategy) => {
                    model.form = Some(Form::new(strategy, Some(&draft)));
                    model.screen = Screen::Form;
                }
                None => model.refuse(format!("the strategy '{}' of this draft is gone", draft.strategy)),
            }
        }
        Some(Row::Trashed(_)) => {
            let key = model.keymap.key(Action::Restore).unwrap_or_default();
            model.refuse(format!("{key} restores a plan from the trash"));
        }
        Some(Row::Broken(at)) => {
            let Some(broken) = model.listing.broken.get(at).cloned() else { return };
            if broken.recoverable {
                let dialog =
                    Dialog::new("Put the last good revision back?", "Put back", Purpose::Recover(broken.id), vec![]);
                open(
                    model,
                    dialog.explained([broken.message, "The unreadable file is kept beside the history.".into()]),
                );
            } else {
                let text = format!("{}: {}", broken.message, broken.hint);
                model.refuse(text);
            }
        }
        Some(Row::Conflict(at)) => super::compare::open(model, at, effects),
        Some(Row::Section(..)) | None => {
            let key = model.keymap.key(Action::GoBrowser).unwrap_or_default();
            model.refuse(format!("there are no plans yet; {key} goes to the strategies"));
        }
    }
}

fn delete(model: &mut Model) {
    match model.plans.row() {
        Some(Row::Plan(at)) => {
            let Some(plan) = model.listing.plans.get(*at) else { return };
            let title = format!("Delete '{}'", plan.name);
            let dialog = Dialog::new(title, "Delete", Purpose::Trash(plan.id.clone()), vec![]);
            open(model, dialog.explained(["It goes to the trash and can be restored from there."]));
        }
        Some(Row::Draft(at)) => {
            let Some(draft) = model.drafts.get(*at) else { return };
            let dialog =
                Dialog::new("Throw the draft away?", "Throw away", Purpose::DropDraft(draft.strategy.clone()), vec![]);
            open(model, dialog.explained(["What was typed into this form is gone then."]));
        }
        Some(Row::Trashed(_)) => {
            let trashed = &model.listing.trashed;
            let ids = trashed.iter().map(|plan| plan.id.clone()).collect();
            let mut names: Vec<&str> = trashed.iter().take(5).map(|plan| plan.name.as_str()).collect();
            if trashed.len() > names.len() {
                names.push("...");
            }
            let intro = [
                format!("In the trash: {}.", names.join(", ")),
                "What is deleted from there cannot be brought back: neither undo nor the history has it.".into(),
            ];
            let input = Input::answer("What to do", &leave_or_delete(trashed.len()), &false);
            let dialog = Dialog::new("Empty the trash", "Go on", Purpose::EmptyTrash(ids), vec![input]);
            open(model, dialog.explained(intro));
        }
        Some(Row::Conflict(at)) => {
            let Some((_, path)) = model.listing.conflicts.get(*at).cloned() else { return };
            super::compare::ask(model, &path);
        }
        Some(Row::Broken(_) | Row::Section(..)) | None => {
            model.refuse("select a plan, a draft or a copy to delete it");
        }
    }
}
