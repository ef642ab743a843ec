//! The user's own send command: the prompt goes in, what it says comes back, bounded.
//!
//! An argument vector, never a shell; the prompt's exact bytes on standard input; standard output
//! and error in one pipe, as they come. See [`process`](crate::os) for how it runs.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use crate::os::{Handle, Heard, Input, Stream, Tail};

/// How often the output so far is told, at most.
const PAUSE: Duration = Duration::from_millis(100);
/// How much of the output so far is told, in bytes.
const LIVE: usize = 64 * 1024;

/// What a command that runs tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendEvent {
    /// The end of the output so far, at most ten times a second.
    Output(String),
    Done {
        /// Its exit code; none if a signal ended it.
        exit_code: Option<i32>,
        /// The end of its output, at most the limit.
        output: String,
        /// How many bytes before that were dropped.
        dropped: u64,
    },
}

/// A command that runs. Dropping it cancels the command, with all that it started; it still tells
/// [`SendEvent::Done`].
pub type SendHandle = Handle;

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
    let (handle, stream) = crate::os::start(program.as_ref(), arguments, Input::Text(prompt)).map_err(failed)?;
    let telling = thread::Builder::new().name("send-tell".to_owned());
    telling.spawn(move || tell(stream, Tail::new(limit, LIVE), &notify)).map_err(failed)?;
    Ok(handle)
}

fn tell(mut stream: Stream, mut tail: Tail, notify: &dyn Fn(SendEvent)) {
    let mut told = Instant::now();
    let mut news = false;
    let ended = loop {
        match stream.next(news.then(|| told + PAUSE)) {
            Heard::Bytes(bytes) => {
                tail.push(&bytes);
                news = true;
            }
            Heard::Over(ended) => break ended,
            Heard::Stopped { .. } | Heard::Nothing => {}
        }
        if news && told.elapsed() >= PAUSE {
            notify(SendEvent::Output(tail.last(LIVE)));
            (told, news) = (Instant::now(), false);
        }
    };
    let (output, dropped) = tail.finish();
    notify(SendEvent::Done { exit_code: ended.code, output, dropped });
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use rustix::process::Pid;

    use super::*;
    use crate::os::run::MERCY;

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
