//! One file put in the place of another in one step, with the other in hand afterwards.
//!
//! So what somebody else saved at the last moment is noticed and put back, and a sync that fails is taken back. Where
//! the file system cannot exchange two names, the file is looked at just before it is replaced.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use tempfile::{NamedTempFile, TempPath};

use super::atomic::{folder_of, sync_dir};

/// How often the latest text is put back, where others save between two steps of ours.
const TURNS: usize = 8;

/// What came of a swap.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Swapped {
    /// The new text is in place and on the disk.
    Done {
        /// What somebody wrote into the old file after it was replaced.
        late: Option<Vec<u8>>,
    },
    /// Something else stood there than was expected, and stands there again; nothing was written.
    Changed {
        /// What others saved in between and that stands nowhere now.
        strays: Vec<Vec<u8>>,
    },
}

/// A failure after which it cannot be told whether the new text is in place.
#[derive(Debug)]
struct Doubt(String);

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Doubt {}

/// The same failure, where the new text may be in place all the same.
fn doubt(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), Doubt(error.to_string()))
}

/// The failure of a step after which it was tried to take back what had been done.
pub(super) fn failed(error: io::Error, taken_back: bool) -> io::Error {
    if taken_back { error } else { doubt(&error) }
}

/// Whether an error leaves it open if the new text is in place.
pub(super) fn is_doubt(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Doubt>)
}

/// Puts the file `temp`, which is on the disk, in the place of whatever is at `path`.
pub(super) fn replace(temp: NamedTempFile, path: &Path) -> io::Result<()> {
    let temp = temp.into_temp_path();
    match exchange(&temp, path) {
        Ok(()) => {}
        Err(Errno::NOENT) => {
            temp.persist(path).map_err(|error| error.error)?;
            return sync_dir(folder_of(path)).map_err(|error| failed(error, fs::remove_file(path).is_ok()));
        }
        Err(error) if cannot(error) => {
            temp.persist(path).map_err(|error| error.error)?;
            return sync_dir(folder_of(path)).map_err(|error| doubt(&error));
        }
        Err(error) => return Err(error.into()),
    }
    if temp.is_dir() && !temp.is_symlink() {
        exchange(&temp, path)?;
        return Err(io::ErrorKind::IsADirectory.into());
    }
    settle(&temp, path)
}

/// Puts the file `temp`, which is on the disk, in the place of the one at `path`, which has to hold `expected`.
pub(super) fn swap(temp: NamedTempFile, path: &Path, expected: &[u8]) -> io::Result<Swapped> {
    let ours = fs::read(temp.path())?;
    let temp = temp.into_temp_path();
    match exchange(&temp, path) {
        Ok(()) => {}
        // Somebody took it away.
        Err(Errno::NOENT) => return Ok(Swapped::Changed { strays: Vec::new() }),
        Err(error) if cannot(error) => return look_and_replace(temp, path, expected),
        Err(error) => return Err(error.into()),
    }
    match content(&temp) {
        Ok(found) if found.as_deref() == Some(expected) => {}
        Ok(found) => return put_back(&temp, path, &ours, found),
        Err(error) => return Err(failed(error, exchange(&temp, path).is_ok())),
    }
    settle(&temp, path)?;
    // An editor that had opened the old file may have written into it meanwhile.
    let late = content(&temp).ok().flatten().filter(|late| late != expected);
    Ok(Swapped::Done { late })
}

/// Makes a swap durable, or takes it back.
fn settle(temp: &TempPath, path: &Path) -> io::Result<()> {
    sync_dir(folder_of(path)).map_err(|error| failed(error, exchange(temp, path).is_ok()))
}

/// What was found goes back to `path`, where `ours` is now. Whoever saved there in between was later than what was
/// found, and goes there instead.
fn put_back(temp: &TempPath, path: &Path, ours: &[u8], found: Option<Vec<u8>>) -> io::Result<Swapped> {
    let mut strays: Vec<Vec<u8>> = Vec::new();
    let (mut there, mut here) = (Some(ours.to_vec()), found);
    for _ in 0..TURNS {
        exchange(temp, path)?;
        let back = content(temp)?;
        if back == there {
            strays.extend(back.filter(|text| text != ours));
            return Ok(Swapped::Changed { strays });
        }
        (there, here) = (here, back);
    }
    strays.extend(here);
    Ok(Swapped::Changed { strays })
}

/// What an exchanged file holds; nothing where it is none, such as a link.
fn content(path: &Path) -> io::Result<Option<Vec<u8>>> {
    if path.symlink_metadata()?.is_file() { fs::read(path).map(Some) } else { Ok(None) }
}

/// Without an exchange: a look just before the file is replaced.
fn look_and_replace(temp: TempPath, path: &Path, expected: &[u8]) -> io::Result<Swapped> {
    if content(path)?.as_deref() != Some(expected) {
        return Ok(Swapped::Changed { strays: Vec::new() });
    }
    temp.persist(path).map_err(|error| error.error)?;
    sync_dir(folder_of(path)).map_err(|error| doubt(&error))?;
    Ok(Swapped::Done { late: None })
}

fn exchange(one: &Path, other: &Path) -> Result<(), Errno> {
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)
}

/// Whether the file system cannot exchange two names.
fn cannot(error: Errno) -> bool {
    matches!(error, Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP)
}
