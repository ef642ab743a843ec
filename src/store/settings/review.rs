//! `[review]` of `config.toml`: which rules are looked for, and from where on they speak.

use crate::domain::nearest::near_or_all;
use crate::domain::review::{Rule, Threshold, Thresholds};
use crate::domain::toml_reader::{Reader, Table};

/// Reads `[review]`; what is wrong is reported, and its default holds.
pub(super) fn read(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Thresholds {
    let mut known = vec!["off", "claims"];
    known.extend(Rule::ALL.iter().filter(|rule| !rule.thresholds().is_empty()).map(|rule| rule.word()));
    reader.unknown_keys(table, &known);
    let mut read = Thresholds { off: off(reader, table), ..Thresholds::default() };
    // An empty list is a list: nothing is pointed at then.
    if table.map.contains_key("claims") {
        read.claims = reader.plain_texts(table, "claims");
    }
    for rule in Rule::ALL.iter().filter(|rule| !rule.thresholds().is_empty()) {
        let Some(own) = reader.table(table, rule.word(), "the thresholds of a rule") else { continue };
        reader.unknown_keys(&own, &rule.thresholds().iter().map(|threshold| threshold.key).collect::<Vec<_>>());
        for threshold in rule.thresholds() {
            if let Some(count) = count(reader, &own, threshold) {
                *(threshold.place)(&mut read) = count;
            }
        }
    }
    read
}

fn off(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Vec<Rule> {
    let mut off = Vec::new();
    for (word, span) in reader.texts(table, "off") {
        match Rule::from_word(&word) {
            Some(rule) => off.push(rule),
            None => {
                let hint = near_or_all(&word, Rule::ALL.iter().map(|rule| rule.word()));
                reader.error(span, format!("there is no rule `{word}`"), hint);
            }
        }
    }
    off
}

fn count(reader: &mut Reader<'_>, table: &Table<'_, '_>, threshold: &Threshold) -> Option<u32> {
    let Threshold { key, least, most, .. } = threshold;
    let count = reader.count(table, key)?;
    if (*least..=*most).contains(&count) {
        return Some(count);
    }
    let span = table.map.get(*key).map_or(table.span.clone(), toml::Spanned::span);
    reader.error(span, format!("`{key}` cannot be {count}"), format!("it takes {least} to {most}"));
    None
}
