//! The workspace at every size, and what its keys do.

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
