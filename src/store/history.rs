//! Every revision of a plan, bounded, in the state directory: `history/<id>/NNNNNNNN.toml`.
//!
//! Beside them `index.json` says what each one was and where undo and redo stand. History is a
//! convenience beside the plan file, which alone counts: what is wrong with it never keeps a change
//! from being saved, and a revision is only used where its hash is right.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::plan::{MAX_BYTES, Plan};

use super::atomic::{self, How};
use super::error::StoreError;
use super::files::{self, Links};
use super::plan_text;

/// Most revisions kept of a plan.
const MAX_REVISIONS: usize = 200;
/// Most bytes kept of a plan's revisions.
const MAX_TOTAL: u64 = 32 * 1024 * 1024;
/// No plan has so many revisions.
const MAX_SEQ: u64 = 1 << 40;
/// Largest index read.
const MAX_INDEX: u64 = 8 * 1024 * 1024;

/// A line of a plan's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    pub revision: u64,
    pub at: Timestamp,
    pub summary: String,
    /// Whether the plan now is as it was then: the place that undo and redo move.
    pub current: bool,
}

/// What made a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A command, or an edit outside: the next undo takes it back.
    Change,
    /// Only comments, layout or unknown keys: nothing that undo could take back.
    Cosmetic,
    /// Undo or redo: the plan is again as in the entry `at`; `redo` leads forward again, last first.
    Moved { at: u64, redo: Vec<u64> },
}

/// One kept revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Number of its file.
    pub(super) seq: u64,
    /// The plan's revision in it.
    pub(super) revision: u64,
    pub(super) at: Timestamp,
    pub(super) summary: String,
    /// SHA-256 of the file.
    pub(super) hash: String,
    pub(super) bytes: u64,
    /// The entry that undo goes back to; nothing for the first, and for what is no change.
    #[serde(default)]
    pub(super) parent: Option<u64>,
    /// Whether undo and redo can stop here.
    #[serde(default)]
    pub(super) change: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Index {
    entries: Vec<Entry>,
    /// The entry whose plan is on disk.
    cursor: Option<u64>,
    /// Where redo goes, last first.
    redo: Vec<u64>,
    /// Number of the next file; never used twice.
    next: u64,
}

impl Index {
    /// Whether its numbers may be ours: one that somebody else wrote must not make sums overflow.
    fn can_be(&self) -> bool {
        let fits =
            |entry: &Entry| entry.seq < MAX_SEQ && i64::try_from(entry.revision).is_ok() && entry.bytes <= MAX_BYTES;
        self.next <= MAX_SEQ && self.entries.iter().all(fits)
    }
}

/// The history of one plan, read under the plan's lock.
#[derive(Debug)]
pub(super) struct History {
    folder: PathBuf,
    index: Index,
    /// Revisions that were found without a line in the index.
    gathered: Vec<u64>,
}

impl History {
    /// Reads the history in `folder`; one that cannot be read is empty.
    pub(super) fn open(folder: &Path) -> Self {
        let text = files::read_text(&folder.join("index.json"), MAX_INDEX, Links::Refused);
        let index = text.ok().and_then(|text| serde_json::from_str(&text).ok()).filter(Index::can_be);
        Self { folder: folder.into(), index: index.unwrap_or_else(|| Self::begin(folder)), gathered: Vec::new() }
    }

    /// A new index, past the files that are there without one.
    fn begin(folder: &Path) -> Index {
        Index { next: files_in(folder).last().copied().unwrap_or_default() + 1, ..Index::default() }
    }

    /// The entry whose plan is on disk.
    pub(super) fn cursor(&self) -> Option<&Entry> {
        self.entry(self.index.cursor?)
    }

    /// Where redo goes, last first.
    pub(super) fn redo(&self) -> &[u64] {
        &self.index.redo
    }

    pub(super) fn entry(&self, seq: u64) -> Option<&Entry> {
        self.index.entries.iter().find(|entry| entry.seq == seq)
    }

    /// The highest revision ever written here.
    pub(super) fn last_revision(&self) -> u64 {
        self.index.entries.iter().map(|entry| entry.revision).max().unwrap_or_default()
    }

