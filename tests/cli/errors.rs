//! How commands fail: exit codes, messages with hints, JSON, closed pipes.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use crate::home::{Home, SMALL};

#[test]
fn a_wrong_command_line_is_exit_code_2_in_words_and_in_json() {
    let home = Home::new();
    assert!(home.fails(2, &["strateg"]).contains("strategy"));
    let error: Value = serde_json::from_str(&home.fails(2, &["list", "--al", "--json"])).unwrap();
    assert_eq!(error["error"]["code"], "usage");
    assert!(error["error"]["message"].as_str().unwrap().contains("--al"));
}

#[test]
fn errors_under_json_have_code_message_and_hint() {
    let home = Home::new();
    let error: Value = serde_json::from_str(&home.fails(3, &["show", "--json"])).unwrap();
    assert_eq!(error["error"]["code"], "not_found");
    assert_eq!(error["error"]["message"], "there is no plan yet");
    assert!(error["error"]["hint"].as_str().unwrap().contains("setlist new"));
}

#[test]
fn without_a_terminal_the_interface_does_not_open() {
    let home = Home::new();
    assert!(home.fails(2, &[]).contains("needs a terminal"));
}

#[test]
fn help_and_version_go_to_stdout() {
    let home = Home::new();
    let help = home.ok(&["--help"]);
    for word in ["strategy", "turn", "Exit codes", "--data-dir"] {
        assert!(help.contains(word), "{word}: {help}");
    }
    assert!(home.ok(&["--version"]).starts_with("setlist "));
    assert!(home.ok(&["--help", "--color", "always"]).contains("\u{1b}["));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let home = Home::new();
    for args in [&["strategy", "list", "--json"][..], &["strategy", "schema"], &["--help"], &["man"]] {
        let mut child = home.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        let status = child.wait().unwrap();
        assert_eq!((status.code(), err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_nothing_takes_is_a_failure() {
    let home = Home::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = home.command(&["strategy", "list"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot write the output"));
}

#[test]
fn quiet_says_nothing_but_what_went_wrong() {
    let home = Home::new();
    home.strategy("small", SMALL);
    let ran = home.run(&["new", "small", "--set", "problem=slow", "-q"]);
    assert_eq!(ran.err, "");
    let ran = home.run(&["-q", "turn", "start"]);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    assert!(home.fails(5, &["turn", "start", "-q"]).contains("already running"));
}

#[test]
fn a_name_that_several_sessions_have_is_asked_back() {
    let home = Home::new();
    let session =
        |id: &str| format!("[[sessions]]\nid = \"{id}\"\n[[sessions.turns]]\nid = \"do\"\nprompt = \"{id}\"\n");
    home.strategy(
        "two",
        &format!(
            "schema = 1\nid = \"two\"\ntitle = \"Two\"\n{}{}{}",
            session("a"),
            session("b"),
            session("c").replace("\"do\"", "\"last\"")
        ),
    );
    home.ok(&["new", "two", "-q"]);
    assert_eq!(home.ok(&["prompt"]), "a");
    assert_eq!(home.ok(&["prompt", "-s", "b"]), "b");
    assert_eq!(home.ok(&["prompt", "-t", "last"]), "c");
    home.ok(&["turn", "start", "-s", "c", "-q"]);
    let error = home.fails(3, &["prompt", "-t", "do"]);
    assert!(error.contains("-s a or -s b"), "{error}");
    assert!(home.fails(3, &["prompt", "-s", "d"]).contains("did you mean"));
}

#[test]
fn completions_and_the_manual_are_printed() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(home.ok(&["completions", shell]).contains("setlist"), "{shell}");
    }
    assert!(home.ok(&["man"]).contains(".TH setlist 1"));
}

#[test]
fn the_doctor_finds_what_is_out_of_order() {
    let home = Home::new();
    assert!(home.ok(&["doctor"]).starts_with("ok "));
    home.strategy("bad", "schema = 1\n");
    let ran = home.run(&["doctor"]);
    assert!(ran.code == 1 && ran.out.contains("problem "), "{ran:?}");
    let ran = home.run(&["doctor", "--json"]);
    let checks: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(checks["schema"], "setlist.checks/1");
    assert!(checks["items"].as_array().unwrap().iter().any(|check| check["ok"] == false));
    // Everything that is wrong in the settings, keys among it, in the order of the file.
    home.write("config/config.toml", "theme = \"drak\"\n[keys.global]\nquitt = \"q\"\n[review]\ngoals = 1\n");
    let told = home.run(&["doctor"]).out;
    let at: Vec<Option<usize>> = ["config.toml:1:9: `theme`", "did you mean `quit`", "config.toml:5:1: unknown key"]
        .iter()
        .map(|part| told.find(part))
        .collect();
    assert!(at.is_sorted() && at[0].is_some(), "{at:?}: {told}");
}

#[test]
fn settings_are_found_and_read() {
    let home = Home::new();
    assert_eq!(home.same(&home.ok(&["config", "path"])), "[HOME]/config/config.toml\n");
    assert_eq!(home.ok(&["config", "get", "theme"]), "auto\n");
    home.write("config/config.toml", "theme = \"dark\"\nbel = true\n");
    assert_eq!(home.ok(&["config", "get", "theme"]), "dark\n");
    let ran = home.run(&["config", "get"]);
    assert!(ran.out.contains("theme = \"dark\"\n") && ran.err.contains("config.toml:2:1"), "{ran:?}");
    assert_eq!(home.json(&["config", "get"])["settings"]["mouse"], true);
    assert!(home.fails(3, &["config", "get", "themes"]).contains("did you mean `theme`?"));
}

#[test]
fn the_data_directory_can_be_named() {
    let home = Home::new();
    home.strategy("small", SMALL);
    let other = home.path("other");
    let args =
        ["--data-dir", other.to_str().unwrap(), "new", "bug-investigation", "--set", "bug_report=It fails", "-q"];
    home.ok(&args);
    assert_eq!(home.ok(&["list"]), "");
    assert_eq!(std::fs::read_dir(other.join("plans")).unwrap().count(), 1);
}

#[test]
fn options_for_a_plan_may_stand_before_the_command() {
    let home = Home::new();
    home.strategy("small", SMALL);
    for name in ["first", "second"] {
        home.ok(&["new", "small", "--set", "problem=slow", "--name", name, "-q"]);
    }
    assert!(home.ok(&["-p", "first", "show"]).contains("first"));
    assert_eq!(home.ok(&["--plan=first", "-t", "fix", "prompt"]), "Fix it.");
    home.ok(&["-q", "-p", "first", "turn", "start"]);
    let started = |name: &str| home.json(&["show", "-p", name])["plan"]["sessions"][0]["turns"][0]["state"].clone();
    assert_eq!([started("first"), started("second")], ["active", "pending"]);
    // Who takes no plan refuses one, wherever it stands.
    for args in [&["-p", "first", "doctor"][..], &["-p", "first", "strategy", "list"], &["-s", "main", "stats"]] {
        assert!(home.fails(2, args).contains("unexpected argument '-"), "{args:?}");
    }
    assert!(home.fails(2, &["-p", "first"]).contains("unexpected argument '-p'"));
    assert!(home.fails(2, &["-p", "first", "show", "-p", "second"]).contains("cannot be used multiple times"));
}
