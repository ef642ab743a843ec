//! A program in a terminal of its own: keys in, the screen and the raw bytes out.
//!
//! The environment is empty but for what a program needs, and all its directories are temporary. Every wait is
//! bounded and fails with the screen as it was.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a harness may fail loudly")]

use std::ffi::OsString;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, Termios};

/// How long anything may take before the test fails. Generous: it only passes on failure.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// What to start, and in what terminal.
pub struct Spawn {
    program: PathBuf,
    arguments: Vec<OsString>,
    variables: Vec<(String, OsString)>,
    columns: u16,
    rows: u16,
}

impl Spawn {
    /// `program` in a terminal of 80x24.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), arguments: Vec::new(), variables: Vec::new(), columns: 80, rows: 24 }
    }

    /// The program that is shipped.
    pub fn setlist() -> Self {
        Self::new(env!("CARGO_BIN_EXE_setlist"))
    }

    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    pub fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// Starts it, in a new home directory.
    pub fn start(self) -> Pty {
        self.start_in(tempfile::tempdir().unwrap())
    }

    /// Starts it in a home directory that is there already.
    pub fn start_in(self, home: tempfile::TempDir) -> Pty {
        let pair = native_pty_system().openpty(pty_size(self.columns, self.rows)).unwrap();
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.arguments);
        command.env_clear();
        command.cwd(home.path());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("TZ", "UTC");
        for name in ["HOME", "TMPDIR"] {
            command.env(name, home.path());
        }
        for (name, directory) in [("DATA", "data"), ("CONFIG", "config"), ("STATE", "state")] {
            command.env(format!("SETLIST_{name}_DIR"), home.path().join(directory));
        }
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        let before = line_settings(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        let seen = Arc::new(Seen::new(self.columns, self.rows));
        let reader = read(pair.master.try_clone_reader().unwrap(), Arc::clone(&seen));
        Pty {
            keys: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            slave: Some(pair.slave),
            reader: Some(reader),
            child,
            seen,
            home,
            before,
        }
    }
}

/// The settings of the terminal's line: echo, lines, signals from keys, speed, special characters.
fn line_settings(master: &dyn MasterPty) -> Termios {
    let flags = rustix::fs::OFlags::RDWR | rustix::fs::OFlags::NOCTTY;
    let tty = rustix::fs::open(master.tty_name().unwrap(), flags, rustix::fs::Mode::empty()).unwrap();
    rustix::termios::tcgetattr(tty).unwrap()
}

/// What the program may set, with what takes it back: screen, cursor, mouse, paste, focus, frame, keyboard, title.
const MODES: [(&str, &str); 10] = [
    ("\x1b[?1049h", "\x1b[?1049l"),
    ("\x1b[?25l", "\x1b[?25h"),
    ("\x1b[?1000h", "\x1b[?1000l"),
    ("\x1b[?1002h", "\x1b[?1002l"),
    ("\x1b[?1006h", "\x1b[?1006l"),
    ("\x1b[?2004h", "\x1b[?2004l"),
    ("\x1b[?1004h", "\x1b[?1004l"),
    ("\x1b[?2026h", "\x1b[?2026l"),
    ("\x1b[>1u", "\x1b[<1u"),
    ("\x1b[22;0t", "\x1b[23;0t"),
];

/// Whether each mode was set, and taken back after its last setting; stacks as often as they were pushed.
fn all_taken_back(raw: &[u8]) -> bool {
    let raw = String::from_utf8_lossy(raw);
    MODES.iter().all(|(on, off)| {
        let is_stack = !on.contains('?');
        raw.rfind(on).is_some_and(|set| raw.rfind(off) > Some(set))
            && (!is_stack || raw.matches(on).count() == raw.matches(off).count())
    })
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// What the program has written so far.
struct Seen {
    written: Mutex<Written>,
    more: Condvar,
}

struct Written {
    raw: Vec<u8>,
    terminal: vt100::Parser,
    /// How the reader is to go on.
    reading: Reading,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    On,
    Paused,
    Over,
}

impl Seen {
    fn new(columns: u16, rows: u16) -> Self {
        let terminal = vt100::Parser::new(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap(), 1000);
        Self { written: Mutex::new(Written { raw: Vec::new(), terminal, reading: Reading::On }), more: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, reading: Reading) {
        self.lock().reading = reading;
        self.more.notify_all();
    }
}

fn read(mut from: Box<dyn Read + Send>, seen: Arc<Seen>) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        loop {
            let mut written = seen.lock();
            while written.reading == Reading::Paused {
                written = seen.more.wait(written).unwrap();
            }
            if written.reading == Reading::Over {
                return;
            }
            drop(written);
            let Ok(count @ 1..) = from.read(&mut bytes) else { return };
            let mut written = seen.lock();
            written.raw.extend_from_slice(&bytes[..count]);
            written.terminal.process(&bytes[..count]);
            seen.more.notify_all();
        }
    })
}

/// A program that runs in a terminal.
pub struct Pty {
    keys: Option<Box<dyn Write + Send>>,
    master: Option<Box<dyn MasterPty + Send>>,
    slave: Option<Box<dyn SlavePty + Send>>,
    reader: Option<JoinHandle<()>>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Seen>,
    home: tempfile::TempDir,
    /// The line settings before anything was started.
    before: Termios,
}

impl Pty {
    /// The temporary home directory.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The home directory, to be used once more; ends the program.
    pub fn into_home(self) -> tempfile::TempDir {
        // A drop ends the program; the directory must outlive it.
        let mut this = self;
        std::mem::replace(&mut this.home, tempfile::tempdir().unwrap())
    }

