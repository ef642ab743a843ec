//! The list of plans.

use setlist::tui::view::look::{Look, Palette};

use crate::assert_screen;
use crate::given;
use crate::rig::Rig;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 50), (60, 20)];

/// Plans in every section, some days old. On the list of plans.
fn a_week_of_plans(rig: &mut Rig) {
    given::start(rig, "competitive", "Pair editors<tab>Zed, Helix");
    rig.keys("gpA").wait_minutes(9 * 24 * 60);
    given::start(rig, "codebase disc", "https://example.org/shop<S-tab>Read the shop");
    rig.keys("gpD<enter>").wait_minutes(2 * 24 * 60);
    given::start(rig, "bug inv", "Users cannot log in, intermittently");
    given::close_all(rig, 10);
    rig.keys("wF").keys("no agent was at hand<enter>").wait_minutes(24 * 60);
    given::part_way(rig);
    rig.wait_minutes(180);
    given::two_at_once(rig);
    rig.keys("gb<esc><esc>/rest api<enter><enter>").keys("Bookings of meeting rooms<esc><esc>");
    let folder = rig.home.path().join("data/plans");
    std::fs::write(folder.join("2026-11-20-broken-zzzz.toml"), "schema = 1\nid = \"2026-11-20-broken-zzzz\"\nname = ")
        .unwrap();
    let plan = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let plan = plan.into_iter().find(|name| name.contains("autumn")).unwrap();
    std::fs::write(folder.join(plan.replace(".toml", ".sync-conflict-20261122-140000-ABCDEFG.toml")), "").unwrap();
    rig.keys("gp");
}

#[test]
fn plans_of_every_kind() {
    let mut rig = Rig::new();
    a_week_of_plans(&mut rig);
    rig.keys("gg");
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("plans_{columns}x{rows}"), rig);
    }
    rig.keys("<tab>");
    assert_screen!("plans_preview_alone_60x20", rig);
    rig.keys("<tab>").resize(80, 24);
    let sections = ["draft", "finished", "archived", "broken", "conflict", "trash"];
    rig.keys("j");
    for section in sections {
        rig.keys("j");
        // These show a path that differs from run to run.
        match section {
            "broken" => assert!(rig.screen().contains("│ Line 3, column 8: string"), "{}", rig.screen()),
            "conflict" => assert!(rig.screen().contains("Nothing of it is"), "{}", rig.screen()),
            other => assert_screen!(format!("plans_{other}"), rig),
        }
    }
}

#[test]
fn a_search_counts_its_hits() {
    let mut rig = Rig::new();
    a_week_of_plans(&mut rig);
    rig.keys("/autu");
    assert_screen!("plans_searching", rig);
    rig.keys("x");
    assert_screen!("plans_no_hit", rig);
    rig.keys("<esc>");
    assert!(!rig.screen().contains("Search:"), "{}", rig.screen());
}

#[test]
fn without_plans_it_says_what_is_next() {
    let mut rig = Rig::new();
    rig.keys("gp");
    assert_screen!("plans_none", rig);
    rig.model.plans_listed = false;
    assert!(rig.screen().contains("Reading the plans"), "{}", rig.screen());
}

#[test]
fn a_click_selects_a_plan_and_a_second_one_opens_it() {
    let mut rig = Rig::at(120, 40);
    a_week_of_plans(&mut rig);
    rig.click("under way");
    assert!(rig.screen().contains("Serial deep work"), "{}", rig.screen());
    rig.click("under way");
    assert_eq!(rig.model.workspace.as_ref().unwrap().plan.name, "Orders with split deliveries");
}

#[test]
fn hostile_names_stay_text() {
    let mut rig = Rig::new();
    given::start(&mut rig, "serial deep", "Orders");
    rig.keys("gpr<ctrl-u>").paste("\u{202e}evil\u{200b} 日本語日本語 \u{1f469}\u{200d}\u{1f4bb}").keys("<enter>");
    rig.look = Look::new(Palette::Mono, true);
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        let screen = rig.screen();
        assert!(screen.contains("\\u{202e}evil"), "{screen}");
        assert!(!screen.contains('\u{202e}') && !screen.contains('\u{200b}'), "{screen}");
    }
}

#[test]
fn a_deleted_plan_is_no_longer_open_and_can_be_restored() {
    let mut rig = crate::rig::Rig::new();
    rig.keys("/codebase dis<enter><enter>https://example.org/x.git<esc>r<enter>gp");
    rig.keys("D<enter>");
    assert_eq!(rig.status(), "deleted; it is in the trash", "{}", rig.screen());
    assert!(rig.model.workspace.is_none());
    rig.keys("T");
    assert_eq!(rig.status(), "restored from the trash", "{}", rig.screen());
    rig.keys("<enter>t");
    assert_eq!(rig.status(), "turn 'Clone and understand' started", "{}", rig.screen());
}

#[test]
fn the_trash_is_emptied_only_after_a_choice() {
    let mut rig = Rig::new();
    given::start(&mut rig, "codebase disc", "https://example.org/shop<S-tab>Read the shop");
    rig.keys("gpD<enter>");
    given::start(&mut rig, "bug inv", "Users cannot log in");
    rig.keys("gpD<enter>GD");
    assert_screen!("plans_empty_trash", rig);
    rig.keys("<enter>");
    assert!(rig.screen().contains("choose to delete them, or press Esc"), "{}", rig.screen());
    rig.keys("2<esc>D");
    assert!(rig.screen().contains("[1] leave it as it is"), "it is chosen anew each time\n{}", rig.screen());
    rig.keys("2<enter>");
    assert_eq!(rig.status(), "2 plans deleted for good");
    assert!(rig.screen().contains("No plans yet"), "{}", rig.screen());
}
