//! How long a typed letter takes in the search, over small and very large libraries.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

use std::sync::Arc;

use divan::{Bencher, black_box};
use setlist::domain::library::{Entry, Library};
use setlist::store::Store;
use setlist::workflow::search::Index;

fn main() {
    divan::main();
}

/// What is typed, letter by letter.
const QUERY: &str = "migrat";

/// Parts of titles.
const FIRST: [&str; 12] = [
    "Gradual", "Offline", "Database", "Secure", "Typed", "Nightly", "Careful", "Remote", "Quick", "Broad", "Audited",
    "Legacy",
];
const SECOND: [&str; 10] =
    ["migration", "review", "benchmark", "refactoring", "rollout", "audit", "cleanup", "upgrade", "rewrite", "import"];
const THIRD: [&str; 11] = [
    "of services",
    "with gates",
    "in stages",
    "for teams",
    "by hand",
    "of queues",
    "of caches",
    "under load",
    "in Rust",
    "in Go",
    "on call",
];

/// `count` strategies with prompts of the usual length and words of their own.
#[allow(clippy::missing_panics_doc)]
pub fn library(count: usize) -> Vec<Entry> {
    let Library { entries } = Store::builtin();
    let made = |n: usize| {
        let mut entry = entries[n % entries.len()].clone();
        let mut strategy = entry.strategy.as_deref().unwrap().clone();
        entry.id = format!("strategy-{n}");
        strategy.id.clone_from(&entry.id);
        strategy.title = format!("{} {} {} {n}", FIRST[n % 12], SECOND[n / 3 % 10], THIRD[n / 7 % 11]);
        // As many prompts as fit 100,000 times into the memory of a small machine.
        strategy.sessions.truncate(1);
        strategy.sessions[0].turns.truncate(1);
        strategy.sessions[0].turns[0].prompt += &format!("word{} case{}", n % 5000, n);
        entry.strategy = Some(Arc::new(strategy));
        entry
    };
    (0..count).map(made).collect()
}

#[divan::bench(args = [100, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn prepare(bencher: Bencher<'_, '_>, count: usize) {
    let entries = library(count);
    bencher.bench_local(|| Index::new(black_box(&entries)));
}

/// Each letter by itself, the ones before it typed already.
fn letter(bencher: Bencher<'_, '_>, count: usize, typed: usize) {
    let entries = library(count);
    let index = std::cell::RefCell::new(Index::new(&entries));
    bencher
        .with_inputs(|| {
            let mut index = index.borrow_mut();
            index.find("");
            for end in 1..typed {
                index.find(&QUERY[..end]);
            }
        })
        .bench_local_values(|()| black_box(index.borrow_mut().find(&QUERY[..typed])));
}

macro_rules! letters {
    ($($name:ident $typed:literal)*) => {
        $(#[divan::bench(args = [100, 10_000, 100_000], sample_count = 20, sample_size = 1)]
        fn $name(bencher: Bencher<'_, '_>, count: usize) {
            letter(bencher, count, $typed);
        })*
    };
}

letters! { letter_1 1 letter_2 2 letter_3 3 letter_4 4 letter_6 6 }
