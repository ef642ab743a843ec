//! The one door to disk: plans, strategies, history, drafts, memory and settings.
//!
//! ```text
//! Store::update   lock -> read the file -> Plan::apply -> merge into its text -> write -> history
//!                 lock     files, plan_text   (domain)    merge                  atomic   history
//! ```
//!
//! A plan is never kept in memory between two commands: what counts is what is on disk now.

mod atomic;
mod cache;
#[cfg(test)]
mod concurrent_edit_tests;
mod conflicts;
mod doctor;
mod error;
mod files;
mod history;
mod latest;
mod library;
mod listing;
mod lock;
mod log;
mod memory;
mod merge;
mod names;
mod orphaned_writes;
mod packs;
mod paths;
mod plan_text;
mod plans;
mod settings;
mod settings_edit;
mod stats;
mod strategy_sources;
mod swap;
mod trash;
mod undo;
mod watch;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use doctor::Check;
pub use error::{ErrorCode, StoreError};
pub use history::LogEntry;
pub use packs::digest as pack_digest;
pub use paths::{Dirs, Overrides};
pub use plans::Loaded;
pub use settings::{SettingsFile, read as read_settings};
pub use watch::{Changed, Watch};

/// The files of one person on one machine. Cheap to clone; all clones share one cache.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    dirs: Dirs,
    /// What the plan files held when they were last listed.
    index: Mutex<Option<listing::Index>>,
    /// Folders that were swept of stale temporary files in this run.
    swept: Mutex<HashSet<PathBuf>>,
}

impl Store {
    /// A store over `dirs`. Touches no file yet.
    pub fn new(dirs: Dirs) -> Self {
        Self { inner: Arc::new(Inner { dirs, index: Mutex::default(), swept: Mutex::default() }) }
    }

    /// Where its files lie.
    pub fn dirs(&self) -> &Dirs {
        &self.inner.dirs
    }

    /// The file of the plan `id`, whether it exists or not.
    pub fn plan_path(&self, id: &str) -> PathBuf {
        self.dirs().plans().join(format!("{id}.toml"))
    }

    /// Writes a file through [`atomic::write`], having swept its folder once.
    fn write(&self, path: &Path, bytes: &[u8], how: atomic::How) -> Result<(), StoreError> {
        self.sweep_once(path);
        atomic::write(path, bytes, how).map_err(|error| StoreError::not_saved(path, &error))
    }

    /// Writes a file that holds `expected` now through [`atomic::write_over`].
    fn write_over(&self, path: &Path, bytes: &[u8], expected: &[u8]) -> Result<swap::Swapped, StoreError> {
        self.sweep_once(path);
        atomic::write_over(path, bytes, expected).map_err(|error| StoreError::not_saved(path, &error))
    }

    /// Sweeps the folder of `path`, once in a run.
    fn sweep_once(&self, path: &Path) {
        let Some(folder) = path.parent() else { return };
        let first = self.inner.swept.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.into());
        if first {
            self.sweep(folder);
        }
    }

    /// Writes a file that a person chose, such as an export.
    ///
    /// # Errors
    /// [`ErrorCode::Conflict`] where there is such a file already; [`ErrorCode::NotSaved`].
    pub fn export_to(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let how = atomic::How { durable: true, replace: false, private: false };
        atomic::write(path, bytes, how).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists if path.symlink_metadata().is_ok() => {
                let hint = "choose another name, or move that file away";
                StoreError::new(ErrorCode::Conflict, format!("{} exists already", error::show(path)), hint).at(path)
            }
            _ => StoreError::not_saved(path, &error),
        })
    }

    /// As [`Store::export_to`], replacing what is there: only where the person said so.
    pub fn export_over(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        // A link stays a link; the file it points at is replaced.
        let path = path.canonicalize().unwrap_or_else(|_| path.into());
        let how = atomic::How { durable: true, replace: true, private: false };
        atomic::write(&path, bytes, how).map_err(|error| StoreError::not_saved(&path, &error))
    }
}
