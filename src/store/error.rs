//! What can go wrong between the program and its files, in words a person can act on.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::command::{Cause, Refusal};
use crate::domain::untrusted::shown;

use super::swap;

/// Why the store did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct StoreError {
    /// What kind of failure; decides the exit code.
    pub kind: StoreErrorKind,
    /// What happened, and where.
    pub message: String,
    /// What to do next; may be empty.
    pub hint: String,
    /// The file it is about.
    pub path: Option<PathBuf>,
}

/// Kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreErrorKind {
    /// No such plan, strategy, session, turn, slot or item.
    NotFound,
    /// Several plans fit.
    Ambiguous,
    /// Values are missing or wrong.
    Invalid,
    /// A rule stands against it.
    Refused,
    /// A file cannot be read as what it should be.
    Corrupt,
    /// A file was written by a newer version of the program.
    Newer,
    /// Somebody else is writing, or something is there already.
    Conflict,
    /// Nothing was written: the disk is full, read-only, missing, or not ours.
    NotSaved,
    /// Reading failed.
    Io,
}

impl StoreError {
    /// A failure that is about no file.
    pub fn new(kind: StoreErrorKind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: hint.into(), path: None }
    }

    /// The same failure, about `path`.
    #[must_use]
    pub fn at(self, path: &Path) -> Self {
        Self { path: Some(path.into()), ..self }
    }

    /// A file could not be read.
    pub(super) fn reading(path: &Path, error: &io::Error) -> Self {
        let name = show(path);
        let (kind, hint) = match error.kind() {
            io::ErrorKind::NotFound => (StoreErrorKind::NotFound, "check the name".into()),
            io::ErrorKind::PermissionDenied => (StoreErrorKind::Io, format!("make it readable: chmod u+r '{name}'")),
            _ => (StoreErrorKind::Io, "check the disk and try again".into()),
        };
        Self::new(kind, format!("cannot read {name}: {}", reason(error)), hint).at(path)
    }

    /// A file could not be written; what was there before is still there.
    pub(super) fn not_saved(path: &Path, error: &io::Error) -> Self {
        if swap::is_doubt(error) {
            let message = format!("not known whether it was saved: {}: {}", reason(error), show(path));
            let hint = "check the disk, and look whether the change is there before you repeat it";
            return Self::new(StoreErrorKind::NotSaved, message, hint).at(path);
        }
        let folder = path.parent().map_or_else(|| ".".into(), show);
        let hint = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "free some space on this disk, then try again".into()
            }
            io::ErrorKind::ReadOnlyFilesystem => {
                format!("{folder} is mounted read-only; mount it writable, or use another --data-dir")
            }
            io::ErrorKind::PermissionDenied => {
                format!("make it yours: chown and chmod u+rwx '{folder}', or use another --data-dir")
            }
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                format!("a file stands where the directory {folder} should be; move it away")
            }
            io::ErrorKind::NotFound => format!("{folder} is gone; mount or create it, then try again"),
            _ => "check the disk and try again; nothing on disk has changed".into(),
        };
        Self::new(StoreErrorKind::NotSaved, format!("not saved: {}: {}", reason(error), show(path)), hint).at(path)
    }
}

impl From<Refusal> for StoreError {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal.cause {
            Cause::NotFound => StoreErrorKind::NotFound,
            Cause::Invalid => StoreErrorKind::Invalid,
            Cause::Rule => StoreErrorKind::Refused,
        };
        Self::new(kind, refusal.message, refusal.hint)
    }
}

/// A path as messages show it.
pub(super) fn show(path: &Path) -> String {
    shown(&path.to_string_lossy()).into_owned()
}

/// Why the system said no, without its number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
