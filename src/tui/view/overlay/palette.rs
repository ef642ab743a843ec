//! The palette: actions by their names, with their keys.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::availability::unavailable;
use crate::app::field::Field;
use crate::app::model::Model;
use crate::app::msg::ClickTarget;
use crate::app::palette_lines;
use crate::domain::untrusted::shown;
use crate::keys::Binding;
use crate::tui::view::pane::{Canvas, top_of};
use crate::tui::view::text::{cut_spans, sides, width};
use crate::workflow::search::Index;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, query: &Field, cursor: usize) {
    let lines = palette_lines(model);
    let wide = body.width.saturating_sub(4).min(90).max(body.width.min(20));
    let (_, inside) = super::middle(canvas, body, (wide, usize::from(body.height).min(24)), "Find an action");
    let style = canvas.theme.style;
    let line = Rect { height: inside.height.min(1), ..inside };
    canvas.lines(line, vec![Line::styled("> ", style.accent)]);
    let field = Rect { x: line.x + line.width.min(2), width: line.width.saturating_sub(2), ..line };
    if query.is_empty() {
        let field = Rect { x: field.x + field.width.min(1), width: field.width.saturating_sub(1), ..field };
        canvas.lines(field, vec![Line::styled("type what you want to do", style.dim)]);
    }
    if field.width > 0 && field.height > 0 {
        canvas.frame.render_widget(query.area(), field);
    }
    let skip = if inside.height > 4 { 2 } else { 1 };
    let list = Rect { y: inside.y + inside.height.min(skip), height: inside.height.saturating_sub(skip), ..inside };
    let query = query.text();
    if lines.is_empty() {
        let text = format!("no action here is called '{query}'; help ({}) lists every key", key_of_help(model));
        canvas.lines(list, crate::tui::view::text::wrap_plain(&text, style.dim, usize::from(list.width)));
        return;
    }
    let labels = lines.iter().map(|line| width(line.label)).max().unwrap_or(0);
    let top = top_of(lines.len(), usize::from(list.height), cursor);
    for (at, binding) in lines.iter().enumerate().skip(top).take(usize::from(list.height)) {
        let place = Rect { y: list.y + (at - top) as u16, height: 1, ..list };
        let row = row(canvas, model, binding, &query, at == cursor, labels, usize::from(list.width));
        canvas.lines(place, vec![row]);
        canvas.hit(place, ClickTarget::OverlayRow(at));
    }
}

fn key_of_help(model: &Model) -> String {
    let help = crate::keys::Action::Help;
    model.keymap.key(help).unwrap_or_else(|| help.binding().label.into())
}

fn row(
    canvas: &Canvas<'_, '_>,
    model: &Model,
    binding: &Binding,
    query: &str,
    selected: bool,
    labels: usize,
    columns: usize,
) -> Line<'static> {
    let style = canvas.theme.style;
    let text = format!("{} {} {}", binding.label, binding.name, binding.help);
    let marks = if query.trim().is_empty() { Vec::new() } else { Index::marks(&text, query) };
    let why = unavailable(model, binding.action);
    let label_style = match (selected, &why) {
        (true, _) => style.selected,
        (false, None) => style.text,
        (false, Some(_)) => style.dim,
    };
    let mut left = vec![canvas.marker(selected, true), Span::raw(" ")];
    left.extend(marked(binding.label, 0, &marks, label_style, style.matched));
    let gap = labels.saturating_sub(width(binding.label)) + 2;
    left.push(Span::raw(" ".repeat(gap)));
    let start = binding.label.chars().count() + binding.name.chars().count() + 2;
    match &why {
        None => left.extend(marked(binding.help, start, &marks, style.dim, style.matched)),
        Some(why) => left.push(Span::styled(format!("not now: {}", shown(why)), style.dim)),
    }
    let keys = model.keymap.keys(binding.action);
    let keys = if keys.is_empty() { "no key".to_owned() } else { keys.join(", ") };
    let keys_style = if why.is_none() { style.accent } else { style.dim };
    let room = columns.saturating_sub(width(&keys) + 2);
    let left = cut_spans(left, room);
    sides(left, vec![Span::styled(keys, keys_style)], columns)
}

/// Text with the characters marked that match; `start` is where it begins in what was matched.
fn marked(text: &str, start: usize, marks: &[usize], plain: Style, hit: Style) -> Vec<Span<'static>> {
    let mut spans: Vec<Span<'static>> = Vec::new();
    for (at, c) in text.chars().enumerate() {
        let style = if marks.binary_search(&(start + at)).is_ok() { plain.patch(hit) } else { plain };
        match spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push(c),
            _ => spans.push(Span::styled(c.to_string(), style)),
        }
    }
    spans
}
