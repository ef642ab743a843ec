//! The user's own send command: the prompt goes in, what it says comes back, bounded.
//!
//! An argument vector, never a shell; the prompt's exact bytes on standard input; standard output
//! and error in one pipe, as they come. It runs in its own process group, so the terminal's signals
//! are not its own, and ending it ends all that it started. Its output is kept raw: it is other people's
//! text, shown only through [`shown_lines`](crate::domain::untrusted::shown_lines).

use std::io::{self, PipeReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

/// How often the output so far is told, at most.
const PAUSE: Duration = Duration::from_millis(100);
/// How much of the output so far is told, in bytes.
const LIVE: usize = 64 * 1024;
/// How long the pipe is read after the command has ended, if something it started holds it open.
const AFTER: Duration = Duration::from_millis(500);
/// How long after TERM comes KILL.
const MERCY: Duration = Duration::from_secs(1);

/// What a command that runs tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendEvent {
    /// The end of the output so far, at most ten times a second.
    Output(String),
    /// It has ended.
    Done {
        /// Its exit code; none if a signal ended it.
        exit_code: Option<i32>,
        /// The end of its output, at most the limit.
        output: String,
        /// How many bytes before that were dropped.
        dropped: u64,
    },
}

/// A command that runs. Dropping it cancels the command.
#[derive(Debug)]
pub struct SendHandle {
    running: Arc<Mutex<Running>>,
}

#[derive(Debug)]
struct Running {
    group: Option<Pid>,
    cancelled: bool,
}

