//! A finished plan made into a strategy by the command line.

use crate::home::{Home, SMALL};

/// A home with a finished plan of the small strategy, a turn of it rewritten by hand, one added.
fn finished() -> Home {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--name", "Slow login", "--set", "problem=slow login page", "-q"]);
    let prompt = "Fix the slow login page.\n{{ not a value }}";
    home.ok(&["turn", "add", "--title", "Look again", "--prompt", prompt, "--kind", "validate"]);
    for _ in 0..3 {
        home.ok(&["turn", "start"]);
        home.ok(&["turn", "done"]);
    }
    home
}

#[test]
fn a_plan_becomes_a_strategy_that_can_be_used_at_once() {
    let home = finished();
    let refused = home.fails(5, &["distil", "--id", "login-faults"]);
    assert!(refused.contains("is not finished: 1 session is open") && refused.contains("hint: finish it"), "{refused}");
    assert!(!home.path("data/strategies/login-faults.toml").exists());
    home.ok(&["finish", "--unverified", "tried by hand"]);

    let told = home.told(&["distil", "--id", "login-faults", "--title", "Faults at login"]);
    let path = home.path("data/strategies/login-faults.toml");
    insta::assert_snapshot!(format!("{told}\n{}", home.same(&std::fs::read_to_string(&path).unwrap())));
    assert_eq!(home.ok(&["strategy", "lint", path.to_str().unwrap()]), "");
    assert!(home.ok(&["strategy", "list"]).contains("login-faults"));
    let prompt = home.ok(&["strategy", "render", "login-faults", "--set", "problem=lost mail", "--turn", "look-again"]);
    assert!(prompt.contains("Fix the lost mail.\n{{ not a value }}"), "{prompt}");
    home.ok(&["new", "login-faults", "--set", "problem=lost mail", "-q"]);
}

#[test]
fn nothing_is_replaced_unasked_and_what_comes_first_is_said() {
    let home = finished();
    home.ok(&["finish", "--unverified", "tried by hand"]);
    let taken = home.fails(5, &["distil", "--id", "small"]);
    assert!(taken.contains("there is a strategy `small` already") && taken.contains("--yes"), "{taken}");
    assert_eq!(std::fs::read_to_string(home.path("data/strategies/small.toml")).unwrap(), SMALL);
    let replaced = home.run(&["distil", "--id", "small", "--yes"]);
    assert!(replaced.code == 0 && replaced.err.contains("the strategy `small` was replaced"), "{replaced:?}");
    assert_ne!(std::fs::read_to_string(home.path("data/strategies/small.toml")).unwrap(), SMALL);
    let hides = home.run(&["distil", "--id", "bug-investigation"]);
    assert!(hides.err.contains("takes the place of the built-in `bug-investigation`"), "{hides:?}");

    let text = home.ok(&["distil", "--id", "other", "--output", "-"]);
    home.ok(&["distil", "--id", "other", "--output", "other.toml"]);
    assert_eq!(std::fs::read_to_string(home.path("work/other.toml")).unwrap(), text);
    assert!(home.fails(5, &["distil", "--id", "other", "-o", "other.toml"]).contains("--yes"));
    assert!(!home.path("data/strategies/other.toml").exists());
}

#[test]
fn scripts_get_the_path_and_the_right_exit_codes() {
    let home = finished();
    home.ok(&["finish", "--unverified", "tried by hand"]);
    let printed = home.json(&["distil", "--id", "mine"]);
    assert_eq!(printed["schema"], "setlist.path/1");
    assert_eq!(printed["path"], home.path("data/strategies/mine.toml").to_str().unwrap());
    assert!(home.fails(4, &["distil", "--id", "Not Mine"]).contains("not-mine"));
    assert!(home.fails(4, &["distil", "--id", "mine2", "--title", " "]).contains("title"));
    home.fails(3, &["distil", "--id", "mine2", "-p", "nosuch"]);
    home.fails(2, &["distil"]);
}
