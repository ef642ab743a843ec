//! The terminal is given back, on every way out and many times: line settings, alternate screen, cursor, mouse,
//! paste, focus, keyboard, title; the process is gone in time; what was typed is on disk.
//!
//! `SETLIST_TORTURE=1` goes each way 100 times.

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use rustix::process::Signal as Sig;

use crate::common::effort::{Chance, rounds};
use crate::common::pty::{Pty, Spawn};
use crate::given::{GONE, at_strategies, home, open_form, texts, write};
use crate::program::{Thread, panics_in, tell_to_panic};

/// What is typed before each end.
const TYPED: &str = "half a thought";

fn times() -> usize {
    rounds(3, 100)
}

/// A form with something typed this very moment.
fn typing_in(spawn: Spawn) -> Pty {
    let mut pty = at_strategies(spawn.start_in(home()));
    open_form(&mut pty);
    pty.send(TYPED);
    pty.wait_text(TYPED);
    pty
}

/// What was typed is on disk, and the terminal as it was.
#[track_caller]
fn all_is_well(pty: &Pty) {
    let kept = texts(&pty.home().join("data/drafts")) + &texts(&pty.home().join("data/plans"));
    assert!(kept.contains(TYPED), "what was typed is lost");
    pty.assert_given_back();
}

/// Lets up to `most` milliseconds go by, so that the end comes at any moment of reading, drawing and saving.
fn a_moment(chance: &mut Chance, most: usize) {
    std::thread::sleep(Duration::from_micros(chance.below(most * 1000) as u64));
}

/// Keys that are still being drawn when the end comes.
fn more_keys(pty: &mut Pty, chance: &mut Chance) {
    pty.send(format!(" {}", "word ".repeat(chance.below(40))));
    a_moment(chance, 60);
}

#[test]
fn by_leaving() {
    for round in 0..times() {
        let mut pty = typing_in(Spawn::setlist());
        pty.send("\x1b");
        pty.wait_text("review");
        a_moment(&mut Chance::of(round), 900);
        pty.send("q");
        assert_eq!(pty.exit_within(GONE).exit_code(), 0);
        all_is_well(&pty);
    }
}

#[test]
fn by_each_signal() {
    for (signal, code) in [(Sig::TERM, 143), (Sig::HUP, 129), (Sig::INT, 130), (Sig::QUIT, 131)] {
        for round in 0..times() {
            let mut pty = typing_in(Spawn::setlist());
            more_keys(&mut pty, &mut Chance::of(round));
            pty.signal(signal);
            assert_eq!(pty.exit_within(GONE).exit_code(), code, "{signal:?}");
            all_is_well(&pty);
        }
    }
}

#[test]
fn by_a_panic_in_any_thread() {
    for thread in [Thread::Loop, Thread::Store, Thread::Reader, Thread::Other] {
        for round in 0..times() {
            let mut chance = Chance::of(round);
            let mut pty = typing_in(panics_in(thread));
            match thread {
                Thread::Loop | Thread::Other => {
                    a_moment(&mut chance, 60);
                    tell_to_panic(&pty);
                    pty.send("x");
                }
                // Starting a plan is what asks for the time.
                Thread::Store => {
                    pty.send("\x1b");
                    pty.wait_text("review");
                    pty.send("r");
                    pty.wait_text("> Review");
                    tell_to_panic(&pty);
                    pty.send("\r");
                }
                Thread::Reader => {
                    pty.send("\x1b");
                    pty.wait_text("review");
                    tell_to_panic(&pty);
                    pty.send("gt");
                }
            }
            assert_eq!(pty.exit_within(GONE).exit_code(), 101, "{thread:?}");
            all_is_well(&pty);
            pty.wait_text("told to panic");
            pty.wait_text("the log is");
        }
    }
}

/// The program under strace, which makes one write to the terminal fail.
fn failing_write(number: usize) -> Spawn {
    let script = format!(
        "exec strace -f -qq -o /dev/null -P \"$(tty)\" -e trace=write -e inject=write:error=EIO:when={number} {}",
        env!("CARGO_BIN_EXE_setlist")
    );
    Spawn::new("/bin/sh").arg("-c").arg(script)
}