impl SendHandle {
    /// Ends the command and all that it started: TERM, and a second later KILL. It still tells
    /// [`SendEvent::Done`].
    pub fn cancel(&self) {
        let mut running = lock(&self.running);
        if running.cancelled {
            return;
        }
        running.cancelled = true;
        let Some(group) = running.group else { return };
        let _ = kill_process_group(group, Signal::TERM);
        let later = Arc::clone(&self.running);
        let timer = thread::Builder::new().name("send-kill".to_owned()).spawn(move || {
            thread::sleep(MERCY);
            if let Some(group) = lock(&later).group {
                let _ = kill_process_group(group, Signal::KILL);
            }
        });
        if timer.is_err() {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

impl Drop for SendHandle {
    fn drop(&mut self) {
        self.cancel();
    }
}

fn lock(running: &Mutex<Running>) -> std::sync::MutexGuard<'_, Running> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

enum Step {
    Bytes(Vec<u8>),
    Ended(Option<i32>),
}

/// Starts `command` with `prompt` on its standard input, and tells through `notify` (on another
/// thread) what becomes of it. At most `limit` bytes of output are kept: the end of it.
///
/// # Errors
/// The command is empty or did not start: a text for the person.
pub fn start(
    command: &[String],
    prompt: String,
    limit: u64,
    notify: impl Fn(SendEvent) + Send + 'static,
) -> Result<SendHandle, String> {
    let (program, arguments) = command
        .split_first()
        .ok_or("there is no send command; set `send` in config.toml, e.g. [\"my-agent\", \"-p\"]")?;
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => format!("the send command '{program}' was not found; see `send` in config.toml"),
        _ => format!("the send command '{program}' did not start: {error}"),
    };
    let (output, into) = io::pipe().map_err(failed)?;
    let both = into.try_clone().map_err(failed)?;
    // The command holds the pipe's other end: dropped here with it, so that the pipe can end.
    let mut child = Command::new(program)
        .args(arguments)
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(into)
        .stderr(both)
        .spawn()
        .map_err(failed)?;
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let running = Arc::new(Mutex::new(Running { group, cancelled: false }));
    // From here on, a failure ends the command: the handle is dropped.
    let handle = SendHandle { running: Arc::clone(&running) };
    let (steps, taken) = mpsc::sync_channel(16);
    let stdin = child.stdin.take();
    let ended = steps.clone();
    let named = |name: &str| thread::Builder::new().name(name.to_owned());
    let waiting = named("send-wait").spawn(move || wait(child, group, &running, &ended));
    let feeding = named("send-feed").spawn(move || {
        if let Some(mut stdin) = stdin {
            // A command that does not read to the end is its own affair.
            let _ = stdin.write_all(prompt.as_bytes());
        }
    });
    let reading = named("send-read").spawn(move || read(output, &steps));
    let telling = named("send-tell").spawn(move || tell(&taken, Tail::new(limit), &notify));
    for thread in [waiting, feeding, reading, telling] {
        thread.map_err(failed)?;
    }
    Ok(handle)
}

/// Waits for the command's end, and takes its id away under the lock before it is free for others.
fn wait(mut child: Child, group: Option<Pid>, running: &Mutex<Running>, ended: &SyncSender<Step>) {
    if let Some(id) = group {
        while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(id), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT)
        {
        }
    }
    let mut running = lock(running);
    if let (Some(group), true) = (running.group, running.cancelled) {
        // What it started and left behind.
        let _ = kill_process_group(group, Signal::KILL);
    }
    running.group = None;
    let status = child.wait();
    drop(running);
    let _ = ended.send(Step::Ended(status.ok().and_then(|status| status.code())));
}

fn read(mut output: PipeReader, steps: &SyncSender<Step>) {
    let mut bytes = [0; 16 * 1024];
    loop {
        match output.read(&mut bytes) {
            Ok(0) => return,
            Ok(count) => {
                if steps.send(Step::Bytes(bytes[..count].to_vec())).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}

fn tell(steps: &mpsc::Receiver<Step>, mut tail: Tail, notify: &dyn Fn(SendEvent)) {
    let mut told = Instant::now();
    let mut news = false;
    let mut end: Option<(Option<i32>, Instant)> = None;
    loop {
        let due = match (end, news) {
            (Some((_, last)), _) => Some(last),
            (None, true) => Some(told + PAUSE),
            (None, false) => None,
        };
        let step = match due {
            Some(due) => steps.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => steps.recv().map_err(RecvTimeoutError::from),
        };
        match step {
            Ok(Step::Bytes(bytes)) => {
                tail.push(&bytes);
                news = true;
            }
            Ok(Step::Ended(code)) => end = Some((code, Instant::now() + AFTER)),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) if end.is_some() => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if end.is_some_and(|(_, last)| Instant::now() >= last) {
            break;
        }
        if news && told.elapsed() >= PAUSE {
            notify(SendEvent::Output(tail.live()));
            (told, news) = (Instant::now(), false);
        }
    }
    let (output, dropped) = tail.finish();
    notify(SendEvent::Done { exit_code: end.and_then(|(code, _)| code), output, dropped });
}

/// The end of what was said.
struct Tail {
    bytes: Vec<u8>,
    limit: usize,
    dropped: u64,
}

impl Tail {
    fn new(limit: u64) -> Self {
        Self { bytes: Vec::new(), limit: usize::try_from(limit).unwrap_or(usize::MAX), dropped: 0 }
    }

    /// Twice the limit is held before the front is cut, so that each byte moves once.
    fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() > self.limit.saturating_mul(2).max(LIVE) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let start = start_of_last(&self.bytes, self.limit);
        self.bytes.drain(..start);
        self.dropped += start as u64;
    }

    fn live(&self) -> String {
        let start = start_of_last(&self.bytes, LIVE.min(self.limit));
        String::from_utf8_lossy(&self.bytes[start..]).into_owned()
    }

    fn finish(mut self) -> (String, u64) {
        self.cut();
        (String::from_utf8_lossy(&self.bytes).into_owned(), self.dropped)
    }
}

/// Where the last `most` bytes begin, not within a character.
fn start_of_last(bytes: &[u8], most: usize) -> usize {
    let start = bytes.len().saturating_sub(most);
    if start == 0 {
        return 0;
    }
    let inside = bytes[start..].iter().take(3).take_while(|byte| **byte & 0xc0 == 0x80).count();
    start + inside
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: u64 = 1024 * 1024;
    const PATIENCE: Duration = Duration::from_secs(20);

    fn sh(script: &str, prompt: &str, limit: u64) -> (SendHandle, mpsc::Receiver<SendEvent>) {
        let (tell, told) = mpsc::channel();
        let command = ["sh", "-c", script].map(str::to_owned);
        let handle = start(&command, prompt.to_owned(), limit, move |event| drop(tell.send(event))).unwrap();
        (handle, told)
    }

    fn done(told: &mpsc::Receiver<SendEvent>) -> (Option<i32>, String, u64) {
        loop {
            match told.recv_timeout(PATIENCE).expect("it ends") {
                SendEvent::Output(_) => {}
                SendEvent::Done { exit_code, output, dropped } => return (exit_code, output, dropped),
            }
        }
    }

    #[test]
    fn the_prompt_goes_in_byte_for_byte_and_all_that_is_said_comes_out() {
        let prompt = "a\tb\r\n'$HOME' é\n\n";
        let (_handle, told) = sh("cat; echo err >&2; exit 3", prompt, LIMIT);
        assert_eq!(done(&told), (Some(3), format!("{prompt}err\n"), 0));
    }

    #[test]
    fn one_that_reads_nothing_does_no_harm() {
        let (_handle, told) = sh("exec <&-; echo bye", &"x".repeat(1 << 20), LIMIT);
        assert_eq!(done(&told), (Some(0), "bye\n".to_owned(), 0));
    }

    #[test]
    fn only_the_end_of_a_flood_is_kept() {
        let (_handle, told) = sh("yes flood | head -c 20000000; echo; echo the end", "", 1000);
        let (code, output, dropped) = done(&told);
        assert_eq!(code, Some(0));
        assert!(output.len() <= 1000 && output.ends_with("the end\n"), "{}", output.len());
        assert_eq!(dropped + output.len() as u64, 20_000_000 + 9);
    }

    #[test]
    fn it_tells_while_it_runs() {
        let (handle, told) = sh("echo first; sleep 60", "", LIMIT);
        assert_eq!(told.recv_timeout(PATIENCE), Ok(SendEvent::Output("first\n".to_owned())));
        handle.cancel();
        assert_eq!(done(&told), (None, "first\n".to_owned(), 0));
    }

    #[test]
    fn cancelling_ends_one_that_will_not_and_its_children() {
        let script = "trap '' TERM; sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1; done' & wait; while :; do sleep 1; done";
        let (handle, told) = sh(script, "", LIMIT);
        let child = match told.recv_timeout(PATIENCE) {
            Ok(SendEvent::Output(text)) => text.trim().parse().unwrap(),
            other => panic!("{other:?}"),
        };
        let start = Instant::now();
        drop(handle);
        assert_eq!(done(&told).0, None);
        assert!(start.elapsed() >= MERCY && start.elapsed() < PATIENCE);
        let child = Pid::from_raw(child).unwrap();
        let gone = (0..200).any(|_| {
            thread::sleep(Duration::from_millis(10));
            // A dead child that nobody has reaped yet is as good as gone.
            rustix::process::test_kill_process(child).is_err()
                || std::fs::read_to_string(format!("/proc/{child}/stat")).is_ok_and(|stat| stat.contains(") Z "))
        });
        assert!(gone, "the child still runs");
    }

    #[test]
    fn what_it_leaves_behind_does_not_keep_it() {
        let start = Instant::now();
        let (_handle, told) = sh("sleep 5 & echo ok", "", LIMIT);
        assert_eq!(done(&told), (Some(0), "ok\n".to_owned(), 0));
        assert!(start.elapsed() < Duration::from_secs(4));
    }

    #[test]
    fn what_does_not_start_says_so() {
        let none = |_: SendEvent| {};
        assert!(start(&[], String::new(), 1, none).unwrap_err().contains("config.toml"));
        let error = start(&["no-such-agent".to_owned()], String::new(), 1, none).unwrap_err();
        assert!(error.contains("no-such-agent") && error.contains("not found"), "{error}");
    }
}
