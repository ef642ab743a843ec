//! Evidence of every kind, readings, and the change computed from them.

use setlist::domain::command::{Cause, Command, EvidenceInput};

use super::given::{Desk, finish, record};

const SLOTS: &str = r#"
[[turns.evidence]]
id = "words"
[[turns.evidence]]
id = "figure"
kind = "number"
metric = "latency"
[[turns.evidence]]
id = "address"
kind = "link"
[[turns.evidence]]
id = "verdict"
kind = "verdict"
choices = ["adopt", "avoid"]
[[turns.evidence]]
id = "run"
kind = "command"
[[metrics]]
id = "latency"
label = "Latency"
unit = "ms"
baseline = 500
target = 100
"#;

fn desk() -> Desk {
    let mut desk = Desk::of_turns(&[SLOTS]);
    desk.starts("a");
    desk
}

fn ran(desk: &Desk, slot: &str, command: &str) -> Command {
    let input = EvidenceInput::Command { command: command.into(), exit_code: 101, output: "2 failed".into() };
    Command::RecordEvidence { turn: desk.at_turn("a"), slot: slot.into(), input }
}

fn refused(desk: &Desk, slot: &str, text: &str) -> String {
    let refusal = desk.refusal(record(desk.at_turn("a"), slot, text));
    assert_eq!(refusal.cause, Cause::Invalid);
    format!("{} | {}", refusal.message, refusal.hint)
}

fn text(desk: &Desk, slot: &str) -> String {
    desk.turn("a").evidence.iter().find(|found| found.id == slot).unwrap().recorded.clone().unwrap().text
}

#[test]
fn each_kind_takes_what_it_is_for() {
    let mut desk = desk();
    assert_eq!(desk.records("a", "words", "  two\nlines \n"), "evidence recorded: words");
    assert_eq!(text(&desk, "words"), "two\nlines");
    desk.records("a", "figure", "1_234.5");
    desk.records("a", "address", "https://ci.example/42");
    desk.records("a", "verdict", "Adopt");
    assert_eq!(text(&desk, "verdict"), "adopt", "as the file spells it");
    desk.does(ran(&desk, "run", " cargo test "));
    let run = desk.turn("a").evidence[4].recorded.clone().unwrap();
    assert_eq!((run.command.as_deref(), run.exit_code, run.text.as_str()), (Some("cargo test"), Some(101), "2 failed"));
    let lacks: Vec<String> = desk.turn("a").missing().iter().map(|slot| slot.lack()).collect();
    assert_eq!(lacks, ["run (exit code 101)"], "a command that failed shows nothing");
}

#[test]
fn a_slot_says_which_exit_code_shows_what_it_wants() {
    for (exit, shown) in [("zero", [true, false]), ("nonzero", [false, true]), ("any", [true, true])] {
        let slot = format!("[[turns.evidence]]\nid = \"run\"\nkind = \"command\"\nexit = \"{exit}\"");
        for (code, shown) in [0, 1].into_iter().zip(shown) {
            let mut desk = Desk::of_turns(&[&slot]);
            desk.starts("a");
            let input = EvidenceInput::Command { command: "make".into(), exit_code: code, output: String::new() };
            desk.does(Command::RecordEvidence { turn: desk.at_turn("a"), slot: "run".into(), input });
            let said = desk.finishes("a");
            assert_eq!(said == "turn 'a' done", shown, "{exit} {code}: {said}");
            assert!(shown || said == format!("turn 'a' closed unverified: no evidence for run (exit code {code})"));
        }
    }
}

#[test]
fn each_kind_refuses_what_it_is_not_for() {
    let desk = desk();
    assert_eq!(refused(&desk, "words", " \n"), "nothing was given for 'words' | clear the slot to empty it");
    assert_eq!(refused(&desk, "figure", "45 ms"), "`45 ms` is not a number | write only the figure, without its unit");
    for figure in ["NaN", "inf", "1e999", "many"] {
        assert!(refused(&desk, "figure", figure).contains("is not a number"));
    }
    assert!(refused(&desk, "address", "see the log").contains("takes one address without spaces"));
    assert_eq!(refused(&desk, "verdict", "maybe"), "`maybe` is none of the verdicts | choose: adopt, avoid");
    assert_eq!(desk.refusal(ran(&desk, "figure", "bench")).message, "'figure' takes a number, not a command");
    assert_eq!(desk.refuses(ran(&desk, "run", " ")), "the command line is empty | write what was run");
    let silent = EvidenceInput::Command { command: "true".into(), exit_code: 0, output: " \n".into() };
    let silent = Command::RecordEvidence { turn: desk.at_turn("a"), slot: "words".into(), input: silent };
    assert_eq!(desk.refuses(silent), "'words' wants words, and the command said nothing | write what it showed");
    let nowhere = desk.refusal(record(desk.at_turn("a"), "wrods", "x"));
    assert_eq!((nowhere.cause, nowhere.hint.as_str()), (Cause::NotFound, "did you mean `words`?"));
}

