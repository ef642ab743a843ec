//! The card that says which strategy fits.

use setlist::app::model::Screen;
use setlist::app::msg::Msg;
use setlist::domain::advice::{Aspect, Situation};
use setlist::tui::view::theme::{Palette, Theme};

use crate::overlays::every_size;
use crate::rig::Rig;

const SIZES: [(u16, u16); 4] = [(60, 20), (80, 24), (120, 40), (200, 50)];

#[test]
fn it_ranks_the_strategies_as_one_answers() {
    for (columns, rows) in SIZES {
        let mut rig = Rig::at(columns, rows);
        insta::assert_snapshot!(format!("advise_open_{columns}x{rows}"), rig.keys("A").screen());
        insta::assert_snapshot!(format!("advise_two_{columns}x{rows}"), rig.keys("21").screen());
        insta::assert_snapshot!(format!("advise_all_{columns}x{rows}"), rig.keys("233j").screen());
        insta::assert_snapshot!(format!("advise_end_{columns}x{rows}"), rig.keys("G").screen());
    }
    let mut rig = Rig::new();
    rig.theme = Theme::new(Palette::Mono, true);
    let screen = rig.keys("A132").screen();
    assert!(screen.is_ascii(), "{screen}");
    insta::assert_snapshot!("advise_ascii_80x24", screen);
}

#[test]
fn a_strategy_is_selected_in_the_list_and_then_used() {
    let mut rig = Rig::new();
    rig.keys("A21233");
    assert!(rig.screen().contains("▌ Feature in a poorly tested codebase"), "{}", rig.screen());
    rig.keys("j<enter>");
    assert_eq!(rig.status(), "selected; enter uses it");
    insta::assert_snapshot!("advise_selected", rig.screen());
    rig.keys("<enter>");
    assert_eq!(rig.model.screen, Screen::Form);
    assert!(rig.screen().contains("Systematic bug investigation"), "{}", rig.screen());
}

#[test]
fn what_hides_the_strategy_in_the_list_gives_way() {
    let mut rig = Rig::new();
    rig.keys("/zzz");
    assert!(
        words(&rig.screen()).contains("Esc shows all strategies again; then A says which fits."),
        "{}",
        rig.screen()
    );
    rig.keys("<enter>A1<tab>");
    let first = rig.model.browser.card.strategy().unwrap().title.clone();
    rig.keys("<enter>");
    assert!(rig.screen().contains(&format!("▌  {first}")), "{}", rig.screen());
    // Its group was closed.
    let mut rig = Rig::new();
    rig.keys("ggh");
    rig.keys("A1<tab>/");
    assert!(rig.status().contains("does nothing here"), "{}", rig.status());
    while rig.model.browser.card.strategy().unwrap().id != "greenfield-from-scratch" {
        rig.keys("j");
    }
    rig.keys("<enter>");
    assert!(rig.screen().contains("▌  Greenfield from scratch"), "{}", rig.screen());
}

#[test]
fn esc_goes_back_and_the_answers_stay_while_the_program_runs() {
    let mut rig = Rig::new();
    let before = rig.screen();
    rig.keys("A2l<tab><esc>");
    assert_eq!(rig.screen(), before);
    rig.keys("gpgbA");
    let situation = rig.model.browser.card.advice.situation;
    assert_eq!((situation.word(Aspect::Codebase), situation.word(Aspect::Scope)), (Some("existing"), Some("small")));
    assert!(rig.screen().contains("[2] existing") && rig.screen().contains("[1] small"), "{}", rig.screen());
    rig.keys("D");
    assert!(rig.screen().contains("[3] any"), "{}", rig.screen());
    rig.keys("?");
    assert!(rig.screen().contains("Answer what you know"), "{}", rig.screen());
    rig.keys("<esc>A");
    assert!(!rig.model.browser.card.open, "A closes it too");
    let mut rig = rig.restart();
    rig.keys("A");
    assert!(rig.model.browser.card.advice.situation.is_open());
}

