//! What waits to become a plan of its own: shown, started once its plan is finished, dropped.

use std::sync::Arc;

use setlist::domain::command::Command;
use setlist::domain::new_plan::NewPlan;
use setlist::store::Store;
use setlist::workflow::start::{origin, values_for};

use crate::assert_screen;
use crate::given;
use crate::rig::{Rig, dirs};

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 50), (60, 20)];

/// A login under way, with two more goals queued.
fn login() -> Rig {
    let mut rig = Rig::new();
    given::start(&mut rig, "feature well", "a login form");
    let queue = |title: &str, goal: &str| Command::Queue {
        title: title.into(),
        goal: goal.into(),
        placeholder: "feature".into(),
    };
    rig.does(queue("OAuth", "sign in with OAuth, beside the password"));
    rig.does(queue("Social login", "Social login"));
    rig
}

/// The same, worked to its end without evidence and wrapped up.
fn finished() -> Rig {
    let mut rig = login();
    given::close_all(&mut rig, 10);
    rig.keys("wF").keys("no agent was at hand<enter>");
    rig
}

#[test]
fn what_waits_is_named_in_the_workspace_the_wrap_up_and_the_list_of_plans() {
    let mut rig = login();
    assert_screen!("queue_workspace_80x24", rig);
    rig.keys("wG");
    assert_screen!("queue_wrap_up_80x24", rig);
    rig.keys("<enter>");
    assert_eq!(rig.status(), "finish this session first (F); then 'Social login' can start");
    rig.keys("gp");
    assert_screen!("queue_plans_80x24", rig);
}

#[test]
fn a_finished_plan_offers_what_waits_and_starts_it_filled_in() {
    let mut rig = finished();
    assert!(rig.status().ends_with("enter starts 'OAuth' as its own plan"), "{}", rig.status());
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("queue_offered_{columns}x{rows}"), rig);
    }
    rig.resize(80, 24).keys("<enter>");
    assert_screen!("queue_form_80x24", rig);
    rig.keys("r");
    assert!(rig.screen().contains("follows 'a login form'"), "{}", rig.screen());
    rig.keys("<enter>");
    let plan = &rig.model.workspace.as_ref().unwrap().plan;
    assert_eq!((plan.name.as_str(), plan.follows.is_empty()), ("OAuth", false));
    assert_eq!(plan.goal(), "Add to the existing code: sign in with OAuth, beside the password");
    assert!(rig.screen().contains("follows 'a login form'") || rig.status().contains("OAuth"), "{}", rig.screen());
    assert!(rig.plan_text().contains(&format!("plan = \"{}\"", plan.id)), "the queue remembers its plan");
    rig.keys("gp");
    assert_screen!("queue_follows_plans", rig);
}

#[test]
fn somebody_who_was_quicker_is_named_and_nothing_starts_twice() {
    let mut rig = finished();
    rig.keys("<enter>r");
    let store = Store::new(dirs(rig.home.path()));
    let first = rig.model.workspace.as_ref().unwrap().plan.clone();
    let (strategy, values) = (Arc::new(first.strategy.clone()), values_for(&first, &first.queue[0]));
    let origin = Some(origin(&first, &first.queue[0]));
    let new = NewPlan { origin, ..NewPlan::new(strategy, values, "By somebody else") };
    let quicker = store.start(&new, &"2026-11-22T18:00:00+00:00[+00:00]".parse().unwrap()).unwrap();
    rig.keys("<enter>");
    let said = format!("NOT STARTED: 'OAuth' was started already, as {}: open that plan", quicker.id);
    assert_eq!((rig.status(), store.list().plans.len()), (said, 2), "{}", rig.screen());
    let form = rig.model.form.as_ref().unwrap();
    assert_eq!((form.reviewing, form.starting, form.answers.name.as_str()), (true, false, "OAuth"));
    assert_eq!(store.load(&first.id).unwrap().plan.queue[0].plan, quicker.id);
}

#[test]
fn a_form_left_half_way_keeps_where_it_comes_from() {
    let mut rig = finished();
    rig.keys("<enter>i on a phone<esc>").wait_minutes(1);
    let mut rig = rig.restart();
    assert!(rig.screen().contains("beside the password on a phone"), "{}", rig.screen());
    rig.keys("r<enter>");
    assert!(!rig.model.workspace.as_ref().unwrap().plan.follows.is_empty(), "{}", rig.screen());
}

