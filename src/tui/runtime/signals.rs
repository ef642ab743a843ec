//! Signals as events, and a watchdog that leaves when the loop does not.
//!
//! A thread of their own takes the signals and raises flags; the loop reads the flags when it
//! wakes, so a burst of 200 window changes is one. After the first signal that asks the
//! program to end (or the terminal's end, or a panic elsewhere) a watchdog counts [`GRACE`]: a loop that has not left by then is
//! left where it is, the terminal is given back, and the process ends. A second INT, TERM or
//! QUIT ends it at once, unless it comes within `ECHO` of the first: supervisors signal both
//! process and group.
//!
//! While a foreground child (an editor) has the terminal, INT and QUIT are the child's, TERM and HUP are
//! passed on to it, and TSTP stops this process with it, as the shell expects.

use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, kill_process};
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use crate::os::terminal::job_control;

use super::modes;

/// How long the loop has to save and leave.
pub const GRACE: Duration = Duration::from_secs(2);
/// A second signal within this is the same wish, and one that comes this soon after a foreground
/// child's end was the child's.
const ECHO: Duration = Duration::from_millis(100);
/// The exit code after a panic, as Rust has it.
const PANIC_CODE: i32 = 101;

/// What the loop is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Save and leave, with [`Terminating::exit_code`].
    Terminate(Terminating),
    /// The terminal is gone: save and leave.
    Hangup,
    /// Another thread has panicked; the terminal is given back already. Save and leave.
    Panic,
    /// Stop: call [`suspend`](super::suspend::suspend).
    Suspend,
    /// Run again after a stop: call [`Screen::reassert`](super::Screen::reassert).
    Continue,
}

/// Which signal asked the program to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terminating {
    /// SIGHUP: the terminal is gone.
    Hangup,
    Interrupt,
    Quit,
    Terminate,
}

impl Terminating {
    fn from_number(number: i32) -> Option<Self> {
        match number {
            SIGHUP => Some(Self::Hangup),
            SIGINT => Some(Self::Interrupt),
            SIGQUIT => Some(Self::Quit),
            SIGTERM => Some(Self::Terminate),
            _ => None,
        }
    }

    #[must_use]
    pub const fn number(self) -> i32 {
        match self {
            Self::Hangup => SIGHUP,
            Self::Interrupt => SIGINT,
            Self::Quit => SIGQUIT,
            Self::Terminate => SIGTERM,
        }
    }

    /// The exit code of a process that this signal ended: 128 and its number.
    #[must_use]
    pub const fn exit_code(self) -> i32 {
        128 + self.number()
    }
}

const RESIZE: u32 = 1;
const SUSPEND: u32 = 2;
const CONTINUE: u32 = 4;
const HANGUP: u32 = 8;
const PANIC: u32 = 16;

/// What has happened since the loop last looked, and the way to wake it.
#[derive(Debug)]
pub(super) struct Flags {
    raised: AtomicU32,
    terminate: AtomicI32,
    /// Whether a watchdog may end the process: not in tests of the parts.
    watched: AtomicBool,
    wake: UnixStream,
}

impl Flags {
    /// Flags, and the end that becomes readable when one is raised.
    pub(super) fn new() -> io::Result<(Arc<Self>, UnixStream)> {
        let (wake, woken) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        woken.set_nonblocking(true)?;
        let flags =
            Self { raised: AtomicU32::new(0), terminate: AtomicI32::new(0), watched: AtomicBool::new(false), wake };
        Ok((Arc::new(flags), woken))
    }

    /// Wakes the loop. A full pipe wakes it just as well.
    pub(super) fn wake(&self) {
        let _ = rustix::io::write(self.wake.as_fd(), b"!");
    }

    fn raise(&self, flag: u32) {
        self.raised.fetch_or(flag, Ordering::AcqRel);
        self.wake();
    }

