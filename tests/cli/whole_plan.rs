//! A plan from `new` to `finish`, by the command line alone.

use crate::home::{Home, SMALL, gated};

#[test]
fn a_plan_is_worked_from_beginning_to_end() {
    let home = Home::new();
    home.strategy("small", SMALL);
    let mut story = String::new();
    let mut tell = |args: &[&str]| story += &(home.told(args) + "\n");
    tell(&["new", "small", "--name", "Fix login", "--set", "problem=slow login"]);
    tell(&["turn", "done"]);
    tell(&["turn", "start"]);
    tell(&["prompt"]);
    tell(&["evidence", "figure", "450"]);
    tell(&["evidence", "figur", "1"]);
    tell(&["evidence", "suite", "1"]);
    tell(&["evidence", "figure", "soon"]);
    tell(&["turn", "repeat"]);
    tell(&["metric", "latency", "45"]);
    tell(&["note", "- the cache helps"]);
    tell(&["turn", "done"]);
    tell(&["turn", "add", "--title", "Look again", "--prompt", "Look again.", "--kind", "validate", "--budget", "5m"]);
    tell(&["turn", "start"]);
    tell(&["evidence", "suite", "--command", "cargo test", "--exit-code", "0", "12 passed"]);
    tell(&["turn", "done"]);
    tell(&["turn", "skip"]);
    tell(&["turn", "skip", "--reason", "seen enough"]);
    tell(&["check", "all-tests-passing", "told", "--note", "see log"]);
    tell(&["uncheck", "told"]);
    tell(&["check", "told", "tld"]);
    tell(&["show"]);
    tell(&["finish"]);
    tell(&["finish", "--unverified", "the figure is in the notes"]);
    tell(&["list", "--all"]);
    tell(&["export"]);
    insta::assert_snapshot!(story);
}

#[test]
fn every_change_prints_the_plan_under_json() {
    let home = Home::new();
    home.strategy("small", SMALL);
    let mut revision = 0;
    for args in [
        &["new", "small", "--set", "problem=slow"][..],
        &["turn", "start"],
        &["evidence", "log", "text"],
        &["evidence", "log", "--clear"],
        &["turn", "pause"],
        &["metric", "latency", "9.5"],
        &["note", "words"],
        &["turn", "skip", "--reason", "r"],
        &["turn", "reopen"],
        &["turn", "done"],
        &["turn", "skip", "--reason", "r"],
        &["check", "told", "ready-for-delivery"],
        &["uncheck", "told"],
        &["finish", "--unverified", "because"],
        &["undo"],
        &["abandon", "--reason", "r"],
        &["archive"],
        &["restore", "-p", "Small fix"],
        &["delete"],
        &["restore"],
    ] {
        let printed = home.json(args);
        assert_eq!(printed["schema"], "setlist.plan/1", "{args:?}");
        let now = printed["plan"]["revision"].as_u64().unwrap();
        assert!(now >= revision, "{args:?}");
        revision = now;
        let updated = printed["plan"]["updated"].as_str().unwrap();
        assert!(updated.len() == 20 && updated.ends_with('Z'), "whole seconds in UTC: {updated}");
    }
}

#[test]
fn a_gate_is_no_matter_for_a_pipe() {
    let home = Home::new();
    home.strategy("gated", &gated());
    home.ok(&["new", "gated", "--set", "problem=slow", "-q"]);
    home.ok(&["turn", "start"]);
    home.ok(&["turn", "skip", "--reason", "a way around it"]);
    let refused = home.pipe(&["gate", "approve", "--yes"], "measure\ny\n");
    assert_eq!(refused.code, 5, "{refused:?}");
    assert!(refused.err.contains("a person at a terminal"));
    assert_eq!(home.run(&["gate", "reject", "--note", "n", "--no-input"]).code, 5);
    assert!(home.fails(5, &["turn", "start"]).contains("gate after 'Measure'"));
    assert!(home.fails(5, &["finish"]).contains("is pending"));
    assert_eq!(home.json(&["show"])["plan"]["sessions"][0]["turns"][0]["gate"]["state"], "open");
}

#[test]
fn the_prompt_is_exact_and_frozen_once_the_turn_is_closed() {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=tab\there {{ x }}", "-q"]);
    let exact = "Measure tab\there {{ x }}, 3 times.\n";
    assert_eq!(home.ok(&["prompt"]), exact);
    assert_eq!(home.ok(&["prompt", "-t", "2-3"]), "Fix it.");
    assert_eq!(home.json(&["prompt"])["prompt"], exact);
    home.ok(&["turn", "start"]);
    home.ok(&["turn", "done"]);
    assert_eq!(home.ok(&["prompt", "-t", "measure"]), exact);
    assert!(!home.json(&["prompt", "-t", "1"])["sent"].is_null());
}

#[test]
fn exports_are_the_file_itself_json_or_a_report_and_replace_nothing_unasked() {
    let home = Home::new();
    home.strategy("small", SMALL);
    let id = home.ok(&["new", "small", "--set", "problem=slow", "-q"]);
    let file = std::fs::read_to_string(home.path(&format!("data/plans/{}.toml", id.trim()))).unwrap();
    assert_eq!(home.ok(&["export", "--format", "toml"]), file);
    let json: serde_json::Value = serde_json::from_str(&home.ok(&["export", "--format", "json"])).unwrap();
    assert_eq!(json["plan"]["id"], id.trim());
    home.write("work/out.md", "mine");
    assert!(home.fails(5, &["export", "-o", "out.md"]).contains("--yes"));
    assert_eq!(std::fs::read_to_string(home.path("work/out.md")).unwrap(), "mine");
    home.ok(&["export", "-o", "out.md", "--yes"]);
    assert!(std::fs::read_to_string(home.path("work/out.md")).unwrap().starts_with("# Small fix\n"));
}

#[test]
fn anyone_asks_for_a_gate_without_a_terminal() {
    let home = Home::new();
    home.strategy("gated", &gated());
    home.ok(&["new", "gated", "--set", "problem=slow", "-q"]);
    assert!(home.fails(5, &["gate", "ask"]).contains("is not closed yet"));
    home.ok(&["turn", "start"]);
    home.ok(&["turn", "done"]);
    home.ok(&["gate", "ask", "--by", "codex", "--note", "measured \u{1b}[2Jtwice"]);
    let gate = &home.json(&["show"])["plan"]["sessions"][0]["turns"][0]["gate"];
    assert_eq!((&gate["state"], &gate["asked_by"]), (&"open".into(), &"codex".into()));
    let shown = home.ok(&["show"]);
    assert!(shown.contains("open, waits for a person, asked for by codex: measured ^[[2Jtwice: "), "{shown}");
}

#[test]
fn a_turn_that_was_sent_back_has_a_message_with_the_reason() {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=slow"]);
    let early = home.fails(5, &["prompt", "--follow-up"]);
    assert!(early.contains("was not sent back with a reason"), "{early}");
    for args in [&["turn", "start"][..], &["turn", "done"], &["turn", "reopen", "--reason", "no figure before"]] {
        home.ok(args);
    }
    let prompt = home.ok(&["prompt"]);
    assert!(!prompt.contains("no figure before"), "what was sent stays: {prompt}");
    let message = home.ok(&["prompt", "--follow-up"]);
    assert!(message.contains("The reason:\nno figure before\n"), "{message}");
    let json: serde_json::Value = serde_json::from_str(&home.ok(&["prompt", "--json"])).unwrap();
    assert_eq!(json["follow_up"], message);
}
