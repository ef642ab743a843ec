//! The story that the outputs tell: strategies, a plan from its start to its end, packs, the program, errors.

use crate::conversation::converse;
use crate::home::{Home, SMALL, gated};
use crate::validated::Validated;

use super::around::BARE;

/// A strategy that uses every key there is.
const FULL: &str = r#"schema = 1
id = "full"
title = "Everything there is"
category = "existing-code"
summary = "One line"
when = "When a test wants every key."
tags = ["quick"]
goal = "Fix: {{ problem }}"
benefits = ["Nothing is left out"]

[fit]
codebase = "existing"
scope = ["small"]
dependencies = ["coupled"]
risk = ["low"]
validation = ["easy"]

[[placeholders]]
name = "problem"
label = "Problem"
help = "What goes wrong"
example = "Slow login"
pattern = ".+"
min = 3
max = 200

[[placeholders]]
name = "way"
label = "Way"
kind = "choice"
choices = ["fast", "slow"]
default = "slow"
show_if = "problem"

[[metrics]]
id = "latency"
label = "Response time"
unit = "ms"
baseline = 500
target = 100

[[sessions]]
id = "first"
title = "First"
goal = "Measure {{ problem }}, {{ way }}"
budget = "1h"
[[sessions.turns]]
id = "measure"
title = "Measure"
kind = "research"
budget = "15m"
repeat = "round"
gate = "The figures are right"
prompt = "Measure {{ problem }}."
[[sessions.turns.evidence]]
id = "figure"
label = "Mean time"
kind = "number"
metric = "latency"
[[sessions.turns.evidence]]
id = "suite"
label = "Full suite"
kind = "command"
[[sessions.turns.evidence]]
id = "verdict"
label = "Verdict"
kind = "verdict"
choices = ["fine", "not fine"]
required = false
[[sessions.turns]]
id = "fix"
title = "Fix"
kind = "implement"
prompt = "Fix it."
[[sessions.checklist]]
id = "told"
text = "Users told"

[[sessions]]
id = "second"
title = "Second"
after = ["first"]
[[sessions.turns]]
id = "look"
title = "Look"
prompt = "Look."
"#;

/// A value that asks for several goals at once.
pub const EVERYTHING: &str = "feature=Implement 5 features, refactor 10 files, fix 20 bugs, update all documentation";

/// The small strategy under another id.
pub fn named(id: &str) -> String {
    SMALL.replace("id = \"small\"", &format!("id = \"{id}\""))
}

fn strategies_of(home: &Home) {
    home.strategy("small", SMALL);
    home.strategy("gated", &gated());
    home.strategy("full", FULL);
    home.strategy("ours", "schema = 1\nid = \"ours\"\nextends = \"small\"\ntitle = \"Ours\"\n");
    home.strategy("rest-api", "schema = 1\nid = \"rest-api\"\nextends = \"rest-api\"\ntitle = \"Our API\"\n");
    home.strategy("broken", "schema = 1\nid = \"broken\"\ntitel = \"?\"\n");
}

/// Every command on strategies.
pub fn strategies(all: &Validated) {
    let home = &all.home;
    strategies_of(home);
    all.ok(&["strategy", "list"]);
    all.ok(&["strategy", "list", "nothing-like-it"]);
    all.ok(&["strategy", "show", "rest-api"]);
    all.ok(&["strategy", "show", "full"]);
    all.ok(&["strategy", "render", "small", "--set", "problem=slow"]);
    all.ok(&["strategy", "render", "small", "--turn", "1"]);
    let bare = home.write("work/bare.toml", BARE);
    all.ok(&["strategy", "lint", bare.to_str().unwrap()]);
    all.ends(1, &["strategy", "lint", home.path("data/strategies").to_str().unwrap()]);
    all.ok(&["strategy", "new", "fresh"]);
    all.ok(&["strategy", "advise"]);
    let answers = ["--codebase", "existing", "--scope", "large", "--dependencies", "coupled"];
    let more = ["--risk", "high", "--validation", "hard"];
    all.ok(&[&["strategy", "advise"], &answers[..], &more[..]].concat());
}

/// What is printed before anything is written, and where there is nothing.
pub fn before_the_start(all: &Validated) {
    all.ok(&["list"]);
    all.ok(&["status"]);
    all.ok(&["stats"]);
    all.ends(1, &["doctor"]);
    record(&all.home);
    all.ok(&["new", "small", "--set", "problem=slow", "--dry-run"]);
}

