//! What was made of each plan file when it was last read, so that thousands of them are read once.
//!
//! A cache is keyed by name, size, time, inode and change time. It is never trusted for opening a plan, and losing
//! it costs one slow reading.

use std::collections::{HashMap, HashSet};
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::thread;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::domain::plan::MAX_BYTES;

use super::StoreError;
use super::atomic::{self, How};
use super::files::{self, Links};

/// Layout of the caches; another one is thrown away.
const VERSION: &str = concat!("3 ", env!("CARGO_PKG_VERSION"));
/// Largest cache read.
const MAX_BYTES_OF_CACHE: u64 = 256 * 1024 * 1024;
/// So few files read anew are not worth writing the whole cache again.
const FEW: usize = 16;
/// Files read by one thread before a second is worth starting.
const ALONE: usize = 32;

/// What plan files held when they were last read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Cache<T> {
    version: String,
    /// By path below the data or the state directory.
    files: HashMap<String, Known<T>>,
}

/// What is known of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Known<T> {
    pub(super) mark: Mark,
    pub(super) what: T,
}

/// What shows that a file is the one that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    size: u64,
    pub(super) modified: (i64, i64),
    changed: (i64, i64),
    inode: u64,
}

impl Mark {
    pub(super) fn of(meta: &Metadata) -> Self {
        Self {
            size: meta.size(),
            modified: (meta.mtime(), meta.mtime_nsec()),
            changed: (meta.ctime(), meta.ctime_nsec()),
            inode: meta.ino(),
        }
    }
}

/// A plan file that was found.
pub(super) struct PlanFile {
    pub(super) key: String,
    pub(super) id: String,
    pub(super) path: PathBuf,
    pub(super) meta: Metadata,
}

impl PlanFile {
    /// Its text, and the path that goes with the plan's id: in the trash a file may have a number in
    /// its name.
    pub(super) fn read(&self) -> Result<(PathBuf, String), StoreError> {
        let path = Path::new(&self.path);
        let text = files::read_text(path, MAX_BYTES, Links::Refused)?;
        Ok((path.with_file_name(format!("{}.toml", self.id)), text))
    }
}

impl<T: Serialize + DeserializeOwned + Send> Cache<T> {
    /// The cache in the file at `path`; an empty one where there is none of this version.
    pub(super) fn read(path: &Path) -> Self {
        let text = files::read_text(path, MAX_BYTES_OF_CACHE, Links::Refused);
        let cache = text.ok().and_then(|text| serde_json::from_str::<Self>(&text).ok());
        cache
            .filter(|cache| cache.version == VERSION)
            .unwrap_or_else(|| Self { version: VERSION.into(), files: HashMap::new() })
    }

    /// What is known of the file with this key.
    pub(super) fn get(&self, key: &str) -> Option<&Known<T>> {
        self.files.get(key)
    }

    /// Takes in the files as they are now: those that changed are read with `make`, those that are
    /// gone are forgotten. Writes itself to `path` where that is worth it.
    pub(super) fn refresh(&mut self, path: &Path, found: &[&PlanFile], make: impl Fn(&PlanFile) -> T + Sync) {
        let known =
            |file: &&PlanFile| self.files.get(&file.key).is_some_and(|known| known.mark == Mark::of(&file.meta));
        let fresh: Vec<&PlanFile> = found.iter().copied().filter(|file| !known(file)).collect();
        let read = |files: &[&PlanFile]| -> Vec<(String, Known<T>)> {
            let one = |file: &&PlanFile| (file.key.clone(), Known { mark: Mark::of(&file.meta), what: make(file) });
            files.iter().map(one).collect()
        };
        let (here, there) = fresh.split_at(if fresh.len() > ALONE { fresh.len() / 2 } else { fresh.len() });
        let (here, there) = thread::scope(|scope| {
            let other = (!there.is_empty()).then(|| scope.spawn(|| read(there)));
            (read(here), other.and_then(|other| other.join().ok()).unwrap_or_default())
        });
        self.files.extend(here.into_iter().chain(there));
        if self.files.len() > found.len() {
            let here: HashSet<&str> = found.iter().map(|file| file.key.as_str()).collect();
            self.files.retain(|key, _| here.contains(key.as_str()));
        }
        if fresh.len() > FEW {
            self.write(path);
        }
    }

    fn write(&self, path: &Path) {
        let Ok(bytes) = serde_json::to_vec(self) else { return };
        if let Err(error) = atomic::write(path, &bytes, How::CACHE) {
            tracing::debug!(%error, ?path, "a cache is not kept");
        }
    }
}
