//! Tells when plans or strategies change on disk. Asleep while nothing does.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::names::{Name, classify};
use super::{ErrorCode, Store, StoreError, atomic};

/// A change is told once nothing more has happened for this long: a save is several events.
const QUIET: Duration = Duration::from_millis(100);
/// A change is told after this long even where it goes on.
const LONGEST: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Ids of the plans whose files changed, appeared or went; a sync tool's copy counts as its plan.
    pub plans: Vec<String>,
    /// Whether a file in a strategies directory changed.
    pub strategies: bool,
}

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Watch {
    /// Dropping it ends the channel, and with it the thread.
    _watcher: RecommendedWatcher,
}

impl Store {
    /// Calls `tell` from a thread of its own after plans or strategies have changed. Strategies
    /// directories that are not there yet are not watched; the plans directory is made.
    ///
    /// # Errors
    /// [`ErrorCode::Io`] where the system has no more watches: look at [`Store::stamp`] instead.
    pub fn watch(&self, tell: impl Fn(Changed) + Send + 'static) -> Result<Watch, StoreError> {
        let plans = self.dirs().plans();
        let folders: Vec<PathBuf> =
            self.strategy_folders().into_iter().map(|(_, folder)| folder).filter(|folder| folder.is_dir()).collect();
        let packs = self.dirs().packs();
        let folders: Vec<PathBuf> = folders.into_iter().chain(packs.is_dir().then_some(packs)).collect();
        atomic::make_private_dir(&plans).map_err(|error| StoreError::not_saved(&plans, &error))?;
        // Events name files by the path that was watched; a link in it would never match.
        let plans = plans.canonicalize().unwrap_or(plans);
        let (sender, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Nobody listens any more: the watch is being dropped.
            let _ = event.map(|event| sender.send(event));
        })
        .map_err(|error| unwatched(&plans, &error))?;
        watcher.watch(&plans, RecursiveMode::NonRecursive).map_err(|error| unwatched(&plans, &error))?;
        for folder in &folders {
            watcher.watch(folder, RecursiveMode::NonRecursive).map_err(|error| unwatched(folder, &error))?;
        }
        thread::Builder::new()
            .name("watch".into())
            .spawn(move || listen(&events, &plans, &tell))
            .map_err(|error| StoreError::reading(&self.dirs().plans(), &error))?;
        Ok(Watch { _watcher: watcher })
    }
}

fn unwatched(folder: &Path, error: &notify::Error) -> StoreError {
    let hint = "changes by others are noticed when the terminal gets the focus, and before each write";
    StoreError::new(ErrorCode::Io, format!("{} cannot be watched: {error}", super::error::show(folder)), hint)
        .at(folder)
}

/// Sleeps until something happens, then gathers until it is quiet again.
fn listen(events: &Receiver<Event>, plans: &Path, tell: &impl Fn(Changed)) {
    while let Ok(first) = events.recv() {
        let mut ids = BTreeSet::new();
        let mut strategies = false;
        let mut gather = |event: &Event| sort(event, plans, &mut ids, &mut strategies);
        if !gather(&first) {
            continue;
        }
        let begun = Instant::now();
        while begun.elapsed() < LONGEST {
            match events.recv_timeout(QUIET) {
                Ok(event) => {
                    gather(&event);
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        tell(Changed { plans: ids.into_iter().collect(), strategies });
    }
}

/// Notes what an event is about; whether it is about anything.
fn sort(event: &Event, plans: &Path, ids: &mut BTreeSet<String>, strategies: &mut bool) -> bool {
    match event.kind {
        // Reading is no change; closing after a write is.
        EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write) => return false,
        EventKind::Access(_)
        | EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => {}
    }
    let mut found = false;
    for path in &event.paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let kind = classify(&name);
        if path.parent() == Some(plans) {
            if let Name::Plan(id) | Name::Conflict(id) | Name::Misnamed(id) = kind {
                ids.insert(id);
                found = true;
            }
        } else if kind != Name::Other && path != plans {
            *strategies = true;
            found = true;
        }
    }
    found
}
