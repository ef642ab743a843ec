//! Which strategy is advised for which situation, on the built-in strategies.

use std::collections::BTreeSet;

use proptest::prelude::*;
use setlist::domain::advice::{Advice, Aspect, Grade, Sessions, Situation, advise};
use setlist::domain::strategy::{Codebase, Fit, Strategy, TurnKind, TurnSpec};
use setlist::store::Store;

use crate::given::{small, strategy};

/// A situation written as its answers in the order of the questions; `-` is open.
fn situation(answers: &str) -> Situation {
    let mut situation = Situation::default();
    for (aspect, word) in Aspect::ALL.iter().zip(answers.split_whitespace()) {
        let place = aspect.words().iter().position(|other| *other == word);
        assert!(place.is_some() || word == "-", "{aspect} cannot be {word}");
        situation.answer(*aspect, place);
    }
    situation
}

fn built_in(situation: Situation) -> Advice {
    let library = Store::builtin();
    advise(situation, library.strategies().map(AsRef::as_ref))
}

/// For each strategy, the situation that its 'when to choose it' describes.
const MADE_FOR: &[(&str, &str)] = &[
    ("greenfield-from-scratch", "new medium coupled high medium"),
    ("rest-api", "new small coupled low easy"),
    ("codebase-discovery", "existing - - high -"),
    ("feature-well-tested", "existing small independent low easy"),
    ("feature-well-tested", "existing medium coupled medium easy"),
    ("feature-poorly-tested", "existing medium coupled high medium"),
    ("incremental-integration", "existing medium coupled high hard"),
    ("incremental-integration", "existing large coupled medium medium"),
    ("competitive-analysis", "existing medium independent high medium"),
    ("technical-due-diligence", "existing small independent high easy"),
    ("system-migration", "existing large coupled high medium"),
    ("systematic-optimization", "existing medium coupled medium hard"),
    ("api-performance-optimization", "existing small coupled low medium"),
    ("bug-investigation", "existing small coupled high hard"),
    ("database-migration", "existing large coupled high hard"),
    ("parallel-development", "existing large independent medium easy"),
    ("parallel-development", "new large independent low medium"),
    ("serial-deep-work", "new large coupled medium medium"),
    ("serial-deep-work", "existing large coupled medium medium"),
    ("machine-learning", "new large coupled medium hard"),
    ("distributed-systems", "new large coupled high hard"),
];

#[test]
fn the_situation_a_strategy_is_made_for_ranks_it_among_the_first_three() {
    let mut tried = BTreeSet::new();
    for (id, answers) in MADE_FOR {
        let ranked = built_in(situation(answers)).ranked;
        let place = ranked.iter().position(|ranked| ranked.id == *id).unwrap();
        let first: Vec<String> = ranked[..4].iter().map(|ranked| format!("{} {}", ranked.score, ranked.id)).collect();
        assert!(place < 3, "{id} has place {} for {answers}: {first:?}", place + 1);
        assert!(ranked[place].grade >= Grade::Fits, "{id} {:?}", ranked[place]);
        tried.insert(*id);
    }
    let library = Store::builtin();
    let all: BTreeSet<&str> = library.strategies().map(|strategy| strategy.id.as_str()).collect();
    assert_eq!(tried, all, "every built-in strategy has a situation that it is made for");
}

#[test]
fn every_situation_gives_a_whole_ranking_with_a_sentence_of_its_own_for_each() {
    let library = Store::builtin();
    for situation in Situation::all() {
        let advice = built_in(situation);
        assert_eq!(advice, built_in(situation), "the same every time");
        let ids: BTreeSet<&str> = advice.ranked.iter().map(|ranked| ranked.id.as_str()).collect();
        assert_eq!((advice.ranked.len(), ids.len()), (library.entries.len(), library.entries.len()), "{situation:?}");
        let reasons: BTreeSet<&str> = advice.ranked.iter().map(|ranked| ranked.reason.as_str()).collect();
        assert_eq!(reasons.len(), library.entries.len(), "{situation:?}");
        sound(&advice);
        for pair in advice.ranked.windows(2) {
            let place = |id: &str| library.entries.iter().position(|entry| entry.id == id);
            let in_order = pair[0].score > pair[1].score || place(&pair[0].id) < place(&pair[1].id);
            assert!(in_order, "{situation:?}: {} and {}", pair[0].id, pair[1].id);
        }
        for shape in [&advice.shape.statement, &advice.shape.planning] {
            assert!(shape.ends_with('.') && shape.len() < 200, "{shape}");
        }
    }
}

