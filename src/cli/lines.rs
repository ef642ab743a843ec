//! Lines that a person types: one at a time, edited with the terminal's own means. A signal breaks the wait, so that
//! what was typed before can be kept.

use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGTERM};

/// Most bytes of a line that a terminal hands on while it edits lines itself (`N_TTY_BUF_SIZE` of Linux less the end of
/// the line; `MAX_CANON` elsewhere). What is typed beyond it never arrives.
pub const LONGEST: usize = if cfg!(target_os = "linux") { 4095 } else { 1023 };

#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// A line, without its end.
    Line(String),
    /// A line that is no UTF-8 text.
    NotText,
    End,
    /// A signal that asks the program to end: its number.
    Signal(i32),
    /// The program was stopped and goes on: the question is to be asked again.
    Again,
}

/// Hears lines and signals.
pub struct Lines {
    told: [(i32, Arc<AtomicBool>); 4],
    wake: UnixStream,
    /// What came after the last line.
    rest: Vec<u8>,
}

impl Lines {
    /// From now on the signals that end a program are heard here.
    pub fn listen() -> io::Result<Self> {
        let (wake, bell) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        let told = [SIGINT, SIGTERM, SIGHUP, SIGCONT].map(|signal| (signal, Arc::new(AtomicBool::new(false))));
        for (signal, flag) in &told {
            // The flag first: once the bell rings it is up.
            signal_hook::flag::register(*signal, Arc::clone(flag))?;
            signal_hook::low_level::pipe::register(*signal, bell.try_clone()?)?;
        }
        Ok(Self { told, wake, rest: Vec::new() })
    }

    /// The next line that comes `from` there, or what came instead of one.
    pub fn next(&mut self, from: impl AsFd) -> io::Result<Heard> {
        let from = from.as_fd();
        let mut buffer = [0; LONGEST + 1];
        loop {
            if let Some(at) = self.rest.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.rest.drain(..=at).collect();
                return Ok(text(line));
            }
            if let Some(heard) = self.told() {
                return Ok(heard);
            }
            let mut fds = [PollFd::new(&from, PollFlags::IN), PollFd::new(&self.wake, PollFlags::IN)];
            match poll(&mut fds, None) {
                Err(Errno::INTR) => continue,
                ended => ended?,
            };
            if !fds[1].revents().is_empty() {
                self.quiet();
                continue;
            }
            // A signal that came with the line was there first: Ctrl-C, then Enter.
            if self.told.iter().any(|(_, flag)| flag.load(Ordering::Relaxed)) {
                continue;
            }
            match rustix::io::read(from, &mut buffer) {
                // The terminal is gone: its signal follows, if it did not come before.
                Ok(0) | Err(Errno::IO) if self.rest.is_empty() => return Ok(Heard::End),
                Ok(0) | Err(Errno::IO) => return Ok(text(std::mem::take(&mut self.rest))),
                Ok(count) => self.rest.extend_from_slice(&buffer[..count]),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Whether more was typed or pasted already.
    pub fn is_waiting(&self, from: impl AsFd) -> bool {
        let from = from.as_fd();
        let mut fds = [PollFd::new(&from, PollFlags::IN)];
        let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
        !self.rest.is_empty() || poll(&mut fds, Some(&at_once)).is_ok_and(|ready| ready > 0)
    }

    /// Forgets what was typed before and the signals that were meant for another program, such as an editor.
    pub fn forget(&mut self) {
        self.rest.clear();
        self.quiet();
        for (_, flag) in &self.told {
            flag.store(false, Ordering::Relaxed);
        }
    }

    fn told(&self) -> Option<Heard> {
        let (signal, _) = self.told.iter().find(|(_, flag)| flag.swap(false, Ordering::Relaxed))?;
        Some(if *signal == SIGCONT { Heard::Again } else { Heard::Signal(*signal) })
    }

    /// Takes the rings of the bell.
    fn quiet(&self) {
        let mut rings = [0; 64];
        while rustix::io::read(&self.wake, &mut rings).is_ok_and(|count| count > 0) {}
    }
}

fn text(mut line: Vec<u8>) -> Heard {
    while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        line.pop();
    }
    String::from_utf8(line).map_or(Heard::NotText, Heard::Line)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn lines_come_one_by_one_and_the_last_one_without_its_end() {
        let (from, mut to) = UnixStream::pair().unwrap();
        let mut lines = Lines::listen().unwrap();
        to.write_all("one\r\ntw\u{f6}\n".as_bytes()).unwrap();
        to.write_all(b"\xff\nend").unwrap();
        drop(to);
        let line = |text: &str| Heard::Line(text.into());
        let heard: Vec<Heard> = std::iter::repeat_with(|| lines.next(&from).unwrap()).take(5).collect();
        assert_eq!(heard, [line("one"), line("tw\u{f6}"), Heard::NotText, line("end"), Heard::End]);
    }

    #[test]
    fn a_signal_breaks_the_wait_and_is_told_once() {
        let (from, mut to) = UnixStream::pair().unwrap();
        let mut lines = Lines::listen().unwrap();
        signal_hook::low_level::raise(SIGCONT).unwrap();
        assert_eq!(lines.next(&from).unwrap(), Heard::Again);
        signal_hook::low_level::raise(SIGCONT).unwrap();
        lines.forget();
        to.write_all(b"x\n").unwrap();
        assert_eq!(lines.next(&from).unwrap(), Heard::Line("x".into()));
        assert!(!lines.is_waiting(&from));
    }
}
