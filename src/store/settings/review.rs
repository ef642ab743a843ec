//! `[review]` of `config.toml`: which rules are looked for, and from where on they speak.

use std::ops::RangeInclusive;

use crate::domain::nearest::near_or_all;
use crate::domain::review::{Rule, Thresholds};
use crate::domain::toml_reader::{Reader, Table};

/// Most of anything that is counted; more is a slip.
const MOST: u32 = 10_000;

/// Rules with thresholds of their own, and what those are called.
const OWN: &[(Rule, &[&str])] = &[
    (Rule::EverythingSession, &["goals", "hours", "turns", "implement_turns"]),
    (Rule::ScopeCreep, &["added_goals", "added_turns"]),
    (Rule::BudgetExceeded, &["percent"]),
    (Rule::ParallelOverlap, &["percent"]),
];

/// Reads `[review]`; what is wrong is reported, and its default holds.
pub(super) fn read(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Thresholds {
    let mut known = vec!["off", "claims"];
    known.extend(OWN.iter().map(|(rule, _)| rule.word()));
    reader.unknown_keys(table, &known);
    let mut read = Thresholds { off: off(reader, table), ..Thresholds::default() };
    // An empty list is a list: nothing is pointed at then.
    if table.map.contains_key("claims") {
        read.claims = reader.plain_texts(table, "claims");
    }
    for (rule, keys) in OWN {
        let Some(own) = reader.table(table, rule.word(), "the thresholds of a rule") else { continue };
        reader.unknown_keys(&own, keys);
        for key in *keys {
            let (place, range) = threshold(&mut read, *rule, key);
            if let Some(count) = count(reader, &own, key, range) {
                *place = count;
            }
        }
    }
    read
}

/// What a key sets, and from where to where.
fn threshold<'t>(read: &'t mut Thresholds, rule: Rule, key: &str) -> (&'t mut u32, RangeInclusive<u32>) {
    match (rule, key) {
        // One goal is what a session is for.
        (Rule::EverythingSession, "goals") => (&mut read.goals, 2..=MOST),
        (Rule::EverythingSession, "hours") => (&mut read.hours, 1..=MOST),
        (Rule::EverythingSession, "turns") => (&mut read.turns, 1..=MOST),
        (Rule::ScopeCreep, "added_goals") => (&mut read.added_goals, 1..=MOST),
        (Rule::ScopeCreep, _) => (&mut read.added_turns, 1..=MOST),
        (Rule::BudgetExceeded, _) => (&mut read.budget_percent, 0..=MOST),
        (Rule::ParallelOverlap, _) => (&mut read.overlap_percent, 1..=100),
        (Rule::EverythingSession | Rule::ValidationLight | Rule::IrreversibleStep | Rule::DiscoveryMissing, _) => {
            (&mut read.implement_turns, 1..=MOST)
        }
    }
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

fn count(reader: &mut Reader<'_>, table: &Table<'_, '_>, key: &str, range: RangeInclusive<u32>) -> Option<u32> {
    let count = reader.count(table, key)?;
    if range.contains(&count) {
        return Some(count);
    }
    let span = table.map.get(key).map_or(table.span.clone(), toml::Spanned::span);
    let (least, most) = (range.start(), range.end());
    reader.error(span, format!("`{key}` cannot be {count}"), format!("it takes {least} to {most}"));
    None
}
