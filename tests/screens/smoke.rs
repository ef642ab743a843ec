//! The thinnest path: a strategy chosen, filled in, worked and ticked off on the real store.

use crate::rig::Rig;

#[test]
fn a_bug_is_investigated_from_the_list_to_a_finished_plan() {
    let mut rig = Rig::new();
    rig.keys("/bug inv<enter><enter>");
    rig.keys("Users cannot log in, intermittently<tab><esc>r<enter>");
    assert_eq!(rig.status(), "plan 'Users cannot log in, intermittently' started", "{}", rig.screen());
    for _ in 0..6 {
        rig.keys("t").wait_minutes(10);
        rig.keys("d");
    }
    rig.keys("w");
    rig.keys("F").keys("the stand-in agent shows nothing<enter>");
    assert!(rig.status().contains("finished unverified"), "{}", rig.status());
    assert!(rig.plan_text().contains("state = \"finished\""));
    let rig = rig.restart();
    assert_eq!(rig.model.workspace.as_ref().unwrap().plan.state().word(), "finished");
}
