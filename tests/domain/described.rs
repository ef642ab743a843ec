//! What every face says of a slot, a gate, what its decision is about, and what speaks against the plan.

use setlist::domain::command::{Command, EvidenceInput, TurnRef};
use setlist::domain::plan::{GateStanding, GateState, TurnState};
use setlist::domain::review::Thresholds;
use setlist::workflow::describe::{Manner, SlotState, decision, gate, slot};
use setlist::workflow::findings::{findings, mended_at_once, of_review};

use super::given::{Workspace, reject};

const TURN: &str = "gate = \"Read and agreed\"\n\
    [[turns.evidence]]\nid = \"tests\"\nlabel = \"Tests\"\nkind = \"command\"\n\
    [[turns.evidence]]\nid = \"note\"\nlabel = \"Note\"\nrequired = false\n\
    [[turns.evidence]]\nid = \"cause\"\nlabel = \"Cause\"";

fn ran(workspace: &mut Workspace, exit_code: i32) {
    let turn = workspace.at_turn("a");
    let input = EvidenceInput::Command { command: "cargo test".into(), exit_code, output: "one\ntwo\n".into() };
    workspace.does(Command::RecordEvidence { turn, slot: "tests".into(), input });
}

#[test]
fn a_slot_says_where_it_stands_and_how_its_command_ended() {
    let mut workspace = Workspace::of_turns(&[TURN]);
    workspace.starts("a");
    let told = |workspace: &Workspace, at: usize| {
        let told = slot(&workspace.turn("a").evidence[at]);
        (told.state, told.ended("exit").unwrap_or_default(), told.gist.to_owned(), told.more.to_owned())
    };
    let of = |state, ended: &str, gist: &str, more: &str| (state, ended.into(), gist.into(), more.into());
    assert_eq!(told(&workspace, 0), of(SlotState::Missing, "", "", ""));
    assert_eq!(told(&workspace, 1), of(SlotState::Optional, "", "", ""));
    ran(&mut workspace, 101);
    assert_eq!(told(&workspace, 0), of(SlotState::Failed, "exit 101, has to succeed", "cargo test", "one\ntwo\n"));
    ran(&mut workspace, 0);
    assert_eq!(told(&workspace, 0), of(SlotState::Recorded, "exit 0", "cargo test", "one\ntwo\n"));
    workspace.writes("a", "tests", "\nThey ran.\nAll of them.\n");
    assert_eq!(told(&workspace, 0), of(SlotState::NoRun, "no exit code", "They ran.", "All of them."));
    workspace.records("a", "cause", "A cache");
    assert_eq!(told(&workspace, 2), of(SlotState::Recorded, "", "A cache", ""));
}

#[test]
fn a_gate_says_what_it_counts_as_and_whether_it_waits() {
    let mut workspace = Workspace::of_turns(&["gate = \"Read and agreed\"", ""]);
    let told = |workspace: &Workspace| {
        let gate = gate(workspace.turn("a")).unwrap();
        (gate.standing, gate.waits, gate.word())
    };
    assert_eq!(told(&workspace), (GateStanding::Open, false, "open"));
    workspace.starts("a");
    workspace.finishes("a");
    assert_eq!(told(&workspace), (GateStanding::Open, true, "waits for you"));
    let turn = workspace.at_turn("a");
    workspace.does(Command::AskForGate { turn: turn.clone(), note: "all done".into(), by: "codex".into() });
    assert_eq!(gate(workspace.turn("a")).unwrap().request(), ", asked for by codex: all done");
    workspace.approves("a");
    assert_eq!(told(&workspace), (GateStanding::Approved, false, "approved"));
    workspace.does(Command::SetResult { turn: turn.clone(), result: "Another".into() });
    assert_eq!(told(&workspace), (GateStanding::Stale, true, "stale"));
    workspace.does(reject(turn, "no"));
    assert_eq!(told(&workspace), (GateStanding::Rejected, false, "rejected"));
    // Called approved by hand.
    let by_hand = &mut workspace.plan.sessions[0].turns[0];
    by_hand.state = TurnState::Done;
    by_hand.gate.as_mut().unwrap().state = GateState::Approved;
    assert_eq!(told(&workspace), (GateStanding::Open, true, "waits for you"));
}

#[test]
fn a_decision_is_about_all_that_was_shown_claimed_and_is_lacking() {
    let mut workspace = Workspace::of_turns(&[TURN]);
    workspace.starts("a");
    ran(&mut workspace, 101);
    let turn = workspace.at_turn("a");
    workspace.does(Command::SetResult { turn: turn.clone(), result: "It should work.\nI think.".into() });
    workspace.finishes("a");
    workspace.does(Command::AskForGate { turn, note: String::new(), by: "codex".into() });
    let facts = decision(&workspace.plan, workspace.session(), workspace.turn("a"), &["should work".into()]);
    let told: Vec<_> = facts.iter().map(|fact| (fact.manner, fact.what.clone() + &fact.gist, &*fact.more)).collect();
    let wanted = [
        (Manner::Plain, "Asked for by codex", ""),
        (Manner::Warning, "Turn 1 'a' is unverified.", ""),
        (Manner::Lacking, "Tests: exit code 101, has to succeed, cargo test", "one\ntwo\n"),
        (Manner::Plain, "Note: not given", ""),
        (Manner::Lacking, "Cause: nothing recorded", ""),
        (Manner::Shown, "Result: It should work.", "I think."),
        (Manner::Warning, "Claimed, not shown: the result says 'should work'.", ""),
    ];
    assert_eq!(told, wanted.map(|(manner, text, more)| (manner, text.to_owned(), more)));
}

#[test]
fn what_cannot_be_comes_before_what_the_review_finds() {
    let mut workspace = Workspace::of_turns(&["[[turns.evidence]]\nid = \"cause\""]);
    workspace.plan.sessions[0].turns[0].state = TurnState::Done;
    let found = findings(&workspace.plan, &Thresholds::default());
    let rules: Vec<_> = found.iter().map(|finding| (finding.rule(), finding.is_contradiction())).collect();
    assert_eq!(rules, [("contradiction", true), ("contradiction", true), ("validation-light", false)]);
    assert_eq!((mended_at_once(&found), of_review(&found).count()), (2, 1));
    let (first, last) = (&found[1], &found[2]);
    assert_eq!(first.command(), Some(Command::Repair));
    assert_eq!((first.remedy(), first.place()), ("make it active again", TurnRef::new("main", "a")));
    assert_eq!(first.shows(), ["no command leads there: the plan's file was edited by hand"]);
    assert_eq!(last.command(), None, "only a person can record it");
    assert_eq!((last.what(), last.shows()), ("turn 'a' was closed unverified", vec!["'a' lacks: cause"]));
}
