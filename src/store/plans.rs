//! Plans on disk: started, read, found and changed.

use std::cell::RefCell;
use std::fs;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::{Timestamp, Zoned};

use crate::domain::apply::whole_second;
use crate::domain::command::{Change, Command};
use crate::domain::id;
use crate::domain::memory::Origin;
use crate::domain::nearest::near_or;
use crate::domain::new_plan::NewPlan;
use crate::domain::placeholder::Values;
use crate::domain::plan::{MAX_BYTES, MAX_PARTS, Plan};
use crate::domain::strategy::Strategy;
use crate::domain::summary::PlanSummary;
use crate::domain::toml_parts::excess;
use crate::domain::untrusted::shown;

use super::atomic::How;
use super::files::{self, Links};
use super::history::{History, Kind};
use super::lock::Lock;
use super::swap::Swapped;
use super::{ErrorCode, Store, StoreError, merge, plan_text};

/// How many milliseconds to wait for a program that is in the middle of saving a plan, before each new try.
const PAUSES: [u64; 6] = [2, 4, 8, 16, 32, 64];

/// A plan as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    pub plan: Plan,
    /// Why it may be read but not changed.
    pub read_only: Option<String>,
    /// Hash of the file's bytes, to compare with [`Store::stamp`].
    pub hash: String,
}

/// A plan file under its lock.
pub(super) struct LockedPlan {
    pub(super) id: String,
    pub(super) plan: Plan,
    pub(super) text: String,
    pub(super) history: History,
    _lock: Lock,
}

impl Store {
    /// Starts a plan of `strategy` and writes its file. `now` also gives the local date in its id.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`], naming every value that is missing or wrong; or why it could
    /// not be written.
    pub fn create(&self, strategy: &Strategy, values: &Values, name: &str, now: &Zoned) -> Result<Plan, StoreError> {
        self.start(&NewPlan::new(Arc::new(strategy.clone()), values.clone(), name), now)
    }

    /// Starts a plan and writes its file. Where another plan queued it, that is noted there: one plan comes of what
    /// is queued, also where two programs start it at the same moment or one dies on the way.
    ///
    /// # Errors
    /// As for [`create`](Self::create); [`ErrorCode::Refused`] where a command does not fit, or what was queued was
    /// started already. Then there is no new plan.
    pub fn start(&self, new: &NewPlan, now: &Zoned) -> Result<Plan, StoreError> {
        match &new.origin {
            Some(origin) => self.start_queued(new, origin, now),
            None => self.write_new(new, None, now),
        }
    }

    /// Both files are written under the lock of the plan that queued the other: the new one first. Its id ends with a
    /// mark of what was queued, so that a plan that is not noted, since its program died before that, is found.
    fn start_queued(&self, new: &NewPlan, origin: &Origin, now: &Zoned) -> Result<Plan, StoreError> {
        let at = now.timestamp();
        let note = |plan: &str| Command::StartQueued { queued: origin.queued.clone(), plan: plan.to_owned() };
        let mark = &files::hash(format!("{}\n{}", origin.plan, origin.queued).as_bytes())[..4];
        let ours: RefCell<Option<Plan>> = RefCell::default();
        let noted = self.change(&origin.plan, at, |held| {
            let mut ours = ours.borrow_mut();
            let id = match (&*ours, self.unnoted(held, mark)) {
                (Some(plan), _) => plan.id.clone(),
                (None, Some(id)) => id,
                (None, None) => {
                    held.plan.apply(&note("-"), at)?;
                    ours.insert(self.write_new(new, Some(mark), now)?).id.clone()
                }
            };
            let mut change = held.plan.apply(&note(&id), at)?;
            change.plan.revision = held.next_revision();
            Ok((change, Kind::Change))
        });
        let Some(plan) = ours.into_inner() else {
            // Somebody else's is noted now; what is said is what is said of any that was started already.
            return Err(noted?.plan.apply(&note("-"), at).map_or_else(StoreError::from, |_| missing(&origin.queued)));
        };
        let Err(error) = noted else { return Ok(plan) };
        let first = self.load(&origin.plan).map(|first| first.plan);
        if first.as_ref().is_ok_and(|first| first.queue.iter().any(|queued| queued.plan == plan.id)) {
            return Ok(plan);
        }
        // Nobody has seen it. One that stays is found by the next who starts what was queued.
        if first.is_ok() && fs::remove_file(self.plan_path(&plan.id)).is_ok() {
            let _ = fs::remove_dir_all(self.dirs().history(&plan.id));
        }
        Err(error)
    }

