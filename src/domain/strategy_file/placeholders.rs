//! The placeholders of a strategy file.

use std::ops::Range;

use crate::domain::id;
use crate::domain::placeholder::{Placeholder, PlaceholderKind, Value};
use crate::domain::toml_reader::{Reader, Table};

use super::spans::{PlaceholderSpan, Spans};

const PLACEHOLDER: &[&str] =
    &["name", "label", "kind", "help", "example", "required", "default", "choices", "pattern", "min", "max", "show_if"];

pub(super) fn placeholders(reader: &mut Reader<'_>, top: &Table<'_, '_>, spans: &mut Spans) -> Vec<Placeholder> {
    let mut names: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for table in reader.tables(top, "placeholders", "a placeholder") {
        reader.unknown_keys(&table, PLACEHOLDER);
        let (name, name_span) = reader.required_text(&table, "name", "for example name = \"bug_report\"");
        if !name.is_empty() && !id::is_valid_placeholder(&name) {
            let hint = format!("small letters, digits and underscores: \"{}\"", id::slug(&name, 40).replace('-', "_"));
            reader.error(name_span.clone(), format!("\"{name}\" cannot be a placeholder's name"), hint);
        }
        if names.contains(&name) {
            reader.error(
                name_span.clone(),
                format!("the placeholder \"{name}\" is declared twice"),
                "give one of them another name",
            );
        }
        names.push(name.clone());
        let mut span = PlaceholderSpan { name: name_span, ..PlaceholderSpan::default() };
        all.push(placeholder(reader, &table, name, &mut span));
        spans.placeholders.push(span);
    }
    all
}

fn placeholder(
    reader: &mut Reader<'_>,
    table: &Table<'_, '_>,
    name: String,
    span: &mut PlaceholderSpan,
) -> Placeholder {
    let kind = reader.word(table, "kind", PlaceholderKind::ALL, PlaceholderKind::word).unwrap_or_default();
    let choices = reader.plain_texts(table, "choices");
    let default = reader.value(table, "default");
    let default = default.map(|(value, at)| {
        span.default = at;
        value
    });
    // An empty default is none: a form would show nothing either way.
    let default = default.filter(|value| !value.is_empty());
    if kind == PlaceholderKind::Choice && choices.is_empty() {
        reader.error(
            span.name.clone(),
            format!("the choice \"{name}\" has no choices"),
            "add choices = [\"...\", \"...\"]",
        );
    }
    if kind != PlaceholderKind::Choice && !choices.is_empty() {
        reader.warning(span.name.clone(), format!("`choices` of \"{name}\" are not used"), "write kind = \"choice\"");
    }
    match (kind, &default) {
        (PlaceholderKind::Choice, Some(Value::Text(text)))
            if !choices.is_empty() && !text.contains("{{") && !choices.contains(text) =>
        {
            reader.error(
                span.default.clone(),
                format!("the default \"{text}\" is none of the choices"),
                format!("one of: {}", choices.join(", ")),
            );
        }
        (PlaceholderKind::Number, Some(Value::Number(_) | Value::Text(_)))
        | (PlaceholderKind::Flag, Some(Value::Flag(_)))
        | (PlaceholderKind::List, Some(Value::List(_)))
        | (_, None) => {}
        (PlaceholderKind::Number | PlaceholderKind::Flag | PlaceholderKind::List, Some(_)) => {
            reader.error(
                span.default.clone(),
                format!("the default of \"{name}\" is of another kind"),
                format!("a {kind} wants {}", kind.wants()),
            );
        }
        (_, Some(Value::Text(_))) => {}
        (_, Some(_)) => {
            reader.error(span.default.clone(), format!("the default of \"{name}\" is not text"), "put it in quotes");
        }
    }
    let mut spanned = |key: &str, place: &mut Range<usize>| {
        let (text, span) = reader.text_at(table, key)?;
        *place = span;
        (!text.is_empty()).then_some(text)
    };
    let pattern = spanned("pattern", &mut span.pattern);
    let show_if = spanned("show_if", &mut span.show_if);
    let (min, max) = (reader.number(table, "min"), reader.number(table, "max"));
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        reader.error(span.name.clone(), format!("`min` of \"{name}\" is more than `max`"), "");
    }
    let label = reader.text(table, "label");
    Placeholder {
        required: reader.flag(table, "required").unwrap_or(default.is_none() && kind != PlaceholderKind::Flag),
        label: if label.is_empty() { name.clone() } else { label },
        help: reader.text(table, "help"),
        example: reader.text(table, "example"),
        name,
        kind,
        default,
        choices,
        pattern,
        min,
        max,
        show_if,
    }
}
