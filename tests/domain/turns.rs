//! Turns: closing, skipping, reopening, repeating, adding and removing.

use setlist::domain::command::{Cause, Command};
use setlist::domain::plan::{SessionState, Standing, TurnState};
use setlist::domain::strategy::TurnKind;

use super::given::{Desk, finish};

const PROOF: &str = "[[turns.evidence]]\nid = \"proof\"\nlabel = \"Proof\"";

fn skip(desk: &Desk, turn: &str, reason: &str) -> Command {
    Command::SkipTurn { turn: desk.at_turn(turn), reason: reason.into() }
}

fn reopen(desk: &Desk, turn: &str) -> Command {
    Command::ReopenTurn { turn: desk.at_turn(turn), reason: " ".into() }
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

fn ids(desk: &Desk) -> String {
    desk.session().turns.iter().map(|turn| turn.id.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn turns_go_in_order() {
    let mut desk = Desk::of_turns(&["", ""]);
    let b = desk.at_turn("b");
    assert_eq!(
        desk.refuses(Command::StartTurn(b)),
        "turn 'b' cannot start: turn 'a' is not closed yet | close 'a' first, or skip it with a reason"
    );
    desk.starts("a");
    assert_eq!(desk.session().state, SessionState::Running);
    desk.finishes("a");
    desk.starts("b");
    desk.finishes("b");
    assert_eq!(desk.session().state, SessionState::WrapUp);
}

#[test]
fn a_turn_without_its_evidence_is_unverified_in_words() {
    let mut desk = Desk::of_turns(&[PROOF]);
    desk.starts("a");
    assert_eq!(desk.finishes("a"), "turn 'a' closed unverified: no evidence for Proof");
    assert_eq!(desk.plan.standing(desk.session(), desk.turn("a")), Standing::Unverified);
    desk.records("a", "proof", "42 tests pass");
    assert_eq!(desk.plan.standing(desk.session(), desk.turn("a")), Standing::Done);
}

#[test]
fn only_a_turn_under_way_is_closed() {
    let mut desk = Desk::of_turns(&[""]);
    let a = desk.at_turn("a");
    let refused = desk.refuses(Command::FinishTurn(a.clone()));
    assert_eq!(refused, "turn 'a' is not under way | start it first, or skip it with a reason");
    desk.starts("a");
    assert_eq!(desk.finishes("a"), "turn 'a' done");
    assert_eq!(desk.refuses(Command::FinishTurn(a)), "turn 'a' is not under way | it is closed already");
}

#[test]
fn a_turn_is_skipped_for_a_reason() {
    let mut desk = Desk::of_turns(&["", ""]);
    let silent = desk.refusal(skip(&desk, "a", " "));
    assert_eq!((silent.message.as_str(), silent.cause), ("a turn is skipped for a reason", Cause::Invalid));
    desk.starts("a");
    desk.at(4);
    desk.does(skip(&desk, "a", " covered elsewhere "));
    let turn = desk.turn("a");
    assert_eq!((turn.state, turn.reason.as_deref(), turn.worked), (TurnState::Skipped, Some("covered elsewhere"), 240));
    assert_eq!(desk.refuses(skip(&desk, "a", "again")), "turn 'a' is skipped | only an open turn can be skipped");
    desk.starts("b");
}

#[test]
fn only_a_closed_turn_of_an_open_session_is_reopened() {
    let mut desk = Desk::of_turns(&[""]);
    assert_eq!(desk.refuses(reopen(&desk, "a")), "turn 'a' is open | only a closed turn can be reopened");
    desk.starts("a");
    desk.finishes("a");
    desk.does(reopen(&desk, "a"));
    assert_eq!((desk.turn("a").state, desk.session().state), (TurnState::Active, SessionState::Running));
    assert_eq!(desk.turn("a").reason, None);
    desk.finishes("a");
    desk.does(finish("main"));
    assert_eq!(desk.refuses(reopen(&desk, "a")), "the session 'Small' is finished | reopen the session first");
}

#[test]
fn a_repeated_turn_keeps_what_it_has_shown() {
    let mut desk = Desk::of_turns(&["repeat = \"optimization\"\n[[turns.evidence]]\nid = \"proof\"", ""]);
    let a = desk.at_turn("a");
    assert!(desk.refuses(Command::RepeatTurn(desk.at_turn("b"))).starts_with("turn 'b' is not one that repeats | "));
    assert_eq!(desk.refuses(Command::RepeatTurn(a.clone())), "turn 'a' has not begun | start it first");
    desk.starts("a");
    desk.records("a", "proof", "first");
    desk.does(Command::SetResult { turn: a.clone(), result: "faster\n".into() });
    desk.at(7);
    assert_eq!(desk.does(Command::RepeatTurn(a)), "turn 'a', optimization 2 started");
    let turn = desk.turn("a");
    assert_eq!(
        (turn.iteration, turn.worked, turn.state, turn.running_since),
        (2, 0, TurnState::Active, Some(desk.now))
    );
    assert!(turn.evidence[0].recorded.is_none() && turn.result.is_empty() && turn.sent.is_none());
    let kept = &turn.iterations[0];
    assert_eq!((kept.number, kept.worked, kept.result.as_str()), (1, 420, "faster"));
    assert_eq!(kept.evidence[0].recorded.as_ref().unwrap().text, "first");
    assert_eq!(kept.sent.as_ref().unwrap().prompt, "Do a");
    assert_eq!(turn.total_worked(desk.now), 420);
}

#[test]
fn repeating_is_no_way_around_evidence_or_a_gate() {
    let mut desk = Desk::of_turns(&["gate = \"Agreed\"", "repeat = \"fix\"\n[[turns.evidence]]\nid = \"proof\"", ""]);
    desk.starts("a");
    desk.finishes("a");
    desk.approves("a");
    desk.starts("b");
    desk.does(Command::RepeatTurn(desk.at_turn("b")));
    desk.records("b", "proof", "second");
    desk.finishes("b");
    assert_eq!(desk.plan.standing(desk.session(), desk.turn("b")), Standing::Unverified);
    desk.starts("c");
    desk.does(Command::RepeatTurn(desk.at_turn("b")));
    assert_eq!(desk.turn("c").running_since, None, "one clock at a time");
    desk.does(reopen(&desk, "a"));
    assert!(desk.refuses(Command::RepeatTurn(desk.at_turn("b"))).contains("turn 'a' is not closed yet"));
    desk.does(skip(&desk, "b", "enough"));
    desk.finishes("a");
    desk.approves("a");
    assert_eq!(desk.refuses(Command::RepeatTurn(desk.at_turn("b"))), "turn 'b' is skipped | reopen it first");
}

#[test]
fn an_added_turn_goes_where_nothing_has_begun_after_it() {
    let mut desk = Desk::of_turns(&["", "", ""]);
    assert_eq!(desk.does(add(Some("a"), "Check a")), "turn 'Check a' added");
    desk.does(add(Some("a"), "Check a"));
    desk.does(add(None, "At the end"));
    assert_eq!(ids(&desk), "a check-a-2 check-a b c at-the-end");
    let turn = desk.turn("check-a");
    assert!(turn.added && turn.kind == TurnKind::Validate);
    assert_eq!(desk.plan.prompt(desk.session(), turn).unwrap(), "Literally {{ this }}");
    assert_eq!(desk.refuses(add(None, " ")), "the new turn has no title | give it one");
    assert_eq!(
        desk.refuses(add(Some("nowhere"), "T")),
        "there is no turn `nowhere` | there are: a, check-a-2, check-a, b, c, at-the-end"
    );
    desk.starts("a");
    desk.finishes("a");
    desk.starts("check-a-2");
    let late = "a turn cannot be added before one that has begun | add it after the last turn that has begun";
    assert_eq!(desk.refuses(add(Some("a"), "Too late")), late);
}

#[test]
fn adding_a_turn_at_wrap_up_goes_on_with_the_session() {
    let mut desk = Desk::of_turns(&[""]);
    desk.skips("a");
    desk.does(add(None, "More"));
    assert_eq!(desk.session().state, SessionState::Running);
    desk.skips("more");
    desk.does(finish("main"));
    assert_eq!(desk.refuses(add(None, "Even more")), "the session 'Small' is finished | reopen the session first");
}

#[test]
fn only_what_was_added_and_has_not_begun_is_removed() {
    let mut desk = Desk::of_turns(&[""]);
    desk.does(add(None, "More"));
    let stays = " cannot be removed | only a turn that was added and has not begun can; skip it with a reason instead";
    assert_eq!(desk.refuses(Command::RemoveTurn(desk.at_turn("a"))), format!("turn 'a'{stays}"));
    desk.skips("a");
    desk.starts("more");
    assert_eq!(desk.refuses(Command::RemoveTurn(desk.at_turn("more"))), format!("turn 'More'{stays}"));
    desk.does(add(None, "Not begun"));
    assert_eq!(desk.does(Command::RemoveTurn(desk.at_turn("not-begun"))), "turn 'Not begun' removed");
    assert_eq!(ids(&desk), "a more");
}

#[test]
fn a_result_is_noted_once_the_turn_has_begun() {
    let mut desk = Desk::of_turns(&[""]);
    let result = |desk: &Desk| Command::SetResult { turn: desk.at_turn("a"), result: "as expected\n\n".into() };
    assert_eq!(desk.refuses(result(&desk)), "turn 'a' has not begun | start it first");
    desk.starts("a");
    assert_eq!(desk.does(result(&desk)), "result of 'a' noted");
    assert_eq!(desk.turn("a").result, "as expected");
}
