//! What the tests start from, and the command line in the same home.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::common::pty::{Pty, Spawn};

/// How long the program may take to end, in the worst case.
pub const GONE: Duration = Duration::from_secs(2);

/// A home where the first-run card was put away, and copies go to the terminal.
pub fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    write(home.path(), "state/memory.json", r#"{"welcomed":true}"#);
    write(home.path(), "config/config.toml", "clipboard = \"osc52\"\n");
    home
}

/// Writes a file below the home.
pub fn write(home: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = home.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// The program, at its list of strategies.
pub fn started() -> Pty {
    at_strategies(Spawn::setlist().start_in(home()))
}

/// Waits for the list of strategies, with everything read.
pub fn at_strategies(pty: Pty) -> Pty {
    pty.wait_text("setlist > Strategies");
    pty.wait_text("Greenfield from scratch");
    pty
}

/// Opens the form of the bug investigation, with the cursor in its report.
pub fn open_form(pty: &mut Pty) {
    pty.send("/bug inv");
    pty.wait_text("/ bug inv");
    pty.send("\r");
    pty.wait_text("enter use");
    pty.send("\r");
    pty.wait_text("Bug report *");
    pty.wait_text("EDIT");
}

/// Starts a plan called by its bug report.
pub fn start_plan(pty: &mut Pty, report: &str) {
    open_form(pty);
    pty.send(report);
    pty.wait_text(report);
    // Escape is one only if nothing follows at once.
    pty.send("\x1b");
    pty.wait_text("review");
    pty.send("r");
    pty.wait_text("> Review");
    pty.send("\r");
    pty.wait_text(&format!("plan '{report}' started"));
}

/// Runs a command of the program in the home; its output, where it ended well.
#[track_caller]
pub fn cli(home: &Path, args: &[&str]) -> String {
    let output = command(home, args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// The program with the environment of the terminal's, but no terminal.
pub fn command(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_setlist"));
    command.args(args).current_dir(home).env_clear().stdin(Stdio::null());
    command.env("HOME", home).env("TERM", "xterm-256color").env("LANG", "C.UTF-8").env("TZ", "UTC");
    for (name, directory) in [("DATA", "data"), ("CONFIG", "config"), ("STATE", "state")] {
        command.env(format!("SETLIST_{name}_DIR"), home.join(directory));
    }
    command
}

/// The texts of all files of a folder.
pub fn texts(folder: &Path) -> String {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect::<Vec<_>>().join("\n")
}

/// Whether a program that a test needs is installed. A machine without it passes without the test;
/// continuous integration, which installs everything, sets `SETLIST_TEST_TOOLS` and does not.
pub fn has_program(name: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths).any(|dir| dir.join(name).is_file());
    assert!(found || std::env::var_os("SETLIST_TEST_TOOLS").is_none(), "{name} is not installed");
    found
}
