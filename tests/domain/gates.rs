//! Gates: when they are decided, what they hold back, and when they open again.

use setlist::domain::command::{Command, TurnRef};
use setlist::domain::plan::{GateState, Standing, TurnState};
use setlist::domain::refusal::ErrorCode;

use super::given::{Workspace, approve, finish, reject, set};

const GATE: &str = "gate = \"Read and agreed\"\n[[turns.evidence]]\nid = \"note\"\nrequired = false";

fn gate(workspace: &Workspace, turn: &str) -> GateState {
    workspace.turn(turn).gate.as_ref().unwrap().state
}

#[test]
fn a_gate_is_decided_once_its_turn_is_closed() {
    let mut workspace = Workspace::of_turns(&[GATE, ""]);
    let a = workspace.at_turn("a");
    assert_eq!(workspace.refuses(approve(a.clone())), "turn 'a' is not closed yet | close it, then decide its gate");
    assert_eq!(
        workspace.refuses(reject(a.clone(), "no")),
        "turn 'a' is not closed yet | close it, then decide its gate"
    );
    workspace.starts("a");
    assert_eq!(workspace.refusal(approve(a.clone())).code, ErrorCode::Refused);
    workspace.finishes("a");
    assert_eq!(workspace.approves("a"), "gate approved: Read and agreed");
    let decided = workspace.turn("a").gate.clone().unwrap();
    assert_eq!((decided.by.as_str(), decided.note.as_str(), decided.at), ("ada", "read it", Some(workspace.now)));
    assert_eq!(decided.hash.unwrap().len(), 64);
    assert_eq!(workspace.refuses(approve(a)), "the gate after 'a' is approved already | reopen the turn to undo that");
    assert!(workspace.refuses(approve(workspace.at_turn("b"))).starts_with("turn 'b' has no gate | "));
}

#[test]
fn an_open_gate_holds_the_next_turn_and_the_session() {
    let mut workspace = Workspace::of_turns(&[GATE, ""]);
    workspace.starts("a");
    workspace.finishes("a");
    assert_eq!(workspace.session().current_turn().unwrap().id, "a", "a person goes on with the gate");
    assert_eq!(
        workspace.refuses(Command::StartTurn(workspace.at_turn("b"))),
        "turn 'b' cannot start: the gate after 'a' is open: Read and agreed | approve the gate after 'a' first"
    );
    assert_eq!(workspace.plan.standing(workspace.session(), workspace.turn("b")), Standing::Waiting);
    workspace.skips("b");
    assert!(workspace.refuses(finish("main")).starts_with("the gate after 'a' is open: Read and agreed | approve"));
    workspace.approves("a");
    workspace.does(finish("main"));
}

#[test]
fn skipping_is_no_way_around_a_gate() {
    let mut workspace = Workspace::of_turns(&[GATE, ""]);
    workspace.skips("a");
    assert!(workspace.refuses(Command::StartTurn(workspace.at_turn("b"))).contains("the gate after 'a' is open"));
    workspace.approves("a");
    workspace.starts("b");
}

#[test]
fn a_rejection_sends_the_turn_back_and_counts() {
    let mut workspace = Workspace::of_turns(&[GATE, ""]);
    let a = workspace.at_turn("a");
    workspace.starts("a");
    workspace.finishes("a");
    assert_eq!(workspace.refuses(reject(a.clone(), " ")), "a gate is rejected for a reason | say what is missing");
    assert_eq!(workspace.does(reject(a.clone(), "no diagram")), "gate rejected, turn sent back: Read and agreed");
    let turn = workspace.turn("a");
    assert_eq!((turn.state, turn.rework, turn.reason.as_deref()), (TurnState::Active, 1, Some("no diagram")));
    assert_eq!(turn.running_since, None, "nobody works on it yet");
    assert_eq!(gate(&workspace, "a"), GateState::Rejected);
    assert!(workspace.refuses(Command::StartTurn(workspace.at_turn("b"))).contains("turn 'a' is not closed yet"));
    workspace.skips("a");
    assert!(workspace.refuses(Command::StartTurn(workspace.at_turn("b"))).contains("was rejected"));
    workspace.does(Command::ReopenTurn { turn: a, reason: String::new() });
    workspace.finishes("a");
    assert_eq!(gate(&workspace, "a"), GateState::Open);
    workspace.approves("a");
    workspace.starts("b");
    let rejections = &workspace.turn("a").gate.as_ref().unwrap().rejections;
    let told: Vec<_> = rejections.iter().map(|rejection| (rejection.by.as_str(), rejection.note.as_str())).collect();
    assert_eq!(told, [("ada", "no diagram")], "an approval does not make it undone");
}

