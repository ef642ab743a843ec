//! The form: fields, marks, faults, the live prompt, at every size.

use insta::assert_snapshot;

use crate::rig::Rig;

/// A strategy of the built-in ones, opened in the form.
pub fn form(strategy: &str, columns: u16, rows: u16) -> Rig {
    let mut rig = Rig::at(columns, rows);
    rig.keys(&format!("/{strategy}<enter><enter>"));
    assert!(rig.model.form.is_some(), "{}", rig.screen());
    rig
}

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 50), (60, 20)];

#[test]
fn a_fresh_form_says_what_is_wanted() {
    for (columns, rows) in SIZES {
        let rig = form("bug inv", columns, rows);
        assert_snapshot!(format!("fresh_{columns}x{rows}"), rig.screen());
    }
}

#[test]
fn a_fault_shows_once_the_field_was_left() {
    let mut rig = form("bug inv", 80, 24);
    rig.keys("Logins fail<tab><tab><tab>many");
    assert!(!rig.screen().contains("! `many`"), "{}", rig.screen());
    rig.keys("<tab>");
    assert!(rig.screen().contains("! `many` is not a number"), "{}", rig.screen());
    assert_snapshot!("faults_80x24", rig.screen());
    rig.keys("<up><enter>");
    assert_snapshot!("fault_edited_80x24", rig.screen());
    rig.resize(60, 20);
    assert_snapshot!("fault_edited_60x20", rig.screen());
}

#[test]
fn choices_are_numbered_and_the_chosen_one_is_in_brackets() {
    for (columns, rows) in SIZES {
        let mut rig = form("database migr", columns, rows);
        rig.keys("orders<tab><tab><tab><tab>2");
        assert!(rig.screen().contains("[2] read-only period"), "{}", rig.screen());
        assert_snapshot!(format!("choice_{columns}x{rows}"), rig.screen());
    }
}

#[test]
fn a_long_answer_grows_and_the_rest_stays_in_reach() {
    for (columns, rows) in SIZES {
        let mut rig = form("bug inv", columns, rows);
        let lines: Vec<String> =
            (1..30).map(|line| format!("line {line} of the report, in 日本語 and English")).collect();
        rig.paste(&lines.join("\n"));
        let screen = rig.screen();
        assert!(screen.contains("line 29"), "{screen}");
        assert!(screen.contains("Review and start"), "{screen}");
        assert_snapshot!(format!("long_{columns}x{rows}"), screen);
    }
}

#[test]
fn the_prompt_is_in_reach_on_a_narrow_screen() {
    let mut rig = form("bug inv", 60, 20);
    rig.keys("Logins fail<esc>]");
    assert_snapshot!("narrow_prompt_60x20", rig.screen());
    rig.keys("<esc>");
    assert!(rig.screen().contains("Where it happens"), "{}", rig.screen());
    rig.click("2 Prompt");
    assert!(rig.screen().contains("Live prompt"), "{}", rig.screen());
}

#[test]
fn scrolling_stops_at_the_end_and_comes_back_at_once() {
    let mut rig = form("bug inv", 80, 24);
    rig.screen();
    rig.keys(&"<pgdn>".repeat(40));
    assert!(rig.screen().contains("100% seen"), "{}", rig.screen());
    rig.keys("<pgup>");
    assert!(!rig.screen().contains("100% seen"), "{}", rig.screen());
    rig.keys("The bug<esc>r");
    rig.screen();
    rig.keys("G");
    assert!(rig.screen().contains("100% seen"), "{}", rig.screen());
    rig.keys("k");
    assert!(!rig.screen().contains("100% seen"), "{}", rig.screen());
}

#[test]
fn a_megabyte_in_a_field_is_drawn_in_a_moment() {
    let mut rig = form("bug inv", 120, 40);
    rig.paste(&"a long line of a log\n".repeat(45_000));
    rig.keys(&"<pgdn>".repeat(38));
    let screen = rig.screen();
    assert!(screen.contains("... 923 KiB in all"), "{screen}");
    let before = std::time::Instant::now();
    rig.screen();
    assert!(before.elapsed().as_secs() < 2, "{:?}", before.elapsed());
}

#[test]
fn every_field_is_drawn_at_every_size() {
    for strategy in ["bug inv", "database migr", "competitive", "parallel dev"] {
        let mut rig = form(strategy, 80, 24);
        rig.paste("日本語 👩‍👩‍👧‍👦 e\u{301} \u{202e}text");
        for stop in 0..9 {
            for columns in 1..=30 {
                for rows in 1..=15 {
                    if (columns + 7 * rows + stop) % 13 == 0 {
                        rig.resize(columns, rows).screen();
                    }
                }
            }
            for (columns, rows) in [(66, 12), (100, 30), (160, 30), (65, 40), (300, 13)] {
                rig.resize(columns, rows);
                let screen = rig.screen();
                let shown = rig.model.form.as_ref().unwrap();
                let label =
                    shown.placeholder(shown.focus).map_or("Review", |here| here.label.split(' ').next().unwrap());
                assert!(shown.focus == 0 || screen.contains(label), "{label} at {columns}x{rows}\n{screen}");
            }
            rig.keys("<tab>");
        }
    }
}

#[test]
fn the_review_shows_answers_and_prompts() {
    for (columns, rows) in SIZES {
        let mut rig = form("database migr", columns, rows);
        rig.keys("orders<tab>PostgreSQL 15, 400 GB<tab><tab><tab>500000<esc>r");
        assert!(rig.model.form.as_ref().unwrap().reviewing, "{}", rig.screen());
        assert_snapshot!(format!("review_{columns}x{rows}"), rig.screen());
        rig.keys("<pgdn>");
        assert_snapshot!(format!("review_down_{columns}x{rows}"), rig.screen());
    }
    let mut rig = form("database migr", 80, 24);
    rig.keys("orders<esc>r");
    crate::overlays::every_size(&mut rig);
}

#[test]
fn every_part_has_the_style_of_its_meaning() {
    let mut rig = form("bug inv", 80, 24);
    rig.keys("Logins fail<tab><tab><tab>many<tab><up><up>");
    assert_snapshot!("styles_80x24", rig.styles());
}

#[test]
fn the_review_of_several_sessions_names_them() {
    let mut rig = form("parallel dev", 120, 40);
    rig.keys("<esc>");
    while !rig.model.form.as_ref().unwrap().on_button() {
        let form = rig.model.form.as_ref().unwrap();
        if form.fields[form.focus].input.is_multiline() {
            rig.paste("one\ntwo\nthree").keys("<esc>");
        }
        rig.keys("j");
    }
    rig.keys("r");
    assert_snapshot!("review_sessions_120x40", rig.screen());
}
