//! What there is to know about the focused field: help, example, where it is used, what it takes.

use ratatui::text::Line;

use crate::app::form::Form;
use crate::app::keys::Action;
use crate::app::model::Model;
use crate::domain::placeholder::{Placeholder, PlaceholderKind};
use crate::domain::prompt;
use crate::tui::view::look::Look;
use crate::tui::view::text::{cut, wrap_plain};

/// Everything about the focused field, wrapped to `columns`.
pub(super) fn lines(model: &Model, form: &Form, look: &Look, columns: usize) -> Vec<Line<'static>> {
    let (text, dim) = (look.style.text, look.style.dim);
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
        let each: Vec<String> = earlier.iter().take(3).map(|value| format!("'{}'", cut(value, 40, look.glyph.ellipsis))).collect();
        let key = model.keymap.key(Action::EditEarlier).map(|key| format!(" ({key} puts them in)")).unwrap_or_default();
        lines.extend(wrap_plain(&format!("Used before{key}: {}", each.join(", ")), dim, columns));
    }
    lines
}

/// Help and example alone, for small screens.
pub(super) fn short(form: &Form, look: &Look, columns: usize) -> Vec<Line<'static>> {
    let Some(placeholder) = form.placeholder(form.focus) else {
        return wrap_plain(other(form), look.style.dim, columns);
    };
    let mut lines = Vec::new();
    if !placeholder.help.is_empty() {
        lines.extend(wrap_plain(&placeholder.help, look.style.dim, columns));
    }
    if !placeholder.example.is_empty() {
        lines.extend(wrap_plain(&format!("Example: {}", placeholder.example), look.style.dim, columns));
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
        (_, Some(_)) => "empty takes the default".into(),
        (true, None) => "required".into(),
        (false, None) => "may stay empty".into(),
    });
    parts.join(", ") + "."
}

/// Which turns' prompts use it, in a sentence.
fn used(form: &Form, name: &str) -> String {
    let turns: Vec<String> = prompt::used_in(&form.strategy, name).iter().map(|at| form.turn_number(*at)).collect();
    match turns.as_slice() {
        [] => "No prompt uses it directly.".into(),
        [only] => format!("Used in turn {only}."),
        [all @ .., last] => format!("Used in turns {} and {last}.", all.join(", ")),
    }
}
