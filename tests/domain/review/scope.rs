//! `scope-creep`: when it speaks, when it does not, and how it is cleared.

use setlist::domain::budget::Budget;
use setlist::domain::command::Command;
use setlist::domain::review::{Drift, Rule, drift};
use setlist::domain::strategy::TurnKind;

use super::super::given::{Desk, finish, set};
use super::{by, clears, one};

fn adds(desk: &mut Desk, title: &str, kind: TurnKind) {
    let session = desk.session().id.clone();
    let budget = Budget::parse("1h-2h").ok();
    desk.does(Command::AddTurn { session, after: None, title: title.into(), kind, budget, prompt: String::new() });
}

fn login() -> Desk {
    let mut desk = Desk::of("feature-well-tested");
    desk.does(set("feature", "Implement login"));
    desk.plan.first_goal = desk.plan.goal();
    desk
}

#[test]
fn from_login_to_recovery_in_four_plans() {
    let mut desk = login();
    desk.completes_turns(&["understand", "locate", "design"]);
    desk.starts("implement");
    for (title, kind) in [
        ("Also add OAuth", TurnKind::Other),
        ("And social login", TurnKind::Implement),
        ("Plus 2FA and recovery", TurnKind::Other),
    ] {
        adds(&mut desk, title, kind);
        let finding = clears(Rule::ScopeCreep, &mut desk);
        assert_eq!(finding.what, "the session grew by 1 turn");
        assert_eq!(finding.remedy.label, format!("queue '{title}' as a plan of its own"));
        assert_eq!(finding.shows, [format!("turn '{title}' was added"), "6 turns were planned, 1 came on top".into()]);
    }
    let titles: Vec<&str> = desk.plan.waiting().iter().map(|queued| queued.title.as_str()).collect();
    assert_eq!(titles, ["Add OAuth", "Social login", "2FA and recovery"]);
    assert!(desk.plan.queue.iter().all(|queued| queued.placeholder == "feature"));
    assert_eq!(desk.session().turns.len(), 6, "this plan finishes login and nothing else");
    let implement = desk.at_turn("implement");
    desk.works_on(&implement);
    desk.completes_turns(&["verify", "pull-request"]);
    let session = desk.session().id.clone();
    desk.does(finish(&session));
}

#[test]
fn all_that_was_added_is_queued_at_once() {
    let mut desk = login();
    for title in ["Also add OAuth", "And social login", "Plus 2FA and recovery"] {
        adds(&mut desk, title, TurnKind::Implement);
    }
    assert_eq!(
        drift(&desk.plan),
        Drift {
            planned_turns: 6,
            added_turns: 3,
            planned_seconds: 400 * 60,
            added_seconds: 6 * 3600,
            added_goals: vec![],
        }
    );
    let finding = clears(Rule::ScopeCreep, &mut desk);
    assert_eq!((finding.turns.len(), desk.plan.queue.len()), (3, 3));
    assert_eq!(drift(&desk.plan).added_turns, 0);
}

#[test]
fn what_validates_looks_or_mends_is_no_new_goal() {
    let mut desk = login();
    let session = desk.session().id.clone();
    desk.does(Command::AddValidation { session: session.clone() });
    desk.does(Command::AddDiscovery { session });
    adds(&mut desk, "Fix the failing tests", TurnKind::Implement);
    adds(&mut desk, "Address the review", TurnKind::Implement);
    assert_eq!(by(Rule::ScopeCreep, &desk.plan), []);
    assert_eq!(drift(&desk.plan).added_turns, 4);
    adds(&mut desk, "Clean up", TurnKind::Other);
    let finding = one(Rule::ScopeCreep, &desk.plan);
    assert_eq!(finding.turns.len(), 3, "a third one is much, whatever it is: {finding:#?}");
}

#[test]
fn what_has_begun_cannot_be_queued_any_more() {
    let mut desk = login();
    desk.completes_turns(&["understand", "locate", "design", "implement", "verify", "pull-request"]);
    adds(&mut desk, "Add OAuth", TurnKind::Implement);
    desk.starts("add-oauth");
    let finding = one(Rule::ScopeCreep, &desk.plan);
    assert_eq!(
        (finding.shows[0].as_str(), finding.remedy.commands.len()),
        ("turn 'Add OAuth' was added and is active", 0)
    );
    adds(&mut desk, "Add 2FA", TurnKind::Implement);
    let finding = one(Rule::ScopeCreep, &desk.plan);
    assert_eq!(finding.remedy.label, "queue 'Add 2FA' as a plan of its own");
}

#[test]
fn goals_written_into_the_value_are_queued_and_taken_out_again() {
    let mut desk = login();
    desk.does(set("feature", "Implement login, also add OAuth, plus social login"));
    let finding = clears(Rule::ScopeCreep, &mut desk);
    assert_eq!(finding.what, "the goal grew by 2 goals after the start");
    assert_eq!(finding.shows[0], "added to Feature: Add OAuth");
    let goals: Vec<&str> = desk.plan.queue.iter().map(|queued| queued.goal.as_str()).collect();
    assert_eq!(goals, ["add OAuth", "social login"]);
    assert_eq!(desk.plan.goal(), "Add to the existing code: Implement login");
}

#[test]
fn a_goal_said_in_other_words_or_replaced_is_no_growth() {
    for text in
        ["Implement the login with a password", "Implement invoices", "Login for customers, with tests and docs"]
    {
        let mut desk = login();
        desk.does(set("feature", text));
        assert_eq!(by(Rule::ScopeCreep, &desk.plan), [], "{text}");
    }
}

#[test]
fn a_plan_of_before_that_kept_no_goal_is_left_alone() {
    let mut desk = login();
    desk.plan.first_goal = String::new();
    desk.does(set("feature", "Implement login, also add OAuth"));
    assert_eq!(by(Rule::ScopeCreep, &desk.plan), []);
}
