//! The review before the start: what speaks against the plan, remedied before anything is written.

use crate::assert_screen;
use crate::given;
use crate::rig::Rig;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 50), (60, 20)];

/// The guide's example of a session that is to do everything.
const EVERYTHING: &str = "Implement 5 features, refactor 10 files, fix 20 bugs and update all docs";

/// The review of the strategy found by `search` with the example in its first field.
fn review(search: &str, columns: u16, rows: u16) -> Rig {
    let mut rig = Rig::at(columns, rows);
    rig.keys(&format!("/{search}<enter><enter>")).keys(EVERYTHING).keys("<esc>r");
    assert!(rig.model.form.as_ref().unwrap().reviewing, "{}", rig.screen());
    rig
}

#[test]
fn what_speaks_against_a_plan_stands_on_top_of_its_review() {
    for (columns, rows) in SIZES {
        let rig = review("feature well", columns, rows);
        assert_screen!(format!("review_against_{columns}x{rows}"), rig);
    }
}

#[test]
fn one_key_takes_the_remedy_and_the_plan_starts_so() {
    let mut rig = review("feature well", 80, 24);
    rig.keys("<space>");
    assert_screen!("review_remedied_80x24", rig);
    rig.keys("<pgdn>");
    assert_screen!("review_remedied_down_80x24", rig);
    assert_screen!("review_remedied_120x40", rig.keys("gg").resize(120, 40));
    rig.resize(80, 24).keys("<space>");
    assert!(rig.screen().contains("Remedy (space takes it)"), "the key leaves it again\n{}", rig.screen());
    rig.keys("<space><enter>");
    let plan = &rig.model.workspace.as_ref().unwrap().plan;
    assert_eq!((plan.sessions.len(), plan.revision), (4, 1), "{}", rig.screen());
    assert_eq!(plan.sessions[1].after, [plan.sessions[0].id.clone()]);
    assert!(!rig.screen().contains("finding"), "the split clears it\n{}", rig.screen());
    assert_screen!("review_started_80x24", rig);
}

#[test]
fn without_the_remedy_the_plan_starts_with_its_finding() {
    let mut rig = review("feature well", 80, 24);
    rig.keys("<enter>");
    assert_eq!(rig.model.workspace.as_ref().unwrap().plan.sessions.len(), 1);
    assert!(rig.screen().contains("! 1 finding"), "{}", rig.screen());
    rig.keys("!!");
    assert_eq!(rig.model.workspace.as_ref().unwrap().plan.sessions.len(), 4, "{}", rig.screen());
    rig.keys("u");
    assert_eq!(rig.model.workspace.as_ref().unwrap().plan.sessions.len(), 1, "{}", rig.screen());
}

#[test]
fn the_choice_is_kept_with_the_draft() {
    let mut rig = review("feature well", 80, 24);
    rig.keys("<space><esc>").wait_minutes(1);
    let mut rig = rig.restart();
    rig.keys("r");
    assert!(rig.screen().contains("Remedy taken: split into 4 sessions"), "{}", rig.screen());
}

#[test]
fn what_is_sound_is_not_spoken_against() {
    let mut rig = Rig::new();
    rig.keys("/feature well<enter><enter>export the order history as CSV<esc>r");
    assert!(!rig.screen().contains("speaks against"), "{}", rig.screen());
    rig.keys("<space>");
    assert_eq!(rig.status(), "nothing speaks against this plan");
    rig.keys("1");
    assert_eq!(rig.status(), "there is no finding 1");
}

#[test]
fn own_budgets_and_remedies_go_together() {
    let mut rig = Rig::new();
    for _ in 0..3 {
        given::start(&mut rig, "feature well", "a login form");
        given::close_all(&mut rig, 10);
        rig.keys("wF").keys("no agent was at hand<enter>");
    }
    rig.keys("gb<esc><esc>/feature well<enter><enter>").keys(EVERYTHING).keys("<esc>rb<space>");
    assert_screen!("review_own_and_split_80x24", rig.keys("<pgdn>"));
    rig.keys("<enter>");
    let plan = &rig.model.workspace.as_ref().unwrap().plan;
    assert_eq!(plan.sessions.len(), 4, "{}", rig.screen());
    for session in &plan.sessions {
        assert_eq!(session.turns[0].budget.as_ref().unwrap().short(), "10m");
    }
}

#[test]
fn any_text_fits_any_size() {
    let mut rig = Rig::new();
    rig.keys("/greenf<enter><enter>");
    rig.paste(
        "build 日本語 🦀, refactor \u{202e}evil, fix \u{1b}[31m, migrate xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    );
    rig.keys("<esc>r<space>");
    crate::overlays::every_size(&mut rig);
}
