//! Takes typed values out of a TOML tree and writes down what is wrong on the way.

use std::ops::Range;

use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::nearest::near_or;
use crate::domain::placeholder::Value;
use crate::domain::problem::Problem;

/// Most tables or texts of one list: more is no file for people, and checks compare all with all.
const MAX_ITEMS: usize = 200;

/// Most unknown keys of one table that are looked at.
const MAX_UNKNOWN: usize = 50;

/// Collects problems while values are taken out.
pub(crate) struct Reader<'p> {
    problems: &'p mut Vec<Problem>,
}

/// A table with the place of its header.
pub(crate) struct Table<'t, 'i> {
    pub(crate) map: &'t DeTable<'i>,
    pub(crate) span: Range<usize>,
    /// What it is, for messages: `a turn`.
    pub(crate) what: &'static str,
}

impl<'p> Reader<'p> {
    pub(crate) fn new(problems: &'p mut Vec<Problem>) -> Self {
        Self { problems }
    }

    /// How many problems were found so far, to tell whether a part of the file is sound.
    pub(crate) fn count_problems(&self) -> usize {
        self.problems.len()
    }

    pub(crate) fn error(&mut self, span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Problem::error(span, message, hint));
    }

    pub(crate) fn warning(&mut self, span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Problem::warning(span, message, hint));
    }

    /// Every key of `table` that is not one of `known`.
    pub(crate) fn unknown_keys(&mut self, table: &Table<'_, '_>, known: &[&str]) {
        let unknown = table.map.keys().filter(|key| !known.contains(&key.get_ref().as_ref()));
        for key in unknown.take(MAX_UNKNOWN) {
            let name = key.get_ref().as_ref();
            let hint = near_or(name, known.iter().copied(), format!("{} may have: {}", table.what, known.join(", ")));
            self.error(key.span(), format!("unknown key `{name}` in {}", table.what), hint);
        }
    }

    /// Refuses a list that is too long for people.
    fn too_long(&mut self, key: &str, count: usize, span: Range<usize>) {
        if count > MAX_ITEMS {
            let message = format!("`{key}` has {count} items; {MAX_ITEMS} are the most");
            self.error(span, message, "split the file");
        }
    }

    fn wrong_type(&mut self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let found = value.get_ref().type_str();
        self.error(value.span(), format!("`{key}` is {wanted}, not {}", with_article(found)), "");
    }

    /// The text at `key`, with its place.
    pub(crate) fn text_at(&mut self, table: &Table<'_, '_>, key: &str) -> Option<(String, Range<usize>)> {
        let value = table.map.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some((text.clone().into_owned(), value.span())),
            _ => {
                self.wrong_type(key, value, "text in quotes");
                None
            }
        }
    }

    /// The text at `key`, empty where there is none.
    pub(crate) fn text(&mut self, table: &Table<'_, '_>, key: &str) -> String {
        self.text_at(table, key).map(|(text, _)| text).unwrap_or_default()
    }

    /// The text at `key`, which must be there and say something.
    pub(crate) fn required_text(&mut self, table: &Table<'_, '_>, key: &str, hint: &str) -> (String, Range<usize>) {
        if !table.map.contains_key(key) {
            self.error(table.span.clone(), format!("`{key}` is missing in {}", table.what), hint);
            return (String::new(), table.span.clone());
        }
        let (text, span) = self.text_at(table, key).unwrap_or((String::new(), table.span.clone()));
        if text.trim().is_empty() && table.map.get(key).is_some_and(|value| value.get_ref().is_str()) {
            self.error(span.clone(), format!("`{key}` is empty"), hint);
        }
        (text, span)
    }

    pub(crate) fn number(&mut self, table: &Table<'_, '_>, key: &str) -> Option<f64> {
        let value = table.map.get(key)?;
        let number = as_number(value.get_ref());
        if number.is_none() {
            self.wrong_type(key, value, "a number");
        }
        number
    }

    pub(crate) fn count(&mut self, table: &Table<'_, '_>, key: &str) -> Option<u32> {
        let value = table.map.get(key)?;
        match value.get_ref().as_integer().and_then(|n| n.as_str().parse().ok()) {
            Some(count) => Some(count),
            None => {
                self.wrong_type(key, value, "a whole number");
                None
            }
        }
    }

    pub(crate) fn flag(&mut self, table: &Table<'_, '_>, key: &str) -> Option<bool> {
        let value = table.map.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, value, "true or false");
        }
        flag
    }

    /// The texts at `key`, each with its place.
    pub(crate) fn texts(&mut self, table: &Table<'_, '_>, key: &str) -> Vec<(String, Range<usize>)> {
        let Some(value) = table.map.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "a list of texts");
            return Vec::new();
        };
        self.too_long(key, items.len(), value.span());
        let mut texts = Vec::new();
        for item in items.iter().take(MAX_ITEMS) {
            match item.get_ref().as_str() {
                Some(text) => texts.push((text.to_owned(), item.span())),
                None => self.wrong_type(key, item, "a list of texts"),
            }
        }
        texts
    }

    pub(crate) fn plain_texts(&mut self, table: &Table<'_, '_>, key: &str) -> Vec<String> {
        self.texts(table, key).into_iter().map(|(text, _)| text).collect()
    }

    /// The value at `key`: text, number, flag or list.
    pub(crate) fn value(&mut self, table: &Table<'_, '_>, key: &str) -> Option<(Value, Range<usize>)> {
        let found = table.map.get(key)?;
        let value = match found.get_ref() {
            DeValue::String(text) => Value::Text(text.clone().into_owned()),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Array(_) => Value::List(self.plain_texts(table, key)),
            other => match as_number(other) {
                Some(number) => Value::Number(number),
                None => {
                    self.wrong_type(key, found, "text, a number, true or false, or a list of texts");
                    return None;
                }
            },
        };
        Some((value, found.span()))
    }

    /// One of a closed set of words.
    pub(crate) fn word<T: Copy>(
        &mut self,
        table: &Table<'_, '_>,
        key: &str,
        all: &[T],
        spell: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let (text, span) = self.text_at(table, key)?;
        let found = all.iter().copied().find(|value| spell(*value) == text);
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|value| spell(*value)).collect();
            let hint = near_or(&text, words.iter().copied(), format!("one of: {}", words.join(", ")));
            self.error(span, format!("`{key}` cannot be \"{text}\""), hint);
        }
        found
    }

    /// The table at `key`.
    pub(crate) fn table<'t, 'i>(
        &mut self,
        table: &Table<'t, 'i>,
        key: &str,
        what: &'static str,
    ) -> Option<Table<'t, 'i>> {
        let value = table.map.get(key)?;
        match value.get_ref().as_table() {
            Some(map) => Some(Table { map, span: value.span(), what }),
            None => {
                self.wrong_type(key, value, &format!("a table: write [{key}]"));
                None
            }
        }
    }

    /// The tables of the array at `key`.
    pub(crate) fn tables<'t, 'i>(
        &mut self,
        table: &Table<'t, 'i>,
        key: &str,
        what: &'static str,
    ) -> Vec<Table<'t, 'i>> {
        let Some(value) = table.map.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, value, &format!("a list of tables: write [[{key}]]"));
            return Vec::new();
        };
        self.too_long(key, items.len(), value.span());
        let mut tables = Vec::new();
        for item in items.iter().take(MAX_ITEMS) {
            match item.get_ref().as_table() {
                Some(map) => tables.push(Table { map, span: item.span(), what }),
                None => self.wrong_type(key, item, &format!("a list of tables: write [[{key}]]")),
            }
        }
        tables
    }
}

fn as_number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok().map(|n| n as f64),
        DeValue::Float(n) => n.as_str().parse::<f64>().ok().filter(|n| n.is_finite()),
        _ => None,
    }
}

fn with_article(kind: &str) -> String {
    match kind {
        "string" => "text".into(),
        "integer" | "array" => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}