#[test]
fn by_an_error_of_the_terminal() {
    if !crate::given::has_program("strace") {
        return;
    }
    for round in 0..times() {
        let mut pty = typing_in(failing_write(100 + round % 50));
        // A frame for each key, until one of them fails.
        while pty.runs() {
            let before = pty.raw().len();
            pty.send("x");
            let mut waited = 0;
            while pty.raw().len() == before && waited < 100 {
                waited += 1;
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        assert_eq!(pty.exit_within(GONE).exit_code(), 1);
        all_is_well(&pty);
        pty.wait_text("error:");
    }
}

#[test]
fn by_a_window_that_is_closed_while_it_is_drawn() {
    for round in 0..times() {
        let mut chance = Chance::of(round);
        let mut pty = typing_in(Spawn::setlist().size(200, 60));
        for _ in 0..chance.below(5) {
            pty.resize(150 + chance.below(50) as u16, 40 + chance.below(20) as u16);
        }
        more_keys(&mut pty, &mut chance);
        pty.hang_up();
        pty.exit_within(GONE);
        let kept = texts(&pty.home().join("data/drafts"));
        assert!(kept.contains(TYPED), "{kept:?}");
    }
}

/// An editor that is this script.
fn with_editor(script: Option<&str>) -> Pty {
    let home = home();
    let editor = home.path().join("editor");
    if let Some(script) = script {
        write(home.path(), "editor", format!("#!/bin/sh\n{script}\n"));
        std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut pty = at_strategies(Spawn::setlist().env("EDITOR", editor).start_in(home));
    open_form(&mut pty);
    pty.send(TYPED);
    pty.wait_text(TYPED);
    pty
}

#[test]
fn around_an_editor_that_fails_is_killed_or_is_not_there() {
    // What it did to the terminal is not its own affair: line settings, cursor, colours, the other screen.
    let vandal = "stty raw -echo; printf '\\033[?1049h\\033[?25l\\033[?1000h\\033[31m'; exit 3";
    let scripts = [Some("exit 3"), Some("kill -KILL $$"), Some("kill -TERM $$"), Some(vandal), None];
    for script in scripts {
        for _ in 0..times().div_ceil(2) {
            let mut pty = with_editor(script);
            let before = pty.raw().len();
            pty.send("\x1bOS");
            pty.wait_raw(before, "\x1b[?1049l");
            pty.wait_for("the error", |screen| screen.contains("! ") && screen.contains("editor"));
            assert!(!pty.is_cooked() && pty.terminal().alternate_screen(), "{script:?}");
            pty.send(" on");
            pty.wait_text(&format!("{TYPED} on"));
            pty.send("\x03");
            pty.wait_text("review");
            pty.send("q");
            assert_eq!(pty.exit_within(GONE).exit_code(), 0);
            all_is_well(&pty);
        }
    }
}

#[test]
fn around_each_stop_under_a_shell() {
    let mut pty = Spawn::new("/bin/sh").arg("-i").env("PS1", "here> ").env("ENV", "/dev/null").start_in(home());
    pty.wait_text("here> ");
    // The shell writes the program's id down, so that it can be signalled.
    pty.send(format!("sh -c 'echo $$ > pid; exec {}'\r", env!("CARGO_BIN_EXE_setlist")));
    let mut pty = at_strategies(pty);
    let program = std::fs::read_to_string(pty.home().join("pid")).unwrap().trim().parse().unwrap();
    let program = rustix::process::Pid::from_raw(program).unwrap();
    open_form(&mut pty);
    pty.send(TYPED);
    pty.wait_text(TYPED);
    for round in 0..times() {
        let mut chance = Chance::of(round);
        a_moment(&mut chance, 30);
        let left = pty.raw().len();
        rustix::process::kill_process(program, Sig::TSTP).unwrap();
        let end = pty.wait_raw(left, "topped");
        assert!(pty.is_cooked() && !pty.terminal().alternate_screen() && !pty.terminal().hide_cursor());
        pty.send("fg\n");
        let again = pty.wait_raw(end, "\x1b[?1049h");
        pty.wait_raw(again, TYPED);
        pty.wait_for("the form again", |screen| screen.contains(TYPED) && screen.contains("EDIT"));
    }
    pty.send("\x03");
    pty.wait_text("review");
    pty.send("q");
    pty.wait_for("the shell again", |screen| screen.contains("here> "));
    all_is_well(&pty);
    pty.send("exit\n");
    pty.exit();
}

/// The check itself: a program that leaves any one thing behind is found out.
#[test]
fn a_terminal_that_was_not_given_back_is_found_out() {
    let (on, off) = (
        "\\033[22;0t\\033[?1049h\\033[?25l\\033[?1000h\\033[?1002h\\033[?1006h\\033[?2004h\\033[?1004h\\033[?2026h\\033[>1u",
        [
            "\\033[<1u",
            "\\033[?2026l",
            "\\033[?1004l",
            "\\033[?2004l",
            "\\033[?1006l",
            "\\033[?1002l",
            "\\033[?1000l",
            "\\033[?25h",
            "\\033[?1049l",
            "\\033[23;0t",
        ],
    );
    let given_back = |script: &str| {
        let mut pty = Spawn::new("/bin/sh").arg("-c").arg(script).start();
        pty.exit();
        pty.wait_raw(0, "end");
        pty.takes_back_every_mode() && pty.is_as_before()
    };
    assert!(given_back(&format!("was=$(stty -g); stty raw; printf '{on}{}end'; stty \"$was\"", off.concat())));
    for left_out in off {
        let rest: String = off.iter().filter(|sequence| **sequence != left_out).copied().collect();
        assert!(!given_back(&format!("printf '{on}{rest}end'")), "{left_out}");
    }
    for stty in ["raw", "-echo", "-isig", "-icanon", "-opost", "intr ^A"] {
        assert!(!given_back(&format!("stty {stty}; printf '{on}{}end'", off.concat())), "{stty}");
    }
}
