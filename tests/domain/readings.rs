//! A figure that is evidence and a reading at once: the one follows the other, and no other reading is touched.

use setlist::domain::command::{Command, TurnRef};

use super::given::{Workspace, small};

const TWO: &str = r#"
[[metrics]]
id = "time"
[[metrics]]
id = "size"
[[turns]]
id = "a"
prompt = "Measure"
[[turns.evidence]]
id = "figure"
kind = "number"
metric = "time"
[[turns]]
id = "b"
prompt = "Measure again"
"#;

#[test]
fn evidence_that_is_recorded_anew_takes_its_own_reading_with_it_and_no_other() {
    for (metric, value, turn) in [("size", 450.0, "a"), ("time", 500.0, "a"), ("time", 450.0, "b")] {
        let mut workspace = Workspace::with(&small(TWO));
        workspace.starts("a");
        let turn = TurnRef::new(&workspace.plan.sessions[0].id, turn);
        workspace.does(Command::ReadMetric { metric: metric.into(), value, turn: Some(turn.clone()) });
        workspace.records("a", "figure", "450");
        workspace.records("a", "figure", "300");
        let readings: Vec<_> =
            workspace.plan.readings.iter().map(|one| (one.metric.as_str(), one.value, one.turn.as_str())).collect();
        assert_eq!(readings, [(metric, value, turn.turn.as_str()), ("time", 300.0, "a")]);
    }
}

#[test]
fn no_turn_of_a_session_that_was_given_up_is_skipped() {
    let mut workspace = Workspace::with(&small(TWO));
    workspace.starts("a");
    workspace.does(Command::Abandon { session: None, reason: "no time".into() });
    let turn = workspace.at_turn("b");
    assert!(workspace.refuses(Command::SkipTurn { turn, reason: "why not".into() }).contains("turn 'b' is pending"));
}
