//! Clocks: time worked, pauses, clocks set back, budgets.

use setlist::domain::budget::Budget;
use setlist::domain::command::Command;
use setlist::domain::refusal::ErrorCode;

use super::given::{Workspace, minute};

#[test]
fn time_worked_adds_up_over_pauses() {
    let mut workspace = Workspace::of_turns(&[""]);
    assert_eq!(workspace.starts("a"), "turn 'a' started");
    workspace.at(10);
    assert_eq!(workspace.turn("a").worked(workspace.now), 600);
    assert_eq!(workspace.does(Command::PauseTurn(workspace.at_turn("a"))), "turn 'a' paused");
    workspace.at(60);
    assert_eq!(workspace.turn("a").worked(workspace.now), 600, "a stopped clock stands");
    assert_eq!(workspace.starts("a"), "turn 'a' resumed");
    workspace.at(65).finishes("a");
    assert_eq!(workspace.turn("a").worked, 900);
    assert_eq!(workspace.turn("a").started, Some(minute(0)));
    assert_eq!(workspace.turn("a").ended, Some(minute(65)));
    assert!(!workspace.plan.is_running());
    assert_eq!(workspace.plan.worked(minute(999)), 900);
}

#[test]
fn a_clock_set_back_adds_nothing_and_takes_nothing_away() {
    let mut workspace = Workspace::of_turns(&[""]);
    workspace.starts("a");
    workspace.at(10);
    workspace.does(Command::PauseTurn(workspace.at_turn("a")));
    workspace.starts("a");
    workspace.at(-500);
    assert_eq!(workspace.turn("a").worked(workspace.now), 600);
    workspace.does(Command::PauseTurn(workspace.at_turn("a")));
    assert_eq!(workspace.turn("a").worked, 600);
}

#[test]
fn fractions_of_a_second_are_not_written() {
    let mut workspace = Workspace::of_turns(&[""]);
    workspace.now = "2026-11-22T10:00:00.987654321Z".parse().unwrap();
    workspace.starts("a");
    assert_eq!(workspace.turn("a").running_since.unwrap().to_string(), "2026-11-22T10:00:00Z");
    assert_eq!(workspace.plan.updated.subsec_nanosecond(), 0);
}

#[test]
fn a_clock_is_started_and_stopped_once() {
    let mut workspace = Workspace::of_turns(&["", ""]);
    let a = workspace.at_turn("a");
    assert_eq!(workspace.refuses(Command::PauseTurn(a.clone())), "the clock of 'a' is not running | start it first");
    workspace.starts("a");
    assert_eq!(workspace.refuses(Command::StartTurn(a.clone())), "turn 'a' is already running | pause it or close it");
    workspace.finishes("a");
    assert_eq!(workspace.refuses(Command::StartTurn(a)), "turn 'a' is done | reopen it to work on it again");
    let nowhere = workspace.refusal(Command::StartTurn(workspace.at_turn("aa")));
    assert_eq!((nowhere.message.as_str(), nowhere.code), ("there is no turn `aa`", ErrorCode::NotFound));
}

#[test]
fn budgets_are_measured_against_their_upper_end() {
    let mut workspace = Workspace::of_turns(&["budget = \"30m-50m\"", ""]);
    workspace.starts("a");
    let used = |workspace: &Workspace| workspace.turn("a").budget_used(workspace.now).unwrap();
    assert_eq!(used(&workspace), 0);
    assert_eq!(used(workspace.at(40)), 80);
    assert_eq!(used(workspace.at(50)), 100);
    assert_eq!(used(workspace.at(75)), 150);
    assert_eq!(workspace.turn("b").budget_used(workspace.now), None);
    let budget = Some(Budget::parse("100m").unwrap());
    assert_eq!(workspace.does(Command::SetBudget { turn: workspace.at_turn("a"), budget }), "budget of 'a' is 100m");
    assert_eq!(used(&workspace), 75);
    assert_eq!(workspace.does(Command::SetBudget { turn: workspace.at_turn("a"), budget: None }), "'a' has no budget");
}

#[test]
fn each_repetition_has_the_budget_anew() {
    let mut workspace = Workspace::of_turns(&["budget = \"10m\"\nrepeat = \"try\""]);
    workspace.starts("a");
    workspace.at(10);
    workspace.does(Command::RepeatTurn(workspace.at_turn("a")));
    workspace.at(20);
    assert_eq!(workspace.turn("a").budget_used(workspace.now), Some(100));
    assert_eq!(workspace.turn("a").total_worked(workspace.now), 1200);
}

#[test]
fn figures_in_a_damaged_file_do_not_overflow() {
    let mut workspace = Workspace::of_turns(&["repeat = \"try\"\nbudget = \"1h\"", "", ""]);
    workspace.starts("a");
    workspace.does(Command::RepeatTurn(workspace.at_turn("a")));
    for turn in &mut workspace.plan.sessions[0].turns {
        (turn.worked, turn.rework, turn.iteration, turn.span) = (u64::MAX, u32::MAX, u32::MAX, u32::MAX);
        turn.iterations.iter_mut().for_each(|iteration| iteration.worked = u64::MAX);
    }
    workspace.plan.revision = u64::MAX;
    workspace.does(Command::RepeatTurn(workspace.at_turn("a")));
    workspace.finishes("a");
    workspace.does(Command::ReopenTurn { turn: workspace.at_turn("a"), reason: String::new() });
    assert_eq!(workspace.plan.worked(workspace.now), u64::MAX);
    let _ = (workspace.session().turn_numbers(), setlist::domain::schedule::lanes(&workspace.plan, workspace.now));
    let _ =
        (workspace.turn("a").budget_used(workspace.now), setlist::domain::summary::PlanSummary::of(&workspace.plan));
}
