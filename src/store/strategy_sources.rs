//! Strategy files as they lie in their folders, and what they become once those that extend others
//! are merged with them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::library::{Entry, Source};
use crate::domain::pack::PackFile;
use crate::domain::problem::Problem;
use crate::domain::review::Thresholds;
use crate::domain::strategy::MAX_BYTES;
use crate::domain::strategy_file::{Inheritance, Read};

use super::files::{self, Links};

/// A strategy file that was found, not looked into yet.
#[derive(Debug)]
pub(super) struct StrategySource {
    /// Rank of its folder; later wins.
    place: usize,
    source: Source,
    path: Option<PathBuf>,
    stem: String,
    text: Arc<str>,
    /// What is known of it already: a built-in one, or one that cannot be read.
    read: Option<Read>,
}

impl StrategySource {
    /// A built-in strategy, which was read before.
    pub(super) fn built_in(entry: Entry) -> Self {
        let strategy = entry.strategy.map(Arc::unwrap_or_clone);
        let read = Some(Read { strategy, problems: entry.problems });
        Self { place: 0, source: entry.source, path: None, stem: entry.id, text: entry.text, read }
    }

    /// A file that cannot be used, below all others.
    pub(super) fn broken(source: Source, path: PathBuf, message: String, hint: String) -> Self {
        let read = Some(Read { strategy: None, problems: vec![Problem::error(0..0, message, hint)] });
        Self { place: 0, source, stem: stem(&path), path: Some(path), text: "".into(), read }
    }

    /// Whether it lies below `folder`.
    pub(super) fn is_in(&self, folder: &Path) -> bool {
        self.path.as_deref().is_some_and(|path| path.starts_with(folder))
    }

    /// The file of one strategy in `folder`.
    fn read(place: usize, source: Source, folder: &Path, path: &Path) -> Self {
        let text = if leaves(folder, path) {
            Err(("a symbolic link out of its folder is not followed".into(), "put the file itself there".into()))
        } else {
            let links = if source == Source::Pack { Links::Refused } else { Links::Followed };
            files::read_text(path, MAX_BYTES, links).map_err(|error| (error.message, error.hint))
        };
        let (text, read) = match text {
            Ok(text) => (text.into(), None),
            Err((message, hint)) => {
                ("".into(), Some(Read { strategy: None, problems: vec![Problem::error(0..0, message, hint)] }))
            }
        };
        Self { place, source, path: Some(path.into()), stem: stem(path), text, read }
    }
}

/// The strategy files in one folder; none where it is missing or may not be read.
pub(super) fn read_folder(place: usize, source: Source, folder: &Path) -> Vec<StrategySource> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !name.starts_with(['.', '#']) && path.extension().is_some_and(|extension| extension == "toml")
    });
    paths.sort();
    paths.iter().map(|path| StrategySource::read(place, source, folder, path)).collect()
}

