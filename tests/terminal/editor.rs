//! `$EDITOR` on a form's field: what was typed stays, whatever the editor does.

use std::os::unix::fs::PermissionsExt;

use crate::common::pty::{Pty, Spawn};
use crate::given::{at_strategies, home, open_form, write};

const F4: &str = "\x1bOS";
const CTRL_X_CTRL_E: &str = "\x18\x05";

/// The form with a word typed, and an editor that is this script; nothing for one that is missing.
fn with_editor(script: Option<&str>) -> Pty {
    let home = home();
    let editor = home.path().join("editor");
    if let Some(script) = script {
        write(home.path(), "editor", format!("#!/bin/sh\n{script}\n"));
        std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut pty = at_strategies(Spawn::setlist().env("EDITOR", &editor).start_in(home));
    open_form(&mut pty);
    pty.send("typed");
    pty.wait_text("typed");
    pty
}

#[test]
fn a_line_of_the_editor_comes_back_into_the_field() {
    for keys in [F4, CTRL_X_CTRL_E] {
        let mut pty = with_editor(Some("cat \"$1\" > \"$HOME/seen\"; printf '\\na line more\\n' >> \"$1\""));
        pty.send(keys);
        pty.wait_text("a line more");
        assert_eq!(std::fs::read_to_string(pty.home().join("seen")).unwrap().trim_end(), "typed");
        pty.send(" and on");
        pty.wait_text("a line more and on");
        pty.send("\x03");
        pty.wait_text("review");
        pty.send("q");
        assert_eq!(pty.exit().exit_code(), 0);
        pty.assert_given_back();
    }
}

#[test]
fn an_editor_that_fails_or_is_missing_changes_nothing_and_is_named() {
    for script in [Some("echo gone > \"$1\"; exit 3"), None] {
        let mut pty = with_editor(script);
        pty.send(F4);
        pty.wait_for("the error", |screen| screen.contains("! ") && screen.contains("editor"));
        assert!(!pty.is_cooked());
        pty.send(" on");
        pty.wait_text("typed on");
        assert!(!pty.screen().contains("gone"), "{}", pty.screen());
    }
}
