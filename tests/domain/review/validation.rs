//! `validation-light`: when it speaks, when it does not, and how it is cleared.

use setlist::domain::command::{Command, TurnRef};
use setlist::domain::plan::TurnState;
use setlist::domain::review::{Rule, Thresholds, review_strategy};
use setlist::domain::strategy::TurnKind;

use super::super::given::{Workspace, fill, small};
use super::{by, clears, one, turns};

const BARE: &[&str] = &[
    "implement implement;title = \"Implement\"",
    "looks other;title = \"Looks good\";prompt = \"Say whether it looks good\"",
    "pr deliver;title = \"Create PR\"",
];

#[test]
fn implement_looks_good_pull_request_is_stopped() {
    for kind in ["other", "validate"] {
        let looks = BARE[1].replace("other", kind);
        let strategy = turns("", &[BARE[0], &looks, BARE[2]]);
        assert_eq!(review_strategy(&strategy, &Thresholds::default()).len(), 1, "lint says so too");
        let mut workspace = Workspace::with(&strategy);
        let finding = clears(Rule::ValidationLight, &mut workspace);
        assert_eq!(finding.what, "what 'Implement' makes is not validated before 'Create PR' delivers it");
        assert_eq!(finding.shows, ["turn 'Implement' implements", "turn 'Create PR' delivers it"]);
        let order: Vec<&str> = workspace.session().turns.iter().map(|turn| turn.title.as_str()).collect();
        assert_eq!(order, ["Implement", "Looks good", "Validate", "Create PR"]);
        let prompt = workspace.plan.prompt(workspace.session(), workspace.turn("validate")).unwrap();
        let places = ["Full tests", "Benchmarks", "Edge cases", "Pull request"].map(|word| prompt.find(word).unwrap());
        assert!(places.is_sorted(), "the guide's order");
    }
}

#[test]
fn it_is_stopped_while_it_runs_too() {
    let mut workspace = Workspace::with(&turns("", BARE));
    workspace.completes_turns(&["implement", "looks"]);
    clears(Rule::ValidationLight, &mut workspace);
    workspace.completes_turns(&["validate", "pr"]);
    assert_eq!(by(Rule::ValidationLight, &workspace.plan), []);
}

#[test]
fn validation_after_the_delivery_is_better_than_none() {
    let mut workspace = Workspace::with(&turns("", BARE));
    workspace.completes_turns(&["implement", "looks", "pr"]);
    clears(Rule::ValidationLight, &mut workspace);
    assert_eq!(workspace.session().turns[3].kind, TurnKind::Validate);
}

#[test]
fn validation_between_is_enough_wherever_it_stands() {
    let strategy =
        turns("", &["make implement", "errors implement", "check validate;title = \"Run the tests\"", "pr deliver"]);
    assert_eq!(by(Rule::ValidationLight, &Workspace::with(&strategy).plan), []);
    let strategy = turns("", &["make implement", "pr deliver", "check validate;title = \"Run the tests\""]);
    assert_eq!(by(Rule::ValidationLight, &Workspace::with(&strategy).plan).len(), 1, "after the delivery is too late");
    let mut mixed = Workspace::with(&turns("", &["pr deliver", "make implement", "b deliver", "c implement"]));
    assert_eq!(by(Rule::ValidationLight, &mixed.plan).len(), 1);
    let finding = one(Rule::ValidationLight, &mixed.plan);
    super::remedied(&mut mixed, finding);
    assert_eq!(mixed.session().turns[2].title, "Validate", "before the delivery that needs it");
    clears(Rule::ValidationLight, &mut mixed);
}

#[test]
fn what_hands_nothing_over_and_runs_its_tests_itself_is_enough() {
    let evidence = |required: bool| {
        let slot = format!(";[[turns.evidence]];id = \"tests\";kind = \"command\";required = {required}");
        let turn = format!("make implement{slot}");
        by(Rule::ValidationLight, &Workspace::with(&turns("", &["look research", &turn])).plan).len()
    };
    assert_eq!((evidence(true), evidence(false)), (0, 1));
}

#[test]
fn a_session_may_be_validated_by_the_one_that_waits_for_it() {
    let chain = |kinds: [&str; 2]| {
        let session = |(at, kind): (usize, &&str)| {
            let after = if at == 0 { "" } else { "after = [\"s0\"]\n" };
            format!(
                "[[sessions]]\nid = \"s{at}\"\n{after}[[sessions.turns]]\nid = \"t{at}\"\nkind = \"{kind}\"\nprompt = \"Test it\"\n"
            )
        };
        small(&kinds.iter().enumerate().map(session).collect::<String>())
    };
    assert_eq!(by(Rule::ValidationLight, &Workspace::with(&chain(["implement", "validate"])).plan), []);
    let mut workspace = Workspace::with(&chain(["implement", "deliver"]));
    let finding = clears(Rule::ValidationLight, &mut workspace);
    assert_eq!(finding.shows[1], "turn 't1' in 's1' delivers it");
    assert_eq!((finding.session.as_str(), workspace.plan.sessions[0].turns.len()), ("s0", 2));
    let mut late = Workspace::with(&chain(["implement", "deliver"]));
    late.completes("s0");
    clears(Rule::ValidationLight, &mut late);
    assert_eq!(late.plan.sessions[1].turns[0].title, "Validate", "the first session is over, the second is not");
}

#[test]
fn skipped_validation_is_reopened() {
    let strategy = turns("", &["make implement", "check validate;title = \"Run the tests\"", "pr deliver"]);
    let mut workspace = Workspace::with(&strategy);
    workspace.completes_turns(&["make"]);
    workspace.skips("check");
    let finding = clears(Rule::ValidationLight, &mut workspace);
    assert_eq!(finding.remedy.label, "reopen 'Run the tests' and do it");
    assert_eq!(finding.shows[1], "turn 'Run the tests' was skipped");
    assert_eq!(workspace.turn("check").state, TurnState::Active);
}

#[test]
fn a_turn_closed_unverified_is_named_with_what_it_lacks() {
    let mut workspace = Workspace::of("bug-investigation");
    workspace.starts("reproduce");
    workspace.records("reproduce", "steps", "log in twice");
    workspace.finishes("reproduce");
    let finding = one(Rule::ValidationLight, &workspace.plan);
    assert_eq!(finding.what, "turn 'Reproduce' was closed unverified");
    assert_eq!(finding.turns, [TurnRef::new(&workspace.session().id, "reproduce")]);
    assert_eq!(
        (finding.remedy.label.as_str(), finding.remedy.commands.len()),
        ("record what it lacks, or reopen it", 0)
    );
    assert!(finding.shows[0].starts_with("'Reproduce' lacks: "), "{:?}", finding.shows);
    for slot in workspace.turn("reproduce").evidence.clone() {
        workspace.does(fill(workspace.at_turn("reproduce"), &slot));
    }
    assert_eq!(by(Rule::ValidationLight, &workspace.plan), []);
}

#[test]
fn a_validation_that_was_inserted_is_not_asked_for_twice() {
    let mut workspace = Workspace::of("feature-well-tested");
    let session = workspace.session().id.clone();
    workspace.does(Command::SkipTurn { turn: workspace.at_turn("verify"), reason: "no time".into() });
    clears(Rule::ValidationLight, &mut workspace);
    workspace.does(Command::AddValidation { session });
    assert_eq!(by(Rule::ValidationLight, &workspace.plan), []);
}
