//! Gates: when they are decided, what they hold back, and when they open again.

use setlist::domain::command::{Cause, Command, TurnRef};
use setlist::domain::plan::{GateState, Standing, TurnState};

use super::given::{Desk, approve, finish, reject, set};

const GATE: &str = "gate = \"Read and agreed\"\n[[turns.evidence]]\nid = \"note\"\nrequired = false";

fn gate(desk: &Desk, turn: &str) -> GateState {
    desk.turn(turn).gate.as_ref().unwrap().state
}

#[test]
fn a_gate_is_decided_once_its_turn_is_closed() {
    let mut desk = Desk::of_turns(&[GATE, ""]);
    let a = desk.at_turn("a");
    assert_eq!(desk.refuses(approve(a.clone())), "turn 'a' is not closed yet | close it, then decide its gate");
    assert_eq!(desk.refuses(reject(a.clone(), "no")), "turn 'a' is not closed yet | close it, then decide its gate");
    desk.starts("a");
    assert_eq!(desk.refusal(approve(a.clone())).cause, Cause::Rule);
    desk.finishes("a");
    assert_eq!(desk.approves("a"), "gate approved: Read and agreed");
    let decided = desk.turn("a").gate.clone().unwrap();
    assert_eq!((decided.by.as_str(), decided.note.as_str(), decided.at), ("ada", "read it", Some(desk.now)));
    assert_eq!(decided.hash.unwrap().len(), 64);
    assert_eq!(desk.refuses(approve(a)), "the gate after 'a' is approved already | reopen the turn to undo that");
    assert!(desk.refuses(approve(desk.at_turn("b"))).starts_with("turn 'b' has no gate | "));
}

#[test]
fn an_open_gate_holds_the_next_turn_and_the_session() {
    let mut desk = Desk::of_turns(&[GATE, ""]);
    desk.starts("a");
    desk.finishes("a");
    assert_eq!(desk.session().current_turn().unwrap().id, "a", "a person goes on with the gate");
    assert_eq!(
        desk.refuses(Command::StartTurn(desk.at_turn("b"))),
        "turn 'b' cannot start: the gate after 'a' is open: Read and agreed | approve the gate after 'a' first"
    );
    assert_eq!(desk.plan.standing(desk.session(), desk.turn("b")), Standing::Waiting);
    desk.skips("b");
    assert!(desk.refuses(finish("main")).starts_with("the gate after 'a' is open: Read and agreed | approve"));
    desk.approves("a");
    desk.does(finish("main"));
}

#[test]
fn skipping_is_no_way_around_a_gate() {
    let mut desk = Desk::of_turns(&[GATE, ""]);
    desk.skips("a");
    assert!(desk.refuses(Command::StartTurn(desk.at_turn("b"))).contains("the gate after 'a' is open"));
    desk.approves("a");
    desk.starts("b");
}

#[test]
fn a_rejection_sends_the_turn_back_and_counts() {
    let mut desk = Desk::of_turns(&[GATE, ""]);
    let a = desk.at_turn("a");
    desk.starts("a");
    desk.finishes("a");
    assert_eq!(desk.refuses(reject(a.clone(), " ")), "a gate is rejected for a reason | say what is missing");
    assert_eq!(desk.does(reject(a.clone(), "no diagram")), "gate rejected, turn sent back: Read and agreed");
    let turn = desk.turn("a");
    assert_eq!((turn.state, turn.rework, turn.reason.as_deref()), (TurnState::Active, 1, Some("no diagram")));
    assert_eq!(turn.running_since, None, "nobody works on it yet");
    assert_eq!(gate(&desk, "a"), GateState::Rejected);
    assert!(desk.refuses(Command::StartTurn(desk.at_turn("b"))).contains("turn 'a' is not closed yet"));
    desk.skips("a");
    assert!(desk.refuses(Command::StartTurn(desk.at_turn("b"))).contains("was rejected"));
    desk.does(Command::ReopenTurn { turn: a, reason: String::new() });
    desk.finishes("a");
    assert_eq!(gate(&desk, "a"), GateState::Open);
    desk.approves("a");
    desk.starts("b");
    let rejections = &desk.turn("a").gate.as_ref().unwrap().rejections;
    let told: Vec<_> = rejections.iter().map(|rejection| (rejection.by.as_str(), rejection.note.as_str())).collect();
    assert_eq!(told, [("ada", "no diagram")], "an approval does not make it undone");
}

