//! The one way a file is written: whole or not at all.

use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

use super::swap::{self, Swapped};

/// How our temporary files begin, so that the ones a crash left behind can be told from others'.
const TEMP_PREFIX: &str = ".setlist-";
/// How they end.
const TEMP_SUFFIX: &str = ".tmp";
/// A temporary file older than this belongs to no writer any more.
const STALE: Duration = Duration::from_hours(1);

/// What is asked of a write.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// Whether it must survive a power cut.
    pub(super) durable: bool,
    /// Whether a file of that name may be replaced.
    pub(super) replace: bool,
    /// Whether only the owner may read it; else the user's umask decides.
    pub(super) private: bool,
}

impl How {
    /// What people typed: kept through a power cut.
    pub(super) const DURABLE: Self = Self { durable: true, replace: true, private: true };
    /// What can be lost or made again.
    pub(super) const CACHE: Self = Self { durable: false, replace: true, private: true };
}

/// Writes `bytes` to `path`. On success the file holds exactly them; on failure it is as it was.
///
/// # Errors
/// Whatever the system said. A sync that failed is not tried again on the same descriptor: the
/// system may have dropped the pages and would answer 'fine'.
pub(super) fn write(path: &Path, bytes: &[u8], how: How) -> io::Result<()> {
    // 1. and 2. A new file beside the old one with all of it, on the disk.
    let temp = beside(path, bytes, how)?;
    // 3. In place of the old one, in one step; 4. and the name on the disk too.
    if how.replace && how.durable {
        return swap::replace(temp, path);
    }
    if how.replace {
        temp.persist(path).map_err(|error| error.error)?;
    } else {
        temp.persist_noclobber(path).map_err(|error| error.error)?;
    }
    if !how.durable {
        return Ok(());
    }
    sync_dir(folder_of(path)).map_err(|error| swap::failed(error, fs::remove_file(path).is_ok()))
}

/// Writes `bytes` to `path`, where `expected` stands now, for the owner alone and through a power cut.
pub(super) fn write_over(path: &Path, bytes: &[u8], expected: &[u8]) -> io::Result<Swapped> {
    swap::swap(beside(path, bytes, How::DURABLE)?, path, expected)
}

/// A temporary file beside `path` that holds `bytes`.
fn beside(path: &Path, bytes: &[u8], how: How) -> io::Result<NamedTempFile> {
    let folder = folder_of(path);
    make_private_dir(folder)?;
    // Random name, O_EXCL, readable by nobody else.
    let mode = if how.private { 0o600 } else { 0o666 };
    let mut temp = temporary().permissions(Permissions::from_mode(mode)).tempfile_in(folder)?;
    if how.private {
        // The umask may have taken the owner's own bits.
        temp.as_file().set_permissions(Permissions::from_mode(mode))?;
    }
    temp.write_all(bytes)?;
    if how.durable {
        temp.as_file().sync_all()?;
    }
    Ok(temp)
}

/// How our temporary files are called.
fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMP_PREFIX).suffix(TEMP_SUFFIX);
    builder
}

/// Takes the file at `path` away, where it still holds `expected`; whether it did. On failure it is where it was.
pub(super) fn remove(path: &Path, expected: &[u8]) -> io::Result<bool> {
    let folder = folder_of(path);
    // Out of the way first, so that it can come back.
    let aside = temporary().tempfile_in(folder)?.into_temp_path();
    fs::rename(path, &aside)?;
    let back = |aside: tempfile::TempPath| aside.persist_noclobber(path).map_err(|error| error.error);
    match fs::read(&aside) {
        Ok(found) if found == expected => {}
        Ok(_) => return back(aside).map(|()| false),
        Err(error) => return Err(swap::failed(error, back(aside).is_ok())),
    }
    match sync_dir(folder) {
        Ok(()) => Ok(true),
        Err(error) => Err(swap::failed(error, back(aside).is_ok())),
    }
}

/// Makes the names in `folder` durable.
pub(super) fn sync_dir(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some file systems cannot sync a directory and say so.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

/// Makes the name of a new folder durable.
fn sync_above(above: &Path) -> io::Result<()> {
    match sync_dir(above) {
        // A folder that may be written but not read cannot be synced by us.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        done => done,
    }
}

/// Makes `folder` and the folders above it that are missing, each for the owner alone, whatever the
/// umask, and durable: what is synced in a folder is lost with the folder's own name. Folders that exist
/// keep their mode.
pub(super) fn make_private_dir(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent().filter(|above| !above.as_os_str().is_empty()) {
        make_private_dir(above)?;
    }
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => {
            fs::set_permissions(folder, Permissions::from_mode(0o700))?;
            sync_above(folder_of(folder))
        }
        // Somebody else was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) => Err(error),
    }
}

/// The folder `path` is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Our temporary files in `folder` that no writer owns any more.
pub(super) fn stale_temps(folder: &Path, now: SystemTime) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let entries = entries.flatten().filter(|entry| is_temp(&entry.file_name().to_string_lossy()));
    let old = |path: &PathBuf| {
        let written =
            fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).and_then(|meta| meta.modified().ok());
        written.is_some_and(|written| now.duration_since(written).is_ok_and(|age| age > STALE))
    };
    entries.map(|entry| entry.path()).filter(old).collect()
}

/// Whether a file of this name is one of our temporary files.
pub(super) fn is_temp(name: &str) -> bool {
    name.starts_with(TEMP_PREFIX) && name.ends_with(TEMP_SUFFIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_away_only_as_it_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan");
        fs::write(&path, "saved meanwhile").unwrap();
        assert!(!remove(&path, b"read").unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "saved meanwhile");
        assert!(remove(&path, b"saved meanwhile").unwrap());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "no temporary file stays");
        assert_eq!(remove(&path, b"").unwrap_err().kind(), io::ErrorKind::NotFound);
        fs::create_dir(&path).unwrap();
        assert!(remove(&path, b"").is_err());
        assert!(path.is_dir());
        // A link whose target is gone cannot be compared, and goes back.
        fs::remove_dir(&path).unwrap();
        std::os::unix::fs::symlink("nowhere", &path).unwrap();
        let error = remove(&path, b"").unwrap_err();
        assert!(error.kind() == io::ErrorKind::NotFound && !swap::is_doubt(&error), "{error:?}");
        assert!(path.is_symlink());
    }
}
