//! Files and surroundings that are wrong: said clearly, and left as they are.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;

use crate::common::pty::{Pty, Spawn};
use crate::given::{at_strategies, cli, command, home, start_plan, started, write};

/// The program with this `config.toml`.
fn with_config(text: &str) -> Pty {
    let home = home();
    write(home.path(), "config/config.toml", text);
    at_strategies(Spawn::setlist().size(160, 24).start_in(home))
}

#[test]
fn a_wrong_config_is_named_with_its_place_and_the_defaults_hold() {
    let cases = [
        ("theme = \n", "config.toml:1:9: "),
        ("bell = true\ntheme = \"sepia\"\n", "config.toml:2:9: "),
        ("colour = true\n", "config.toml:1:1: "),
        ("[keys.global]\nquit = \"ctrl-shift-banana\"\n", "config.toml:2:8: "),
        ("[keys.nowhere]\nquit = \"x\"\n", "config.toml:"),
    ];
    for (text, place) in cases {
        let mut pty = with_config(text);
        pty.wait_text(place);
        let screen = pty.screen();
        let line = screen.lines().find(|line| line.contains(place)).unwrap();
        // What to do, after what is wrong.
        assert!(line.contains('('), "{line}");
        pty.send("q");
        assert_eq!(pty.exit().exit_code(), 0);
        assert_eq!(fs::read_to_string(pty.home().join("config/config.toml")).unwrap(), text);
    }
}

#[test]
fn plan_files_that_cannot_be_read_are_listed_and_left_alone() {
    let mut pty = started();
    start_plan(&mut pty, "good");
    pty.send("q");
    pty.exit();
    let home = pty.into_home();
    let plans = home.path().join("data/plans");
    let good = fs::read_dir(&plans).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&good).unwrap();
    let bad = |name: &str| plans.join(format!("2026-01-01-{name}-0000.toml"));
    fs::write(bad("truncated"), &text[..text.len() / 2]).unwrap();
    fs::write(bad("latin"), [text.as_bytes(), b"\xff\xfe"].concat()).unwrap();
    fs::write(bad("empty"), "").unwrap();
    fs::write(home.path().join("elsewhere.toml"), &text).unwrap();
    symlink(home.path().join("elsewhere.toml"), bad("link")).unwrap();
    fs::File::create(bad("huge")).unwrap().set_len(100 * 1024 * 1024).unwrap();
    let names = ["truncated", "latin", "empty", "link", "huge"];
    let contents = || names.map(|name| fs::read(bad(name)).unwrap());
    let before = contents();

    let output = command(home.path(), &["list", "--all"]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    for name in names {
        assert!(told.contains(&format!("2026-01-01-{name}")), "{name}: {told}");
    }
    let mut pty = Spawn::setlist().size(200, 50).start_in(home);
    pty.wait_text("good");
    pty.send("gp");
    for name in names {
        pty.wait_text(&format!("2026-01-01-{name}"));
    }
    // Each of them is walked over and opened in vain.
    for _ in names {
        pty.send("j\r");
    }
    pty.send("\x0c");
    pty.wait_text("Plans");
    pty.send("q");
    assert_eq!(pty.exit().exit_code(), 0);
    assert!(contents() == before, "a file that cannot be read was changed");
    assert_eq!(fs::read_to_string(&good).unwrap(), text);
}

