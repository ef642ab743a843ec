//! The terminal's background colour, asked of the terminal itself.
//!
//! `COLORFGBG` comes first, which costs nothing ([`detect::background`](crate::os::detect::background)). Else
//! [`ask_background`] writes the question (OSC 11, and DA1 behind it, which every terminal answers) and the answer comes
//! through the event loop, so no key is lost and no frame waits: ask right after entering the screen, load the plans,
//! then [`Events::background_within`](super::Events::background_within) some 20 ms; a later answer is an event.

use std::io;

use super::modes;
use crate::os::output;

/// Asks; the answer is [`Event::Background`](super::Event::Background). Only where the terminal is
/// [`modern`](crate::os::detect::modern), and with the screen entered.
pub fn ask_background() -> io::Result<()> {
    output::write_if(modes::active, b"\x1b]11;?\x1b\\\x1b[c")
}
