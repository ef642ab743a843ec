//! A finished plan made into a strategy, and its report read at any size.

use crate::assert_screen;
use crate::given;
use crate::rig::Rig;

/// A finished plan, its wrap-up on the screen.
fn finished() -> Rig {
    let mut rig = Rig::new();
    given::investigated(&mut rig);
    rig.keys("wF");
    assert!(rig.status().contains("finished"), "{}", rig.screen());
    rig.keys("w");
    rig
}

#[test]
fn a_finished_plan_becomes_a_strategy_in_the_list() {
    let mut rig = finished();
    rig.keys("s");
    for (columns, rows) in [(80, 24), (60, 20), (120, 40)] {
        rig.resize(columns, rows);
        assert_screen!(format!("distil_dialog_{columns}x{rows}"), rig);
    }
    rig.resize(80, 24).keys("<ctrl-s>");
    for (columns, rows) in [(80, 24), (60, 20)] {
        rig.resize(columns, rows);
        assert_screen!(format!("distil_written_{columns}x{rows}"), rig);
    }
    let file = rig.home.path().join("data/strategies/users-cannot-log-in-intermittently.toml");
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("example = \"Users cannot log in, intermittently\""), "{text}");
    rig.resize(80, 24).keys("<enter>");
    assert_screen!("distil_in_the_list", rig);
    rig.keys("<enter>");
    assert!(rig.screen().contains("Users cannot log in"), "{}", rig.screen());
}

#[test]
fn it_can_be_done_from_the_list_of_plans() {
    let mut rig = finished();
    rig.keys("gp");
    assert!(rig.screen().contains("s make strategy"), "{}", rig.screen());
    rig.keys("s").keys("<ctrl-u>login-faults<tab><ctrl-u>Faults at login<enter>");
    assert!(rig.screen().contains("strategies/login-faults.toml"), "{}", rig.screen());
    rig.keys("<esc>");
    assert!(rig.screen().contains("Plans"), "{}", rig.screen());
    rig.keys("gb<esc><esc>/faults at");
    assert!(rig.screen().contains("Faults at login"), "{}", rig.screen());
}

#[test]
fn what_is_wrong_is_said_and_what_was_typed_stays() {
    let mut rig = finished();
    rig.keys("s<ctrl-u>Not an id<ctrl-s>");
    assert!(rig.screen().contains("such as not-an-id"), "{}", rig.screen());
    rig.keys("<esc>s");
    assert!(rig.screen().contains("Not an id"), "{}", rig.screen());
    rig.keys("<ctrl-u>mine<ctrl-s><esc>s<ctrl-u>mine<ctrl-s>");
    assert!(rig.screen().contains("you have a strategy `mine` already"), "{}", rig.screen());
    rig.keys("<tab><ctrl-u><S-tab><ctrl-u>other<ctrl-s>");
    assert!(rig.screen().contains("say what the strategy is for"), "{}", rig.screen());
}

#[test]
fn only_a_finished_plan_will_do() {
    let mut rig = Rig::new();
    rig.keys("s");
    assert!(rig.status().contains("choose a finished plan first (gp)"), "{}", rig.status());
    given::measured(&mut rig);
    rig.keys("s");
    assert_eq!(rig.status(), "the plan is not finished yet");
    rig.keys("w");
    assert!(!rig.screen().contains("make strategy"), "{}", rig.screen());
    rig.keys(":make str");
    assert!(rig.screen().contains("not now: the plan is not finished yet"), "{}", rig.screen());
}

#[test]
fn the_report_can_have_the_whole_screen() {
    let mut rig = finished();
    rig.keys("z");
    for (columns, rows) in [(80, 24), (120, 40), (60, 20)] {
        rig.resize(columns, rows);
        assert_screen!(format!("report_{columns}x{rows}"), rig);
    }
    rig.resize(80, 24);
    let first = rig.screen();
    rig.keys("G");
    assert!(rig.screen().contains(" end "), "{}", rig.screen());
    rig.keys("ggF<space>");
    assert!(rig.status().contains("this is the report"), "{}", rig.status());
    rig.keys("j<esc>");
    assert!(rig.screen().contains("Summary"), "{}", rig.screen());
    rig.keys("zk");
    assert_eq!(rig.screen(), first);
}
