//! What actions do on the screen of statistics.

use crate::app::model::{Model, Screen};
use crate::app::msg::Effect;
use crate::domain::stats::Stats;
use crate::keys::Action;

use super::global;
use super::moves::steps;

pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let by = steps(model, action);
    let screen = &mut model.stats;
    if let Some(by) = by {
        if screen.on_charts {
            screen.scroll_by(by);
        } else {
            screen.step(by);
        }
        return true;
    }
    match action {
        Action::Enter | Action::Right if !screen.on_charts => screen.on_charts = true,
        Action::Left => screen.on_charts = false,
        Action::NextPane | Action::PrevPane => screen.on_charts = !screen.on_charts,
        Action::Pane1 | Action::Pane2 => screen.on_charts = action == Action::Pane2,
        Action::ScrollDown => screen.scroll_by(3),
        Action::ScrollUp => screen.scroll_by(-3),
        Action::Zoom => screen.zoomed = !screen.zoomed,
        Action::Back if model.status.is_none() && screen.on_charts => screen.on_charts = false,
        Action::Back if model.status.is_none() => back(model, effects),
        _ => return false,
    }
    true
}

/// Goes to the screen and reads the figures anew.
pub(super) fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.screen != Screen::Stats {
        model.stats.from = Some(model.screen);
        // Whoever comes from a plan means its strategy.
        let of_plan = model
            .workspace
            .as_ref()
            .filter(|_| is_of_plan(model.screen))
            .map(|workspace| workspace.plan.strategy.id.clone());
        if of_plan.is_some() {
            model.stats.selected = of_plan;
        }
        global::go(model, Screen::Stats, effects);
    }
    load(model, effects);
}

/// Has the figures read, in the background.
pub(in crate::app) fn load(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.stats.ask() {
        effects.push(Effect::LoadStats);
    }
}

/// The figures were read, or why they could not be.
pub(in crate::app) fn read(model: &mut Model, read: Result<Box<Stats>, String>, effects: &mut Vec<Effect>) {
    if model.stats.take(read) {
        effects.push(Effect::LoadStats);
    }
}

fn back(model: &mut Model, effects: &mut Vec<Effect>) {
    let from = model.stats.from.take().unwrap_or(Screen::Browser);
    let there = match from {
        Screen::Form => model.form.is_some(),
        Screen::Workspace | Screen::Lanes | Screen::WrapUp => model.workspace.is_some(),
        Screen::Browser | Screen::Plans | Screen::Stats => true,
    };
    global::go(model, if there { from } else { Screen::Browser }, effects);
}

fn is_of_plan(screen: Screen) -> bool {
    match screen {
        Screen::Workspace | Screen::Lanes | Screen::WrapUp => true,
        Screen::Browser | Screen::Form | Screen::Plans | Screen::Stats => false,
    }
}
