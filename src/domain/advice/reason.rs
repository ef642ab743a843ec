//! One sentence that says why a strategy fits or does not, written from what matched.

use crate::domain::strategy::{Fit, Strategy};

use super::assess::{Assessment, Note, Standing, words};
use super::build::Build;
use super::situation::{Aspect, Situation};

/// Most parts about the build that speak for a strategy, and most that speak against it.
const NOTES: usize = 2;

/// Characters from which a sentence leaves out all but the weightiest part that speaks for a strategy:
/// five rows of the narrowest screen.
const LONG: usize = 250;

/// The sentence. With `size` it names turns, sessions and budget too.
pub(super) fn sentence(
    situation: Situation,
    strategy: &Strategy,
    build: &Build,
    assessment: &Assessment,
    size: bool,
) -> String {
    let misses = assessment.standings.iter().filter(|(_, standing)| matches!(standing, Standing::Miss(_))).count();
    let speaking = |good: bool, most: usize| {
        let notes = assessment.notes.iter().filter(move |note| (note.points >= 0) == good);
        notes.take(most).collect::<Vec<&Note>>()
    };
    // A sentence that says everything says nothing.
    let bad = speaking(false, NOTES.saturating_sub(misses));
    let size = if size || strategy.fit == Fit::default() || situation.is_open() { build.size() } else { String::new() };
    let with = |most| written(situation, &strategy.fit, assessment, (&speaking(true, most), &bad), &size);
    let whole = with(if misses > 1 { 1 } else { NOTES });
    if whole.len() > LONG { with(1) } else { whole }
}

/// The sentence with these parts that speak for a strategy and against it.
fn written(
    situation: Situation,
    fit: &Fit,
    assessment: &Assessment,
    (good, bad): (&[&Note], &[&Note]),
    size: &str,
) -> String {
    let declares = *fit != Fit::default();
    let matched = matched(situation, assessment, good);
    let mut missed = missed(fit, assessment);
    let lead = if !declares {
        "it does not say what it fits".to_owned()
    } else if situation.is_open() {
        format!("made for {}", made_for(fit))
    } else if !matched.is_empty() {
        format!("for {}", listed(&matched))
    } else if good.is_empty() {
        std::mem::take(&mut missed)
    } else {
        String::new()
    };
    let mut parts: Vec<String> = Some(lead).filter(|lead| !lead.is_empty()).into_iter().collect();
    parts.extend(good.iter().map(|note| note.text.clone()));
    parts.extend(Some(size.to_owned()).filter(|size| !size.is_empty()));
    let mut against: Vec<String> = Some(missed).filter(|missed| !missed.is_empty()).into_iter().collect();
    against.extend(bad.iter().map(|note| note.text.clone()));
    if let Some(first) = against.first_mut() {
        first.insert_str(0, "but ");
    }
    parts.extend(against);
    let mut sentence = parts.join("; ");
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence.push('.');
    sentence
}

/// The answers that match, as they are said; those that a part about the build explains are left to it.
fn matched(situation: Situation, assessment: &Assessment, good: &[&Note]) -> Vec<String> {
    let told =
        |aspect: Aspect| aspect != Aspect::Codebase && good.iter().any(|note| note.aspect == aspect && note.points > 0);
    let those = |wanted: fn(&Standing) -> bool| {
        let fitting = assessment.standings.iter().filter(move |(_, standing)| wanted(standing));
        let answers = fitting.filter_map(|(aspect, _)| Some((*aspect, situation.word(*aspect)?)));
        answers.collect::<Vec<(Aspect, &str)>>()
    };
    let exact = those(|standing| matches!(standing, Standing::Match(_)));
    let open = those(|standing| matches!(standing, Standing::Any));
    let said = |answers: Vec<(Aspect, &str)>| {
        let wanted = answers.into_iter().filter(|(aspect, _)| !told(*aspect));
        wanted.map(|(aspect, word)| answer(aspect, word)).collect::<Vec<String>>()
    };
    // What is matched on purpose says more than what would take any answer.
    if exact.is_empty() { open.into_iter().map(|(aspect, _)| any(aspect).to_owned()).collect() } else { said(exact) }
}

/// That a strategy is made for something else than what is asked; empty where all matches.
fn missed(fit: &Fit, assessment: &Assessment) -> String {
    let missed: Vec<(Aspect, i32)> = assessment
        .standings
        .iter()
        .filter_map(|(aspect, standing)| match standing {
            Standing::Miss(away) => Some((*aspect, *away)),
            Standing::Unasked | Standing::Any | Standing::Match(_) => None,
        })
        .collect();
    let plain = missed.iter().filter(|(aspect, _)| matches!(aspect, Aspect::Codebase | Aspect::Dependencies));
    let plain: Vec<String> =
        plain.flat_map(|(aspect, _)| words(fit, *aspect).into_iter().map(|word| answer(*aspect, word))).collect();
    let compared = missed.iter().filter_map(|(aspect, away)| compared(*aspect, *away > 0)).map(str::to_owned);
    match (listed(&plain), listed(&compared.collect::<Vec<String>>())) {
        (plain, compared) if plain.is_empty() && compared.is_empty() => String::new(),
        (plain, compared) if compared.is_empty() => format!("made for {plain}"),
        (plain, compared) if plain.is_empty() => format!("made for {compared} than yours"),
        (plain, compared) => format!("made for {plain}, and for {compared} than yours"),
    }
}

/// What a strategy is made for beside what is asked, where answers have an order.
fn compared(aspect: Aspect, more: bool) -> Option<&'static str> {
    Some(match (aspect, more) {
        (Aspect::Codebase | Aspect::Dependencies, _) => return None,
        (Aspect::Scope, true) => "larger changes",
        (Aspect::Scope, false) => "smaller changes",
        (Aspect::Risk, true) => "more risk",
        (Aspect::Risk, false) => "less risk",
        (Aspect::Validation, true) => "harder validation",
        (Aspect::Validation, false) => "easier validation",
    })
}

/// All that a strategy says it fits.
fn made_for(fit: &Fit) -> String {
    let said: Vec<String> = Aspect::ALL
        .iter()
        .filter_map(|aspect| {
            let words = words(fit, *aspect);
            // Who takes every answer says nothing by it.
            let all = words.len() == aspect.words().len();
            if words.is_empty() || all { None } else { Some(answer(*aspect, &words.join(" or "))) }
        })
        .collect();
    if said.is_empty() { "anything".into() } else { listed(&said) }
}

/// An answer as a sentence names it.
fn answer(aspect: Aspect, words: &str) -> String {
    match aspect {
        Aspect::Codebase => format!("{words} code"),
        Aspect::Scope => format!("{words} scope"),
        Aspect::Dependencies => format!("{words} parts"),
        Aspect::Risk => format!("{words} risk"),
        Aspect::Validation => format!("{words} validation"),
    }
}

/// That any answer will do.
fn any(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Codebase => "new or existing code",
        Aspect::Scope => "any scope",
        Aspect::Dependencies => "parts of any kind",
        Aspect::Risk => "any risk",
        Aspect::Validation => "any kind of validation",
    }
}

/// `B`, `B and C`, `B, C and D`.
fn listed(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