#[test]
fn another_form_of_the_strategy_is_not_overwritten() {
    let mut rig = finished();
    rig.keys("gb<esc><esc>/feature well<enter><enter>something else<esc><esc>").wait_minutes(1);
    rig.keys("gww").keys("G<up><enter>");
    assert!(rig.status().contains("was left half-way; start it or throw it away first"), "{}", rig.screen());
}

#[test]
fn what_waits_can_be_dropped_and_brought_back() {
    let mut rig = finished();
    rig.keys("D");
    assert_eq!(rig.status(), "no longer queued: OAuth");
    assert!(!rig.screen().contains("OAuth'"), "{}", rig.screen());
    assert!(rig.screen().contains("Start 'Social login'"), "{}", rig.screen());
    rig.keys("u");
    assert!(rig.screen().contains("Start 'OAuth'"), "{}", rig.screen());
}

/// A login under way: its first turn has begun.
fn begun() -> Rig {
    let mut rig = Rig::new();
    given::start(&mut rig, "feature well", "Implement user login");
    rig.keys("t");
    rig
}

#[test]
fn an_added_turn_that_is_a_goal_of_its_own_is_offered_to_the_queue() {
    let mut rig = begun();
    rig.keys("a<enter>Also add OAuth<tab><tab>45m<tab>Add OAuth login.<ctrl-s>");
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("queue_creep_{columns}x{rows}"), rig);
    }
    rig.resize(80, 24).keys("<enter>");
    assert_eq!(rig.status(), "queued as a plan of its own: Add OAuth");
    assert_eq!(rig.model.workspace.as_ref().unwrap().plan.queue[0].placeholder, "feature");
    assert!(!rig.screen().contains("finding"), "queueing is the remedy\n{}", rig.screen());
}

#[test]
fn the_same_turn_may_be_added_all_the_same_and_queued_later_with_one_key() {
    let mut rig = begun();
    rig.keys("a<enter>Also add OAuth<tab><tab>45m<tab>Add OAuth login.<ctrl-s>2<enter>");
    assert_eq!(rig.status(), "turn 'Also add OAuth' added");
    rig.keys("a<enter>Also add social login<tab><tab>45m<tab>Add social login.<ctrl-s>2<enter>");
    rig.keys("!");
    assert_screen!("queue_creep_found", rig);
    rig.keys("!");
    assert_eq!(rig.model.workspace.as_ref().unwrap().plan.waiting().len(), 2, "{}", rig.screen());
    rig.keys("u");
    assert_eq!(rig.model.workspace.as_ref().unwrap().plan.waiting().len(), 0, "in one step\n{}", rig.status());
}

#[test]
fn a_turn_that_serves_the_goal_is_added_without_a_question() {
    let mut rig = begun();
    rig.keys("a<enter>Fix the flaky test<tab><tab><tab>Mend the test that fails one time in ten.<ctrl-s>");
    assert_eq!(rig.status(), "turn 'Fix the flaky test' added");
    let mut rig = Rig::new();
    given::start(&mut rig, "feature well", "Implement user login");
    rig.keys("a<enter>Also add OAuth<tab><tab><tab>Add OAuth login.<ctrl-s>");
    assert_eq!(rig.status(), "turn 'Also add OAuth' added", "before the start it is planning, not creep");
}

#[test]
fn what_was_typed_survives_esc_and_the_question() {
    let mut rig = begun();
    rig.keys("a<enter>Also add OAuth<tab><tab>45m<tab>Add OAuth login.<ctrl-s><esc>");
    rig.keys("a<enter>");
    assert!(rig.screen().contains("Also add OAuth"), "{}", rig.screen());
}

#[test]
fn a_plan_of_its_own_can_be_queued_by_hand() {
    let mut rig = begun();
    rig.keys("a4<enter>");
    assert_screen!("queue_by_hand", rig);
    rig.keys("Two-factor login<tab>A second factor for those who want it.<ctrl-s>");
    let queued = rig.model.workspace.as_ref().unwrap().plan.queue[0].clone();
    assert_eq!((queued.title.as_str(), queued.placeholder.as_str()), ("Two-factor login", "feature"));
}

#[test]
fn a_goal_that_does_not_fit_its_field_leaves_its_title_there() {
    let mut rig = login();
    rig.does(Command::Queue { title: "Audit log".into(), goal: "long ".repeat(200), placeholder: "feature".into() });
    given::close_all(&mut rig, 10);
    rig.keys("wF").keys("no agent was at hand<enter>G<enter>");
    let form = rig.model.form.as_ref().unwrap();
    assert_eq!(form.fields[1].input.text(), "Audit log");
    assert_eq!(form.answers.faults(), []);
}
