//! An evidence slot: what it wants, what was recorded in it, and whether that shows what it has to.

use ratatui::text::{Line, Span};

use crate::app::model::Model;
use crate::domain::plan::Evidence;
use crate::domain::untrusted::shown;
use crate::tui::view::pane::Canvas;
use crate::tui::view::text::{cut, sides, width, wrap_plain};

pub(super) fn lines(
    canvas: &Canvas<'_, '_>,
    model: &Model,
    slot: &Evidence,
    selected: bool,
    columns: usize,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let style = theme.style;
    let failed = !slot.shows();
    let (mark, mark_style) = match (&slot.recorded, slot.required) {
        (Some(_), _) if failed => (theme.glyph.unverified, style.bad),
        (Some(_), _) => (theme.glyph.done, style.good),
        (None, true) => (theme.glyph.ready, style.warn),
        (None, false) => (theme.glyph.waiting, style.dim),
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
    if let Some(text) = recorded(slot) {
        let text_style = if failed { style.bad } else { style.dim };
        let text = cut(&text, columns.saturating_sub(3), theme.glyph.ellipsis);
        lines.push(Line::styled(format!("   {text}"), text_style));
    }
    lines
}

/// What was recorded, in a line; the exit code first, where it is not what the slot wants with what it wants.
fn recorded(slot: &Evidence) -> Option<String> {
    let recorded = slot.recorded.as_ref()?;
    let first = recorded.text.lines().next().unwrap_or_default();
    if !slot.kind.wants_run() {
        return Some(first.to_owned());
    }
    let wanted = if slot.unexpected_exit().is_some() { format!(", {}", slot.exit.wanted()) } else { String::new() };
    let code = match recorded.exit_code {
        Some(code) => format!("exit {code}{wanted}  "),
        None => "no exit code  ".into(),
    };
    Some(format!("{code}{}", recorded.command.as_deref().unwrap_or(first)))
}
