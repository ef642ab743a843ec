//! Text that would command the terminal, as the terminal of the whole program gets it: frames, title, clipboard, the
//! output of agents and editors, messages on the way out, and the log.

use std::os::unix::ffi::OsStrExt as _;

use crate::common::effort::rounds;
use crate::common::pty::{Pty, Spawn};
use crate::full_plan::surroundings;
use crate::given::write;
use crate::hostile::{May, found, is_dangerous, payload, payloads};

/// The texts that were sent to the terminal's clipboard.
pub fn copied(raw: &[u8]) -> Vec<String> {
    let raw = String::from_utf8_lossy(raw);
    let parts = raw.split("\x1b]52;c;").skip(1);
    let decoded = parts.map(|part| base64(part.split(['\x1b', '\x07']).next().unwrap_or_default()));
    decoded.map(|bytes| String::from_utf8(bytes).unwrap()).collect()
}

/// What stands in base64 text.
fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut held, mut out) = (0_u32, 0, Vec::new());
    for letter in text.bytes().filter(|byte| *byte != b'=') {
        let value = LETTERS.iter().position(|known| *known == letter).unwrap();
        (bits, held) = (bits << 6 | value as u32, held + 6);
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

/// A directory whose name would command a terminal; names cannot hold NUL or a slash.
fn named(pty_home: &std::path::Path, turn: usize) -> std::path::PathBuf {
    let name: String = payload(turn).replace(['/', '\0'], "").chars().take(40).collect();
    pty_home.join(format!("d{name}"))
}

#[track_caller]
fn harmless(pty: &Pty, how: &str) {
    // The last of it may be half a frame that is still under way.
    let raw = pty.raw();
    let end = raw.windows(8).rposition(|bytes| bytes == b"\x1b[?2026l").map_or(0, |at| at + 8);
    let wrong = found(&raw[..end], May::Interface);
    assert!(wrong.is_empty(), "{how}: {wrong:?}\n{}", pty.screen());
}

#[test]
fn from_plans_agents_editors_and_errors() {
    for turn in 0..rounds(1, payloads().len()) {
        let home = tempfile::tempdir().unwrap();
        // Everything lies below a name that is a payload, so every path that is shown holds it.
        let inside = named(home.path(), turn);
        let (open, _) = surroundings(&inside, turn);
        write(&inside, "state/memory.json", r#"{"welcomed":true}"#);
        let told = inside.join("told");
        write(&inside, "told", payload(turn + 1));
        let quoted = told.to_str().unwrap().chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect::<String>();
        let settings = format!("clipboard = \"osc52\"\nsend = [\"cat\", \"{quoted}\"]\neditor = [\"{quoted}\"]\n");
        write(&inside, "config/config.toml", settings);
        // A history that cannot be kept is what the log tells of.
        std::fs::remove_dir_all(inside.join("state/history")).unwrap();
        write(&inside, "state/history", "in the way");
        let mut pty = Spawn::setlist().size(120, 40);
        for (name, directory) in [("DATA", "data"), ("CONFIG", "config"), ("STATE", "state")] {
            pty = pty.env(&format!("SETLIST_{name}_DIR"), inside.join(directory).into_os_string());
        }
        let name = std::ffi::OsStr::from_bytes(payload(turn + 2).replace('\0', "").as_bytes()).to_owned();
        let mut pty = pty.env("USER", name).start_in(home);
        pty.wait_text("setlist > Strategies");
        pty.wait_text("Greenfield from scratch");
        pty.send("gp");
        pty.wait_text("In progress");
        pty.send("\r");
        pty.wait_text("> Lanes");
        harmless(&pty, "the plan");
        pty.send("\r");
        pty.wait_text("2 Prompt");
        // The gate of the second turn is decided, then the third can be worked on.
        pty.send("p");
        pty.wait_text("Approve");
        harmless(&pty, "the gate");
        pty.send("\r");
        pty.wait_text("approved");
        pty.send("]t");
        pty.wait_for("it runs", |screen| screen.contains("running"));
        pty.send("y");
        pty.wait_raw(0, "\x1b]52;c;");
        harmless(&pty, "copied");
        pty.send("S");
        pty.wait_text("What the agent printed");
        pty.send("\x03");
        harmless(&pty, "sent");
        // An editor that is no program: the error names it.
        let before = pty.raw().len();
        pty.send("e");
        pty.wait_raw(before, "\x1b[?1049h");
        pty.wait_text("2 Prompt");
        harmless(&pty, "the editor");
        pty.send("q");
        pty.exit();
        pty.wait_raw(0, "\x1b[23;0t");
        let wrong = found(&pty.raw(), May::Interface);
        assert!(wrong.is_empty(), "left: {wrong:?}");
        for text in copied(&pty.raw()) {
            let acts: Vec<char> = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\t')).collect();
            assert!(acts.is_empty(), "copied: {acts:?} in {text:?}");
        }
        let log = std::fs::read(inside.join("state/setlist.log")).unwrap();
        assert!(!log.is_empty(), "nothing was logged of {open}");
        let wrong = found(&log, May::Lines);
        assert!(wrong.is_empty(), "the log: {wrong:?}");
    }
}

#[test]
fn what_is_copied_is_found_in_what_the_terminal_got() {
    assert_eq!(copied(b"x\x1b]52;c;aGkgdGhlcmU=\x1b\\y\x1b]52;c;YQ==\x07"), ["hi there", "a"]);
    assert!(payloads().iter().all(|payload| payload.chars().any(is_dangerous)));
}
