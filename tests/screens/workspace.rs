//! The workspace at every size, and what its keys do.

use setlist::app::msg::Effect;

use crate::rig::Rig;

/// A bug investigation, started.
fn started() -> Rig {
    let mut rig = Rig::new();
    rig.keys("/bug inv<enter><enter>");
    rig.keys("Users can't log in, about one attempt in ten<esc>r<enter>");
    rig
}

#[test]
fn a_fresh_plan_shows_its_turns_and_the_prompt() {
    let rig = started();
    insta::assert_snapshot!("workspace_fresh_80x24", rig.screen());
}

#[test]
fn a_turn_under_way_shows_clock_budget_and_wanted_evidence() {
    let mut rig = started();
    rig.keys("<enter>").wait_minutes(62);
    rig.keys("<enter>");
    insta::assert_snapshot!("workspace_running_80x24", rig.screen());
    insta::assert_snapshot!("workspace_running_120x40", rig.resize(120, 40).screen());
    insta::assert_snapshot!("workspace_running_200x50", rig.resize(200, 50).screen());
    insta::assert_snapshot!("workspace_running_60x20", rig.resize(60, 20).screen());
}

#[test]
fn enter_leads_through_a_whole_turn() {
    let mut rig = started();
    rig.keys("<enter>");
    assert_eq!(rig.status(), "turn 'Reproduce' started");
    rig.keys("<enter>");
    assert_eq!(rig.status(), "prompt of 'Reproduce' copied");
    let hint = |rig: &Rig| rig.screen().lines().last().unwrap().to_owned();
    assert!(hint(&rig).contains("enter record evidence"), "{}", hint(&rig));
    rig.keys("<enter>");
    insta::assert_snapshot!("workspace_record_evidence", rig.screen());
}

/// A strategy chosen by `search`, filled in with `first` and started.
fn plan_of(search: &str, first: &str) -> Rig {
    let mut rig = Rig::new();
    rig.keys(&format!("/{search}<enter><enter>{first}<esc>r<enter>"));
    assert!(rig.status().contains("started"), "{}", rig.screen());
    rig
}

#[test]
fn a_gate_holds_until_a_person_approves_it() {
    let mut rig = plan_of("codebase dis", "https://example.org/shop.git");
    rig.keys("tyd");
    assert!(rig.status().contains("unverified"), "{}", rig.status());
    rig.keys("]t");
    assert!(rig.status().contains("cannot start: the gate after"), "{}", rig.status());
    rig.keys("[p");
    insta::assert_snapshot!("workspace_gate_dialog", rig.screen());
    rig.keys("read it twice<enter>");
    assert!(rig.status().starts_with("gate approved"), "{}", rig.status());
    assert!(rig.plan_text().contains("note = \"read it twice\""));
    rig.keys("t");
    assert!(rig.status().contains("started"), "{}", rig.status());
    insta::assert_snapshot!("workspace_gate_passed", rig.screen());
}

#[test]
fn a_rejected_gate_sends_the_turn_back_with_its_reason() {
    let mut rig = plan_of("codebase dis", "https://example.org/shop.git");
    rig.keys("tydf<enter>");
    assert!(rig.screen().contains("say what is missing"), "{}", rig.screen());
    rig.keys("the tests are not described<enter>");
    insta::assert_snapshot!("workspace_gate_rejected", rig.screen());
}

#[test]
fn readings_compute_their_change() {
    let mut rig = plan_of("api perf", "GET /profile");
    rig.keys("t").keys("m");
    insta::assert_snapshot!("workspace_metric_dialog", rig.screen());
    rig.keys("500<enter>").keys("m45<enter>");
    assert!(rig.status().contains("91 % lower"), "{}", rig.status());
    rig.keys("4");
    insta::assert_snapshot!("workspace_metric_80x24", rig.screen());
    rig.keys("mmany<enter>");
    assert!(rig.screen().contains("`many` is not a number"), "{}", rig.screen());
}

