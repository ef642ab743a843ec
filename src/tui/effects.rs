//! Performs what the model wants done with the store: one effect in, messages out. What concerns
//! the terminal itself (editor, clipboard, suspend) is the loop's.

use std::path::PathBuf;

use jiff::{Timestamp, Zoned};

use crate::app::msg::{Distilled, Effect, Failure, Msg};
use crate::domain::command::Command;
use crate::domain::words::count;
use crate::store::{ErrorCode, Store, StoreError};

/// Where the time comes from: the machine, or a test.
pub type Clock = fn() -> Zoned;

/// Performs effects on a store.
#[derive(Clone)]
pub struct EffectRunner {
    store: Store,
    clock: Clock,
    /// Where reports are written.
    folder: PathBuf,
}

impl EffectRunner {
    /// A performer on `store`; reports go to `folder`.
    pub fn new(store: Store, clock: Clock, folder: PathBuf) -> Self {
        Self { store, clock, folder }
    }

    fn now(&self) -> Timestamp {
        (self.clock)().timestamp()
    }

    /// Whether the effect changes nothing and may take seconds: saving need not wait for it.
    pub fn only_reads(effect: &Effect) -> bool {
        *effect == Effect::LoadStats
    }

    /// Performs an effect on the store; gives back what came of it, or nothing where the effect is the loop's.
    pub fn perform(&self, effect: Effect) -> Option<Vec<Msg>> {
        let result = match effect {
            Effect::Apply(plan, command) => Ok(vec![self.apply(plan, command)]),
            Effect::ApplyAll(commands) => Ok(self.apply_all(commands)),
            Effect::Undo(plan) => self
                .store
                .undo(&plan, self.now())
                .map(|change| vec![Msg::Applied(Box::new(change.plan), change.summary)]),
            Effect::Redo(plan) => self
                .store
                .redo(&plan, self.now())
                .map(|change| vec![Msg::Applied(Box::new(change.plan), change.summary)]),
            Effect::Create(new) => {
                let made = self.store.start(&new, &(self.clock)());
                Ok(vec![made.map_or_else(|error| Msg::NotCreated(failure(error)), |plan| Msg::Created(Box::new(plan)))])
            }
            Effect::Open(plan) => {
                self.store.load(&plan).map(|loaded| vec![Msg::Opened(Box::new(loaded.plan), loaded.read_only)])
            }
            Effect::ListPlans => Ok(vec![Msg::Drafts(self.store.drafts()), Msg::Plans(Box::new(self.store.list()))]),
            Effect::LoadStats => {
                let made = self.store.stats(&(self.clock)());
                Ok(vec![made.map_or_else(|error| Msg::NoStats(failure(error)), |stats| Msg::Stats(Box::new(stats)))])
            }
            Effect::LoadDrafts => Ok(vec![Msg::Drafts(self.store.drafts())]),
            Effect::LoadLibrary => Ok(vec![Msg::Library(Box::new(self.store.library()))]),
            Effect::Trash(plan) => {
                self.store.trash(&plan).map(|()| self.told_and_listed("deleted; it is in the trash"))
            }
            Effect::EmptyTrash(plans) => self
                .store
                .empty_trash(&plans)
                .map(|gone| self.told_and_listed(&format!("{} deleted for good", count(gone, "plan")))),
            Effect::Restore(plan) => {
                self.store.restore(&plan).map(|()| self.told_and_listed("restored from the trash"))
            }
            Effect::Recover(plan) => {
                self.store.recover(&plan).map(|_| self.told_and_listed("the last good revision is back"))
            }
            Effect::Compare(path) => self.store.compare(&path).map(|found| vec![Msg::Compared(Box::new(found))]),
            Effect::PutAway(path) => self
                .store
                .put_away(&path)
                .map(|kept| self.told_and_listed(&format!("the copy is kept as {}", kept.display()))),
            Effect::SaveDraft(draft) => {
                let strategy = draft.strategy.clone();
                Ok(vec![match self.store.save_draft(&draft) {
                    Ok(()) => Msg::DraftSaved(strategy),
                    Err(error) => Msg::DraftNotSaved(strategy, failure(error)),
                }])
            }
            Effect::DropDraft(strategy) => self.store.drop_draft(&strategy).map(|()| vec![]),
            Effect::SaveMemory(memory) => {
                let saved = self.store.save_memory(&memory);
                Ok(saved.err().map(|error| Msg::NotRemembered(failure(error))).into_iter().collect())
            }
            Effect::Export(plan) => self.export(&plan),
            Effect::Distil { plan, id, title } => self.distil(&plan, id, &title),
            Effect::Copy(..)
            | Effect::CopyReport(_)
            | Effect::ShowPlain(_)
            | Effect::Send(_)
            | Effect::CancelSend
            | Effect::Edit(..)
            | Effect::Notify(_)
            | Effect::SetMouse(_)
            | Effect::Redraw
            | Effect::Suspend
            | Effect::Quit => return None,
        };
        Some(result.unwrap_or_else(|error| vec![Msg::Failed(failure(error))]))
    }

