//! A program from its start to its end, as a stream of what it says.
//!
//! An argument vector, never a shell; standard output and error in one pipe, as they come. It runs in
//! a process group of its own, so ending it ends all that it has started. What it says is kept raw:
//! it is other people's text, shown only through [`shown_lines`](crate::domain::untrusted::shown_lines).

use std::ffi::OsStr;
use std::io::{self, PipeReader, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, WaitIdStatus, kill_process_group, waitid};

/// How long the pipe is read after the program has ended, if something it started holds it open.
const AFTER: Duration = Duration::from_millis(500);
/// How long after TERM comes KILL.
pub const MERCY: Duration = Duration::from_secs(1);

/// What a program gets on its standard input.
#[derive(Debug)]
pub enum Input {
    /// This text, byte for byte, then the end.
    Text(String),
    /// What this program has: the terminal, a file, a pipe.
    Inherited,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Its exit code; none if a signal ended it.
    pub code: Option<i32>,
    pub signal: Option<i32>,
}

impl Ended {
    fn of(status: Option<ExitStatus>) -> Self {
        Self { code: status.and_then(|status| status.code()), signal: status.and_then(|status| status.signal()) }
    }

    /// The exit code as a shell tells it: 128 and the signal's number where a signal ended it.
    pub fn shell_code(self) -> i32 {
        self.code.unwrap_or_else(|| 128 + self.signal.unwrap_or(0))
    }
}

/// What is heard of a program next.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// It said something.
    Bytes(Vec<u8>),
    /// It was stopped, as by Ctrl-Z; [`Handle::go_on`] lets it run again.
    Stopped {
        /// Because it read from the terminal, or set it, without being in front of it.
        by_terminal: bool,
    },
    /// The time that was asked for is over, and nothing was heard.
    Nothing,
    /// It has ended, and all that it said was heard.
    Over(Ended),
}

/// A program that runs. Dropping it cancels the program.
#[derive(Debug)]
pub struct Handle {
    running: Arc<Mutex<Running>>,
}

#[derive(Debug)]
struct Running {
    group: Option<Pid>,
    cancelled: bool,
}

impl Handle {
    /// Ends the program and all that it started: TERM, and a second later KILL. The stream still ends.
    pub fn cancel(&self) {
        let mut running = lock(&self.running);
        if running.cancelled {
            return;
        }
        running.cancelled = true;
        let Some(group) = running.group else { return };
        let _ = kill_process_group(group, Signal::TERM);
        // One that is stopped would not hear of it.
        let _ = kill_process_group(group, Signal::CONT);
        let later = Arc::clone(&self.running);
        let timer = thread::Builder::new().name("run-kill".to_owned()).spawn(move || {
            thread::sleep(MERCY);
            if let Some(group) = lock(&later).group {
                let _ = kill_process_group(group, Signal::KILL);
            }
        });
        if timer.is_err() {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }

    /// Hands a signal on to the program and all that it started.
    pub fn signal(&self, signal: Signal) {
        if let Some(group) = lock(&self.running).group {
            let _ = kill_process_group(group, signal);
        }
    }

    /// Lets a program that was stopped run again.
    pub fn go_on(&self) {
        self.signal(Signal::CONT);
    }

    /// Its process group, while it runs.
    pub fn group(&self) -> Option<Pid> {
        lock(&self.running).group
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.cancel();
    }
}

fn lock(running: &Mutex<Running>) -> std::sync::MutexGuard<'_, Running> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Debug)]
enum Progress {
    Bytes(Vec<u8>),
    Stopped(Option<i32>),
    Ended(Ended),
}

/// What a program says, until it has ended.
#[derive(Debug)]
pub struct Stream {
    progress: Receiver<Progress>,
    end: Option<(Ended, Instant)>,
}

impl Stream {
    /// What is heard next, by `until` at the latest.
    pub fn next(&mut self, until: Option<Instant>) -> Heard {
        loop {
            let due = match self.end {
                Some((_, last)) => Some(until.map_or(last, |until| until.min(last))),
                None => until,
            };
            let step = match due {
                Some(due) => self.progress.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => self.progress.recv().map_err(RecvTimeoutError::from),
            };
            match step {
                // A flood from what it left behind does not go on for ever.
                Ok(Progress::Bytes(bytes)) if !self.is_over() => return Heard::Bytes(bytes),
                Ok(Progress::Bytes(_)) => return Heard::Over(self.ended()),
                Ok(Progress::Stopped(by)) => {
                    let terminal = [Signal::TTIN, Signal::TTOU].map(|signal| Some(signal.as_raw()));
                    return Heard::Stopped { by_terminal: terminal.contains(&by) };
                }
                Ok(Progress::Ended(ended)) => self.end = Some((ended, Instant::now() + AFTER)),
                Err(RecvTimeoutError::Disconnected) => return Heard::Over(self.ended()),
                Err(RecvTimeoutError::Timeout) if self.is_over() => return Heard::Over(self.ended()),
                Err(RecvTimeoutError::Timeout) => return Heard::Nothing,
            }
        }
    }

    /// The program has ended, and what it left behind has had its time.
    fn is_over(&self) -> bool {
        self.end.is_some_and(|(_, last)| Instant::now() >= last)
    }

    fn ended(&self) -> Ended {
        self.end.map_or(Ended { code: None, signal: None }, |(ended, _)| ended)
    }

