//! Gates on the screen: what is in the way and which key removes it, what an approval sees, what
//! becomes of one when something changes, and what an agent is told after a rejection.

use setlist::app::msg::Effect;
use setlist::domain::command::Command;

use crate::assert_screen;
use crate::given;
use crate::rig::Rig;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 50), (60, 20)];

/// A feature in tested code, at the closed design turn, whose gate waits. The third turn of five.
fn at_the_gate() -> Rig {
    let mut rig = Rig::new();
    given::start(&mut rig, "feature well", "export the order history as CSV");
    for _ in 0..2 {
        given::turn_with_evidence(&mut rig, &["0"]);
    }
    rig.keys("1<enter><enter><enter>").paste("One command, read only, streams its rows.").keys("<ctrl-s>");
    rig.keys("r").paste("The design has two parts.\nThe second one is small.").keys("<ctrl-s>1d");
    rig
}

/// The same, approved.
fn approved() -> Rig {
    let mut rig = at_the_gate();
    while rig.model.workspace.as_ref().unwrap().selected().unwrap().1.all_missing().len() > 1 {
        rig.keys("4<enter>").paste("as written in the design").keys("<ctrl-s>1");
    }
    go_to(&mut rig, 3).keys("pread it<enter>");
    rig
}

/// Selects the turn with this number.
fn go_to(rig: &mut Rig, number: usize) -> &mut Rig {
    rig.keys("1gg").keys(&"]".repeat(number - 1))
}

fn selected(rig: &Rig) -> String {
    rig.model.workspace.as_ref().unwrap().turn.clone()
}

#[test]
fn a_waiting_turn_says_what_it_waits_for_and_enter_goes_there() {
    let mut rig = at_the_gate();
    go_to(&mut rig, 4);
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("gate_waiting_{columns}x{rows}"), rig);
    }
    rig.resize(80, 24).keys("]");
    assert!(rig.screen().contains("gate after turn 3 is open; enter goes there"), "{}", rig.screen());
    rig.keys("4");
    assert!(rig.screen().contains("gate after turn 3 is open; 1 enter goes there"), "{}", rig.screen());
    rig.keys("1<enter>");
    assert_eq!(selected(&rig), "design");
    rig.keys("p");
    assert!(rig.screen().contains("Approve the gate"), "{}", rig.screen());
}

#[test]
fn enter_goes_to_the_session_that_comes_first() {
    let mut rig = Rig::new();
    given::start(&mut rig, "serial deep", "Orders with split deliveries");
    rig.keys("v}");
    assert!(rig.screen().contains("waits: session '"), "{}", rig.screen());
    assert!(rig.screen().contains("enter goes there"), "{}", rig.screen());
    rig.keys("<enter>");
    assert_eq!(
        rig.model.workspace.as_ref().unwrap().session,
        rig.model.workspace.as_ref().unwrap().plan.sessions[0].id
    );
}

#[test]
fn the_dialog_shows_what_would_be_approved() {
    let mut rig = at_the_gate();
    rig.keys("p");
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("gate_approve_{columns}x{rows}"), rig);
    }
    rig.resize(60, 14);
    assert!(rig.screen().contains("pgdn scrolls the text above"), "{}", rig.screen());
    rig.keys("<pgdn><pgdn><pgdn><pgdn><pgdn><pgdn>");
    assert!(rig.screen().contains("Esc leaves it open"), "{}", rig.screen());
    assert!(rig.screen().contains("pgup scrolls the text above"), "{}", rig.screen());
    rig.keys("<pgup>");
    assert!(!rig.screen().contains("Esc leaves it open"), "scrolling back moves at once\n{}", rig.screen());
}

#[test]
fn the_dialog_points_at_words_that_claim_without_showing() {
    let mut rig = at_the_gate();
    rig.keys("r").paste(" Implemented, tests pass, looks good.").keys("<ctrl-s>p");
    assert!(rig.screen().contains("! Claimed, not shown: the result says 'looks good' and"), "{}", rig.screen());
}

