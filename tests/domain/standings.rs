//! Where turns and sessions stand, as every screen and command asks.

use setlist::domain::command::{Command, EvidenceInput};
use setlist::domain::placeholder::Values;
use setlist::domain::plan::Standing::{self, Done, Paused, Ready, Running, Skipped, Unverified, Waiting};
use setlist::domain::plan::{Plan, Rejection};

use super::given::{Workspace, minute, small, start};

#[test]
fn each_turn_stands_where_its_record_says() {
    let evidence = "[[turns.evidence]]\nid = \"note\"";
    let mut workspace = Workspace::of_turns(&["", evidence, "", "", ""]);
    let standings = |workspace: &Workspace| -> Vec<Standing> {
        workspace.session().turns.iter().map(|turn| workspace.plan.standing(workspace.session(), turn)).collect()
    };
    assert_eq!(standings(&workspace), [Ready, Waiting, Waiting, Waiting, Waiting]);
    workspace.starts("a");
    assert_eq!(standings(&workspace)[0], Running);
    let turn = workspace.at_turn("a");
    workspace.does(Command::PauseTurn(turn));
    assert_eq!(standings(&workspace)[0], Paused);
    workspace.finishes("a");
    workspace.starts("b");
    workspace.finishes("b");
    workspace.skips("c");
    assert_eq!(standings(&workspace), [Done, Unverified, Skipped, Ready, Waiting]);
}

#[test]
fn one_goes_on_with_the_session_that_is_not_over() {
    let session = |id: &str, after: &str| {
        format!("[[sessions]]\nid = \"{id}\"\nafter = [{after}]\n[[sessions.turns]]\nid = \"t\"\nprompt = \"x\"\n")
    };
    let mut workspace = Workspace::with(&small(&[session("a", ""), session("b", "\"a\""), session("c", "")].concat()));
    for id in ["a", "c"] {
        workspace.does(Command::Abandon { session: Some(id.into()), reason: "no time".into() });
    }
    assert_eq!(workspace.plan.current_session().unwrap().id, "b", "though it waits for what was given up");
}

#[test]
fn a_run_says_how_it_ended_where_that_is_no_matter_of_course() {
    for (exit, code, said) in [
        ("zero", 0, ""),
        ("nonzero", 1, ", exit code 1"),
        ("zero", 1, ", but it ended with exit code 1 and has to succeed"),
    ] {
        let slot = format!("[[turns.evidence]]\nid = \"run\"\nkind = \"command\"\nexit = \"{exit}\"");
        let mut workspace = Workspace::of_turns(&[&slot]);
        workspace.starts("a");
        let input = EvidenceInput::Command { command: "make".into(), exit_code: code, output: String::new() };
        workspace.does(Command::RecordEvidence { turn: workspace.at_turn("a"), slot: "run".into(), input });
        assert_eq!(workspace.turn("a").evidence[0].how_it_ended(), said);
    }
}

#[test]
fn a_default_made_of_a_wrong_value_is_not_named_beside_it() {
    let strategy = small(
        "[[placeholders]]\nname = \"repo\"\n[[placeholders]]\nname = \"issues\"\ndefault = \"{{ repo }}\"\nmin = 3\n\
         [[turns]]\nid = \"a\"\nprompt = \"{{ repo }}{{ issues }}\"\n",
    );
    let faults = Plan::start(&strategy, &Values::new(), "2026-11-22-x-abcd", "X", start()).unwrap_err();
    let names: Vec<&str> = faults.iter().map(|fault| fault.name.as_str()).collect();
    assert_eq!(names, ["repo"]);
}

#[test]
fn times_of_a_gate_are_cut_to_whole_seconds() {
    let mut workspace = Workspace::of_turns(&["gate = \"Agreed\""]);
    let fine: jiff::Timestamp = "2026-11-22T10:00:01.75Z".parse().unwrap();
    let gate = workspace.plan.sessions[0].turns[0].gate.as_mut().unwrap();
    (gate.at, gate.asked) = (Some(fine), Some(fine));
    gate.rejections.push(Rejection { at: fine, by: "ada".into(), note: "no".into() });
    let plan = workspace.plan.in_whole_seconds();
    let gate = plan.sessions[0].turns[0].gate.as_ref().unwrap();
    let whole = minute(0) + jiff::SignedDuration::from_secs(1);
    assert_eq!((gate.at, gate.asked, gate.rejections[0].at), (Some(whole), Some(whole), whole));
}
