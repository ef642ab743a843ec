//! Several changes as one.

use setlist::domain::command::Command;
use setlist::domain::refusal::ErrorCode;
use setlist::domain::strategy::TurnKind;

use super::given::Workspace;

fn add(workspace: &Workspace, title: &str) -> Command {
    Command::AddTurn {
        session: workspace.session().id.clone(),
        after: None,
        title: title.into(),
        kind: TurnKind::Other,
        budget: None,
        prompt: "Do it".into(),
    }
}

#[test]
fn several_changes_are_one_revision_and_each_sees_those_before_it() {
    let mut workspace = Workspace::of_turns(&[""]);
    let revision = workspace.plan.revision;
    let start = |workspace: &Workspace, turn: &str| Command::StartTurn(workspace.at_turn(turn));
    let all = Command::All(vec![
        start(&workspace, "a"),
        Command::FinishTurn(workspace.at_turn("a")),
        add(&workspace, "Next"),
    ]);
    assert_eq!(workspace.does(all), "turn 'a' started; turn 'a' done; turn 'Next' added");
    assert_eq!(workspace.plan.revision, revision + 1);
    assert_eq!(workspace.session().state.word(), "running", "the added turn is open");
}

#[test]
fn one_that_does_not_fit_refuses_all() {
    let workspace = Workspace::of_turns(&["", ""]);
    let all = Command::All(vec![add(&workspace, "Next"), Command::StartTurn(workspace.at_turn("b"))]);
    let refused = workspace.refusal(all);
    assert_eq!(refused.code, ErrorCode::Refused);
    assert!(refused.message.starts_with("turn 'b' cannot start"), "{}", refused.message);
    assert_eq!(workspace.session().turns.len(), 2);
    assert_eq!(workspace.refusal(Command::All(Vec::new())).code, ErrorCode::Invalid);
}
