//! The terminal's foreground: given to a program in a group of its own, and taken back.
//!
//! A terminal lets only one process group read and hands it the signals of its keys. A program in
//! another group is stopped when it reads, so one that is to have the terminal is put in front.

use std::io::{self, IsTerminal};

use nix::sys::signal::{SigSet, Signal as Blocked};
use rustix::process::{Pid, Signal, getpgid, getpgrp, getpid, getppid, getsid, kill_current_process_group};
use rustix::termios::{tcgetpgrp, tcsetpgrp};

/// The foreground that was given away. Dropping it takes it back.
#[derive(Debug)]
pub struct Given(());

/// Puts the group `group` in front, where standard input is a terminal and this program is in front
/// of it; else nothing is given.
pub fn give(group: Pid) -> Option<Given> {
    let stdin = io::stdin();
    if !stdin.is_terminal() || tcgetpgrp(&stdin).ok()? != getpgrp() {
        return None;
    }
    tcsetpgrp(&stdin, group).ok()?;
    Some(Given(()))
}

impl Drop for Given {
    fn drop(&mut self) {
        // Whoever is not in front is stopped for changing that, unless the signal is held back.
        let mut held = SigSet::empty();
        held.add(Blocked::SIGTTOU);
        if held.thread_block().is_ok() {
            let _ = tcsetpgrp(io::stdin(), getpgrp());
            let _ = held.thread_unblock();
        }
    }
}

/// Whether somebody could continue a stopped process group: it is not orphaned.
pub fn job_control() -> bool {
    let (group, session) = (getpgrp(), getsid(None).ok());
    // The group of a session's leader has no parent within the session.
    if session == Some(group) {
        return false;
    }
    if group != getpid() {
        return true;
    }
    // The leader of the group: its parent must be in the session, in another group.
    getppid()
        .is_some_and(|parent| getsid(Some(parent)).ok() == session && getpgid(Some(parent)).is_ok_and(|of| of != group))
}

/// Stops this program's own group, as Ctrl-Z does, until the shell continues it.
///
/// # Errors
/// The group could not be stopped.
pub fn stop() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}
