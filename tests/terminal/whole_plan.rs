//! A plan worked by keys, left and taken up again; two programs on one plan.

use std::time::{Duration, Instant};

use crate::common::pty::Spawn;
use crate::given::{cli, start_plan, started};

#[test]
fn a_plan_is_worked_left_and_taken_up_where_it_was() {
    let mut pty = started();
    start_plan(&mut pty, "logins fail");
    pty.send("t");
    pty.wait_text("turn 'Reproduce' started");
    let before = pty.raw().len();
    pty.send("y");
    pty.wait_raw(before, "\x1b]52;c;");
    pty.wait_text("prompt of 'Reproduce' copied");
    // The second turn cannot be worked yet, but looked at.
    pty.send("]");
    pty.wait_text("> 2 Gather evidence");
    pty.send("3");
    pty.wait_text("Checklist");
    pty.send("q");
    assert_eq!(pty.exit().exit_code(), 0);
    pty.assert_given_back();
    let home = pty.into_home();
    let text = cli(home.path(), &["show", "--json"]);
    assert!(text.contains("\"state\": \"active\"") && text.contains("The report:\\nlogins fail"), "{text}");

    let mut pty = Spawn::setlist().start_in(home);
    pty.wait_text("logins fail > 2 Gather evidence");
    pty.wait_text("┏━ 3 Checklist");
    pty.send("[");
    pty.wait_text("> 1 Reproduce");
    pty.wait_text("running");
}

/// How soon a change by another program is on the screen.
const SOON: Duration = Duration::from_secs(2);

#[test]
fn what_another_program_writes_is_shown_soon() {
    let mut pty = started();
    start_plan(&mut pty, "logins fail");
    let shown_soon = |args: &[&str], texts: &[&str]| {
        cli(pty.home(), args);
        let begun = Instant::now();
        for text in texts {
            pty.wait_text(text);
        }
        assert!(begun.elapsed() < SOON, "{args:?}: {:?}", begun.elapsed());
    };
    shown_soon(&["turn", "start"], &["running", "changed elsewhere"]);
    shown_soon(&["note", "seen in the other window"], &["seen in the other"]);
    // Both write: neither is lost.
    pty.send("t");
    pty.wait_text("paused");
    let text = cli(pty.home(), &["show", "--json"]);
    assert!(text.contains("seen in the other window"), "{text}");
}
