//! The strategies at hand; the later place wins by id, and a bad file harms only itself.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

use crate::domain::id;
use crate::domain::library::{Entry, Library, Source};
use crate::domain::pack::{Pack, PackFile};
use crate::domain::review::Thresholds;
use crate::domain::strategy_file::{self, Read};
use crate::domain::untrusted::shown;

use super::atomic::How;
use super::strategy_sources::{self, StrategySource, stem};
use super::{ErrorCode, Store, StoreError};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/strategies");

impl Store {
    /// The built-in strategies. Reads no disk; parsed once.
    pub fn builtin() -> Library {
        static PARSED: OnceLock<Library> = OnceLock::new();
        PARSED.get_or_init(|| Library { entries: sorted(built_in()) }).clone()
    }

    /// The strategies of all places. A file that extends another is merged with it.
    pub fn library(&self) -> Library {
        let mut shelf = Shelf::default();
        for entry in strategy_sources::entries(&self.shelves()) {
            shelf.put(entry);
        }
        Library { entries: sorted(shelf.entries()) }
    }

    /// Checks files as if they lay beside the person's strategies, with the warnings of the review: one that
    /// extends another finds it there or among `files`.
    pub fn check_strategies(&self, files: &[(Option<PathBuf>, &str)], thresholds: &Thresholds) -> Vec<Read> {
        if files.iter().all(|(_, text)| strategy_file::extends(text).is_none()) {
            return files
                .iter()
                .map(|(path, text)| strategy_file::lint(text, path.as_deref().map(stem).as_deref(), thresholds))
                .collect();
        }
        strategy_sources::lint(self.shelves(), files, thresholds)
    }

    /// As [`Store::check_strategies`] for files of a pack, as if it were taken: in its place among the others, not
    /// over them.
    pub fn check_pack(&self, pack: &Pack, files: &[PackFile], thresholds: &Thresholds) -> Vec<Read> {
        let packs = self.packs().unwrap_or_default();
        let at = packs.iter().position(|other| other.name == pack.name);
        // A new one comes behind those that there are, before the next folder.
        let place = at.map_or_else(|| rank(packs.len()) - 1, rank);
        let mut found = self.shelves();
        found.retain(|file| !file.is_in(&self.dirs().packs().join(&pack.name)));
        strategy_sources::lint_at(found, place, files, thresholds)
    }

    /// The strategies outside of a pack that can be used with it only: what they extend is in it.
    pub fn broken_without(&self, pack: &Pack) -> Vec<Entry> {
        let home = self.dirs().packs().join(&pack.name);
        let mut files = self.shelves();
        let with = strategy_sources::entries(&files);
        files.retain(|file| !file.is_in(&home));
        let without = strategy_sources::entries(&files);
        let breaks = |entry: &Entry| {
            let alone = without.iter().find(|other| entry.path.is_some() && other.path == entry.path);
            entry.strategy.is_some() && alone.is_some_and(|alone| alone.strategy.is_none())
        };
        with.into_iter().filter(breaks).collect()
    }

    fn shelves(&self) -> Vec<StrategySource> {
        let mut found: Vec<StrategySource> =
            Self::builtin().entries.into_iter().map(StrategySource::built_in).collect();
        if let Err(error) = self.packs() {
            found.push(StrategySource::broken(Source::Pack, self.dirs().pack_record(), error.message, error.hint));
        }
        for (at, (source, folder)) in self.strategy_folders().into_iter().enumerate() {
            found.extend(strategy_sources::read_folder(rank(at), source, &folder));
        }
        found
    }

    /// The folders that strategies are read from, earlier ones first.
    pub(super) fn strategy_folders(&self) -> Vec<(Source, PathBuf)> {
        let dirs = self.dirs();
        // A record that cannot be read is listed as broken; then there are no packs.
        let packs = self.packs().unwrap_or_default();
        let mut folders: Vec<(Source, PathBuf)> =
            packs.iter().map(|pack| (Source::Pack, self.pack_folder(pack))).collect();
        folders.push((Source::Config, dirs.config.join("strategies")));
        folders.push((Source::Data, dirs.data.join("strategies")));
        folders.extend(dirs.project.iter().map(|project| (Source::Project, project.join("strategies"))));
        folders
    }

