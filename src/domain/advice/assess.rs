//! How well one strategy fits a situation: what matches, what does not, and what its build adds.

use crate::domain::strategy::{Codebase, Fit, Strategy};

use super::build::{Arrangement, Build};
use super::situation::{Aspect, Dependencies, Risk, Scope, Situation, Validation};

/// Most that the build of a strategy adds to a score, or takes from it.
const MOST_BY_BUILD: i32 = 12;

/// Most that the answers add to a score, or take from it; 50 is in the middle.
const MOST_BY_ANSWERS: i32 = 38;

/// The highest score of a strategy for new code where there is code, and the other way round.
const MOST_FOR_WRONG_CODE: i32 = 35;

/// The weights of all questions together.
const ALL_WEIGHTS: i32 = 12;

/// How a strategy stands to one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The question is open.
    Unasked,
    /// The strategy fits any answer.
    Any,
    /// The answer is one of so many that it fits.
    Match(usize),
    /// It fits other answers: so many steps away, negative for less. Where the answers have no
    /// order it is one step.
    Miss(i32),
}

/// Something in a strategy's build that speaks for it or against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// Added to the score; a negative one speaks against it.
    pub(super) points: i32,
    /// The question that it answers.
    pub(super) aspect: Aspect,
    /// A part of a sentence, as what follows a semicolon.
    pub(super) text: String,
}

/// How well a strategy fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Assessment {
    /// From 0 to 100; 50 says nothing either way.
    pub(super) score: u8,
    /// How it stands to each answer, in the order of [`Aspect::ALL`].
    pub(super) standings: Vec<(Aspect, Standing)>,
    /// What its build adds, the weightiest first.
    pub(super) notes: Vec<Note>,
}

/// Looks at one strategy.
pub(super) fn assess(situation: Situation, strategy: &Strategy, build: &Build) -> Assessment {
    let standings: Vec<(Aspect, Standing)> =
        Aspect::ALL.iter().map(|aspect| (*aspect, standing(situation, &strategy.fit, *aspect))).collect();
    let declares = strategy.fit != Fit::default();
    let mut notes = notes(situation, strategy, build);
    notes.sort_by_key(|note| std::cmp::Reverse(note.points.abs()));
    let misses = standings.iter().filter(|(_, standing)| matches!(standing, Standing::Miss(_))).count() as i32;
    let by_build = notes.iter().map(|note| note.points).sum::<i32>().clamp(-MOST_BY_BUILD, MOST_BY_BUILD);
    // A good build does not make up for what a strategy is not made for.
    let by_build = if by_build > 0 { by_build / (1 + misses) } else { by_build };
    let score = 50 + by_answers(situation, &standings, declares) + by_build;
    // No other answer makes up for code that is not there, or for code that already is.
    let wrong_code =
        standings.iter().any(|(aspect, standing)| *aspect == Aspect::Codebase && matches!(standing, Standing::Miss(_)));
    let score = if wrong_code { (score / 2).min(MOST_FOR_WRONG_CODE) } else { score };
    Assessment { score: u8::try_from(score.clamp(0, 100)).unwrap_or_default(), standings, notes }
}

/// The words that a strategy fits; none where it fits any.
pub(super) fn words(fit: &Fit, aspect: Aspect) -> Vec<&str> {
    let words = match aspect {
        Aspect::Codebase if fit.codebase == Codebase::Any => return Vec::new(),
        Aspect::Codebase => return vec![fit.codebase.word()],
        Aspect::Scope => &fit.scope,
        Aspect::Dependencies => &fit.dependencies,
        Aspect::Risk => &fit.risk,
        Aspect::Validation => &fit.validation,
    };
    // In the order of the answers, each once, and only what is one.
    let mut found: Vec<&str> = aspect.words().to_vec();
    found.retain(|word| words.iter().any(|other| other == word));
    found
}

fn standing(situation: Situation, fit: &Fit, aspect: Aspect) -> Standing {
    let Some(place) = situation.place(aspect) else { return Standing::Unasked };
    let words = words(fit, aspect);
    let places = words.iter().filter_map(|word| aspect.words().iter().position(|other| other == word));
    let away = places.map(|other| other as i32 - place as i32).min_by_key(|away| away.abs());
    match away {
        None => Standing::Any,
        Some(0) => Standing::Match(words.len()),
        Some(away) => Standing::Miss(away),
    }
}

/// What the answers add or take: each in per cent of the most it can, weighted.
fn by_answers(situation: Situation, standings: &[(Aspect, Standing)], declares: bool) -> i32 {
    let weight = |aspect: Aspect| match aspect {
        Aspect::Codebase | Aspect::Scope => 3,
        Aspect::Dependencies | Aspect::Risk | Aspect::Validation => 2,
    };
    let (mut sum, mut weights) = (0, 0);
    for (aspect, standing) in standings {
        let points = match (standing, aspect) {
            (Standing::Unasked, _) => continue,
            // Who declares nothing is not known to fit; who leaves one open means it.
            (Standing::Any, _) if !declares => 0,
            (Standing::Any, _) => 55,
            // What is made for this alone fits better than what takes much.
            (Standing::Match(1), _) => 100,
            (Standing::Match(2), _) => 85,
            (Standing::Match(_), _) => 70,
            (Standing::Miss(_), Aspect::Codebase) => -100,
            // In a small change it matters little whether its parts depend on each other.
            (Standing::Miss(_), Aspect::Dependencies) if situation.scope == Some(Scope::Small) => -30,
            (Standing::Miss(_), Aspect::Dependencies) => -120,
            (Standing::Miss(-1 | 1), _) => -50,
            (Standing::Miss(_), _) => -260,
        };
        sum += points * weight(*aspect);
        weights += weight(*aspect);
    }
    // An open question counts by half: one answer alone says little of the whole.
    let open: i32 = ALL_WEIGHTS - weights;
    sum * MOST_BY_ANSWERS / (100 * weights + 50 * open)
}

