//! Words that claim without showing: 'should work', 'looks good', 'tests pass' with nothing attached.
//!
//! Looked for in what people write down of a turn, not in the output of commands. A phrase counts as
//! whole words, in any case; not in a question, not where it is denied or made a condition. Research
//! and design reason about what is likely, so guesses are pointed at only after that. That tests pass
//! is shown where the same turn has a command that ended as it had to.

use schemars::JsonSchema;
use serde::Serialize;

use super::command::TurnRef;
use super::plan::{Evidence, Plan, Turn};
use super::strategy::TurnKind;

mod sentence;

use sentence::{Sentence, sentences, words};

/// The phrases that are looked for where `config.toml` names no others.
pub const PHRASES: &[&str] = &[
    "should work",
    "should be fine",
    "should be ok",
    "should be okay",
    "should be good",
    "should pass",
    "should fix",
    "seems to work",
    "seem to work",
    "seems fine",
    "seems ok",
    "appears to work",
    "probably",
    "looks good",
    "look good",
    "looks fine",
    "looks correct",
    "lgtm",
    "works for me",
    "works on my machine",
    "everything works",
    "tests pass",
    "tests passed",
    "tests passing",
    "tests are passing",
    "tests are green",
    "suite passes",
    "suite is green",
    "all green",
];

/// Words that make a phrase a guess.
const GUESSES: [&str; 7] = ["should", "probably", "seems", "seem", "appears", "likely", "might"];

/// Words that make a phrase one about tests, which a command shows.
const TESTED: [&str; 5] = ["test", "tests", "suite", "green", "build"];

/// The place of a claim that stands in what came back.
pub const RESULT: &str = "result";

/// A phrase that claims without showing, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Claim {
    /// In which iteration of the turn, from 1.
    pub iteration: u32,
    /// Where it stands: `result`, else the id of an evidence slot.
    pub place: String,
    /// The phrase.
    pub phrase: String,
}

/// Every claim of a turn, the earliest iteration first, each phrase once in each place.
pub fn claims(turn: &Turn, phrases: &[String]) -> Vec<Claim> {
    let reasons = matches!(turn.kind, TurnKind::Research | TurnKind::Design);
    let mut found = Vec::new();
    let earlier = turn.iterations.iter().map(|earlier| (earlier.number, &earlier.result, &earlier.evidence));
    for (iteration, result, evidence) in earlier.chain([(turn.iteration, &turn.result, &turn.evidence)]) {
        let shown = evidence.iter().any(shows);
        let counts = |phrase: &&str| !(reasons && has(phrase, &GUESSES) || shown && has(phrase, &TESTED));
        let mut look = |place: &str, text: &str| {
            let said = said(text, phrases).into_iter().filter(counts);
            found.extend(said.map(|phrase| Claim { phrase: phrase.into(), place: place.into(), iteration }));
        };
        look(RESULT, result);
        for slot in evidence {
            if let Some(recorded) = slot.recorded.as_ref().filter(|recorded| recorded.command.is_none()) {
                look(&slot.id, &recorded.text);
            }
        }
    }
    found
}

/// A command that was run and ended as it had to.
fn shows(slot: &Evidence) -> bool {
    slot.recorded.as_ref().is_some_and(|recorded| recorded.exit_code.is_some()) && slot.unexpected_exit().is_none()
}

fn has(phrase: &str, some: &[&str]) -> bool {
    phrase.split_whitespace().any(|word| some.contains(&word.to_lowercase().as_str()))
}

/// The phrases that `text` says, in the order of the list; of those that overlap, the longest.
fn said<'p>(text: &str, phrases: &'p [String]) -> Vec<&'p str> {
    let sentences = sentences(text);
    let mut by_length: Vec<(usize, Vec<String>)> = phrases
        .iter()
        .enumerate()
        .map(|(at, phrase)| (at, words(phrase)))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    by_length.sort_by_key(|(_, words)| std::cmp::Reverse(words.len()));
    let mut found = vec![false; phrases.len()];
    for sentence in sentences.iter().filter(|sentence| !sentence.question) {
        let mut taken = vec![false; sentence.words.len()];
        for (at, phrase) in &by_length {
            for start in 0..sentence.words.len() {
                let Some(end) = ends(sentence, start, phrase) else { continue };
                if taken[start..end].contains(&true) {
                    continue;
                }
                taken[start..end].fill(true);
                found[*at] |= !sentence.takes_back(start, end);
            }
        }
    }
    phrases.iter().zip(found).filter(|(_, found)| *found).map(|(phrase, _)| phrase.as_str()).collect()
}

/// Words that may stand between those of a phrase: 'should now work'.
const FILLERS: [&str; 5] = ["now", "just", "all", "also", "still"];

/// Where the phrase ends that begins at `start`, if it stands there within one clause.
fn ends(sentence: &Sentence, start: usize, phrase: &[String]) -> Option<usize> {
    let clause = sentence.words.get(start)?.clause;
    let mut at = start;
    for (place, wanted) in phrase.iter().enumerate() {
        let here = |at: usize| sentence.words.get(at).filter(|word| word.clause == clause);
        if place > 0 && here(at).is_some_and(|word| word.text != *wanted && FILLERS.contains(&word.text.as_str())) {
            at += 1;
        }
        here(at).filter(|word| word.text == *wanted)?;
        at += 1;
    }
    Some(at)
}

/// What a turn claims, in words: `the result says 'should work'; 'Notes' says 'lgtm'`. Empty where
/// it claims nothing.
pub fn in_words(turn: &Turn, claims: &[Claim]) -> String {
    let mut places: Vec<(&str, u32)> = claims.iter().map(|claim| (claim.place.as_str(), claim.iteration)).collect();
    places.dedup();
    let said = |(place, iteration): &(&str, u32)| {
        let here = claims.iter().filter(|claim| claim.place == *place && claim.iteration == *iteration);
        let phrases: Vec<String> = here.map(|claim| format!("'{}'", claim.phrase)).collect();
        let label = |slot: &Evidence| format!("'{}'", slot.label);
        let found = turn.evidence.iter().find(|slot| slot.id == *place);
        let place =
            if *place == RESULT { "the result".into() } else { found.map_or_else(|| format!("'{place}'"), label) };
        let of = if *iteration == turn.iteration { String::new() } else { format!(" of {} {iteration}", turn.per()) };
        format!("{place}{of} says {}", phrases.join(" and "))
    };
    places.iter().map(said).collect::<Vec<_>>().join("; ")
}

/// The turns of a plan that claim without showing, each with its claims.
pub fn of_plan<'p>(plan: &'p Plan, phrases: &[String]) -> Vec<(TurnRef, &'p Turn, Vec<Claim>)> {
    let turns = plan.sessions.iter().flat_map(|session| session.turns.iter().map(move |turn| (session, turn)));
    let claimed = turns.map(|(session, turn)| (TurnRef::new(&session.id, &turn.id), turn, claims(turn, phrases)));
    claimed.filter(|(_, _, claims)| !claims.is_empty()).collect()
}
