//! The terminal runtime in a real terminal: taken and given back on every way out.
//!
//! The program under test is this test binary itself: [`program`] is a small loop over the
//! runtime when [`SELF`] is set, and nothing else.
#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

mod common;

use std::time::{Duration, Instant};

use common::pty::{Pty, Spawn};
use crossterm::event::{Event as Input, KeyCode, KeyModifiers};
use rustix::process::Signal as Sig;
use setlist::os::detect::process_env;
use setlist::os::editor::{edit, resolve};
use setlist::tui::runtime::background::ask_background;
use setlist::tui::runtime::foreground::in_foreground;
use setlist::tui::runtime::panic::install_panic_hook;
use setlist::tui::runtime::plain::plain_screen;
use setlist::tui::runtime::suspend::suspend;
use setlist::tui::runtime::{Event, Events, Options, Screen, Signal};

/// Set where this binary is the program under test.
const SELF: &str = "SETLIST_PTY_PROGRAM";
/// A second more than the watchdog has.
const GONE: Duration = Duration::from_secs(4);

/// Not a test: the program under test.
#[test]
fn program() {
    if std::env::var_os(SELF).is_some() {
        std::process::exit(run());
    }
}

fn run() -> i32 {
    install_panic_hook(Some("the-log".into()));
    let (mut events, sender) = Events::<String>::open().unwrap();
    let options = Options { mouse: true, keyboard: true, title: Some("mini\x1b\\\x07".to_owned()) };
    let mut screen = Screen::enter(options).unwrap();
    let mut said = String::from("ready");
    let mut frames = 0;
    loop {
        if !events.has_pending() {
            frames += 1;
            // The terminal may be gone before any event says so.
            if screen.draw(|frame| show(frame, &format!("{said} frame{frames}."))).is_err() {
                return 129;
            }
        }
        match events.next(None) {
            Event::Input(Input::Key(key)) => match key.code {
                KeyCode::Char('q') => return 0,
                KeyCode::Char('p') => panic!("in the loop"),
                KeyCode::Char('P') => drop(std::thread::spawn(|| panic!("elsewhere"))),
                KeyCode::Char('e') => {
                    let command = resolve(&[], &process_env);
                    said = format!(
                        "edited {:?}",
                        edit(&command, "text", ".md", |command| in_foreground(&mut screen, command))
                            .map_err(|e| e.to_string())
                    );
                }
                KeyCode::Char('z') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                    said = format!("{:?}", suspend(&mut screen).unwrap());
                }
                KeyCode::Char('m') => screen.set_mouse(false).unwrap(),
                KeyCode::Char('s') => plain_screen(&mut screen, &mut events, "select\nme").unwrap(),
                KeyCode::Char('b') => ask_background().unwrap(),
                KeyCode::Char('h') => {
                    screen.draw(|frame| show(frame, "hanging")).unwrap();
                    std::thread::sleep(Duration::from_mins(1));
                }
                KeyCode::Char('t') => {
                    let sender = sender.clone();
                    std::thread::spawn(move || sender.send("told".to_owned()));
                }
                KeyCode::Char('f') => loop {
                    screen.redraw_all();
                    screen.draw(|frame| show(frame, &"flood ".repeat(500))).unwrap();
                },
                code => said = format!("key {code:?} {:?}", key.modifiers),
            },
            Event::Input(other) => said = format!("{other:?}"),
            Event::Resize => match screen.size() {
                Ok(size) => said = format!("size {size:?}"),
                Err(_) => return 129,
            },
            Event::Background(red, green, blue) => said = format!("background {red} {green} {blue}"),
            Event::Message(text) => said = text,
            Event::Signal(Signal::Terminate(kind)) => return kind.exit_code(),
            Event::Signal(Signal::Hangup) => return 129,
            Event::Signal(Signal::Panic) => return 101,
            Event::Signal(Signal::Suspend) => drop(suspend(&mut screen)),
            Event::Signal(Signal::Continue) => screen.reassert().unwrap(),
            Event::Tick => {}
        }
    }
}

fn show(frame: &mut ratatui::Frame, text: &str) {
    let area = frame.area();
    let paragraph = ratatui::widgets::Paragraph::new(text.to_owned()).wrap(ratatui::widgets::Wrap { trim: false });
    frame.render_widget(paragraph, area);
}

fn spawn() -> Spawn {
    let this = std::env::current_exe().unwrap();
    Spawn::new(this).arg("--exact").arg("program").arg("--nocapture").arg("--test-threads=1").env(SELF, "1")
}

fn started() -> Pty {
    let pty = spawn().start();
    pty.wait_text("ready frame1.");
    pty
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut pty = started();
    assert!(!pty.is_cooked() && pty.terminal().alternate_screen());
    pty.send("q");
    assert_eq!(pty.exit().exit_code(), 0);
    pty.assert_given_back();
}

#[test]
fn each_signal_that_ends_gives_the_terminal_back_and_its_exit_code() {
    for (signal, code) in [(Sig::TERM, 143), (Sig::HUP, 129), (Sig::INT, 130), (Sig::QUIT, 131)] {
        let mut pty = started();
        pty.signal(signal);
        assert_eq!(pty.exit_within(GONE).exit_code(), code, "{signal:?}");
        pty.assert_given_back();
    }
}