#[test]
fn a_gate_that_may_not_be_decided_says_so_before_anything_is_typed() {
    let mut rig = approved();
    go_to(&mut rig, 3).keys("p");
    assert!(rig.status().starts_with("the gate after 'Design' is approved already: reopen"), "{}", rig.status());
    rig.keys("]p");
    assert!(rig.status().contains("has no gate"), "{}", rig.status());
    assert!(rig.model.overlay.is_none());
}

#[test]
fn what_changes_after_an_approval_makes_it_stale_on_every_screen() {
    let mut rig = approved();
    go_to(&mut rig, 3).keys("r").paste("Three parts after all. ").keys("<ctrl-s>");
    assert_screen!("gate_stale_80x24", rig);
    assert_screen!("gate_stale_120x40", rig.resize(120, 40));
    rig.resize(80, 24).keys("]");
    assert!(rig.screen().contains("gate after turn 3 is stale; enter goes there"), "{}", rig.screen());
    rig.keys("[p");
    assert_screen!("gate_stale_dialog", rig);
    rig.keys("<esc>w");
    rig.keys("G");
    assert!(rig.screen().contains("is stale (the"), "{}", rig.screen());
    rig.keys("gp");
    assert_screen!("gate_stale_plans", rig);
}

#[test]
fn the_lanes_say_what_is_stale_and_who_asked() {
    let mut rig = Rig::new();
    given::start(&mut rig, "serial deep", "Orders with split deliveries");
    let at = rig.model.workspace.as_ref().unwrap().turn_ref();
    rig.does(Command::AddGate { turn: at.clone(), text: "A person has read it".into() });
    rig.keys("td").keys("pread it<enter>");
    rig.does(Command::SetResult { turn: at.clone(), result: "It was rewritten.".into() });
    rig.does(Command::AskForGate { turn: at, note: "read it again".into(), by: "codex".into() });
    rig.keys("[");
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("gate_lanes_{columns}x{rows}"), rig);
    }
    rig.resize(80, 24).keys("]");
    assert!(rig.screen().contains("waits: gate after turn 1 is stale; [ goes there, p approves"), "{}", rig.screen());
    rig.keys("[p");
    assert!(rig.screen().contains("Asked for by codex: read it again"), "{}", rig.screen());
}

#[test]
fn a_turn_sent_back_is_copied_with_the_reason() {
    let mut rig = at_the_gate();
    rig.keys("f").keys("who may export is not said<enter>");
    assert!(rig.screen().contains("sent back: who may"), "{}", rig.screen());
    assert!(rig.screen().contains("y copy why"), "{}", rig.screen());
    rig.keys("y");
    assert_screen!("gate_sent_back_copy", rig);
    rig.keys("<enter>");
    let Some(Effect::Copy(message, None)) = rig.outside.last().cloned() else { panic!("{:?}", rig.outside) };
    assert!(message.contains("who may export is not said"), "{message}");
    rig.keys("y<space><enter>");
    let Some(Effect::Copy(both, None)) = rig.outside.last().cloned() else { panic!("{:?}", rig.outside) };
    assert!(both.starts_with("Design the feature") && both.ends_with(&message), "{both}");
    rig.keys("y3<enter>");
    let Some(Effect::Copy(prompt, None)) = rig.outside.last().cloned() else { panic!("{:?}", rig.outside) };
    assert!(both.starts_with(prompt.trim_end()) && !prompt.contains("who may export"), "{prompt}");
}

#[test]
fn the_send_command_gets_the_reason_too() {
    let mut rig = at_the_gate();
    rig.keys("f").keys("who may export is not said<enter>");
    rig.model.settings.send = vec!["agent".into()];
    rig.keys("S<enter>");
    let Some(Effect::Send(text)) = rig.outside.last().cloned() else { panic!("{:?}", rig.outside) };
    assert!(text.starts_with("Design the feature") && text.contains("who may export is not said"), "{text}");
}
