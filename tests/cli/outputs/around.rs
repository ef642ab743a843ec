//! What lies around a plan: packs, the program itself, files that hands have changed, errors.

use crate::packs::{git, with_git};
use crate::validated::Validated;

use super::story::{EVERYTHING, at_a_terminal, finer_times, named};

/// A strategy that the review has something to say of.
pub const BARE: &str = r#"schema = 1
id = "bare"
title = "Bare"
budget = "1h"
[[turns]]
id = "deploy"
title = "Deploy"
kind = "deliver"
budget = "2h"
prompt = "Deploy it"
"#;

/// Packs: looked at, taken, changed, removed.
pub fn packs(all: &Validated) {
    let home = &all.home;
    home.write("work/pack/strategies/flaky.toml", &named("flaky"));
    home.write("work/pack/strategies/bare.toml", BARE);
    home.write("work/pack/strategies/hidden.toml", &named("hidden").replace("Fix it.", "Fix\u{202e} it."));
    home.write("work/pack/strategies/wrong.toml", "schema = 1\nid = \"wrong\"\n");
    home.write("work/pack/strategies/Not An Id.toml", "");
    all.fails(5, "refused", &["pack", "add", "pack"]);
    all.ok(&["pack", "add", "pack", "--yes"]);
    all.ok(&["pack", "list"]);
    all.ok(&["strategy", "show", "flaky"]);
    all.ok(&["strategy", "list"]);
    all.ok(&["pack", "update"]);
    home.write("work/pack/strategies/flaky.toml", &named("flaky").replace("Fix it.", "Fix it. Show it."));
    home.write("work/pack/strategies/new.toml", &named("new"));
    home.write("work/pack/strategies/bare.toml", &BARE.replace("Deploy it", "Deploy\u{202e} it"));
    std::fs::remove_file(home.path("work/pack/strategies/hidden.toml")).unwrap();
    all.fails(5, "refused", &["pack", "update", "pack"]);
    all.ok(&["pack", "update", "--yes"]);
    finer_times(home, "data/packs/packs.toml");
    all.ok(&["pack", "list"]);
    home.strategy("built-on", "schema = 1\nid = \"built-on\"\nextends = \"flaky\"\n");
    all.fails(5, "refused", &["pack", "remove", "pack"]);
    all.ok(&["pack", "remove", "pack", "--yes"]);
    std::fs::remove_file(home.path("data/strategies/built-on.toml")).unwrap();
    all.fails(3, "not_found", &["pack", "update", "pack"]);
    // The same from a repository.
    git(home, &["init", "-q", "pack"]);
    git(home, &["-C", "pack", "add", "-A"]);
    git(home, &["-C", "pack", "commit", "-q", "-m", "first"]);
    git(home, &["clone", "-q", "--bare", "pack", "bare.git"]);
    for args in [
        &["pack", "add", "bare.git", "--name", "git", "--yes"][..],
        &["pack", "list"],
        &["pack", "update"],
        &["pack", "remove", "git", "--yes"],
    ] {
        all.ran(args, 0, &with_git(home, &[args, &["--json"]].concat()));
    }
}

/// The program: settings, checks, schemas.
pub fn the_program(all: &Validated) {
    let home = &all.home;
    all.ok(&["schema"]);
    all.ok(&["config", "path"]);
    all.ok(&["config", "set", "theme", "dark"]);
    all.ok(&["config", "set", "send", "[\"cat\"]"]);
    all.ok(&["config", "set", "editor", "[\"true\"]"]);
    all.ok(&["config", "get"]);
    all.ok(&["config", "get", "theme"]);
    at_a_terminal(all, &["config", "edit"], &[]);
    all.ends(1, &["doctor"]);
    all.ends(6, &["status", "-p", "OAuth", "--exit-code"]);

    // What hands and sync tools leave among the plans.
    let id = home.ok(&["new", "small", "--name", "By hand", "--set", "problem=slow", "-q"]).trim().to_owned();
    let path = format!("data/plans/{id}.toml");
    let text = std::fs::read_to_string(home.path(&path)).unwrap();
    home.write(&format!("data/plans/{id}.sync-conflict-20261101-101010-ABCDEFG.toml"), &text);
    home.write(&path, &text.replacen("state = \"pending\"", "state = \"done\"", 1));
    all.ok(&["show", "-p", &id]);
    all.ok(&["review", "-p", &id]);
    all.ok(&["repair", "-p", &id]);
    home.write(&path, "id = ");
    all.ok(&["list"]);
    all.fails(1, "corrupt", &["show", "-p", &id]);
    all.ok(&["delete", "-p", &id, "--yes"]);

    all.ok(&["new", "feature-well-tested", "--name", "Everything", "--set", EVERYTHING]);
    all.ok(&["set", "-p", "Everything", &format!("{EVERYTHING}. Add OAuth with two providers")]);
    all.ok(&["review", "-p", "Everything"]);
    all.ok(&["show", "-p", "Everything"]);
    all.ok(&["review", "-p", "Everything", "--remedy", "everything-session"]);
}