#[test]
fn a_panic_in_the_loop_gives_the_terminal_back_before_it_speaks() {
    let mut pty = started();
    pty.send("p");
    assert_eq!(pty.exit_within(GONE).exit_code(), 101);
    pty.assert_given_back();
    pty.wait_text("in the loop");
    pty.wait_text("the-log");
}

#[test]
fn a_panic_elsewhere_ends_the_program_too() {
    let mut pty = started();
    pty.send("P");
    assert_eq!(pty.exit_within(GONE).exit_code(), 101);
    pty.assert_given_back();
    pty.wait_text("elsewhere");
    // Nothing was drawn over the message.
    assert!(!pty.screen().contains("frame"), "{}", pty.screen());
}

#[test]
fn a_loop_that_hangs_is_left_within_the_time() {
    let mut pty = started();
    pty.send("h");
    pty.wait_text("hanging");
    pty.signal(Sig::TERM);
    let start = Instant::now();
    assert_eq!(pty.exit_within(GONE).exit_code(), 143);
    assert!(start.elapsed() > Duration::from_millis(1500), "the loop had no time to save");
    pty.assert_given_back();
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let mut pty = started();
    pty.send("h");
    pty.wait_text("hanging");
    pty.signal(Sig::INT);
    std::thread::sleep(Duration::from_millis(200));
    pty.signal(Sig::INT);
    assert_eq!(pty.exit_within(Duration::from_millis(1500)).exit_code(), 130);
    pty.assert_given_back();
}

#[test]
fn a_terminal_that_takes_nothing_does_not_keep_the_process() {
    let mut pty = started();
    pty.stop_reading();
    pty.send("f");
    std::thread::sleep(Duration::from_millis(200));
    pty.signal(Sig::TERM);
    assert_eq!(pty.exit_within(GONE).exit_code(), 143);
    assert!(pty.is_cooked());
}

#[test]
fn a_terminal_that_is_gone_ends_the_program_after_saving() {
    let mut pty = started();
    pty.hang_up();
    let code = pty.exit_within(GONE).exit_code();
    assert!(code == 129, "{code}");
}

#[test]
fn many_new_sizes_end_in_the_last() {
    let pty = started();
    for step in 0..200 {
        pty.resize(40 + step % 50, 10 + step % 7);
    }
    pty.resize(100, 30);
    pty.wait_text("width: 100, height: 30");
}

#[test]
fn keys_pastes_and_messages_arrive() {
    let mut pty = started();
    pty.send("\x1b[1;5C");
    pty.wait_text("key Right KeyModifiers(CONTROL)");
    pty.send("\x1b");
    pty.wait_text("key Esc");
    pty.send("\x1b[200~one\rtwo\x1b[201~");
    pty.wait_text("Paste(\"one\\ntwo\")");
    pty.send("t");
    pty.wait_text("told");
    pty.send("b");
    pty.wait_raw(0, "\x1b]11;?");
    pty.send("\x1b]11;rgb:ffff/0000/8080\x1b\\\x1b[?62c");
    pty.wait_text("background 255 0 128");
}

#[test]
fn the_title_is_made_harmless_and_a_frame_is_one_update() {
    let pty = started();
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    assert!(raw.contains("\x1b]0;mini^[\\^G\x1b\\"), "{raw:?}");
    assert!(raw.find("\x1b[?2026h").unwrap() < raw.find("ready").unwrap());
    assert!(raw.rfind("\x1b[?2026l").unwrap() > raw.find("ready").unwrap());
}

#[test]
fn the_mouse_can_be_left_to_the_terminal() {
    let mut pty = started();
    pty.send("m");
    let end = pty.wait_raw(0, "\x1b[?1000l");
    pty.send("q");
    pty.exit();
    let raw = pty.raw();
    assert!(!String::from_utf8_lossy(&raw[end..]).contains("1000"), "taken back twice");
}

#[test]
fn the_editor_has_the_terminal_and_its_text_comes_back() {
    let editor = "sh -c 'test -t 0 && test -t 1 && stty -a | grep -q \" icanon\" && printf new >\"$1\"' ed";
    let mut pty = spawn().env("EDITOR", editor).start();
    pty.wait_text("ready");
    pty.send("e");
    pty.wait_text("edited Ok(Some(\"new\"))");
    assert!(!pty.is_cooked() && pty.terminal().alternate_screen());
    pty.send("q");
    pty.exit();
    pty.assert_given_back();
}

#[test]
fn an_editor_that_fails_or_is_not_there_leaves_the_screen_as_it_was() {
    for (editor, message) in [("false", "editor 'false' failed"), ("no-such-editor", "was not found")] {
        let mut pty = spawn().env("EDITOR", editor).start();
        pty.wait_text("ready");
        pty.send("e");
        pty.wait_text(message);
        assert!(pty.terminal().alternate_screen());
        pty.send("q");
        pty.exit();
        pty.assert_given_back();
    }
}

