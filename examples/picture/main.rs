//! Takes the picture for the README: the real program in a terminal of its own, worked by keys and
//! commands to the middle of a plan, its screen written as an SVG.
//!
//! `cargo run --example picture -- PROGRAM SVG`

#![allow(clippy::unwrap_used, reason = "a picture that cannot be taken is given up at once")]

mod svg;

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const COLUMNS: u16 = 120;
const ROWS: u16 = 36;
/// How long a screen may take to come.
const PATIENCE: Duration = Duration::from_secs(10);

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(program), Some(picture)) = (arguments.next(), arguments.next()) else {
        panic!("usage: picture PROGRAM SVG");
    };
    let stage = Stage { program: program.canonicalize().unwrap(), home: tempfile::tempdir().unwrap() };
    start(&stage);
    work(&stage);
    stage.let_time_pass();
    let mut shown = stage.open();
    shown.wait("Replace N+1");
    shown.keys("]]", "Remove the cause we found");
    fs::write(picture, svg::draw(&shown.screen())).unwrap();
    shown.leave();
}

/// From the list of strategies to a plan whose first turn runs.
fn start(stage: &Stage) {
    let mut at = stage.open();
    at.keys("\r", "Strategies").keys("/api perf", "1 of").keys("\r", "enter use").keys("\r", "Live prompt");
    at.keys("GET /orders", "GET /orders")
        .keys("\x1b", "review")
        .keys("r", "enter starts")
        .keys("\r", "1 Profile")
        .keys("t", "running");
    at.leave();
}

/// Two turns done, the third under way, as scripts would record it.
fn work(stage: &Stage) {
    let evidence = |words: &[&str]| stage.run(&[&["evidence"], words].concat());
    evidence(&["latency-baseline", "512"]);
    evidence(&["query-baseline", "458"]);
    evidence(&["breakdown", "458 ms database, 31 ms serializing, 23 ms routing and middleware"]);
    evidence(&[
        "load-script",
        "20 requests a second for 5 minutes, 0 errors",
        "--command",
        "k6 run load.js",
        "--exit-code",
        "0",
    ]);
    stage.run(&["turn", "done"]);
    stage.run(&["turn", "start"]);
    evidence(&["cause", "N+1: one query per order line for its product, 40 per request"]);
    evidence(&["growth", "1 row: 3 statements, 12 ms; 10 rows: 12, 47 ms; 100 rows: 102, 455 ms"]);
    stage.run(&["turn", "done"]);
    stage.run(&["turn", "start"]);
    evidence(&["query-time", "52"]);
    evidence(&["latency-join", "108"]);
    evidence(&["tests", "312 passed", "--command", "make test", "--exit-code", "0"]);
    stage.run(&["note", "Pagination counts orders, not joined rows: covered by a test"]);
}

/// The program and where it keeps its files.
struct Stage {
    program: PathBuf,
    home: tempfile::TempDir,
}

impl Stage {
    fn variables(&self) -> Vec<(String, String)> {
        let home = self.home.path().display().to_string();
        let mut variables: Vec<(String, String)> = [("DATA", "data"), ("CONFIG", "config"), ("STATE", "state")]
            .map(|(name, folder)| (format!("SETLIST_{name}_DIR"), format!("{home}/{folder}")))
            .into();
        let plain = [
            ("TERM", "xterm-256color"),
            ("COLORTERM", "truecolor"),
            ("COLORFGBG", "15;0"),
            ("LANG", "C.UTF-8"),
            ("TZ", "UTC"),
            ("USER", "ada"),
        ];
        variables.extend(plain.map(|(name, value)| (name.to_owned(), value.to_owned())));
        variables.push(("HOME".into(), home));
        variables
    }

    /// Runs a command of the program.
    fn run(&self, arguments: &[&str]) {
        let mut command = Command::new(&self.program);
        command.args(arguments).env_clear().envs(self.variables()).current_dir(self.home.path());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Makes the plan look as if it had been worked on for two hours: nobody waits that long for a picture.
    fn let_time_pass(&self) {
        let plans = fs::read_dir(self.home.path().join("data/plans")).unwrap();
        let path = plans.map(|entry| entry.unwrap().path()).next().unwrap();
        let mut text = fs::read_to_string(&path).unwrap();
        let mut worked = [3840, 2460, 0].iter();
        text = text.lines().map(|line| pass(line, &mut worked) + "\n").collect();
        fs::write(path, text).unwrap();
    }

    /// Opens the terminal interface.
    fn open(&self) -> Shown {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(&self.program);
        command.env_clear();
        command.cwd(self.home.path());
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let terminal = vt100::Parser::new(NonZeroU16::new(ROWS).unwrap(), NonZeroU16::new(COLUMNS).unwrap(), 0);
        let terminal = Arc::new(Mutex::new(terminal));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let written = Arc::clone(&terminal);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                written.lock().unwrap().process(&bytes[..count]);
            }
        });
        Shown { keys: pair.master.take_writer().unwrap(), _master: pair.master, child, terminal }
    }
}

/// A line of a plan file, with the time that has passed by then.
fn pass<'a>(line: &str, worked: &mut impl Iterator<Item = &'a i32>) -> String {
    let ago = |minutes: i64| (Timestamp::now() - minutes.minutes()).strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    match line.split_once(" = ") {
        Some(("worked", _)) => format!("worked = {}", worked.next().unwrap_or(&0)),
        Some(("running_since", _)) => format!("running_since = \"{}\"", ago(52)),
        _ => line.to_owned(),
    }
}

/// The terminal interface on its screen.
struct Shown {
    keys: Box<dyn Write + Send>,
    _master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    terminal: Arc<Mutex<vt100::Parser>>,
}

impl Shown {
    fn screen(&self) -> vt100::Screen {
        self.terminal.lock().unwrap().screen().clone()
    }

    /// Types, and waits until the screen shows `then`.
    fn keys(&mut self, keys: &str, then: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self.wait(then);
        self
    }

    fn wait(&self, text: &str) {
        let begun = Instant::now();
        while !self.screen().contents().contains(text) {
            assert!(begun.elapsed() < PATIENCE, "never came: {text}\n{}", self.screen().contents());
            std::thread::sleep(Duration::from_millis(20));
        }
        // What comes with it has been drawn by then too.
        std::thread::sleep(Duration::from_millis(250));
    }

    fn leave(mut self) {
        self.keys.write_all(b"q").unwrap();
        self.keys.flush().unwrap();
        self.child.wait().unwrap();
    }
}
