//! The end of a session.

use setlist::tui::view::look::{Look, Palette};

use crate::assert_screen;
use crate::given;
use crate::rig::Rig;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 50), (60, 20)];

#[test]
fn a_finished_investigation() {
    let mut rig = Rig::new();
    given::investigated(&mut rig);
    rig.keys("w<space>j<space>ji").keys("script run 50 times<enter>");
    rig.keys("G<up><up><space><space>");
    rig.keys("j<enter>").paste("A script that fails every time, before anything was changed.").keys("<tab>");
    rig.paste("Ask for the logs first: an hour went into guessing.").keys("<ctrl-s>G");
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("wrap_up_bug_{columns}x{rows}"), rig);
    }
    rig.resize(80, 24).keys("<enter>");
    assert!(rig.status().contains("finished"), "{}", rig.screen());
    rig.keys("w");
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("wrap_up_finished_{columns}x{rows}"), rig);
    }
}

#[test]
fn a_metric_with_its_readings() {
    let mut rig = Rig::new();
    given::measured(&mut rig);
    rig.keys("w");
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("wrap_up_metrics_{columns}x{rows}"), rig);
    }
}

#[test]
fn one_session_of_several() {
    let mut rig = Rig::new();
    given::two_at_once(&mut rig);
    rig.keys("w");
    assert_screen!("wrap_up_one_of_three", rig);
    rig.keys("G");
    assert_screen!("wrap_up_one_of_three_end", rig);
    rig.look = Look::new(Palette::Mono, true);
    assert_screen!("wrap_up_ascii", rig);
    assert!(rig.screen().is_ascii(), "{}", rig.screen());
}

#[test]
fn the_selected_row_is_in_sight_at_every_size() {
    let mut rig = Rig::new();
    given::two_at_once(&mut rig);
    rig.keys("wgg");
    let rows = rig.model.workspace.as_ref().unwrap().wrap_rows().len();
    for _ in 0..rows {
        for (columns, height) in [(80, 24), (60, 12), (40, 10), (120, 31)] {
            rig.resize(columns, height);
            let screen = rig.screen();
            assert!(screen.contains('▌'), "{screen}");
        }
        rig.keys("j");
    }
}

#[test]
fn the_report_scrolls_to_its_end_and_back_at_once() {
    let mut rig = Rig::at(200, 50);
    given::two_at_once(&mut rig);
    rig.keys("w");
    let first = rig.screen();
    rig.keys(&"J".repeat(200));
    assert!(rig.screen().contains(" end "), "{}", rig.screen());
    rig.keys("K");
    assert!(rig.screen().contains(" from line ") || rig.screen().contains(" end "), "{}", rig.screen());
    rig.keys(&"K".repeat(100));
    assert_eq!(rig.screen(), first);
}
