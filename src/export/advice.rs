//! Advice as JSON: the situation, every strategy with its reason, and the shape of the work.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::advice::{self, Advice, Aspect, Grade, Ranked, Shape};
use crate::domain::library::{Library, Source};
use crate::domain::strategy::Strategy;

use super::json::Document;

/// Which strategy fits, and why.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AdviceDocument {
    /// Every strategy, the best first.
    items: Vec<Item>,
    /// The situation that was told; null for a question that is open.
    situation: Situation,
    /// What shape the work wants.
    shape: Shape,
}

impl Document for AdviceDocument {
    const SCHEMA: &'static str = "setlist.advice/1";
}

/// A strategy with how well it fits.
#[derive(Debug, Serialize, JsonSchema)]
struct Item {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// The group it is listed in.
    category: Option<String>,
    /// Where it comes from.
    source: Option<Source>,
    /// From 0 to 100; 50 says nothing either way.
    score: u8,
    /// The same in words.
    grade: Grade,
    /// Why, in one sentence.
    reason: String,
    /// The questions whose answers it is made for.
    matches: Vec<Aspect>,
    /// The questions whose answers it is not made for.
    misses: Vec<Aspect>,
    /// How many sessions it has.
    sessions: Option<usize>,
    /// How many turns.
    turns: Option<usize>,
    /// How many gates.
    gates: Option<usize>,
    /// Its budget, such as `2h-4h`.
    budget: Option<String>,
}

/// The five questions; null where one is open.
#[derive(Debug, Serialize, JsonSchema)]
struct Situation {
    /// Whether there is code already: `new` or `existing`.
    codebase: Option<String>,
    /// How much code changes: `small`, `medium` or `large`.
    scope: Option<String>,
    /// Whether the parts depend on each other: `independent` or `coupled`.
    dependencies: Option<String>,
    /// The damage of a wrong approach: `low`, `medium` or `high`.
    risk: Option<String>,
    /// How hard correctness is to prove: `easy`, `medium` or `hard`.
    validation: Option<String>,
}

/// The advice; `library` is what was ranked.
pub fn document(advice: &Advice, library: &Library) -> AdviceDocument {
    AdviceDocument {
        items: advice.ranked.iter().map(|ranked| item(ranked, library)).collect(),
        situation: situation(advice.situation),
        shape: advice.shape.clone(),
    }
}

fn item(ranked: &Ranked, library: &Library) -> Item {
    let entry = library.entry(&ranked.id);
    let strategy = entry.and_then(|entry| entry.strategy.as_deref());
    Item {
        id: ranked.id.clone(),
        title: ranked.title.clone(),
        category: strategy.map(|strategy| strategy.category.clone()),
        source: entry.map(|entry| entry.source),
        score: ranked.score,
        grade: ranked.grade,
        reason: ranked.reason.clone(),
        matches: ranked.matches.clone(),
        misses: ranked.misses.clone(),
        sessions: strategy.map(|strategy| strategy.sessions.len()),
        turns: strategy.map(|strategy| strategy.turns().count()),
        gates: strategy.map(Strategy::gates),
        budget: strategy.and_then(Strategy::budget).map(|budget| budget.short()),
    }
}

fn situation(situation: advice::Situation) -> Situation {
    let word = |aspect| situation.word(aspect).map(Into::into);
    Situation {
        codebase: word(Aspect::Codebase),
        scope: word(Aspect::Scope),
        dependencies: word(Aspect::Dependencies),
        risk: word(Aspect::Risk),
        validation: word(Aspect::Validation),
    }
}
