//! What a slot, a gate and a finding are called: the same state and the same facts in every face.

use regex::Regex;
use serde_json::json;
use setlist::app::model::Screen;

use crate::conversation::type_into;
use crate::faces::{Faces, WHAT_TO_DO};
use crate::states::{State, faces};

/// Whether a text tells a fact, which is a pattern; some faces begin a sentence with it.
fn tells(text: &str, fact: &str) -> bool {
    Regex::new(&format!("(?i){fact}")).unwrap().is_match(text)
}

/// A slot of the current turn.
struct Slot {
    state: State,
    /// Its id.
    id: &'static str,
    /// The word that stands before it, and the pattern of what is said of it in a sentence.
    word: (&'static str, &'static str),
    /// Whether something is recorded in it, and whether that shows what it wants.
    is: (bool, bool),
    /// Facts that every face tells, each as a pattern.
    facts: &'static [&'static str],
}

#[rustfmt::skip]
const SLOTS: &[Slot] = &[
    slot(State::Sent, "seen", ("missing", "What was seen, text, required, missing"), (false, false), &[]),
    slot(State::Sent, "log", ("optional", "The log, text, optional"), (false, false), &[]),
    slot(State::Shown, "seen", ("recorded", "What was seen, .*recorded"), (true, true), &["a cold cache"]),
    slot(State::Passed, "suite", ("recorded", "Full suite, recorded"), (true, true),
        &["make check", "exit (code )?0"]),
    slot(State::Failed, "suite", ("failed", "Full suite, recorded, but it ended with exit code 1 and has to succeed"),
        (true, false), &["make check", "exit (code )?(\\*\\*)?1", "has to succeed|not what it had to be"]),
    slot(State::NoRun, "suite", ("no run", "Full suite, recorded, without a command and its exit code"),
        (true, true), &["all tests pass", "no exit code|no run|without a command"]),
];

const fn slot(
    state: State,
    id: &'static str,
    word: (&'static str, &'static str),
    is: (bool, bool),
    facts: &'static [&'static str],
) -> Slot {
    Slot { state, id, word, is, facts }
}

/// What the conversation says of the slots of the current turn, and of what is recorded in the first.
fn slots_told(faces: &Faces, several: bool, recorded: bool) -> String {
    let mut answers = vec![(WHAT_TO_DO, "record evidence")];
    match (several, recorded) {
        (true, true) => answers.extend([("Which evidence: ", "1"), ("What to do with it: ", "b")]),
        (true, false) => answers.push(("Which evidence: ", "b")),
        (false, _) => answers.push(("What to do with it: ", "b")),
    }
    faces.conversation(&answers)
}

#[test]
fn a_slot_stands_the_same_in_every_face() {
    for Slot { state, id, word, is, facts } in SLOTS {
        let faces = faces(*state);
        let show = faces.home.ok(&["show"]);
        assert!(show.contains(&format!("{}  {id}: ", word.0)), "{state:?}: no {word:?} {id} in {show}");

        let turn = faces.agent("current_turn", &json!({}))["now"]["turn"].clone();
        let slots = turn["evidence"].as_array().unwrap();
        let read = slots.iter().find(|slot| slot["id"] == *id).unwrap();
        assert_eq!((&read["recorded"], &read["shown"]), (&is.0.into(), &is.1.into()), "{state:?}: {read}");
        let wanted = turn["wanted"].as_array().unwrap().contains(&json!(id));
        assert_eq!(wanted, ["missing", "failed"].contains(&word.0), "{state:?}: {}", turn["wanted"]);

        let told = slots_told(&faces, slots.len() > 1, is.0);
        assert!(tells(&told, word.1), "--accessible, {state:?}: no {:?} in {told}", word.1);
        for (face, text) in [
            ("show", show),
            ("--accessible", told),
            ("the interface", faces.interface().screen()),
            ("the report", faces.home.ok(&["export"])),
        ] {
            for fact in *facts {
                // What is as it has to be is not worth a word in a sentence.
                let is_plain = face == "--accessible" && fact.ends_with('0');
                assert!(is_plain || tells(&text, fact), "{face}, {state:?}: no {fact:?} in {text}");
            }
        }
    }
}

/// A gate of the first turn.
struct Gate {
    state: State,
    /// What it counts as.
    word: &'static str,
    /// Facts that every face tells.
    facts: &'static [&'static str],
}

const CONDITION: &str = "The cause is known";

const GATES: &[Gate] = &[
    Gate { state: State::GateOpen, word: "open", facts: &[CONDITION] },
    Gate { state: State::GateAsked, word: "open", facts: &[CONDITION, "asked for by codex: two logs agree"] },
    Gate { state: State::GateStale, word: "stale", facts: &[CONDITION, "the result changed"] },
    Gate { state: State::GateRejected, word: "rejected", facts: &[CONDITION, "look at the log"] },
    Gate { state: State::Contradiction, word: "open", facts: &[CONDITION] },
];

