//! Iterations kept and rolled back, readings as bars, claims pointed at, quality answered.

use setlist::domain::plan::Kept;
use setlist::domain::quality::QualityIndicator;
use setlist::tui::view::theme::{Palette, Theme};

use crate::assert_screen;
use crate::given;
use crate::rig::Rig;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 50), (60, 20)];

fn kept(rig: &Rig) -> Vec<Kept> {
    let (_, turn) = rig.model.workspace.as_ref().unwrap().selected().unwrap();
    turn.iteration_numbers().into_iter().map(|round| turn.kept_of(round)).collect()
}

#[test]
fn iterations_show_what_they_did_and_whether_they_were_kept() {
    let mut rig = Rig::new();
    given::optimized(&mut rig);
    assert_eq!(kept(&rig), [Kept::Yes, Kept::RolledBack, Kept::Undecided]);
    for (columns, rows) in SIZES {
        rig.resize(columns, rows).keys("1");
        assert_screen!(format!("rounds_{columns}x{rows}"), rig);
        rig.keys("4z");
        assert_screen!(format!("rounds_evidence_{columns}x{rows}"), rig);
        rig.keys("z");
    }
    rig.resize(80, 24).theme = Theme::new(Palette::Mono, true);
    rig.keys("4z");
    assert_screen!("rounds_ascii", rig);
    assert!(rig.screen().is_ascii(), "{}", rig.screen());
}

#[test]
fn an_iteration_is_kept_or_rolled_back_by_a_key() {
    let mut rig = Rig::at(120, 40);
    given::optimized(&mut rig);
    rig.keys("1");
    assert!(rig.screen().contains("P keep") && rig.screen().contains("F roll back"), "{}", rig.screen());
    rig.keys("P");
    assert_eq!(rig.status(), "optimization 3 is kept");
    assert!(!rig.screen().contains("P keep"), "{}", rig.screen());
    rig.keys("F");
    assert_eq!(kept(&rig)[2], Kept::RolledBack);
    rig.keys("F");
    assert_eq!(rig.status(), "optimization 3 is undecided again");
    // The one that is selected in the evidence.
    let rows = rig.model.workspace.as_ref().unwrap().evidence_rows();
    let first = rows.iter().position(|row| matches!(row, setlist::app::workspace::EvidenceRow::Iteration(1))).unwrap();
    rig.keys("4gg").keys(&"j".repeat(first)).keys("F");
    assert_eq!(kept(&rig), [Kept::RolledBack, Kept::RolledBack, Kept::Undecided]);
    rig.keys("u<enter>");
    assert_eq!(kept(&rig)[0], Kept::Yes);
    assert!(rig.status().contains("P keeps what it did"), "{}", rig.status());
    rig.keys("1[F");
    assert!(rig.status().contains("is not one that repeats"), "{}", rig.status());
}

#[test]
fn repeating_asks_what_becomes_of_the_iteration_it_closes() {
    let mut rig = Rig::new();
    given::optimized(&mut rig);
    rig.keys("R");
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("rounds_ask_{columns}x{rows}"), rig);
    }
    rig.resize(80, 24).keys("<esc>");
    assert_eq!(kept(&rig).len(), 3, "nothing is done");
    rig.keys("R3<enter>");
    assert_eq!(kept(&rig)[2..], [Kept::Undecided, Kept::Undecided]);
    rig.keys("R");
    assert!(rig.status().contains("optimization 5 started"), "nothing was measured: {}", rig.screen());
    rig.keys("u");
    assert_eq!(kept(&rig).len(), 4);
}

#[test]
fn keeping_and_repeating_are_one_step_to_undo() {
    let mut rig = Rig::new();
    given::optimized(&mut rig);
    rig.keys("R1<enter>");
    assert_eq!(kept(&rig), [Kept::Yes, Kept::RolledBack, Kept::Yes, Kept::Undecided]);
    rig.keys("u");
    assert_eq!(kept(&rig), [Kept::Yes, Kept::RolledBack, Kept::Undecided]);
}

#[test]
fn readings_are_drawn_as_bars() {
    let mut rig = Rig::new();
    given::measured(&mut rig);
    for (columns, rows) in SIZES {
        rig.resize(columns, rows).keys("4zG");
        assert_screen!(format!("bars_{columns}x{rows}"), rig);
        rig.keys("z");
    }
}

#[test]
fn words_that_show_nothing_are_pointed_at() {
    let mut rig = Rig::new();
    given::start(&mut rig, "bug inv", "Users cannot log in, intermittently");
    rig.keys("ty4").keys("<enter>").paste("Looks good, tests pass.").keys("<ctrl-s>");
    rig.keys("r").paste("LGTM").keys("<ctrl-s>4gg");
    assert_screen!("claims_pane", rig);
    rig.keys("d");
    assert_screen!("claims_closed", rig);
    assert!(rig.status().contains("claimed, not shown: the result says 'lgtm'"), "{}", rig.status());
}