/// What a person decided, wrote and added, in the terminal interface or with an editor.
pub fn by_hand(all: &Validated) {
    let home = &all.home;
    let args = ["new", "small", "--name", "Own", "--set", "problem=slow", "--budgets", "own", "-q"];
    let id = home.ok(&args).trim().to_owned();
    let path = format!("data/plans/{id}.toml");
    let text = std::fs::read_to_string(home.path(&path)).unwrap();
    let text = text
        .replacen("outcome = \"\"", "outcome = \"partly\"", 1)
        .replacen("helped = \"\"", "helped = \"Measuring first\"", 1)
        .replacen("change = \"\"", "change = \"Measure twice\"", 1)
        .replacen("state = \"pending\"", "state = \"pending\"\nprompt = \"In my own words\"", 1)
        .replacen("id = \"told\"", "id = \"asked\"", 1)
        .replacen("tries = 3", "tries = nan", 1);
    assert!(text.contains("tries = nan"));
    home.write(&path, &text);
    all.ok(&["show", "-p", "Own"]);
    all.ok(&["turn", "start", "-p", "Own"]);
    all.ok(&["turn", "done", "-p", "Own"]);
    all.ok(&["turn", "start", "-p", "Own"]);
    all.ok(&["turn", "result", "-p", "Own", "Fixed, should work."]);
    all.ok(&["review", "-p", "Own"]);
    // A session that waits for one that was given up.
    all.ok(&["new", "full", "--name", "Given up", "--set", "problem=slow"]);
    all.ok(&["abandon", "-p", "Given up", "--session", "first", "--reason", "No time"]);
    let shown = all.ok(&["show", "-p", "Given up"]);
    assert!(!shown["computed"]["now"]["turn"]["blocked"].is_null());
}

/// A copy of a plan as a sync tool leaves it.
pub fn copies(all: &Validated) {
    let home = &all.home;
    let id = home.ok(&["new", "small", "--name", "Copied", "--set", "problem=slow", "-q"]).trim().to_owned();
    let text = std::fs::read_to_string(home.path(&format!("data/plans/{id}.toml"))).unwrap();
    let theirs = text.replacen("name = \"Copied\"", "name = \"Theirs\"\narchived = true", 1).replacen(
        "archived = false\n",
        "",
        1,
    );
    home.write(&format!("data/plans/{id} (1).toml"), &theirs);
    home.ok(&["note", "-p", "Copied", "here", "-q"]);
    all.ok(&["conflict", "list"]);
    all.ok(&["conflict", "show", "(1)"]);
    all.ok(&["conflict", "take", "(1)", "--all"]);
    all.ok(&["conflict", "put-away", "(1)"]);
}

/// Errors of every kind that a test can bring about.
pub fn errors(all: &Validated) {
    let home = &all.home;
    all.fails(2, "usage", &["list", "--al"]);
    all.fails(2, "usage", &["status", "--format", "{"]);
    all.fails(3, "not_found", &["show", "-p", "nothing"]);
    all.fails(3, "ambiguous", &["show", "-p", "2"]);
    let faults = all.fails(4, "invalid_values", &["new", "small", "--set", "tries=often"]);
    assert_eq!(faults["error"]["values"].as_array().unwrap().len(), 2);
    all.fails(5, "refused", &["gate", "approve"]);
    all.fails(5, "conflict", &["strategy", "new", "fresh"]);
    all.ok(&["turn", "start", "-p", "Everything", "-s", "implement-5-features"]);
    all.fails(1, "failure", &["send", "-p", "Everything", "--", "false"]);
    let id = home.ok(&["new", "small", "--name", "From tomorrow", "--set", "problem=slow", "-q"]).trim().to_owned();
    let path = format!("data/plans/{id}.toml");
    let text = std::fs::read_to_string(home.path(&path)).unwrap();
    home.write(&path, &text.replacen("schema = 1", "schema = 2", 1));
    all.fails(5, "newer", &["note", "-p", &id, "words"]);
}
