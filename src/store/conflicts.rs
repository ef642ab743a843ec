//! Copies of plans that sync tools left: compared with their plan, taken over item by item, put away.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::domain::command::{Change, Command};
use crate::domain::compare::{Comparison, Difference, differences, distance};
use crate::domain::plan::{MAX_BYTES, Plan};
use crate::domain::untrusted::shown;

use super::atomic::{self, How};
use super::error::show;
use super::files::{self, Links};
use super::history::{History, Kind};
use super::undo::by_whom;
use super::{ErrorCode, Store, StoreError, plan_text, swap};

/// How many revisions are looked at for the state that a plan and its copy were made of.
const LOOKED_AT: usize = 100;

impl Store {
    /// The copy called `wanted`: the file's name, its path or a part of the name that only one has. Without a name, the
    /// only copy that there is, of the plan `of` where that is given.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], [`ErrorCode::Ambiguous`] with all that fit.
    pub fn find_copy(&self, wanted: Option<&Path>, of: Option<&str>) -> Result<PathBuf, StoreError> {
        let copies = self.list().conflicts.into_iter();
        let copies: Vec<PathBuf> =
            copies.filter(|(id, _)| of.is_none_or(|of| of == id)).map(|(_, path)| path).collect();
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(wanted) = wanted else {
            return only(&copies, "there is no copy that a sync tool left");
        };
        let exact = |path: &&PathBuf| path.as_path() == wanted || path.file_name() == Some(wanted.as_os_str());
        if let Some(path) = copies.iter().find(exact) {
            return Ok(path.clone());
        }
        let part = wanted.to_string_lossy();
        let fits: Vec<PathBuf> = copies.into_iter().filter(|path| name(path).contains(part.as_ref())).collect();
        only(&fits, &format!("there is no copy called `{}`", shown(&part)))
    }

    /// Compares the copy at `path` with its plan as it is now.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] where there is no such copy, or no plan that it is one of;
    /// [`ErrorCode::Corrupt`] with line and column, [`ErrorCode::Newer`].
    pub fn compare(&self, path: &Path) -> Result<Comparison, StoreError> {
        let id = self.plan_of_copy(path)?;
        let here = self.load(&id)?.plan;
        let copy = read(path, &id)?;
        let base = self.common(&here, &copy);
        Ok(Comparison {
            differences: differences(&here, &copy, base.as_ref()),
            is_older: base.is_some_and(|base| distance(&base, &copy) == 0),
            name: here.name,
            path: path.into(),
            id,
            copy,
        })
    }

    /// Takes items of the copy at `path`, as [`compare`](Self::compare) showed them, into its plan. Without a `person` no
    /// decision of a gate is taken.
    ///
    /// # Errors
    /// As for [`compare`](Self::compare) and [`update`](Self::update); [`ErrorCode::Refused`] for a gate's decision.
    pub fn take(&self, path: &Path, items: &[Difference], now: Timestamp, person: bool) -> Result<Change, StoreError> {
        let id = self.plan_of_copy(path)?;
        let command = Command::Take { from: Box::new(read(path, &id)?), items: items.to_vec() };
        self.change(&id, now, |held| {
            let mut change = held.plan.apply(&command, now)?;
            change.plan.revision = held.next_revision();
            by_whom(held, (change, Kind::Change), person)
        })
    }

    /// Moves the copy at `path` out of the plans, byte for byte; where it lies now.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] where it is no such copy; [`ErrorCode::NotSaved`], and it is where it was.
    pub fn put_away(&self, path: &Path) -> Result<PathBuf, StoreError> {
        self.copy_entry(path)?;
        let bytes = files::read_bytes(path, MAX_BYTES, Links::Refused)?;
        let free = self.free_for(path);
        // It is safe there before it goes here; the two may lie on two disks.
        self.write(&free, &bytes, How { replace: false, ..How::DURABLE })?;
        let gone = match atomic::remove(path, &bytes) {
            Ok(true) => return Ok(free),
            Ok(false) => {
                let hint = "let it finish, then try again; nothing has changed";
                let message = format!("another program writes {}", show(path));
                StoreError::new(ErrorCode::Conflict, message, hint).at(path)
            }
            Err(error) if swap::is_doubt(&error) => return Err(StoreError::not_saved(path, &error)),
            Err(error) => StoreError::not_saved(path, &error),
        };
        // It is where it was; a second one that cannot be removed does no harm.
        let _ = std::fs::remove_file(&free);
        Err(gone)
    }

