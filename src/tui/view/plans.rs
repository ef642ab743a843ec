//! (to be drawn)

use ratatui::layout::Rect;

use crate::app::model::Model;

use super::pane::Canvas;

/// Draws the screen.
pub(super) fn draw(_canvas: &mut Canvas<'_, '_>, _body: Rect, _model: &Model) {}
