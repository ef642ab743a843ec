//! Ended in the middle of typing: what was typed is on disk, and the terminal is given back.

use rustix::process::Signal as Sig;

use crate::common::pty::{Pty, Spawn};
use crate::given::{GONE, at_strategies, open_form, started, texts};

/// A form with something typed this very moment.
fn typing() -> Pty {
    let mut pty = started();
    open_form(&mut pty);
    pty.send("half a thought");
    pty.wait_text("half a thought");
    pty
}

fn draft(pty: &Pty) -> String {
    texts(&pty.home().join("data/drafts"))
}

#[test]
fn a_signal_saves_the_draft_and_gives_the_terminal_back() {
    for (signal, code) in [(Sig::TERM, 143), (Sig::HUP, 129), (Sig::INT, 130), (Sig::QUIT, 131)] {
        let mut pty = typing();
        pty.signal(signal);
        assert_eq!(pty.exit_within(GONE).exit_code(), code, "{signal:?}");
        assert!(draft(&pty).contains("half a thought"), "{signal:?}: {}", draft(&pty));
        pty.assert_given_back();
    }
}

#[test]
fn a_closed_window_saves_the_draft_and_ends_the_program() {
    let mut pty = typing();
    pty.hang_up();
    pty.exit_within(GONE);
    assert!(draft(&pty).contains("half a thought"), "{}", draft(&pty));
}

#[test]
fn what_is_typed_is_a_draft_within_a_second_and_survives_a_kill() {
    let mut pty = typing();
    std::thread::sleep(std::time::Duration::from_secs(1));
    pty.signal(Sig::KILL);
    pty.exit_within(GONE);
    assert!(draft(&pty).contains("half a thought"), "{}", draft(&pty));
}

#[test]
fn the_form_is_there_again_after_a_signal() {
    let mut pty = typing();
    pty.signal(Sig::TERM);
    pty.exit_within(GONE);
    let again = Spawn::setlist().start_in(pty.into_home());
    again.wait_text("Fill in");
    again.wait_text("half a thought");
}

#[test]
fn a_note_that_is_typed_comes_back_after_a_signal() {
    let mut pty = at_strategies(Spawn::setlist().start_in(crate::given::home()));
    crate::given::start_plan(&mut pty, "boom");
    pty.send("t");
    pty.wait_text("turn 'Reproduce' started");
    pty.send("r");
    pty.wait_text("ctrl-s");
    pty.send("what came back");
    pty.wait_text("what came back");
    pty.signal(Sig::TERM);
    pty.exit_within(GONE);
    let mut again = Spawn::setlist().start_in(pty.into_home());
    again.wait_text("boom > 1 Reproduce");
    again.send("r");
    again.wait_text("what came back");
}