    /// A plan with this mark that follows the held one and is not noted in its queue.
    fn unnoted(&self, held: &LockedPlan, mark: &str) -> Option<String> {
        let names = fs::read_dir(self.dirs().plans()).ok()?.flatten();
        let mut ids = names.filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".toml").map(str::to_owned));
        ids.find(|id| {
            id.strip_suffix(mark).is_some_and(|rest| rest.ends_with('-'))
                && !held.plan.queue.iter().any(|queued| queued.plan == *id)
                && self.load(id).is_ok_and(|loaded| loaded.plan.follows == held.id)
        })
    }

    /// Writes a new plan, under an id that ends with `mark` where that is free.
    fn write_new(&self, new: &NewPlan, mark: Option<&str>, now: &Zoned) -> Result<Plan, StoreError> {
        let at = whole_second(now.timestamp());
        let mut mark = mark.map(str::to_owned);
        loop {
            let random = || uuid::Uuid::new_v4().simple().to_string()[..4].to_owned();
            let id = id::plan_id(now.date(), new.title(), &mark.take().unwrap_or_else(random));
            let plan = new.plan(&id, at)?;
            let lock = self.lock(&id)?;
            let path = self.plan_path(&id);
            if path.symlink_metadata().is_ok() || self.dirs().history(&id).exists() {
                continue;
            }
            let text = plan_text::render(&plan)?;
            self.write(&path, text.as_bytes(), How { replace: false, ..How::DURABLE })?;
            let mut history = History::open(&self.dirs().history(&id));
            history.push(&text, &plan, "plan started", Kind::Change);
            drop(lock);
            return Ok(plan);
        }
    }

    /// Reads the plan `id`.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], [`ErrorCode::Corrupt`] with line and column,
    /// [`ErrorCode::Newer`] where it cannot even be read.
    pub fn load(&self, id: &str) -> Result<Loaded, StoreError> {
        let (text, parsed) = self.read_plan(id)?;
        Ok(Loaded { plan: parsed.plan, read_only: parsed.read_only, hash: files::hash(text.as_bytes()) })
    }

    fn read_plan(&self, id: &str) -> Result<(String, plan_text::Parsed), StoreError> {
        check_id(id)?;
        let path = self.plan_path(id);
        let text = files::read_text(&path, MAX_BYTES, Links::Refused).map_err(|error| match error.code {
            ErrorCode::NotFound => missing(id).at(&path),
            _ => error,
        })?;
        let parsed = plan_text::parse(&path, &text)?;
        Ok((text, parsed))
    }

    /// Hash of the plan file's bytes as they are now; nothing where it cannot be read.
    pub fn stamp(&self, id: &str) -> Option<String> {
        check_id(id).ok()?;
        let text = files::read_text(&self.plan_path(id), MAX_BYTES, Links::Refused).ok()?;
        Some(files::hash(text.as_bytes()))
    }

    /// The id of the plan that `wanted` means: an id, the beginning of just one, or the name of
    /// just one.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] with the nearest, [`ErrorCode::Ambiguous`] with all that fit.
    pub fn find(&self, wanted: &str) -> Result<String, StoreError> {
        let wanted = wanted.trim();
        if id::is_valid(wanted) && self.plan_path(wanted).symlink_metadata().is_ok() {
            return Ok(wanted.into());
        }
        let listing = self.list();
        let broken = listing.broken.iter().filter(|plan| id::is_valid(&plan.id)).map(|plan| (plan.id.as_str(), ""));
        let plans = listing.plans.iter().map(|plan| (plan.id.as_str(), plan.name.as_str()));
        let all: Vec<(&str, &str)> = plans.chain(broken).collect();
        let starts = |(id, _): &&(&str, &str)| !wanted.is_empty() && id.starts_with(wanted);
        let exact = |(_, name): &&(&str, &str)| *name == wanted && !wanted.is_empty();
        let alike = |(_, name): &&(&str, &str)| name.to_lowercase() == wanted.to_lowercase() && !wanted.is_empty();
        let fits: [Vec<_>; 3] = [
            all.iter().filter(starts).collect(),
            all.iter().filter(exact).collect(),
            all.iter().filter(alike).collect(),
        ];
        // A name that is one plan's alone is meant, even where ids begin like it.
        if let Some(only) = fits.iter().find(|fit| fit.len() == 1) {
            return Ok(only[0].0.into());
        }
        match fits.iter().find(|fit| !fit.is_empty()) {
            Some(several) => Err(ambiguous(wanted, several)),
            None => Err(unknown(wanted, &all)),
        }
    }

    /// Applies `command` to the plan as it is on disk now and writes it.
    ///
    /// # Errors
    /// The refusal of the command, [`ErrorCode::Newer`], [`ErrorCode::Corrupt`],
    /// [`ErrorCode::Conflict`] where another writer does not let go, and
    /// [`ErrorCode::NotSaved`]. The file is as it was then.
    pub fn update(&self, id: &str, command: &Command, now: Timestamp) -> Result<Change, StoreError> {
        self.change(id, now, |held| {
            let mut change = held.plan.apply(command, now)?;
            change.plan.revision = held.next_revision();
            Ok((change, Kind::Change))
        })
    }

    /// Writes the change that `make` makes of the plan as it is on disk now. Where somebody who knows no lock, such as
    /// an editor, saves the file meanwhile, it is made again of what they saved.
    pub(super) fn change(
        &self,
        id: &str,
        now: Timestamp,
        make: impl Fn(&LockedPlan) -> Result<(Change, Kind), StoreError>,
    ) -> Result<Change, StoreError> {
        for pause in PAUSES {
            let mut held = match self.hold(id, now) {
                // An editor may be half-way through saving it.
                Err(error) if error.code == ErrorCode::Corrupt => {
                    thread::sleep(Duration::from_millis(pause));
                    continue;
                }
                held => held?,
            };
            let (change, kind) = make(&held)?;
            if self.commit(&mut held, &change, kind)? {
                return Ok(change);
            }
            drop(held);
            thread::sleep(Duration::from_millis(pause));
        }
        let mut held = self.hold(id, now)?;
        let (change, kind) = make(&held)?;
        if self.commit(&mut held, &change, kind)? {
            return Ok(change);
        }
        let hint = "let the other program finish, then try again; nothing has changed";
        let message = "another program keeps saving this plan";
        Err(StoreError::new(ErrorCode::Conflict, message, hint).at(&self.plan_path(id)))
    }

    pub(super) fn lock(&self, id: &str) -> Result<Lock, StoreError> {
        check_id(id)?;
        Lock::take(&self.dirs().locks(), id)
    }

    /// Takes the lock, reads the file and puts a change that was made outside into history.
    pub(super) fn hold(&self, id: &str, now: Timestamp) -> Result<LockedPlan, StoreError> {
        check_id(id)?;
        if self.plan_path(id).symlink_metadata().is_err_and(|error| files::is_missing(&error)) {
            return Err(missing(id).at(&self.plan_path(id)));
        }
        let lock = self.lock(id)?;
        let (text, parsed) = self.read_plan(id)?;
        if let Some(why) = parsed.read_only {
            return Err(StoreError::new(ErrorCode::Newer, why, "nothing has changed").at(&self.plan_path(id)));
        }
        let mut history = History::open(&self.dirs().history(id));
        history.gather(id);
        history.adopt(&text, &parsed.plan, whole_second(now));
        Ok(LockedPlan { id: id.into(), plan: parsed.plan, text, history, _lock: lock })
    }

    /// Writes a change of a held plan, then its history. Whether it could be: not where somebody else has saved it.
    fn commit(&self, held: &mut LockedPlan, change: &Change, kind: Kind) -> Result<bool, StoreError> {
        let text = merged(held, &change.plan, &self.plan_path(&held.id))?;
        if text.len() as u64 > MAX_BYTES || excess(&text, MAX_PARTS).is_some() {
            let message = format!(
                "not saved: the plan would be larger than {} MiB, or have more than {MAX_PARTS} keys, signs and line ends",
                MAX_BYTES / (1024 * 1024)
            );
            return Err(StoreError::new(
                ErrorCode::Invalid,
                message,
                "shorten the text, or keep it in a file and note its path",
            ));
        }
        let before = self.before_write();
        match self.write_over(&self.plan_path(&held.id), text.as_bytes(), held.text.as_bytes())? {
            Swapped::Done { late } => {
                self.after_write(&change.plan, before);
                held.history.push(&text, &change.plan, &change.summary, kind);
                if let Some(stray) = late {
                    self.keep_stray(&held.id, &mut held.history, &stray);
                }
                Ok(true)
            }
            Swapped::Changed { strays } => {
                for stray in strays {
                    self.keep_stray(&held.id, &mut held.history, &stray);
                }
                Ok(false)
            }
        }
    }
}

