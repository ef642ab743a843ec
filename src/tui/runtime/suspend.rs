//! Ctrl-Z: the terminal goes back to the shell, and the program stops until the shell wants it.
//!
//! The whole process group is stopped (with SIGSTOP, since SIGTSTP has a handler here), as the
//! terminal's own Ctrl-Z does, so that a script around the program stops with it. Without a shell
//! that could continue it (the program is a session leader, as in `tmux new setlist` or a container,
//! or its group was left behind), nobody would ever wake it: then it does not stop and says so.

use std::io;

use crate::os::terminal::{job_control, stop};

use super::{Screen, modes, signals};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspension {
    /// The program was stopped and runs again.
    Resumed,
    /// No shell could bring it back, so it was not stopped. [`WHY_NOT`] tells the person.
    NoJobControl,
}

/// What to tell the person when the program was not stopped.
pub const WHY_NOT: &str = "there is no shell to come back from: the program was not suspended";

/// Leaves the screen, stops, and comes back when the shell continues the program.
///
/// # Errors
/// The terminal is gone, or the group could not be stopped.
pub fn suspend(screen: &mut Screen) -> io::Result<Suspension> {
    if !job_control() {
        return Ok(Suspension::NoJobControl);
    }
    screen.leave();
    let stopped = signals::stopped(stop);
    modes::was_handed_over();
    screen.come_back()?;
    stopped?;
    Ok(Suspension::Resumed)
}