    /// A name among the copies that were put away.
    fn free_for(&self, path: &Path) -> PathBuf {
        let name = path.file_name().unwrap_or_default();
        let numbered = |n: u32| {
            let mut name = OsString::from(name);
            if n > 1 {
                name.push(format!("~{n}"));
            }
            self.dirs().copies().join(name)
        };
        let free = (1..u32::MAX).map(numbered).find(|path| path.symlink_metadata().is_err());
        free.unwrap_or_else(|| numbered(1))
    }

    /// The plan's id that the file at `path` is a copy of; empty where it cannot be told.
    fn copy_entry(&self, path: &Path) -> Result<String, StoreError> {
        let found = self.list().conflicts.into_iter().find(|(_, copy)| copy == path);
        found.map(|(id, _)| id).ok_or_else(|| {
            let message = format!("{} is no copy that a sync tool left", show(path));
            StoreError::new(ErrorCode::NotFound, message, "`setlist conflict list` shows them").at(path)
        })
    }

    fn plan_of_copy(&self, path: &Path) -> Result<String, StoreError> {
        let id = self.copy_entry(path)?;
        if id.is_empty() || self.plan_path(&id).symlink_metadata().is_err() {
            let message = format!("the plan that {} is a copy of is not there", show(path));
            let hint = "name the file after the id in it, <id>.toml, to have it as the plan itself";
            return Err(StoreError::new(ErrorCode::NotFound, message, hint).at(path));
        }
        Ok(id)
    }

    /// The state that both were made of, as near as the history can tell: the revision that differs least from the copy,
    /// the newest of several.
    fn common(&self, here: &Plan, copy: &Plan) -> Option<Plan> {
        let mut history = History::open(&self.dirs().history(&here.id));
        history.gather(&here.id);
        let revisions = history.newest(LOOKED_AT).into_iter().filter_map(|seq| history.plan(seq, &here.id));
        let measured = revisions.map(|plan| (distance(&plan, copy), plan));
        // What came after the copy may hold items that were taken from it, and is nearer for that reason.
        let may_be = measured.filter(|(distance, plan)| *distance == 0 || plan.updated <= copy.updated);
        may_be.min_by_key(|(distance, _)| *distance).map(|(_, plan)| plan)
    }
}

fn only(copies: &[PathBuf], none: &str) -> Result<PathBuf, StoreError> {
    match copies {
        [only] => Ok(only.clone()),
        [] => Err(StoreError::new(ErrorCode::NotFound, none, "`setlist conflict list` shows them all")),
        several => {
            let names: Vec<String> =
                several.iter().map(|path| show(Path::new(path.file_name().unwrap_or_default()))).collect();
            let message = format!("there are {} copies: {}", several.len(), names.join(", "));
            Err(StoreError::new(ErrorCode::Ambiguous, message, "name one of them"))
        }
    }
}

fn read(path: &Path, id: &str) -> Result<Plan, StoreError> {
    let text = files::read_text(path, MAX_BYTES, Links::Refused)?;
    let parsed = plan_text::parse_any(path, &text)?;
    if let Some(why) = parsed.read_only {
        return Err(StoreError::new(ErrorCode::Newer, why, "compare it with a newer version of setlist").at(path));
    }
    if parsed.plan.id != id {
        let message = format!("{} holds the plan `{}`, not `{id}`", show(path), shown(&parsed.plan.id));
        let hint = "name the file after the id in it, <id>.toml, to have it as a plan";
        return Err(StoreError::new(ErrorCode::Conflict, message, hint).at(path));
    }
    Ok(parsed.plan)
}
