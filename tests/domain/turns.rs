//! Turns: closing, skipping, reopening, repeating, adding and removing.

use setlist::domain::command::Command;
use setlist::domain::plan::{SessionState, Standing, TurnState};
use setlist::domain::refusal::ErrorCode;
use setlist::domain::strategy::TurnKind;

use super::given::{Workspace, finish};

const PROOF: &str = "[[turns.evidence]]\nid = \"proof\"\nlabel = \"Proof\"";

fn skip(workspace: &Workspace, turn: &str, reason: &str) -> Command {
    Command::SkipTurn { turn: workspace.at_turn(turn), reason: reason.into() }
}

fn reopen(workspace: &Workspace, turn: &str) -> Command {
    Command::ReopenTurn { turn: workspace.at_turn(turn), reason: " ".into() }
}

fn add(after: Option<&str>, title: &str) -> Command {
    Command::AddTurn {
        session: "main".into(),
        after: after.map(Into::into),
        title: title.into(),
        kind: TurnKind::Validate,
        budget: None,
        prompt: "Literally {{ this }}".into(),
    }
}

fn ids(workspace: &Workspace) -> String {
    workspace.session().turns.iter().map(|turn| turn.id.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn turns_go_in_order() {
    let mut workspace = Workspace::of_turns(&["", ""]);
    let b = workspace.at_turn("b");
    assert_eq!(
        workspace.refuses(Command::StartTurn(b)),
        "turn 'b' cannot start: turn 'a' is not closed yet | close 'a' first, or skip it with a reason"
    );
    workspace.starts("a");
    assert_eq!(workspace.session().state, SessionState::Running);
    workspace.finishes("a");
    workspace.starts("b");
    workspace.finishes("b");
    assert_eq!(workspace.session().state, SessionState::WrapUp);
}

#[test]
fn a_turn_without_its_evidence_is_unverified_in_words() {
    let mut workspace = Workspace::of_turns(&[PROOF]);
    workspace.starts("a");
    assert_eq!(workspace.finishes("a"), "turn 'a' closed unverified: no evidence for Proof");
    assert_eq!(workspace.plan.standing(workspace.session(), workspace.turn("a")), Standing::Unverified);
    workspace.records("a", "proof", "42 tests pass");
    assert_eq!(workspace.plan.standing(workspace.session(), workspace.turn("a")), Standing::Done);
}

#[test]
fn only_a_turn_under_way_is_closed() {
    let mut workspace = Workspace::of_turns(&[""]);
    let a = workspace.at_turn("a");
    let refused = workspace.refuses(Command::FinishTurn(a.clone()));
    assert_eq!(refused, "turn 'a' is not under way | start it first, or skip it with a reason");
    workspace.starts("a");
    assert_eq!(workspace.finishes("a"), "turn 'a' done");
    assert_eq!(workspace.refuses(Command::FinishTurn(a)), "turn 'a' is not under way | it is closed already");
}

#[test]
fn a_turn_is_skipped_for_a_reason() {
    let mut workspace = Workspace::of_turns(&["", ""]);
    let silent = workspace.refusal(skip(&workspace, "a", " "));
    assert_eq!((silent.message.as_str(), silent.code), ("a turn is skipped for a reason", ErrorCode::Invalid));
    workspace.starts("a");
    workspace.at(4);
    workspace.does(skip(&workspace, "a", " covered elsewhere "));
    let turn = workspace.turn("a");
    assert_eq!((turn.state, turn.reason.as_deref(), turn.worked), (TurnState::Skipped, Some("covered elsewhere"), 240));
    assert_eq!(
        workspace.refuses(skip(&workspace, "a", "again")),
        "turn 'a' is skipped | only an open turn can be skipped"
    );
    workspace.starts("b");
}

#[test]
fn only_a_closed_turn_of_an_open_session_is_reopened() {
    let mut workspace = Workspace::of_turns(&[""]);
    assert_eq!(workspace.refuses(reopen(&workspace, "a")), "turn 'a' is open | only a closed turn can be reopened");
    workspace.starts("a");
    workspace.finishes("a");
    workspace.does(reopen(&workspace, "a"));
    assert_eq!((workspace.turn("a").state, workspace.session().state), (TurnState::Active, SessionState::Running));
    assert_eq!(workspace.turn("a").reason, None);
    workspace.finishes("a");
    workspace.does(finish("main"));
    assert_eq!(
        workspace.refuses(reopen(&workspace, "a")),
        "the session 'Small' is finished | reopen the session first"
    );
}

#[test]
fn a_repeated_turn_keeps_what_it_has_shown() {
    let mut workspace = Workspace::of_turns(&["repeat = \"optimization\"\n[[turns.evidence]]\nid = \"proof\"", ""]);
    let a = workspace.at_turn("a");
    assert!(
        workspace
            .refuses(Command::RepeatTurn(workspace.at_turn("b")))
            .starts_with("turn 'b' is not one that repeats | ")
    );
    assert_eq!(workspace.refuses(Command::RepeatTurn(a.clone())), "turn 'a' has not begun | start it first");
    workspace.starts("a");
    workspace.records("a", "proof", "first");
    workspace.does(Command::SetResult { turn: a.clone(), result: "faster\n".into() });
    workspace.at(7);
    assert_eq!(workspace.does(Command::RepeatTurn(a)), "turn 'a', optimization 2 started");
    let turn = workspace.turn("a");
    assert_eq!(
        (turn.iteration, turn.worked, turn.state, turn.running_since),
        (2, 0, TurnState::Active, Some(workspace.now))
    );
    assert!(turn.evidence[0].recorded.is_none() && turn.result.is_empty() && turn.sent.is_none());
    let kept = &turn.iterations[0];
    assert_eq!((kept.number, kept.worked, kept.result.as_str()), (1, 420, "faster"));
    assert_eq!(kept.evidence[0].recorded.as_ref().unwrap().text, "first");
    assert_eq!(kept.sent.as_ref().unwrap().prompt, "Do a");
    assert_eq!(turn.total_worked(workspace.now), 420);
}

#[test]
fn repeating_is_no_way_around_evidence_or_a_gate() {
    let mut workspace =
        Workspace::of_turns(&["gate = \"Agreed\"", "repeat = \"fix\"\n[[turns.evidence]]\nid = \"proof\"", ""]);
    workspace.starts("a");
    workspace.finishes("a");
    workspace.approves("a");
    workspace.starts("b");
    workspace.does(Command::RepeatTurn(workspace.at_turn("b")));
    workspace.records("b", "proof", "second");
    workspace.finishes("b");
    assert_eq!(workspace.plan.standing(workspace.session(), workspace.turn("b")), Standing::Unverified);
    workspace.starts("c");
    workspace.does(Command::RepeatTurn(workspace.at_turn("b")));
    assert_eq!(workspace.turn("c").running_since, None, "one clock at a time");
    workspace.does(reopen(&workspace, "a"));
    assert!(workspace.refuses(Command::RepeatTurn(workspace.at_turn("b"))).contains("turn 'a' is not closed yet"));
    workspace.does(skip(&workspace, "b", "enough"));
    workspace.finishes("a");
    workspace.approves("a");
    assert_eq!(workspace.refuses(Command::RepeatTurn(workspace.at_turn("b"))), "turn 'b' is skipped | reopen it first");
}

#[test]
fn an_added_turn_goes_where_nothing_has_begun_after_it() {
    let mut workspace = Workspace::of_turns(&["", "", ""]);
    assert_eq!(workspace.does(add(Some("a"), "Check a")), "turn 'Check a' added");
    workspace.does(add(Some("a"), "Check a"));
    workspace.does(add(None, "At the end"));
    assert_eq!(ids(&workspace), "a check-a-2 check-a b c at-the-end");
    let turn = workspace.turn("check-a");
    assert!(turn.added && turn.kind == TurnKind::Validate);
    assert_eq!(workspace.plan.prompt(workspace.session(), turn).unwrap(), "Literally {{ this }}");
    assert_eq!(workspace.refuses(add(None, " ")), "the new turn has no title | give it one");
    assert_eq!(
        workspace.refuses(add(Some("nowhere"), "T")),
        "there is no turn `nowhere` | there are: a, check-a-2, check-a, b, c, at-the-end"
    );
    workspace.starts("a");
    workspace.finishes("a");
    workspace.starts("check-a-2");
    let late = "a turn cannot be added before one that has begun | add it after the last turn that has begun";
    assert_eq!(workspace.refuses(add(Some("a"), "Too late")), late);
}

#[test]
fn adding_a_turn_at_wrap_up_goes_on_with_the_session() {
    let mut workspace = Workspace::of_turns(&[""]);
    workspace.skips("a");
    workspace.does(add(None, "More"));
    assert_eq!(workspace.session().state, SessionState::Running);
    workspace.skips("more");
    workspace.does(finish("main"));
    assert_eq!(workspace.refuses(add(None, "Even more")), "the session 'Small' is finished | reopen the session first");
}

#[test]
fn only_what_was_added_and_has_not_begun_is_removed() {
    let mut workspace = Workspace::of_turns(&[""]);
    workspace.does(add(None, "More"));
    let stays = " cannot be removed | only a turn that was added and has not begun can; skip it with a reason instead";
    assert_eq!(workspace.refuses(Command::RemoveTurn(workspace.at_turn("a"))), format!("turn 'a'{stays}"));
    workspace.skips("a");
    workspace.starts("more");
    assert_eq!(workspace.refuses(Command::RemoveTurn(workspace.at_turn("more"))), format!("turn 'More'{stays}"));
    workspace.does(add(None, "Not begun"));
    assert_eq!(workspace.does(Command::RemoveTurn(workspace.at_turn("not-begun"))), "turn 'Not begun' removed");
    assert_eq!(ids(&workspace), "a more");
}

#[test]
fn a_result_is_noted_once_the_turn_has_begun() {
    let mut workspace = Workspace::of_turns(&[""]);
    let result =
        |workspace: &Workspace| Command::SetResult { turn: workspace.at_turn("a"), result: "as expected\n\n".into() };
    assert_eq!(workspace.refuses(result(&workspace)), "turn 'a' has not begun | start it first");
    workspace.starts("a");
    assert_eq!(workspace.does(result(&workspace)), "result of 'a' noted");
    assert_eq!(workspace.turn("a").result, "as expected");
}
