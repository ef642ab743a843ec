//! Words that a person wrote, made a template again.
//!
//! A value of the plan that stands in the text becomes its placeholder again, the longest first, where
//! it stands as a whole word and is not there by chance. By chance may be: a number, an answer of a
//! choice, yes or no; a text shorter than 8 characters, unless it has at least 4 and a capital letter,
//! a digit or a sign among them (`GET /x`, `v2.1`). A list counts as it is written out, with commas.
//!
//! Everything else is put so that the template yields the very same characters: what would open an
//! expression is written as one (`{{ "{{" }}`). White space at the end goes, as in every template.

use crate::domain::placeholder::{PlaceholderKind, Value};
use crate::domain::plan::Plan;
use crate::domain::template;

/// A text of this many characters is taken for more than chance.
const TELLING: usize = 8;

/// So is one of this many, if it is no plain word.
const TELLING_IF_ODD: usize = 4;

/// A stretch of a text.
enum Piece<'t> {
    Words(&'t str),
    /// A value, by the name of its placeholder.
    Value(&'t str),
}

/// A template that yields `text` with the plan's values. Of two placeholders with one value, that is
/// taken which the template `before` used.
pub(super) fn template_of(plan: &Plan, text: &str, before: &str) -> String {
    let values = values(plan, before);
    let mut pieces = vec![Piece::Words(text.trim_end())];
    for (name, value) in &values {
        pieces = pieces.into_iter().flat_map(|piece| parted(piece, name, value)).collect();
    }
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Words(words) => literal(&mut out, words, matches!(pieces.get(at + 1), Some(Piece::Value(_)))),
            Piece::Value(name) => out += &format!("{{{{ {name} }}}}"),
        }
    }
    out
}

/// The values that may be told in a text, each with its placeholder's name, the longest first.
fn values(plan: &Plan, before: &str) -> Vec<(String, String)> {
    let used = template::names(before).unwrap_or_default();
    let shown = plan.shown_values();
    let mut values: Vec<(bool, String, String)> = plan
        .strategy
        .placeholders
        .iter()
        .filter_map(|placeholder| {
            let text = match (placeholder.kind, shown.get(&placeholder.name)?) {
                (PlaceholderKind::Choice | PlaceholderKind::Number | PlaceholderKind::Flag, _)
                | (_, Value::Flag(_) | Value::Number(_)) => return None,
                (_, value) => value.to_string(),
            };
            let was_used = used.iter().any(|(name, _)| *name == placeholder.name);
            is_telling(&text).then(|| (was_used, placeholder.name.clone(), text))
        })
        .collect();
    values.sort_by_key(|(was_used, _, text)| (std::cmp::Reverse(text.len()), !was_used));
    values.into_iter().map(|(_, name, text)| (name, text)).collect()
}

/// Whether a value that is found in a text was meant there.
fn is_telling(value: &str) -> bool {
    let value = value.trim();
    let length = value.chars().count();
    let is_figure = value.replace(['%', ',', '_', ' '], "").parse::<f64>().is_ok();
    let is_odd = value.chars().any(|c| !c.is_lowercase() && !c.is_whitespace());
    value.chars().any(char::is_alphanumeric)
        && !is_figure
        && (length >= TELLING || (length >= TELLING_IF_ODD && is_odd))
}

/// Words cut at every place where `value` stands in them as a whole.
fn parted<'t>(piece: Piece<'t>, name: &'t str, value: &str) -> Vec<Piece<'t>> {
    let Piece::Words(words) = piece else { return vec![piece] };
    let (mut pieces, mut from, mut look) = (Vec::new(), 0, 0);
    while let Some(at) = words[look..].find(value).map(|at| at + look) {
        let end = at + value.len();
        if is_whole(words, at, end) {
            pieces.push(Piece::Words(&words[from..at]));
            pieces.push(Piece::Value(name));
            (from, look) = (end, end);
        } else {
            look = at + words[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    pieces.push(Piece::Words(&words[from..]));
    pieces.retain(|piece| !matches!(piece, Piece::Words("")));
    pieces
}

/// Whether no word goes on across either end.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let inside = &text[start..end];
    !(part(text[..start].chars().next_back()) && part(inside.chars().next())
        || part(text[end..].chars().next()) && part(inside.chars().next_back()))
}

/// Words as a template that yields them. A brace before a value would become part of its opening.
fn literal(out: &mut String, words: &str, before_value: bool) {
    let mut rest = words;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let braces = rest[at..].chars().take_while(|c| *c == '{').count();
        let after = &rest[at + braces..];
        let opens = braces > 1 || after.starts_with(['%', '#']) || (after.is_empty() && before_value);
        let braces = &rest[at..at + braces];
        if opens {
            *out += &format!("{{{{ \"{braces}\" }}}}")
        } else {
            out.push_str(braces)
        }
        rest = after;
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_chance_stays_as_it_is() {
        for value in ["5", "yes", "high", "main", "1,000", "95 %", "orders", "--------", "x.y", ""] {
            assert!(!is_telling(value), "{value:?}");
        }
        for value in ["GET /x", "v2.1", "the login", "README.md", "日本語のログ", "payments"] {
            assert!(is_telling(value), "{value:?}");
        }
    }

    #[test]
    fn only_whole_words_are_values() {
        let parts = |text| {
            let pieces = parted(Piece::Words(text), "name", "src/a.rs");
            let shown = |piece: &Piece<'_>| match piece {
                Piece::Words(words) => (*words).to_owned(),
                Piece::Value(_) => "|".to_owned(),
            };
            pieces.iter().map(shown).collect::<String>()
        };
        assert_eq!(parts("src/a.rs, (src/a.rs) src/a.rs2 xsrc/a.rs"), "|, (|) src/a.rs2 xsrc/a.rs");
    }

    #[test]
    fn braces_that_would_open_something_are_written_as_text() {
        let written = |words: &str, before_value| {
            let mut out = String::new();
            literal(&mut out, words, before_value);
            out
        };
        assert_eq!(written("{ a } {{ b }} {%", false), "{ a } {{ \"{{\" }} b }} {{ \"{\" }}%");
        assert_eq!(written("$", true), "$");
        assert_eq!(written("${", true), "${{ \"{\" }}");
    }
}