    fn apply(&self, plan: String, command: Command) -> Msg {
        match self.store.update(&plan, &command, self.now()) {
            Ok(change) => Msg::Applied(Box::new(change.plan), change.summary),
            Err(error) if waits(&error) => Msg::NotSaved(plan, Box::new(command), failure(error)),
            Err(error) => Msg::Failed(failure(error)),
        }
    }

    fn apply_all(&self, commands: Vec<(String, Command)>) -> Vec<Msg> {
        let mut stuck: Vec<(String, Failure)> = Vec::new();
        let mut told = Vec::new();
        for (plan, command) in commands {
            // What comes after a change that is not there would be refused, or do something else.
            if let Some((_, why)) = stuck.iter().find(|(id, _)| *id == plan) {
                told.push(Msg::NotSaved(plan, Box::new(command), why.clone()));
                continue;
            }
            let msg = self.apply(plan, command);
            if let Msg::NotSaved(plan, _, why) = &msg {
                stuck.push((plan.clone(), why.clone()));
            }
            told.push(msg);
        }
        told.push(Msg::Tried);
        told
    }

    fn told_and_listed(&self, text: &str) -> Vec<Msg> {
        vec![Msg::Plans(Box::new(self.store.list())), Msg::Told(text.into())]
    }

    /// Makes a strategy of a plan; the library with it comes first, so that it can be shown.
    fn distil(&self, plan: &str, id: String, title: &str) -> Result<Vec<Msg>, StoreError> {
        let plan = self.store.load(plan)?.plan;
        let file = crate::export::distilled::file(&plan, &id, title)?;
        let rank = self.store.library().rank_of_own(&id);
        let path = self.store.add_strategy(&id, &file.text)?.display().to_string();
        let library = Msg::Library(Box::new(self.store.library()));
        let remarks = rank.into_iter().chain(file.remarks).collect();
        Ok(vec![library, Msg::Distilled(Distilled { id, path, remarks })])
    }

    /// Writes the report beside whatever reports are there already.
    fn export(&self, plan: &crate::domain::plan::Plan) -> Result<Vec<Msg>, StoreError> {
        let now = (self.clock)();
        let phrases = self.store.settings().settings.review.claims;
        let report = crate::export::markdown::report(plan, &now, &phrases);
        let names = std::iter::once(format!("{}.md", plan.id)).chain((2..100).map(|n| format!("{}-{n}.md", plan.id)));
        let mut last = None;
        for name in names {
            let path = self.folder.join(name);
            match self.store.export_to(&path, report.as_bytes()) {
                Ok(()) => return Ok(vec![Msg::Told(format!("report written to {}", path.display()))]),
                Err(error) if error.code == ErrorCode::Conflict => last = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(last.unwrap_or_else(|| StoreError::new(ErrorCode::Io, "no name was free for the report", "")))
    }
}

/// Whether a change can be saved later: nothing stands against it but the disk, another writer, or a
/// file that cannot be read at this moment.
fn waits(error: &StoreError) -> bool {
    matches!(error.code, ErrorCode::NotSaved | ErrorCode::Io | ErrorCode::Conflict | ErrorCode::Corrupt)
}

fn failure(error: StoreError) -> Failure {
    Failure {
        refused: matches!(error.code, ErrorCode::Refused | ErrorCode::Invalid | ErrorCode::Newer),
        message: error.message,
        hint: error.hint,
    }
}
