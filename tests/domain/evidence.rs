//! Evidence of every kind, readings, and the change computed from them.

use setlist::domain::command::{Command, EvidenceInput};
use setlist::domain::refusal::ErrorCode;

use super::given::{Workspace, finish, record};

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

fn workspace() -> Workspace {
    let mut workspace = Workspace::of_turns(&[SLOTS]);
    workspace.starts("a");
    workspace
}

fn ran(workspace: &Workspace, slot: &str, command: &str) -> Command {
    let input = EvidenceInput::Command { command: command.into(), exit_code: 101, output: "2 failed".into() };
    Command::RecordEvidence { turn: workspace.at_turn("a"), slot: slot.into(), input }
}

fn refused(workspace: &Workspace, slot: &str, text: &str) -> String {
    let refusal = workspace.refusal(record(workspace.at_turn("a"), slot, text));
    assert_eq!(refusal.code, ErrorCode::Invalid);
    format!("{} | {}", refusal.message, refusal.hint)
}

fn text(workspace: &Workspace, slot: &str) -> String {
    workspace.turn("a").evidence.iter().find(|found| found.id == slot).unwrap().recorded.clone().unwrap().text
}

#[test]
fn each_kind_takes_what_it_is_for() {
    let mut workspace = workspace();
    assert_eq!(workspace.records("a", "words", "  two\nlines \n"), "evidence recorded: words");
    assert_eq!(text(&workspace, "words"), "two\nlines");
    workspace.records("a", "figure", "1_234.5");
    workspace.records("a", "address", "https://ci.example/42");
    workspace.records("a", "verdict", "Adopt");
    assert_eq!(text(&workspace, "verdict"), "adopt", "as the file spells it");
    workspace.does(ran(&workspace, "run", " cargo test "));
    let run = workspace.turn("a").evidence[4].recorded.clone().unwrap();
    assert_eq!((run.command.as_deref(), run.exit_code, run.text.as_str()), (Some("cargo test"), Some(101), "2 failed"));
    let lacks: Vec<String> = workspace.turn("a").missing().iter().map(|slot| slot.lack()).collect();
    assert_eq!(lacks, ["run (exit code 101)"], "a command that failed shows nothing");
}

#[test]
fn a_slot_says_which_exit_code_shows_what_it_wants() {
    for (exit, shown) in [("zero", [true, false]), ("nonzero", [false, true]), ("any", [true, true])] {
        let slot = format!("[[turns.evidence]]\nid = \"run\"\nkind = \"command\"\nexit = \"{exit}\"");
        for (code, shown) in [0, 1].into_iter().zip(shown) {
            let mut workspace = Workspace::of_turns(&[&slot]);
            workspace.starts("a");
            let input = EvidenceInput::Command { command: "make".into(), exit_code: code, output: String::new() };
            workspace.does(Command::RecordEvidence { turn: workspace.at_turn("a"), slot: "run".into(), input });
            let said = workspace.finishes("a");
            assert_eq!(said == "turn 'a' done", shown, "{exit} {code}: {said}");
            assert!(shown || said == format!("turn 'a' closed unverified: no evidence for run (exit code {code})"));
        }
    }
}

#[test]
fn each_kind_refuses_what_it_is_not_for() {
    let workspace = workspace();
    assert_eq!(refused(&workspace, "words", " \n"), "nothing was given for 'words' | clear the slot to empty it");
    assert_eq!(
        refused(&workspace, "figure", "45 ms"),
        "`45 ms` is not a number | write only the figure, without its unit"
    );
    for figure in ["NaN", "inf", "1e999", "many"] {
        assert!(refused(&workspace, "figure", figure).contains("is not a number"));
    }
    assert!(refused(&workspace, "address", "see the log").contains("takes one address without spaces"));
    assert_eq!(refused(&workspace, "verdict", "maybe"), "`maybe` is none of the verdicts | choose: adopt, avoid");
    assert_eq!(workspace.refusal(ran(&workspace, "figure", "bench")).message, "'figure' takes a number, not a command");
    assert_eq!(workspace.refuses(ran(&workspace, "run", " ")), "the command line is empty | write what was run");
    let silent = EvidenceInput::Command { command: "true".into(), exit_code: 0, output: " \n".into() };
    let silent = Command::RecordEvidence { turn: workspace.at_turn("a"), slot: "words".into(), input: silent };
    assert_eq!(workspace.refuses(silent), "'words' wants words, and the command said nothing | write what it showed");
    let nowhere = workspace.refusal(record(workspace.at_turn("a"), "wrods", "x"));
    assert_eq!((nowhere.code, nowhere.hint.as_str()), (ErrorCode::NotFound, "did you mean `words`?"));
}