    /// Whether the program itself has ended; something it started may still hold its output open.
    pub fn has_ended(&self) -> bool {
        self.end.is_some()
    }
}

/// Starts `program` with `arguments`.
///
/// # Errors
/// It did not start: it is not there, may not be run, or there is no room for a process.
pub fn start<S: AsRef<OsStr>>(program: &OsStr, arguments: &[S], input: Input) -> io::Result<(Handle, Stream)> {
    let (output, into) = io::pipe()?;
    let both = into.try_clone()?;
    // The program holds the pipe's other end: dropped here with it, so that the pipe can end.
    let mut child = Command::new(program)
        .args(arguments)
        .process_group(0)
        .stdin(match input {
            Input::Text(_) => Stdio::piped(),
            Input::Inherited => Stdio::inherit(),
        })
        .stdout(into)
        .stderr(both)
        .spawn()?;
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let running = Arc::new(Mutex::new(Running { group, cancelled: false }));
    // From here on, a failure ends the program: the handle is dropped.
    let handle = Handle { running: Arc::clone(&running) };
    let (progress, taken) = mpsc::sync_channel(16);
    let stdin = child.stdin.take();
    let ended = progress.clone();
    let named = |name: &str| thread::Builder::new().name(name.to_owned());
    named("run-wait").spawn(move || wait(child, group, &running, &ended))?;
    if let (Some(mut stdin), Input::Text(text)) = (stdin, input) {
        // A program that does not read to the end is its own affair.
        named("run-feed").spawn(move || drop(stdin.write_all(text.as_bytes())))?;
    }
    named("run-read").spawn(move || read(output, &progress))?;
    Ok((handle, Stream { progress: taken, end: None }))
}

/// Waits for the program's end, and takes its id away under the lock before it is free for others.
fn wait(mut child: Child, group: Option<Pid>, running: &Mutex<Running>, ended: &SyncSender<Progress>) {
    if let Some(id) = group {
        while !has_ended(id, ended) {}
    }
    let mut running = lock(running);
    if let (Some(group), true) = (running.group, running.cancelled) {
        // What it started and left behind.
        let _ = kill_process_group(group, Signal::KILL);
    }
    running.group = None;
    let status = child.wait();
    drop(running);
    let _ = ended.send(Progress::Ended(Ended::of(status.ok())));
}

/// Waits until the program ends or is stopped, and tells of a stop; whether it has ended.
fn has_ended(id: Pid, told: &SyncSender<Progress>) -> bool {
    let either = WaitIdOptions::EXITED | WaitIdOptions::STOPPED | WaitIdOptions::NOWAIT;
    match waitid(WaitId::Pid(id), either) {
        Ok(Some(status)) if WaitIdStatus::stopped(&status) => {
            // Taken, so that the next stop is another one.
            let _ = waitid(WaitId::Pid(id), WaitIdOptions::STOPPED | WaitIdOptions::NOHANG);
            let _ = told.send(Progress::Stopped(status.stopping_signal()));
            false
        }
        Err(rustix::io::Errno::INTR) => false,
        Ok(_) | Err(_) => true,
    }
}

fn read(mut output: PipeReader, progress: &SyncSender<Progress>) {
    let mut bytes = [0; 16 * 1024];
    loop {
        match output.read(&mut bytes) {
            Ok(0) => return,
            Ok(count) => {
                if progress.send(Progress::Bytes(bytes[..count].to_vec())).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str) -> (Handle, Stream) {
        start(OsStr::new("sh"), &["-c", script], Input::Text(String::new())).unwrap()
    }

    fn all(stream: &mut Stream) -> (String, Ended) {
        let mut said = Vec::new();
        loop {
            match stream.next(None) {
                Heard::Bytes(bytes) => said.extend(bytes),
                Heard::Stopped { .. } | Heard::Nothing => {}
                Heard::Over(ended) => return (String::from_utf8(said).unwrap(), ended),
            }
        }
    }

    #[test]
    fn how_it_ended_is_told_as_a_shell_does() {
        for (script, code) in [("exit 3", 3), ("kill -9 $$", 137), ("kill -TERM $$", 143), ("true", 0)] {
            let (_handle, mut stream) = sh(script);
            assert_eq!(all(&mut stream).1.shell_code(), code, "{script}");
        }
    }

    #[test]
    fn a_stop_is_told_and_it_goes_on() {
        let (handle, mut stream) = sh("kill -STOP $$; echo on");
        assert_eq!(stream.next(None), Heard::Stopped { by_terminal: false });
        handle.go_on();
        assert_eq!(all(&mut stream), ("on\n".into(), Ended { code: Some(0), signal: None }));
    }

    #[test]
    fn a_stopped_one_can_be_cancelled() {
        let (handle, mut stream) = sh("kill -STOP $$");
        assert_eq!(stream.next(None), Heard::Stopped { by_terminal: false });
        handle.cancel();
        assert_eq!(all(&mut stream).1.signal, Some(15));
    }

    #[test]
    fn nothing_is_heard_while_it_is_silent() {
        let (handle, mut stream) = sh("sleep 60");
        assert_eq!(stream.next(Some(Instant::now() + Duration::from_millis(5))), Heard::Nothing);
        assert!(!stream.has_ended());
        drop(handle);
        assert_eq!(all(&mut stream).1.signal, Some(15));
    }

    #[test]
    fn a_flood_from_what_it_left_behind_ends() {
        let (handle, mut stream) = sh("yes & exit 7");
        loop {
            match stream.next(None) {
                Heard::Over(ended) => break assert_eq!(ended.code, Some(7)),
                Heard::Bytes(_) | Heard::Stopped { .. } | Heard::Nothing => {}
            }
        }
        drop((handle, stream));
    }
}
