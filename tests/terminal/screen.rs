//! Started, resized, idle, left.

use std::time::Duration;

use crate::common::pty::Spawn;
use crate::given::{at_strategies, started};

#[test]
fn a_first_start_shows_the_strategies_and_q_gives_the_terminal_back() {
    let mut pty = Spawn::setlist().start();
    pty.wait_text("Welcome to Setlist");
    assert!(!pty.is_cooked() && pty.terminal().alternate_screen());
    pty.send(" ");
    let mut pty = at_strategies(pty);
    pty.wait_for("the card is gone", |screen| !screen.contains("Welcome"));
    pty.send("q");
    assert_eq!(pty.exit().exit_code(), 0);
    pty.assert_given_back();
}

#[test]
fn it_draws_at_every_size_it_is_given() {
    let mut pty = started();
    for (columns, rows) in [(120, 40), (30, 8), (1, 1), (2, 3), (200, 50)] {
        let before = pty.raw().len();
        pty.resize(columns, rows);
        pty.wait_raw(before, "\x1b[?2026l");
        if columns >= 30 {
            pty.wait_text("Greenfield");
        }
    }
    for step in 0..200 {
        pty.resize(40 + step, 10 + step % 30);
    }
    pty.resize(100, 30);
    pty.wait_for("the frame of the last size", |screen| {
        let lines: Vec<&str> = screen.lines().collect();
        lines.len() == 30 && lines[1].chars().count() == 100 && lines[29].contains("help")
    });
    pty.send("/bug");
    pty.wait_text("match 'bug'");
    pty.send("\x03");
    pty.wait_for("the keys of the list", |screen| screen.contains("enter use"));
    pty.send("q");
    assert_eq!(pty.exit().exit_code(), 0);
    pty.assert_given_back();
}

#[test]
#[cfg(target_os = "linux")]
fn idle_it_sleeps_and_writes_nothing() {
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
    std::thread::sleep(Duration::from_millis(700));
    let before = (switches(), pty.raw().len());
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!((switches(), pty.raw().len()), before, "wakeups, bytes");
}
