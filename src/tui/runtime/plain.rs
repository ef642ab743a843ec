//! A text on a plain screen, to be selected with the terminal's own selection.
//!
//! The last way to copy: no alternate screen, no mouse capture, so the terminal's selection and
//! scrollback work. Raw mode stays on, so that Ctrl-C goes back and does not end the program.

use std::io;

use super::modes::{self, Modes};
use super::{Events, Screen};
use crate::domain::untrusted::outgoing;
use crate::os::output;

/// Shows `text` until a key goes back (Enter, Esc, `q`, Ctrl-C) or a signal ends the program.
/// Messages that come meanwhile stay queued.
pub fn plain_screen<T>(screen: &mut Screen, events: &mut Events<T>, text: &str) -> io::Result<()> {
    screen.leave();
    modes::enter(Modes::RAW)?;
    let text = outgoing(text).text.replace('\n', "\r\n");
    output::write(format!("\r\n{text}\r\n\r\n-- select the text above; Enter goes back --\r\n").as_bytes())?;
    events.wait_to_go_back();
    modes::restore();
    screen.come_back()
}
