//! Bytes to the terminal, past the standard library's buffers.
//!
//! A frame is one write, so that a terminal never shows half of one; and the threads that give
//! the terminal back (panic, watchdog) must not wait for a lock that a stuck writer holds.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::stdout;

/// Held while bytes are under way, so that a frame and the way back do not mix.
static UNDER_WAY: Mutex<()> = Mutex::new(());

/// Writes all of `bytes` to standard output and waits for as long as the terminal takes.
pub fn write(bytes: &[u8]) -> io::Result<()> {
    write_if(|| true, bytes)
}

/// As [`write()`], if `wanted` still holds once nobody else is writing.
pub fn write_if(wanted: impl Fn() -> bool, bytes: &[u8]) -> io::Result<()> {
    let _turn = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
    if wanted() { write_all(bytes, None) } else { Ok(()) }
}

/// Writes `bytes` if the terminal takes them within `limit`, even past a writer that is stuck.
///
/// # Errors
/// The terminal is gone or takes nothing.
pub fn write_within(bytes: &[u8], limit: Duration) -> io::Result<()> {
    let deadline = Instant::now() + limit;
    let _turn = turn_before(deadline);
    write_all(bytes, Some(deadline))
}

fn turn_before(deadline: Instant) -> Option<MutexGuard<'static, ()>> {
    loop {
        match UNDER_WAY.try_lock() {
            Ok(turn) => return Some(turn),
            Err(TryLockError::Poisoned(turn)) => return Some(turn.into_inner()),
            Err(TryLockError::WouldBlock) if Instant::now() >= deadline => return None,
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

fn write_all(mut bytes: &[u8], deadline: Option<Instant>) -> io::Result<()> {
    while !bytes.is_empty() {
        if deadline.is_some() {
            wait_writable(deadline)?;
        }
        match rustix::io::write(stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => bytes = &bytes[count..],
            Err(Errno::INTR) => {}
            // Somebody who shares the terminal made it non-blocking.
            Err(Errno::AGAIN) => wait_writable(deadline)?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn wait_writable(deadline: Option<Instant>) -> io::Result<()> {
    let left = deadline.map(|at| at.saturating_duration_since(Instant::now()));
    let left = left.and_then(|left| Timespec::try_from(left).ok());
    let out = stdout();
    let mut fds = [PollFd::new(&out, PollFlags::OUT)];
    match poll(&mut fds, left.as_ref()) {
        Ok(0) => Err(io::ErrorKind::TimedOut.into()),
        Ok(_) if fds[0].revents().contains(PollFlags::OUT) => Ok(()),
        Ok(_) => Err(io::ErrorKind::BrokenPipe.into()),
        Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