/// What holds of any advice.
fn sound(advice: &Advice) {
    for ranked in &advice.ranked {
        let reason = &ranked.reason;
        let first = reason.chars().next().unwrap();
        assert!(first.is_uppercase() && reason.ends_with('.') && !reason.ends_with(".."), "{reason}");
        assert!(reason.len() > 10 && reason.len() < 260 && !reason.contains("  "), "{reason}");
        assert_eq!(reason.matches(['.', '\n']).count(), 1, "one sentence: {reason}");
        assert!(reason.matches("but ").count() <= 1 && !reason.contains("; ;"), "{reason}");
        assert!(ranked.score <= 100);
        assert!(ranked.matches.iter().all(|aspect| !ranked.misses.contains(aspect)), "{ranked:?}");
        let asked = |aspect: &&Aspect| advice.situation.word(**aspect).is_some();
        assert!(ranked.matches.iter().chain(&ranked.misses).all(|aspect| asked(&aspect)), "{ranked:?}");
        assert!(ranked.misses.is_empty() || ranked.grade < Grade::Well, "{ranked:?}");
    }
    assert!(advice.ranked.is_sorted_by(|one, next| one.score >= next.score));
}

#[test]
fn code_that_is_not_there_and_code_that_is_are_never_mixed_up() {
    let library = Store::builtin();
    for situation in Situation::all() {
        for ranked in built_in(situation).ranked {
            let code = library.strategy(&ranked.id).unwrap().fit.codebase;
            if ![code, situation.codebase].contains(&Codebase::Any) && code != situation.codebase {
                assert_eq!(ranked.grade, Grade::Hardly, "{situation:?} {}", ranked.id);
                assert!(ranked.reason.contains(&format!("made for {code} code")) || ranked.reason.contains("Made for"));
            }
        }
    }
}

#[test]
fn the_reason_says_what_matched_and_what_did_not() {
    let reason = |id: &str, answers: &str| {
        let ranked = built_in(situation(answers)).ranked;
        ranked.into_iter().find(|ranked| ranked.id == id).unwrap().reason
    };
    let told = [
        ("feature-well-tested", "existing medium coupled high easy"),
        ("bug-investigation", "existing large coupled high hard"),
        ("codebase-discovery", "existing - - - -"),
        ("parallel-development", "- large independent - -"),
        ("parallel-development", "existing small coupled high hard"),
        ("serial-deep-work", "new large coupled medium medium"),
        ("rest-api", "existing small coupled low easy"),
        ("greenfield-from-scratch", "new medium - high -"),
        ("database-migration", "- - - - -"),
    ];
    let told: String =
        told.iter().map(|(id, answers)| format!("{id} ({answers})\n  {}\n", reason(id, answers))).collect();
    insta::assert_snapshot!(told);
}

#[test]
fn scope_and_dependencies_decide_on_the_sessions() {
    let of = |answers: &str| {
        let shape = built_in(situation(answers)).shape;
        (shape.sessions, shape.strategy.unwrap_or_default())
    };
    let expected = [
        ("- small - - -", Sessions::One, ""),
        ("new small independent high hard", Sessions::One, ""),
        ("- small coupled - -", Sessions::One, ""),
        ("existing medium coupled high hard", Sessions::One, ""),
        ("- medium - - -", Sessions::One, ""),
        ("- medium independent - -", Sessions::Parallel, "parallel-development"),
        ("- - independent - -", Sessions::Parallel, "parallel-development"),
        ("existing large independent high hard", Sessions::Parallel, "parallel-development"),
        ("existing large coupled high hard", Sessions::Serial, "serial-deep-work"),
        ("new large coupled low easy", Sessions::Serial, "serial-deep-work"),
        ("- large - - -", Sessions::Several, ""),
        ("- - coupled - -", Sessions::Open, ""),
        ("- - - high hard", Sessions::Open, ""),
    ];
    for (answers, sessions, strategy) in expected {
        assert_eq!(of(answers), (sessions, strategy.to_owned()), "{answers}");
    }
    let shape = built_in(situation("existing large coupled high hard")).shape;
    assert!(shape.statement.contains("One session will not do") && shape.statement.contains("serial-deep-work"));
    assert!(shape.planning.starts_with("Discover first and validate throughout"), "{}", shape.planning);
    assert!(built_in(situation("new - - - -")).shape.planning.starts_with("Plan and specify first"));
}

#[test]
fn the_strategy_that_the_shape_names_is_among_the_first_four() {
    for situation in Situation::all() {
        let advice = built_in(situation);
        let Some(id) = &advice.shape.strategy else { continue };
        let place = advice.ranked.iter().position(|ranked| ranked.id == *id).unwrap() + 1;
        assert!(place <= 4, "{id} has place {place}: {situation:?}");
    }
}

