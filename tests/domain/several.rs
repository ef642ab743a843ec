//! Several changes as one.

use setlist::domain::command::{Cause, Command};
use setlist::domain::strategy::TurnKind;

use super::given::Desk;

fn add(desk: &Desk, title: &str) -> Command {
    Command::AddTurn {
        session: desk.session().id.clone(),
        after: None,
        title: title.into(),
        kind: TurnKind::Other,
        budget: None,
        prompt: "Do it".into(),
    }
}

#[test]
fn several_changes_are_one_revision_and_each_sees_those_before_it() {
    let mut desk = Desk::of_turns(&[""]);
    let revision = desk.plan.revision;
    let start = |desk: &Desk, turn: &str| Command::StartTurn(desk.at_turn(turn));
    let all = Command::All(vec![start(&desk, "a"), Command::FinishTurn(desk.at_turn("a")), add(&desk, "Next")]);
    assert_eq!(desk.does(all), "turn 'a' started; turn 'a' done; turn 'Next' added");
    assert_eq!(desk.plan.revision, revision + 1);
    assert_eq!(desk.session().state.word(), "running", "the added turn is open");
}

#[test]
fn one_that_does_not_fit_refuses_all() {
    let desk = Desk::of_turns(&["", ""]);
    let all = Command::All(vec![add(&desk, "Next"), Command::StartTurn(desk.at_turn("b"))]);
    let refused = desk.refusal(all);
    assert_eq!(refused.cause, Cause::Rule);
    assert!(refused.message.starts_with("turn 'b' cannot start"), "{}", refused.message);
    assert_eq!(desk.session().turns.len(), 2);
    assert_eq!(desk.refusal(Command::All(Vec::new())).cause, Cause::Invalid);
}
