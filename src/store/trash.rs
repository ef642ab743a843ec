//! Deleted plans, kept in the state directory until they are wanted back.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::domain::id;
use crate::domain::plan::MAX_BYTES;

use super::atomic::{self, How};
use super::error::show;
use super::files::{self, Links};
use super::{ErrorCode, Store, StoreError, swap};

/// The id of the plan that the file `name` in the trash holds: `<id>.toml`, or `<id>~2.toml` where
/// one of that id was there already.
pub(super) fn id_of(name: &str) -> Option<&str> {
    let stem = name.strip_suffix(".toml")?;
    let (id, number) = stem.split_once('~').unwrap_or((stem, "1"));
    (id::is_valid(id) && number.parse::<u32>().is_ok()).then_some(id)
}

impl Store {
    /// Moves a plan to the trash, a broken one too, byte for byte.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], [`ErrorCode::NotSaved`]; the plan is where it was then.
    pub fn trash(&self, id: &str) -> Result<(), StoreError> {
        let _lock = self.lock(id)?;
        let path = self.plan_path(id);
        let folder = self.dirs().trash();
        let name = |n: u32| folder.join(if n == 1 { format!("{id}.toml") } else { format!("{id}~{n}.toml") });
        loop {
            // As text it can be looked at; what is none is not taken for a plan.
            let text = files::read_text(&path, MAX_BYTES, Links::Refused)?;
            let free = (1..u32::MAX).map(name).find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| name(1));
            // The copy is safe before the original goes; the two may lie on two disks.
            self.write(&free, text.as_bytes(), How { replace: false, ..How::DURABLE })?;
            match atomic::remove(&path, text.as_bytes()) {
                Ok(true) => return Ok(()),
                // Somebody saved it meanwhile: what they saved goes to the trash.
                Ok(false) => fs::remove_file(&free).map_err(|error| StoreError::not_saved(&free, &error))?,
                Err(error) => {
                    if !swap::is_doubt(&error) {
                        // The plan is where it was; a copy that cannot be removed does no harm.
                        let _ = fs::remove_file(&free);
                    }
                    return Err(StoreError::not_saved(&path, &error));
                }
            }
        }
    }

    /// Brings the plan back that was trashed last under this id.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`]; [`ErrorCode::Conflict`] where a plan of this id exists;
    /// [`ErrorCode::NotSaved`].
    pub fn restore(&self, id: &str) -> Result<(), StoreError> {
        let _lock = self.lock(id)?;
        let path = self.plan_path(id);
        let Some(trashed) = self.trashed(id) else {
            return Err(StoreError::new(
                ErrorCode::NotFound,
                format!("`{id}` is not in the trash"),
                "`setlist list --all` shows what is",
            ));
        };
        if path.symlink_metadata().is_ok() {
            let hint = "move that file away first; the trash keeps its own";
            return Err(StoreError::new(ErrorCode::Conflict, format!("{} exists", show(&path)), hint).at(&path));
        }
        let text = files::read_text(&trashed, MAX_BYTES, Links::Refused)?;
        self.write(&path, text.as_bytes(), How { replace: false, ..How::DURABLE })?;
        // The plan is back; a copy that stays in the trash does no harm.
        if let Err(error) = take_away(&trashed) {
            tracing::warn!(?trashed, %error, "a plan that was restored is in the trash too");
        }
        Ok(())
    }

    /// Deletes the plans of these ids in the trash for good, with the histories of those that are nowhere
    /// else. Gives back how many files went.
    ///
    /// # Errors
    /// [`ErrorCode::NotSaved`] where one cannot be deleted; those before it are gone then.
    pub fn empty_trash(&self, ids: &[String]) -> Result<usize, StoreError> {
        let mut gone = 0;
        for entry in fs::read_dir(self.dirs().trash()).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let Some(id) = name.to_str().and_then(id_of).filter(|id| ids.iter().any(|wanted| wanted == id)) else {
                continue;
            };
            let _lock = self.lock(id)?;
            take_away(&entry.path())?;
            gone += 1;
            if self.plan_path(id).symlink_metadata().is_err_and(|error| files::is_missing(&error)) {
                // Without its history a name may be used anew; one that stays harms nothing.
                let _ = fs::remove_dir_all(self.dirs().history(id));
            }
        }
        Ok(gone)
    }

    /// The file in the trash that was put there last for `id`.
    fn trashed(&self, id: &str) -> Option<PathBuf> {
        let entries = fs::read_dir(self.dirs().trash()).ok()?.flatten();
        let ours = entries.filter(|entry| entry.file_name().to_str().and_then(id_of) == Some(id));
        let when =
            |entry: &fs::DirEntry| entry.metadata().and_then(|meta| meta.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        ours.max_by_key(|entry| (when(entry), entry.file_name().len(), entry.file_name())).map(|entry| entry.path())
    }
}

fn take_away(path: &Path) -> Result<(), StoreError> {
    let gone = fs::remove_file(path).and_then(|()| path.parent().map_or(Ok(()), atomic::sync_dir));
    gone.map_err(|error| StoreError::not_saved(path, &error))
}