    /// Puts what is on disk into history, where something else wrote it.
    pub(super) fn adopt(&mut self, text: &str, plan: &Plan, now: Timestamp) {
        let hash = files::hash(text.as_bytes());
        let Some(last) = self.index.entries.last() else {
            self.push_at(text, plan, "found", Kind::Change, now);
            return;
        };
        // Saved just before the program died.
        let gathered = |entry: &&Entry| entry.hash == hash && self.gathered.contains(&entry.seq);
        if let Some(seq) = self.index.entries.iter().rev().find(gathered).map(|entry| entry.seq)
            && self.cursor().is_none_or(|cursor| cursor.hash != hash)
        {
            self.promote(seq);
            return;
        }
        if let Some(known) = [Some(last), self.cursor()].into_iter().flatten().find(|entry| entry.hash == hash) {
            let seq = known.seq;
            if self.text(seq).is_none() {
                // A power cut took what was not synced; here it is again.
                self.rewrite(seq, text);
            }
            return;
        }
        // A revision that was saved just before the program died, or by another machine.
        let ours = plan.revision > self.last_revision();
        let known = self.cursor().and_then(|entry| self.plan(entry.seq, &plan.id));
        let same = known.is_some_and(|known| Plan { revision: plan.revision, updated: plan.updated, ..known } == *plan);
        let (summary, kind) = match (same, ours) {
            (true, _) => ("layout changed outside", Kind::Cosmetic),
            (false, true) => ("changed elsewhere", Kind::Change),
            (false, false) => ("edited outside", Kind::Change),
        };
        self.push_at(text, plan, summary, kind, now);
    }

    fn rewrite(&self, seq: u64, text: &str) {
        if let Err(error) = atomic::write(&self.file(seq), text.as_bytes(), How::CACHE) {
            tracing::warn!(folder = ?self.folder, %error, "a revision is not kept");
        }
    }

    /// Takes in revisions that lie here and are not in the index: of a program that died before it wrote the index, or
    /// wrote it at the same time as another. None is removed, not even one of two that are alike: without a lock another
    /// program may count on the other.
    pub(super) fn gather(&mut self, id: &str) {
        let mut lost = files_in(&self.folder);
        lost.retain(|seq| self.entry(*seq).is_none());
        for seq in lost {
            let Ok(text) = files::read_text(&self.file(seq), MAX_BYTES, Links::Refused) else { continue };
            let Ok(parsed) = plan_text::parse(Path::new(&format!("{id}.toml")), &text) else { continue };
            let at = self.index.entries.partition_point(|entry| entry.seq < seq);
            let entry = Entry {
                seq,
                revision: parsed.plan.revision,
                at: parsed.plan.updated,
                summary: "written; its line in the log was lost".into(),
                hash: files::hash(text.as_bytes()),
                bytes: text.len() as u64,
                parent: None,
                change: false,
            };
            self.index.entries.insert(at, entry);
            self.index.next = self.index.next.max(seq + 1);
            self.gathered.push(seq);
        }
    }

    /// Makes a revision without a line in the log the one that is on disk.
    fn promote(&mut self, seq: u64) {
        let (parent, redo) = (self.index.cursor, std::mem::take(&mut self.index.redo));
        let Some(entry) = self.index.entries.iter_mut().find(|entry| entry.seq == seq) else {
            self.index.redo = redo;
            return;
        };
        entry.summary = if parent.is_none() { "found".into() } else { "changed elsewhere".into() };
        (entry.parent, entry.change) = (parent, true);
        self.index.cursor = Some(seq);
        self.save();
    }

    /// Whether this text is kept.
    pub(super) fn holds(&self, text: &str) -> bool {
        let hash = files::hash(text.as_bytes());
        self.index.entries.iter().any(|entry| entry.hash == hash && self.text(entry.seq).is_some())
    }

    /// Keeps a text that somebody else saved and that stands nowhere any more.
    pub(super) fn keep(&mut self, text: &str, plan: &Plan) {
        self.put(text, plan, "saved elsewhere at the same moment", Kind::Cosmetic, plan.updated, How::DURABLE);
    }

    /// Keeps a revision that was written.
    pub(super) fn push(&mut self, text: &str, plan: &Plan, summary: &str, kind: Kind) {
        self.push_at(text, plan, summary, kind, plan.updated);
    }

    fn push_at(&mut self, text: &str, plan: &Plan, summary: &str, kind: Kind, at: Timestamp) {
        self.put(text, plan, summary, kind, at, How::CACHE);
    }

