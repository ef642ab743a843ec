//! It opens where it was left: the selected rows, and how far texts were scrolled.

use crate::given;
use crate::rig::Rig;

#[test]
fn a_plan_opens_at_its_rows_and_its_place_in_the_prompt() {
    let mut rig = Rig::new();
    given::start(&mut rig, "bug inv", "Users cannot log in");
    rig.keys("]]JJ").keys("c<down><down>").keys("4<down>");
    let panes = |rig: &Rig| rig.screen().lines().take(22).map(str::to_owned).collect::<Vec<_>>();
    let before = panes(&rig);
    let rig = rig.restart();
    assert_eq!(panes(&rig), before);
    let workspace = rig.model.workspace.as_ref().unwrap();
    assert_eq!((workspace.row, workspace.item, workspace.scroll), (1, 2, 6));
}

#[test]
fn the_wrap_up_opens_at_its_row() {
    let mut rig = Rig::new();
    given::start(&mut rig, "bug inv", "Users cannot log in");
    rig.keys("wjjj");
    let rig = rig.restart();
    assert_eq!(rig.model.workspace.as_ref().unwrap().wrap_row, 3, "{}", rig.screen());
    assert!(rig.screen().contains("▌[ ] Code follows"), "{}", rig.screen());
}

#[test]
fn the_strategies_open_at_the_place_in_the_preview() {
    let mut rig = Rig::new();
    rig.keys("jjjJJ");
    let screen = rig.screen();
    let rig = rig.restart();
    assert_eq!(rig.screen(), screen);
}

#[test]
fn rows_that_are_gone_are_not_gone_back_to() {
    let mut rig = Rig::new();
    given::start(&mut rig, "bug inv", "Users cannot log in");
    rig.keys("c<down>");
    rig.model.workspace.as_mut().unwrap().item = 4000;
    rig.model.workspace.as_mut().unwrap().row = 4000;
    let rig = rig.restart();
    assert!(rig.model.workspace.as_ref().unwrap().item < 10);
    rig.screen();
}
