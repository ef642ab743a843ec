//! Strategies in JSON: always with `sessions`, and beside the keys of the file where it comes from.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::library::{Entry, Source};
use crate::domain::problem::{self, Severity, position};
use crate::domain::review::Rule;
use crate::domain::strategy::Strategy;

use super::plans::written;
use super::{Document, named};

/// The strategies at hand. Beside them the files that cannot be used.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Strategies<'s> {
    /// The strategies, each with the keys of its file and where it comes from.
    items: Vec<Item<'s>>,
    /// Files that cannot be used.
    broken: Vec<BrokenStrategy>,
}

impl Document for Strategies<'_> {
    const SCHEMA: &'static str = "setlist.strategies/1";
}

/// A strategy in a list.
#[derive(Debug, Serialize, JsonSchema)]
struct Item<'s> {
    #[serde(flatten)]
    strategy: &'s Strategy,
    #[serde(flatten)]
    origin: Origin,
}

/// One strategy, and where it comes from.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StrategyDocument<'s> {
    /// The strategy with the keys of its file.
    strategy: &'s Strategy,
    #[serde(flatten)]
    origin: Origin,
}

impl Document for StrategyDocument<'_> {
    const SCHEMA: &'static str = "setlist.strategy/1";
}

/// Where a strategy comes from.
#[derive(Debug, Serialize, JsonSchema)]
struct Origin {
    /// The place.
    source: Source,
    /// The file; null for a built-in one.
    path: Option<String>,
    /// The pack that it is part of.
    pack: Option<String>,
    /// The strategy that the file extends.
    extends: Option<String>,
    /// Places with a strategy of the same id that this one hides.
    hides: Vec<Source>,
}

/// A strategy file that cannot be used, with what is wrong.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BrokenStrategy {
    /// The file's name without `.toml`.
    id: String,
    /// The place.
    source: Source,
    /// The file.
    path: Option<String>,
    /// What is wrong with it.
    problems: Vec<Problem>,
}

/// What was found in strategy files.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Problems {
    /// The findings, file by file.
    pub items: Vec<Problem>,
}

impl Document for Problems {
    const SCHEMA: &'static str = "setlist.problems/1";
}

/// A finding in a file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Problem {
    /// The file.
    file: String,
    /// The line, from 1.
    line: usize,
    /// The column, from 1.
    column: usize,
    /// Whether it keeps the file from being used.
    severity: Severity,
    /// What is wrong.
    message: String,
    /// What to do.
    hint: Option<String>,
    /// The rule of the review that found it, where one did.
    rule: Option<Rule>,
}

/// The strategies of `usable` entries, and what is wrong with the `broken` ones.
pub fn strategies<'s>(usable: &[(&Entry, &'s Strategy)], broken: &[&Entry]) -> Strategies<'s> {
    Strategies {
        items: usable.iter().map(|(entry, strategy)| Item { strategy, origin: origin(entry) }).collect(),
        broken: broken.iter().map(|entry| broken_strategy(entry)).collect(),
    }
}

/// One strategy, always with `sessions`, and beside it where it comes from.
pub fn strategy<'s>(strategy: &'s Strategy, entry: &Entry) -> StrategyDocument<'s> {
    StrategyDocument { strategy, origin: origin(entry) }
}

fn origin(entry: &Entry) -> Origin {
    Origin {
        source: entry.source,
        path: entry.path.as_deref().map(written),
        pack: entry.pack.clone(),
        extends: entry.extends.clone(),
        hides: entry.hides.clone(),
    }
}

fn broken_strategy(entry: &Entry) -> BrokenStrategy {
    let path = entry.path.as_deref().map(written);
    let file = path.clone().unwrap_or_else(|| entry.id.clone());
    let problems = entry.problems.iter().map(|found| problem(&file, &entry.text, found));
    BrokenStrategy { id: entry.id.clone(), source: entry.source, problems: problems.collect(), path }
}

/// A finding in the file `file` with this text.
pub fn problem(file: &str, text: &str, problem: &problem::Problem) -> Problem {
    let at = position(text, problem.span.start);
    Problem {
        file: file.into(),
        line: at.line,
        column: at.column,
        severity: problem.severity,
        message: problem.message.clone(),
        hint: named(&problem.hint),
        rule: problem.rule,
    }
}
