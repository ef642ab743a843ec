//! An evidence slot: what it wants, what was recorded in it, and whether that shows what it has to.

use ratatui::text::{Line, Span};

use crate::app::model::Model;
use crate::domain::plan::Evidence;
use crate::domain::untrusted::shown;
use crate::tui::view::pane::Canvas;
use crate::tui::view::text::{cut, sides, width, wrap_plain};
use crate::workflow::describe::{self, SlotState};

pub(super) fn lines(
    canvas: &Canvas<'_, '_>,
    model: &Model,
    slot: &Evidence,
    selected: bool,
    columns: usize,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let style = theme.style;
    let told = describe::slot(slot);
    let (mark, mark_style) = match told.state {
        SlotState::Failed => (theme.glyph.unverified, style.bad),
        SlotState::NoRun | SlotState::Recorded => (theme.glyph.done, style.good),
        SlotState::Missing => (theme.glyph.ready, style.warn),
        SlotState::Optional => (theme.glyph.waiting, style.dim),
    };
    let left = vec![
        canvas.marker(selected, true),
        Span::styled(format!("{mark} "), mark_style),
        Span::styled(shown(&slot.label).into_owned(), canvas.row_style(selected, true)),
    ];
    let right = match (&slot.recorded, slot.required) {
        (Some(recorded), _) => recorded.at.to_zoned(model.zone.clone()).strftime("%H:%M").to_string(),
        (None, true) => format!("{}*", slot.kind),
        (None, false) => slot.kind.to_string(),
    };
    // The selected label is readable whole.
    let room = columns.saturating_sub(4 + width(&right));
    let mut lines = if selected && width(&shown(&slot.label)) > room {
        let mut wrapped = wrap_plain(&slot.label, canvas.row_style(true, true), room).into_iter();
        let mut first = left[..2].to_vec();
        first.extend(wrapped.next().unwrap_or_default().spans);
        let mut lines: Vec<Line<'static>> = vec![sides(first, vec![Span::styled(right, style.dim)], columns)];
        lines.extend(wrapped.map(|mut line| {
            line.spans.insert(0, Span::raw("   "));
            line
        }));
        lines
    } else {
        vec![sides(left, vec![Span::styled(right, style.dim)], columns)]
    };
    if slot.recorded.is_some() {
        let ended = told.ended("exit").map(|ended| ended + "  ").unwrap_or_default();
        let text_style = if told.state == SlotState::Failed { style.bad } else { style.dim };
        let text = cut(&(ended + told.gist), columns.saturating_sub(3), theme.glyph.ellipsis);
        lines.push(Line::styled(format!("   {text}"), text_style));
    }
    lines
}
