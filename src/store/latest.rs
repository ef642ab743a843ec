//! The plan that was worked on last, remembered, so that a shell prompt need not wait for a look at all plans.
//!
//! The note of it counts only while the folder of the plans and the file of the plan are as they were when it was
//! written: every program that puts a file there or takes one away changes the folder's time. What it cannot see is
//! another plan that is rewritten in place with a later time in it, which no editor does; the next change of any
//! plan mends that.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::plan::{Plan, PlanState};
use crate::domain::summary::Listing;

use super::atomic::{self, How};
use super::cache::Mark;
use super::files::{self, Links};
use super::{ErrorCode, Store, StoreError};

/// Largest note read.
const MAX_BYTES: u64 = 4096;
/// Clocks of file systems tick every few milliseconds: two changes of a folder within one tick look alike.
const TICK: Duration = Duration::from_millis(20);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    id: String,
    /// When the plan was changed last, as its file says.
    updated: Timestamp,
    file: Mark,
    folder: Mark,
}

/// The state of the note around a change of a plan.
pub(super) struct Before(Option<Note>);

impl Store {
    /// The id of the plan most recently worked on, those still under way first.
    ///
    /// # Errors
    /// Where the directory cannot be read: that there is no plan would be a lie.
    pub fn latest(&self) -> Result<Option<String>, StoreError> {
        if let Some(note) = self.noted() {
            return Ok(Some(note.id));
        }
        let folder = Mark::at(&self.dirs().plans());
        let Listing { plans, failure, .. } = self.list();
        if let Some(failure) = failure {
            let hint = "check the directory, or name another with --data-dir";
            return Err(StoreError::new(ErrorCode::Io, failure, hint).at(&self.dirs().plans()));
        }
        let Some(open) = plans.iter().find(|plan| plan.is_open()) else {
            return Ok(plans.into_iter().find(|plan| !plan.archived).map(|plan| plan.id));
        };
        if let (Some(folder), Some(file)) = (folder, Mark::at(&self.plan_path(&open.id)))
            && folder.is_older_than(TICK)
        {
            self.note(&Note { id: open.id.clone(), updated: open.updated, file, folder });
        }
        Ok(Some(open.id.clone()))
    }

    /// What was noted before a plan is written; goes to [`Store::after_write`].
    pub(super) fn before_write(&self) -> Before {
        Before(self.noted())
    }

    /// Notes `plan`, which was just written, unless another one is later or anybody else was at work.
    pub(super) fn after_write(&self, plan: &Plan, before: Before) {
        let Before(Some(before)) = before else { return };
        let open = !plan.archived && matches!(plan.state(), PlanState::Planned | PlanState::InProgress);
        let is_later = (before.updated, &before.id) <= (plan.updated, &plan.id);
        let marks = Mark::at(&self.plan_path(&plan.id)).zip(Mark::at(&self.dirs().plans()));
        let Some((file, folder)) = marks.filter(|_| open && is_later) else { return };
        if self.read_note().as_ref() == Some(&before) {
            self.note(&Note { id: plan.id.clone(), updated: plan.updated, file, folder });
        }
    }

    /// The note, where it still holds.
    fn noted(&self) -> Option<Note> {
        let note = self.read_note()?;
        let holds = Mark::at(&self.dirs().plans()) == Some(note.folder)
            && super::plans::check_id(&note.id).is_ok()
            && Mark::at(&self.plan_path(&note.id)) == Some(note.file);
        holds.then_some(note)
    }

    fn read_note(&self) -> Option<Note> {
        let text = files::read_text(&self.note_path(), MAX_BYTES, Links::Refused).ok()?;
        serde_json::from_str(&text).ok()
    }

    fn note(&self, note: &Note) {
        let Ok(bytes) = serde_json::to_vec(note) else { return };
        if let Err(error) = atomic::write(&self.note_path(), &bytes, How::CACHE) {
            tracing::debug!(%error, "which plan is the latest is not kept");
        }
    }

    fn note_path(&self) -> PathBuf {
        self.dirs().state.join("latest.json")
    }
}

impl Mark {
    /// The mark of what lies at `path`; nothing where that is missing or a link.
    fn at(path: &Path) -> Option<Self> {
        let meta = fs::symlink_metadata(path).ok().filter(|meta| !meta.is_symlink())?;
        Some(Self::of(&meta))
    }

    /// Whether the last change is longer ago than `age`.
    fn is_older_than(&self, age: Duration) -> bool {
        let (seconds, nanoseconds) = self.modified;
        let since_epoch = u64::try_from(seconds).ok().zip(u32::try_from(nanoseconds).ok());
        let changed = since_epoch.map(|(seconds, nanos)| SystemTime::UNIX_EPOCH + Duration::new(seconds, nanos));
        changed.is_some_and(|changed| SystemTime::now().duration_since(changed).is_ok_and(|passed| passed > age))
    }
}
