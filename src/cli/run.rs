//! `setlist evidence ID --run -- CMD ARGS...` and `setlist send`: runs a command that the person typed
//! or set, shows what it says while it runs, and keeps the end of it with the exit code.
//!
//! No shell takes the command apart. It has the terminal while it runs: Ctrl-C ends it, Ctrl-Z stops
//! it with this program.

use std::ffi::OsString;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use signal_hook::consts::signal::{SIGHUP, SIGINT, SIGTERM};

use crate::domain::apply::record::MAX_OUTPUT;
use crate::domain::budget::{Budget, compact};
use crate::domain::quoted::quoted;
use crate::domain::untrusted::{shown, shown_lines};
use crate::os::terminal::{Given, give, job_control, stop};
use crate::os::{Ended, Handle, Heard, Input, Stream, Tail, start};

use super::error::{CliError, ErrorCode, Result};
use super::output::Output;

/// How often a signal to this program is looked for.
const LOOK: Duration = Duration::from_millis(100);

/// What `timeout` of the coreutils exits with; for a command that ended well when it was ended.
const TIMED_OUT: i32 = 124;

/// What a shell exits with after Ctrl-C.
const INTERRUPTED: i32 = 130;

pub struct Ran {
    /// The command line, as it would be typed in a shell.
    pub command: String,
    /// Its exit code; 128 and the signal's number where a signal ended it.
    pub exit_code: i32,
    /// The end of what it said.
    pub output: String,
    pub interrupted: bool,
}

/// Runs a command to its end, or until `limit` is over.
///
/// # Errors
/// Where it does not start, and where this program was told to end meanwhile.
pub fn run(out: &Output, words: &[OsString], limit: Option<&Budget>) -> Result<Ran> {
    run_with(out, words, Input::Inherited, limit)
}

/// As [`run`], with this on its standard input.
pub fn run_with(out: &Output, words: &[OsString], input: Input, limit: Option<&Budget>) -> Result<Ran> {
    let (program, arguments) =
        words.split_first().ok_or_else(|| CliError::usage("no command was given", "write it after `--`"))?;
    let typed: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let command = quoted(&typed);
    let signals = TerminationSignals::listen().map_err(|error| failed(&typed[0], &error))?;
    let (handle, stream) = start(program, arguments, input).map_err(|error| failed(&typed[0], &error))?;
    let mut run = Run {
        out,
        given: handle.group().and_then(give),
        handle,
        stream,
        signals,
        tail: Tail::new(MAX_OUTPUT as u64, 0),
        live: Live::default(),
        timed_out: false,
        stopped_early: false,
    };
    let due = limit.map(|limit| Instant::now() + Duration::from_secs(limit.high()));
    let ended = run.follow(due)?;
    let exit_code = match ended.shell_code() {
        0 if run.timed_out => TIMED_OUT,
        code => code,
    };
    let interrupted = run.signals.of(SIGINT) || ended.signal == Some(SIGINT) || ended.code == Some(INTERRUPTED);
    let (mut output, dropped) = run.tail.finish();
    if dropped > 0 {
        out.note(&format!("kept the end of its output; {dropped} bytes before it were dropped"));
    }
    if let (true, Some(limit)) = (run.timed_out, limit) {
        let ended = format!("(ended after its time limit of {})", compact(limit.high()));
        out.note(&ended);
        output = format!("{}\n{ended}", output.trim_end());
    }
    Ok(Ran { command, exit_code, output, interrupted })
}

/// Why a command did not start.
fn failed(program: &str, error: &io::Error) -> CliError {
    let program = shown(program);
    match error.kind() {
        io::ErrorKind::NotFound => CliError::not_found(
            format!("there is no program `{program}`"),
            "see its spelling and $PATH; for pipes and variables, run a shell: -- sh -c '...'",
        ),
        _ => CliError::new(ErrorCode::Failure, format!("`{program}` did not start: {error}"), ""),
    }
}

/// A command under way.
struct Run<'o> {
    out: &'o Output,
    /// Taken back before anything is said by this program.
    given: Option<Given>,
    handle: Handle,
    stream: Stream,
    signals: TerminationSignals,
    tail: Tail,
    live: Live,
    timed_out: bool,
    stopped_early: bool,
}

