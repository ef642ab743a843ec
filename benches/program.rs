//! The program as a whole, in a terminal of its own: the first frame, a key, a full redraw, rest, memory.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "it measures and prints")]

#[path = "../tests/common/pty.rs"]
mod pty;

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pty::{Pty, Spawn};

/// How often each thing is measured.
const TIMES: usize = 40;
/// How many plans lie beside the one in hand.
const PLANS: usize = 10_000;
/// How long the program is left alone.
const REST: Duration = Duration::from_secs(10);

fn main() {
    // `cargo test --benches` only asks whether it runs.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let program = env!("CARGO_BIN_EXE_setlist");
    println!("binary                       {:>9.2} MiB", fs::metadata(program).unwrap().len() as f64 / 1024.0 / 1024.0);
    report("start to first frame", (0..TIMES).map(|_| first_frame()).collect());
    let mut pty = open();
    report("key to drawn", (0..TIMES).map(|at| key(&mut pty, if at % 2 == 0 { "j" } else { "k" })).collect());
    println!("full redraw at 100x30        {:>9} bytes", redraw(&mut pty));
    let before = (switches(&pty), pty.raw().len());
    std::thread::sleep(REST);
    let woken = switches(&pty) - before.0;
    println!("{} s at rest                 {woken:>9} wake-ups, {} bytes", REST.as_secs(), pty.raw().len() - before.1);
    let (nothing, line) = status_line();
    report("a program that does nothing", nothing);
    report("status with 10,000 plans", line);
    println!("resident memory              {:>9.2} MiB", status(&pty, "VmRSS:") as f64 / 1024.0);
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let milliseconds = |at: usize| times[at].as_secs_f64() * 1000.0;
    let (half, most) = (milliseconds(times.len() / 2), milliseconds(times.len() * 95 / 100));
    println!("{what:<28} {half:>9.2} ms median, {most:.2} ms p95");
}

fn spawn() -> Pty {
    Spawn::setlist().env("COLORTERM", "truecolor").env("COLORFGBG", "15;0").size(100, 30).start()
}

fn first_frame() -> Duration {
    let home = tempfile::tempdir().unwrap();
    let started = Instant::now();
    let pty = Spawn::setlist().env("COLORTERM", "truecolor").env("COLORFGBG", "15;0").size(100, 30).start_in(home);
    pty.wait_text("Strategies");
    started.elapsed()
}

/// A program past its first-run card, at rest.
fn open() -> Pty {
    let mut pty = spawn();
    pty.wait_text("Strategies");
    pty.send("\r");
    std::thread::sleep(Duration::from_secs(1));
    pty
}

/// A line for a shell prompt, with many plans, and what the start of a process costs by itself.
fn status_line() -> (Vec<Duration>, Vec<Duration>) {
    let home = tempfile::tempdir().unwrap();
    let run = |program: &str, args: &[&str]| {
        let mut command = Command::new(program);
        command.args(args).env_clear().env("HOME", home.path()).stdout(Stdio::null()).stderr(Stdio::null());
        let started = Instant::now();
        assert!(command.status().unwrap().success());
        started.elapsed()
    };
    let program = env!("CARGO_BIN_EXE_setlist");
    run(program, &["new", "bug-investigation", "--set", "bug_report=It fails"]);
    let plans = home.path().join(".local/share/setlist/plans");
    let first = fs::read_dir(&plans).unwrap().next().unwrap().unwrap().path();
    let (text, id) = (fs::read_to_string(&first).unwrap(), first.file_stem().unwrap().to_str().unwrap());
    for number in 0..PLANS {
        let copy = format!("2020-01-01-copy-{number}");
        fs::write(plans.join(format!("{copy}.toml")), text.replace(id, &copy)).unwrap();
    }
    // Once to read them all, and once more when the folder has been still for a moment.
    for _ in 0..2 {
        run(program, &["status"]);
        std::thread::sleep(Duration::from_millis(100));
    }
    let times = |program: &str, args: &[&str]| (0..TIMES).map(|_| run(program, args)).collect();
    (times("true", &[]), times(program, &["status"]))
}

/// From a key to the first bytes that show it.
fn key(pty: &mut Pty, key: &str) -> Duration {
    std::thread::sleep(Duration::from_millis(60));
    let before = pty.raw().len();
    let pressed = Instant::now();
    pty.send(key);
    pty.wait_bytes("an answer to a key", |raw| raw.len() > before);
    pressed.elapsed()
}

/// Bytes that the whole screen takes.
fn redraw(pty: &mut Pty) -> usize {
    let before = pty.raw().len();
    pty.send("\x0c");
    std::thread::sleep(Duration::from_millis(300));
    pty.raw().len() - before
}

/// How often a thread of the program went to sleep by itself, which is how often one was woken.
fn switches(pty: &Pty) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{}/task", pty.pid().as_raw_nonzero())).unwrap();
    tasks.map(|task| field(&task.unwrap().path().join("status"), "voluntary_ctxt_switches:")).sum()
}

fn status(pty: &Pty, name: &str) -> u64 {
    field(format!("/proc/{}/status", pty.pid().as_raw_nonzero()).as_ref(), name)
}

fn field(path: &std::path::Path, name: &str) -> u64 {
    let text = fs::read_to_string(path).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}