#[test]
fn words_hide_no_run_that_failed() {
    let mut desk = desk();
    let words = |desk: &Desk| record(desk.at_turn("a"), "run", "all tests pass");
    assert_eq!(desk.does(words(&desk)), "evidence recorded: run, without a command and its exit code");
    assert!(desk.turn("a").evidence[4].lacks_run(), "what is missing can be said wherever it is shown");
    desk.does(ran(&desk, "run", "cargo test"));
    assert_eq!(
        desk.refuses(words(&desk)),
        "'run' holds a run with exit code 101, and words do not take its place | run it again and record that: the \
         command line, its exit code and its output; or clear the slot first"
    );
    assert_eq!(desk.turn("a").evidence[4].recorded.as_ref().unwrap().exit_code, Some(101), "the run is still there");
}

#[test]
fn long_output_keeps_its_end() {
    let mut desk = desk();
    let output = format!("{}\n42 passed", "é".repeat(60_000));
    let input = EvidenceInput::Command { command: "cargo test".into(), exit_code: 0, output };
    desk.does(Command::RecordEvidence { turn: desk.at_turn("a"), slot: "run".into(), input });
    let kept = text(&desk, "run");
    assert!(kept.len() <= 64 * 1024 && kept.len() > 64 * 1024 - 4 && kept.ends_with("42 passed"), "{}", kept.len());
}

#[test]
fn evidence_is_recorded_while_its_session_is_open() {
    let mut desk = Desk::of_turns(&["[[turns.evidence]]\nid = \"proof\"\nrequired = false"]);
    let proof = record(desk.at_turn("a"), "proof", "x");
    let clear = Command::ClearEvidence { turn: desk.at_turn("a"), slot: "proof".into() };
    assert_eq!(desk.refuses(proof.clone()), "turn 'a' has not begun | start it first");
    desk.starts("a");
    assert_eq!(desk.refuses(clear.clone()), "'proof' is empty | there is nothing to remove");
    desk.does(proof.clone());
    assert_eq!(desk.does(clear.clone()), "evidence removed: proof");
    desk.finishes("a");
    desk.does(proof.clone());
    desk.does(finish("main"));
    let over = "the session 'Small' is finished | reopen the session first";
    assert_eq!([desk.refuses(proof), desk.refuses(clear)], [over, over]);
    let result = Command::SetResult { turn: desk.at_turn("a"), result: "x".into() };
    assert_eq!(desk.refuses(result), over);
}

#[test]
fn a_figure_is_a_reading_and_its_change_is_computed() {
    let mut desk = desk();
    desk.records("a", "figure", "45");
    let course = desk.plan.course("latency").unwrap();
    assert_eq!((course.baseline, course.target, course.last()), (Some(500.0), Some(100.0), Some(45.0)));
    assert!((course.change().unwrap() - -91.0).abs() < 1e-9);
    assert_eq!(course.change_in_words().unwrap(), "91 % lower");
    assert_eq!((course.improved(), course.reached()), (Some(true), Some(true)));
    let reading = course.readings[0];
    assert_eq!((reading.session.as_str(), reading.turn.as_str(), reading.iteration), ("main", "a", 1));
    desk.does(Command::ClearEvidence { turn: desk.at_turn("a"), slot: "figure".into() });
    assert!(desk.plan.readings.is_empty(), "a figure taken back is no reading");
}

#[test]
fn readings_are_taken_by_hand_too() {
    let mut desk = desk();
    let read = |metric: &str, value| Command::ReadMetric { metric: metric.into(), value, turn: None };
    assert_eq!(
        desk.does(read("latency", 600.0)),
        "Latency: 600 ms, 20 % higher than the baseline; 500 ms (500 %) above the target"
    );
    assert_eq!(desk.plan.course("latency").unwrap().improved(), Some(false));
    assert_eq!(desk.plan.readings[0].turn, "a", "taken in the current turn");
    assert_eq!(desk.refuses(read("latncy", 1.0)), "there is no metric `latncy` | did you mean `latency`?");
    assert_eq!(desk.refusal(read("latency", f64::NAN)).cause, Cause::Invalid);
}

#[test]
fn the_worked_example_comes_to_91_percent() {
    let mut desk = Desk::of("api-performance-optimization");
    desk.completes("main");
    let metric = desk.plan.strategy.metrics[0].id.clone();
    let reopened = Command::ReadMetric { metric: metric.clone(), value: 45.0, turn: None };
    desk.does(reopened);
    let course = desk.plan.course(&metric).unwrap();
    assert_eq!((course.baseline, course.target), (Some(500.0), Some(100.0)));
    assert_eq!(course.change_in_words().unwrap(), "91 % lower");
}

#[test]
fn without_a_baseline_the_first_reading_is_one() {
    let mut desk = Desk::of("bug-investigation");
    let read = |value| Command::ReadMetric { metric: "failure-rate".into(), value, turn: None };
    desk.does(read(12.0));
    assert_eq!(desk.plan.course("failure-rate").unwrap().change_in_words().unwrap(), "unchanged");
    desk.does(read(0.0));
    let course = desk.plan.course("failure-rate").unwrap();
    assert_eq!((course.change_in_words().unwrap().as_str(), course.reached()), ("100 % lower", Some(true)));
}