impl Run<'_> {
    /// Shows and keeps what it says until it ends; ends it when its time is over.
    fn follow(&mut self, due: Option<Instant>) -> Result<Ended> {
        let mut handed_on = false;
        loop {
            let look = Instant::now() + LOOK;
            match self.stream.next(Some(due.map_or(look, |due| due.min(look)))) {
                Heard::Bytes(bytes) => {
                    self.tail.push(&bytes);
                    self.out.stream(&self.live.push(&bytes));
                }
                Heard::Stopped { by_terminal } => self.stopped(by_terminal),
                Heard::Nothing => {}
                Heard::Over(ended) => {
                    self.given = None;
                    self.out.stream(&self.live.finish());
                    return match self.signals.to_end() {
                        Some(word) => {
                            Err(CliError::new(ErrorCode::Interrupted, format!("{word}; nothing was recorded"), ""))
                        }
                        None => Ok(ended),
                    };
                }
            }
            if self.signals.to_end().is_some() {
                self.handle.cancel();
            } else if self.signals.of(SIGINT) && !handed_on {
                // The terminal tells only the group in front; here that was this program.
                handed_on = true;
                self.handle.signal(Signal::INT);
            }
            if due.is_some_and(|due| Instant::now() >= due) && !self.timed_out && !self.stream.has_ended() {
                self.timed_out = true;
                self.handle.cancel();
            }
        }
    }

    /// The command was stopped: for using the terminal before it was in front, or by Ctrl-Z. Then this
    /// program stops with it, and both go on when the shell says so.
    fn stopped(&mut self, by_terminal: bool) {
        // Once it may have been stopped before it was put in front, and heard of afterwards.
        let too_early = by_terminal && (self.given.is_none() || !std::mem::replace(&mut self.stopped_early, true));
        if !(too_early && self.put_in_front()) {
            self.given = None;
            if job_control() {
                let _ = stop();
            }
            self.put_in_front();
        }
        self.handle.go_on();
    }

    /// Whether the command has the terminal now.
    fn put_in_front(&mut self) -> bool {
        if self.given.is_none() {
            self.given = self.handle.group().and_then(give);
        }
        self.given.is_some()
    }
}

/// Signals that this program was sent while the command ran.
struct TerminationSignals {
    flags: [(i32, Arc<AtomicBool>); 3],
}

impl TerminationSignals {
    fn listen() -> io::Result<Self> {
        let flags = [SIGINT, SIGTERM, SIGHUP].map(|signal| (signal, Arc::new(AtomicBool::new(false))));
        for (signal, flag) in &flags {
            signal_hook::flag::register(*signal, Arc::clone(flag))?;
        }
        Ok(Self { flags })
    }

    fn of(&self, signal: i32) -> bool {
        self.flags.iter().any(|(known, flag)| *known == signal && flag.load(Ordering::Relaxed))
    }

    /// How it was told to end at once, if it was.
    fn to_end(&self) -> Option<&'static str> {
        match (self.of(SIGTERM), self.of(SIGHUP)) {
            (true, _) => Some("terminated"),
            (_, true) => Some("the terminal was closed"),
            (false, false) => None,
        }
    }
}

/// Bytes as they come, as text that is safe to show. What may be half a character waits for the rest.
#[derive(Default)]
struct Live {
    half: Vec<u8>,
    in_line: bool,
}

impl Live {
    fn push(&mut self, bytes: &[u8]) -> String {
        self.half.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.half) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            // A carriage return may be half of a line's end.
            Ok(text) if text.ends_with('\r') => self.half.len() - 1,
            Ok(_) | Err(_) => self.half.len(),
        };
        let rest = self.half.split_off(whole);
        let whole = std::mem::replace(&mut self.half, rest);
        self.shown(&whole)
    }

    /// What is left, and the end of the last line.
    fn finish(&mut self) -> String {
        let rest = std::mem::take(&mut self.half);
        let rest = self.shown(&rest);
        if std::mem::take(&mut self.in_line) { rest + "\n" } else { rest }
    }

    fn shown(&mut self, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
        if let Some(last) = text.chars().last() {
            self.in_line = last != '\n';
        }
        shown_lines(&text).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_in_pieces_is_shown_whole_and_safe() {
        let mut live = Live::default();
        let parts: [&[u8]; 6] = [b"caf\xc3", b"\xa9\r", b"\nnext\x1b[31m", b"\xff", b"10%\r20%", b"\xe2\x82"];
        let shown: Vec<String> = parts.iter().map(|part| live.push(part)).collect();
        assert_eq!(shown, ["caf", "é", "\nnext^[[31m", "\u{fffd}", "10%\n20%", ""]);
        assert_eq!(live.finish(), "\u{fffd}\n");
        assert_eq!(live.finish(), "", "nothing twice");
    }
}