    /// Adds a strategy file to the person's own; returns its path.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] where `id` is none, [`ErrorCode::Conflict`] where there is one
    /// of that id, [`ErrorCode::NotSaved`].
    pub fn add_strategy(&self, id: &str, text: &str) -> Result<PathBuf, StoreError> {
        let path = self.strategy_path(id)?;
        if path.symlink_metadata().is_ok() {
            let hint = "choose another id, or edit that file";
            return Err(
                StoreError::new(ErrorCode::Conflict, format!("there is a strategy `{id}` already"), hint).at(&path)
            );
        }
        self.write(&path, text.as_bytes(), How { replace: false, ..How::DURABLE })?;
        Ok(path)
    }

    /// As [`Store::add_strategy`], replacing one that is there.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] where `id` is none, [`ErrorCode::NotSaved`].
    pub fn write_strategy(&self, id: &str, text: &str) -> Result<PathBuf, StoreError> {
        let path = self.strategy_path(id)?;
        self.write(&path, text.as_bytes(), How::DURABLE)?;
        Ok(path)
    }

    fn strategy_path(&self, id: &str) -> Result<PathBuf, StoreError> {
        if !id::is_valid(id) {
            let message = format!("`{}` cannot be the id of a strategy", shown(id));
            return Err(StoreError::new(
                ErrorCode::Invalid,
                message,
                "use small letters, digits and hyphens, at most 64",
            ));
        }
        Ok(self.dirs().data.join("strategies").join(format!("{id}.toml")))
    }
}

/// The rank of a folder of strategies; built-in ones have 0, and there is room between two.
fn rank(folder: usize) -> usize {
    2 * (folder + 1)
}

/// Entries by id while places are read, and broken files that share the id of a usable one.
#[derive(Default)]
struct Shelf {
    by_id: BTreeMap<String, Entry>,
    /// A broken file does not hide a usable strategy: it stands beside it, under its file's name.
    beside: BTreeMap<String, Entry>,
}

impl Shelf {
    fn put(&mut self, mut entry: Entry) {
        match self.by_id.remove(&entry.id) {
            Some(earlier) if earlier.strategy.is_some() && entry.strategy.is_none() => {
                self.by_id.insert(earlier.id.clone(), earlier);
                self.stand_beside(entry);
            }
            Some(earlier) if earlier.strategy.is_none() && entry.strategy.is_some() => {
                self.by_id.insert(entry.id.clone(), entry);
                self.stand_beside(earlier);
            }
            Some(earlier) => {
                entry.hides = earlier.hides;
                entry.hides.push(earlier.source);
                self.by_id.insert(entry.id.clone(), entry);
            }
            None => {
                self.by_id.insert(entry.id.clone(), entry);
            }
        }
    }

    fn stand_beside(&mut self, mut entry: Entry) {
        entry.id.push_str(".toml");
        if let Some(earlier) = self.beside.remove(&entry.id) {
            entry.hides = earlier.hides;
            entry.hides.push(earlier.source);
        }
        self.beside.insert(entry.id.clone(), entry);
    }

    fn entries(self) -> Vec<Entry> {
        self.by_id.into_values().chain(self.beside.into_values()).collect()
    }
}

fn sorted(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    entries
}

fn built_in() -> Vec<Entry> {
    let files =
        BUILT_IN.files().filter_map(|file| Some((file.path().to_str()?.strip_suffix(".toml")?, file.contents_utf8()?)));
    let entry = |(stem, text): (&str, &str)| {
        let read = strategy_file::read(text, Some(stem));
        strategy_sources::entry(stem, Source::BuiltIn, None, text.into(), None, read)
    };
    files.map(entry).collect()
}
