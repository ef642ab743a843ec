//! Making a strategy of a finished plan: the dialog, and what is said once it is written.

use crate::app::dialog::{Dialog, Input};
use crate::app::dialog_drafts;
use crate::app::model::{Model, Screen};
use crate::app::msg::{Distilled, Effect};
use crate::app::purpose::Purpose;
use crate::domain::id;
use crate::domain::library::Source;
use crate::domain::plan::PlanState;
use crate::keys::Action;

use super::global::go;
use super::overlay::open as open_dialog;

/// The plan that a strategy would be made of: its id and name.
pub(in crate::app) fn subject(model: &Model) -> Result<(String, String), String> {
    let listed =
        || model.plans.plan(&model.listing).map(|plan| (plan.id.clone(), plan.name.clone(), plan.state.clone()));
    let plan = match (model.screen, &model.workspace) {
        (Screen::Plans, _) => listed(),
        (Screen::Workspace | Screen::Lanes | Screen::WrapUp, Some(workspace)) => {
            let plan = &workspace.plan;
            Some((plan.id.clone(), plan.name.clone(), plan.state().word().to_owned()))
        }
        (Screen::Workspace | Screen::Lanes | Screen::WrapUp, None) => None,
        (Screen::Browser | Screen::Form | Screen::Stats, _) => None,
    };
    match plan {
        None => {
            let key = model.keymap.key(Action::GoPlans).unwrap_or_default();
            Err(format!("choose a finished plan first ({key})"))
        }
        Some((_, _, state)) if state == PlanState::Abandoned.word() => Err("the plan was abandoned".into()),
        Some((_, _, state)) if state != PlanState::Finished.word() => Err("the plan is not finished yet".into()),
        Some((id, name, _)) => Ok((id, name)),
    }
}

/// Asks for the id and the title of the strategy, or says why there is none to be made.
pub(super) fn open(model: &mut Model) {
    let (plan, name) = match subject(model) {
        Ok(found) => found,
        Err(why) => return model.refuse(why),
    };
    let own = model.library.entries.iter().filter(|entry| entry.source == Source::Data);
    let taken: Vec<String> = own.map(|entry| entry.id.clone()).collect();
    let free = id::unique(&id::slug(&name, 40), |id| model.library.entry(id).is_some());
    let inputs = vec![Input::line("Id (small letters, digits, hyphens)", &free), Input::line("Title", &name)];
    let dialog = Dialog::new("Make a strategy of this plan", "Write", Purpose::Distil { plan, taken }, inputs);
    let said = [
        "Turns that were added and prompts that you rewrote become part of it; turns that were skipped do not.",
        "Values become placeholders again. Budgets follow the time worked.",
    ];
    open_dialog(model, dialog.explained(said));
}

/// The strategy is on disk: where, and what the person should know about it.
pub(in crate::app) fn written(model: &mut Model, made: Distilled, effects: &mut Vec<Effect>) {
    model.submitted = None;
    dialog_drafts::save(model, effects);
    let mut said = vec![made.path];
    said.extend(made.remarks);
    let dialog = Dialog::new("The strategy is written", "Show it", Purpose::ShowStrategy(made.id), vec![]);
    open_dialog(model, dialog.explained(said));
}

/// Goes to a strategy in the list.
pub(super) fn show(model: &mut Model, id: &str, effects: &mut Vec<Effect>) {
    go(model, Screen::Browser, effects);
    model.browser.reveal(&model.library, &model.memory, id);
}