    fn take(&self, flag: u32) -> bool {
        self.raised.fetch_and(!flag, Ordering::AcqRel) & flag != 0
    }

    /// The most urgent signal that has come, but the terminal's end.
    pub(super) fn signal(&self) -> Option<Signal> {
        if self.take(PANIC) {
            return Some(Signal::Panic);
        }
        if let Some(kind) = Terminating::from_number(self.terminate.swap(0, Ordering::AcqRel)) {
            return Some(Signal::Terminate(kind));
        }
        let rest = [(SUSPEND, Signal::Suspend), (CONTINUE, Signal::Continue)];
        rest.into_iter().find(|(flag, _)| self.take(*flag)).map(|(_, signal)| signal)
    }

    /// Whether the terminal is gone: to be told after the last that was typed on it.
    pub(super) fn hung_up(&self) -> bool {
        self.take(HANGUP)
    }

    /// Whether a signal waits that ends the program.
    pub(super) fn ending(&self) -> bool {
        self.terminate.load(Ordering::Acquire) != 0 || self.raised.load(Ordering::Acquire) & (HANGUP | PANIC) != 0
    }

    /// Whether the window may have changed its size.
    pub(super) fn resized(&self) -> bool {
        self.take(RESIZE)
    }

    /// The terminal is gone.
    pub(super) fn hang_up(&self) {
        self.raise(HANGUP);
        if self.watched.load(Ordering::Acquire) {
            watch(Terminating::Hangup.exit_code());
        }
    }

    fn arrived(&self, number: i32) {
        match number {
            SIGWINCH => self.raise(RESIZE),
            SIGTSTP => self.raise(SUSPEND),
            SIGCONT => {
                // A stop that was asked for before is over.
                self.take(SUSPEND);
                self.raise(CONTINUE);
            }
            _ => {
                self.terminate.store(number, Ordering::Release);
                self.wake();
            }
        }
    }
}

/// The flags of the loop, for the panic hook.
static CURRENT: Mutex<Option<Arc<Flags>>> = Mutex::new(None);
/// The foreground child that has the terminal; 0 for none, [`STARTING`] while it has no id yet.
static CHILD: AtomicI32 = AtomicI32::new(0);
const STARTING: i32 = -1;
/// When the last foreground child ended. A Ctrl-C that ended it may reach us a moment later.
static CHILD_ENDED: Mutex<Option<Instant>> = Mutex::new(None);

/// Takes the signals from now on.
///
/// # Errors
/// The handlers or the thread could not be set up.
pub(super) fn install(flags: &Arc<Flags>) -> io::Result<()> {
    flags.watched.store(true, Ordering::Release);
    *CURRENT.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(flags));
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let flags = Arc::clone(flags);
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let mut first: Option<Instant> = None;
        for number in signals.forever() {
            if number == SIGCONT {
                count_continue();
            }
            if with_child(number) {
                continue;
            }
            if let Some(kind) = Terminating::from_number(number) {
                match first {
                    None => {
                        first = Some(Instant::now());
                        watch(kind.exit_code());
                    }
                    Some(at) if kind != Terminating::Hangup && at.elapsed() > ECHO => leave(kind.exit_code()),
                    Some(_) => continue,
                }
            }
            flags.arrived(number);
        }
    })?;
    Ok(())
}

/// Counts the times that the process was continued (SIGCONT).
static CONTINUED: (Mutex<u64>, Condvar) = (Mutex::new(0), Condvar::new());

/// Stops the process with `stop` and returns once it is continued. A stop takes hold of one
/// thread first: without waiting, the caller would run on for a moment, and take the terminal again
/// before the shell has it.
pub(super) fn stopped<E>(stop: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
    let (count, continued) = &CONTINUED;
    let before = *count.lock().unwrap_or_else(PoisonError::into_inner);
    stop()?;
    let installed = CURRENT.lock().unwrap_or_else(PoisonError::into_inner).is_some();
    let mut now = count.lock().unwrap_or_else(PoisonError::into_inner);
    while installed && *now == before {
        now = continued.wait(now).unwrap_or_else(PoisonError::into_inner);
    }
    Ok(())
}

