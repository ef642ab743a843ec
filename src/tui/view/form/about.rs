//! What there is to know about the focused field: help, example, where it is used, what it takes.

use ratatui::text::{Line, Span};

use crate::app::form::Form;
use crate::app::model::Model;
use crate::domain::placeholder::{Placeholder, PlaceholderKind};
use crate::domain::prompt;
use crate::keys::Action;
use crate::tui::view::text::{cut, wrap_plain};
use crate::tui::view::theme::Theme;

/// Everything about the focused field, wrapped to `columns`.
pub(super) fn lines(model: &Model, form: &Form, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let (text, dim) = (theme.style.text, theme.style.dim);
    let Some(placeholder) = form.placeholder(form.focus) else {
        return wrap_plain(other(form), text, columns);
    };
    let mut lines = Vec::new();
    if !placeholder.help.is_empty() {
        lines.extend(wrap_plain(&placeholder.help, text, columns));
    }
    if !placeholder.example.is_empty() {
        lines.extend(wrap_plain(&format!("Example: {}", placeholder.example), text, columns));
    }
    let facts = format!("{} {}", takes(placeholder), used(form, &placeholder.name));
    lines.extend(wrap_plain(&facts, dim, columns));
    let earlier = model.memory.values.get(&placeholder.name).map(Vec::as_slice).unwrap_or_default();
    if !earlier.is_empty() {
        let each: Vec<String> =
            earlier.iter().take(3).map(|value| format!("'{}'", cut(value, 40, theme.glyph.ellipsis))).collect();
        let key = model.keymap.key(Action::EditEarlier).map(|key| format!(" ({key} puts them in)")).unwrap_or_default();
        lines.extend(wrap_plain(&format!("Used before{key}: {}", each.join(", ")), dim, columns));
    }
    lines
}

/// Help and example alone, for small screens, in at most `rows`.
pub(super) fn short(form: &Form, theme: &Theme, columns: usize, rows: usize) -> Vec<Line<'static>> {
    let dim = theme.style.dim;
    let Some(placeholder) = form.placeholder(form.focus) else {
        return cut_off(wrap_plain(other(form), dim, columns), rows, theme);
    };
    let help = if placeholder.help.is_empty() { Vec::new() } else { wrap_plain(&placeholder.help, dim, columns) };
    let left = rows.saturating_sub(help.len());
    let mut lines = cut_off(help, rows, theme);
    if left > 0 && !placeholder.example.is_empty() {
        let example = wrap_plain(&format!("Example: {}", placeholder.example), dim, columns);
        // A first row that holds no more than the word says nothing.
        if example.len() <= left || example[..left].iter().any(|line| line.width() > "Example: ".len()) {
            lines.extend(cut_off(example, left, theme));
        }
    }
    lines
}

/// At most `rows` of the lines; the last one says where there is more.
fn cut_off(mut lines: Vec<Line<'static>>, rows: usize, theme: &Theme) -> Vec<Line<'static>> {
    if lines.len() > rows {
        lines.truncate(rows);
        if let Some(last) = lines.last_mut() {
            let gap = if last.spans.last().is_some_and(|span| span.content.ends_with(' ')) { "" } else { " " };
            last.spans.push(Span::styled(format!("{gap}{}", theme.glyph.ellipsis), theme.style.dim));
        }
    }
    lines
}

fn other(form: &Form) -> &'static str {
    if form.on_button() {
        "The review shows your answers, every prompt in full and the budget before anything is started."
    } else {
        "What lists call the plan. Left empty, it is the first line of your first answer."
    }
}

/// What values the placeholder takes, in a sentence.
fn takes(placeholder: &Placeholder) -> String {
    let mut parts = vec![format!("Takes {}", placeholder.kind.wants())];
    let unit = match placeholder.kind {
        PlaceholderKind::Number => "",
        PlaceholderKind::List => " items",
        PlaceholderKind::Text
        | PlaceholderKind::Multiline
        | PlaceholderKind::Choice
        | PlaceholderKind::Flag
        | PlaceholderKind::Path
        | PlaceholderKind::Url => " characters",
    };
    match (placeholder.min, placeholder.max) {
        (Some(min), Some(max)) => parts.push(format!("{min} to {max}{unit}")),
        (Some(min), None) => parts.push(format!("at least {min}{unit}")),
        (None, Some(max)) => parts.push(format!("at most {max}{unit}")),
        (None, None) => {}
    }
    if let Some(pattern) = &placeholder.pattern {
        parts.push(format!("as the pattern {pattern}"));
    }
    parts.push(match (placeholder.required, &placeholder.default) {
        (_, Some(default)) => match cut(&default.to_string(), 40, "...") {
            short if short.contains("{{") => "empty takes the default".into(),
            short => format!("empty takes the default, {short}"),
        },
        (true, None) => "required".into(),
        (false, None) => "may stay empty".into(),
    });
    parts.join(", ") + "."
}

/// Which turns' prompts use it, in a sentence.
fn used(form: &Form, name: &str) -> String {
    let turns = prompt::used_in(&form.answers.strategy, name);
    let named: Vec<String> = turns.iter().map(|at| form.turn_number(*at)).collect();
    match named.as_slice() {
        [] => "No prompt uses it directly.".into(),
        [only] => format!("Used in turn {only}."),
        all if form.answers.strategy.is_multi_session() => format!("Used in turn {}.", all.join(", turn ")),
        [all @ .., last] => format!("Used in turns {} and {last}.", all.join(", ")),
    }
}
