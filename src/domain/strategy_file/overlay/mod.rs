//! Files that extend a strategy: what such a file says is laid over its base.
//!
//! The two trees are merged, not the texts, so that every value keeps its place in the overlay; what
//! comes from the base has the place of `extends`.

mod apply;
mod lists;
mod remove;

use std::ops::Range;

use serde::Deserialize as _;
use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::problem::Problem;
use crate::domain::review::Thresholds;
use crate::domain::strategy::MAX_BYTES;
use crate::domain::toml_parts::{MAX_PARTS, excess};
use crate::domain::toml_reader::{Reader, Table};

use super::spans::Spans;
use super::{Read, check, finish, inside, lint, review, sections, syntax, too_much};

/// What a file says about being an overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extends {
    /// The id of the strategy it extends.
    pub base: String,
    /// Its own id; empty where it has none.
    pub id: String,
    /// Where the base is named.
    pub span: Range<usize>,
}

/// A file laid over its base.
#[derive(Debug, Clone)]
pub struct Merged {
    /// The strategy that came of it, and what is wrong with the overlay.
    pub read: Read,
    /// The whole strategy as a file, for what extends it in turn; empty where it cannot be used.
    pub text: String,
}

/// What a file extends; nothing for one that stands by itself.
pub fn extends(text: &str) -> Option<Extends> {
    // Most files extend nothing, and a library may be large.
    if !text.contains("extends") || text.len() as u64 > MAX_BYTES || excess(text, MAX_PARTS).is_some() {
        return None;
    }
    let (document, _) = DeTable::parse_recoverable(text);
    let map = document.get_ref();
    let base = map.get("extends")?;
    let word = |value: &Spanned<DeValue<'_>>| value.get_ref().as_str().unwrap_or_default().to_owned();
    Some(Extends { base: word(base), id: map.get("id").map(word).unwrap_or_default(), span: base.span() })
}

/// Reads the overlay `text` over the whole text of its base, and checks what comes of it.
///
/// `stem` is the overlay's file name without `.toml`, to compare with the id; `thresholds` ask for
/// warnings of anti-patterns too.
pub fn check_over(base: &str, text: &str, stem: Option<&str>, thresholds: Option<&Thresholds>) -> Merged {
    let unusable = |problems: Vec<Problem>| {
        let read = finish(text, (None, problems, Spans::default()));
        Merged { read, text: String::new() }
    };
    if text.len() as u64 > MAX_BYTES {
        return unusable(vec![Problem::error(0..0, "the file is larger than 1 MiB", "split it")]);
    }
    if let Some(at) = excess(text, MAX_PARTS) {
        return unusable(vec![too_much(at)]);
    }
    let (over, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return unusable(errors.iter().map(|error| syntax(text, error)).collect());
    }
    let mut problems = Vec::new();
    let mut reader = Reader::new(&mut problems);
    let top = Table { map: over.get_ref(), span: 0..0, what: "a strategy" };
    let named = reader.required_text(&top, "extends", "the id of the strategy that this file changes");
    reader.required_text(&top, "id", "the base's to stand in its place, or one of its own");
    sections::schema(&mut reader, &top);
    let base = if excess(base, MAX_PARTS).is_some() { "" } else { base };
    let (base_table, base_errors) = DeTable::parse_recoverable(base);
    if !base_errors.is_empty() {
        reader.error(named.1.clone(), format!("\"{}\" cannot be read", named.0), "mend it first");
    }
    if !problems.is_empty() {
        return unusable(problems);
    }
    let place = named.1;
    let mut merged = base_table.into_inner();
    put_at(&mut merged, &place);
    apply::apply(&mut Reader::new(&mut problems), &mut merged, over.into_inner(), &named.0);
    if problems.iter().any(Problem::is_error) {
        return unusable(problems);
    }
    whole(&Sides { text, base, name: &named.0, place: &place }, merged, stem, thresholds)
}

/// What is merged.
struct Sides<'s> {
    text: &'s str,
    base: &'s str,
    /// The base's id.
    name: &'s str,
    /// Where the overlay names it.
    place: &'s Range<usize>,
}

/// Checks the merged tree as any other strategy.
fn whole(sides: &Sides<'_>, merged: DeTable<'_>, stem: Option<&str>, thresholds: Option<&Thresholds>) -> Merged {
    let Sides { text, base, name, place } = *sides;
    let mut problems = Vec::new();
    let document = Spanned::new(0..text.len(), merged);
    let (strategy, spans) = sections::strategy(&mut Reader::new(&mut problems), &document, stem);
    super::check::check(text, &strategy, &spans, &mut problems);
    if let Some(thresholds) = thresholds.filter(|_| !problems.iter().any(Problem::is_error)) {
        review::warn(&strategy, &spans, thresholds, &mut problems);
    }
    let from_base = |problem: &Problem| {
        let span = inside(text, &problem.span);
        span == (0..0) || (span.start >= place.start && span.end <= place.end)
    };
    // What the author of the base should look at is said of the base.
    if problems.iter().any(|problem| !problem.is_error() && from_base(problem)) {
        let known = thresholds.map_or_else(|| check(base, None), |by| lint(base, None, by)).problems;
        problems.retain(|found| found.is_error() || known.iter().all(|other| other.message != found.message));
    }
    for problem in problems.iter_mut().filter(|problem| from_base(problem)) {
        problem.message = format!("with \"{name}\" merged: {}", problem.message);
        problem.span = place.clone();
    }
    problems.dedup();
    let mut merged_text = String::new();
    match as_text(document) {
        Ok(whole) if whole.len() as u64 > MAX_BYTES => {
            let message = format!("with \"{name}\" merged, the strategy is larger than 1 MiB");
            problems.push(Problem::error(place.clone(), message, "extend less"));
        }
        Ok(whole) => merged_text = whole,
        Err(message) => problems.push(Problem::error(place.clone(), message, "")),
    }
    let read = finish(text, (Some(strategy), problems, spans));
    let text = if read.strategy.is_some() { merged_text } else { String::new() };
    Merged { read, text }
}

/// The tree written as a file.
fn as_text(document: Spanned<DeTable<'_>>) -> Result<String, String> {
    let table = toml::Table::deserialize(toml::Deserializer::from(document)).map_err(|error| error.to_string())?;
    toml::to_string(&table).map_err(|error| error.to_string())
}

/// Gives everything in `table` one place.
fn put_at(table: &mut DeTable<'_>, place: &Range<usize>) {
    for (mut key, mut value) in std::mem::take(table) {
        key = Spanned::new(place.clone(), key.into_inner());
        value = put_value_at(value, place);
        table.insert(key, value);
    }
}

fn put_value_at<'i>(value: Spanned<DeValue<'i>>, place: &Range<usize>) -> Spanned<DeValue<'i>> {
    let inner = match value.into_inner() {
        DeValue::Table(mut table) => {
            put_at(&mut table, place);
            DeValue::Table(table)
        }
        DeValue::Array(items) => DeValue::Array(items.into_iter().map(|item| put_value_at(item, place)).collect()),
        plain @ (DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)) => plain,
    };
    Spanned::new(place.clone(), inner)
}

#[cfg(test)]
mod tests;
