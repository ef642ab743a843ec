//! `config.toml`: what is wrong in it is reported, and what is right in it holds all the same.

use std::path::PathBuf;

use toml::de::{DeTable, DeValue};

use crate::domain::problem::{self, Problem};
use crate::domain::settings::{Clipboard, Glyphs, KeySetting, Settings, Theme};
use crate::domain::toml_parts::{MAX_PARTS, complaint, excess, excess_message};
use crate::domain::toml_reader::{Reader, Table};

mod review;

use super::files::{self, Links};
use super::{ErrorCode, Store};

/// Largest settings file read.
const MAX: u64 = 1024 * 1024;

/// Most slips reported: nobody reads more, and each one's place is looked for in the text.
const MAX_SLIPS: usize = 50;

const KNOWN: &[&str] = &[
    "accessible",
    "theme",
    "glyphs",
    "mouse",
    "bell",
    "notify",
    "clipboard",
    "send",
    "send_output_limit",
    "editor",
    "review",
    "keys",
];

/// The settings with what was found in their file.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingsFile {
    pub settings: Settings,
    /// What is wrong, in the order of the text.
    pub problems: Vec<Problem>,
    /// The file's text, for reports on it; empty where there is no file.
    pub text: String,
    /// The file, whether it exists or not.
    pub path: PathBuf,
}

impl Store {
    /// The user's settings. A missing file is none; what is wrong in a file is reported, the rest holds.
    pub fn settings(&self) -> SettingsFile {
        let path = self.dirs().settings();
        match files::read_text(&path, MAX, Links::Followed) {
            Ok(text) => {
                let (settings, problems) = read(&text);
                SettingsFile { settings, problems, text, path }
            }
            Err(error) => {
                let missing = error.code == ErrorCode::NotFound;
                let problem = (!missing).then(|| Problem::error(0..0, error.message, error.hint));
                SettingsFile {
                    settings: Settings::default(),
                    problems: problem.into_iter().collect(),
                    text: String::new(),
                    path,
                }
            }
        }
    }
}

/// Reads the text of `config.toml`.
pub fn read(text: &str) -> (Settings, Vec<Problem>) {
    if let Some(at) = excess(text, MAX_PARTS) {
        let hint = "it is left as it is; move it away, or take out what is not yours";
        return (Settings::default(), vec![Problem::error(at..at, excess_message(MAX_PARTS), hint)]);
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    let syntax = |error: &toml::de::Error| {
        let (message, span) = complaint(text, error);
        Problem::error(span, message, "")
    };
    let mut slips: Vec<Problem> = errors.iter().take(MAX_SLIPS).map(syntax).collect();
    // One slip makes the parser stumble several times over its line.
    slips.dedup_by_key(|problem| problem::position(text, problem.span.start).line);
    let mut problems = Vec::new();
    let mut reader = Reader::new(&mut problems);
    let top = Table { map: document.get_ref(), span: 0..0, what: "the settings" };
    let settings = settings(&mut reader, &top);
    if !slips.is_empty() {
        // Values without a place are guesses of the parser after such a slip.
        problems.retain(|problem| !problem.span.is_empty());
    }
    problems.append(&mut slips);
    problems.sort_by_key(|problem| problem.span.start);
    (settings, problems)
}

fn settings(reader: &mut Reader<'_>, top: &Table<'_, '_>) -> Settings {
    let default = Settings::default();
    reader.unknown_keys(top, KNOWN);
    Settings {
        accessible: reader.flag(top, "accessible").unwrap_or(default.accessible),
        theme: reader.word(top, "theme", Theme::ALL, Theme::word).unwrap_or(default.theme),
        glyphs: reader.word(top, "glyphs", Glyphs::ALL, Glyphs::word).unwrap_or(default.glyphs),
        mouse: reader.flag(top, "mouse").unwrap_or(default.mouse),
        bell: reader.flag(top, "bell").unwrap_or(default.bell),
        notify: reader.flag(top, "notify").unwrap_or(default.notify),
        clipboard: reader.word(top, "clipboard", Clipboard::ALL, Clipboard::word).unwrap_or(default.clipboard),
        send: command(reader, top, "send", false),
        send_output_limit: reader.count(top, "send_output_limit").map_or(default.send_output_limit, u64::from),
        editor: command(reader, top, "editor", true),
        review: reader.table(top, "review", "the review").map_or(default.review, |table| review::read(reader, &table)),
        keys: reader.table(top, "keys", "the keys").map_or_else(Vec::new, |keys| contexts(reader, &keys)),
    }
}

/// A program with its arguments: a list of texts; one text, split at spaces, where `plain` allows it.
fn command(reader: &mut Reader<'_>, top: &Table<'_, '_>, key: &str, plain: bool) -> Vec<String> {
    let Some(value) = top.map.get(key) else { return Vec::new() };
    if let (true, Some(text)) = (plain, value.get_ref().as_str()) {
        return text.split_whitespace().map(Into::into).collect();
    }
    if value.get_ref().is_str() {
        let hint = format!("no shell takes it apart; write {key} = [\"program\", \"argument\"]");
        reader.error(value.span(), format!("`{key}` is a list: the program, then each argument"), hint);
        return Vec::new();
    }
    let before = reader.count_problems();
    let words = reader.plain_texts(top, key);
    if reader.count_problems() > before {
        // Half a command is another command.
        return Vec::new();
    }
    if words.first().is_some_and(|program| program.trim().is_empty()) {
        reader.error(value.span(), format!("`{key}` names no program"), "the first text is the program");
        return Vec::new();
    }
    words
}

/// `[keys.<context>]`.
fn contexts(reader: &mut Reader<'_>, keys: &Table<'_, '_>) -> Vec<KeySetting> {
    let mut settings = Vec::new();
    for name in keys.map.keys().map(|key| key.get_ref().as_ref()) {
        if let Some(context) = reader.table(keys, name, "a context of keys") {
            actions(reader, name, &context, &mut settings);
        }
    }
    settings.sort_by_key(|setting| setting.span.start);
    settings
}

/// `action = "key"` or `action = ["key", ...]`.
fn actions(reader: &mut Reader<'_>, context: &str, table: &Table<'_, '_>, settings: &mut Vec<KeySetting>) {
    for (key, value) in table.map {
        let action = key.get_ref().as_ref();
        let before = reader.count_problems();
        let keys = match value.get_ref() {
            DeValue::String(one) => vec![(one.clone().into_owned(), value.span())],
            DeValue::Array(_) => reader.texts(table, action),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Table(_) => {
                reader.error(
                    value.span(),
                    format!("`{action}` is a key or a list of keys"),
                    "for example done = \"d\" or done = [\"d\", \"ctrl-d\"]",
                );
                Vec::new()
            }
        };
        if reader.count_problems() == before {
            settings.push(KeySetting { context: context.into(), action: action.into(), keys, span: key.span() });
        }
    }
}
