//! `irreversible-step`: when it speaks, when it does not, and how it is cleared.

use setlist::domain::plan::TurnState;
use setlist::domain::review::Rule;

use super::super::given::{Workspace, small, strategy};
use super::{by, clears, one, turns};

fn ending(last: &str) -> Workspace {
    Workspace::with(&turns("", &["make implement", "check validate;title = \"Run the tests\"", last]))
}

#[test]
fn what_cannot_be_taken_back_needs_a_gate_before_it() {
    for last in [
        "go deliver;title = \"Cutover\"",
        "go deliver;title = \"Deploy\"",
        "go other;title = \"Release version 2\"",
        "go other;title = \"Publish the package\"",
        "go implement;title = \"Drop the old tables\"",
        "go deliver;title = \"Finish\";prompt = \"Tidy up.\\n2. Delete the old database and its backups.\"",
        "go other;title = \"Finish\";prompt = \"Rebase, then go on.\\n- Force-push the result\"",
    ] {
        let mut workspace = ending(last);
        let finding = clears(Rule::IrreversibleStep, &mut workspace);
        assert_eq!(finding.remedy.label, "put a gate after 'Run the tests'", "{last}");
        assert!(workspace.turn("check").gate.is_some());
    }
}

#[test]
fn what_can_be_made_again_or_is_only_written_about_needs_none() {
    for last in [
        "go deliver;title = \"Document how to deploy\"",
        "go deliver;title = \"Deployment planning\"",
        "go deliver;title = \"Prepare the deployment\"",
        "go deliver;title = \"Release notes\"",
        "go deliver;title = \"Deploy to staging\"",
        "go design;title = \"Delete the old system\"",
        "go implement;title = \"Delete endpoint\"",
        "go implement;title = \"Drop-down menu\"",
        "go deliver;title = \"Finish\";prompt = \"Do not delete the database. Never deploy to production.\"",
        "go deliver;title = \"Finish\";prompt = \"- Delete temporary files\\n- Release the lock\\n- Drop unused imports\"",
    ] {
        assert_eq!(by(Rule::IrreversibleStep, &ending(last).plan), [], "{last}");
    }
}

#[test]
fn the_gate_stands_after_the_last_work() {
    let with = |gates: [&str; 3]| {
        let gate = |at: usize| if gates[at].is_empty() { String::new() } else { format!(";gate = \"{}\"", gates[at]) };
        let strategy = turns(
            "",
            &[
                &format!("make implement{}", gate(0)),
                &format!("check validate;title = \"Run the tests\"{}", gate(1)),
                &format!("write other;title = \"Write it up\"{}", gate(2)),
                "go deliver;title = \"Cutover\"",
            ],
        );
        by(Rule::IrreversibleStep, &Workspace::with(&strategy).plan).len()
    };
    assert_eq!(with(["", "", ""]), 1);
    assert_eq!(with(["ready", "", ""]), 1, "work was done after that gate");
    assert_eq!(with(["", "ready", ""]), 0);
    assert_eq!(with(["", "", "ready"]), 0);
}

#[test]
fn the_gate_may_stand_in_the_session_waited_for() {
    let chain = |gate: &str| {
        small(&format!(
            "[[sessions]]\nid = \"a\"\n[[sessions.turns]]\nid = \"a1\"\nkind = \"validate\"\nprompt = \"Test\"\n{gate}\n\
             [[sessions]]\nid = \"b\"\nafter = [\"a\"]\n[[sessions.turns]]\nid = \"b1\"\nkind = \"deliver\"\ntitle = \"Cutover\"\nprompt = \"Do\"\n",
        ))
    };
    assert_eq!(by(Rule::IrreversibleStep, &Workspace::with(&chain("gate = \"ready\"")).plan), []);
    let finding = clears(Rule::IrreversibleStep, &mut Workspace::with(&chain("")));
    assert_eq!(finding.remedy.label, "put a gate after 'a1'");
}

#[test]
fn a_first_turn_has_nothing_to_put_a_gate_after() {
    let workspace = Workspace::with(&turns("", &["go deliver;title = \"Cutover\""]));
    assert_eq!(one(Rule::IrreversibleStep, &workspace.plan).remedy.commands, []);
}

#[test]
fn what_is_under_way_is_not_stopped_any_more() {
    let mut workspace = ending("go deliver;title = \"Cutover\"");
    workspace.completes_turns(&["make", "check"]);
    assert_eq!(by(Rule::IrreversibleStep, &workspace.plan).len(), 1, "it is still to come");
    workspace.starts("go");
    assert_eq!(workspace.turn("go").state, TurnState::Active);
    assert_eq!(by(Rule::IrreversibleStep, &workspace.plan), []);
}

#[test]
fn the_migrations_gate_is_what_keeps_it_silent() {
    let mut strategy = strategy("system-migration");
    for turn in &mut strategy.sessions[0].turns {
        turn.gate.clear();
    }
    let finding = clears(Rule::IrreversibleStep, &mut Workspace::with(&strategy));
    assert_eq!(finding.what, "'Cutover' cannot be taken back, and nobody has to approve it first");
}
