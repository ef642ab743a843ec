//! All plans at a glance, from a cache of what each file held when it was last read.
//!
//! The cache is keyed by name, size, time, inode and change time; it is never trusted for opening a plan, and losing
//! it costs one slow listing.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::thread;

use serde::{Deserialize, Serialize};

use crate::domain::plan::MAX_BYTES;
use crate::domain::summary::{BrokenPlan, Listing, PlanSummary};

use super::atomic::{self, How};
use super::error::show;
use super::files::{self, Links};
use super::history::History;
use super::names::{Name, classify};
use super::plans::summary;
use super::{Store, StoreError};

/// Layout of the cache; another one is thrown away.
const VERSION: &str = concat!("1 ", env!("CARGO_PKG_VERSION"));
/// Largest cache read.
const MAX_INDEX: u64 = 256 * 1024 * 1024;
/// So few files read anew are not worth writing the whole cache again.
const FEW: usize = 16;
/// Files read by one thread before a second is worth starting.
const ALONE: usize = 32;

/// What the plan files held when they were last read.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Index {
    version: String,
    /// By path below the data or the state directory.
    files: HashMap<String, Known>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Known {
    mark: Mark,
    what: What,
}

/// What shows that a file is the one that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    inode: u64,
}

impl Mark {
    fn of(meta: &Metadata) -> Self {
        Self {
            size: meta.size(),
            modified: (meta.mtime(), meta.mtime_nsec()),
            changed: (meta.ctime(), meta.ctime_nsec()),
            inode: meta.ino(),
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
enum What {
    Plan(Box<PlanSummary>),
    Broken { message: String, hint: String },
}

/// A file to be listed.
struct Found {
    key: String,
    id: String,
    path: PathBuf,
    meta: Metadata,
}

impl Store {
    /// All plans, what is broken among them, and the trash. Never fails as a whole.
    pub fn list(&self) -> Listing {
        let mut listing = Listing::default();
        let plans = self.plan_files(&mut listing);
        let trashed = self.trash_files();
        let mut guard = self.inner.index.lock().unwrap_or_else(PoisonError::into_inner);
        let index = guard.get_or_insert_with(|| self.read_index());
        let fresh = refresh(index, plans.iter().chain(&trashed));
        for file in &plans {
            match index.files.get(&file.key).map(|known| &known.what) {
                Some(What::Plan(summary)) => listing.plans.push((**summary).clone()),
                Some(What::Broken { message, hint }) => listing.broken.push(self.broken(file, message, hint)),
                None => {}
            }
        }
        let mut gone: Vec<(Mark, PlanSummary)> = Vec::new();
        for file in &trashed {
            if let Some(Known { mark, what: What::Plan(summary) }) = index.files.get(&file.key) {
                gone.push((*mark, (**summary).clone()));
            }
        }
        gone.sort_by_key(|(mark, _)| std::cmp::Reverse(mark.modified));
        listing.trashed = gone.into_iter().map(|(_, summary)| summary).collect();
        listing.plans.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| b.id.cmp(&a.id)));
        listing.broken.sort_by(|a, b| a.id.cmp(&b.id));
        listing.conflicts.sort();
        let known = index.files.len();
        if known > plans.len() + trashed.len() {
            let here: std::collections::HashSet<&str> =
                plans.iter().chain(&trashed).map(|file| file.key.as_str()).collect();
            index.files.retain(|key, _| here.contains(key.as_str()));
        }
        if fresh > FEW {
            self.write_index(index);
        }
        listing
    }

    /// The plan files; what else is there goes into the listing at once.
    fn plan_files(&self, listing: &mut Listing) -> Vec<Found> {
        let folder = self.dirs().plans();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if files::is_missing(&error) => return Vec::new(),
            Err(error) => {
                listing.failure = Some(StoreError::reading(&folder, &error).message);
                return Vec::new();
            }
        };
        let mut found = Vec::new();
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            match classify(&name) {
                // Without metadata it went away meanwhile.
                Name::Plan(id) => found.extend(entry.metadata().ok().map(|meta| Found {
                    key: format!("plans/{name}"),
                    id,
                    path: entry.path(),
                    meta,
                })),
                Name::Misnamed(stem) => listing.broken.push(BrokenPlan {
                    message: format!("{}: the name is not the id of a plan", show(&entry.path())),
                    hint: "ids have small letters, digits and hyphens; call the file <id>.toml, after the id in it"
                        .into(),
                    path: entry.path(),
                    id: stem,
                    recoverable: false,
                }),
                Name::Conflict(id) => listing.conflicts.push((id, entry.path())),
                Name::Other => {}
            }
        }
        found
    }

    fn trash_files(&self) -> Vec<Found> {
        let entries = fs::read_dir(self.dirs().trash()).into_iter().flatten().flatten();
        let found = entries.filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let id = super::trash::id_of(&name)?.to_owned();
            Some(Found { key: format!("trash/{name}"), id, path: entry.path(), meta: entry.metadata().ok()? })
        });
        found.collect()
    }

    fn broken(&self, file: &Found, message: &str, hint: &str) -> BrokenPlan {
        let recoverable = History::open(&self.dirs().history(&file.id)).last_good(&file.id).is_some();
        BrokenPlan {
            path: file.path.clone(),
            id: file.id.clone(),
            message: message.into(),
            hint: hint.into(),
            recoverable,
        }
    }

    fn index_path(&self) -> PathBuf {
        self.dirs().state.join("index.json")
    }

    fn read_index(&self) -> Index {
        let text = files::read_text(&self.index_path(), MAX_INDEX, Links::Refused);
        let index = text.ok().and_then(|text| serde_json::from_str::<Index>(&text).ok());
        index
            .filter(|index| index.version == VERSION)
            .unwrap_or_else(|| Index { version: VERSION.into(), ..Index::default() })
    }

    fn write_index(&self, index: &Index) {
        // A plans directory that nobody made is no reason to make a state directory.
        let Ok(bytes) = serde_json::to_vec(index) else { return };
        if let Err(error) = atomic::write(&self.index_path(), &bytes, How::CACHE) {
            tracing::debug!(%error, "the cache of the listing is not kept");
        }
    }
}

/// Reads the files that are not as the index knows them; says how many.
fn refresh<'a>(index: &mut Index, found: impl Iterator<Item = &'a Found>) -> usize {
    let known = |file: &&Found| index.files.get(&file.key).is_some_and(|known| known.mark == Mark::of(&file.meta));
    let fresh: Vec<&Found> = found.filter(|file| !known(file)).collect();
    let read = |files: &[&Found]| -> Vec<(String, Known)> {
        files
            .iter()
            .map(|file| (file.key.clone(), Known { mark: Mark::of(&file.meta), what: read_one(file) }))
            .collect()
    };
    let (here, there) = fresh.split_at(if fresh.len() > ALONE { fresh.len() / 2 } else { fresh.len() });
    let (here, there) = thread::scope(|scope| {
        let other = (!there.is_empty()).then(|| scope.spawn(|| read(there)));
        (read(here), other.and_then(|other| other.join().ok()).unwrap_or_default())
    });
    index.files.extend(here.into_iter().chain(there));
    fresh.len()
}

fn read_one(file: &Found) -> What {
    let path = Path::new(&file.path);
    let text = files::read_text(path, MAX_BYTES, Links::Refused);
    // A file in the trash may have a number in its name.
    let named = path.with_file_name(format!("{}.toml", file.id));
    match text.and_then(|text| summary(&named, &text)) {
        Ok(summary) => What::Plan(Box::new(summary)),
        Err(error) => What::Broken { message: error.message, hint: error.hint },
    }
}
