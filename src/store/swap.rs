//! One file put in the place of another in one step, with the other in hand afterwards.
//!
//! So what somebody else saved at the last moment is noticed and put back, and a sync that fails is taken back. Where
//! the file system cannot exchange two names, the file is looked at just before it is replaced.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use rustix::io::Errno;
use tempfile::{NamedTempFile, TempPath};

use super::atomic::{folder_of, sync_dir};

/// How often the latest text is put back, where others save between two steps of ours.
const TURNS: usize = 8;

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

/// Exchanges two names in one step, where the system has a call for it.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> Result<(), Errno> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)
}

/// The BSDs have none: they go the way of a file system that cannot.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> Result<(), Errno> {
    Err(Errno::NOSYS)
}

/// Whether the file system cannot exchange two names.
fn cannot(error: Errno) -> bool {
    matches!(error, Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;

    /// A folder with a file `plan` that holds `text`, and a temporary file with our text beside it.
    fn beside(text: &str) -> (TempDir, PathBuf, NamedTempFile) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan");
        fs::write(&path, text).unwrap();
        let temp = NamedTempFile::new_in(folder.path()).unwrap();
        fs::write(temp.path(), "ours").unwrap();
        (folder, path, temp)
    }

    /// What lies in a folder, to see that no temporary file stays.
    fn names(folder: &TempDir) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    fn changed(strays: &[&str]) -> Swapped {
        Swapped::Changed { strays: strays.iter().map(|stray| stray.as_bytes().to_vec()).collect() }
    }

    #[test]
    fn without_an_exchange_only_what_was_read_is_replaced() {
        let (folder, path, temp) = beside("theirs");
        assert_eq!(look_and_replace(temp.into_temp_path(), &path, b"read").unwrap(), changed(&[]));
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(&folder)), ("theirs", vec!["plan".into()]));

        let (folder, path, temp) = beside("read");
        let done = look_and_replace(temp.into_temp_path(), &path, b"read").unwrap();
        assert_eq!(done, Swapped::Done { late: None });
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(&folder)), ("ours", vec!["plan".into()]));

        // A link with the same text behind it is not the file that was read.
        let (folder, path, temp) = beside("read");
        fs::rename(&path, folder.path().join("elsewhere")).unwrap();
        symlink("elsewhere", &path).unwrap();
        assert_eq!(look_and_replace(temp.into_temp_path(), &path, b"read").unwrap(), changed(&[]));
        assert!(path.is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "read");

        let (_folder, path, temp) = beside("read");
        fs::remove_file(&path).unwrap();
        let gone = look_and_replace(temp.into_temp_path(), &path, b"read").unwrap_err();
        assert_eq!(gone.kind(), io::ErrorKind::NotFound);
        assert!(!path.exists(), "what was taken away is not made again");
    }

    #[test]
    fn what_was_found_goes_back_and_a_later_save_goes_before_it() {
        let (folder, path, temp) = beside("ours");
        fs::write(temp.path(), "found").unwrap();
        let back = put_back(&temp.into_temp_path(), &path, b"ours", Some(b"found".to_vec())).unwrap();
        assert_eq!((back, fs::read_to_string(&path).unwrap().as_str()), (changed(&[]), "found"));
        assert_eq!(names(&folder), ["plan"]);

        // Somebody saved where our text was, before theirs was back.
        let (folder, path, temp) = beside("later");
        fs::write(temp.path(), "found").unwrap();
        let back = put_back(&temp.into_temp_path(), &path, b"ours", Some(b"found".to_vec())).unwrap();
        assert_eq!((back, fs::read_to_string(&path).unwrap().as_str()), (changed(&["found"]), "later"));
        assert_eq!(names(&folder), ["plan"]);
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_stays_where_it_is() {
        let (_folder, path, temp) = beside("");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        fs::write(path.join("inside"), "theirs").unwrap();
        assert_eq!(swap(temp, &path, b"read").unwrap(), changed(&[]));
        let temp = NamedTempFile::new_in(path.parent().unwrap()).unwrap();
        assert_eq!(replace(temp, &path).unwrap_err().kind(), io::ErrorKind::IsADirectory);
        assert_eq!(fs::read_to_string(path.join("inside")).unwrap(), "theirs");
    }

    #[test]
    fn what_was_taken_away_is_not_put_there_again() {
        let (folder, path, temp) = beside("read");
        fs::remove_file(&path).unwrap();
        assert_eq!(swap(temp, &path, b"read").unwrap(), changed(&[]));
        assert_eq!(names(&folder), [""; 0]);
    }

    #[test]
    fn a_change_that_cannot_be_made_durable_nor_taken_back_is_in_doubt() {
        let (folder, path, temp) = beside("theirs");
        let lost = settle(&temp.into_temp_path(), &folder.path().join("gone/plan")).unwrap_err();
        assert!(is_doubt(&lost) && lost.kind() == io::ErrorKind::NotFound, "{lost:?}");
        assert!(!lost.to_string().is_empty());
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert!(!is_doubt(&failed(io::ErrorKind::StorageFull.into(), true)), "what was taken back is certain");
    }
}