fn notes(situation: Situation, strategy: &Strategy, build: &Build) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |points, aspect, text: &str| notes.push(Note { points, aspect, text: text.to_owned() });
    let builds = !build.only_looks;
    match situation.codebase {
        Codebase::New if build.designs_first && builds && strategy.fit.codebase != Codebase::Existing => {
            note(3, Aspect::Codebase, "it specifies before it builds");
        }
        Codebase::Existing if build.looks_first && builds && strategy.fit.codebase != Codebase::New => {
            note(3, Aspect::Codebase, &looks(build.turns_before));
        }
        Codebase::New | Codebase::Existing | Codebase::Any => {}
    }
    if build.only_looks {
        let unknown = situation.codebase == Codebase::Existing && situation.scope.is_none();
        if unknown && strategy.fit.codebase == Codebase::Existing {
            note(12, Aspect::Scope, "it changes nothing, so it can find out how far a change reaches");
        } else {
            note(0, Aspect::Codebase, "it only finds out and builds nothing");
        }
    } else {
        notes.extend(of_sessions(situation, build));
        notes.extend(of_risk(situation.risk, build));
        notes.extend(of_validation(situation.validation, build));
    }
    notes
}

/// That so many turns pass before anything is changed.
fn looks(turns: usize) -> String {
    if turns == 1 { "its first turn changes nothing".into() } else { format!("its first {turns} turns change nothing") }
}

/// What several sessions, or one, are worth for the scope and for how the parts depend on each other.
fn of_sessions(situation: Situation, build: &Build) -> Option<Note> {
    use Arrangement::{Mixed, One, Parallel, Serial};
    use Dependencies::{Coupled, Independent};
    let sessions = build.sessions;
    let note = |points, aspect, text: String| Some(Note { points, aspect, text });
    let by_scope = |points, text: String| note(points, Aspect::Scope, text);
    let by_parts = |points, text: String| note(points, Aspect::Dependencies, text);
    match (build.arrangement, situation.scope, situation.dependencies) {
        (One, Some(Scope::Large), _) => by_scope(-5, "one session may be too little".into()),
        (One, Some(Scope::Small | Scope::Medium) | None, _) => None,
        (_, Some(Scope::Small), _) => by_scope(-8, format!("its {sessions} sessions are too many for a small change")),
        (Parallel, _, Some(Independent)) => {
            by_parts(9, format!("its {sessions} sessions run side by side, one for each part"))
        }
        (Parallel, _, Some(Coupled)) => {
            by_parts(-8, format!("its {sessions} sessions do not wait for each other, as your parts must"))
        }
        (Serial | Mixed, _, Some(Independent)) => {
            by_parts(-5, format!("its {sessions} sessions wait for each other without need"))
        }
        (Serial, Some(Scope::Large), Some(Coupled)) => {
            by_parts(9, format!("its {sessions} sessions, one after another, suit large coupled work"))
        }
        (Mixed, Some(Scope::Large), Some(Coupled)) => {
            by_parts(9, format!("its {sessions} sessions wait for each other only where they must"))
        }
        (_, Some(Scope::Large), None) => by_scope(6, format!("its {sessions} sessions can carry a large change")),
        (Serial | Mixed, Some(Scope::Medium), Some(Coupled) | None) => {
            by_scope(-3, format!("its {sessions} sessions are many for a medium change"))
        }
        (Serial | Mixed, None, Some(Coupled)) => {
            by_parts(4, format!("its {sessions} sessions build on each other, as your parts do"))
        }
        (Parallel, Some(Scope::Medium) | None, None) | (Serial | Mixed, None, None) => None,
    }
}

fn of_risk(risk: Option<Risk>, build: &Build) -> Option<Note> {
    let note = |points, text: String| Some(Note { points, aspect: Aspect::Risk, text });
    match (risk, build.gates) {
        (Some(Risk::High), 0) => note(-5, "nothing in it waits for your approval".into()),
        (Some(Risk::Medium | Risk::Low) | None, 0) | (None, _) => None,
        (Some(Risk::High), gates) if build.gate_first => {
            let which = if gates == 1 { "its gate" } else { "a gate" };
            note(7, format!("{which} before the implementation suits high risk"))
        }
        (Some(Risk::High), 1) => note(4, "its gate suits high risk".into()),
        (Some(Risk::High), gates) => note(5, format!("its {gates} gates suit high risk")),
        (Some(Risk::Medium), _) if build.gate_first => {
            note(3, "a gate before the implementation is enough for medium risk".into())
        }
        (Some(Risk::Medium), _) => None,
        (Some(Risk::Low), 1) => note(-2, "its gate is more oversight than low risk needs".into()),
        (Some(Risk::Low), gates) => note(-3, format!("its {gates} gates are more oversight than low risk needs")),
    }
}

fn of_validation(validation: Option<Validation>, build: &Build) -> Option<Note> {
    let note = |points, text: String| Some(Note { points, aspect: Aspect::Validation, text });
    match validation? {
        Validation::Easy => None,
        Validation::Medium | Validation::Hard if build.validates == 0 => note(-5, "none of its turns validates".into()),
        Validation::Medium => None,
        Validation::Hard => match (build.metrics, build.validates) {
            (0, 0..2) => None,
            (0, turns) => note(3, format!("it validates in {turns} of its {} turns", build.turns)),
            (1, _) => note(4, "it measures a figure, which helps with hard validation".into()),
            (figures, _) => note(5, format!("it measures {figures} figures, which helps with hard validation")),
        },
    }
}
