//! What a plan has queued becomes one plan: two files, changed as one.

use std::fs;
use std::sync::{Arc, Barrier};
use std::thread;

use setlist::domain::command::Command;
use setlist::domain::memory::Origin;
use setlist::domain::new_plan::NewPlan;
use setlist::domain::placeholder::Values;
use setlist::domain::plan::MAX_BYTES;
use setlist::store::{ErrorCode, Store, StoreError};

use crate::common::*;

/// A plan that has queued another; its id.
fn queued(place: &Place) -> String {
    let id = place.plan().id;
    let queue = Command::Queue { title: "More".into(), goal: String::new(), placeholder: String::new() };
    place.store.update(&id, &queue, later(1)).unwrap();
    id
}

/// Starts what `first` has queued; the new plan's id.
fn start(store: &Store, first: &str) -> Result<String, StoreError> {
    let origin = Origin { plan: first.into(), name: String::new(), queued: "more".into() };
    let new = NewPlan { origin: Some(origin), ..NewPlan::new(Arc::new(strategy()), Values::new(), "More") };
    store.start(&new, &now()).map(|plan| plan.id)
}

/// The plans that there are, and the one that is noted in the queue of the first.
fn plans(place: &Place, first: &str) -> (usize, String) {
    let store = place.other();
    (store.list().plans.len(), store.load(first).unwrap().plan.queue[0].plan.clone())
}

#[test]
fn a_queued_plan_is_noted_where_it_was_queued_and_starts_once() {
    let place = Place::new();
    let first = queued(&place);
    let id = start(&place.store, &first).unwrap();
    let plan = place.store.load(&id).unwrap().plan;
    assert_eq!((plan.follows.as_str(), plan.revision), (first.as_str(), 1));
    assert_eq!(plans(&place, &first), (2, id.clone()));
    let error = start(&place.other(), &first).unwrap_err();
    assert_eq!((error.code, error.message), (ErrorCode::Refused, format!("'More' was started already, as {id}")));
    place.store.update(&first, &Command::Unqueue("more".into()), later(2)).unwrap();
    assert_eq!(start(&place.store, &first).unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(place.store.list().plans.len(), 2);
}

#[test]
fn of_many_at_the_same_moment_one_starts_it() {
    for _ in 0..20 {
        let place = Place::new();
        let first = queued(&place);
        let all = Barrier::new(4);
        let started: Vec<_> = thread::scope(|scope| {
            let one = || {
                let store = place.other();
                all.wait();
                start(&store, &first)
            };
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(one)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let ids: Vec<_> = started.iter().flatten().cloned().collect();
        assert_eq!(ids.len(), 1, "{started:?}");
        assert_eq!(plans(&place, &first), (2, ids[0].clone()));
    }
}

#[test]
fn who_died_between_the_two_files_has_started_it() {
    let place = Place::new();
    let first = queued(&place);
    let before = place.text(&first);
    let id = start(&place.store, &first).unwrap();
    // As it was when the new plan was there and the note was not.
    fs::write(place.store.plan_path(&first), before).unwrap();
    let error = start(&place.other(), &first).unwrap_err();
    assert_eq!(error.message, format!("'More' was started already, as {id}"));
    assert_eq!(plans(&place, &first), (2, id.clone()), "noted after all");
    // A plan that was thrown away does not come back.
    place.store.undo(&first, later(3)).unwrap();
    place.store.trash(&id).unwrap();
    let other = start(&place.store, &first).unwrap();
    assert_ne!(other, id);
    assert_eq!(plans(&place, &first), (2, other));
}

#[test]
fn where_it_cannot_be_noted_there_is_no_new_plan() {
    let place = Place::new();
    let first = queued(&place);
    place.edit(&first, |text| {
        let room = MAX_BYTES as usize - text.len() - 8;
        format!("# {}\n{text}", "x".repeat(room))
    });
    let error = start(&place.store, &first).unwrap_err();
    assert_eq!(error.code, ErrorCode::Invalid, "{error:?}");
    assert_eq!(plans(&place, &first), (1, String::new()));
    assert_eq!(fs::read_dir(place.root.path().join("state/history")).unwrap().count(), 1);
}
