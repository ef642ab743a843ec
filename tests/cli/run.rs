//! `evidence --run` with real programs.

use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::home::{Home, Ran, SMALL, ran};

/// A plan whose turn `fix` is under way: its slot `suite` takes a command.
fn begun() -> Home {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=slow", "-q"]);
    home.ok(&["turn", "skip", "--reason", "r"]);
    home.ok(&["turn", "start"]);
    home
}

/// Runs a command as evidence, with the tests' own PATH.
fn run(home: &Home, options: &[&str], command: &[&str]) -> Ran {
    let args = [&["evidence", "suite", "--run"], options, &["--"], command].concat();
    ran(home.command(&args).env("PATH", std::env::var_os("PATH").unwrap()).output().unwrap())
}

fn recorded(home: &Home) -> Value {
    home.json(&["show"])["plan"]["sessions"][0]["turns"][1]["evidence"][0]["recorded"].clone()
}

#[test]
fn a_command_that_succeeds_is_recorded_and_shown_while_it_runs() {
    let home = begun();
    let ran = run(&home, &[], &["sh", "-c", "printf 'one\\n'; printf 'two\\n' >&2"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    assert_eq!(
        ran.err,
        "one\ntwo\n`sh -c 'printf '\\''one\\n'\\''; printf '\\''two\\n'\\'' >&2'` ended with exit code 0\n\
         evidence recorded: Full suite\n"
    );
    let recorded = recorded(&home);
    assert_eq!((recorded["exit_code"].as_i64(), recorded["text"].as_str()), (Some(0), Some("one\ntwo\n")));
    assert_eq!(recorded["command"], "sh -c 'printf '\\''one\\n'\\''; printf '\\''two\\n'\\'' >&2'");
}

#[test]
fn a_command_that_fails_is_recorded_with_its_code_and_said_to() {
    let home = begun();
    let ran = run(&home, &[], &["false"]);
    assert_eq!(ran.code, 0, "recorded, whatever the code: {ran:?}");
    assert!(ran.err.contains("`false` ended with exit code 1"), "{ran:?}");
    assert!(ran.err.contains("recorded, but it ended with exit code 1 and has to succeed: Full suite"), "{ran:?}");
    assert_eq!(recorded(&home)["exit_code"], 1);
    assert!(run(&home, &[], &["true"]).err.ends_with("evidence recorded: Full suite\n"));
    assert_eq!(recorded(&home)["exit_code"], 0);
}

#[test]
fn a_signal_is_told_as_a_shell_tells_it() {
    let home = begun();
    run(&home, &[], &["sh", "-c", "kill -9 $$"]);
    assert_eq!(recorded(&home)["exit_code"], 137);
}

#[test]
fn only_the_end_of_a_flood_is_kept() {
    let home = begun();
    let ran = run(&home, &["-q"], &["sh", "-c", "yes flood | head -c 5000000; echo; echo the end"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "quiet is quiet: {} bytes", ran.err.len());
    let text = recorded(&home)["text"].as_str().unwrap().to_owned();
    assert!(text.len() <= 64 * 1024 && text.len() > 60 * 1024 && text.ends_with("\nthe end\n"), "{}", text.len());
}

#[test]
fn what_the_command_leaves_behind_does_not_keep_it() {
    let home = begun();
    let ran = run(&home, &["--timeout", "50s"], &["sh", "-c", "sleep 60 & echo started"]);
    assert!(ran.err.starts_with("started\n") && ran.err.contains("exit code 0"), "{ran:?}");
}

#[test]
fn a_command_gets_standard_input_or_leaves_it_alone() {
    let home = begun();
    let input = home.write("answer", "typed");
    let args = ["evidence", "suite", "--run", "--", "cat"];
    let mut command = home.command(&args);
    command.env("PATH", std::env::var_os("PATH").unwrap()).stdin(std::fs::File::open(input).unwrap());
    assert_eq!(ran(command.output().unwrap()).code, 0);
    assert_eq!(recorded(&home)["text"], "typed");
    // One that reads nothing, with a pipe that nobody closes.
    let mut command = home.command(&["evidence", "suite", "--run", "--", "true"]);
    let mut child = command.env("PATH", std::env::var_os("PATH").unwrap()).stdin(Stdio::piped()).spawn().unwrap();
    let open = child.stdin.take();
    assert!(child.wait().unwrap().success());
    drop(open);
}

#[test]
fn a_time_limit_ends_it_and_all_that_it_started() {
    let home = begun();
    let script = "trap '' TERM; echo $$ >pid; echo begun; sleep 60; sleep 60";
    let ran = run(&home, &["--timeout", "1s"], &["sh", "-c", script]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let recorded = recorded(&home);
    assert_eq!(recorded["exit_code"], 137, "TERM was not enough");
    assert_eq!(recorded["text"], "begun\n(ended after its time limit of 1s)");
    // One that ends well when it is told to has not shown that it works.
    run(&home, &["--timeout", "1s"], &["sh", "-c", "trap 'exit 0' TERM; sleep 60 & wait"]);
    assert_eq!(self::recorded(&home)["exit_code"], 124);
    let refused = run(&home, &["--timeout", "1m-2m"], &["true"]);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.err.contains("is a range"), "{refused:?}");
}

#[test]
fn what_is_shown_cannot_command_the_terminal() {
    let home = begun();
    let ran = run(&home, &[], &["printf", "\\033]0;title\\007\\r\\nnext\\u202e"]);
    assert!(!ran.err.contains('\u{1b}') && ran.err.starts_with("^[]0;title^G\nnext"), "{ran:?}");
}

#[test]
fn nothing_is_run_whose_result_would_be_refused() {
    let home = begun();
    for (args, code, why) in [
        (&["evidence", "figur", "--run", "--", "touch", "ran"][..], 3, "no evidence slot"),
        (&["evidence", "figure", "-t", "measure", "--run", "--", "touch", "ran"], 4, "takes a number"),
        (&["evidence", "suite", "--run"], 2, "--"),
        (&["evidence", "suite", "--", "touch", "ran"], 2, "--run"),
        (&["evidence", "suite", "--run", "text", "--", "touch", "ran"], 2, "--run"),
        (&["evidence", "suite", "--timeout", "5s", "text"], 2, "--run"),
        (&["evidence", "suite", "--run", "--", "no-such-program"], 3, "there is no program `no-such-program`"),
    ] {
        let ran = home.run(args);
        assert_eq!(ran.code, code, "{args:?}: {ran:?}");
        assert!(ran.err.contains(why), "{args:?}: {ran:?}");
    }
    assert!(!home.path("work/ran").exists());
    assert!(recorded(&home).is_null());
}

#[test]
fn words_alone_are_no_run() {
    let home = begun();
    run(&home, &[], &["false"]);
    let ran = home.run(&["evidence", "suite", "all tests pass"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            4,
            "error: 'Full suite' holds a run with exit code 1, and words do not take its place\n\
             hint: `setlist evidence suite --run -- CMD` runs one and records it; for one that was run elsewhere: \
             --command CMD --exit-code N, and the end of its output as the value\n"
        )
    );
    assert_eq!(recorded(&home)["exit_code"].as_i64(), Some(1), "the run that failed is still there");
    home.ok(&["evidence", "suite", "--command", "make check", "--exit-code", "0"]);
    assert_eq!(recorded(&home)["exit_code"].as_i64(), Some(0));
}

#[test]
fn a_run_that_says_nothing_is_no_text() {
    let home = begun();
    let log = ["evidence", "log", "-t", "measure", "--run", "--"];
    let with_path = |command: &[&str]| {
        let mut started = home.command(&[&log[..], command].concat());
        ran(started.env("PATH", std::env::var_os("PATH").unwrap()).output().unwrap())
    };
    let silent = with_path(&["true"]);
    assert_eq!(silent.code, 4, "{silent:?}");
    assert!(silent.err.contains("'Log' wants words, and the command said nothing"), "{silent:?}");
    let said = with_path(&["echo", "cold cache"]);
    assert_eq!((said.code, said.err.ends_with("evidence recorded: Log\n")), (0, true), "{said:?}");
}

#[test]
fn json_is_the_plan_and_the_output_goes_to_standard_error() {
    let home = begun();
    let ran = run(&home, &["--json"], &["echo", "said"]);
    let printed: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((printed["schema"].as_str(), ran.err.as_str()), (Some("setlist.plan/1"), "said\n"));
}

/// Sends a signal to setlist itself while a command runs.
fn signalled(home: &Home, options: &[&str], signal: &str, script: &str) -> Ran {
    let args = [&["evidence", "suite", "--run"], options, &["--", "sh", "-c", script]].concat();
    let mut command = home.command(&args);
    command.env("PATH", std::env::var_os("PATH").unwrap()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    let begun = home.path("work/begun");
    while !begun.exists() {
        std::thread::sleep(Duration::from_millis(20));
    }
    std::fs::remove_file(begun).unwrap();
    let sent = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    ran(child.wait_with_output().unwrap())
}

#[test]
fn an_interrupt_ends_the_command_and_records_nothing_unless_asked() {
    let home = begun();
    let script = "echo text; touch begun; sleep 60";
    let ran = signalled(&home, &[], "-INT", script);
    assert_eq!(ran.code, 130, "{ran:?}");
    assert!(ran.err.contains("interrupted; nothing was recorded"), "{ran:?}");
    assert!(recorded(&home).is_null());
    let ran = signalled(&home, &["--keep-interrupted"], "-INT", script);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!((recorded(&home)["exit_code"].as_i64(), recorded(&home)["text"].as_str()), (Some(130), Some("text\n")));
}

#[test]
fn when_setlist_is_told_to_end_so_is_the_command() {
    let home = begun();
    let ran = signalled(&home, &["--keep-interrupted"], "-TERM", "echo $$ >pid; touch begun; sleep 60");
    assert_eq!(ran.code, 130, "{ran:?}");
    assert!(recorded(&home).is_null());
    let pid = std::fs::read_to_string(home.path("work/pid")).unwrap();
    let there = std::process::Command::new("kill").args(["-0", pid.trim()]).stderr(Stdio::null()).status().unwrap();
    assert!(!there.success(), "the command still runs");
}
