//! Strategies from their four places; the later place wins by id, and a bad file harms only itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};

use crate::domain::id;
use crate::domain::library::{Entry, Library, Source};
use crate::domain::problem::Problem;
use crate::domain::strategy::MAX_BYTES;
use crate::domain::strategy_file;
use crate::domain::untrusted::shown;

use super::atomic::How;
use super::files::{self, Links};
use super::{Store, StoreError, StoreErrorKind};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/strategies");

impl Store {
    /// The built-in strategies. Reads no disk; parsed once.
    pub fn builtin() -> Library {
        static PARSED: OnceLock<Library> = OnceLock::new();
        PARSED.get_or_init(|| Library { entries: sorted(built_in()) }).clone()
    }

    /// The strategies of all four places.
    pub fn library(&self) -> Library {
        let mut places = Shelf::default();
        for entry in Self::builtin().entries {
            places.put(entry);
        }
        for (source, folder) in self.strategy_folders() {
            for entry in read_folder(source, &folder) {
                places.put(entry);
            }
        }
        Library { entries: sorted(places.entries()) }
    }

    /// The folders that strategies are read from, earlier ones first.
    pub(super) fn strategy_folders(&self) -> Vec<(Source, PathBuf)> {
        let dirs = self.dirs();
        let mut folders =
            vec![(Source::Config, dirs.config.join("strategies")), (Source::Data, dirs.data.join("strategies"))];
        folders.extend(dirs.project.iter().map(|project| (Source::Project, project.join("strategies"))));
        folders
    }

    /// Adds a strategy file to the person's own; returns its path.
    ///
    /// # Errors
    /// [`StoreErrorKind::Invalid`] where `id` is none, [`StoreErrorKind::Conflict`] where there is one
    /// of that id, [`StoreErrorKind::NotSaved`].
    pub fn add_strategy(&self, id: &str, text: &str) -> Result<PathBuf, StoreError> {
        let path = self.strategy_path(id)?;
        if path.symlink_metadata().is_ok() {
            let hint = "choose another id, or edit that file";
            return Err(StoreError::new(StoreErrorKind::Conflict, format!("there is a strategy `{id}` already"), hint)
                .at(&path));
        }
        self.write(&path, text.as_bytes(), How { replace: false, ..How::DURABLE })?;
        Ok(path)
    }

    /// As [`Store::add_strategy`], replacing one that is there.
    ///
    /// # Errors
    /// [`StoreErrorKind::Invalid`] where `id` is none, [`StoreErrorKind::NotSaved`].
    pub fn write_strategy(&self, id: &str, text: &str) -> Result<PathBuf, StoreError> {
        let path = self.strategy_path(id)?;
        self.write(&path, text.as_bytes(), How::DURABLE)?;
        Ok(path)
    }

    fn strategy_path(&self, id: &str) -> Result<PathBuf, StoreError> {
        if !id::is_valid(id) {
            let message = format!("`{}` cannot be the id of a strategy", shown(id));
            return Err(StoreError::new(
                StoreErrorKind::Invalid,
                message,
                "use small letters, digits and hyphens, at most 64",
            ));
        }
        Ok(self.dirs().data.join("strategies").join(format!("{id}.toml")))
    }
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
    files.map(|(stem, text)| entry(stem, Source::BuiltIn, None, text, strategy_file::read(text, Some(stem)))).collect()
}

fn entry(stem: &str, source: Source, path: Option<PathBuf>, text: &str, read: strategy_file::Read) -> Entry {
    let strategy = read.strategy.map(Arc::new);
    let id = strategy.as_ref().map_or_else(|| stem.to_owned(), |strategy| strategy.id.clone());
    Entry { id, source, path, hides: Vec::new(), text: text.into(), problems: read.problems, strategy }
}

/// The strategies in one folder; none where it is missing or may not be read.
fn read_folder(source: Source, folder: &Path) -> Vec<Entry> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !name.starts_with(['.', '#']) && path.extension().is_some_and(|extension| extension == "toml")
    });
    paths.sort();
    let mut entries: Vec<Entry> = Vec::new();
    for path in paths {
        let mut read = read_file(source, folder, &path);
        let taken =
            entries.iter_mut().find(|other| read.strategy.is_some() && other.strategy.is_some() && other.id == read.id);
        if let Some(other) = taken {
            // The file that is called as its id says is the one meant.
            if stem(&path) == read.id {
                std::mem::swap(other, &mut read);
            }
            forbid_twin(&mut read);
        }
        entries.push(read);
    }
    entries
}

/// Two files of one folder with one id: the other one is not used.
fn forbid_twin(entry: &mut Entry) {
    let at = entry.text.find("id").map_or(0..0, |at| at..at + 2);
    let message = format!("another file here has the id \"{}\" too", entry.id);
    entry.problems.push(Problem::error(at, message, "give each file its own id"));
    entry.strategy = None;
    entry.id = entry.path.as_deref().map(stem).unwrap_or_default();
}

fn read_file(source: Source, folder: &Path, path: &Path) -> Entry {
    let stem = stem(path);
    let read = if leaves(folder, path) {
        Err(("a symbolic link out of its folder is not followed".into(), "put the file itself there".into()))
    } else {
        files::read_text(path, MAX_BYTES, Links::Followed).map_err(|error| (error.message, error.hint))
    };
    match read {
        Ok(text) => {
            let checked = strategy_file::check(&text, Some(&stem));
            entry(&stem, source, Some(path.into()), &text, checked)
        }
        Err((message, hint)) => {
            let problems = vec![Problem::error(0..0, message, hint)];
            entry(&stem, source, Some(path.into()), "", strategy_file::Read { strategy: None, problems })
        }
    }
}

/// Whether `path` is a link to something outside `folder`.
fn leaves(folder: &Path, path: &Path) -> bool {
    let linked = path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
    linked
        && !matches!((folder.canonicalize(), path.canonicalize()), (Ok(folder), Ok(path)) if path.starts_with(&folder))
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
