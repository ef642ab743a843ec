//! Plans under way, brought about by keys, and how their screens are compared.

use crate::rig::Rig;

/// Starts a plan of the strategy that the search finds first; `answers` are keys typed in the form.
pub fn start(rig: &mut Rig, search: &str, answers: &str) {
    rig.keys("gb<esc><esc>").keys(&format!("/{search}<enter><enter>")).keys(answers).keys("<esc>r<enter>");
    assert!(rig.status().ends_with("' started"), "{}", rig.screen());
}

/// Three independent sessions: A over its budget, B within it, C not begun. On the lanes.
pub fn two_at_once(rig: &mut Rig) {
    start(rig, "parallel dev", "<S-tab>Autumn release");
    rig.keys("t").wait_minutes(25);
    rig.keys("}t").wait_minutes(42);
    rig.keys("{");
}

/// Three sessions one after another, the first part way, its clock stopped. On the lanes.
pub fn part_way(rig: &mut Rig) {
    start(rig, "serial deep", "Orders with split deliveries");
    rig.keys("t").wait_minutes(40);
    rig.keys("dt").wait_minutes(15);
    rig.keys("t").wait_minutes(5);
}

/// Compares the screen with its snapshot; what differs from run to run is taken out.
#[macro_export]
macro_rules! assert_screen {
    ($name:expr, $rig:expr) => {{
        let mut settings = insta::Settings::clone_current();
        settings.add_filter(r"(\d{4}-\d{2}-\d{2}-[a-z0-9-]+?)-[0-9a-z]{4}\b", "$1-____");
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!($name, $rig.screen()));
    }};
}
