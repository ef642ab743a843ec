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
mod overlay;
mod scope_creep_prompt;
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

use super::model::{Model, Overlay, Screen};
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

/// Puts an overlay on top.
pub(super) fn cover(model: &mut Model, overlay: Overlay) {
    model.overlay = Some(overlay);
}

/// How far a moving action goes; nothing for the others.
pub(super) fn steps(model: &Model, action: Action) -> Option<isize> {
    let page = model.page();
    Some(match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::First => isize::MIN / 2,
        Action::Last => isize::MAX / 2,
        Action::HalfDown => (page / 2).max(1),
        Action::HalfUp => -(page / 2).max(1),
        Action::PageDown => page,
        Action::PageUp => -page,
        _ => return None,
    })
}

/// A count moved by `by`, between 0 and `last`.
pub(super) fn shifted(at: usize, by: isize, last: usize) -> usize {
    (at as isize).saturating_add(by).clamp(0, last as isize) as usize
}
