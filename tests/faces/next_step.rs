//! What comes next: every face names the same thing, and doing it in one does what it does in the others.

use serde_json::{Value, json};
use setlist::domain::plan::{Gate, Plan, Session, Turn};

use crate::faces::{Faces, WHAT_TO_DO};
use crate::states::{State, faces};

/// What comes next in a state.
struct Case {
    state: State,
    /// In a sentence, wherever sentences are.
    what: &'static str,
    /// As a command; empty where none does it.
    command: &'static str,
    /// What Enter is called in the interface, and what the screen shows after it.
    enter: (&'static str, &'static str),
    /// Under which words the conversation offers it.
    offer: &'static str,
}

/// The tool that does what the command does.
const TOOLS: &[(&str, &str)] = &[("setlist turn start", "start_turn"), ("setlist turn done", "finish_turn")];

const SEEN: &str = "work on 'Look', then record: What was seen";
const SUITE: &str = "work on 'Mend', then record: Full suite (exit code 1)";
const GATE: &str = "decide the gate after 'Look': The cause is known";
const WAITS: &str = "'Tell' waits: it waits for the session 'Build it'";

/// In the interface clock and prompt are steps of their own; elsewhere they are part of the work on a turn.
#[rustfmt::skip]
const CASES: &[Case] = &[
    case(State::Planned, "start 'Look'", "turn start", ("start", "turn 'Look' started"), "Start the turn"),
    case(State::Begun, SEEN, "evidence seen VALUE", ("copy prompt", "prompt of 'Look' copied"), "Copy the prompt"),
    case(State::Sent, SEEN, "evidence seen VALUE", ("record evidence", "━ What was seen ━"), "Record evidence"),
    case(State::Paused, SEEN, "evidence seen VALUE", ("resume", "turn 'Look' resumed"), "Start the clock again"),
    case(State::Shown, "close 'Look'", "turn done", ("close turn", "turn 'Look' done"), "Close the turn"),
    case(State::Unverified, GATE, "gate approve", ("decide gate", "━ Approve the gate ━"), "Approve the gate"),
    case(State::GateOpen, GATE, "gate approve", ("decide gate", "━ Approve the gate ━"), "Approve the gate"),
    case(State::GateAsked, GATE, "gate approve", ("decide gate", "━ Approve the gate ━"), "Approve the gate"),
    case(State::GateStale, GATE, "gate approve", ("decide gate", "━ Approve the gate ━"), "Approve the gate"),
    case(State::GateRejected, "close 'Look'", "turn done", ("resume", "turn 'Look' resumed"), "Start the clock again"),
    case(State::Contradiction, GATE, "gate approve", ("decide gate", "━ Approve the gate ━"), "Approve the gate"),
    case(State::Failed, SUITE, "evidence suite --run -- CMD", ("record evidence", "━ Full suite ━"), "Record evidence"),
    case(State::NoRun, "close 'Mend'", "turn done", ("close turn", "turn 'Mend' done"), "Close the turn"),
    case(State::Passed, "close 'Mend'", "turn done", ("close turn", "turn 'Mend' done"), "Close the turn"),
    case(State::WrapUp, "tick off: All tests passing (full suite run)", "check all-tests-passing",
        ("wrap up", "▌[ ] All tests passing"), "Wrap-up"),
    case(State::WrapUpUnverified, "finish the session; some turns are unverified", "finish --unverified REASON",
        ("wrap up", "> Finish session"), "Wrap-up"),
    case(State::Queued, "begin 'OAuth', which was queued", "queue start oauth",
        ("wrap-up", "Start 'OAuth'"), "Wrap-up"),
    case(State::Waiting, "close 'Build'", "turn done", ("copy prompt", "prompt of 'Build' copied"), "Close the turn"),
    case(State::WaitingForever, WAITS, "", ("what it waits for", "1 Build"), "Another turn or session"),
];

const fn case(
    state: State,
    what: &'static str,
    command: &'static str,
    enter: (&'static str, &'static str),
    offer: &'static str,
) -> Case {
    Case { state, what, command, enter, offer }
}

