//! The one place where the program sleeps.
//!
//! The loop waits for the terminal and for a wake-up end in one `poll`; without a timeout it
//! sleeps until something happens. Other threads wake it through a [`Sender`]. What is queued is
//! handed out in this order: signals, a new size, input, the terminal's end, messages.

use std::collections::VecDeque;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::input::{Input, Parser};
use super::signals::{self, Flags, Signal};

/// Most bytes taken from the terminal before the loop gets its turn.
const GULP: usize = 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<T> {
    /// A key, the mouse, focus, a paste.
    Input(crossterm::event::Event),
    /// The window may have another size; [`Screen::draw`](super::Screen::draw) sees to it.
    Resize,
    /// The terminal's background colour, as asked with [`ask_background`](super::background::ask_background):
    /// red, green, blue.
    Background(u8, u8, u8),
    /// From another thread.
    Message(T),
    /// A signal, or the terminal's end.
    Signal(Signal),
    /// The timeout is over.
    Tick,
}

/// Sends messages to the loop from any thread.
#[derive(Debug)]
pub struct Sender<T> {
    messages: mpsc::Sender<T>,
    flags: Arc<Flags>,
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self { messages: self.messages.clone(), flags: Arc::clone(&self.flags) }
    }
}

impl<T> Sender<T> {
    /// Sends `message`; after the loop's end it goes nowhere.
    pub fn send(&self, message: T) {
        if self.messages.send(message).is_ok() {
            self.flags.wake();
        }
    }
}

/// The events of the loop.
#[derive(Debug)]
pub struct Events<T> {
    terminal: Option<OwnedFd>,
    woken: UnixStream,
    flags: Arc<Flags>,
    incoming: mpsc::Receiver<T>,
    messages: VecDeque<T>,
    parser: Parser,
    last_byte: Instant,
    /// The terminal has answered all that it was asked.
    answered: bool,
    queue: VecDeque<Event<T>>,
}

impl<T> Events<T> {
    /// The events of the terminal on standard input, and of the signals.
    ///
    /// # Errors
    /// No descriptor or thread was left.
    pub fn open() -> io::Result<(Self, Sender<T>)> {
        let (events, sender) = Self::of(rustix::io::dup(rustix::stdio::stdin())?)?;
        signals::install(&events.flags)?;
        Ok((events, sender))
    }

    /// The events of any descriptor, without signals.
    fn of(terminal: OwnedFd) -> io::Result<(Self, Sender<T>)> {
        let (flags, woken) = Flags::new()?;
        let (messages, incoming) = mpsc::channel();
        let sender = Sender { messages, flags: Arc::clone(&flags) };
        let events = Self {
            terminal: Some(terminal),
            woken,
            flags,
            incoming,
            messages: VecDeque::new(),
            parser: Parser::default(),
            last_byte: Instant::now(),
            answered: false,
            queue: VecDeque::new(),
        };
        Ok((events, sender))
    }

    /// The next event. Waits for at most `timeout`, then says [`Event::Tick`]; without one it
    /// sleeps until something happens.
    pub fn next(&mut self, timeout: Option<Duration>) -> Event<T> {
        let deadline = timeout.map(|timeout| Instant::now() + timeout);
        let mut looked = false;
        loop {
            if let Some(event) = self.ready() {
                return event;
            }
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if looked && left == Some(Duration::ZERO) {
                return Event::Tick;
            }
            self.gather(left);
            looked = true;
        }
    }

    /// Whether an event waits already: handle it before drawing, then draw once. (Draw all the
    /// same after some tens of milliseconds: a key held down keeps events waiting.)
    pub fn has_pending(&mut self) -> bool {
        self.gather(Some(Duration::ZERO));
        let pending = self.ready();
        let found = pending.is_some();
        if let Some(event) = pending {
            self.queue.push_front(event);
        }
        found
    }