    fn put(&mut self, text: &str, plan: &Plan, summary: &str, kind: Kind, at: Timestamp, how: How) {
        let mut seq = self.index.next.max(1);
        // Never over a revision that is there, whoever wrote it.
        while let Err(error) = atomic::write(&self.file(seq), text.as_bytes(), How { replace: false, ..how }) {
            if self.file(seq).symlink_metadata().is_err() {
                tracing::warn!(folder = ?self.folder, %error, "a revision is not kept");
                return;
            }
            seq += 1;
        }
        let mut entry = Entry {
            seq,
            revision: plan.revision,
            at,
            summary: summary.into(),
            hash: files::hash(text.as_bytes()),
            bytes: text.len() as u64,
            parent: None,
            change: false,
        };
        self.index.next = seq + 1;
        match kind {
            Kind::Change => {
                entry.parent = self.index.cursor;
                entry.change = true;
                self.index.cursor = Some(seq);
                self.index.redo.clear();
            }
            Kind::Cosmetic => {}
            Kind::Moved { at, redo } => {
                self.index.cursor = Some(at);
                self.index.redo = redo;
            }
        }
        self.index.entries.push(entry);
        let dropped = self.prune();
        self.save();
        for seq in dropped {
            // Left behind, it only takes room.
            let _ = fs::remove_file(self.file(seq));
        }
    }

    /// Takes the oldest revisions out of the index; those that undo cannot stop at go first.
    fn prune(&mut self) -> Vec<u64> {
        let mut dropped = Vec::new();
        let entries = &mut self.index.entries;
        let mut total: u64 = entries.iter().map(|entry| entry.bytes).sum();
        while entries.len() > 1 && (entries.len() > MAX_REVISIONS || total > MAX_TOTAL) {
            let last = entries.len() - 1;
            let at = entries[..last].iter().position(|entry| !entry.change).unwrap_or_default();
            let entry = entries.remove(at);
            total -= entry.bytes;
            dropped.push(entry.seq);
        }
        dropped
    }

    fn save(&self) {
        let saved = serde_json::to_vec(&self.index).map_err(std::io::Error::from);
        let path = self.folder.join("index.json");
        if let Err(error) = saved.and_then(|bytes| atomic::write(&path, &bytes, How::CACHE)) {
            tracing::warn!(?path, %error, "the index of revisions is not kept");
        }
    }

    fn file(&self, seq: u64) -> PathBuf {
        self.folder.join(format!("{seq:08}.toml"))
    }

    /// The text of a kept revision, where it is as it was written.
    fn text(&self, seq: u64) -> Option<String> {
        let entry = self.entry(seq)?;
        let text = files::read_text(&self.file(seq), MAX_BYTES, Links::Refused).ok()?;
        (files::hash(text.as_bytes()) == entry.hash).then_some(text)
    }

    /// The numbers of the newest revisions, the newest first, at most `most`.
    pub(super) fn newest(&self, most: usize) -> Vec<u64> {
        self.index.entries.iter().rev().take(most).map(|entry| entry.seq).collect()
    }

    /// The plan in a kept revision.
    pub(super) fn plan(&self, seq: u64, id: &str) -> Option<Plan> {
        let parsed = plan_text::parse(Path::new(&format!("{id}.toml")), &self.text(seq)?).ok()?;
        parsed.read_only.is_none().then_some(parsed.plan)
    }

    /// The newest revision that can be read.
    pub(super) fn last_good(&self, id: &str) -> Option<(String, Plan)> {
        self.index.entries.iter().rev().find_map(|entry| Some((self.text(entry.seq)?, self.plan(entry.seq, id)?)))
    }

    /// The log, oldest first.
    pub(super) fn log(&self) -> Vec<LogEntry> {
        let line = |entry: &Entry| LogEntry {
            revision: entry.revision,
            at: entry.at,
            summary: entry.summary.clone(),
            current: self.index.cursor == Some(entry.seq),
        };
        self.index.entries.iter().map(line).collect()
    }
}

/// The numbers of the revisions that lie in `folder`, in order.
fn files_in(folder: &Path) -> Vec<u64> {
    let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let mut numbers: Vec<u64> = names
        .filter_map(|name| name.to_str()?.strip_suffix(".toml")?.parse::<u64>().ok())
        .filter(|seq| *seq < MAX_SEQ)
        .collect();
    numbers.sort_unstable();
    numbers
}

impl super::Store {
    /// What was done to the plan, oldest first, as far as history reaches.
    ///
    /// # Errors
    /// [`super::ErrorCode::NotFound`] where there is no such plan, not even in history.
    pub fn log(&self, id: &str) -> Result<Vec<LogEntry>, StoreError> {
        super::plans::check_id(id)?;
        let log = History::open(&self.dirs().history(id)).log();
        if log.is_empty() {
            // A plan that this program never changed has no log, but a missing one is an error.
            self.load(id)?;
        }
        Ok(log)
    }
}
