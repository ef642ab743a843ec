//! The screen: entered, drawn on, left.
//!
//! A frame is gathered in memory and goes out in one write between the marks of a synchronized
//! update, so nothing flickers. The size is asked of the terminal before each frame; one that
//! says 0x0 (a serial line, a bare pty) counts as 80x24. `ratatui::Terminal::clear` is never
//! called: it asks for the cursor position and would read the person's keys.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::termios::tcgetwinsize;

use super::alert;
use super::modes::{self, Modes};
use crate::os::output;

/// What to ask of the terminal beyond a screen to draw on.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Capture the mouse (the terminal's own selection then needs Shift).
    pub mouse: bool,
    /// Push the kitty keyboard flag, which tells Esc from Alt and Ctrl-I from Tab.
    pub keyboard: bool,
    /// Set the window title; the old one comes back.
    pub title: Option<String>,
}

/// A frame's bytes. Flushing does nothing: the screen writes them, once.
struct Ink(Rc<RefCell<Vec<u8>>>);

impl Write for Ink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal, while it is ours. Dropping it gives the terminal back.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Ink>>,
    ink: Rc<RefCell<Vec<u8>>>,
    options: Options,
    /// What is on the terminal is not known: the next frame is drawn whole.
    stale: bool,
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen and what `options` ask for.
    ///
    /// # Errors
    /// Standard input or output is not a terminal, or it is gone.
    pub fn enter(options: Options) -> io::Result<Self> {
        if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "the terminal interface needs a terminal on standard input and output; \
                 in a pipe or a script use the commands (setlist --help)",
            ));
        }
        let ink = Rc::new(RefCell::new(Vec::with_capacity(16 * 1024)));
        let viewport = Viewport::Fixed(size()?);
        let terminal =
            Terminal::with_options(CrosstermBackend::new(Ink(Rc::clone(&ink))), TerminalOptions { viewport })?;
        let mut screen = Self { terminal, ink, options, stale: true };
        screen.come_back()?;
        Ok(screen)
    }

    /// Gives the terminal back: for the end, a stop, an editor. Nothing is drawn until
    /// [`come_back`](Self::come_back).
    pub fn leave(&mut self) {
        modes::restore();
    }

    /// Takes the terminal again after [`leave`](Self::leave); the next frame is drawn whole.
    pub fn come_back(&mut self) -> io::Result<()> {
        let mut wanted = Modes::BASE;
        for (asked, mode) in [
            (self.options.mouse, Modes::MOUSE),
            (self.options.keyboard, Modes::KEYBOARD),
            (self.options.title.is_some(), Modes::TITLE),
        ] {
            if asked {
                wanted = wanted.and(mode);
            }
        }
        modes::enter(wanted)?;
        self.stale = true;
        match &self.options.title {
            Some(title) => show_title(title),
            None => Ok(()),
        }
    }

    /// Sets the modes again and draws the next frame whole: after SIGCONT.
    pub fn reassert(&mut self) -> io::Result<()> {
        self.stale = true;
        modes::assert_again()
    }

    /// The next frame is drawn whole, whatever is on the terminal (Ctrl-L).
    pub fn redraw_all(&mut self) {
        self.stale = true;
    }

    /// Draws one frame. After the terminal was given back (a panic elsewhere, a watchdog) nothing
    /// is written.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        if !modes::active() {
            return Ok(());
        }
        self.ink.borrow_mut().clear();
        self.ink.borrow_mut().extend_from_slice(b"\x1b[?2026h");
        let area = size()?;
        if self.stale || area != self.terminal.get_frame().area() {
            self.terminal.resize(area)?;
        }
        // Until the bytes are out, what the terminal shows is not what ratatui believes.
        self.stale = true;
        self.terminal.draw(render)?;
        self.ink.borrow_mut().extend_from_slice(b"\x1b[?2026l");
        output::write_if(modes::active, &self.ink.borrow())?;
        self.stale = false;
        Ok(())
    }

    /// The size in cells.
    pub fn size(&self) -> io::Result<Rect> {
        size()
    }

    /// Captures the mouse or leaves it to the terminal, from now on.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.options.mouse = on;
        modes::switch(Modes::MOUSE, on)
    }

    /// Sets the window title, if [`Options::title`] asked for one at all.
    pub fn set_title(&mut self, title: &str) -> io::Result<()> {
        if self.options.title.as_deref().is_none_or(|old| old == title) {
            return Ok(());
        }
        self.options.title = Some(title.to_owned());
        show_title(title)
    }
}

fn show_title(title: &str) -> io::Result<()> {
    output::write_if(modes::active, alert::title(title).as_bytes())
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
    }
}

fn size() -> io::Result<Rect> {
    let size = tcgetwinsize(rustix::stdio::stdout())?;
    match (size.ws_col, size.ws_row) {
        (0, _) | (_, 0) => Ok(Rect::new(0, 0, 80, 24)),
        (columns, rows) => Ok(Rect::new(0, 0, columns, rows)),
    }
}
