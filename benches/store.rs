//! How long people wait for the disk: listing many plans, statistics of them, and one change of a plan.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

use std::fs;
use std::hint::black_box;

use divan::Bencher;
use jiff::Zoned;
use setlist::domain::command::{Command, TurnRef};
use setlist::domain::placeholder::{self, Values};
use setlist::store::{Dirs, Store};
use tempfile::TempDir;

/// Plans in the list.
const MANY: usize = 10_000;

fn main() {
    divan::main();
}

fn now() -> Zoned {
    "2026-11-22T10:00:00+01:00[+01:00]".parse().unwrap()
}

fn dirs(root: &TempDir) -> Dirs {
    let dir = |name: &str| root.path().join(name);
    Dirs { data: dir("data"), config: dir("config"), state: dir("state"), project: None }
}

/// One plan of a built-in strategy, every value given.
fn one(store: &Store) -> String {
    let library = Store::builtin();
    let strategy = library.strategy("bug-investigation").unwrap();
    let missing = placeholder::faults(strategy, &Values::new());
    let values = missing.into_iter().map(|fault| {
        let placeholder = strategy.placeholder(&fault.name).unwrap();
        let input = if placeholder.example.is_empty() { "something of some length" } else { &placeholder.example };
        (fault.name.clone(), placeholder.read(input).unwrap())
    });
    store.create(strategy, &values.collect(), "Bench", &now()).unwrap().id
}

/// The same, worked to its end.
fn one_finished(store: &Store) -> String {
    let id = one(store);
    let does = |command: Command| store.update(&id, &command, now().timestamp()).unwrap().plan;
    let session = store.load(&id).unwrap().plan.sessions[0].clone();
    for turn in session.turns {
        let turn = TurnRef::new(&session.id, turn.id);
        does(Command::StartTurn(turn.clone()));
        does(Command::FinishTurn(turn));
    }
    does(Command::FinishSession { session: session.id, unverified: Some("a bench".into()) });
    id
}

fn many() -> TempDir {
    copies(one)
}

/// Many copies of one plan.
fn copies(one: fn(&Store) -> String) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let store = Store::new(dirs(&root));
    let id = one(&store);
    let text = fs::read_to_string(store.plan_path(&id)).unwrap();
    for n in 1..MANY {
        let other = format!("2026-11-22-bench-{n:05}");
        fs::write(store.plan_path(&other), text.replace(&id, &other)).unwrap();
    }
    root
}

/// No cache yet: every file is read.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn list_10000_cold(bencher: Bencher<'_, '_>) {
    let root = many();
    bencher
        .with_inputs(|| {
            let _ = fs::remove_file(root.path().join("state/index.json"));
            Store::new(dirs(&root))
        })
        .bench_refs(|store| assert_eq!(store.list().plans.len(), MANY));
}

/// The program starts again: the cache is on disk.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn list_10000_warm(bencher: Bencher<'_, '_>) {
    let root = many();
    Store::new(dirs(&root)).list();
    bencher.with_inputs(|| Store::new(dirs(&root))).bench_refs(|store| assert_eq!(store.list().plans.len(), MANY));
}

/// The program runs: the cache is in memory.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn list_10000_again(bencher: Bencher<'_, '_>) {
    let root = many();
    let store = Store::new(dirs(&root));
    store.list();
    bencher.bench_local(|| black_box(store.list()));
}

/// Statistics without a cache: every file is read.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn stats_10000_cold(bencher: Bencher<'_, '_>) {
    let root = copies(one_finished);
    bencher
        .with_inputs(|| {
            let _ = fs::remove_file(root.path().join("state/stats.json"));
            Store::new(dirs(&root))
        })
        .bench_refs(|store| assert_eq!(store.stats(&now()).unwrap().total.finished, MANY));
}

/// Statistics from the cache on disk, as each time but the first.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn stats_10000_warm(bencher: Bencher<'_, '_>) {
    let root = copies(one_finished);
    let store = Store::new(dirs(&root));
    store.stats(&now()).unwrap();
    bencher.bench_local(|| black_box(store.stats(&now()).unwrap()));
}

/// Lock, read, apply, merge, write, sync, history.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn update(bencher: Bencher<'_, '_>) {
    let root = tempfile::tempdir().unwrap();
    let store = Store::new(dirs(&root));
    let id = one(&store);
    let note = Command::AddNote { session: String::new(), turn: String::new(), text: "a note".into() };
    bencher.bench_local(|| store.update(&id, &note, now().timestamp()).unwrap());
}
