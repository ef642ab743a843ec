//! The program's own log, for reports of faults: `setlist.log` in the state directory, bounded.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;
use std::sync::Mutex;

use rustix::fs::OFlags;
use tracing_subscriber::filter::LevelFilter;

use crate::domain::untrusted::shown_lines;

use super::{Store, atomic};

/// A log that has grown to this many bytes is put aside at the next start.
const LARGEST: u64 = 1024 * 1024;

/// A log that can be shown on a terminal: paths and errors in it hold other people's text.
struct Readable(File);

impl Write for Readable {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_all(shown_lines(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Store {
    /// The log file, whether it exists or not.
    pub fn log_path(&self) -> PathBuf {
        self.dirs().state.join("setlist.log")
    }

    /// Writes warnings and errors of this process to the log from now on. Where it cannot be
    /// opened, the program works without it: the log is for its authors.
    pub fn start_log(&self) {
        let path = self.log_path();
        if path.metadata().is_ok_and(|file| file.len() > LARGEST) {
            // One older log is kept; if it cannot be, the log goes on growing.
            let _ = fs::rename(&path, path.with_extension("log.old"));
        }
        // Lines go to no file that a link here points at.
        let nofollow = OFlags::NOFOLLOW.bits() as i32;
        let opened = atomic::make_private_dir(&self.dirs().state)
            .and_then(|()| OpenOptions::new().append(true).create(true).mode(0o600).custom_flags(nofollow).open(&path));
        let Ok(file) = opened else { return };
        let subscriber = tracing_subscriber::fmt()
            .with_writer(Mutex::new(Readable(file)))
            .with_ansi(false)
            .with_max_level(LevelFilter::WARN)
            .finish();
        // A second start in one process keeps the first log.
        let _ = tracing::subscriber::set_global_default(subscriber);
    }
}