#[test]
fn words_hide_no_run_that_failed() {
    let mut workspace = workspace();
    let words = |workspace: &Workspace| record(workspace.at_turn("a"), "run", "all tests pass");
    assert_eq!(workspace.does(words(&workspace)), "evidence recorded: run, without a command and its exit code");
    assert!(workspace.turn("a").evidence[4].lacks_run(), "what is missing can be said wherever it is shown");
    workspace.does(ran(&workspace, "run", "cargo test"));
    assert_eq!(
        workspace.refuses(words(&workspace)),
        "'run' holds a run with exit code 101, and words do not take its place | run it again and record that: the \
         command line, its exit code and its output; or clear the slot first"
    );
    assert_eq!(
        workspace.turn("a").evidence[4].recorded.as_ref().unwrap().exit_code,
        Some(101),
        "the run is still there"
    );
}

#[test]
fn long_output_keeps_its_end() {
    let mut workspace = workspace();
    let output = format!("{}\n42 passed", "é".repeat(60_000));
    let input = EvidenceInput::Command { command: "cargo test".into(), exit_code: 0, output };
    workspace.does(Command::RecordEvidence { turn: workspace.at_turn("a"), slot: "run".into(), input });
    let kept = text(&workspace, "run");
    assert!(kept.len() <= 64 * 1024 && kept.len() > 64 * 1024 - 4 && kept.ends_with("42 passed"), "{}", kept.len());
}

#[test]
fn evidence_is_recorded_while_its_session_is_open() {
    let mut workspace = Workspace::of_turns(&["[[turns.evidence]]\nid = \"proof\"\nrequired = false"]);
    let proof = record(workspace.at_turn("a"), "proof", "x");
    let clear = Command::ClearEvidence { turn: workspace.at_turn("a"), slot: "proof".into() };
    assert_eq!(workspace.refuses(proof.clone()), "turn 'a' has not begun | start it first");
    workspace.starts("a");
    assert_eq!(workspace.refuses(clear.clone()), "'proof' is empty | there is nothing to remove");
    workspace.does(proof.clone());
    assert_eq!(workspace.does(clear.clone()), "evidence removed: proof");
    workspace.finishes("a");
    workspace.does(proof.clone());
    workspace.does(finish("main"));
    let over = "the session 'Small' is finished | reopen the session first";
    assert_eq!([workspace.refuses(proof), workspace.refuses(clear)], [over, over]);
    let result = Command::SetResult { turn: workspace.at_turn("a"), result: "x".into() };
    assert_eq!(workspace.refuses(result), over);
}

#[test]
fn a_figure_is_a_reading_and_its_change_is_computed() {
    let mut workspace = workspace();
    workspace.records("a", "figure", "45");
    let course = workspace.plan.course("latency").unwrap();
    assert_eq!((course.baseline, course.target, course.last()), (Some(500.0), Some(100.0), Some(45.0)));
    assert!((course.change().unwrap() - -91.0).abs() < 1e-9);
    assert_eq!(course.change_in_words().unwrap(), "91 % lower");
    assert_eq!((course.improved(), course.reached()), (Some(true), Some(true)));
    let reading = course.readings[0];
    assert_eq!((reading.session.as_str(), reading.turn.as_str(), reading.iteration), ("main", "a", 1));
    workspace.does(Command::ClearEvidence { turn: workspace.at_turn("a"), slot: "figure".into() });
    assert!(workspace.plan.readings.is_empty(), "a figure taken back is no reading");
}

#[test]
fn readings_are_taken_by_hand_too() {
    let mut workspace = workspace();
    let read = |metric: &str, value| Command::ReadMetric { metric: metric.into(), value, turn: None };
    assert_eq!(
        workspace.does(read("latency", 600.0)),
        "Latency: 600 ms, 20 % higher than the baseline; 500 ms (500 %) above the target"
    );
    assert_eq!(workspace.plan.course("latency").unwrap().improved(), Some(false));
    assert_eq!(workspace.plan.readings[0].turn, "a", "taken in the current turn");
    assert_eq!(workspace.refuses(read("latncy", 1.0)), "there is no metric `latncy` | did you mean `latency`?");
    assert_eq!(workspace.refusal(read("latency", f64::NAN)).code, ErrorCode::Invalid);
}

#[test]
fn the_worked_example_comes_to_91_percent() {
    let mut workspace = Workspace::of("api-performance-optimization");
    workspace.completes("main");
    let metric = workspace.plan.strategy.metrics[0].id.clone();
    let reopened = Command::ReadMetric { metric: metric.clone(), value: 45.0, turn: None };
    workspace.does(reopened);
    let course = workspace.plan.course(&metric).unwrap();
    assert_eq!((course.baseline, course.target), (Some(500.0), Some(100.0)));
    assert_eq!(course.change_in_words().unwrap(), "91 % lower");
}

#[test]
fn without_a_baseline_the_first_reading_is_one() {
    let mut workspace = Workspace::of("bug-investigation");
    let read = |value| Command::ReadMetric { metric: "failure-rate".into(), value, turn: None };
    workspace.does(read(12.0));
    assert_eq!(workspace.plan.course("failure-rate").unwrap().change_in_words().unwrap(), "unchanged");
    workspace.does(read(0.0));
    let course = workspace.plan.course("failure-rate").unwrap();
    assert_eq!((course.change_in_words().unwrap().as_str(), course.reached()), ("100 % lower", Some(true)));
}
