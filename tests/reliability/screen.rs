//! A system call fails while the interface is open: the screen says NOT SAVED and why, and saves once it can.

use std::fs;

use crate::common::pty::Spawn;
use crate::place::long;
use crate::strace;

/// Calls of one save, with the number of the call: the file's sync, its directory's, the exchange of their names.
const CALLS: &[(&str, usize)] = &[("fsync", 1), ("fsync", 2), ("renameat2", 1)];
const ERRORS: &[(&str, &str)] = &[
    ("EIO", "input/output error"),
    ("ENOSPC", "no space left on device"),
    ("EROFS", "read-only file system"),
    ("EACCES", "permission denied"),
    ("EDQUOT", "disk quota exceeded"),
];

/// Opens a plan, starts its turn while `call` fails, and tries again.
fn save_through(call: &str, n: usize, error: &str, words: &str) {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("state")).unwrap();
    fs::write(home.path().join("state/memory.json"), r#"{"welcomed":true}"#).unwrap();
    let program = env!("CARGO_BIN_EXE_setlist");
    let mut start = std::process::Command::new(program);
    start.args(["new", "bug-investigation", "--name", "Slow", "--set", "bug_report=slow", "-q"]);
    start.env_clear().current_dir(home.path()).env("HOME", home.path()).stdin(std::process::Stdio::null());
    for (name, directory) in [("DATA", "data"), ("CONFIG", "config"), ("STATE", "state")] {
        start.env(format!("SETLIST_{name}_DIR"), home.path().join(directory));
    }
    let id = String::from_utf8(start.output().unwrap().stdout).unwrap().trim().to_owned();
    let plan = home.path().join(format!("data/plans/{id}.toml"));
    let before = fs::read_to_string(&plan).unwrap();
    let mut spawn = Spawn::new("strace").size(120, 40).arg("-D").arg("-f").arg("-o").arg("/dev/null");
    for option in [format!("trace={call}"), format!("inject={call}:error={error}:when={n}")] {
        spawn = spawn.arg("-e").arg(option);
    }
    let mut pty = spawn.arg(program).start_in(home);
    pty.wait_text("1 plan in progress");
    pty.send("gp");
    pty.wait_text("Slow");
    pty.send("\r");
    pty.wait_text("Slow > 1");
    pty.send("t");
    pty.wait_text(&format!("NOT SAVED (ctrl-s tries again): {words}"));
    pty.wait_text("running");
    assert!(fs::read_to_string(&plan).unwrap() == before, "{call} {n} {error}: the file was changed");
    pty.send("\x13");
    pty.wait_for("all is saved", |screen| !screen.contains("NOT SAVED"));
    let after = fs::read_to_string(&plan).unwrap();
    assert!(after.contains("revision = 2") && after.contains("running_since"), "{after}");
    pty.send("q");
    assert_eq!(pty.exit().exit_code(), 0);
}

#[test]
fn the_screen_says_not_saved_and_why_and_saves_once_it_can() {
    if !strace::available() {
        return;
    }
    let mut sessions = 0;
    for (at, (call, n)) in CALLS.iter().enumerate() {
        for (error, words) in ERRORS.iter().skip(if long() { 0 } else { at }).take(if long() { 9 } else { 1 }) {
            save_through(call, *n, error, words);
            sessions += 1;
        }
    }
    tell!("{sessions} sessions on a screen");
}
