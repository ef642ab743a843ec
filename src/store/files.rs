//! Reading files that other people may have put there: bounded, never through a link, never blocking.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rustix::fs::OFlags;
use sha2::{Digest as _, Sha256};

use crate::domain::problem;
use crate::domain::toml_parts;
use crate::domain::untrusted::shown;

use super::error::{ErrorCode, StoreError, show};

/// Reads the text file at `path`, which must be a plain file of at most `limit` bytes of UTF-8.
pub(super) fn read_text(path: &Path, limit: u64, links: Links) -> Result<String, StoreError> {
    match String::from_utf8(read_bytes(path, limit, links)?) {
        Ok(text) => Ok(text),
        Err(error) => Err(not_utf8(path, error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

/// Reads the file at `path`, which must be a plain one of at most `limit` bytes.
pub(super) fn read_bytes(path: &Path, limit: u64, links: Links) -> Result<Vec<u8>, StoreError> {
    let file = open(path, links)?;
    let meta = file.metadata().map_err(|error| StoreError::reading(path, &error))?;
    if !meta.is_file() {
        return Err(odd(path, "is not a file", "move it away"));
    }
    if meta.len() > limit {
        let limit = limit / (1024 * 1024);
        return Err(odd(path, &format!("is larger than {limit} MiB"), "look at what is in it; it is left as it is"));
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize);
    // It may grow while it is read.
    (&file).take(limit + 1).read_to_end(&mut bytes).map_err(|error| StoreError::reading(path, &error))?;
    if bytes.len() as u64 > limit {
        return Err(odd(path, "grows while it is read", "try again"));
    }
    Ok(bytes)
}

/// Whether a symbolic link is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    Refused,
    Followed,
}

fn open(path: &Path, links: Links) -> Result<File, StoreError> {
    // Without NONBLOCK, opening a FIFO waits for a writer.
    let mut flags = OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    if links == Links::Refused {
        if path.symlink_metadata().is_ok_and(|meta| meta.is_symlink()) {
            return Err(linked(path));
        }
        flags |= OFlags::NOFOLLOW;
    }
    let opened = OpenOptions::new().read(true).custom_flags(flags.bits() as i32).open(path);
    opened.map_err(|error| match error.raw_os_error() {
        Some(code) if links == Links::Refused && code == rustix::io::Errno::LOOP.raw_os_error() => linked(path),
        _ => StoreError::reading(path, &error),
    })
}

fn linked(path: &Path) -> StoreError {
    odd(path, "is a symbolic link, which is not followed here", "put the file itself there")
}

fn odd(path: &Path, what: &str, hint: &str) -> StoreError {
    StoreError::new(ErrorCode::Corrupt, format!("{} {what}", show(path)), hint).at(path)
}

fn not_utf8(path: &Path, bytes: &[u8], at: usize) -> StoreError {
    let line = bytes[..at].split(|byte| *byte == b'\n').count();
    let message = format!("{}:{line}: not UTF-8 text: byte {at} is 0x{:02x}", show(path), bytes[at]);
    StoreError::new(ErrorCode::Corrupt, message, "save it as UTF-8").at(path)
}

/// A parser's complaint about the text of `path`, with line, column and the offending line.
pub(super) fn complaint(path: &Path, text: &str, offset: Option<usize>, message: &str) -> String {
    /// Most characters of the offending line that are quoted.
    const QUOTED: usize = 80;
    let message: Vec<&str> = message.lines().collect();
    let message = shown(&message.join(", ")).into_owned();
    let Some(offset) = offset else { return format!("{}: {message}", show(path)) };
    let at = problem::position(text, offset);
    let line: String = problem::line_at(text, offset).trim().chars().take(QUOTED).collect();
    let quoted = if line.is_empty() { String::new() } else { format!(": `{}`", shown(&line)) };
    format!("{}:{}:{}: {message}{quoted}", show(path), at.line, at.column)
}

/// A TOML parser's complaint, said as [`complaint`] does.
pub(super) fn toml_complaint(path: &Path, text: &str, error: &toml::de::Error) -> String {
    let (message, span) = toml_parts::complaint(text, error);
    complaint(path, text, Some(span.start), &message)
}

/// SHA-256 of `bytes`, in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Whether `error` says that there is no such file.
pub(super) fn is_missing(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}