#[test]
fn a_gate_stands_the_same_in_every_face() {
    for Gate { state, word, facts } in GATES {
        let faces = faces(*state);
        let show = faces.home.ok(&["show"]);
        let told = faces.conversation(&[]);
        let screen = faces.interface().screen();
        let agents = faces.agent("current_turn", &json!({}))["now"]["turn"]["gate"].clone();
        assert_eq!(agents["state"], *word, "{state:?}");
        for (face, text, word) in [
            ("show", &show, format!("gate {word}")),
            ("--accessible", &told, format!("Gate, {word}")),
            // On a screen there is room for what it means.
            ("the interface", &screen, format!("gate {}", if *word == "open" { "waits for you" } else { word })),
        ] {
            assert!(text.contains(&word), "{face}, {state:?}: no {word:?} in {text}");
            for fact in *facts {
                assert!(tells(text, fact), "{face}, {state:?}: no {fact:?} in {text}");
            }
        }
        if *word == "open" {
            assert!(show.contains("waits for a person"), "{state:?}: {show}");
            assert!(told.contains("waits for you"), "{state:?}: {told}");
        }
    }
}

#[test]
fn whoever_decides_a_gate_is_shown_the_same_in_every_face() {
    for (state, facts) in [
        (State::Unverified, &["What was seen", CONDITION][..]),
        (State::GateAsked, &["What was seen", "a cold cache", "Asked for by codex: two logs agree", CONDITION]),
        (State::GateStale, &["What was seen", "a cold cache", "not the cache", "the result changed", CONDITION]),
    ] {
        let faces = faces(state);
        let (_, shown) = type_into(&faces.home, &["gate", "approve"], &[("to approve it: ", "no")]);
        let answers = [(WHAT_TO_DO, "approve"), ("Enter for nothing: ", ""), ("to approve it: ", "no")];
        let told = faces.conversation(&answers);
        let (_, told) = told.split_once("Enter for nothing: ").unwrap();
        let mut rig = faces.interface();
        rig.keys("p");
        for (face, text) in [("gate approve", shown.as_str()), ("--accessible", told), ("the interface", &rig.screen())]
        {
            for fact in facts {
                assert!(tells(text, fact), "{face}, {state:?}: no {fact:?} in {text}");
            }
        }
    }
}

#[test]
fn what_speaks_against_a_plan_is_told_in_the_same_words() {
    for state in [State::Unverified, State::Contradiction] {
        let faces = faces(state);
        let json = faces.home.json(&["show"]);
        let told = |key: &str| json[key].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap().to_owned());
        let wanted: Vec<String> = told("contradictions").chain(told("findings")).collect();
        assert_eq!(wanted.len(), 1, "{state:?}: {json}");
        let review = faces.home.json(&["review"]);
        assert_eq!(
            (&review["contradictions"], &review["findings"].as_array().unwrap().len()),
            (&json["contradictions"], &json["findings"].as_array().unwrap().len()),
            "{state:?}"
        );
        let against = [(WHAT_TO_DO, "more"), ("What more: ", "against"), ("Which remedy", "b")];
        let mut rig = faces.interface();
        rig.keys("!");
        for (face, text) in [
            ("show", faces.home.ok(&["show"])),
            ("review", faces.home.ok(&["review"])),
            ("--accessible", faces.conversation(&against[..if state == State::Contradiction { 3 } else { 2 }])),
            ("the interface", rig.screen()),
        ] {
            let text = text.to_lowercase();
            for what in &wanted {
                assert!(text.contains(&what.to_lowercase()), "{face}, {state:?}: no {what:?} in {text}");
            }
        }
    }
}

#[test]
fn a_session_waits_for_the_same_one_in_every_face() {
    let faces = faces(State::Waiting);
    let mut rig = faces.interface();
    assert_eq!(rig.model.screen, Screen::Workspace);
    rig.keys("}");
    let sessions = [(WHAT_TO_DO, "another"), ("Which session: ", "b")];
    for (face, text, wanted) in [
        ("show", faces.home.ok(&["show"]), "waits for Build it"),
        ("--accessible", faces.conversation(&sessions), "waits for Build it"),
        ("the interface", rig.screen(), "waits for Build it"),
    ] {
        assert!(text.contains(wanted), "{face}: no {wanted:?} in {text}");
    }
    let turn = faces.agent("current_turn", &json!({ "session": "second" }))["turn"].clone();
    assert_eq!(turn["blocked"], "it waits for the session 'Build it'");
}
