//! What lies over the screens: dialogs, palette, help, the first-run card, prefix keys.

use insta::assert_snapshot;
use setlist::app::availability::unavailable;
use setlist::app::model::{Overlay, Screen, Tone};
use setlist::app::msg::ClickTarget;
use setlist::app::msg::Msg;
use setlist::app::workspace::Sending;
use setlist::keys::{Context, TABLE};
use setlist::tui::view::theme::{Palette, Theme};

use crate::rig::Rig;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 50), (60, 20)];

/// A plan of the bug investigation, its first turn under way.
fn plan(columns: u16, rows: u16) -> Rig {
    let mut rig = Rig::at(columns, rows);
    rig.keys("/bug inv<enter><enter>");
    rig.keys("Users cannot log in<tab><esc>r<enter>");
    assert!(rig.model.workspace.is_some(), "{}", rig.screen());
    rig.keys("t");
    rig
}

/// What lies over the screen, without the screen below, whose drawing is not tested here.
fn alone(rig: &mut Rig) -> String {
    let (workspace, screen) = (rig.model.workspace.take(), rig.model.screen);
    let form = rig.model.form.take();
    if screen == Screen::Browser {
        rig.model.screen = Screen::Workspace;
    }
    let text = rig.screen();
    (rig.model.workspace, rig.model.form, rig.model.screen) = (workspace, form, screen);
    text
}

#[test]
fn a_newcomer_is_told_the_way() {
    for (columns, rows) in SIZES {
        let mut rig = Rig::first_run(columns, rows);
        assert_snapshot!(format!("welcome_{columns}x{rows}"), alone(&mut rig));
    }
}

#[test]
fn skipping_asks_why() {
    for (columns, rows) in SIZES {
        let mut rig = plan(columns, rows);
        rig.keys("x");
        assert_snapshot!(format!("skip_{columns}x{rows}"), alone(&mut rig));
    }
    let mut rig = plan(80, 24);
    rig.keys("x<enter>");
    assert_snapshot!("skip_error_80x24", alone(&mut rig));
    rig.keys("cannot be reproduced");
    assert!(!rig.screen().contains("say why"), "{}", rig.screen());
    rig.click("> Skip");
    assert!(rig.model.overlay.is_none(), "{}", rig.screen());
}

#[test]
fn evidence_of_a_command_takes_line_code_and_output() {
    for (columns, rows) in SIZES {
        let mut rig = plan(columns, rows);
        record_command(&mut rig);
        assert_snapshot!(format!("command_{columns}x{rows}"), alone(&mut rig));
    }
}

/// Opens the second evidence slot, which takes a command, and fills it in to its last input.
fn record_command(rig: &mut Rig) {
    rig.keys("4j<enter>");
    assert!(rig.screen().contains("Script that makes one attempt"), "{}", rig.screen());
    rig.keys("./attempt.sh --user 日本<enter>1<enter>login refused<enter>2 of 20 failed");
}

#[test]
fn long_and_many_answers_stand_in_a_list() {
    let mut rig = plan(80, 24);
    rig.keys("a");
    assert_snapshot!("add_80x24", alone(&mut rig));
    rig.keys("<esc>Y");
    assert_snapshot!("copy_what_80x24", alone(&mut rig));
}

#[test]
fn the_palette_finds_an_action_by_what_it_does() {
    for (columns, rows) in SIZES {
        let mut rig = plan(columns, rows);
        rig.keys(":");
        assert_snapshot!(format!("palette_{columns}x{rows}"), alone(&mut rig));
        rig.keys("pause");
        assert_snapshot!(format!("palette_pause_{columns}x{rows}"), alone(&mut rig));
    }
    let mut rig = plan(80, 24);
    rig.keys(":zzzz");
    assert_snapshot!("palette_nothing_80x24", alone(&mut rig));
}

#[test]
fn the_palette_says_why_an_action_would_do_nothing() {
    let mut rig = plan(80, 24);
    rig.keys(":");
    assert_snapshot!("palette_why_not_80x24", rig.screen());
    rig.keys("approve<enter>");
    assert!(rig.status().contains("has no gate"), "the reason is the refusal's own: {}", rig.status());
    rig.keys(":lanes");
    assert!(rig.screen().contains("not now: the plan has one session"), "{}", rig.screen());
    rig.keys("<esc>gp:restore");
    assert!(rig.screen().contains("not now: select a plan in the trash first"), "{}", rig.screen());
    rig.keys("<esc>gb:add a note");
    assert!(rig.screen().contains("not now: it does nothing on this screen"), "{}", rig.screen());
}