#[test]
fn a_plan_of_a_newer_version_is_shown_and_never_written() {
    let mut pty = started();
    start_plan(&mut pty, "newer");
    pty.send("q");
    pty.exit();
    let home = pty.into_home();
    let file = fs::read_dir(home.path().join("data/plans")).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&file).unwrap().replacen("schema = 1", "schema = 99", 1);
    fs::write(&file, &text).unwrap();
    let mut pty = Spawn::setlist().size(160, 40).start_in(home);
    pty.wait_text("read-only");
    pty.send("t");
    pty.wait_text("! read-only");
    pty.send("q");
    assert_eq!(pty.exit().exit_code(), 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

/// A strategy whose texts would act on a terminal.
const HOSTILE: &str = r#"
schema = 1
id = "hostile"
title = "Evil\u001b]52;c;ZXZpbA==\u0007 \u001b[2J\u202Edlrow\u202C\u009b31m"
category = "debugging"
summary = "sum\u001b[31mmary\u0007"
when = "when\u001b]0;owned\u0007"
[[placeholders]]
name = "what"
label = "Wh\u001b[5mat"
kind = "text"
help = "help\u001b]8;;http://x\u0007"
example = "ex\u202eample"
[[turns]]
id = "one"
title = "Tu\u001b[6nrn"
budget = "5m"
gate = "Ga\u001b[cte"
prompt = "Do {{ what }}\u001bP+q\u001b\\"
[[turns.evidence]]
id = "e"
label = "Ev\u001b[?1049lidence"
kind = "text"
"#;

#[test]
fn text_of_a_strategy_never_acts_on_the_terminal() {
    let home = home();
    write(home.path(), "data/strategies/hostile.toml", HOSTILE);
    let mut pty = at_strategies(Spawn::setlist().size(120, 40).start_in(home));
    let mut upto = 0;
    let mut unharmed = |pty: &Pty| {
        let raw = String::from_utf8_lossy(&pty.raw()[upto..]).into_owned();
        for bad in ["\x1b]52;", "\x1b[31m", "\x1b]0;owned", "\x1b]8;", "\x1b[6n", "\x1b[c", "\x1bP", "\x1b[5m", "\x07"]
        {
            assert!(!raw.contains(bad), "{bad:?}: {}", pty.screen());
        }
        for bad in ['\u{202e}', '\u{202c}', '\u{9b}'] {
            assert!(!raw.contains(bad), "{bad:?}");
        }
        assert!(pty.terminal().alternate_screen());
        upto = pty.raw().len();
    };
    pty.send("/evil");
    pty.wait_text("match 'evil'");
    pty.send("\r");
    pty.wait_text("enter use");
    unharmed(&pty);
    pty.send("\r");
    pty.wait_text("EDIT");
    pty.send("typed\x1b");
    pty.wait_text("review");
    unharmed(&pty);
    pty.send("r");
    pty.wait_text("> Review");
    pty.send("\r");
    pty.wait_text("plan 'typed' started");
    unharmed(&pty);
    pty.send("gp");
    pty.wait_text("Plans");
    unharmed(&pty);
}

#[test]
fn without_a_terminal_it_says_so_in_plain_words() {
    let home = home();
    let output = command(home.path(), &[]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("needs a terminal") && told.contains("--help"), "{told}");
    assert!(output.stdout.is_empty() && !told.contains('\x1b'));
}

#[test]
fn with_only_one_end_at_a_terminal_it_says_so_too() {
    for redirect in ["< /dev/null", "| cat", "> /dev/null"] {
        let script = format!("{} {redirect}; echo ended", env!("CARGO_BIN_EXE_setlist"));
        let mut pty = Spawn::new("/bin/sh").arg("-c").arg(script).start();
        pty.wait_text("ended");
        pty.wait_text("needs a terminal");
        assert!(!String::from_utf8_lossy(&pty.raw()).contains("\x1b[?"), "{redirect}");
        pty.exit();
    }
}

#[test]
fn a_dumb_terminal_is_refused_without_escape_codes() {
    let mut pty = Spawn::setlist().env("TERM", "dumb").start();
    assert!([1, 2].contains(&pty.exit().exit_code()));
    pty.wait_text("error:");
    pty.wait_text("TERM");
    assert!(!pty.raw().contains(&0x1b), "{}", pty.screen());
    assert!(pty.is_cooked());
}

#[test]
fn without_a_home_it_works_or_says_what_to_set() {
    let home = home();
    let mut command = command(home.path(), &["list"]);
    for name in ["HOME", "SETLIST_DATA_DIR", "SETLIST_CONFIG_DIR", "SETLIST_STATE_DIR"] {
        command.env_remove(name);
    }
    // Nothing of this account's own is to be looked at.
    command.env("HOME", "").env("XDG_DATA_HOME", home.path()).env("XDG_CONFIG_HOME", home.path());
    command.env("XDG_STATE_HOME", home.path()).stdout(Stdio::piped());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A data directory below a file: nothing can be written there, by anybody.
fn blocked(home: &Path) {
    fs::remove_dir_all(home.join("data")).ok();
    write(home, "data", "a file");
}

#[test]
fn a_data_directory_that_cannot_be_written_loses_no_word() {
    let home = home();
    blocked(home.path());
    let mut pty = at_strategies(Spawn::setlist().size(160, 30).start_in(home));
    crate::given::open_form(&mut pty);
    pty.send("typed in vain");
    pty.wait_text("NOT SAVED");
    pty.wait_text("ctrl-s tries again");
    pty.send("\x1b");
    pty.wait_text("review");
    pty.send("r");
    pty.wait_text("> Review");
    pty.send("\r");
    pty.wait_text("NOT STARTED (enter tries again)");
    // Leaving says what is lost first.
    pty.send("q");
    pty.wait_text("q again leaves and loses it");
    assert!(pty.runs());
    // Once it can be written, the same key saves.
    fs::remove_file(pty.home().join("data")).unwrap();
    pty.send("\x13");
    pty.wait_for("saved", |screen| !screen.contains("NOT SAVED"));
    pty.send("\r");
    pty.wait_text("plan 'typed in vain' started");
    pty.send("q");
    assert_eq!(pty.exit().exit_code(), 0);
    let home = pty.into_home();
    assert!(cli(home.path(), &["list"]).contains("typed in vain"));
}

#[test]
fn a_state_directory_that_cannot_be_written_is_said_once() {
    let home = home();
    fs::remove_dir_all(home.path().join("state")).unwrap();
    write(home.path(), "state", "a file");
    let mut pty = Spawn::setlist().size(160, 30).start_in(home);
    pty.wait_text("Welcome");
    pty.send(" ");
    pty.wait_text("your place will not be remembered");
    pty.send("\x1b");
    pty.wait_for("it is read", |screen| !screen.contains("remembered"));
    pty.send("*");
    pty.wait_text("marked as a favourite");
    assert!(!pty.screen().contains("remembered"), "{}", pty.screen());
    pty.send("q");
    assert_eq!(pty.exit().exit_code(), 0);
}
