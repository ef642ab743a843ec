//! What is not on disk: it stays visible, waits in its order, and is tried again when asked.
//!
//! A change that could not be saved is applied in memory on top of the plan as it is on disk. When it
//! is tried again it leaves the queue, and comes back to it if that fails.

use crate::domain::command::Command;
use crate::domain::memory::Draft;

use super::model::{Model, Tone};
use super::msg::{Effect, Failure};
use crate::keys::Action;

impl Model {
    /// Whether changes of plans are not on disk.
    pub fn has_waiting(&self) -> bool {
        !(self.unsaved.is_empty() && self.trying.is_empty() && self.queued.is_empty())
    }

    /// Whether something is not on disk that should be.
    pub fn is_unsaved(&self) -> bool {
        self.has_waiting() || !self.unsaved_drafts.is_empty()
    }

    /// Whether the program may be left: all is saved, or the person was told and leaves all the same.
    /// Says so where not.
    pub fn may_leave(&mut self) -> bool {
        if !self.is_unsaved() || self.warned_of_loss {
            return true;
        }
        self.warned_of_loss = true;
        let key = self.keymap.key(Action::Quit).unwrap_or_default();
        self.fail(format!("{NOT_SAVED} ({key} again leaves and loses it): {}", self.not_saved_why));
        false
    }
}

/// Saves again what is not saved.
pub(super) fn again(model: &mut Model, effects: &mut Vec<Effect>) {
    retry_changes(model, effects);
    let ids = std::mem::take(&mut model.unsaved_drafts);
    let drafts = model.drafts.iter().filter(|draft| ids.contains(&draft.strategy));
    effects.extend(drafts.map(|draft| Effect::SaveDraft(Box::new(draft.clone()))));
}

fn retry_changes(model: &mut Model, effects: &mut Vec<Effect>) {
    if !model.unsaved.is_empty() && model.trying.is_empty() {
        model.trying = std::mem::take(&mut model.unsaved);
        effects.push(Effect::ApplyAll(model.trying.clone()));
    }
}

/// All that waited was tried: what failed waits again, and what was changed meanwhile follows.
pub(super) fn tried(model: &mut Model, effects: &mut Vec<Effect>) {
    model.trying.clear();
    show_waiting(model);
    settle(model);
    effects.extend(model.queued.drain(..).map(|(plan, command)| Effect::Apply(plan, command)));
}

/// Puts the changes that wait before new ones, so that they reach the disk in the order they were made.
pub(super) fn in_order(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.has_waiting() {
        let mut new = Vec::new();
        effects.retain(|effect| {
            if let Effect::Apply(plan, command) = effect {
                new.push((plan.clone(), command.clone()));
            }
            !matches!(effect, Effect::Apply(..))
        });
        if !new.is_empty() && model.trying.is_empty() {
            model.unsaved.append(&mut new);
            retry_changes(model, effects);
        }
        model.queued.append(&mut new);
    }
    for effect in effects {
        if let Effect::DropDraft(strategy) = effect {
            model.unsaved_drafts.remove(strategy);
        }
    }
}

/// Shows the open plan with the changes that wait.
pub(super) fn show_waiting(model: &mut Model) {
    let now = model.now;
    if !model.trying.is_empty() {
        // All of it is on the screen; half of it would flicker.
        return;
    }
    let Some(workspace) = &mut model.workspace else { return };
    let mut plan = workspace.on_disk.clone();
    if plan == workspace.plan && model.unsaved.is_empty() {
        return;
    }
    let waiting = model.unsaved.iter().filter(|(id, _)| *id == workspace.on_disk.id);
    for (_, command) in waiting {
        if let Ok(change) = plan.apply(command, now) {
            plan = change.plan;
        }
    }
    workspace.show(plan);
}

/// A change is not on disk.
pub(super) fn not_saved(model: &mut Model, plan: String, command: Command, failure: &Failure) {
    model.submitted = None;
    model.unsaved.push((plan, command));
    show_waiting(model);
    say(model, failure);
}

pub(super) fn draft_not_saved(model: &mut Model, strategy: String, failure: &Failure) {
    model.unsaved_drafts.insert(strategy);
    say(model, failure);
}

pub(super) fn draft_saved(model: &mut Model, strategy: &str) {
    model.saved = Some(model.now);
    if let Some(form) = model.form.as_mut().filter(|form| form.answers.strategy.id == strategy) {
        form.saved = Some(model.now);
    }
    model.unsaved_drafts.remove(strategy);
    settle(model);
}

/// The complaint goes once everything is saved.
fn settle(model: &mut Model) {
    if !model.is_unsaved() && model.status.as_ref().is_some_and(|status| status.text.starts_with(NOT_SAVED)) {
        model.tell("saved");
    }
}

/// The drafts on disk were read; the ones that are only in memory stay.
pub(super) fn drafts_read(model: &mut Model, read: Vec<Draft>) {
    let here = std::mem::replace(&mut model.drafts, read);
    for draft in here.into_iter().filter(|draft| model.unsaved_drafts.contains(&draft.strategy)) {
        model.drafts.retain(|other| other.strategy != draft.strategy);
        model.drafts.push(draft);
    }
}

/// What is remembered between starts is not on disk: worth a word, once.
pub(super) fn not_remembered(model: &mut Model, failure: &Failure) {
    if std::mem::replace(&mut model.told_not_remembered, true) || model.is_unsaved() {
        return;
    }
    if model.status.as_ref().is_none_or(|status| status.tone == Tone::Info) {
        model.refuse(format!("your place will not be remembered: {}", without_verdict(&failure.text())));
    }
}

/// A plan could not be started: the form stays as it is.
pub(super) fn not_created(model: &mut Model, failure: &Failure) {
    if let Some(form) = &mut model.form {
        form.starting = false;
    }
    let (text, key) = (failure.text(), model.keymap.key(Action::Enter).unwrap_or_default());
    let why = without_verdict(&text);
    if failure.refused {
        model.refuse(format!("NOT STARTED: {why}"));
    } else {
        model.fail(format!("NOT STARTED ({key} tries again): {why}"));
    }
}

const NOT_SAVED: &str = "NOT SAVED";

fn say(model: &mut Model, failure: &Failure) {
    let key = model.keymap.key(Action::SaveAgain).unwrap_or_default();
    model.fail(format!("{NOT_SAVED} ({key} tries again): {}", without_verdict(&failure.text())));
    without_verdict(&failure.message).clone_into(&mut model.not_saved_why);
}

/// The store's messages begin with what the status says already.
fn without_verdict(text: &str) -> &str {
    text.strip_prefix("not saved: ").unwrap_or(text)
}
