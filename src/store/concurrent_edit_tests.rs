//! Tests of what becomes of a change while somebody who knows no lock saves the same plan.

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;

use jiff::{Timestamp, Zoned};

use crate::domain::command::{Change, Command};
use crate::domain::placeholder::Values;
use crate::domain::strategy_file;

use super::history::Kind;
use super::plans::LockedPlan;
use super::{Dirs, ErrorCode, Store, StoreError};

const STRATEGY: &str = "schema = 1\nid = \"small\"\ntitle = \"Small\"\n[[sessions]]\nid = \"one\"\n\
    [[sessions.turns]]\nid = \"look\"\nprompt = \"Look.\"\n";

/// A store with one plan, and the plan's id.
fn place() -> (tempfile::TempDir, Store, String) {
    let root = tempfile::tempdir().unwrap();
    let dir = |name: &str| -> PathBuf { root.path().join(name) };
    let store = Store::new(Dirs { data: dir("data"), config: dir("config"), state: dir("state"), project: None });
    let strategy = strategy_file::read(STRATEGY, Some("small")).strategy.unwrap();
    let now: Zoned = "2026-11-22T10:00:00+01:00[+01:00]".parse().unwrap();
    let id = store.create(&strategy, &Values::new(), "Fix login", &now).unwrap().id;
    (root, store, id)
}

fn noted(held: &LockedPlan, now: Timestamp) -> Result<(Change, Kind), StoreError> {
    let note = Command::AddNote { session: String::new(), turn: String::new(), text: "ours".into() };
    let mut change = held.plan.apply(&note, now)?;
    change.plan.revision = held.next_revision();
    Ok((change, Kind::Change))
}

#[test]
fn a_change_is_made_again_of_what_was_saved_meanwhile() {
    let (_root, store, id) = place();
    let now = store.load(&id).unwrap().plan.updated;
    let tries = Cell::new(0);
    let change = store.change(&id, now, |held| {
        tries.set(tries.get() + 1);
        if tries.get() == 1 {
            fs::write(store.plan_path(&id), held.text.replace("Fix login", "Theirs")).unwrap();
        }
        noted(held, now)
    });
    let plan = change.unwrap().plan;
    assert_eq!((plan.name.as_str(), plan.notes.len(), tries.get()), ("Theirs", 1, 2));
    assert_eq!(store.load(&id).unwrap().plan, plan);
    let undone = store.undo(&id, now).unwrap().plan;
    assert_eq!((undone.name.as_str(), undone.notes.len()), ("Theirs", 0), "what they saved is a change of its own");
}

#[test]
fn one_who_keeps_saving_is_let_alone_and_theirs_stands() {
    let (_root, store, id) = place();
    let now = store.load(&id).unwrap().plan.updated;
    let tries = Cell::new(0);
    let error = store
        .change(&id, now, |held| {
            tries.set(tries.get() + 1);
            fs::write(store.plan_path(&id), format!("{}# save {}\n", held.text, tries.get())).unwrap();
            noted(held, now)
        })
        .unwrap_err();
    assert_eq!((error.code, error.path.as_deref()), (ErrorCode::Conflict, Some(store.plan_path(&id).as_path())));
    assert!(error.message.contains("keeps saving") && error.hint.contains("nothing has changed"), "{error}");
    let text = fs::read_to_string(store.plan_path(&id)).unwrap();
    assert!(text.ends_with(&format!("# save {}\n", tries.get())), "{text}");
    assert!(store.load(&id).unwrap().plan.notes.is_empty());
    assert_eq!(fs::read_dir(store.dirs().plans()).unwrap().count(), 1, "no temporary file stays");
}

#[test]
fn a_plan_that_is_taken_away_meanwhile_is_not_made_again() {
    let (_root, store, id) = place();
    let now = store.load(&id).unwrap().plan.updated;
    let error = store.change(&id, now, |held| {
        fs::remove_file(store.plan_path(&id)).unwrap();
        noted(held, now)
    });
    assert_eq!(error.unwrap_err().code, ErrorCode::NotFound);
    assert!(!store.plan_path(&id).exists());
}

#[test]
fn what_stands_nowhere_any_more_is_kept_as_a_revision_or_as_it_is() {
    let (root, store, id) = place();
    let now = store.load(&id).unwrap().plan.updated;
    let mut held = store.hold(&id, now).unwrap();
    let theirs = held.text.replace("Fix login", "Theirs");
    store.keep_stray(&id, &mut held.history, theirs.as_bytes());
    assert!(held.history.holds(&theirs));
    assert_eq!(held.history.log().last().unwrap().summary, "saved elsewhere at the same moment");
    for (n, bytes) in [(1, &b"half a pl"[..]), (2, b"caf\xe9")] {
        store.keep_stray(&id, &mut held.history, bytes);
        let kept = root.path().join(format!("state/broken/{id}.toml.broken-{n}"));
        assert_eq!(fs::read(kept).unwrap(), bytes);
    }
    store.keep_stray(&id, &mut held.history, b"");
    assert_eq!(fs::read_dir(root.path().join("state/broken")).unwrap().count(), 2, "an emptied file says nothing");
    assert_eq!(held.history.log().len(), 2);
}
