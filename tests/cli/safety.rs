//! Other people's text on its way to the terminal.

use crate::home::{Home, SMALL};

/// What a terminal would act on, and what a person would not see.
const HOSTILE: &str = "Evil \\u001B]0;owned\\u0007\\u001B[2J\\u202E\\u009B31m\\u200B";

fn clean(text: &str) {
    for c in ['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}', '\u{200b}', '\r'] {
        assert!(!text.contains(c), "{c:?} in {text:?}");
    }
}

#[test]
fn escapes_in_files_never_reach_the_terminal_as_they_are() {
    let home = Home::new();
    let hostile = |text: &str| format!("\"{HOSTILE} {text}\"");
    let mut text = SMALL.to_owned();
    for word in [
        "Small fix",
        "debugging",
        "Measure, then fix",
        "quick",
        "Problem",
        "Response time",
        "ms",
        "Measure",
        "Mean time",
        "Users told",
        "round",
    ] {
        text = text.replace(&format!("\"{word}\""), &hostile(word));
    }
    home.strategy("small", &text);
    home.strategy(
        "worse",
        &text.replace("id = \"small\"", &format!("id = {}", hostile("x"))).replace("[[turns]]", "[[turns]"),
    );
    let name = "N\u{1b}[2J\u{202e}";
    let run = |args: &[&str]| {
        let ran = home.run(args);
        clean(&ran.out);
        clean(&ran.err);
        ran
    };
    run(&["new", "small", "--name", name, "--set", "problem=p\u{1b}[31m\u{202e}q\u{9b}"]);
    for args in [
        &["strategy", "list"][..],
        &["strategy", "show", "small"],
        &["strategy", "render", "small"],
        &["strategy", "lint"],
        &["list"],
        &["turn", "start"],
        &["note", "\u{1b}[2Jn"],
        &["evidence", "log", "\u{1b}[2J\u{202e}"],
        &["evidence", "figure", "5"],
        &["metric", "latency", "4"],
        &["turn", "repeat"],
        &["turn", "skip", "--reason", "\u{1b}r"],
        &["status"],
        &["show"],
        &["log"],
        &["export"],
        &["show", "-p", "\u{1b}[2J"],
        &["strategy", "show", "\u{1b}[2J"],
    ] {
        run(args);
        run(&[args, &["--json"]].concat());
        if !args.contains(&"turn") {
            let ran = home.run(&[args, &["--color", "never"]].concat());
            assert!(!ran.out.contains('\u{1b}'), "{args:?}");
        }
    }
}

#[test]
fn a_prompt_is_piped_byte_for_byte_and_what_hides_in_it_is_warned_of() {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=p\u{1b}[31m\u{202e}q", "-q"]);
    let ran = home.run(&["prompt"]);
    assert_eq!(ran.out, "Measure p\u{1b}[31m\u{202e}q, 3 times.\n");
    assert!(ran.err.contains("1 control characters") && ran.err.contains("1 hidden ones"), "{ran:?}");
}

#[test]
fn colours_are_for_terminals_or_on_demand() {
    let home = Home::new();
    home.strategy("small", SMALL);
    assert!(!home.ok(&["strategy", "show", "small"]).contains('\u{1b}'));
    assert!(home.ok(&["strategy", "show", "small", "--color", "always"]).contains("\u{1b}[1m"));
    let output = home.command(&["strategy", "show", "small", "--color=always"]).env("NO_COLOR", "1").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("\u{1b}[1m"), "what was asked for wins");
}
