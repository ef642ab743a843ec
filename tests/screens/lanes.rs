//! Sessions on a time axis.

use setlist::tui::view::theme::{Palette, Theme};

use crate::assert_screen;
use crate::given;
use crate::rig::Rig;

/// The sizes that people have.
const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 50), (60, 20)];

#[test]
fn two_sessions_at_once() {
    let mut rig = Rig::new();
    given::two_at_once(&mut rig);
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("lanes_two_at_once_{columns}x{rows}"), rig);
    }
}

#[test]
fn sessions_that_wait_for_one_another() {
    let mut rig = Rig::new();
    given::part_way(&mut rig);
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("lanes_part_way_{columns}x{rows}"), rig);
    }
}

#[test]
fn without_colours_and_in_ascii() {
    let mut rig = Rig::new();
    given::two_at_once(&mut rig);
    rig.theme = Theme::new(Palette::Mono, true);
    let screen = rig.screen();
    assert!(screen.is_ascii(), "{screen}");
    assert_screen!("lanes_ascii", rig);
}
