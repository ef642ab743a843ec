//! `parallel-overlap`: when it speaks, when it does not, and how it is cleared.

use setlist::domain::review::{Rule, Thresholds, review};
use setlist::domain::strategy::Strategy;

use super::super::given::{Workspace, small, strategy};
use super::{by, clears, one};

/// Two sessions with these goals and prompts; the second waits for what `after` names.
fn two(after: &str, goals: [&str; 2], prompts: [&str; 2]) -> Strategy {
    let session = |at: usize, after: &str| {
        format!(
            "[[sessions]]\nid = \"s{at}\"\nafter = [{after}]\ngoal = \"{}\"\n[[sessions.turns]]\nid = \"t{at}\"\nprompt = \"{}\"\n",
            goals[at], prompts[at]
        )
    };
    small(&(session(0, "") + &session(1, after)))
}

const APART: [&str; 2] = ["People sign in", "Customers pay once"];

#[test]
fn sessions_with_nearly_the_same_goal_wait_for_each_other() {
    let mut workspace = Workspace::with(&two("", ["Build the payment page", "build payment pages"], ["Do", "Do"]));
    let finding = clears(Rule::ParallelOverlap, &mut workspace);
    assert_eq!(finding.remedy.label, "let 's1' wait for 's0'");
    assert_eq!(workspace.plan.sessions[1].after, ["s0"]);
}

#[test]
fn sessions_that_name_the_same_sources_wait_for_each_other() {
    let prompts =
        ["Change src/orders/total.rs and the docs.", "Speed up `src/orders/total.rs`, as docs/guide.md says."];
    let finding = clears(Rule::ParallelOverlap, &mut Workspace::with(&two("", APART, prompts)));
    assert_eq!(finding.shows, ["both name src/orders/total.rs"]);
}

#[test]
fn what_only_looks_alike_is_left_alone() {
    let prompts = [
        "Measure requests/s before/after; see https://example.org/src/a.rs and docs/notes.md, README.md.",
        "Mind requests/s before/after; see https://example.org/src/a.rs and docs/notes.md, README.md, src/b.rs.",
    ];
    assert_eq!(by(Rule::ParallelOverlap, &Workspace::with(&two("", APART, prompts)).plan), []);
    let near = ["Build the payment page", "Build the payment service"];
    assert_eq!(by(Rule::ParallelOverlap, &Workspace::with(&two("", near, ["Do", "Do"])).plan), []);
    let lower = Thresholds { overlap_percent: 50, ..Thresholds::default() };
    assert_eq!(review(&Workspace::with(&two("", near, ["Do", "Do"])).plan, &lower).len(), 1);
}

#[test]
fn sessions_one_after_another_may_share_what_they_like() {
    let same = ["Build the payment page"; 2];
    assert_eq!(by(Rule::ParallelOverlap, &Workspace::with(&two("\"s0\"", same, ["Change src/a.rs"; 2])).plan), []);
}

#[test]
fn only_a_session_that_has_not_begun_can_wait() {
    let mut workspace = Workspace::with(&two("", ["Build the payment page"; 2], ["Do", "Do"]));
    let starts = |workspace: &mut Workspace, at: usize| {
        let turn = setlist::domain::command::TurnRef::new(format!("s{at}"), format!("t{at}"));
        workspace.does(setlist::domain::command::Command::StartTurn(turn));
    };
    starts(&mut workspace, 1);
    assert_eq!(one(Rule::ParallelOverlap, &workspace.plan).remedy.label, "let 's0' wait for 's1'");
    starts(&mut workspace, 0);
    assert_eq!(one(Rule::ParallelOverlap, &workspace.plan).remedy.commands, []);
    workspace.completes_turns_of("s0", &["t0"]);
    workspace.does(super::super::given::finish("s0"));
    assert_eq!(by(Rule::ParallelOverlap, &workspace.plan), [], "one of them is over");
}

#[test]
fn the_parallel_strategy_overlaps_once_its_sessions_get_one_goal() {
    let mut strategy = strategy("parallel-development");
    for session in &mut strategy.sessions {
        session.goal = "People sign in and pay".into();
    }
    let found = by(Rule::ParallelOverlap, &Workspace::with(&strategy).plan);
    assert_eq!(found.len(), 3, "each pair");
}