    /// Types `keys`.
    pub fn send(&mut self, keys: impl AsRef<[u8]>) {
        let writer = self.keys.as_mut().unwrap();
        writer.write_all(keys.as_ref()).unwrap();
        writer.flush().unwrap();
    }

    /// The text of the screen.
    pub fn screen(&self) -> String {
        self.seen.lock().terminal.screen().contents()
    }

    /// The screen with its colours and modes.
    pub fn terminal(&self) -> vt100::Screen {
        self.seen.lock().terminal.screen().clone()
    }

    /// All bytes so far.
    pub fn raw(&self) -> Vec<u8> {
        self.seen.lock().raw.clone()
    }

    /// Waits until `wanted` holds for the screen's text.
    #[track_caller]
    pub fn wait_for(&self, what: &str, wanted: impl Fn(&str) -> bool) {
        self.wait(what, |written| wanted(&written.terminal.screen().contents()));
    }

    /// Waits until `text` is on the screen.
    #[track_caller]
    pub fn wait_text(&self, text: &str) {
        self.wait_for(text, |screen| screen.contains(text));
    }

    /// Waits until the raw bytes from `start` on contain `bytes`; returns where they end.
    #[track_caller]
    pub fn wait_raw(&self, start: usize, bytes: &str) -> usize {
        let found = std::cell::Cell::new(0);
        self.wait(bytes, |written| {
            let after = written.raw.get(start..).unwrap_or_default();
            let position = after.windows(bytes.len()).position(|window| window == bytes.as_bytes());
            found.set(start + position.unwrap_or(0) + bytes.len());
            position.is_some()
        });
        found.get()
    }

    /// Waits until `wanted` holds for all bytes so far.
    #[track_caller]
    pub fn wait_bytes(&self, what: &str, wanted: impl Fn(&str) -> bool) {
        self.wait(what, |written| wanted(&String::from_utf8_lossy(&written.raw)));
    }

    #[track_caller]
    fn wait(&self, what: &str, wanted: impl Fn(&Written) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut written = self.seen.lock();
        while !wanted(&written) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let last = written.raw.len().saturating_sub(600);
                let (screen, raw) =
                    (written.terminal.screen().contents(), written.raw[last..].escape_ascii().to_string());
                drop(written);
                panic!("never came: {what:?}\n--- screen ---\n{screen}\n--- the last bytes ---\n{raw}");
            }
            written = self.seen.more.wait_timeout(written, left).unwrap().0;
        }
    }

    /// Gives the terminal another size; the program is told (SIGWINCH).
    pub fn resize(&self, columns: u16, rows: u16) {
        let (new_rows, new_columns) = (NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap());
        self.seen.lock().terminal.screen_mut().set_size(new_rows, new_columns);
        self.master.as_ref().unwrap().resize(pty_size(columns, rows)).unwrap();
    }

    /// The process id of what was started.
    pub fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap()
    }

    /// Sends a signal to it.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits for its end for at most `limit`.
    #[track_caller]
    pub fn exit_within(&mut self, limit: Duration) -> ExitStatus {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "it still runs after {limit:?}\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for its end.
    #[track_caller]
    pub fn exit(&mut self) -> ExitStatus {
        self.exit_within(PATIENCE)
    }

    /// Whether the line settings are those of a shell: lines, echo, signals from keys.
    pub fn is_cooked(&self) -> bool {
        let modes = line_settings(self.master.as_deref().unwrap()).local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    /// Whether every line setting is what it was before the start.
    pub fn is_as_before(&self) -> bool {
        let now = line_settings(self.master.as_deref().unwrap());
        let all = |it: &Termios| (it.input_modes, it.output_modes, it.control_modes, it.local_modes);
        all(&now) == all(&self.before)
            && format!("{:?}", now.special_codes) == format!("{:?}", self.before.special_codes)
    }

    /// Whether every mode that the program may set was set and is taken back.
    pub fn takes_back_every_mode(&self) -> bool {
        all_taken_back(&self.raw())
    }

    /// The terminal is as the shell left it: every mode is taken back after its last setting.
    #[track_caller]
    pub fn assert_given_back(&self) {
        // The last of it may still be under way when the process has ended.
        self.wait("every mode taken back", |written| all_taken_back(&written.raw));
        // The line settings come last, after the bytes.
        let deadline = Instant::now() + PATIENCE;
        while !self.is_as_before() {
            assert!(Instant::now() < deadline, "the line settings are not as they were");
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(!self.terminal().alternate_screen() && !self.terminal().hide_cursor());
    }

    /// Reads no more: what the program writes fills the terminal up.
    pub fn stop_reading(&self) {
        self.seen.set(Reading::Paused);
    }

    /// Reads again.
    pub fn go_on_reading(&self) {
        self.seen.set(Reading::On);
    }

    /// Takes the terminal away, as closing its window does. The program must draw on a new size.
    pub fn hang_up(&mut self) {
        self.seen.set(Reading::Over);
        // The reader holds the terminal too: some output ends its last read.
        let (rows, columns) = self.seen.lock().terminal.screen().size();
        self.resize(columns.get() + 1, rows.get());
        self.reader.take().unwrap().join().unwrap();
        // The writer's end types Ctrl-D when dropped.
        drop((self.keys.take(), self.slave.take(), self.master.take()));
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|status| status.is_none()) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