#[test]
fn a_command_that_ended_otherwise_than_it_had_to_shows_nothing() {
    let mut rig = Rig::new();
    given::measured(&mut rig);
    // The tests of the turn, recorded as failed.
    let rows = rig.model.workspace.as_ref().unwrap().selected().unwrap().1.evidence.len();
    rig.keys("4gg").keys(&"j".repeat(rows - 1)).keys("<enter>");
    rig.paste("make check").keys("<tab>2<tab>").paste("2 failed");
    assert_screen!("exit_dialog", rig);
    rig.keys("<ctrl-s>");
    assert_screen!("exit_shows_nothing", rig);
}

/// The wrap-up of an investigation, on the indicator with this number.
fn on_indicator(rig: &mut Rig, indicator: QualityIndicator) {
    let rows = rig.model.workspace.as_ref().unwrap().wrap_rows();
    let row = rows.iter().position(|row| *row == setlist::app::workspace::WrapRow::Indicator(indicator)).unwrap();
    rig.keys("gg").keys(&"j".repeat(row));
}

#[test]
fn what_the_record_cannot_tell_is_answered_in_the_wrap_up() {
    let mut rig = Rig::new();
    given::investigated(&mut rig);
    rig.keys("w");
    // Ticked without a word: nobody knows what was written.
    rig.keys("jj<space>");
    on_indicator(&mut rig, QualityIndicator::Documentation);
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("quality_asked_{columns}x{rows}"), rig);
    }
    let answer =
        |rig: &Rig| rig.model.workspace.as_ref().unwrap().plan.reflection.answers.first().map(|answer| answer.good);
    rig.resize(80, 24).keys("2");
    assert_eq!(answer(&rig), Some(false));
    assert_screen!("quality_answered", rig);
    rig.keys("1");
    assert_eq!(answer(&rig), Some(true));
    rig.keys("<space>");
    assert_eq!(answer(&rig), None);
    rig.keys("<space>");
    assert_eq!(answer(&rig), Some(true));
    rig.keys("D");
    assert_eq!(answer(&rig), None);
    rig.keys("D");
    assert!(rig.status().contains("nothing to take back"), "{}", rig.status());
    rig.keys("i2<tab>").keys("only the README<ctrl-s>");
    assert_eq!(answer(&rig), Some(false));
    assert!(rig.screen().contains("answered no: only the README"), "{}", rig.screen());
}

#[test]
fn what_the_record_tells_is_not_answered() {
    let mut rig = Rig::new();
    given::investigated(&mut rig);
    rig.keys("w");
    on_indicator(&mut rig, QualityIndicator::WorkingCode);
    rig.keys("2");
    assert!(rig.status().contains("the record tells this itself: 'Full suite"), "{}", rig.status());
    on_indicator(&mut rig, QualityIndicator::Knowledge);
    rig.keys("<space>");
    assert!(rig.status().contains("the record tells this itself: write it in the wrap-up"), "{}", rig.status());
    assert!(rig.model.workspace.as_ref().unwrap().plan.reflection.answers.is_empty());
}

#[test]
fn a_long_summary_scrolls_to_its_end() {
    let mut rig = Rig::new();
    given::measured(&mut rig);
    rig.keys("w");
    let first = rig.screen();
    assert!(first.contains("J scrolls, more below") && !first.contains("Response time of a cache"), "{first}");
    rig.keys("JJJJ");
    assert_screen!("summary_end", rig);
    rig.keys("KKKK");
    assert_eq!(rig.screen(), first);
}

#[test]
fn a_reading_that_is_no_number_is_refused_in_a_sentence() {
    let mut rig = Rig::new();
    given::measured(&mut rig);
    let readings = |rig: &Rig| rig.model.workspace.as_ref().unwrap().plan.readings.len();
    let before = readings(&rig);
    for figure in ["NaN", "inf", "45 ms", "4,5", ""] {
        rig.keys("m").paste(figure).keys("<ctrl-s>");
        let screen = rig.screen();
        let said = ["is not a number", "no figure was given"].iter().any(|why| screen.contains(why));
        assert!(said && screen.contains("> Record"), "{figure}: {screen}");
        rig.keys("<esc>");
        rig.model.kept.clear();
    }
    assert_eq!(readings(&rig), before);
    // As evidence too.
    rig.keys("4gg<enter>").paste("soon").keys("<ctrl-s>");
    assert!(rig.screen().contains("`soon` is not a number; write only the figure"), "{}", rig.screen());
}