#[test]
fn ctrl_c_in_the_editor_is_the_editor_s() {
    let editor = "sh -c 'trap \"printf got >\\\"$1\\\"; exit 0\" INT; echo editing; while :; do sleep 0.05; done' ed";
    let mut pty = spawn().env("EDITOR", editor).start();
    pty.wait_text("ready");
    pty.send("e");
    pty.wait_text("editing");
    pty.send("\x03");
    pty.wait_text("edited Ok(Some(\"got\"))");
    assert!(pty.runs());
}

#[test]
fn a_signal_while_the_editor_runs_ends_both_and_keeps_the_text() {
    let editor = "sh -c 'printf typed >\"$1\"; echo editing; exec sleep 60' ed";
    let mut pty = spawn().env("EDITOR", editor).start();
    pty.wait_text("ready");
    pty.send("e");
    pty.wait_text("editing");
    pty.signal(Sig::TERM);
    assert_eq!(pty.exit_within(GONE).exit_code(), 143);
    pty.assert_given_back();
    let kept = std::fs::read_dir(pty.home()).unwrap().find_map(|entry| {
        let path = entry.unwrap().path().join("text.md");
        std::fs::read_to_string(path).ok()
    });
    assert_eq!(kept.as_deref(), Some("typed"));
}

#[test]
fn without_a_shell_a_stop_is_refused() {
    let mut pty = started();
    pty.send("\x1a");
    pty.wait_text("NoJobControl");
    pty.signal(Sig::TSTP);
    pty.send("x");
    pty.wait_text("key Char('x')");
}

#[test]
fn a_shell_can_stop_it_and_bring_it_back() {
    let mut pty = in_shell();
    for (by_signal, key) in [(false, "k"), (true, "y")] {
        let before = pty.raw().len();
        if by_signal {
            pty.signal_program(Sig::TSTP);
        } else {
            pty.pty.send("\x1a");
        }
        let left = pty.pty.wait_raw(before, "\x1b[?1049l");
        pty.pty.wait_raw(left, "topped");
        assert!(pty.pty.is_cooked(), "stopped, the line is the shell's");
        let before = pty.raw().len();
        pty.pty.send("fg\n");
        pty.pty.wait_raw(before, "\x1b[?1049h");
        pty.pty.wait_for("a whole frame", |screen| screen.contains("frame"));
        assert!(!pty.pty.is_cooked());
        pty.pty.send(key);
        pty.pty.wait_text(&format!("key Char('{key}')"));
    }
    pty.pty.send("q");
    pty.pty.wait_for("the shell again", |screen| screen.contains("here> "));
    pty.pty.assert_given_back();
    pty.pty.send("exit\n");
    pty.pty.exit();
}

#[test]
fn continued_from_outside_it_takes_the_terminal_again() {
    let mut pty = started();
    pty.signal(Sig::STOP);
    let before = pty.raw().len();
    pty.signal(Sig::CONT);
    pty.wait_raw(before, "\x1b[?1049h");
    pty.wait_raw(before, "ready");
    pty.send("q");
    pty.exit();
    pty.assert_given_back();
}

#[test]
fn a_text_on_a_plain_screen_can_be_selected() {
    let mut pty = started();
    pty.send("s");
    pty.wait_text("select\nme");
    let terminal = pty.terminal();
    assert!(!terminal.alternate_screen() && !terminal.hide_cursor());
    assert_eq!(terminal.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    pty.send("\r");
    pty.wait_text("frame");
    assert!(pty.terminal().alternate_screen());
    pty.send("q");
    pty.exit();
    pty.assert_given_back();
}

#[test]
#[cfg(target_os = "linux")]
fn idle_means_asleep() {
    let pty = started();
    let switches = || -> u64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", pty.pid())).unwrap();
        let of = |path: std::path::PathBuf| {
            let status = std::fs::read_to_string(path.join("status")).unwrap();
            let line = status.lines().find(|line| line.starts_with("voluntary_ctxt_switches")).unwrap().to_owned();
            line.split_whitespace().last().unwrap().parse::<u64>().unwrap()
        };
        tasks.map(|task| of(task.unwrap().path())).sum()
    };
    std::thread::sleep(Duration::from_millis(200));
    let before = switches();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(switches(), before, "it woke up while nothing happened");
}

/// The program, started by hand in an interactive shell.
struct InShell {
    pty: Pty,
}

impl InShell {
    fn raw(&self) -> Vec<u8> {
        self.pty.raw()
    }

    fn signal_program(&self, signal: Sig) {
        let pid = std::fs::read_to_string(self.pty.home().join("pid")).unwrap();
        let pid = rustix::process::Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
    }
}

fn in_shell() -> InShell {
    let this = std::env::current_exe().unwrap();
    let mut pty = Spawn::new("sh").arg("-i").env("PS1", "here> ").env("ENV", "").env(SELF, "1").start();
    pty.wait_text("here> ");
    let program = format!("{} --exact program --nocapture --test-threads=1", this.display());
    pty.send(format!("sh -c 'echo $$ > pid; exec {program}'\n"));
    pty.wait_text("ready frame1.");
    InShell { pty }
}
