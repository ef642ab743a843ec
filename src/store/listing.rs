//! All plans at a glance, from a cache of what each file held when it was last read.

use std::fs;
use std::path::PathBuf;
use std::sync::PoisonError;

use serde::{Deserialize, Serialize};

use crate::domain::id;
use crate::domain::summary::{BrokenPlan, Listing, PlanSummary};

use super::cache::{Cache, Known, Mark, PlanFile};
use super::error::show;
use super::files;
use super::history::History;
use super::names::{Name, classify, copy_of};
use super::plans::summary;
use super::{Store, StoreError};

/// What the plan files held when they were last read.
pub(super) type Index = Cache<What>;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum What {
    Plan(Box<PlanSummary>),
    Broken { message: String, hint: String },
}

impl Store {
    /// All plans, what is broken among them, and the trash. Never fails as a whole.
    pub fn list(&self) -> Listing {
        let mut listing = Listing::default();
        let plans = self.plan_files(&mut listing);
        let trashed = self.trash_files();
        let mut guard = self.inner.index.lock().unwrap_or_else(PoisonError::into_inner);
        let index = guard.get_or_insert_with(|| Index::read(&self.index_path()));
        let all: Vec<&PlanFile> = plans.iter().chain(&trashed).collect();
        index.refresh(&self.index_path(), &all, read_one);
        for file in &plans {
            match index.get(&file.key).map(|known| &known.what) {
                Some(What::Plan(summary)) => listing.plans.push((**summary).clone()),
                Some(What::Broken { message, hint }) => listing.broken.push(self.broken(file, message, hint)),
                None => {}
            }
        }
        let mut gone: Vec<(Mark, PlanSummary)> = Vec::new();
        for file in &trashed {
            if let Some(Known { mark, what: What::Plan(summary) }) = index.get(&file.key) {
                gone.push((*mark, (**summary).clone()));
            }
        }
        gone.sort_by_key(|(mark, _)| std::cmp::Reverse(mark.modified));
        listing.trashed = gone.into_iter().map(|(_, summary)| summary).collect();
        listing.plans.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| b.id.cmp(&a.id)));
        listing.broken.sort_by(|a, b| a.id.cmp(&b.id));
        let ids: Vec<String> = plans.iter().map(|file| file.id.clone()).collect();
        listing.broken.retain(|broken| {
            let copied = || copy_of(&broken.id, ids.iter().map(String::as_str));
            let of = if id::is_valid(&broken.id) { None } else { copied() };
            listing.conflicts.extend(of.map(|of| (of.to_owned(), broken.path.clone())));
            of.is_none()
        });
        listing.conflicts.sort();
        listing
    }

    /// The plan files; what else is there goes into the listing at once.
    pub(super) fn plan_files(&self, listing: &mut Listing) -> Vec<PlanFile> {
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
                Name::Plan(id) => found.extend(entry.metadata().ok().map(|meta| PlanFile {
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

    fn trash_files(&self) -> Vec<PlanFile> {
        let entries = fs::read_dir(self.dirs().trash()).into_iter().flatten().flatten();
        let found = entries.filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let id = super::trash::id_of(&name)?.to_owned();
            Some(PlanFile { key: format!("trash/{name}"), id, path: entry.path(), meta: entry.metadata().ok()? })
        });
        found.collect()
    }

    fn broken(&self, file: &PlanFile, message: &str, hint: &str) -> BrokenPlan {
        let mut history = History::open(&self.dirs().history(&file.id));
        history.gather(&file.id);
        let recoverable = history.last_good(&file.id).is_some();
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
}

fn read_one(file: &PlanFile) -> What {
    match file.read().and_then(|(path, text)| summary(&path, &text)) {
        Ok(summary) => What::Plan(Box::new(summary)),
        Err(error) => What::Broken { message: error.message, hint: error.hint },
    }
}