/// A plan with everything in it, up to its gate.
pub fn a_plan(all: &Validated) {
    all.ok(&["new", "full", "--name", "Login", "--set", "problem=slow login"]);
    all.ok(&["show"]);
    all.ok(&["prompt"]);
    all.ok(&["set", "problem=slow login page"]);
    all.ok(&["rename", "Slow login"]);
    all.ok(&["turn", "start"]);
    all.ok(&["status"]);
    all.ok(&["list"]);
    all.ok(&["turn", "pause"]);
    all.ok(&["evidence", "figure", "450"]);
    all.ok(&["evidence", "verdict", "fine"]);
    all.ok(&["evidence", "suite", "--command", "cargo test", "--exit-code", "1", "1 failed"]);
    all.ok(&["turn", "result", "It should work now."]);
    all.ok(&["show"]);
    all.ok(&["review"]);
    all.ok(&["turn", "repeat"]);
    all.ok(&["turn", "rollback", "--iteration", "1"]);
    all.ok(&["turn", "keep"]);
    all.ok(&["send", "--result", "--", "cat"]);
    all.ok(&["prompt"]);
    all.ok(&["evidence", "suite", "--run", "--", "true"]);
    all.ok(&["evidence", "figure", "90"]);
    all.ok(&["evidence", "verdict", "fine"]);
    all.ok(&["evidence", "verdict", "--clear"]);
    all.ok(&["metric", "latency", "95.5"]);
    all.ok(&["note", "The cache was cold"]);
    all.ok(&["turn", "done"]);
}

/// The gate: asked for, rejected, approved by a person, stale.
pub fn its_gates(all: &Validated) {
    all.ok(&["gate", "ask", "--by", "codex", "--note", "measured twice"]);
    finer(&all.home, "Slow login");
    all.ok(&["show"]);
    at_a_terminal(all, &["gate", "reject"], &[("Why is it rejected? ", "measure again")]);
    all.ok(&["show"]);
    let prompt = all.ok(&["prompt"]);
    assert!(!prompt["follow_up"].is_null());
    all.ok(&["turn", "done"]);
    at_a_terminal(all, &["gate", "approve", "--note", "fine"], &[("to approve it: ", "measure")]);
    all.ok(&["evidence", "figure", "91", "-t", "measure"]);
    all.ok(&["show"]);
    all.ok(&["list"]);
    all.ok(&["undo"]);
    all.ok(&["redo"]);
    all.ok(&["undo"]);
    all.ok(&["log"]);
}

/// Turns that are added, skipped and reopened; the queue; the review and its remedies.
pub fn its_ways(all: &Validated) {
    let add = ["turn", "add", "--title", "Ask", "--prompt", "Ask them.", "--kind", "research", "--budget", "20m"];
    all.ok(&add);
    all.ok(&add);
    all.ok(&["turn", "remove", "-t", "ask-2"]);
    all.ok(&["queue", "list"]);
    all.ok(&["queue", "add", "OAuth", "--goal", "Add OAuth with two providers"]);
    all.ok(&["queue", "add", "Dark mode"]);
    all.ok(&["queue", "drop", "dark-mode"]);
    all.ok(&["queue", "list"]);
    all.ok(&["review"]);
    all.ok(&["show"]);
}

/// A plan is finished and taught from, another one given up; the trash and back.
pub fn its_end(all: &Validated) {
    for turn in ["fix", "ask"] {
        all.ok(&["turn", "start", "-t", turn]);
        all.ok(&["turn", "done", "-t", turn]);
    }
    all.ok(&["turn", "reopen", "-t", "fix", "--reason", "One case was missed"]);
    all.ok(&["turn", "skip", "-t", "fix", "--reason", "Done elsewhere"]);
    all.ok(&["check", "told", "all-tests-passing", "--note", "CI run 812"]);
    all.ok(&["check", "documentation-updated"]);
    all.ok(&["uncheck", "all-tests-passing"]);

    finer(&all.home, "Slow login");
    all.ok(&["list"]);
    all.ok(&["show"]);
    all.fails(5, "refused", &["finish"]);
    all.ok(&["finish", "--unverified", "The first round failed"]);
    all.ok(&["turn", "start"]);
    all.ok(&["turn", "done"]);
    all.ok(&["check", "documentation-updated"]);
    all.ok(&["outcome", "partly", "--helped", "the gate"]);
    all.ok(&["answer", "documentation", "yes", "--note", "README"]);
    all.ok(&["finish"]);
    all.ok(&["show"]);
    all.ok(&["queue", "start", "oauth"]);
    all.ok(&["queue", "list", "-p", "Slow login"]);
    all.ok(&["distil", "-p", "Slow login", "--id", "taught"]);
    all.ok(&["export", "-p", "Slow login"]);
    all.ok(&["export", "-p", "Slow login", "--format", "json"]);
    all.ok(&["export", "-p", "Slow login", "--output", "report.json"]);
    all.ok(&["stats"]);
    all.ok(&["stats", "--strategy", "full"]);
    all.ok(&["abandon", "-p", "OAuth", "--reason", "The vendor did it"]);
    all.ok(&["reopen", "-p", "Slow login", "--session", "second"]);
    all.ok(&["archive", "-p", "OAuth"]);
    all.ok(&["restore", "-p", "OAuth"]);
    all.ok(&["delete", "-p", "OAuth", "--yes"]);
    all.ok(&["restore", "-p", "OAuth"]);
    all.ok(&["list", "--all"]);
}