/// What the palette says cannot be done is refused, and what it says nothing of is not.
#[test]
fn the_palette_is_right_about_what_would_do_nothing() {
    for (keys, context) in [("", Context::Workspace), ("d", Context::Workspace), ("dw", Context::WrapUp)] {
        for line in TABLE.iter().filter(|line| line.context == context) {
            let mut rig = plan(80, 24);
            let said = unavailable(&rig.keys(keys).model, line.action);
            rig.model.status = None;
            rig.msg(Msg::Click(ClickTarget::Action(line.action)));
            let refused = rig.model.status.as_ref().is_some_and(|status| status.tone == Tone::Refused);
            assert_eq!(said.is_some(), refused, "{} after {keys:?}: {said:?}, {}", line.name, rig.status());
        }
    }
}

#[test]
fn help_lists_the_keys_of_the_screen_first() {
    for (columns, rows) in SIZES {
        let mut rig = plan(columns, rows);
        rig.keys("?");
        assert_snapshot!(format!("help_{columns}x{rows}"), alone(&mut rig));
        rig.keys("G");
        assert!(rig.screen().contains("100% seen") || !rig.screen().contains("% seen"), "{}", rig.screen());
    }
    let mut rig = crate::form::form("bug inv", 80, 24);
    rig.keys("<f1>");
    assert_snapshot!("help_form_80x24", rig.screen());
}

#[test]
fn a_prefix_shows_what_may_follow() {
    let mut rig = plan(80, 24);
    rig.keys("g");
    assert_snapshot!("pending_80x24", alone(&mut rig));
}

#[test]
fn everything_is_understood_without_colours_and_in_ascii() {
    let mut rig = plan(80, 24);
    rig.theme = Theme::new(Palette::Mono, true);
    record_command(&mut rig);
    let screen = alone(&mut rig);
    assert!(screen.is_ascii() || screen.replace("日本", "").is_ascii(), "{screen}");
    assert_snapshot!("command_ascii_80x24", screen);
}

#[test]
fn the_end_of_the_output_of_the_send_command_is_shown() {
    let mut rig = plan(80, 24);
    let output: Vec<String> = (1..=60).map(|line| format!("step {line} \u{1b}[31mred\u{202e}")).collect();
    let workspace = rig.model.workspace.as_mut().unwrap();
    workspace.sending = Some(Sending { turn: workspace.turn_ref(), output: output.join("\n"), done: None });
    rig.model.overlay = Some(Overlay::Sending { scroll: 0 });
    assert!(rig.screen().contains("Send command: running"), "{}", rig.screen());
    assert!(rig.screen().contains("step 60 ^[[31mred\\u{202e}"), "{}", rig.screen());
    rig.keys("<pgup>");
    assert!(!rig.screen().contains("step 60"), "{}", rig.screen());
    assert!(rig.screen().contains("more lines below"), "{}", rig.screen());
    rig.model.workspace.as_mut().unwrap().sending.as_mut().unwrap().done = Some(Some(3));
    assert!(rig.screen().contains("ended with exit code 3"), "{}", rig.screen());
    every_size(&mut rig);
}

#[test]
fn no_size_is_too_small() {
    let overlays: [&dyn Fn(&mut Rig); 8] = [
        &|rig| {
            rig.keys("x<enter>");
        },
        &record_command,
        &|rig| {
            rig.keys("Y");
        },
        &|rig| {
            rig.keys("a");
        },
        &|rig| {
            rig.keys(":pa");
        },
        &|rig| {
            rig.keys(":zzzz");
        },
        &|rig| {
            rig.keys("?");
        },
        &|rig| {
            rig.keys("g");
        },
    ];
    for open in overlays {
        let mut rig = plan(80, 24);
        open(&mut rig);
        every_size(&mut rig);
    }
    every_size(&mut Rig::first_run(80, 24));
}

/// Draws every size from 1x1 on, of the larger ones a part: none may panic.
pub fn every_size(rig: &mut Rig) {
    for columns in 1..=30 {
        for rows in 1..=15 {
            if columns < 6 || rows < 6 || (columns + 7 * rows) % 5 == 0 {
                rig.resize(columns, rows).screen();
            }
        }
    }
    for (columns, rows) in [(66, 12), (100, 30), (160, 30), (65, 40), (300, 13)] {
        rig.resize(columns, rows).screen();
    }
}
