//! Clocks: time worked, pauses, clocks set back, budgets.

use setlist::domain::budget::Budget;
use setlist::domain::command::{Cause, Command};

use super::given::{Desk, minute};

#[test]
fn time_worked_adds_up_over_pauses() {
    let mut desk = Desk::of_turns(&[""]);
    assert_eq!(desk.starts("a"), "turn 'a' started");
    desk.at(10);
    assert_eq!(desk.turn("a").worked(desk.now), 600);
    assert_eq!(desk.does(Command::PauseTurn(desk.at_turn("a"))), "turn 'a' paused");
    desk.at(60);
    assert_eq!(desk.turn("a").worked(desk.now), 600, "a stopped clock stands");
    assert_eq!(desk.starts("a"), "turn 'a' resumed");
    desk.at(65).finishes("a");
    assert_eq!(desk.turn("a").worked, 900);
    assert_eq!(desk.turn("a").started, Some(minute(0)));
    assert_eq!(desk.turn("a").ended, Some(minute(65)));
    assert!(!desk.plan.is_running());
    assert_eq!(desk.plan.worked(minute(999)), 900);
}

#[test]
fn a_clock_set_back_adds_nothing_and_takes_nothing_away() {
    let mut desk = Desk::of_turns(&[""]);
    desk.starts("a");
    desk.at(10);
    desk.does(Command::PauseTurn(desk.at_turn("a")));
    desk.starts("a");
    desk.at(-500);
    assert_eq!(desk.turn("a").worked(desk.now), 600);
    desk.does(Command::PauseTurn(desk.at_turn("a")));
    assert_eq!(desk.turn("a").worked, 600);
}

#[test]
fn fractions_of_a_second_are_not_written() {
    let mut desk = Desk::of_turns(&[""]);
    desk.now = "2026-11-22T10:00:00.987654321Z".parse().unwrap();
    desk.starts("a");
    assert_eq!(desk.turn("a").running_since.unwrap().to_string(), "2026-11-22T10:00:00Z");
    assert_eq!(desk.plan.updated.subsec_nanosecond(), 0);
}

#[test]
fn a_clock_is_started_and_stopped_once() {
    let mut desk = Desk::of_turns(&["", ""]);
    let a = desk.at_turn("a");
    assert_eq!(desk.refuses(Command::PauseTurn(a.clone())), "the clock of 'a' is not running | start it first");
    desk.starts("a");
    assert_eq!(desk.refuses(Command::StartTurn(a.clone())), "turn 'a' is already running | pause it or close it");
    desk.finishes("a");
    assert_eq!(desk.refuses(Command::StartTurn(a)), "turn 'a' is done | reopen it to work on it again");
    let nowhere = desk.refusal(Command::StartTurn(desk.at_turn("aa")));
    assert_eq!((nowhere.message.as_str(), nowhere.cause), ("there is no turn `aa`", Cause::NotFound));
}

#[test]
fn budgets_are_measured_against_their_upper_end() {
    let mut desk = Desk::of_turns(&["budget = \"30m-50m\"", ""]);
    desk.starts("a");
    let used = |desk: &Desk| desk.turn("a").budget_used(desk.now).unwrap();
    assert_eq!(used(&desk), 0);
    assert_eq!(used(desk.at(40)), 80);
    assert_eq!(used(desk.at(50)), 100);
    assert_eq!(used(desk.at(75)), 150);
    assert_eq!(desk.turn("b").budget_used(desk.now), None);
    let budget = Some(Budget::parse("100m").unwrap());
    assert_eq!(desk.does(Command::SetBudget { turn: desk.at_turn("a"), budget }), "budget of 'a' is 100m");
    assert_eq!(used(&desk), 75);
    assert_eq!(desk.does(Command::SetBudget { turn: desk.at_turn("a"), budget: None }), "'a' has no budget");
}

#[test]
fn each_repetition_has_the_budget_anew() {
    let mut desk = Desk::of_turns(&["budget = \"10m\"\nrepeat = \"try\""]);
    desk.starts("a");
    desk.at(10);
    desk.does(Command::RepeatTurn(desk.at_turn("a")));
    desk.at(20);
    assert_eq!(desk.turn("a").budget_used(desk.now), Some(100));
    assert_eq!(desk.turn("a").total_worked(desk.now), 1200);
}

#[test]
fn figures_in_a_damaged_file_do_not_overflow() {
    let mut desk = Desk::of_turns(&["repeat = \"try\"\nbudget = \"1h\"", "", ""]);
    desk.starts("a");
    desk.does(Command::RepeatTurn(desk.at_turn("a")));
    for turn in &mut desk.plan.sessions[0].turns {
        (turn.worked, turn.rework, turn.iteration, turn.span) = (u64::MAX, u32::MAX, u32::MAX, u32::MAX);
        turn.iterations.iter_mut().for_each(|iteration| iteration.worked = u64::MAX);
    }
    desk.plan.revision = u64::MAX;
    desk.does(Command::RepeatTurn(desk.at_turn("a")));
    desk.finishes("a");
    desk.does(Command::ReopenTurn { turn: desk.at_turn("a"), reason: String::new() });
    assert_eq!(desk.plan.worked(desk.now), u64::MAX);
    let _ = (desk.session().turn_numbers(), setlist::domain::schedule::lanes(&desk.plan, desk.now));
    let _ = (desk.turn("a").budget_used(desk.now), setlist::domain::summary::PlanSummary::of(&desk.plan));
}
