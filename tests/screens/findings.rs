//! What speaks against a plan: counted in the header, listed with `!`, remedied there, never silently.

use setlist::app::msg::Msg;
use setlist::tui::view::look::{Look, Palette};

use crate::assert_screen;
use crate::given;
use crate::rig::Rig;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 50), (60, 20)];

/// A feature in tested code whose third turn was given more time than its session has.
fn over_budget() -> Rig {
    let mut rig = Rig::new();
    given::start(&mut rig, "feature well", "export the order history as CSV");
    rig.keys("]]b<ctrl-u>9h<enter>");
    rig
}

/// Writes a change into the plan's file, as a person with an editor does.
fn edit(rig: &mut Rig, from: &str, to: &str) {
    let folder = rig.home.path().join("data/plans");
    let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{text}");
    std::fs::write(&file, text.replacen(from, to, 1)).unwrap();
    let id = file.file_stem().unwrap().to_str().unwrap().to_owned();
    rig.msg(Msg::OutsidePlans(vec![id]));
}

#[test]
fn findings_are_counted_listed_and_remedied_with_one_key() {
    let mut rig = over_budget();
    assert!(rig.screen().lines().next().unwrap().contains("! 1 finding"), "{}", rig.screen());
    rig.keys("gg!");
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("findings_{columns}x{rows}"), rig);
    }
    rig.resize(80, 24).keys("<enter>");
    assert!(rig.model.overlay.is_none());
    assert_eq!(rig.model.workspace.as_ref().unwrap().turn, "design", "the turn that shows it");
    rig.keys("!!");
    assert!(rig.model.overlay.is_none(), "nothing is left\n{}", rig.screen());
    assert!(!rig.screen().contains("finding"), "{}", rig.screen());
    assert!(rig.status().starts_with("budget of '"), "{}", rig.status());
    rig.keys("u");
    assert!(rig.screen().contains("! 1 finding"), "one undo takes the remedy back\n{}", rig.screen());
}

#[test]
fn a_skipped_validation_is_reopened_and_selected() {
    let mut rig = Rig::new();
    given::start(&mut rig, "feature well", "export the order history as CSV");
    given::close_all(&mut rig, 10);
    rig.keys("1gg]]]]oagain<enter>xno time<enter>]]ofor the review<enter>");
    let mut rig = rig;
    rig.keys("!");
    assert!(rig.screen().contains("Remedy (!): reopen 'Verify' and do it"), "{}", rig.screen());
    rig.keys("!");
    assert_eq!(rig.model.workspace.as_ref().unwrap().turn, "verify", "{}", rig.screen());
}

#[test]
fn without_findings_the_header_says_nothing_and_the_key_says_so() {
    let mut rig = Rig::new();
    given::start(&mut rig, "feature well", "export the order history as CSV");
    assert!(!rig.screen().contains("finding"), "{}", rig.screen());
    rig.keys("!");
    assert_eq!(rig.status(), "nothing speaks against this plan");
    rig.keys("gb!");
    assert_eq!(rig.status(), "open a plan to see what speaks against it");
}

#[test]
fn a_click_on_the_count_opens_the_list() {
    let mut rig = over_budget();
    rig.click("! 1 finding");
    assert!(rig.screen().contains("What speaks against the plan"), "{}", rig.screen());
}

#[test]
fn an_impossible_edit_is_shown_explained_and_mended_only_by_a_key() {
    let mut rig = Rig::new();
    given::start(&mut rig, "feature well", "export the order history as CSV");
    rig.keys("tyd");
    let before = rig.plan_text();
    edit(&mut rig, "state = \"done\"", "state = \"skipped\"");
    edit(&mut rig, "state = \"pending\"", "state = \"done\"");
    rig.keys("gg");
    assert_screen!("contradiction_80x24", rig);
    let edited = rig.plan_text();
    assert_ne!(before, edited);
    rig.keys("!");
    assert_screen!("contradiction_list", rig);
    assert_eq!(rig.plan_text(), edited, "looking mends nothing");
    rig.keys("!");
    assert_eq!(rig.status(), "2 contradictions repaired");
    assert!(!rig.screen().contains("contradicts"), "{}", rig.screen());
    assert!(rig.plan_text().contains("reason = \"no reason recorded\""));
    rig.keys("u");
    assert!(rig.screen().contains("! 3 findings"), "{}", rig.screen());
}

#[test]
fn without_colours_and_in_ascii() {
    let mut rig = over_budget();
    rig.look = Look::new(Palette::Mono, true);
    rig.keys("!");
    assert!(rig.screen().is_ascii(), "{}", rig.screen());
    crate::overlays::every_size(&mut rig);
}

#[test]
fn a_plan_that_cannot_be_changed_keeps_its_findings() {
    let mut rig = over_budget();
    rig.model.workspace.as_mut().unwrap().read_only = Some("it is of a newer version".into());
    rig.keys("!");
    assert!(!rig.screen().contains("take the remedy"), "{}", rig.screen());
    rig.keys("!");
    assert!(rig.status().starts_with("read-only"), "{}", rig.status());
}

#[test]
fn what_was_added_stands_below_the_timeline() {
    let mut rig = Rig::new();
    given::start(&mut rig, "feature well", "export the order history as CSV");
    rig.keys("a<enter>Measure it<tab><tab>45m<tab>Measure the export.<ctrl-s>");
    assert_screen!("drift_80x24", rig);
    assert_screen!("drift_120x40", rig.resize(120, 40));
    rig.keys("w");
    assert!(rig.screen().contains("Planned 6 turns 6h40, added 1 turn"), "{}", rig.screen());
}
