//! `scope-creep`: when it speaks, when it does not, and how it is cleared.

use setlist::domain::budget::Budget;
use setlist::domain::command::Command;
use setlist::domain::review::{Drift, Rule, drift};
use setlist::domain::strategy::TurnKind;

use super::super::given::{Workspace, finish, set};
use super::{by, clears, one};

fn adds(workspace: &mut Workspace, title: &str, kind: TurnKind) {
    let session = workspace.session().id.clone();
    let budget = Budget::parse("1h-2h").ok();
    workspace.does(Command::AddTurn { session, after: None, title: title.into(), kind, budget, prompt: String::new() });
}

fn login() -> Workspace {
    let mut workspace = Workspace::of("feature-well-tested");
    workspace.does(set("feature", "Implement login"));
    workspace.plan.first_goal = workspace.plan.goal();
    workspace
}

#[test]
fn from_login_to_recovery_in_four_plans() {
    let mut workspace = login();
    workspace.completes_turns(&["understand", "locate", "design"]);
    workspace.starts("implement");
    for (title, kind) in [
        ("Also add OAuth", TurnKind::Other),
        ("And social login", TurnKind::Implement),
        ("Plus 2FA and recovery", TurnKind::Other),
    ] {
        adds(&mut workspace, title, kind);
        let finding = clears(Rule::ScopeCreep, &mut workspace);
        assert_eq!(finding.what, "the session grew by 1 turn");
        assert_eq!(finding.remedy.label, format!("queue '{title}' as a plan of its own"));
        assert_eq!(finding.shows, [format!("turn '{title}' was added"), "6 turns were planned, 1 came on top".into()]);
    }
    let titles: Vec<&str> = workspace.plan.waiting().iter().map(|queued| queued.title.as_str()).collect();
    assert_eq!(titles, ["Add OAuth", "Social login", "2FA and recovery"]);
    assert!(workspace.plan.queue.iter().all(|queued| queued.placeholder == "feature"));
    assert_eq!(workspace.session().turns.len(), 6, "this plan finishes login and nothing else");
    let implement = workspace.at_turn("implement");
    workspace.works_on(&implement);
    workspace.completes_turns(&["verify", "pull-request"]);
    let session = workspace.session().id.clone();
    workspace.does(finish(&session));
}

#[test]
fn all_that_was_added_is_queued_at_once() {
    let mut workspace = login();
    for title in ["Also add OAuth", "And social login", "Plus 2FA and recovery"] {
        adds(&mut workspace, title, TurnKind::Implement);
    }
    assert_eq!(
        drift(&workspace.plan),
        Drift {
            planned_turns: 6,
            added_turns: 3,
            planned_seconds: 400 * 60,
            added_seconds: 6 * 3600,
            added_goals: vec![],
        }
    );
    let finding = clears(Rule::ScopeCreep, &mut workspace);
    assert_eq!((finding.turns.len(), workspace.plan.queue.len()), (3, 3));
    assert_eq!(drift(&workspace.plan).added_turns, 0);
}

#[test]
fn what_validates_looks_or_mends_is_no_new_goal() {
    let mut workspace = login();
    let session = workspace.session().id.clone();
    workspace.does(Command::AddValidation { session: session.clone() });
    workspace.does(Command::AddDiscovery { session });
    adds(&mut workspace, "Fix the failing tests", TurnKind::Implement);
    adds(&mut workspace, "Address the review", TurnKind::Implement);
    assert_eq!(by(Rule::ScopeCreep, &workspace.plan), []);
    assert_eq!(drift(&workspace.plan).added_turns, 4);
    adds(&mut workspace, "Clean up", TurnKind::Other);
    let finding = one(Rule::ScopeCreep, &workspace.plan);
    assert_eq!(finding.turns.len(), 3, "a third one is much, whatever it is: {finding:#?}");
}

#[test]
fn what_has_begun_cannot_be_queued_any_more() {
    let mut workspace = login();
    workspace.completes_turns(&["understand", "locate", "design", "implement", "verify", "pull-request"]);
    adds(&mut workspace, "Add OAuth", TurnKind::Implement);
    workspace.starts("add-oauth");
    let finding = one(Rule::ScopeCreep, &workspace.plan);
    assert_eq!(
        (finding.shows[0].as_str(), finding.remedy.commands.len()),
        ("turn 'Add OAuth' was added and is active", 0)
    );
    adds(&mut workspace, "Add 2FA", TurnKind::Implement);
    let finding = one(Rule::ScopeCreep, &workspace.plan);
    assert_eq!(finding.remedy.label, "queue 'Add 2FA' as a plan of its own");
}

#[test]
fn goals_written_into_the_value_are_queued_and_taken_out_again() {
    let mut workspace = login();
    workspace.does(set("feature", "Implement login, also add OAuth, plus social login"));
    let finding = clears(Rule::ScopeCreep, &mut workspace);
    assert_eq!(finding.what, "the goal grew by 2 goals after the start");
    assert_eq!(finding.shows[0], "added to Feature: Add OAuth");
    let goals: Vec<&str> = workspace.plan.queue.iter().map(|queued| queued.goal.as_str()).collect();
    assert_eq!(goals, ["add OAuth", "social login"]);
    assert_eq!(workspace.plan.goal(), "Add to the existing code: Implement login");
}

#[test]
fn a_goal_said_in_other_words_or_replaced_is_no_growth() {
    for text in
        ["Implement the login with a password", "Implement invoices", "Login for customers, with tests and docs"]
    {
        let mut workspace = login();
        workspace.does(set("feature", text));
        assert_eq!(by(Rule::ScopeCreep, &workspace.plan), [], "{text}");
    }
}

#[test]
fn a_plan_of_before_that_kept_no_goal_is_left_alone() {
    let mut workspace = login();
    workspace.plan.first_goal = String::new();
    workspace.does(set("feature", "Implement login, also add OAuth"));
    assert_eq!(by(Rule::ScopeCreep, &workspace.plan), []);
}
