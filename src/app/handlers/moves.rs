//! How far the actions that move go.

use crate::app::model::Model;
use crate::keys::Action;

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
