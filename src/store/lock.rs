//! One writer at a time: a lock on a file beside the state, which is never removed.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

use super::atomic;
use super::error::{ErrorCode, StoreError};

/// How long to wait for other writers: a write takes milliseconds, but a busy machine with several of
/// them may need seconds. After this one is stuck.
const PATIENCE: Duration = Duration::from_secs(15);

/// A link in the place of a lock would have its target made.
const NOFOLLOW: i32 = OFlags::NOFOLLOW.bits() as i32;

/// Held for one read-apply-write; released when dropped, or by the system when the program dies.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock called `name` in `folder`.
    ///
    /// The file stays: removing it would let two writers hold locks on two files of one name.
    pub(super) fn take(folder: &Path, name: &str) -> Result<Self, StoreError> {
        let path = folder.join(format!("{name}.lock"));
        let file = atomic::make_private_dir(folder)
            .and_then(|()| {
                OpenOptions::new()
                    .write(true)
                    .create(true)
                    .truncate(false)
                    .mode(0o600)
                    .custom_flags(NOFOLLOW)
                    .open(&path)
            })
            .map_err(|error| StoreError::not_saved(&path, &error))?;
        let begun = Instant::now();
        let mut pause = Duration::from_millis(1);
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => {
                    thread::sleep(pause);
                    pause = (pause * 2).min(Duration::from_millis(5));
                }
                Err(TryLockError::WouldBlock) => {
                    let hint = "let it finish or end it, then try again; nothing has changed";
                    return Err(
                        StoreError::new(ErrorCode::Conflict, "another setlist is writing this plan", hint).at(&path)
                    );
                }
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Interrupted => {}
                Err(TryLockError::Error(error)) => return Err(StoreError::not_saved(&path, &error)),
            }
        }
    }
}