fn count_continue() {
    let (count, continued) = &CONTINUED;
    *count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
    continued.notify_all();
}

/// What a signal means while a foreground child has the terminal; true if that is all.
fn with_child(number: i32) -> bool {
    let child = CHILD.load(Ordering::Acquire);
    if child == 0 {
        let ended = *CHILD_ENDED.lock().unwrap_or_else(PoisonError::into_inner);
        return matches!(number, SIGINT | SIGQUIT) && ended.is_some_and(|at| at.elapsed() < ECHO);
    }
    match number {
        SIGINT | SIGQUIT => true,
        SIGTSTP => {
            if job_control() {
                let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
            }
            true
        }
        SIGTERM | SIGHUP => {
            let signal = if number == SIGHUP { rustix::process::Signal::HUP } else { rustix::process::Signal::TERM };
            if let Some(child) = (child != STARTING).then(|| Pid::from_raw(child)).flatten() {
                let _ = kill_process(child, signal);
            }
            false
        }
        _ => false,
    }
}

/// While it lives, signals of the terminal are meant for a child.
pub(super) struct Foreground;

impl Foreground {
    /// A child is about to start.
    pub(super) fn begin() -> Self {
        CHILD.store(STARTING, Ordering::Release);
        Self
    }

    /// It has this process id.
    #[allow(clippy::unused_self, reason = "only somebody who has begun has a child")]
    pub(super) fn child(&self, id: u32) {
        CHILD.store(i32::try_from(id).unwrap_or(STARTING), Ordering::Release);
    }
}

impl Drop for Foreground {
    fn drop(&mut self) {
        *CHILD_ENDED.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        CHILD.store(0, Ordering::Release);
    }
}

/// A panic in another thread: the loop is woken to save and leave, and watched.
pub(super) fn panicked() {
    let flags = CURRENT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(flags) = flags {
        flags.raise(PANIC);
        watch(PANIC_CODE);
    }
}

/// Ends the process with `code` after [`GRACE`], if it is still there.
fn watch(code: i32) {
    let watched = thread::Builder::new().name("watchdog".to_owned()).spawn(move || {
        thread::sleep(GRACE);
        leave(code);
    });
    if watched.is_err() {
        tracing::warn!("no thread for the watchdog");
    }
}

/// Gives the terminal back and ends the process, past every lock and destructor.
fn leave(code: i32) -> ! {
    // On a thread of its own: a terminal that takes no bytes must not keep the process.
    if let Ok(thread) = thread::Builder::new().spawn(modes::restore) {
        let deadline = Instant::now() + modes::PATIENCE * 2;
        while !thread.is_finished() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(5));
        }
    }
    signal_hook::low_level::exit(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_of_window_changes_is_one() {
        let (flags, _woken) = Flags::new().unwrap();
        for _ in 0..200 {
            flags.arrived(SIGWINCH);
        }
        assert!(flags.resized());
        assert!(!flags.resized());
    }

    #[test]
    fn continuing_takes_back_a_stop_that_was_not_yet_obeyed() {
        let (flags, _woken) = Flags::new().unwrap();
        flags.arrived(SIGTSTP);
        flags.arrived(SIGCONT);
        assert_eq!(flags.signal(), Some(Signal::Continue));
        assert_eq!(flags.signal(), None);
    }

    #[test]
    fn ending_comes_before_all_else() {
        let (flags, _woken) = Flags::new().unwrap();
        flags.arrived(SIGTSTP);
        flags.arrived(SIGTERM);
        assert_eq!(flags.signal(), Some(Signal::Terminate(Terminating::Terminate)));
        assert_eq!(Terminating::Interrupt.exit_code(), 130);
    }
}