impl LockedPlan {
    /// Revisions count up, whatever an editor or an older copy wrote into the file; at the last number they stay.
    pub(super) fn next_revision(&self) -> u64 {
        (self.plan.revision.max(self.history.last_revision()) + 1).min(plan_text::LAST_REVISION)
    }
}

/// The text on disk with the change in it.
fn merged(held: &LockedPlan, plan: &Plan, path: &std::path::Path) -> Result<String, StoreError> {
    let (old, new) = (plan_text::body(&held.plan)?, plan_text::body(plan)?);
    match merge::merge(&held.text, &old, &new) {
        // Never write what would not read back as the same plan.
        Ok(text) if plan_text::parse(path, &text).is_ok_and(|parsed| parsed.plan == *plan) => return Ok(text),
        // A number that TOML has no room for: laid out anew, the file would lose keys and comments for its sake.
        Err(error) if !merge::can_merge(&held.text) => return Err(plan_text::unmergeable(path, &held.text, &error)),
        Ok(_) | Err(_) => {}
    }
    // A layout that cannot be kept: the file is written anew; history holds it as it was.
    tracing::warn!(?path, "the plan file is laid out anew");
    plan_text::render(plan)
}

/// Whether `id` may be joined to a path.
pub(super) fn check_id(id: &str) -> Result<(), StoreError> {
    if id::is_valid(id) {
        return Ok(());
    }
    let message = format!("`{}` is not the id of a plan", shown(id));
    Err(StoreError::new(
        ErrorCode::NotFound,
        message,
        "ids have small letters, digits and hyphens; `setlist list` shows them",
    ))
}

