//! A panic in any thread gives the terminal back first, then speaks.

use std::panic;
use std::path::PathBuf;
use std::thread::{self, ThreadId};

use super::{modes, signals};

/// Installs a hook that gives the terminal back, lets the previous hook print the message, and
/// says where the log is. Call it on the thread of the loop: after a panic on another thread the
/// loop is told with [`Signal::Panic`](super::Signal::Panic), because a half-dead program must
/// not go on writing plans.
pub fn install_panic_hook(log: Option<PathBuf>) {
    let main: ThreadId = thread::current().id();
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        modes::restore();
        tracing::error!("panic: {info}");
        previous(info);
        if let Some(log) = &log {
            say(&format!("setlist: this is a bug; the log is {}\n", log.display()));
        }
        if thread::current().id() != main {
            signals::panicked();
        }
    }));
}

/// To standard error, past `eprintln!`, which panics when nobody reads.
fn say(text: &str) {
    use std::io::Write;
    let _ = std::io::stderr().write_all(text.as_bytes());
}
