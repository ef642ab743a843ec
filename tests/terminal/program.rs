//! The interface as it is shipped, in this test binary, with a clock that can be told to panic.
//!
//! The clock is asked by the loop, by the thread that saves and by the one that reads statistics, so a panic can be
//! brought about in each of them without a way to do so in what is shipped.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Zoned;
use setlist::store::{Dirs, Store};
use setlist::tui::Options;

use crate::common::pty::{Pty, Spawn};

/// Set where this binary is the program under test: the thread that is to panic.
const THREAD: &str = "SETLIST_TEST_PANIC_IN";

/// A thread of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thread {
    Loop,
    Store,
    Reader,
    /// None of those that ask the clock.
    Other,
}

impl Thread {
    fn name(self) -> &'static str {
        match self {
            Self::Loop => "loop",
            Self::Store => "store",
            Self::Reader => "reader",
            Self::Other => "other",
        }
    }
}

/// The program, which panics in `thread` once it is told to.
pub fn panics_in(thread: Thread) -> Spawn {
    let this = std::env::current_exe().unwrap();
    let args = ["--exact", "program::program", "--nocapture", "--test-threads=1"];
    args.iter().fold(Spawn::new(this), |spawn, arg| spawn.arg(*arg)).env(THREAD, thread.name())
}

/// From now on the thread panics when it next asks for the time.
pub fn tell_to_panic(pty: &Pty) {
    std::fs::write(pty.home().join("panic"), "").unwrap();
}

fn is_told() -> bool {
    PathBuf::from(std::env::var_os("HOME").unwrap()).join("panic").exists()
}

fn clock() -> Zoned {
    let thread = std::thread::current();
    let name = thread.name().filter(|name| matches!(*name, "store" | "reader")).unwrap_or("loop");
    assert!(std::env::var(THREAD).unwrap() != name || !is_told(), "told to panic in {name}");
    Zoned::now()
}

/// Not a test: the program under test.
#[test]
fn program() {
    let Ok(thread) = std::env::var(THREAD) else { return };
    if thread == Thread::Other.name() {
        std::thread::spawn(|| {
            while !is_told() {
                std::thread::sleep(Duration::from_millis(2));
            }
            panic!("told to panic in other");
        });
    }
    let dir = |name: &str| std::env::var_os(name).unwrap().into();
    let dirs = Dirs {
        data: dir("SETLIST_DATA_DIR"),
        config: dir("SETLIST_CONFIG_DIR"),
        state: dir("SETLIST_STATE_DIR"),
        project: None,
    };
    let code = setlist::tui::run(Store::new(dirs), &Options::default(), clock).unwrap();
    std::process::exit(i32::from(code));
}