/// Three finished plans of the small strategy, ten minutes for each turn.
fn record(home: &Home) {
    let worked = regex::Regex::new("(?m)^worked = [0-9]+").unwrap();
    for name in ["First", "Second", "Third"] {
        let id = home.ok(&["new", "small", "--name", name, "--set", "problem=slow", "-q"]).trim().to_owned();
        for _ in 0..2 {
            home.ok(&["turn", "start", "-p", name]);
            home.ok(&["turn", "done", "-p", name]);
        }
        home.ok(&["turn", "add", "-p", name, "--title", "Look again", "--prompt", "Look.", "--budget", "20m"]);
        home.ok(&["turn", "start", "-p", name]);
        home.ok(&["turn", "done", "-p", name]);
        home.ok(&["finish", "-p", name, "--unverified", "tried by hand"]);
        // What a clock said: a test has no time to wait for it.
        let path = format!("data/plans/{id}.toml");
        let text = std::fs::read_to_string(home.path(&path)).unwrap();
        home.write(&path, &worked.replace_all(&text, "worked = 600"));
    }
}

/// What the examples of the page read: something in every list.
pub fn for_the_examples(home: &Home) {
    strategies_of(home);
    home.write("work/report.txt", "Users cannot log in, now and then.");
    home.ok(&["config", "set", "send", "[\"cat\"]"]);
    record(home);
    home.ok(&["new", "gated", "--name", "Waits", "--set", "problem=slow"]);
    home.ok(&["turn", "start", "-p", "Waits"]);
    home.ok(&["turn", "done", "-p", "Waits"]);
    home.write("work/pack/strategies/flaky.toml", &named("flaky"));
    home.ok(&["pack", "add", "pack", "--yes"]);
    home.write("work/pack/strategies/flaky.toml", &named("flaky").replace("Fix it.", "Fix it. Show it."));
    home.ok(&["new", "feature-well-tested", "--name", "Everything", "--set", EVERYTHING]);
    home.ok(&["queue", "add", "OAuth", "-p", "Everything"]);
    let id = home.json(&["show", "-p", "Everything"])["plan"]["id"].as_str().unwrap().to_owned();
    let text = std::fs::read_to_string(home.path(&format!("data/plans/{id}.toml"))).unwrap();
    home.write(&format!("data/plans/{id} (1).toml"), &text.replacen("name = \"Everything\"", "name = \"All\"", 1));
    home.ok(&["turn", "start", "-p", "Everything"]);
}

/// A command as the example in its help has it, on a plan whose first turn is under way.
pub fn as_in_the_example(all: &Validated, command: &str) {
    let (new, report) = (["new", "bug-investigation", "--name", "Login fails"], ["--set", "bug_report=Login fails"]);
    all.home.ok(&[&new[..], &report].concat());
    all.home.ok(&["turn", "start"]);
    let root = setlist::cli::command();
    let found = command.split(' ').fold(&root, |found, word| found.find_subcommand(word).unwrap());
    let help = found.get_after_help().map(ToString::to_string).unwrap_or_default();
    let line = help.lines().find_map(|line| line.trim().split_once("setlist ")).map(|(_, line)| line);
    let line = line.unwrap_or_else(|| panic!("`{command}` has no example"));
    // Parts between simple quotes are one word each.
    let mut words: Vec<&str> = Vec::new();
    for (at, part) in line.split('\'').enumerate() {
        if at % 2 == 1 { words.push(part) } else { words.extend(part.split_whitespace()) }
    }
    all.ok(&words);
}

/// Writes every time of a plan finer than the program does: a person may.
fn finer(home: &Home, name: &str) {
    let id = home.json(&["show", "-p", name])["plan"]["id"].as_str().unwrap().to_owned();
    finer_times(home, &format!("data/plans/{id}.toml"));
}

/// Writes every time in a file finer than the program does.
pub fn finer_times(home: &Home, path: &str) {
    let text = std::fs::read_to_string(home.path(path)).unwrap();
    let times = regex::Regex::new("(:[0-9]{2})Z\"").unwrap();
    assert!(times.is_match(&text));
    home.write(path, &times.replace_all(&text, "$1.25Z\""));
}

/// Runs what wants a terminal, with its output in a file, and types each answer.
pub fn at_a_terminal(all: &Validated, args: &[&str], answers: &[(&str, &str)]) {
    let own = all.home.command(&[]);
    let mut command = std::process::Command::new("/bin/sh");
    command.args(["-c", "\"$0\" \"$@\" --json > out.json"]).arg(own.get_program()).args(args);
    command.envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let (code, shown, asked) = converse(&command, &all.home, answers);
    assert_eq!((code, asked), (0, answers.len()), "{args:?}: {shown}");
    all.document(args, &std::fs::read_to_string(all.home.path("work/out.json")).unwrap());
}