#[test]
fn reopening_a_turn_opens_its_gate_and_every_later_one() {
    let mut desk = Desk::of_turns(&[GATE, GATE, GATE, ""]);
    for turn in ["a", "b", "c"] {
        desk.starts(turn);
        desk.finishes(turn);
        desk.approves(turn);
    }
    desk.starts("d");
    desk.at(5);
    desk.does(Command::ReopenTurn { turn: desk.at_turn("b"), reason: "missed a case".into() });
    assert_eq!(["a", "b", "c"].map(|turn| gate(&desk, turn)), [GateState::Approved, GateState::Open, GateState::Open]);
    let turn = desk.turn("b");
    assert_eq!((turn.rework, turn.ended, turn.reason.as_deref()), (1, None, Some("missed a case")));
    assert!(!desk.plan.is_running(), "the clock of what came after it stops");
    assert_eq!(desk.turn("d").worked, 300);
    assert_eq!(desk.session().current_turn().unwrap().id, "b");
}

#[test]
fn what_changes_after_an_approval_takes_it_back() {
    type Changed = (fn(&mut Desk), &'static str);
    let changes: [Changed; 3] = [
        (|desk| drop(desk.records("a", "note", "something else")), "the evidence 'note' changed"),
        (
            |desk| drop(desk.does(Command::SetResult { turn: desk.at_turn("a"), result: "other".into() })),
            "the result changed",
        ),
        (
            |desk| drop(desk.does(Command::ClearEvidence { turn: desk.at_turn("a"), slot: "note".into() })),
            "the evidence 'note' changed",
        ),
    ];
    for (change, why) in changes {
        let mut desk = Desk::of_turns(&[GATE, ""]);
        desk.starts("a");
        desk.records("a", "note", "as approved");
        desk.finishes("a");
        desk.approves("a");
        desk.does(Command::AddNote { session: String::new(), turn: String::new(), text: "unrelated".into() });
        desk.at(3).records("a", "note", "as approved");
        assert_eq!(gate(&desk, "a"), GateState::Approved, "the same evidence again changes nothing");
        change(&mut desk);
        assert_eq!(gate(&desk, "a"), GateState::Open);
        assert_eq!(desk.turn("a").gate.as_ref().unwrap().standing(), format!("stale ({why})"));
        let refused = desk.refuses(Command::StartTurn(desk.at_turn("b")));
        assert!(refused.contains(&format!("the gate after 'a' is stale, because {why}: Read and agreed")), "{refused}");
        desk.approves("a");
        assert_eq!(desk.turn("a").gate.as_ref().unwrap().word(), "approved");
    }
}

#[test]
fn work_on_an_earlier_turn_makes_later_approvals_stale() {
    let mut desk = Desk::of_turns(&[GATE, GATE, ""]);
    for turn in ["a", "b"] {
        desk.starts(turn);
        desk.finishes(turn);
        desk.approves(turn);
    }
    desk.does(Command::ReopenTurn { turn: desk.at_turn("a"), reason: "missed a case".into() });
    let words = |desk: &Desk| ["a", "b"].map(|turn| desk.turn(turn).gate.as_ref().unwrap().standing());
    assert_eq!(words(&desk), ["stale (the turn was reopened)", "stale ('a' is worked on again)"]);
    desk.finishes("a");
    assert_eq!(words(&desk)[0], "stale (the turn was reopened)");
    assert_eq!(gate(&desk, "b"), GateState::Open);
}

#[test]
fn a_file_edited_by_hand_makes_its_approval_stale() {
    let mut desk = Desk::of_turns(&[GATE, ""]);
    desk.starts("a");
    desk.records("a", "note", "as approved");
    desk.finishes("a");
    desk.approves("a");
    let text = toml::to_string_pretty(&desk.plan).unwrap();
    let read = |text: &str| toml::from_str::<setlist::domain::plan::Plan>(text).unwrap().with_stale_gates();
    assert_eq!(read(&text), desk.plan);
    desk.plan = read(&text.replace("as approved", "as forged"));
    assert_eq!(desk.turn("a").gate.as_ref().unwrap().standing(), "stale (the evidence 'note' changed)");
    assert!(desk.refuses(Command::StartTurn(desk.at_turn("b"))).contains("is stale"));
}

#[test]
fn a_new_value_leaves_what_was_approved() {
    let mut desk = Desk::of("greenfield-from-scratch");
    let [first, second] = [0, 1].map(|index| TurnRef::new("main", &desk.session().turns[index].id));
    desk.works(&first);
    desk.works(&second);
    assert_eq!(desk.turn(&second.turn).gate.as_ref().unwrap().state, GateState::Approved);
    desk.does(set("project_type", "a compiler"));
    assert_eq!(desk.turn(&second.turn).gate.as_ref().unwrap().state, GateState::Approved);
}

#[test]
fn anyone_may_ask_for_a_gate_and_a_decision_answers() {
    let mut desk = Desk::of_turns(&[GATE, ""]);
    let ask =
        |desk: &Desk| Command::AskForGate { turn: desk.at_turn("a"), note: "tests shown ".into(), by: "codex".into() };
    desk.starts("a");
    assert!(desk.refuses(ask(&desk)).contains("is not closed yet"));
    desk.finishes("a");
    assert_eq!(desk.does(ask(&desk)), "asked a person to decide the gate after 'a'");
    let request = |desk: &Desk| desk.turn("a").gate.as_ref().unwrap().request();
    assert_eq!(request(&desk).as_deref(), Some("codex: tests shown"));
    assert_eq!(gate(&desk, "a"), GateState::Open, "asking decides nothing");
    desk.does(reject(desk.at_turn("a"), "no diagram"));
    assert_eq!(request(&desk), None);
    desk.finishes("a");
    desk.does(ask(&desk));
    desk.approves("a");
    assert_eq!(request(&desk), None);
    assert!(desk.refuses(ask(&desk)).contains("approved already"));
}

#[test]
fn gates_are_decided_in_their_order() {
    let mut desk = Desk::of_turns(&[GATE, GATE, ""]);
    for turn in ["a", "b"] {
        desk.starts(turn);
        desk.finishes(turn);
        desk.approves(turn);
    }
    desk.does(Command::ReopenTurn { turn: desk.at_turn("a"), reason: String::new() });
    let b = desk.at_turn("b");
    for decision in [approve(b.clone()), reject(b.clone(), "no")] {
        let told = desk.refuses(decision);
        assert!(told.starts_with("turn 'a', which comes before it, is not closed | close 'a' first"), "{told}");
    }
    desk.finishes("a");
    assert_eq!(
        desk.refuses(approve(b.clone())),
        "the gate after 'a', which comes before it, is not approved | decide the gate after 'a' first"
    );
    desk.approves("a");
    desk.approves("b");
}

#[test]
fn a_new_iteration_begins_without_the_reason_of_the_earlier_one() {
    let mut desk = Desk::of_turns(&[&format!("repeat = \"try\"\n{GATE}"), ""]);
    desk.starts("a");
    desk.finishes("a");
    desk.does(reject(desk.at_turn("a"), "slower than before"));
    assert_eq!(desk.turn("a").reason.as_deref(), Some("slower than before"));
    desk.does(Command::RepeatTurn(desk.at_turn("a")));
    assert_eq!(desk.turn("a").reason, None);
}