/// What the files became, in the order they were found; of two in one folder with one id, one is used.
pub(super) fn entries(found: &[StrategySource]) -> Vec<Entry> {
    let mut files = Inheritance::default();
    for file in found {
        match &file.read {
            Some(read) => files.add_read(file.place, file.text.clone(), Some(&file.stem), read.clone()),
            None => files.add(file.place, file.text.clone(), Some(&file.stem), None),
        }
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut folder = (0, 0);
    for (file, resolved) in found.iter().zip(files.resolve()) {
        if file.place != folder.0 {
            folder = (file.place, entries.len());
        }
        let mut read =
            entry(&file.stem, file.source, file.path.clone(), file.text.clone(), resolved.extends, resolved.read);
        let mut siblings = entries[folder.1..].iter_mut();
        let taken = siblings.find(|other| read.strategy.is_some() && other.strategy.is_some() && other.id == read.id);
        if let Some(other) = taken {
            // The file that is called as its id says is the one meant.
            if file.stem == read.id {
                std::mem::swap(other, &mut read);
            }
            forbid_twin(&mut read);
        }
        entries.push(read);
    }
    entries
}

/// Checks `files` as the topmost place over what was found; one that was found is checked where it lies.
pub(super) fn lint(
    mut found: Vec<StrategySource>,
    files: &[(Option<PathBuf>, &str)],
    thresholds: &Thresholds,
) -> Vec<Read> {
    let above = found.last().map_or(1, |file| file.place + 1);
    let real = |path: &Path| path.canonicalize().ok();
    let at: Vec<usize> = files
        .iter()
        .map(|(path, text)| {
            let known = path.as_deref().and_then(real).and_then(|path| {
                found.iter().position(|file| file.path.as_deref().and_then(real).as_ref() == Some(&path))
            });
            let text: Arc<str> = (*text).into();
            match known {
                Some(at) => {
                    (found[at].text, found[at].read) = (text, None);
                    at
                }
                None => {
                    let stem = path.as_deref().map(stem).unwrap_or_default();
                    let (path, source) = (path.clone(), Source::default());
                    found.push(StrategySource { place: above, source, path, stem, text, read: None });
                    found.len() - 1
                }
            }
        })
        .collect();
    resolved(found, &at, thresholds)
}

/// Checks `files` as if they lay in a folder of the rank `place`.
pub(super) fn lint_at(
    mut found: Vec<StrategySource>,
    place: usize,
    files: &[PackFile],
    thresholds: &Thresholds,
) -> Vec<Read> {
    let at: Vec<usize> = (found.len()..found.len() + files.len()).collect();
    let new = |file: &PackFile| {
        let (stem, text) = (file.stem().to_owned(), file.text.as_str().into());
        StrategySource { place, source: Source::Pack, path: None, stem, text, read: None }
    };
    found.extend(files.iter().map(new));
    resolved(found, &at, thresholds)
}

/// What the files at the places `at` of `found` become.
fn resolved(found: Vec<StrategySource>, at: &[usize], thresholds: &Thresholds) -> Vec<Read> {
    let mut files = Inheritance::default();
    for (place, file) in found.into_iter().enumerate() {
        let review = Some(thresholds).filter(|_| at.contains(&place));
        let stem = Some(file.stem.as_str()).filter(|stem| !stem.is_empty());
        match file.read {
            Some(read) => files.add_read(file.place, file.text, stem, read),
            None => files.add(file.place, file.text, stem, review),
        }
    }
    let resolved = files.resolve();
    at.iter().map(|at| resolved[*at].read.clone()).collect()
}

/// The entry of a file with what came of reading it.
pub(super) fn entry(
    stem: &str,
    source: Source,
    path: Option<PathBuf>,
    text: Arc<str>,
    extends: Option<String>,
    read: Read,
) -> Entry {
    let strategy = read.strategy.map(Arc::new);
    let id = strategy.as_ref().map_or_else(|| stem.to_owned(), |strategy| strategy.id.clone());
    // Packs lie in packs/<name>/<digest>/.
    let home = path.as_deref().filter(|_| source == Source::Pack).and_then(|path| path.parent()?.parent()?.file_name());
    let pack = home.map(|name| name.to_string_lossy().into_owned());
    Entry { id, source, path, pack, extends, hides: Vec::new(), text, problems: read.problems, strategy }
}

/// Two files of one folder with one id: the other one is not used.
fn forbid_twin(entry: &mut Entry) {
    let at = entry.text.find("id").map_or(0..0, |at| at..at + 2);
    let message = format!("another file here has the id \"{}\" too", entry.id);
    entry.problems.push(Problem::error(at, message, "give each file its own id"));
    entry.strategy = None;
    entry.id = entry.path.as_deref().map(stem).unwrap_or_default();
}

/// Whether `path` is a link to something outside `folder`.
fn leaves(folder: &Path, path: &Path) -> bool {
    let linked = path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
    linked
        && !matches!((folder.canonicalize(), path.canonicalize()), (Ok(folder), Ok(path)) if path.starts_with(&folder))
}

/// A file's name without `.toml`.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
