//! Undo and redo, which write a new revision each, and the way back from a file that broke.

use jiff::Timestamp;

use crate::domain::apply::whole_second;
use crate::domain::command::Change;
use crate::domain::plan::{GateState, Plan, Turn};

use super::atomic::How;
use super::error::show;
use super::history::{History, Kind};
use super::plans::LockedPlan;
use super::{ErrorCode, Store, StoreError};

impl Store {
    /// Takes the last change back, as an editor does: again and it takes back the one before.
    ///
    /// # Errors
    /// [`ErrorCode::Refused`] where history reaches no further, and as [`Store::update`].
    pub fn undo(&self, id: &str, now: Timestamp) -> Result<Change, StoreError> {
        self.undo_by(id, now, true)
    }

    /// As [`Store::undo`]; without a `person` it does not touch what was decided of a gate.
    ///
    /// # Errors
    /// As [`Store::undo`], and [`ErrorCode::Refused`] for a gate's decision.
    pub fn undo_by(&self, id: &str, now: Timestamp, person: bool) -> Result<Change, StoreError> {
        self.change(id, now, |held| {
            let cursor = held.history.cursor().cloned().ok_or_else(|| nothing("undo"))?;
            let target = cursor.parent.ok_or_else(|| nothing("undo"))?;
            let mut redo = held.history.redo().to_vec();
            redo.push(cursor.seq);
            let summary = format!("undid: {}", cursor.summary);
            go(held, target, redo, summary, now).and_then(|gone| by_whom(held, gone, person))
        })
    }

    /// Does again what undo took back. A new change in between drops what could be done again.
    ///
    /// # Errors
    /// [`ErrorCode::Refused`] where there is nothing, and as [`Store::update`].
    pub fn redo(&self, id: &str, now: Timestamp) -> Result<Change, StoreError> {
        self.redo_by(id, now, true)
    }

    /// As [`Store::redo`]; without a `person` it does not touch what was decided of a gate.
    ///
    /// # Errors
    /// As [`Store::redo`], and [`ErrorCode::Refused`] for a gate's decision.
    pub fn redo_by(&self, id: &str, now: Timestamp, person: bool) -> Result<Change, StoreError> {
        self.change(id, now, |held| {
            let mut redo = held.history.redo().to_vec();
            let target = redo.pop().ok_or_else(|| nothing("redo"))?;
            let summary = held.history.entry(target).map(|entry| entry.summary.clone()).unwrap_or_default();
            go(held, target, redo, format!("redid: {summary}"), now).and_then(|gone| by_whom(held, gone, person))
        })
    }

    /// Puts the last good revision of a plan back. The file that cannot be read is kept in the state
    /// directory as `broken/<id>.toml.broken-<n>`.
    ///
    /// # Errors
    /// [`ErrorCode::Refused`] where the file can be read, [`ErrorCode::NotFound`] where no
    /// revision is kept, [`ErrorCode::NotSaved`].
    pub fn recover(&self, id: &str) -> Result<Plan, StoreError> {
        let _lock = self.lock(id)?;
        let path = self.plan_path(id);
        if self.load(id).is_ok() {
            let hint = "undo takes changes back";
            return Err(StoreError::new(ErrorCode::Refused, format!("{} can be read", show(&path)), hint).at(&path));
        }
        let mut history = History::open(&self.dirs().history(id));
        history.gather(id);
        let Some((text, plan)) = history.last_good(id) else {
            let hint = "mend the file in an editor; setlist leaves it as it is";
            return Err(StoreError::new(ErrorCode::NotFound, format!("no revision of `{id}` is kept"), hint).at(&path));
        };
        self.keep_broken(id)?;
        self.write(&path, text.as_bytes(), How::DURABLE)?;
        history.adopt(&text, &plan, plan.updated);
        Ok(plan)
    }

    /// A name in the state directory for what cannot be read as the plan `id`.
    pub(super) fn free_broken(&self, id: &str) -> std::path::PathBuf {
        let folder = self.dirs().state.join("broken");
        let name = |n: usize| folder.join(format!("{id}.toml.broken-{n}"));
        let number = (1..usize::MAX).find(|n| name(*n).symlink_metadata().is_err()).unwrap_or_default();
        name(number)
    }

