//! What actions do, screen by screen.

mod advise;
mod browser;
pub(super) mod compare;
pub(super) mod distil;
pub(super) mod findings;
mod follow_up_plan;
pub(super) mod form;
mod gate;
mod global;
mod lanes;
pub(super) mod mouse;
mod moves;
mod overlay;
pub(super) use global::leave;
pub use overlay::palette_lines;
mod indicators;
mod iterations;
mod plans;
pub(super) mod prompt;
mod record;
pub(super) mod review;
pub(super) mod stats;
pub(super) mod typing;
pub(super) mod workspace;
mod wrap_up;

use super::model::{Model, Screen};
use super::msg::Effect;
use crate::keys::Action;

/// Does an action where the person is.
pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    if model.overlay.is_some() && overlay::handle(model, action, effects) {
        return;
    }
    if model.is_typing() && typing::handle(model, action, effects) {
        return;
    }
    let done = match model.screen {
        Screen::Browser => browser::handle(model, action, effects),
        Screen::Form => form::handle(model, action, effects),
        Screen::Workspace => workspace::handle(model, action, effects),
        Screen::Lanes => lanes::handle(model, action, effects),
        Screen::WrapUp => wrap_up::handle(model, action, effects),
        Screen::Plans => plans::handle(model, action, effects),
        Screen::Stats => stats::handle(model, action, effects),
    };
    if !done {
        global::handle(model, action, effects);
    }
}