fn missing(id: &str) -> StoreError {
    StoreError::new(
        ErrorCode::NotFound,
        format!("there is no plan `{id}`"),
        "`setlist list --all` shows them; it may be in the trash",
    )
}

fn ambiguous(wanted: &str, several: &[&(&str, &str)]) -> StoreError {
    /// Most candidates that are named.
    const NAMED: usize = 6;
    let mut names: Vec<String> =
        several.iter().take(NAMED).map(|(id, name)| format!("{id} ({})", shown(name))).collect();
    if several.len() > NAMED {
        names.push(format!("and {} more", several.len() - NAMED));
    }
    let message = format!("`{}` could be {} plans: {}", shown(wanted), several.len(), names.join(", "));
    StoreError::new(ErrorCode::Ambiguous, message, "write more of the id")
}

fn unknown(wanted: &str, all: &[(&str, &str)]) -> StoreError {
    let names = all.iter().flat_map(|(id, name)| [*id, *name]).filter(|name| !name.is_empty());
    let otherwise = match all {
        [] => "there are no plans yet; `setlist new` starts one",
        _ => "`setlist list --all` shows them",
    };
    let hint = near_or(wanted, names, otherwise);
    StoreError::new(ErrorCode::NotFound, format!("there is no plan `{}`", shown(wanted)), hint)
}

/// The summary of a plan file's text, for lists.
pub(super) fn summary(path: &std::path::Path, text: &str) -> Result<PlanSummary, StoreError> {
    plan_text::parse(path, text).map(|parsed| PlanSummary::of(&parsed.plan))
}
