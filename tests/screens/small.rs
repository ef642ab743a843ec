//! Lanes, plans and wrap-up at sizes and with texts that nobody hopes for.

use setlist::app::workspace::Workspace;
use setlist::tui::view::theme::{Palette, Theme};

use crate::given;
use crate::rig::Rig;

/// An escape sequence, a bidi override, wide and zero-width characters, a long word.
const HOSTILE: &str = "\u{1b}[2J\u{202e}evil\u{200b} 日本語の題名 \u{1f469}\u{200d}\u{1f4bb} a\u{301}\u{301} xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

/// Where layouts change, and beyond.
const LARGE: [(u16, u16); 7] = [(31, 40), (66, 12), (99, 30), (100, 30), (160, 30), (250, 80), (300, 3)];

fn every_size(rig: &mut Rig) {
    let small = (1..=30).flat_map(|columns| (1..=15).map(move |rows| (columns, rows)));
    at_sizes(rig, small.chain(LARGE));
}

fn some_sizes(rig: &mut Rig) {
    let small = [1, 2, 5, 9, 17, 26].into_iter().flat_map(|columns| [1, 2, 4, 5, 6, 9].map(|rows| (columns, rows)));
    at_sizes(rig, small.chain(LARGE));
}

fn at_sizes(rig: &mut Rig, sizes: impl Iterator<Item = (u16, u16)>) {
    for (columns, rows) in sizes {
        rig.resize(columns, rows);
        let screen = rig.screen();
        assert!(!screen.contains(['\u{1b}', '\u{202e}', '\u{200b}']), "{columns}x{rows}\n{screen}");
        for line in screen.lines() {
            let width = unicode_width::UnicodeWidthStr::width(line);
            assert!(width <= usize::from(columns), "{columns}x{rows}: {line}");
        }
    }
}

fn make_hostile(workspace: &mut Workspace) {
    workspace.plan.name = HOSTILE.into();
    workspace.plan.reflection.helped = HOSTILE.repeat(5);
    for session in &mut workspace.plan.sessions {
        session.title = HOSTILE.into();
        for turn in &mut session.turns {
            turn.title = HOSTILE.into();
            turn.evidence.iter_mut().for_each(|slot| slot.label = HOSTILE.into());
        }
        session.checklist.iter_mut().for_each(|item| item.text = HOSTILE.into());
    }
}

#[test]
fn lanes_and_wrap_up_at_every_size_with_any_text() {
    let mut rig = Rig::new();
    given::two_at_once(&mut rig);
    some_sizes(&mut rig);
    make_hostile(rig.model.workspace.as_mut().unwrap());
    every_size(&mut rig);
    rig.resize(120, 40).keys("+++LLLL");
    some_sizes(&mut rig);
    rig.keys("w");
    every_size(&mut rig);
    rig.keys("G");
    rig.theme = Theme::new(Palette::Mono, true);
    some_sizes(&mut rig);
}

#[test]
fn plans_at_every_size_with_any_text() {
    let mut rig = Rig::new();
    given::investigated(&mut rig);
    given::part_way(&mut rig);
    rig.keys("gp");
    some_sizes(&mut rig);
    for plan in &mut rig.model.listing.plans {
        plan.name = HOSTILE.into();
        plan.current = HOSTILE.into();
        plan.strategy_title = HOSTILE.into();
    }
    every_size(&mut rig);
    rig.keys("<tab>");
    some_sizes(&mut rig);
    rig.keys("/a日");
    some_sizes(&mut rig);
}

#[test]
fn a_file_with_absurd_times_breaks_no_axis() {
    let mut rig = Rig::new();
    given::two_at_once(&mut rig);
    let workspace = rig.model.workspace.as_mut().unwrap();
    let turn = &mut workspace.plan.sessions[0].turns[0];
    turn.worked = u64::MAX;
    turn.started = Some(jiff::Timestamp::MIN);
    workspace.plan.sessions[1].turns[0].started = Some(jiff::Timestamp::MAX);
    for keys in ["", "+", "-----------------", "L", "HHHH", "z"] {
        rig.keys(keys);
        rig.screen();
    }
    rig.keys("w");
    rig.resize(200, 50).screen();
}
