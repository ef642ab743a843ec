//! The browser at every size.

use crate::rig::Rig;

#[test]
fn it_lists_strategies_by_category_and_previews_the_selected_one() {
    let mut rig = Rig::new();
    insta::assert_snapshot!("browser_80x24", rig.screen());
    insta::assert_snapshot!("browser_120x40", rig.resize(120, 40).screen());
    insta::assert_snapshot!("browser_200x50", rig.resize(200, 50).screen());
    insta::assert_snapshot!("browser_60x20", rig.resize(60, 20).screen());
    insta::assert_snapshot!("browser_60x20_preview", rig.keys("<tab>").screen());
}

#[test]
fn typing_narrows_the_list_and_esc_brings_it_back() {
    let mut rig = Rig::new();
    insta::assert_snapshot!("browser_search", rig.keys("/migr").screen());
    insta::assert_snapshot!("browser_search_none", rig.keys("zzz").screen());
    rig.keys("<esc>");
    let all = format!("{} strategies", rig.model.library.entries.len());
    assert!(rig.screen().contains(&all), "{}", rig.screen());
}

#[test]
fn favourites_come_first_and_survive_a_restart() {
    let mut rig = Rig::new();
    rig.keys("/migr<enter>*");
    assert_eq!(rig.status(), "marked as a favourite");
    let rig = rig.restart();
    insta::assert_snapshot!("browser_favourites", rig.screen());
}

#[test]
fn groups_close_and_sorting_changes() {
    let mut rig = Rig::new();
    rig.keys("ggh");
    assert!(rig.screen().contains("▸ Greenfield"), "{}", rig.screen());
    rig.keys(",");
    assert_eq!(rig.status(), "sorted last used first");
}