/// Where everything stands, without times.
fn standing(plan: &Plan) -> Vec<String> {
    let turn = |turn: &Turn| {
        let gate = turn.gate.as_ref().map(Gate::word);
        format!("  {} {} {} {gate:?}", turn.id, turn.state, turn.running_since.is_some())
    };
    let session = |session: &Session| {
        [vec![format!("{} {}", session.id, session.state)], session.turns.iter().map(turn).collect()].concat()
    };
    plan.sessions.iter().flat_map(session).collect()
}

/// `start 'Look'` from `Next: Start 'Look'.`
fn of_sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let rest = text.chars().next().map_or(0, char::len_utf8);
    text[..rest].to_lowercase() + &text[rest..]
}

/// What follows `Next: ` in a text.
fn next_in(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("Next: ")).unwrap_or_else(|| panic!("no next step: {text}"))
}

#[test]
fn every_face_names_the_same_next_step() {
    for Case { state, what, command, enter, offer } in CASES {
        let faces = faces(*state);
        let command = if command.is_empty() { String::new() } else { format!("setlist {command}") };
        let shown = faces.home.ok(&["show"]);
        let way = if command.is_empty() { String::new() } else { format!("  ({command})") };
        assert_eq!(next_in(&shown), format!("{what}{way}"), "show, {state:?}");

        let computed = faces.home.json(&["show"])["computed"]["now"].clone();
        let agents = faces.agent("current_turn", &json!({}))["now"].clone();
        assert_eq!(computed, agents, "--json and current_turn, {state:?}");
        if *state == State::Queued {
            assert_eq!(computed, Value::Null, "an agent has nothing to do in a plan that is over");
        } else {
            let person = what.starts_with("decide");
            let command = Some(&command).filter(|command| !command.is_empty());
            assert_eq!(computed["next"], json!({ "what": what, "command": command, "person": person }), "{state:?}");
        }

        let told = faces.conversation(&[]);
        assert_eq!(of_sentence(next_in(&told)), *what, "--accessible, {state:?}");
        let offered = told.lines().any(|line| line.split_once(". ").is_some_and(|(_, label)| label.starts_with(offer)));
        assert!(offered, "--accessible offers no {offer:?}, {state:?}: {told}");

        let mut rig = faces.interface();
        let screen = rig.screen();
        let hint = format!(" enter {}  ", enter.0);
        assert!(screen.lines().last().unwrap().starts_with(&hint), "no {hint:?}, {state:?}\n{screen}");
        rig.keys("<enter>");
        let screen = rig.screen();
        assert!(screen.contains(enter.1), "no {:?} after Enter, {state:?}\n{screen}", enter.1);
    }
}

#[test]
fn the_next_step_does_the_same_in_every_face() {
    let plain = |case: &&Case| TOOLS.iter().any(|(command, _)| command.ends_with(case.command));
    for case in CASES.iter().filter(plain).filter(|case| ["start", "close turn"].contains(&case.enter.0)) {
        let before = faces(case.state);
        let done = |how: &dyn Fn(&Faces)| {
            let faces = before.copy();
            how(&faces);
            standing(&faces.plan())
        };
        let by_command = done(&|faces| {
            faces.home.ok(&case.command.split(' ').collect::<Vec<_>>());
        });
        assert_ne!(by_command, standing(&before.plan()), "{:?}", case.state);
        let (_, tool) = TOOLS.iter().find(|(command, _)| command.ends_with(case.command)).unwrap();
        let by_agent = done(&|faces| drop(faces.agent(tool, &json!({}))));
        let by_answer = done(&|faces| drop(faces.conversation(&[(WHAT_TO_DO, case.offer)])));
        let mut rig = before.interface();
        rig.keys("<enter>");
        let by_key = standing(&rig.model.workspace.as_ref().unwrap().plan);
        assert_eq!([&by_agent, &by_answer, &by_key], [&by_command; 3], "{:?}", case.state);
    }
}
