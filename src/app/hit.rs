//! What can be clicked: names for parts of the screen, given out by the view.

use crate::keys::Action;

/// A part of the screen that a click or the wheel may be meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A pane, from 0.
    Pane(usize),
    /// Row `1` of pane `0`'s list, as the screen counts them.
    Row(usize, usize),
    /// A row of the overlay on top.
    OverlayRow(usize),
    /// A hint in the last row, or a button.
    Action(Action),
    /// Nothing in particular.
    Nowhere,
}