#[test]
fn what_is_no_answer_is_said() {
    let mut rig = Rig::new();
    rig.keys("A4");
    assert_eq!(rig.status(), "this question has 3 answers");
    rig.keys("G2");
    assert_eq!(rig.status(), "go up to a question to answer it");
    rig.keys("<enter>");
    assert_eq!(rig.status(), "no strategy is named here; go up to one");
    rig.keys("gg233<enter>");
    assert!(rig.screen().contains("▌ Validation"), "{}", rig.screen());
}

#[test]
fn answers_and_strategies_can_be_clicked() {
    let mut rig = Rig::at(120, 40);
    rig.keys("A").click("(2) existing");
    rig.click("(3) hard");
    assert!(rig.screen().contains("[3] hard") && rig.screen().contains("▌ Validation"), "{}", rig.screen());
    rig.click("Risk");
    assert!(rig.screen().contains("▌ Risk"), "{}", rig.screen());
    rig.click("Systematic bug investigation");
    assert!(rig.model.browser.card.open);
    rig.click("Systematic bug investigation");
    assert!(rig.screen().contains("1 Reproduce") && !rig.model.browser.card.open, "{}", rig.screen());
}

#[test]
fn a_strategy_that_is_added_meanwhile_takes_part() {
    let mut rig = Rig::new();
    rig.keys("A11");
    let folder = rig.home.path().join("data/strategies");
    std::fs::create_dir_all(&folder).unwrap();
    let text = "schema = 1\nid = \"own\"\ntitle = \"\\u001b[2J\\u202e日本 own way that has a very long title indeed, longer than a row\"\n\
        [fit]\ncodebase = \"new\"\nscope = [\"small\"]\n[[turns]]\nid = \"t\"\nprompt = \"Do it.\"\n";
    std::fs::write(folder.join("own.toml"), text).unwrap();
    rig.msg(Msg::OutsideStrategies);
    assert_eq!(rig.model.browser.card.advice.ranked.len(), 18);
    rig.keys("<tab>");
    while rig.model.browser.card.strategy().unwrap().id != "own" {
        rig.keys("j");
    }
    let screen = rig.screen();
    assert!(screen.contains("日本 own way") && !screen.contains(['\u{1b}', '\u{202e}']), "{screen}");
    every_size(&mut rig);
    rig.keys("G");
    every_size(&mut rig);
}

/// The words on the screen, without borders and line breaks.
fn words(screen: &str) -> String {
    let plain = screen.replace(['┃', '│', '▌'], " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn nothing_is_cut_and_every_reason_can_be_read_at_every_size() {
    for (columns, rows) in SIZES {
        let mut rig = Rig::at(columns, rows);
        rig.keys("A");
        for (at, situation) in Situation::all().into_iter().enumerate().step_by(37) {
            rig.model.browser.card.advice.situation = situation;
            let library = rig.model.library.clone();
            rig.model.browser.card.rank(&library);
            for focus in 0..rig.model.browser.card.spots((columns, rows)) {
                // The whole list in some situations, its ends in all.
                if focus > 7 && at % 5 != 0 && focus < 20 {
                    continue;
                }
                rig.model.browser.card.focus = focus;
                let screen = rig.screen();
                let body: Vec<&str> = screen.lines().take(usize::from(rows) - 2).collect();
                assert!(!body.join("\n").contains('…'), "{situation:?}\n{screen}");
                if let (Some(ranked), true) = (rig.model.browser.card.strategy(), columns < 100) {
                    assert!(words(&screen).contains(&ranked.reason), "{}\n{screen}", ranked.reason);
                }
            }
            let statement = rig.model.browser.card.advice.shape.statement.clone();
            rig.model.browser.card.focus = 5;
            if columns < 100 {
                assert!(words(&rig.screen()).contains(&statement), "{statement}\n{}", rig.screen());
            }
        }
    }
}