#[test]
fn without_the_guides_strategies_the_best_of_that_shape_stands_in() {
    let two = small(&sessions(""));
    let advice = advise(situation("- large independent - -"), [&two]);
    assert_eq!(advice.shape.strategy.as_deref(), Some("small"));
    let advice = advise(situation("- large coupled - -"), [&two]);
    assert_eq!((advice.shape.sessions, advice.shape.strategy), (Sessions::Serial, None));
    assert!(!advice.shape.statement.contains("is made that way"), "{}", advice.shape.statement);
    let chained = small(&sessions("\"a\""));
    let advice = advise(situation("- large coupled - -"), [&two, &chained]);
    assert!(advice.ranked[0].reason.contains("its 2 sessions, one after another"), "{:?}", advice.ranked);
    let none = advise(situation("existing small coupled low easy"), []);
    assert!(none.ranked.is_empty() && none.shape.sessions == Sessions::One);
}

/// Two sessions, the second after what `after` says.
fn sessions(after: &str) -> String {
    let turn = "[[sessions.turns]]\nid = \"t\"\nkind = \"implement\"\nprompt = \"Do it.\"\n";
    format!("[[sessions]]\nid = \"a\"\n{turn}[[sessions]]\nid = \"b\"\nafter = [{after}]\n{turn}")
}

#[test]
fn a_strategy_that_says_nothing_of_its_fit_stands_in_the_middle() {
    let plain = small("[[turns]]\nid = \"t\"\nbudget = \"1h\"\nprompt = \"Do it.\"\n");
    let library = Store::builtin();
    for answers in ["- - - - -", "existing small coupled medium medium", "new large independent low easy"] {
        let all = library.strategies().map(AsRef::as_ref).chain([&plain]);
        let ranked = advise(situation(answers), all).ranked;
        let own = ranked.iter().find(|ranked| ranked.id == "small").unwrap();
        assert!((40..=50).contains(&own.score), "{answers}: {own:?}");
        assert!(own.reason.starts_with("It does not say what it fits; 1 turn in one session, 1h"), "{}", own.reason);
    }
}

#[test]
fn a_strategy_of_ones_own_can_win() {
    let fit = "[fit]\ncodebase = \"existing\"\nscope = [\"small\"]\ndependencies = [\"coupled\"]\n\
               risk = [\"low\"]\nvalidation = [\"easy\"]\n";
    let turns = "[[turns]]\nid = \"t\"\nkind = \"research\"\nprompt = \"Look.\"\n\
                 [[turns]]\nid = \"u\"\nkind = \"implement\"\nprompt = \"Do it.\"\n";
    let own = small(&format!("{fit}{turns}"));
    let library = Store::builtin();
    let all = library.strategies().map(AsRef::as_ref).chain([&own]);
    let ranked = advise(situation("existing small coupled low easy"), all).ranked;
    assert_eq!(ranked[0].id, "small", "{:?}", &ranked[..2]);
}

proptest! {
    #[test]
    fn any_strategy_in_any_situation_gets_a_score_and_one_sentence(
        at in 0..Situation::all().len(),
        fits in proptest::collection::vec((0..3_usize, 0..8_usize, 0..4_usize, 0..8_usize, 0..8_usize), 1..6),
        kinds in proptest::collection::vec(0..6_usize, 1..6),
        gate in 0..6_usize,
        several in any::<bool>(),
        after in any::<bool>(),
    ) {
        let mut strategy = strategy("serial-deep-work");
        let turns: Vec<TurnSpec> = strategy.turns().take(kinds.len()).cloned().zip(&kinds).enumerate().map(|(at, (turn, kind))| {
            let gate = if at == gate { "Is it right?" } else { "" };
            TurnSpec { kind: TurnKind::ALL[*kind], gate: gate.into(), ..turn }
        }).collect();
        strategy.sessions.truncate(if several { 3 } else { 1 });
        for session in &mut strategy.sessions {
            session.turns.clone_from(&turns);
            if !after {
                session.after.clear();
            }
        }
        let some = |aspect: Aspect, bits: usize| -> Vec<String> {
            let words = aspect.words().iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0);
            words.map(|(_, word)| (*word).to_owned()).collect()
        };
        let all: Vec<Strategy> = fits.iter().enumerate().map(|(at, (code, scope, parts, risk, validation))| Strategy {
            id: format!("own-{at}"),
            fit: Fit {
                codebase: Codebase::ALL[*code],
                scope: some(Aspect::Scope, *scope),
                dependencies: some(Aspect::Dependencies, *parts),
                risk: some(Aspect::Risk, *risk),
                validation: some(Aspect::Validation, *validation),
            },
            ..strategy.clone()
        }).collect();
        let advice = advise(Situation::all()[at], &all);
        prop_assert_eq!(advice.ranked.len(), all.len());
        sound(&advice);
    }
}
