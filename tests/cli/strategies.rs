//! `setlist strategy list|show|render|new`.

use crate::home::{Home, SMALL, built_in};

#[test]
fn the_list_filters_and_says_which_source_won() {
    let home = Home::new();
    home.strategy("small", SMALL);
    let builtin = home.ok(&["strategy", "list", "bug"]);
    assert!(builtin.starts_with("bug-investigation  "), "{builtin}");
    insta::assert_snapshot!(home.told(&["strategy", "list", "--tag", "quick"]));
    assert_eq!(home.ok(&["strategy", "list", "--category", "DEBUGGING"]).lines().count(), 2);
    let ran = home.run(&["strategy", "list", "nothing-like-it"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    home.strategy("bug-investigation", &SMALL.replace("id = \"small\"", "id = \"bug-investigation\""));
    let found = home.json(&["strategy", "list", "bug-investigation"]);
    assert_eq!(found["schema"], "setlist.strategies/1");
    assert_eq!((&found["items"][0]["source"], &found["items"][0]["hides"][0]), (&"data".into(), &"built-in".into()));
}

#[test]
fn a_broken_file_is_listed_with_its_error_and_harms_no_other() {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.strategy("broken", "schema = 1\nid = \"broken\"\ntitel = \"x\"\n");
    let ran = home.run(&["strategy", "list", "small"]);
    assert!(ran.out.starts_with("small "), "{ran:?}");
    assert!(ran.err.contains("strategies/broken.toml:1:1: `title` is missing"), "{ran:?}");
    let found = home.json(&["strategy", "list"]);
    assert_eq!(found["broken"][0]["problems"][0]["line"], 1);
    assert!(home.fails(1, &["strategy", "show", "broken"]).contains("setlist strategy lint "));
}

#[test]
fn show_tells_all_of_a_strategy() {
    let home = Home::new();
    home.strategy("small", SMALL);
    insta::assert_snapshot!(home.told(&["strategy", "show", "small"]));
    let shown = home.json(&["strategy", "show", "small"]);
    assert_eq!(shown["schema"], "setlist.strategy/1");
    let strategy = &shown["strategy"];
    assert!(strategy.get("turns").is_none(), "the shorthand is expanded");
    assert_eq!(strategy["sessions"][0]["turns"][1]["span"], 2);
    assert!(strategy["placeholders"][0]["default"].is_null(), "nulls are explicit");
    let error = home.fails(3, &["strategy", "show", "smal"]);
    assert!(error.contains("did you mean `small`?"), "{error}");
}

#[test]
fn every_built_in_strategy_can_be_shown_and_rendered() {
    let home = Home::new();
    let all = home.json(&["strategy", "list"]);
    let ids: Vec<&str> = all["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), built_in(), "{ids:?}");
    for id in ids {
        assert!(home.ok(&["strategy", "show", id]).contains(id));
        let prompts = home.json(&["strategy", "render", id]);
        assert!(!prompts["items"].as_array().unwrap().is_empty(), "{id}");
    }
}

#[test]
fn prompts_render_with_values_and_mark_what_is_missing() {
    let home = Home::new();
    home.strategy("small", SMALL);
    insta::assert_snapshot!(home.told(&["strategy", "render", "small", "--set", "files=a.rs"]));
    let args = ["strategy", "render", "small", "--turn", "1", "--set", "problem=slow {{ x }}", "--set", "risky=yes"];
    assert_eq!(home.ok(&args), "Measure slow {{ x }}, 3 times.\nCareful.\n");
    let error = home.fails(4, &["strategy", "render", "small", "--set", "tries=many", "--set", "fils=x", "--json"]);
    insta::assert_snapshot!(error);
    assert!(home.fails(3, &["strategy", "render", "small", "--turn", "fixx"]).contains("did you mean `fix`?"));
}

#[test]
fn a_new_file_has_no_problems_and_is_never_overwritten() {
    let home = Home::new();
    let path = home.ok(&["strategy", "new", "my-way"]);
    assert_eq!(home.same(&path), "[HOME]/data/strategies/my-way.toml\n");
    assert_eq!(home.run(&["strategy", "lint", path.trim()]).err, "1 file: no problems\n");
    assert!(home.fails(5, &["strategy", "new", "my-way"]).contains("already"));
    assert!(home.fails(4, &["strategy", "new", "My Way"]).contains("my-way"));
    let copy = home.ok(&["strategy", "new", "mine", "--from", "bug-investigation"]);
    assert_eq!(home.run(&["strategy", "lint", copy.trim()]).err, "1 file: no problems\n");
    let copied = std::fs::read_to_string(copy.trim()).unwrap();
    assert!(copied.contains("id = \"mine\"") && copied.contains("Systematic bug investigation"));
}
