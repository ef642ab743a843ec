//! What the terminal has been set to, and the way back from any thread.
//!
//! The state is global, because the terminal is: the panic hook and the watchdog have no
//! [`Screen`](super::Screen) at hand. [`restore`] undoes exactly what was set, once, whoever calls
//! first; it waits for nobody longer than [`PATIENCE`].
//!
//! Choices. The mouse is reported for presses, drags and the wheel (1000, 1002, 1006), not for
//! bare movement: idle is to be asleep. The kitty keyboard flag (`DISAMBIGUATE`) is pushed without a
//! query, since a terminal that does not know it ignores it and the query would cost a round trip
//! before the first frame; the Linux console is spared it, and titles too.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rustix::stdio::stdin;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::os::output;

/// How long the way back waits for a terminal that takes no bytes.
pub const PATIENCE: Duration = Duration::from_millis(200);

/// What [`enter`] can set, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modes(u32);

impl Modes {
    /// Raw mode and nothing else, which is in every other mode too.
    pub const RAW: Self = Self(16);
    /// The screen: alternate screen, no cursor, bracketed paste, focus reports.
    pub const BASE: Self = Self(1);
    pub const MOUSE: Self = Self(2);
    /// The kitty keyboard protocol's first flag.
    pub const KEYBOARD: Self = Self(4);
    /// The window title is saved on the terminal's stack.
    pub const TITLE: Self = Self(8);

    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` is set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Each mode with the sequence that sets it and the one that takes it back, in the order of
    /// setting.
    const TABLE: [(Self, &'static str, &'static str); 4] = [
        (Self::TITLE, "\x1b[22;0t", "\x1b[23;0t"),
        (
            Self::BASE,
            "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1004h",
            // A frame may have been cut off: the synchronized update ends first, colours go.
            "\x1b[?2026l\x1b[0m\x1b[?1004l\x1b[?2004l\x1b[?25h\x1b[?1049l",
        ),
        (Self::MOUSE, "\x1b[?1000h\x1b[?1002h\x1b[?1006h", "\x1b[?1006l\x1b[?1002l\x1b[?1000l"),
        // The kitty stack belongs to the alternate screen: pushed and popped within it.
        (Self::KEYBOARD, "\x1b[>1u", "\x1b[<1u"),
    ];

    fn on(self) -> String {
        Self::TABLE.iter().filter(|(mode, ..)| self.has(*mode)).map(|(_, on, _)| *on).collect()
    }

    fn off(self) -> String {
        Self::TABLE.iter().rev().filter(|(mode, ..)| self.has(*mode)).map(|(.., off)| *off).collect()
    }
}

/// What is set now.
static SET: AtomicU32 = AtomicU32::new(0);
/// The line settings from before raw mode. They stay while an editor or a plain text has the terminal, so that
/// one that leaves it raw does not decide how the shell gets it back.
static COOKED: Mutex<Option<Termios>> = Mutex::new(None);

/// Whether the terminal is ours to draw on: false after [`restore`], whoever called it.
#[must_use]
pub fn active() -> bool {
    Modes(SET.load(Ordering::Acquire)).has(Modes::BASE)
}

/// Puts the terminal into `modes`, and into raw mode in any case.
///
/// # Errors
/// Standard input or output is not a terminal, or it is gone.
pub fn enter(modes: Modes) -> io::Result<()> {
    // Raw mode first: in the background this stops the process before anything is drawn.
    raw()?;
    let modes = modes.and(Modes::RAW);
    SET.store(modes.0, Ordering::Release);
    output::write(modes.on().as_bytes()).inspect_err(|_| restore())
}

/// Sets the modes again without saving anything: after a stop that came from outside.
pub fn assert_again() -> io::Result<()> {
    let modes = Modes(SET.load(Ordering::Acquire));
    if !active() {
        return Ok(());
    }
    let saved = COOKED.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(mut termios) = saved {
        termios.make_raw();
        tcsetattr(stdin(), OptionalActions::Now, &termios)?;
    }
    // Stacks (title, keyboard) are not pushed a second time.
    output::write_if(active, Modes(modes.0 & (Modes::BASE.0 | Modes::MOUSE.0)).on().as_bytes())
}

fn raw() -> io::Result<()> {
    let cooked = tcgetattr(stdin())?;
    let mut termios = cooked.clone();
    termios.make_raw();
    // Only what was there before the first raw mode is worth going back to.
    COOKED.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(cooked);
    Ok(tcsetattr(stdin(), OptionalActions::Now, &termios)?)
}

/// Turns one mode on or off while the screen is up; elsewhere nothing happens.
pub fn switch(mode: Modes, on: bool) -> io::Result<()> {
    if !active() || Modes(SET.load(Ordering::Acquire)).has(mode) == on {
        return Ok(());
    }
    if on {
        SET.fetch_or(mode.0, Ordering::AcqRel);
    } else {
        SET.fetch_and(!mode.0, Ordering::AcqRel);
    }
    let bytes = if on { mode.on() } else { mode.off() };
    output::write_if(active, bytes.as_bytes())
}

/// Gives the terminal back as it was. It may be called from any thread, twice, or without need.
pub fn restore() {
    let set = Modes(SET.swap(0, Ordering::AcqRel));
    if set.0 == 0 {
        return;
    }
    // Errors have nobody left to go to: the terminal is gone.
    let _ = output::write_within(set.off().as_bytes(), PATIENCE);
    let cooked = COOKED.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(cooked) = cooked {
        let _ = tcsetattr(stdin(), OptionalActions::Now, &cooked);
    }
}

/// What the line is set to at the next [`enter`] is what to go back to: somebody else, a shell, has had the
/// terminal and set it as it is to be.
pub fn was_handed_over() {
    COOKED.lock().unwrap_or_else(PoisonError::into_inner).take();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_back_is_what_was_set_in_reverse() {
        let all = Modes::BASE.and(Modes::MOUSE).and(Modes::KEYBOARD).and(Modes::TITLE);
        let (on, off) = (all.on(), all.off());
        for mode in ["1049", "2004", "1004", "1000", "1002", "1006"] {
            assert!(on.contains(&format!("\x1b[?{mode}h")) && off.contains(&format!("\x1b[?{mode}l")), "{mode}");
        }
        assert!(on.contains("\x1b[?25l") && off.contains("\x1b[?25h"));
        assert!(on.starts_with("\x1b[22;0t") && off.ends_with("\x1b[23;0t"));
        assert!(off.find("\x1b[<1u") < off.find("\x1b[?1049l"));
    }

    #[test]
    fn what_was_not_set_is_left_alone() {
        let off = Modes::BASE.off();
        assert!(!off.contains("1000") && !off.contains("[<1u") && !off.contains("23;0t"));
    }
}