#[test]
fn reopening_a_turn_opens_its_gate_and_every_later_one() {
    let mut workspace = Workspace::of_turns(&[GATE, GATE, GATE, ""]);
    for turn in ["a", "b", "c"] {
        workspace.starts(turn);
        workspace.finishes(turn);
        workspace.approves(turn);
    }
    workspace.starts("d");
    workspace.at(5);
    workspace.does(Command::ReopenTurn { turn: workspace.at_turn("b"), reason: "missed a case".into() });
    assert_eq!(
        ["a", "b", "c"].map(|turn| gate(&workspace, turn)),
        [GateState::Approved, GateState::Open, GateState::Open]
    );
    let turn = workspace.turn("b");
    assert_eq!((turn.rework, turn.ended, turn.reason.as_deref()), (1, None, Some("missed a case")));
    assert!(!workspace.plan.is_running(), "the clock of what came after it stops");
    assert_eq!(workspace.turn("d").worked, 300);
    assert_eq!(workspace.session().current_turn().unwrap().id, "b");
}

#[test]
fn what_changes_after_an_approval_takes_it_back() {
    type Changed = (fn(&mut Workspace), &'static str);
    let changes: [Changed; 3] = [
        (|workspace| drop(workspace.records("a", "note", "something else")), "the evidence 'note' changed"),
        (
            |workspace| {
                drop(workspace.does(Command::SetResult { turn: workspace.at_turn("a"), result: "other".into() }))
            },
            "the result changed",
        ),
        (
            |workspace| {
                drop(workspace.does(Command::ClearEvidence { turn: workspace.at_turn("a"), slot: "note".into() }))
            },
            "the evidence 'note' changed",
        ),
    ];
    for (change, why) in changes {
        let mut workspace = Workspace::of_turns(&[GATE, ""]);
        workspace.starts("a");
        workspace.records("a", "note", "as approved");
        workspace.finishes("a");
        workspace.approves("a");
        workspace.does(Command::AddNote { session: String::new(), turn: String::new(), text: "unrelated".into() });
        workspace.at(3).records("a", "note", "as approved");
        assert_eq!(gate(&workspace, "a"), GateState::Approved, "the same evidence again changes nothing");
        change(&mut workspace);
        assert_eq!(gate(&workspace, "a"), GateState::Open);
        assert_eq!(workspace.turn("a").gate.as_ref().unwrap().standing(), format!("stale ({why})"));
        let refused = workspace.refuses(Command::StartTurn(workspace.at_turn("b")));
        assert!(refused.contains(&format!("the gate after 'a' is stale, because {why}: Read and agreed")), "{refused}");
        workspace.approves("a");
        assert_eq!(workspace.turn("a").gate.as_ref().unwrap().word(), "approved");
    }
}

#[test]
fn work_on_an_earlier_turn_makes_later_approvals_stale() {
    let mut workspace = Workspace::of_turns(&[GATE, GATE, ""]);
    for turn in ["a", "b"] {
        workspace.starts(turn);
        workspace.finishes(turn);
        workspace.approves(turn);
    }
    workspace.does(Command::ReopenTurn { turn: workspace.at_turn("a"), reason: "missed a case".into() });
    let words = |workspace: &Workspace| ["a", "b"].map(|turn| workspace.turn(turn).gate.as_ref().unwrap().standing());
    assert_eq!(words(&workspace), ["stale (the turn was reopened)", "stale ('a' is worked on again)"]);
    workspace.finishes("a");
    assert_eq!(words(&workspace)[0], "stale (the turn was reopened)");
    assert_eq!(gate(&workspace, "b"), GateState::Open);
}

#[test]
fn a_file_edited_by_hand_makes_its_approval_stale() {
    let mut workspace = Workspace::of_turns(&[GATE, ""]);
    workspace.starts("a");
    workspace.records("a", "note", "as approved");
    workspace.finishes("a");
    workspace.approves("a");
    let text = toml::to_string_pretty(&workspace.plan).unwrap();
    let read = |text: &str| toml::from_str::<setlist::domain::plan::Plan>(text).unwrap().with_stale_gates();
    assert_eq!(read(&text), workspace.plan);
    workspace.plan = read(&text.replace("as approved", "as forged"));
    assert_eq!(workspace.turn("a").gate.as_ref().unwrap().standing(), "stale (the evidence 'note' changed)");
    assert!(workspace.refuses(Command::StartTurn(workspace.at_turn("b"))).contains("is stale"));
}

#[test]
fn a_new_value_leaves_what_was_approved() {
    let mut workspace = Workspace::of("greenfield-from-scratch");
    let [first, second] = [0, 1].map(|index| TurnRef::new("main", &workspace.session().turns[index].id));
    workspace.works(&first);
    workspace.works(&second);
    assert_eq!(workspace.turn(&second.turn).gate.as_ref().unwrap().state, GateState::Approved);
    workspace.does(set("project_type", "a compiler"));
    assert_eq!(workspace.turn(&second.turn).gate.as_ref().unwrap().state, GateState::Approved);
}

#[test]
fn anyone_may_ask_for_a_gate_and_a_decision_answers() {
    let mut workspace = Workspace::of_turns(&[GATE, ""]);
    let ask = |workspace: &Workspace| Command::AskForGate {
        turn: workspace.at_turn("a"),
        note: "tests shown ".into(),
        by: "codex".into(),
    };
    workspace.starts("a");
    assert!(workspace.refuses(ask(&workspace)).contains("is not closed yet"));
    workspace.finishes("a");
    assert_eq!(workspace.does(ask(&workspace)), "asked a person to decide the gate after 'a'");
    let request = |workspace: &Workspace| workspace.turn("a").gate.as_ref().unwrap().request();
    assert_eq!(request(&workspace).as_deref(), Some("codex: tests shown"));
    assert_eq!(gate(&workspace, "a"), GateState::Open, "asking decides nothing");
    workspace.does(reject(workspace.at_turn("a"), "no diagram"));
    assert_eq!(request(&workspace), None);
    workspace.finishes("a");
    workspace.does(ask(&workspace));
    workspace.approves("a");
    assert_eq!(request(&workspace), None);
    assert!(workspace.refuses(ask(&workspace)).contains("approved already"));
}

#[test]
fn gates_are_decided_in_their_order() {
    let mut workspace = Workspace::of_turns(&[GATE, GATE, ""]);
    for turn in ["a", "b"] {
        workspace.starts(turn);
        workspace.finishes(turn);
        workspace.approves(turn);
    }
    workspace.does(Command::ReopenTurn { turn: workspace.at_turn("a"), reason: String::new() });
    let b = workspace.at_turn("b");
    for decision in [approve(b.clone()), reject(b.clone(), "no")] {
        let told = workspace.refuses(decision);
        assert!(told.starts_with("turn 'a', which comes before it, is not closed | close 'a' first"), "{told}");
    }
    workspace.finishes("a");
    assert_eq!(
        workspace.refuses(approve(b.clone())),
        "the gate after 'a', which comes before it, is not approved | decide the gate after 'a' first"
    );
    workspace.approves("a");
    workspace.approves("b");
}

#[test]
fn a_new_iteration_begins_without_the_reason_of_the_earlier_one() {
    let mut workspace = Workspace::of_turns(&[&format!("repeat = \"try\"\n{GATE}"), ""]);
    workspace.starts("a");
    workspace.finishes("a");
    workspace.does(reject(workspace.at_turn("a"), "slower than before"));
    assert_eq!(workspace.turn("a").reason.as_deref(), Some("slower than before"));
    workspace.does(Command::RepeatTurn(workspace.at_turn("a")));
    assert_eq!(workspace.turn("a").reason, None);
}
