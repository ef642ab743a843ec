//! Files that extend a strategy, by the command line: written, shown, checked, used.

use crate::home::{Home, SMALL};

const MINE: &str = r#"schema = 1
id = "mine"
extends = "small"
title = "Small fix, handed over"
remove = ["log"]

[[turns]]
id = "measure"
budget = "30m"

[[turns]]
id = "hand-over"
after = "fix"
prompt = "Write down what is open in {{ problem }}."
"#;

#[test]
fn an_overlay_is_shown_and_used_as_the_whole_that_it_is() {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.strategy("mine", MINE);
    let shown = home.ok(&["strategy", "show", "mine"]);
    assert!(shown.contains("Extends small") && shown.contains("hand-over") && !shown.contains("Log"), "{shown}");
    let json = home.json(&["strategy", "show", "mine"]);
    assert_eq!(json["extends"], "small");
    assert_eq!(json["strategy"]["sessions"][0]["turns"].as_array().unwrap().len(), 3);
    assert!(home.json(&["strategy", "show", "small"])["extends"].is_null());
    home.ok(&["new", "mine", "--set", "problem=Slow start"]);
    assert!(home.ok(&["prompt", "-t", "hand-over"]).contains("what is open in Slow start"));
}

#[test]
fn lint_finds_the_base_and_says_what_is_wrong_where() {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.write("work/mine.toml", MINE);
    // One file of the folder may extend the other.
    home.write("work/more.toml", "schema = 1\nid = \"more\"\nextends = \"mine\"\nremove = [\"hand-over\"]\n");
    assert_eq!(home.run(&["strategy", "lint", "."]).err, "2 files: no problems\n");
    home.write(
        "work/more.toml",
        "schema = 1\nid = \"more\"\nextends = \"mine\"\nremove = [\"hand-ovr\", \"problem\"]\n",
    );
    insta::assert_snapshot!(home.told(&["strategy", "lint", "."]));
    home.strategy("mine", &MINE.replace("\"small\"", "\"more\""));
    home.strategy("more", "schema = 1\nid = \"more\"\nextends = \"mine\"\n");
    let ran = home.run(&["strategy", "lint"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("in a circle: mine -> more -> mine"), "{}", ran.out);
    assert!(home.run(&["strategy", "list"]).err.contains("in a circle"));
}

#[test]
fn a_new_file_extends_what_is_at_hand() {
    let home = Home::new();
    let path = home.ok(&["strategy", "new", "my-bug", "--extends", "bug-investigation"]);
    assert!(path.trim().ends_with("data/strategies/my-bug.toml"));
    assert_eq!(home.run(&["strategy", "lint"]).err, "1 file: no problems\n");
    assert_eq!(home.json(&["strategy", "show", "my-bug"])["extends"], "bug-investigation");
    insta::assert_snapshot!(std::fs::read_to_string(path.trim()).unwrap());
    assert!(home.fails(3, &["strategy", "new", "x", "--extends", "bug-investigaton"]).contains("did you mean"));
}
