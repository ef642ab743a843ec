//! Changes by others are told.

use std::fs;
use std::sync::mpsc;
use std::time::Duration;

use setlist::store::Changed;

use crate::common::*;

/// Long enough for a slow machine; a change is told in a tenth of a second.
const SOON: Duration = Duration::from_secs(10);

#[test]
fn a_change_is_told_once_with_its_plan_and_reading_is_none() {
    let place = Place::new();
    let id = place.plan().id;
    fs::create_dir_all(place.root.path().join("config/strategies")).unwrap();
    let (tell, told) = mpsc::channel();
    let watch = place.store.watch(move |changed| tell.send(changed).unwrap()).unwrap();
    place.other().load(&id).unwrap();
    place.other().list();
    assert!(told.recv_timeout(Duration::from_millis(300)).is_err(), "reading is no change");
    place.other().update(&id, &note("x"), later(1)).unwrap();
    assert_eq!(told.recv_timeout(SOON).unwrap(), Changed { plans: vec![id.clone()], strategies: false });
    assert!(told.recv_timeout(Duration::from_millis(300)).is_err(), "one save is told once");
    fs::write(place.root.path().join("config/strategies/small.toml"), STRATEGY).unwrap();
    assert_eq!(told.recv_timeout(SOON).unwrap(), Changed { plans: vec![], strategies: true });
    drop(watch);
    assert!(
        told.recv_timeout(SOON).is_err_and(|error| error == mpsc::RecvTimeoutError::Disconnected),
        "the thread ends with the watch"
    );
}
