//! What may not be done now: every face refuses it with the same message and the same way past it.

use serde_json::Value;

use crate::conversation::type_into;
use crate::faces::{Refused, WHAT_TO_DO};
use crate::states::{State, faces};

/// Something that is refused, as it is tried in each face.
struct Case {
    state: State,
    /// On the command line.
    command: &'static str,
    /// For an agent: the tool and its arguments; nothing where agents have none.
    tool: Option<(&'static str, &'static str)>,
    /// In the interface.
    keys: &'static str,
    /// In the conversation: the way to what is withheld.
    answers: &'static [(&'static str, &'static str)],
}

const AT_THE_END: &str = "What to do at the end";
const MEND: &[(&str, &str)] = &[(WHAT_TO_DO, "another"), ("Which turn: ", "2"), (WHAT_TO_DO, "start the")];
const TELL: &[(&str, &str)] =
    &[(WHAT_TO_DO, "another"), ("Which session: ", "tell"), ("Which turn: ", "1"), (WHAT_TO_DO, "start the")];

#[rustfmt::skip]
const CASES: &[Case] = &[
    // A turn that waits: for an earlier one, a gate, a session, one that was given up; in a session that is over.
    case(State::Planned, "turn start -t mend", Some(("start_turn", r#"{"turn": "mend"}"#)), "]t", MEND),
    case(State::GateOpen, "turn start -t mend", Some(("start_turn", r#"{"turn": "mend"}"#)), "]t", MEND),
    case(State::GateStale, "turn start -t mend", Some(("start_turn", r#"{"turn": "mend"}"#)), "]t", MEND),
    case(State::GateRejected, "turn start -t mend", Some(("start_turn", r#"{"turn": "mend"}"#)), "]t", MEND),
    case(State::Waiting, "turn start -s second", Some(("start_turn", r#"{"session": "second"}"#)), "}t", TELL),
    case(State::WaitingForever, "turn start", Some(("start_turn", "{}")), "t", &[(WHAT_TO_DO, "start the")]),
    case(State::Queued, "turn start", Some(("start_turn", "{}")), "t", &[(WHAT_TO_DO, "start the")]),
    // A turn that has not begun, or is closed.
    case(State::GateOpen, "turn start -t look", Some(("start_turn", r#"{"turn": "look"}"#)), "t",
        &[(WHAT_TO_DO, "start the")]),
    case(State::Planned, "turn done", Some(("finish_turn", "{}")), "d", &[(WHAT_TO_DO, "close")]),
    case(State::GateOpen, "turn done -t look", Some(("finish_turn", r#"{"turn": "look"}"#)), "d",
        &[(WHAT_TO_DO, "close")]),
    case(State::Planned, "evidence seen x", Some(("record_evidence", r#"{"slot": "seen", "value": "x"}"#)),
        "4<enter>", &[(WHAT_TO_DO, "record")]),
    case(State::Planned, "turn result x", Some(("record_result", r#"{"text": "x"}"#)), "r",
        &[(WHAT_TO_DO, "write down")]),
    case(State::GateOpen, "turn skip -t look --reason x", None, "x", &[(WHAT_TO_DO, "skip")]),
    case(State::Planned, "turn reopen", None, "o", &[(WHAT_TO_DO, "reopen")]),
    case(State::GateOpen, "finish", None, "wF", &[(WHAT_TO_DO, "wrap"), (AT_THE_END, "finish the"), (AT_THE_END, "b")]),
];

const fn case(
    state: State,
    command: &'static str,
    tool: Option<(&'static str, &'static str)>,
    keys: &'static str,
    answers: &'static [(&'static str, &'static str)],
) -> Case {
    Case { state, command, tool, keys, answers }
}

impl Refused {
    /// Whether a text tells it: the message in the same words, and the way past it in words or as a key.
    fn is_told_in(&self, text: &str, keys: bool) -> bool {
        let message = self.message.trim_end_matches('.');
        let Some((_, after)) = text.split_once(message) else { return false };
        after.contains(&self.hint) || keys && after.len() > ": ".len()
    }
}

#[test]
fn every_face_refuses_with_the_same_words() {
    let mut differ = Vec::new();
    for Case { state, command, tool, keys, answers } in CASES {
        let faces = faces(*state);
        let refused = faces.command_refused(&command.split(' ').collect::<Vec<_>>());
        let case = format!("{state:?}, {command}");
        assert!(!refused.hint.is_empty(), "{case}: {refused:?}");
        if let Some((tool, arguments)) = tool {
            let arguments: Value = serde_json::from_str(arguments).unwrap();
            let told = faces.agent_refused(tool, &arguments);
            if told != refused {
                differ.push(format!("{case}: {refused:?}, but an agent reads {told:?}"));
            }
        }
        let told = faces.conversation(answers);
        let line = told.lines().find(|line| line.contains("not now, because")).unwrap_or(&told);
        if !refused.is_told_in(line, false) {
            differ.push(format!("{case}: {refused:?}, but --accessible says {line:?}"));
        }
        let mut rig = faces.interface();
        rig.keys(keys);
        if !refused.is_told_in(&rig.status(), true) {
            differ.push(format!("{case}: {refused:?}, but the interface says {:?}", rig.status()));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn a_gate_that_is_not_to_be_decided_yet_is_refused_by_every_face_that_decides() {
    let faces = faces(State::Planned);
    let told = faces.conversation(&[(WHAT_TO_DO, "approve")]);
    let line = told.lines().find(|line| line.contains("not now, because")).unwrap_or(&told);
    let args = ["gate", "approve", "--color", "never"];
    let (code, shown) = type_into(&faces.home, &args, &[("to approve it: ", "look")]);
    let after = |name: &str| shown.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
    let refused = Refused { message: after("error: ").into(), hint: after("hint: ").into() };
    assert!(code == 5 && !refused.message.is_empty(), "{shown}");
    assert!(refused.is_told_in(line, false), "{refused:?}: {line}");
    let mut rig = faces.interface();
    rig.keys("p");
    assert!(refused.is_told_in(&rig.status(), true), "{refused:?}: {}", rig.status());
}