#[test]
fn what_is_typed_into_a_dialog_survives_esc() {
    let mut rig = started();
    rig.keys("tr").keys("half a thought<esc>");
    assert_eq!(rig.status(), "not saved; what you typed is there when you open it again");
    rig.keys("r");
    assert!(rig.screen().contains("half a thought"), "{}", rig.screen());
    rig.keys("<ctrl-s>");
    assert_eq!(rig.status(), "result of 'Reproduce' noted");
    assert!(rig.plan_text().contains("half a thought"));
}

#[test]
fn undo_and_redo_go_back_and_forth_and_survive_a_restart() {
    let mut rig = started();
    rig.keys("xno time<enter>");
    assert_eq!(rig.status(), "turn 'Reproduce' skipped");
    let mut rig = rig.restart();
    rig.keys("u");
    assert!(rig.plan_text().contains("state = \"pending\""));
    assert!(!rig.plan_text().contains("no time"), "{}", rig.status());
    rig.keys("U");
    assert!(rig.plan_text().contains("no time"), "{}", rig.status());
}

#[test]
fn a_budget_used_up_rings_once() {
    let mut rig = started();
    rig.keys("t").wait_minutes(70);
    assert!(rig.outside.is_empty(), "{:?}", rig.outside);
    assert!(rig.screen().contains("93%"), "{}", rig.screen());
    rig.wait_minutes(10).wait_minutes(1).wait_minutes(1);
    let rung = rig.outside.iter().filter(|effect| matches!(effect, Effect::Notify(_))).count();
    assert_eq!(rung, 1, "{:?}", rig.outside);
    insta::assert_snapshot!("workspace_over_budget", rig.screen());
}

#[test]
fn time_worked_survives_a_restart_while_the_clock_runs() {
    let mut rig = started();
    rig.keys("t").wait_minutes(20);
    let mut rig = rig.restart();
    rig.wait_minutes(5);
    assert!(rig.screen().contains("25:00 of"), "{}", rig.screen());
}

#[test]
fn a_repeated_turn_keeps_its_iterations() {
    let mut rig = plan_of("systematic opt", "");
    for _ in 0..3 {
        rig.keys("td");
    }
    rig.keys("t").wait_minutes(30).keys("R");
    assert!(rig.status().contains("optimization 2 started"), "{}", rig.status());
    rig.keys("4");
    insta::assert_snapshot!("workspace_repeat", rig.screen());
}

#[test]
fn added_turns_are_marked_and_can_be_removed_again() {
    let mut rig = started();
    rig.keys("a<enter>Ask the on-call engineer<tab><tab>15m<tab>Ask who changed the session store.<ctrl-s>");
    assert_eq!(rig.status(), "turn 'Ask the on-call engineer' added", "{}", rig.screen());
    insta::assert_snapshot!("workspace_added", rig.screen());
    rig.keys("]D<enter>");
    assert_eq!(rig.status(), "turn 'Ask the on-call engineer' removed", "{}", rig.screen());
}

#[test]
fn a_prompt_once_copied_is_frozen_and_a_changed_value_reaches_only_the_others() {
    let mut rig = started();
    rig.keys("ty").keys("V<enter>");
    rig.keys(" and on mobile<ctrl-s>");
    assert!(rig.status().contains("prompts not sent yet follow"), "{}", rig.screen());
    assert!(!rig.screen().contains("on mobile"), "{}", rig.screen());
    rig.keys("i");
    assert!(rig.status().contains("was sent and does not change"), "{}", rig.status());
}

#[test]
fn clicks_select_focus_and_act() {
    let mut rig = started();
    rig.click("3 Form three");
    assert_eq!(rig.model.workspace.as_ref().unwrap().turn, "hypotheses");
    rig.click("1 Reproduce").click("t start");
    assert_eq!(rig.status(), "turn 'Reproduce' started");
}

#[test]
fn every_size_is_drawn() {
    let mut rig = started();
    rig.keys("ty4");
    for columns in (1..=40).chain([59, 65, 66, 99, 100, 159, 160, 300]) {
        for rows in (1..=16).chain([29, 30, 60]) {
            rig.resize(columns, rows).screen();
        }
    }
}
