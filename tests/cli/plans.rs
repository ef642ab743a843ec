//! Plans: started, listed, shown, chosen, thrown away and brought back.

use crate::conversation::type_into;
use crate::home::{Home, SMALL, tree};

fn home() -> Home {
    let home = Home::new();
    home.strategy("small", SMALL);
    home
}

/// A plan; its id.
fn start(home: &Home, name: &str) -> String {
    home.ok(&["new", "small", "--name", name, "--set", "problem=slow", "-q"]).trim().to_owned()
}

#[test]
fn values_come_from_options_and_files_and_are_read_by_their_kind() {
    let home = home();
    home.write("work/problem.txt", "slow {{ x }}\n");
    home.write("work/values.toml", "tries = 7\nfiles = [\"a\", \"b\"]\nrisky = \"yes\"\nproblem = \"other\"\n");
    let plan = home.json(&["new", "small", "--values", "values.toml", "--set", "problem=@problem.txt"]);
    let values = &plan["plan"]["values"];
    assert_eq!(values.to_string(), r#"{"files":["a","b"],"problem":"slow {{ x }}","risky":true,"tries":7}"#);
    assert_eq!(plan["schema"], "setlist.plan/1");
    let piped =
        home.pipe(&["new", "small", "--values", "-", "--json"], r#"{"problem": "slow", "tries": 9, "risky": null}"#);
    let plan: serde_json::Value = serde_json::from_str(&piped.out).unwrap();
    assert_eq!(plan["plan"]["values"]["tries"], 9);
    assert_eq!(plan["plan"]["name"], "Small fix");
}

#[test]
fn every_missing_or_wrong_value_is_named_at_once_and_nothing_is_written() {
    let home = home();
    let before = tree(&home.path("data"));
    insta::assert_snapshot!(home.told(&["new", "small", "--set", "tries=many", "--set", "problm=x"]));
    insta::assert_snapshot!(home.told(&["new", "small", "--json"]));
    insta::assert_snapshot!(home.told(&["new", "small", "--set", "problem=xy"]));
    assert!(home.fails(2, &["new", "small", "--set", "problem"]).contains("has no `=`"));
    assert!(home.fails(3, &["new", "smalls"]).contains("did you mean `small`?"));
    home.write("work/bad.toml", "problem = \n");
    assert!(home.fails(4, &["new", "small", "--values", "bad.toml"]).contains("line 1"));
    assert_eq!(tree(&home.path("data")), before);
}

#[test]
fn a_dry_run_prints_the_prompts_and_writes_nothing() {
    let home = home();
    let before = tree(&home.path("data"));
    insta::assert_snapshot!(home.told(&["new", "small", "--set", "problem=slow", "--dry-run"]));
    let prompts = home.json(&["new", "small", "--set", "problem=slow", "--dry-run"]);
    assert_eq!(prompts["items"][1]["prompt"], "Fix it.");
    assert_eq!(tree(&home.path("data")), before);
    assert!(!home.path("state").exists());
}

#[test]
fn a_plan_is_chosen_by_option_by_variable_or_by_being_the_last() {
    let home = home();
    let one = start(&home, "One");
    let two = start(&home, "Two");
    home.ok(&["note", "here", "-p", &one]);
    let name = |args: &[&str]| home.json(args)["plan"]["name"].as_str().unwrap().to_owned();
    assert_eq!(name(&["show", "-p", "Two"]), "Two");
    assert_eq!(name(&["show", "-p", &two[..two.len() - 2]]), "Two");
    let by_variable = home.command(&["show", "--json"]).env("SETLIST_PLAN", &two).output().unwrap();
    assert!(String::from_utf8(by_variable.stdout).unwrap().contains("\"name\": \"Two\""));
    let wrong = home.command(&["show"]).env("SETLIST_PLAN", "Thre").output().unwrap();
    assert_eq!(wrong.status.code(), Some(3));
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("$SETLIST_PLAN"));
    assert!(home.fails(3, &["show", "-p", "Twoo"]).contains("did you mean"));
    let both = home.fails(3, &["show", "-p", &one[..8]]);
    assert!(both.contains(&one) && both.contains(&two), "{both}");
}

#[test]
fn the_list_shows_open_plans_and_with_all_the_rest() {
    let home = home();
    assert_eq!(home.run(&["list"]).out, "");
    start(&home, "Fix login");
    insta::assert_snapshot!(home.told(&["list"]));
    let listed = home.json(&["list"]);
    assert_eq!((&listed["schema"], &listed["items"][0]["name"]), (&"setlist.plans/1".into(), &"Fix login".into()));
    home.ok(&["archive"]);
    assert_eq!(home.ok(&["list"]), "");
    assert!(home.ok(&["list", "--all"]).contains("planned, archived"));
    home.ok(&["restore", "-p", "Fix login"]);
    assert_eq!(home.json(&["list"])["items"][0]["archived"], false);
    home.write("data/plans/2026-01-01-broken-abcd.toml", "not a plan\n");
    let ran = home.run(&["list"]);
    assert!(ran.out.contains("Fix login") && ran.err.contains("2026-01-01-broken-abcd.toml"), "{ran:?}");
    assert_eq!(home.json(&["list"])["broken"][0]["id"], "2026-01-01-broken-abcd");
}

#[test]
fn a_deleted_plan_comes_back() {
    let home = home();
    let id = start(&home, "Fix login");
    let deleted = home.json(&["delete"]);
    assert_eq!(deleted["plan"]["id"], id.as_str());
    assert!(home.fails(3, &["show"]).contains("there is no plan yet"));
    assert_eq!(home.json(&["restore"])["plan"]["id"], id.as_str());
    assert_eq!(home.json(&["show"])["plan"]["id"], id.as_str());
    assert!(home.fails(3, &["restore"]).contains("the trash is empty"));
}

#[test]
fn where_nobody_can_be_asked_what_can_be_taken_back_is_done() {
    let home = home();
    start(&home, "Fix login");
    for (command, back) in [("delete", "setlist restore"), ("abandon", "setlist undo")] {
        let state = || home.json(&["show"])["plan"]["sessions"][0]["state"].clone();
        let before = state();
        let (code, shown) = type_into(&home, &[command], &[("[y/N]", "n")]);
        assert_eq!((code, state()), (5, before.clone()), "{shown}");
        home.ok(&[command]);
        home.ok(&back.split(' ').skip(1).collect::<Vec<_>>());
        assert_eq!(state(), before, "{command}");
        let help = home.ok(&[command, "--help"]);
        assert!(help.contains("Without one nobody is asked") && help.contains(back), "{help}");
    }
}

#[test]
fn status_is_one_line_or_nothing() {
    let home = home();
    assert_eq!(home.ok(&["status"]), "");
    assert_eq!(home.run(&["status", "--exit-code"]).code, 6);
    assert!(home.json(&["status"])["status"].is_null());
    start(&home, "Fix login");
    assert_eq!(home.ok(&["status", "--exit-code"]), "Fix login: 1 Measure, ready\n");
    home.ok(&["turn", "start"]);
    assert_eq!(home.same(&home.ok(&["status"])), "Fix login: 1 Measure [N]s of 15m (0 %)\n");
    home.ok(&["turn", "pause"]);
    let format = "{{{number}}} {turn} {state} {budget} {percent}%";
    assert_eq!(home.ok(&["status", "--format", format]), "{1} Measure paused 15m 0%\n");
    assert!(home.fails(2, &["status", "--format", "{trun}"]).contains("did you mean `turn`?"));
    assert!(home.fails(2, &["status", "--format", "{turn"]).contains("stands alone"));
    home.ok(&["abandon"]);
    assert_eq!(home.ok(&["status"]), "");
}

#[test]
fn undo_redo_and_log_walk_through_the_changes() {
    let home = home();
    start(&home, "Fix login");
    home.ok(&["turn", "start"]);
    home.ok(&["turn", "skip", "--reason", "not needed"]);
    let state =
        |value: serde_json::Value| value["plan"]["sessions"][0]["turns"][0]["state"].as_str().unwrap().to_owned();
    assert_eq!(state(home.json(&["undo"])), "active");
    assert_eq!(state(home.json(&["redo"])), "skipped");
    assert_eq!(home.run(&["redo"]).code, 5);
    let log = home.json(&["log"]);
    assert_eq!(log["items"].as_array().unwrap().last().unwrap()["revision"], 1);
    assert!(home.ok(&["log"]).contains("turn 'Measure' skipped"));
}

#[test]
fn values_and_names_can_be_corrected_and_a_slip_changes_nothing() {
    let home = home();
    start(&home, "Fix login");
    let before = home.json(&["set", "problem=slower", "tries=5"]);
    assert_eq!(home.ok(&["prompt"]), "Measure slower, 5 times.\n");
    assert!(home.fails(4, &["set", "problem=fast", "tries=many"]).contains("not a number"));
    assert!(home.fails(4, &["set", "tries=9", "problem="]).contains("required"));
    assert!(home.fails(4, &["set", "triess=9"]).contains("did you mean `tries`?"));
    assert_eq!(home.json(&["show"])["plan"]["revision"], before["plan"]["revision"]);
    home.ok(&["set", "tries="]);
    assert_eq!(home.ok(&["prompt"]), "Measure slower, 3 times.\n");
    assert_eq!(home.json(&["rename", "Other"])["plan"]["name"], "Other");
}

#[test]
fn results_are_noted_added_turns_removed_and_sessions_reopened() {
    let home = home();
    start(&home, "Fix login");
    home.ok(&["turn", "start"]);
    home.ok(&["turn", "result", "- it is the query"]);
    home.ok(&["turn", "add", "--title", "More", "--prompt", "- more"]);
    assert_eq!(home.ok(&["prompt", "-t", "more"]), "- more");
    home.ok(&["turn", "remove", "-t", "more"]);
    assert_eq!(home.run(&["turn", "remove", "-t", "fix"]).code, 5);
    home.ok(&["abandon"]);
    let plan = home.json(&["reopen", "-p", "Fix login"])["plan"].clone();
    let session = &plan["sessions"][0];
    assert_eq!((&session["state"], &session["turns"][0]["result"]), (&"running".into(), &"- it is the query".into()));
    assert_eq!(session["turns"].as_array().unwrap().len(), 2);
}
