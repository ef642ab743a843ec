//! The strategies at hand, from every place they may come from.

use std::path::PathBuf;
use std::sync::Arc;

use super::problem::Problem;
use super::strategy::Strategy;
use super::words::words;

words! {
    /// Where a strategy comes from; later wins by id.
    Source:
    /// Embedded in the program.
    #[default] BuiltIn = "built-in",
    /// A pack that was added.
    Pack = "pack",
    /// `strategies/` in the config directory.
    Config = "config",
    /// `strategies/` in the data directory.
    Data = "data",
    /// `.setlist/strategies/` in the current project.
    Project = "project",
}

/// A strategy file, usable or not.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The file's name without `.toml`; the id where the file is usable.
    pub id: String,
    /// Where it comes from.
    pub source: Source,
    /// The file; nothing for a built-in one.
    pub path: Option<PathBuf>,
    /// The name of the pack that it is part of, where it is.
    pub pack: Option<String>,
    /// The strategy that the file extends, where it does.
    pub extends: Option<String>,
    /// Places with a strategy of the same id that this one hides.
    pub hides: Vec<Source>,
    /// The file's text, for reports on it.
    pub text: Arc<str>,
    /// What was found in it.
    pub problems: Vec<Problem>,
    /// The strategy, where the file has no error.
    pub strategy: Option<Arc<Strategy>>,
}

/// All entries, sorted by id, each id once.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The entries.
    pub entries: Vec<Entry>,
}

impl Library {
    /// The entry called `id`.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The usable strategy called `id`.
    pub fn strategy(&self, id: &str) -> Option<&Arc<Strategy>> {
        self.entry(id)?.strategy.as_ref()
    }

    /// What a strategy called `id` that is written to the data directory takes the place of, or what
    /// is used in its place; nothing where there is none of that id.
    pub fn rank_of_own(&self, id: &str) -> Option<String> {
        Some(match self.entry(id)?.source {
            Source::BuiltIn => format!("it takes the place of the built-in `{id}`"),
            Source::Pack => format!("it takes the place of `{id}` in a pack"),
            Source::Config => format!("it takes the place of `{id}` in the config directory"),
            Source::Data => format!("the strategy `{id}` was replaced"),
            Source::Project => format!("the project's `{id}` is used in its place here"),
        })
    }

    /// The usable strategies.
    pub fn strategies(&self) -> impl Iterator<Item = &Arc<Strategy>> {
        self.entries.iter().filter_map(|entry| entry.strategy.as_ref())
    }
}
