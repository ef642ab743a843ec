//! The clock jumps while the program runs: what is typed is saved all the same, and no screen shows a time below zero.

use crate::effort::{Chance, rounds};
use crate::given;
use crate::rig::Rig;

/// Minutes of ten years.
const FAR: usize = 10 * 366 * 24 * 60;

fn drafts(rig: &Rig) -> String {
    let files = std::fs::read_dir(rig.home.path().join("data/drafts")).into_iter().flatten().flatten();
    files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
}

#[test]
fn what_is_typed_is_saved_soon_although_the_clock_was_set_back() {
    let mut rig = Rig::new();
    rig.keys("/bug inv<enter><enter>").keys("half a thought");
    assert!(!drafts(&rig).contains("half a thought"), "saved at once: this shows nothing");
    rig.wait_minutes(-3 * 366 * 24 * 60);
    assert!(drafts(&rig).contains("half a thought"));
}

#[test]
fn no_screen_shows_a_time_below_zero() {
    let mut chance = Chance::of(1);
    for screen in ["", "w", "gl", "gp", "gt"] {
        let mut rig = Rig::new();
        given::part_way(&mut rig);
        rig.keys("t").keys(screen);
        for _ in 0..rounds(10, 200) {
            rig.wait_minutes(chance.below(2 * FAR) as i64 - FAR as i64);
            let text = rig.screen();
            let below = text.split([' ', '(', '│', '┃']).find(|word| {
                let figure = word.strip_prefix('-').unwrap_or_default();
                figure.starts_with(|c: char| c.is_ascii_digit())
            });
            assert_eq!(below, None, "{text}");
        }
        // Whatever the clock says, the plan goes on.
        rig.keys("gw").keys("t");
        assert!(rig.model.workspace.is_some());
    }
}