    /// Moves whatever stands in the plan's place out of the way, under a name that is free.
    fn keep_broken(&self, id: &str) -> Result<(), StoreError> {
        let path = self.plan_path(id);
        let Ok(meta) = path.symlink_metadata() else { return Ok(()) };
        let kept = self.free_broken(id);
        let failed = |error: &std::io::Error| StoreError::not_saved(&kept, error);
        if meta.is_file() {
            // A copy first: the state directory may be on another disk.
            let bytes = std::fs::read(&path).map_err(|error| StoreError::reading(&path, &error))?;
            return self.write(&kept, &bytes, How { replace: false, ..How::DURABLE });
        }
        super::atomic::make_private_dir(super::atomic::folder_of(&kept))
            .and_then(|()| std::fs::rename(&path, &kept))
            .map_err(|error| failed(&error))
    }
}

/// The plan as it was in the entry `target`.
fn go(
    held: &LockedPlan,
    target: u64,
    redo: Vec<u64>,
    summary: String,
    now: Timestamp,
) -> Result<(Change, Kind), StoreError> {
    let Some(then) = held.history.plan(target, &held.id) else {
        let hint = "`setlist log` shows what is kept; the plan is as it was";
        return Err(StoreError::new(ErrorCode::Refused, "that revision is not kept any more", hint));
    };
    let mut plan = Plan {
        schema: held.plan.schema,
        id: held.plan.id.clone(),
        created: held.plan.created,
        updated: whole_second(now),
        revision: held.next_revision(),
        ..then
    };
    keep_time(&mut plan, &held.plan);
    Ok((Change { plan, summary }, Kind::Moved { at: target, redo }))
}

/// Only a person decides a gate, also by going back to before a decision or forth to one.
pub(super) fn by_whom(held: &LockedPlan, gone: (Change, Kind), person: bool) -> Result<(Change, Kind), StoreError> {
    match gate_decided(&held.plan, &gone.0.plan) {
        Some(turn) if !person => Err(StoreError::new(
            ErrorCode::Refused,
            format!("this would change what was decided at the gate of '{}'", turn.title),
            "a gate is decided by a person: run this in a terminal, without a pipe and without --no-input",
        )),
        Some(_) | None => Ok(gone),
    }
}

/// The first turn whose gate is decided otherwise in one plan than in the other.
fn gate_decided<'p>(before: &Plan, after: &'p Plan) -> Option<&'p Turn> {
    // That an approval has become stale is nobody's decision; taking back what made it so leaves what was approved.
    let decision = |turn: &Turn| {
        let gate = turn.gate.as_ref()?;
        let state = if gate.is_stale() { GateState::Approved } else { gate.state };
        let decision = (state, gate.at, gate.rejections.len());
        (decision != (GateState::Open, None, 0)).then_some(decision)
    };
    let turns = after.sessions.iter().flat_map(|session| session.turns.iter().map(move |turn| (session, turn)));
    let mut changed = turns.filter(|(session, turn)| {
        let then = before.session(&session.id).and_then(|session| session.turn(&turn.id));
        then.and_then(decision) != decision(turn)
    });
    changed.next().map(|(_, turn)| turn)
}

fn nothing(what: &str) -> StoreError {
    StoreError::new(ErrorCode::Refused, format!("there is nothing to {what}"), "`setlist log` shows what was done")
}

/// An earlier state invents no time and loses none: a clock runs only if it runs now, and what was
/// worked in the same iteration stays worked.
fn keep_time(plan: &mut Plan, now: &Plan) {
    for session in &mut plan.sessions {
        let current = now.session(&session.id);
        for turn in &mut session.turns {
            keep_turn_time(turn, current.and_then(|session| session.turn(&turn.id)));
        }
    }
}

fn keep_turn_time(turn: &mut Turn, current: Option<&Turn>) {
    if turn.running_since.is_none() {
        return;
    }
    let current = current.filter(|current| current.iteration == turn.iteration);
    turn.running_since = current.and_then(|current| current.running_since);
    if let Some(current) = current {
        turn.worked = turn.worked.max(current.worked);
    }
}
