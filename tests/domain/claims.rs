//! Phrases that claim without showing, and their near misses.

use setlist::domain::claims::{PHRASES, claims, in_words, of_plan};
use setlist::domain::command::{Command, EvidenceInput};

use super::given::Workspace;

fn phrases() -> Vec<String> {
    PHRASES.iter().map(|phrase| (*phrase).to_owned()).collect()
}

/// A turn of this kind under way, with a slot for words and one for a command.
fn workspace(kind: &str) -> Workspace {
    let mut workspace = Workspace::of_turns(&[&format!(
        "kind = \"{kind}\"\nrepeat = \"round\"\n[[turns.evidence]]\nid = \"words\"\nlabel = \"Notes\"\nrequired = false\n\
         [[turns.evidence]]\nid = \"run\"\nkind = \"command\"\nrequired = false"
    )]);
    workspace.starts("a");
    workspace
}

fn result(workspace: &mut Workspace, text: &str) {
    workspace.does(Command::SetResult { turn: workspace.at_turn("a"), result: text.into() });
}

fn ran(workspace: &mut Workspace, exit_code: i32) {
    let input = EvidenceInput::Command { command: "make".into(), exit_code, output: "looks good".into() };
    workspace.does(Command::RecordEvidence { turn: workspace.at_turn("a"), slot: "run".into(), input });
}

fn told(workspace: &Workspace) -> String {
    in_words(workspace.turn("a"), &claims(workspace.turn("a"), &phrases()))
}

/// What is pointed at in `text` as the result of an implementing turn.
fn said(text: &str) -> Vec<String> {
    let mut workspace = workspace("implement");
    result(&mut workspace, text);
    claims(workspace.turn("a"), &phrases()).into_iter().map(|claim| claim.phrase).collect()
}

#[test]
fn claims_are_found_as_whole_words_in_any_case() {
    for (text, phrase) in [
        ("That should work.", "should work"),
        ("It SHOULD\nwork now", "should work"),
        ("It should now work", "should work"),
        ("LGTM!", "lgtm"),
        ("The migration looks good to me, merging.", "looks good"),
        ("Implemented. Looks good -> PR", "looks good"),
        ("- parser: should be fine", "should be fine"),
        ("Works on my machine", "works on my machine"),
        ("All tests passing", "tests passing"),
        ("all tests pass", "tests pass"),
        ("42 tests passed", "tests passed"),
        ("\"Seems to work\", says the agent", "seems to work"),
        ("It is probably the pool.", "probably"),
        ("Not a race, so this should fix it", "should fix"),
        ("No errors, looks good", "looks good"),
    ] {
        assert_eq!(said(text), [phrase], "{text}");
    }
}

#[test]
fn near_misses_are_left_alone() {
    for text in [
        "",
        "This shouldn't work at all",
        "It should not work, and it does not",
        "I do not think that this looks good",
        "It never looks good on a small screen",
        "Not all tests pass",
        "No tests passed",
        "Neither the unit nor the integration tests pass",
        "It doesn't look good",
        "Does this look good?",
        "\"Should work?\" was the question. It did, 50 of 50.",
        "Should it look good in ASCII too?",
        "Wait until all tests pass",
        "If it looks good in the log, merge",
        "He asked whether the tests pass",
        "It should work, but fails with exit code 1",
        "The suite looks good but two tests do not run",
        "probably not the cache",
        "We should workshop this",
        "The improbably long name; an algtm module; a shoulder works",
        "see docs/all-tests-passing.md and tests-pass",
        "The tests. Pass the salt",
        "Ran 40 tests; pass rate 100 %",
    ] {
        assert_eq!(said(text), [] as [&str; 0], "{text}");
    }
}

#[test]
fn of_phrases_that_overlap_the_longest_is_named_and_each_once() {
    let list: Vec<String> = ["tests pass", "all tests pass"].map(str::to_owned).into();
    let mut workspace = workspace("implement");
    result(&mut workspace, "All tests pass. All tests pass! Later the tests pass.");
    let found: Vec<String> = claims(workspace.turn("a"), &list).into_iter().map(|claim| claim.phrase).collect();
    assert_eq!(found, list, "both stand there, neither twice");
    result(&mut workspace, "All tests pass.");
    assert_eq!(claims(workspace.turn("a"), &list).len(), 1);
    assert!(claims(workspace.turn("a"), &["  ".into()]).is_empty(), "an empty phrase is none");
}

#[test]
fn that_tests_pass_is_shown_by_a_command() {
    let mut workspace = workspace("validate");
    result(&mut workspace, "All tests pass, looks good");
    assert_eq!(told(&workspace), "the result says 'looks good' and 'tests pass'");
    ran(&mut workspace, 1);
    assert_eq!(told(&workspace), "the result says 'looks good' and 'tests pass'", "the command failed");
    ran(&mut workspace, 0);
    assert_eq!(told(&workspace), "the result says 'looks good'", "shown now; the output of a command claims nothing");
}

#[test]
fn words_recorded_as_evidence_claim_too() {
    let mut workspace = workspace("implement");
    workspace.records("a", "words", "should be fine, lgtm");
    workspace.writes("a", "run", "tests pass");
    assert_eq!(told(&workspace), "'Notes' says 'should be fine' and 'lgtm'; 'run' says 'tests pass'");
}

#[test]
fn research_and_design_may_guess_but_not_claim() {
    for kind in ["research", "design"] {
        let mut workspace = workspace(kind);
        result(&mut workspace, "The cause is probably the pool; a larger one should work. LGTM");
        assert_eq!(told(&workspace), "the result says 'lgtm'", "{kind}");
    }
}

#[test]
fn earlier_iterations_are_looked_at_with_their_own_evidence() {
    let mut workspace = workspace("implement");
    result(&mut workspace, "tests pass");
    workspace.does(Command::RepeatTurn(workspace.at_turn("a")));
    ran(&mut workspace, 0);
    result(&mut workspace, "tests pass");
    assert_eq!(told(&workspace), "the result of round 1 says 'tests pass'");
    let found = of_plan(&workspace.plan, &phrases());
    assert_eq!((found.len(), found[0].0.turn.as_str(), found[0].2[0].iteration), (1, "a", 1));
}
