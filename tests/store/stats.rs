//! Statistics over files: which plans count, what is broken, and the cache.

use std::fs;

use setlist::domain::command::{Command, TurnRef};
use setlist::domain::placeholder::Values;
use setlist::domain::stats::Stats;
use setlist::domain::strategy_file;
use setlist::store::Store;

use crate::common::{Place, later, now};

/// A finished plan of the small strategy, whose first turn took so many seconds.
fn finished(place: &Place, seconds: i64) -> String {
    let text = crate::common::STRATEGY.replace("gate = \"It was seen\"", "");
    let strategy = strategy_file::read(&text, None).strategy.unwrap();
    let id = place.store.create(&strategy, &Values::new(), "Fix login", &now()).unwrap().id;
    let does = |command: Command, at| drop(place.store.update(&id, &command, later(at)).unwrap());
    does(Command::StartTurn(TurnRef::new("one", "look")), 0);
    does(Command::FinishTurn(TurnRef::new("one", "look")), seconds);
    for (session, turn) in [("one", "mend"), ("two", "show")] {
        does(Command::SkipTurn { turn: TurnRef::new(session, turn), reason: "no need".into() }, seconds);
    }
    for session in ["one", "two"] {
        does(Command::FinishSession { session: session.into(), unverified: Some("no time".into()) }, seconds);
    }
    id
}

fn stats(store: &Store) -> Stats {
    store.stats(&now()).unwrap()
}

#[test]
fn archived_plans_count_and_the_trash_does_not() {
    let place = Place::new();
    assert!(stats(&place.store).is_empty());
    let (archived, trashed) = (finished(&place, 600), finished(&place, 900));
    place.plan();
    place.store.update(&archived, &Command::Archive, later(1000)).unwrap();
    assert_eq!(stats(&place.store).total.finished, 2);
    place.store.trash(&trashed).unwrap();
    let stats = stats(&place.store);
    assert_eq!((stats.total.finished, stats.total.times.worked, stats.unreadable), (1, 600, 0));
    assert_eq!((stats.total.unverified, stats.strategies[0].id.as_str()), (1, "small"));
}

#[test]
fn broken_files_are_counted_and_harm_nothing() {
    let place = Place::new();
    let good = finished(&place, 600);
    let folder = place.root.path().join("data/plans");
    fs::write(folder.join("2026-01-01-broken-abcd.toml"), "schema = 1\nname =").unwrap();
    fs::write(folder.join("2026-01-02-binary-abcd.toml"), [0, 255, 7]).unwrap();
    fs::write(folder.join("Not A Plan.toml"), "").unwrap();
    fs::write(folder.join(format!("{good}.sync-conflict-20261122-140000-ABCDEFG.toml")), "").unwrap();
    std::os::unix::fs::symlink(folder.join(format!("{good}.toml")), folder.join("2026-01-03-linked-abcd.toml"))
        .unwrap();
    let stats = stats(&place.store);
    assert_eq!((stats.total.finished, stats.unreadable), (1, 4));
}

#[test]
fn a_directory_that_cannot_be_read_is_an_error() {
    let place = Place::new();
    fs::create_dir_all(place.root.path().join("data")).unwrap();
    fs::write(place.root.path().join("data/plans"), "a file").unwrap();
    assert!(place.store.stats(&now()).unwrap_err().message.contains("plans"));
}

#[test]
fn files_are_read_once_and_again_when_they_change() {
    let place = Place::new();
    let first = finished(&place, 600);
    let text = place.text(&first);
    for n in 0..20 {
        let id = format!("2026-11-22-copy-{n:04}");
        fs::write(place.store.plan_path(&id), text.replace(&first, &id)).unwrap();
    }
    assert_eq!(stats(&place.store).total.times.worked, 21 * 600);
    // What the cache says is believed as long as the file is the same: so it was not read again.
    let cache = place.root.path().join("state/stats.json");
    let kept = fs::read_to_string(&cache).unwrap();
    assert!(!kept.contains("Look at"), "only figures are kept");
    fs::write(&cache, kept.replace("\"worked\":[600]", "\"worked\":[60]")).unwrap();
    assert_eq!(stats(&place.other()).total.times.worked, 21 * 60);
    place.edit(&first, |text| text.replace("worked = 600", "worked = 700"));
    assert_eq!(stats(&place.other()).total.times.worked, 20 * 60 + 700);
    for broken in ["", "{}", "[[[", &kept.replace("\"version\":\"", "\"version\":\"another ")] {
        fs::write(&cache, broken).unwrap();
        assert_eq!(stats(&place.other()).total.times.worked, 20 * 600 + 700, "{broken:.20}");
    }
}

#[test]
fn nobody_s_plans_make_no_directories() {
    let place = Place::new();
    stats(&place.store);
    assert_eq!(fs::read_dir(place.root.path()).unwrap().count(), 0);
}
