//! What the program remembers between starts, and forms left half-way.

use std::fs;
use std::path::PathBuf;

use crate::domain::id;
use crate::domain::memory::{Draft, Memory};
use crate::domain::toml_parts::{MAX_PARTS, excess};
use crate::domain::untrusted::shown;

use super::atomic::{self, How};
use super::files::{self, Links};
use super::{ErrorCode, Store, StoreError};

/// Largest memory or draft read.
const MAX: u64 = 16 * 1024 * 1024;

impl Store {
    fn memory_path(&self) -> PathBuf {
        self.dirs().state.join("memory.json")
    }

    /// What is remembered; nothing where the file is missing or broken.
    pub fn memory(&self) -> Memory {
        let text = files::read_text(&self.memory_path(), MAX, Links::Refused).ok();
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Remembers `memory`. Not made durable: losing it loses no work.
    pub fn save_memory(&self, memory: &Memory) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec_pretty(memory).map_err(|error| unwritable(&error))?;
        self.write(&self.memory_path(), &bytes, How::CACHE)
    }

    /// The forms left half-way, newest first. What cannot be read is left out and left alone.
    pub fn drafts(&self) -> Vec<Draft> {
        let entries = fs::read_dir(self.dirs().drafts()).into_iter().flatten().flatten();
        let read = |entry: fs::DirEntry| {
            let name = entry.file_name();
            let stem = name.to_str()?.strip_suffix(".toml").filter(|stem| id::is_valid(stem))?;
            let text = files::read_text(&entry.path(), MAX, Links::Refused).ok()?;
            if excess(&text, MAX_PARTS).is_some() {
                return None;
            }
            toml::from_str::<Draft>(&text).ok().filter(|draft| draft.strategy == stem)
        };
        let mut drafts: Vec<Draft> = entries.filter_map(read).collect();
        drafts.sort_by(|a, b| b.saved.cmp(&a.saved).then_with(|| a.strategy.cmp(&b.strategy)));
        drafts
    }

    /// Keeps a form left half-way; there is one for each strategy.
    pub fn save_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        let path = self.draft_path(&draft.strategy)?;
        let text = toml::to_string_pretty(draft).map_err(|error| unwritable(&error))?;
        self.write(&path, text.as_bytes(), How::DURABLE)
    }

    /// Forgets the form of a strategy; fine where there is none.
    ///
    /// # Errors
    /// [`ErrorCode::NotSaved`] where it cannot be removed.
    pub fn drop_draft(&self, strategy: &str) -> Result<(), StoreError> {
        let path = self.draft_path(strategy)?;
        match fs::remove_file(&path) {
            Err(error) if !files::is_missing(&error) => Err(StoreError::not_saved(&path, &error)),
            _ => {
                // Best effort: a draft that comes back after a power cut is only asked about again.
                let _ = atomic::sync_dir(&self.dirs().drafts());
                Ok(())
            }
        }
    }

    fn draft_path(&self, strategy: &str) -> Result<PathBuf, StoreError> {
        if !id::is_valid(strategy) {
            let message = format!("`{}` is not the id of a strategy", shown(strategy));
            return Err(StoreError::new(ErrorCode::Invalid, message, "ids have small letters, digits and hyphens"));
        }
        Ok(self.dirs().drafts().join(format!("{strategy}.toml")))
    }
}

fn unwritable(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::new(ErrorCode::Io, format!("not saved: {error}"), "this is a mistake of the program")
}
