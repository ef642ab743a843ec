//! What actions do on every screen.

use crate::app::field::Field;
use crate::app::model::{Model, Overlay, Screen, Tone};
use crate::app::msg::Effect;
use crate::app::{dialog_drafts, saving};
use crate::keys::{Action, TABLE};

pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::GoBrowser => go(model, Screen::Browser, effects),
        Action::GoPlans => {
            go(model, Screen::Plans, effects);
            effects.push(Effect::ListPlans);
        }
        Action::GoStats => super::stats::open(model, effects),
        Action::GoWorkspace if model.workspace.is_some() => go(model, Screen::Workspace, effects),
        Action::GoWorkspace => {
            let latest = model.listing.plans.iter().filter(|plan| plan.is_open()).max_by_key(|plan| plan.updated);
            match latest {
                Some(plan) => effects.push(Effect::Open(plan.id.clone())),
                None => model.refuse("no plan is open; choose a strategy and start one"),
            }
        }
        Action::Findings => super::findings::open(model),
        Action::Distil => super::distil::open(model),
        Action::Help | Action::GoHelp => model.overlay = Some(Overlay::Help { scroll: 0 }),
        Action::Palette => model.overlay = Some(Overlay::Palette { query: Box::new(Field::line("")), cursor: 0 }),
        Action::Back => back(model, effects),
        Action::Quit | Action::Interrupt => leave(model, effects),
        Action::Suspend => effects.push(Effect::Suspend),
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Mouse => {
            model.mouse = !model.mouse;
            model.memory.mouse_off = !model.mouse;
            effects.push(Effect::SetMouse(model.mouse));
            model.tell(if model.mouse { "mouse on" } else { "mouse off: the terminal selects text again" });
        }
        Action::Undo | Action::Redo if model.has_waiting() => {
            let key = model.keymap.key(Action::SaveAgain).unwrap_or_default();
            model.refuse(format!("the newest change is not saved yet, so there is nothing to undo; {key} saves it"));
        }
        Action::Undo => match &model.workspace {
            Some(workspace) => effects.push(Effect::Undo(workspace.plan.id.clone())),
            None => model.refuse("nothing to undo: no plan is open"),
        },
        Action::Redo => match &model.workspace {
            Some(workspace) => effects.push(Effect::Redo(workspace.plan.id.clone())),
            None => model.refuse("nothing to redo: no plan is open"),
        },
        Action::SaveAgain if model.is_unsaved() => saving::again(model, effects),
        Action::SaveAgain => {
            super::form::save_draft(model, effects);
            model.tell("everything is saved");
        }
        other => {
            let what = TABLE[other as usize].label;
            model.refuse(format!("'{what}' does nothing here"));
        }
    }
}

/// Goes to a screen, keeping what was typed in a form.
pub(super) fn go(model: &mut Model, screen: Screen, effects: &mut Vec<Effect>) {
    super::form::save_draft(model, effects);
    remember_workspace(model);
    if let Some(workspace) =
        model.workspace.as_ref().filter(|_| screen == Screen::Plans && model.screen != Screen::Plans)
    {
        // Whoever comes from a plan means that one.
        model.plans.select(&model.listing, &workspace.plan.id);
    }
    model.screen = screen;
    model.browser.searching = false;
    model.plans.searching = false;
}

/// Remembers where the open plan was left.
pub(super) fn remember_workspace(model: &mut Model) {
    if let Some(workspace) = &model.workspace {
        model.memory.plans.insert(workspace.plan.id.clone(), Model::workspace_place(workspace));
    }
}

fn back(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.status.take().is_some_and(|status| status.tone != Tone::Info) {
        return;
    }
    match model.screen {
        Screen::Browser if !model.browser.query.is_empty() => {
            let selected = model.browser.entry(&model.library).map(|entry| entry.id.clone());
            model.browser.query.set("");
            model.browser.reload(&model.library, &model.memory, selected.as_deref());
        }
        Screen::Browser => {
            let key = model.keymap.key(Action::Quit).unwrap_or_default();
            model.tell(format!("{key} leaves the program"));
        }
        Screen::Form | Screen::Plans | Screen::Stats => go(model, Screen::Browser, effects),
        Screen::Workspace => {
            go(model, Screen::Plans, effects);
            effects.push(Effect::ListPlans);
        }
        Screen::Lanes | Screen::WrapUp => go(model, Screen::Workspace, effects),
    }
}

/// Saves what is not saved yet, and leaves.
pub(in crate::app) fn leave(model: &mut Model, effects: &mut Vec<Effect>) {
    saving::again(model, effects);
    super::form::save_draft(model, effects);
    remember_workspace(model);
    // Only plans that still exist are worth a place.
    if model.plans_listed {
        let listing = &model.listing;
        model.memory.plans.retain(|id, _| listing.plans.iter().any(|plan| plan.id == *id));
    }
    if let Some(workspace) = &model.workspace {
        model.memory.plans.insert(workspace.plan.id.clone(), Model::workspace_place(workspace));
    }
    dialog_drafts::save(model, &mut Vec::new());
    model.memory.place = model.place();
    effects.push(Effect::SaveMemory(Box::new(model.memory.clone())));
    effects.push(Effect::Quit);
}