    /// Waits at most `limit` for the answer to
    /// [`ask_background`](super::background::ask_background); all else stays queued. It returns at once
    /// when the terminal says that it has no more answers.
    pub fn background_within(&mut self, limit: Duration) -> Option<(u8, u8, u8)> {
        let deadline = Instant::now() + limit;
        loop {
            let found = self.queue.iter().position(|event| matches!(event, Event::Background(..)));
            if let Some(Event::Background(red, green, blue)) = found.and_then(|index| self.queue.remove(index)) {
                return Some((red, green, blue));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || self.answered || self.terminal.is_none() {
                return None;
            }
            self.gather(Some(left));
        }
    }

    /// Waits for one of the keys that go back (Enter, Esc, `q`, Ctrl-C) or for what ends the
    /// program, which stays queued like all else.
    pub(super) fn wait_to_go_back(&mut self) {
        let goes_back = |event: &Event<T>| {
            use crossterm::event::{Event as Input, KeyCode, KeyModifiers};
            let Event::Input(Input::Key(key)) = event else { return false };
            match key.code {
                KeyCode::Enter | KeyCode::Esc | KeyCode::Char('q') => true,
                KeyCode::Char('c') => key.modifiers.contains(KeyModifiers::CONTROL),
                _ => false,
            }
        };
        self.queue.retain(|event| !matches!(event, Event::Input(_)));
        loop {
            if let Some(index) = self.queue.iter().position(goes_back) {
                self.queue.drain(..=index);
                return;
            }
            if self.flags.ending() {
                return;
            }
            self.gather(None);
        }
    }

    fn ready(&mut self) -> Option<Event<T>> {
        if let Some(signal) = self.flags.signal() {
            return Some(Event::Signal(signal));
        }
        if self.flags.resized() {
            return Some(Event::Resize);
        }
        if let Some(input) = self.queue.pop_front() {
            return Some(input);
        }
        if self.flags.hung_up() {
            return Some(Event::Signal(Signal::Hangup));
        }
        self.messages.pop_front().map(Event::Message)
    }

    /// Waits for at most `limit`, then queues what has come.
    fn gather(&mut self, limit: Option<Duration>) {
        let unfinished = self.parser.wait().map(|wait| wait.saturating_sub(self.last_byte.elapsed()));
        let limit = match (limit, unfinished) {
            (Some(limit), Some(unfinished)) => Some(limit.min(unfinished)),
            (limit, unfinished) => limit.or(unfinished),
        };
        let readable = self.wait(limit);
        if readable {
            self.read();
        } else if self.parser.wait().is_some_and(|wait| self.last_byte.elapsed() >= wait) {
            self.parser.give_up();
        }
        self.sort_input();
        self.messages.extend(self.incoming.try_iter());
    }

    /// Waits; true if the terminal has something, if only its end.
    fn wait(&mut self, limit: Option<Duration>) -> bool {
        let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
        let mut fds = vec![PollFd::new(&self.woken, PollFlags::IN)];
        if let Some(terminal) = &self.terminal {
            fds.push(PollFd::new(terminal, PollFlags::IN));
        }
        match poll(&mut fds, limit.as_ref()) {
            Ok(_) => {}
            // A signal: its flag is up.
            Err(Errno::INTR) => return false,
            Err(error) => {
                tracing::error!(%error, "poll");
                self.terminal = None;
                self.flags.hang_up();
                return false;
            }
        }
        let woken = !fds[0].revents().is_empty();
        let readable = fds.get(1).is_some_and(|fd| !fd.revents().is_empty());
        if woken {
            let mut drain = [0_u8; 256];
            while rustix::io::read(self.woken.as_fd(), &mut drain).is_ok_and(|count| count == drain.len()) {}
        }
        readable
    }

    /// Takes what the terminal has, once it was seen to be readable. An end or an error is the
    /// terminal's end: it is never asked again, so nothing spins.
    fn read(&mut self) {
        let mut bytes = [0_u8; 16 * 1024];
        let mut taken = 0;
        while taken < GULP {
            let Some(terminal) = &self.terminal else { return };
            match rustix::io::read(terminal, &mut bytes) {
                Ok(0) => return self.gone(),
                Ok(count) => {
                    self.parser.feed(&bytes[..count]);
                    self.last_byte = Instant::now();
                    taken += count;
                }
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => return self.gone(),
            }
            if !self.wait(Some(Duration::ZERO)) {
                return;
            }
        }
    }

    fn gone(&mut self) {
        self.terminal = None;
        self.parser.give_up();
        self.flags.hang_up();
    }

    fn sort_input(&mut self) {
        while let Some(input) = self.parser.take() {
            match input {
                Input::Event(event) => self.queue.push_back(Event::Input(event)),
                Input::Background(red, green, blue) => self.queue.push_back(Event::Background(red, green, blue)),
                Input::Attributes => self.answered = true,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use crossterm::event::{Event as Key, KeyCode, KeyEvent};

    use super::*;

    fn opened() -> (Events<u32>, Sender<u32>, UnixStream) {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let (events, sender) = Events::of(ours.into()).unwrap();
        (events, sender, theirs)
    }

    fn typed(c: char) -> Event<u32> {
        Event::Input(Key::Key(KeyEvent::from(KeyCode::Char(c))))
    }

    #[test]
    fn the_timeout_ends_in_a_tick() {
        let (mut events, _sender, _theirs) = opened();
        assert_eq!(events.next(Some(Duration::from_millis(5))), Event::Tick);
        assert_eq!(events.next(Some(Duration::ZERO)), Event::Tick);
    }

    #[test]
    fn a_message_wakes_a_loop_that_sleeps_for_ever() {
        let (mut events, sender, _theirs) = opened();
        let thread = thread::spawn(move || {
            thread::sleep(Duration::from_millis(20));
            sender.send(7);
        });
        assert_eq!(events.next(None), Event::Message(7));
        thread.join().unwrap();
    }

    #[test]
    fn all_that_was_typed_waits_before_drawing() {
        let (mut events, sender, theirs) = opened();
        sender.send(1);
        rustix::io::write(&theirs, b"ab").unwrap();
        assert!(events.has_pending());
        assert_eq!(events.next(None), typed('a'));
        assert!(events.has_pending());
        assert_eq!(events.next(None), typed('b'));
        assert_eq!(events.next(None), Event::Message(1));
        assert!(!events.has_pending());
    }

    #[test]
    fn a_sequence_that_never_ends_does_not_block() {
        let (mut events, sender, theirs) = opened();
        rustix::io::write(&theirs, b"\x1b[12").unwrap();
        assert!(!events.has_pending());
        sender.send(3);
        assert_eq!(events.next(None), Event::Message(3));
        thread::sleep(Duration::from_millis(40));
        assert_eq!(events.next(Some(Duration::ZERO)), Event::Tick);
        rustix::io::write(&theirs, b"x").unwrap();
        assert_eq!(events.next(None), typed('x'));
    }

    #[test]
    fn escape_alone_is_a_key_after_a_moment() {
        let (mut events, _sender, theirs) = opened();
        rustix::io::write(&theirs, b"\x1b").unwrap();
        assert_eq!(events.next(None), Event::Input(Key::Key(KeyEvent::from(KeyCode::Esc))));
    }

    #[test]
    fn the_terminal_s_end_is_told_once_and_then_it_sleeps() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let (mut events, _sender) = Events::<u32>::of(ours.into()).unwrap();
        rustix::io::write(&theirs, b"a").unwrap();
        drop(theirs);
        assert_eq!(events.next(None), typed('a'));
        assert_eq!(events.next(None), Event::Signal(Signal::Hangup));
        assert_eq!(events.next(Some(Duration::from_millis(10))), Event::Tick);
    }

    #[test]
    fn the_background_is_told_and_the_keys_stay() {
        let (mut events, _sender, theirs) = opened();
        rustix::io::write(&theirs, b"a\x1b]11;rgb:ff/ff/ff\x07\x1b[?1c").unwrap();
        assert_eq!(events.background_within(Duration::from_secs(5)), Some((255, 255, 255)));
        assert_eq!(events.next(None), typed('a'));
        // It has answered: no second wait.
        let start = Instant::now();
        assert_eq!(events.background_within(Duration::from_secs(5)), None);
        assert!(start.elapsed() < Duration::from_secs(1));
    }
}
