//! Iterations kept and rolled back, claims pointed at, quality answered.

use crate::home::{Home, SMALL};

/// A plan of the small strategy with its first turn, which repeats, under way.
fn begun() -> Home {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=slow", "-q"]);
    home.ok(&["turn", "start"]);
    home
}

#[test]
fn iterations_are_kept_or_rolled_back() {
    let home = begun();
    home.ok(&["evidence", "figure", "450"]);
    let mut story = String::new();
    let mut tell = |args: &[&str]| story += &(home.told(args) + "\n");
    tell(&["turn", "keep"]);
    tell(&["turn", "repeat"]);
    tell(&["evidence", "figure", "90"]);
    tell(&["turn", "rollback"]);
    tell(&["turn", "rollback", "--iteration", "3"]);
    tell(&["turn", "keep", "-t", "fix"]);
    tell(&["show"]);
    tell(&["turn", "keep", "--iteration", "2"]);
    tell(&["turn", "keep", "--iteration", "1", "--clear"]);
    insta::assert_snapshot!(story);
    let turn = &home.json(&["show"])["plan"]["sessions"][0]["turns"][0];
    assert_eq!((turn["kept"].as_str(), turn["iterations"][0]["kept"].as_str()), (Some("kept"), Some("")));
}

#[test]
fn what_is_claimed_without_showing_is_pointed_at_when_the_turn_is_closed() {
    let home = begun();
    let warned = home.run(&["turn", "result", "Should work now. Tests pass."]);
    let warning = "warning: 'Measure' claims without showing: the result says 'tests pass'\n";
    assert_eq!(warned.code, 0, "{warned:?}");
    assert!(warned.err.ends_with(warning), "research may guess: {warned:?}");
    assert!(home.run(&["turn", "done", "-q"]).err.contains(warning), "even where it is to be quiet");
    home.write("config/config.toml", "[review]\nclaims = []\n");
    home.ok(&["turn", "reopen"]);
    assert!(!home.run(&["turn", "done"]).err.contains("warning"), "the list is the person's own");
}

#[test]
fn an_indicator_is_answered_where_the_record_cannot_tell() {
    let home = begun();
    let refused = home.fails(5, &["answer", "documentation", "yes"]);
    assert!(
        refused.contains("the record tells `documentation` itself: 'Documentation updated' is not ticked"),
        "{refused}"
    );
    home.ok(&["check", "documentation-updated"]);
    home.ok(&["answer", "documentation", "no", "--note", "only half of it"]);
    home.ok(&["answer", "documentation", "yes", "--note", "README"]);
    let signs = home.json(&["show"])["plan"]["review"]["signs"].clone();
    assert_eq!((signs[0]["good"].as_bool(), signs[0]["note"].as_str()), (Some(true), Some("README")));
    home.ok(&["answer", "documentation", "--clear"]);
    assert!(home.fails(5, &["answer", "documentation", "--clear"]).contains("was not answered"));
    assert!(home.fails(3, &["answer", "documentatoin", "yes"]).contains("did you mean `documentation`?"));
    home.fails(2, &["answer", "documentation"]);
    home.fails(2, &["answer", "documentation", "perhaps"]);
}

#[test]
fn a_review_judges_quality_and_names_claims() {
    let home = begun();
    home.ok(&["evidence", "figure", "450"]);
    home.ok(&["turn", "done"]);
    home.ok(&["turn", "start"]);
    home.ok(&["turn", "result", "Fixed, should work."]);
    home.ok(&["check", "documentation-updated"]);
    let mut story = home.told(&["review"]);
    home.ok(&["answer", "documentation", "yes", "--note", "README"]);
    home.ok(&["evidence", "suite", "--command", "cargo test", "--exit-code", "0", "12 passed"]);
    story += &home.told(&["review"]);
    insta::assert_snapshot!(story);
    let review = home.json(&["review"]);
    assert_eq!(review["quality"][0]["verdict"], "good");
    assert_eq!(
        (review["quality"][2]["answered"].as_bool(), review["quality"].as_array().unwrap().len()),
        (Some(true), 5)
    );
    assert_eq!(
        (review["claims"][0]["phrase"].as_str(), review["claims"][0]["place"].as_str()),
        (Some("should work"), Some("result"))
    );
    assert!(!home.ok(&["export"]).contains("## Quality"), "a report on the way judges nothing");
    home.ok(&["turn", "done"]);
    let report = home.ok(&["export"]);
    assert!(report.contains("- Fix claims without showing: the result says 'should work'"), "{report}");
    assert!(report.contains("## Quality"), "{report}");
}

#[test]
fn whether_it_worked_is_said_and_kept_beside_what_was_said_before() {
    let home = begun();
    home.ok(&["outcome", "partly", "--helped", "the script"]);
    home.ok(&["outcome", "--change", "measure first"]);
    home.ok(&["outcome", "yes"]);
    let review = &home.json(&["show"])["plan"]["review"];
    assert_eq!(review["outcome"], "yes");
    assert_eq!((&review["helped"], &review["change"]), (&"the script".into(), &"measure first".into()));
    assert!(home.fails(2, &["outcome"]).contains("write yes, partly or no"));
    assert!(home.fails(2, &["outcome", "maybe"]).contains("partly"));
}
