//! Which strategy fits: a situation and the strategies at hand in, a ranking with reasons out.
//!
//! A strategy is measured by its `[fit]` and by how it is built: its sessions, gates, kinds of turns,
//! metrics and budget. The weights are this program's own; the variables and what they decide are the
//! guide's (scope, dependencies, risk, difficulty of validation, new or existing code).

mod assess;
mod build;
mod reason;
mod shape;
mod situation;

use std::collections::BTreeMap;

pub use shape::{Sessions, Shape};
pub use situation::{ANY, Aspect, Dependencies, Risk, Scope, Situation, Validation};

use assess::{Assessment, Standing, assess};
use build::Build;

use super::strategy::Strategy;
use super::words::words;

words! {
    /// How well a strategy fits, in words.
    Grade:
    /// Not made for it.
    #[default] Hardly = "hardly fits",
    /// For some of it.
    Partly = "fits in part",
    /// For most of it.
    Fits = "fits",
    /// Made for it.
    Well = "fits well",
}

impl Grade {
    /// The grade of a score; what misses an answer does not fit well, whatever else speaks for it.
    fn of(score: u8, misses: usize) -> Self {
        match (score, misses) {
            (0..40, _) => Self::Hardly,
            (40..62, _) => Self::Partly,
            (78.., 0) => Self::Well,
            (62.., _) => Self::Fits,
        }
    }
}

/// A strategy, ranked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    pub id: String,
    pub title: String,
    /// From 0 to 100; 50 says nothing either way.
    pub score: u8,
    /// The same in words.
    pub grade: Grade,
    /// Why, in one sentence.
    pub reason: String,
    /// The answers that it is made for.
    pub matches: Vec<Aspect>,
    /// The answers that it is not made for.
    pub misses: Vec<Aspect>,
}

/// What is advised.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advice {
    /// For which situation.
    pub situation: Situation,
    /// Every strategy, the best first; those that fit alike in the order in which they were given.
    pub ranked: Vec<Ranked>,
    /// What shape the work wants.
    pub shape: Shape,
}

/// Ranks `strategies` by how well they fit `situation`.
pub fn advise<'s>(situation: Situation, strategies: impl IntoIterator<Item = &'s Strategy>) -> Advice {
    let mut found: Vec<(&Strategy, Build, Assessment)> = strategies
        .into_iter()
        .map(|strategy| {
            let build = Build::of(strategy);
            let assessment = assess(situation, strategy, &build);
            (strategy, build, assessment)
        })
        .collect();
    found.sort_by_key(|(_, _, assessment)| std::cmp::Reverse(assessment.score));
    let order: Vec<&Strategy> = found.iter().map(|(strategy, _, _)| *strategy).collect();
    Advice { situation, ranked: told(situation, &found), shape: shape::shape(situation, &order) }
}

/// Each with its sentence. Where two would read alike, the size tells them apart.
fn told(situation: Situation, found: &[(&Strategy, Build, Assessment)]) -> Vec<Ranked> {
    let say = |(strategy, build, assessment): &(&Strategy, Build, Assessment), size| {
        reason::sentence(situation, strategy, build, assessment, size)
    };
    let plain: Vec<String> = found.iter().map(|one| say(one, false)).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for sentence in &plain {
        *times.entry(sentence).or_default() += 1;
    }
    let reasons = found.iter().zip(&plain).map(|(one, sentence)| {
        if times.get(sentence.as_str()).is_some_and(|times| *times > 1) { say(one, true) } else { sentence.clone() }
    });
    let ranked = reasons.zip(found).map(|(reason, (strategy, _, assessment))| {
        let those = |wanted: fn(&Standing) -> bool| {
            let standings = assessment.standings.iter().filter(move |(_, standing)| wanted(standing));
            standings.map(|(aspect, _)| *aspect).collect()
        };
        let misses: Vec<Aspect> = those(|standing| matches!(standing, Standing::Miss(_)));
        Ranked {
            id: strategy.id.clone(),
            title: strategy.title.clone(),
            score: assessment.score,
            grade: Grade::of(assessment.score, misses.len()),
            reason,
            matches: those(|standing| matches!(standing, Standing::Match(_))),
            misses,
        }
    });
    ranked.collect()
}
