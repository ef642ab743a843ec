//! Pastes: text, never keys.

use std::time::{Duration, Instant};

use crate::given::{open_form, started, texts};

fn pasted(text: &str) -> String {
    format!("\x1b[200~{text}\x1b[201~")
}

#[test]
fn lines_pasted_into_a_line_never_submit() {
    let mut pty = started();
    open_form(&mut pty);
    pty.send("\t");
    pty.wait_text("Version, platform");
    pty.send(pasted("one\r\ntwo\nq\r\r"));
    pty.wait_text("one two q");
    assert!(pty.screen().contains("Fill in") && pty.screen().contains("EDIT"), "{}", pty.screen());
    assert_eq!(texts(&pty.home().join("data/plans")), "");
    pty.send(" more");
    pty.wait_text("one two q more");
}

#[test]
fn far_too_long_a_paste_is_refused_soon_and_the_next_key_answered() {
    let mut pty = started();
    open_form(&mut pty);
    pty.send("kept");
    pty.wait_text("kept");
    let begun = Instant::now();
    pty.send(pasted(&"x".repeat(10 * 1024 * 1024)));
    pty.wait_text("not pasted: it is longer than the 1 MiB");
    let refused = begun.elapsed();
    let typed = Instant::now();
    pty.send(" and on");
    pty.wait_text("kept and on");
    let answered = typed.elapsed();
    assert!(refused < Duration::from_secs(2), "refused after {refused:?}");
    assert!(answered < Duration::from_millis(500), "answered after {answered:?}");
}

#[test]
fn a_paste_where_nothing_takes_text_does_nothing_and_says_so() {
    let mut pty = started();
    pty.send(pasted("q\rjjj"));
    pty.wait_text("nothing here takes text");
    assert!(pty.runs());
}
