//! What scripts read: documents in JSON. Keys are added, never renamed.
//!
//! A list is `{"schema": "setlist.<plural>/1", "items": [...]}`; one thing is
//! `{"schema": "setlist.<singular>/1", "<singular>": {...}}`, with the keys of its file. Each document is
//! a type, and its JSON Schema is made of that type (`export::schemas`).

mod conflicts;
mod error;
mod plan;
mod plans;
mod program;
mod prompts;
mod report;
mod strategies;

pub use conflicts::{ConflictDocument, Conflicts, compared, conflicts};
pub use error::{ErrorDocument, error};
pub use plan::{PlanDocument, gone, plan};
pub use plans::{Plans, plans};
pub use program::{
    Check, Checks, PathDocument, Revision, Revisions, SettingsDocument, Status, StatusDocument, path, settings,
};
pub use prompts::{Prompt, PromptDocument, Prompts};
pub use report::report;
pub use strategies::{BrokenStrategy, Problem, Problems, Strategies, StrategyDocument, problem, strategies, strategy};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::domain::untrusted::shown;

/// What a command prints under `--json`: an object whose key `schema` says which one it is.
pub trait Document: Serialize {
    /// The value of that key, such as `setlist.plan/1`.
    const SCHEMA: &'static str;
}

/// A document as a value, `schema` first.
pub fn value<D: Document>(document: &D) -> Result<Value, serde_json::Error> {
    let mut all = Map::new();
    all.insert("schema".into(), D::SCHEMA.into());
    if let Value::Object(body) = serde_json::to_value(document)? {
        all.extend(body);
    }
    Ok(Value::Object(all))
}

/// JSON as text. Characters that would command a terminal or hide from a reader are written as `\u`
/// escapes: the same JSON, safe to look at.
pub fn text(value: &Value) -> String {
    escape(&format!("{value:#}"))
}

/// As [`text`], on one line.
pub fn line(value: &Value) -> String {
    escape(&value.to_string())
}

fn escape(plain: &str) -> String {
    if plain.is_ascii() && !plain.contains('\u{7f}') {
        return plain.to_owned();
    }
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        if c == '\n' || shown(c.encode_utf8(&mut [0; 4])).len() == c.len_utf8() {
            out.push(c);
        } else {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    out
}

/// A text; nothing where it is empty.
pub(super) fn named(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_or_commands_is_escaped_and_reads_back_the_same() {
        let value = serde_json::json!({ "title": "a\u{1b}[2J\u{9b}1m\u{202e}\u{e0041}\u{7f} 日本 é" });
        let text = text(&value);
        assert!(text.contains(r"\u001b[2J\u009b1m\u202e\udb40\udc41\u007f 日本 é"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
