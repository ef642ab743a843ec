//! What can go wrong between the program and its files, in words a person can act on.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::new_plan::NotStarted;
use crate::domain::placeholder::Fault;
use crate::domain::refusal::Refusal;
use crate::domain::untrusted::shown;

use super::swap;

pub use crate::domain::refusal::ErrorCode;

/// Why the store did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct StoreError {
    /// Why; decides the exit code.
    pub code: ErrorCode,
    /// What happened, and where.
    pub message: String,
    /// What to do next; may be empty.
    pub hint: String,
    pub path: Option<PathBuf>,
}

impl StoreError {
    /// A failure that is about no file.
    pub fn new(code: ErrorCode, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into(), path: None }
    }

    /// The same failure, about `path`.
    #[must_use]
    pub fn at(self, path: &Path) -> Self {
        Self { path: Some(path.into()), ..self }
    }

    /// A file could not be read.
    pub(super) fn reading(path: &Path, error: &io::Error) -> Self {
        let name = show(path);
        let (code, hint) = match error.kind() {
            io::ErrorKind::NotFound => (ErrorCode::NotFound, "check the name".into()),
            io::ErrorKind::PermissionDenied => (ErrorCode::Io, format!("make it readable: chmod u+r '{name}'")),
            _ => (ErrorCode::Io, "check the disk and try again".into()),
        };
        Self::new(code, format!("cannot read {name}: {}", reason(error)), hint).at(path)
    }

    /// A file could not be written; what was there before is still there.
    pub(super) fn not_saved(path: &Path, error: &io::Error) -> Self {
        if swap::is_doubt(error) {
            let message = format!("not known whether it was saved: {}: {}", reason(error), show(path));
            let hint = "check the disk, and look whether the change is there before you repeat it";
            return Self::new(ErrorCode::NotSaved, message, hint).at(path);
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
        Self::new(ErrorCode::NotSaved, format!("not saved: {}: {}", reason(error), show(path)), hint).at(path)
    }
}

impl From<NotStarted> for StoreError {
    fn from(why: NotStarted) -> Self {
        match why {
            NotStarted::Refused(refusal) => refusal.into(),
            NotStarted::Faults(faults) => {
                let fault = |fault: &Fault| format!("{}: {}", shown(&fault.name), fault.message);
                let faults: Vec<String> = faults.iter().map(fault).collect();
                Self::new(ErrorCode::Invalid, faults.join("; "), "give these values and start again")
            }
        }
    }
}

impl From<Refusal> for StoreError {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.code, refusal.message, refusal.hint)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_saved_says_why_and_what_to_do() {
        let path = Path::new("/mnt/\u{1b}disk/plan.toml");
        let folder = "/mnt/^[disk";
        for (kind, part) in [
            (io::ErrorKind::StorageFull, "free some space".to_owned()),
            (io::ErrorKind::QuotaExceeded, "free some space".into()),
            (io::ErrorKind::ReadOnlyFilesystem, format!("{folder} is mounted read-only")),
            (io::ErrorKind::PermissionDenied, format!("chmod u+rwx '{folder}'")),
            (io::ErrorKind::NotADirectory, format!("where the directory {folder} should be")),
            (io::ErrorKind::AlreadyExists, format!("where the directory {folder} should be")),
            (io::ErrorKind::NotFound, format!("{folder} is gone")),
            (io::ErrorKind::Other, "nothing on disk has changed".into()),
        ] {
            let error = StoreError::not_saved(path, &kind.into());
            assert_eq!((error.code, error.path.as_deref()), (ErrorCode::NotSaved, Some(path)));
            assert!(error.hint.contains(&part), "{kind:?}: {error:?}");
            assert!(error.message.starts_with("not saved: "), "{error}");
            assert!(error.message.ends_with(": /mnt/^[disk/plan.toml"), "{error}");
        }
        let full = io::Error::from_raw_os_error(rustix::io::Errno::NOSPC.raw_os_error());
        let message = StoreError::not_saved(path, &full).message;
        assert_eq!(message, "not saved: no space left on device: /mnt/^[disk/plan.toml", "without the system's number");
    }

    #[test]
    fn where_it_is_not_known_whether_it_was_saved_nothing_else_is_said() {
        let doubt = swap::failed(io::ErrorKind::StorageFull.into(), false);
        let error = StoreError::not_saved(Path::new("plan.toml"), &doubt);
        assert_eq!(error.code, ErrorCode::NotSaved);
        assert!(error.message.starts_with("not known whether it was saved: "), "{error}");
        assert!(error.hint.contains("before you repeat it"), "{error:?}");
        let back = swap::failed(io::ErrorKind::StorageFull.into(), true);
        assert!(StoreError::not_saved(Path::new("plan.toml"), &back).message.starts_with("not saved: "));
    }

    #[test]
    fn what_could_not_be_read_says_what_to_do() {
        let path = Path::new("/mnt/plan.toml");
        let of = |kind: io::ErrorKind| StoreError::reading(path, &kind.into());
        assert_eq!(of(io::ErrorKind::NotFound).code, ErrorCode::NotFound);
        let denied = of(io::ErrorKind::PermissionDenied);
        assert_eq!(
            (denied.code, denied.hint.as_str()),
            (ErrorCode::Io, "make it readable: chmod u+r '/mnt/plan.toml'")
        );
        let other = of(io::ErrorKind::TimedOut);
        assert_eq!((other.code, other.hint.as_str()), (ErrorCode::Io, "check the disk and try again"));
        assert_eq!(other.message, "cannot read /mnt/plan.toml: timed out");
    }
}
