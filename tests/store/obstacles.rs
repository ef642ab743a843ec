//! Things that stand where the program wants to read or write: it says so, and leaves them alone.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::time::{Duration, SystemTime};

use setlist::domain::memory::Draft;
use setlist::store::{Check, Dirs, ErrorCode, Store};

use crate::common::*;

/// The checks that are not fine, each in a line.
fn wrong(checks: &[Check]) -> Vec<String> {
    let line = |check: &Check| format!("{}: {} ({})", check.name, check.detail, check.hint);
    checks.iter().filter(|check| !check.ok).map(line).collect()
}

fn draft(strategy: &str) -> Draft {
    Draft {
        strategy: strategy.into(),
        name: "half".into(),
        inputs: [("topic".into(), "x".into())].into(),
        focus: 1,
        saved: later(0),
        origin: None,
        own_budgets: false,
        remedies: BTreeSet::new(),
    }
}

#[test]
fn the_doctor_names_what_stands_where_a_directory_should_be() {
    let place = Place::new();
    let root = place.root.path();
    for name in ["data", "config", "state"] {
        fs::write(root.join(name), name).unwrap();
    }
    let found = wrong(&place.store.doctor(&[]));
    let shown = root.display();
    for part in [
        format!("data directory: {shown}/data is not a directory (move the file there away)"),
        format!("plans directory: {shown}/data/plans: "),
        format!("state directory: {shown}/state is not a directory"),
        format!("config directory: {shown}/config is not a directory"),
        format!("plans: cannot read {shown}/data/plans: "),
        format!("settings: {shown}/config/config.toml:1:1: cannot read {shown}/config/config.toml: "),
    ] {
        assert!(found.iter().any(|line| line.starts_with(&part)), "{part}: {found:#?}");
    }
    assert!(found.iter().any(|line| line.starts_with("locks: not saved: ")), "{found:#?}");
    for name in ["data", "config", "state"] {
        assert_eq!(fs::read_to_string(root.join(name)).unwrap(), name, "it changes nothing");
    }
}

#[test]
fn the_doctor_names_directories_that_cannot_be_reached_or_written_to() {
    let place = Place::new();
    let root = place.root.path();
    fs::write(root.join("file"), "").unwrap();
    // Where new files can be made by nobody, also not by root.
    let unwritable = if cfg!(target_os = "linux") { "/proc".into() } else { root.join("file/data") };
    let dirs =
        Dirs { data: unwritable, config: root.join("file/config"), state: root.join("file/state"), project: None };
    let found = wrong(&Store::new(dirs).doctor(&[]));
    for (name, hint) in [
        ("data directory: ", "make it "),
        ("state directory: ", "(make it readable, or use another directory)"),
        ("config directory: ", "(make it readable)"),
    ] {
        assert!(found.iter().any(|line| line.starts_with(name) && line.contains(hint)), "{name}: {found:#?}");
    }
    let cannot = found.iter().any(|line| line.contains("/proc cannot be written to: "));
    assert!(cannot || !cfg!(target_os = "linux"), "{found:#?}");
}

#[test]
fn the_doctor_tells_copies_and_leftovers_and_takes_none_away() {
    let place = Place::new();
    let id = place.plan().id;
    let folder = place.root.path().join("data/plans");
    let copy = folder.join(format!("{id} (conflicted copy).toml"));
    let left = folder.join(".setlist-left.tmp");
    fs::write(&copy, place.text(&id)).unwrap();
    fs::File::create(&left).unwrap().set_modified(SystemTime::now() - Duration::from_hours(2)).unwrap();
    fs::create_dir_all(place.root.path().join("config")).unwrap();
    fs::write(place.root.path().join("config/config.toml"), "theme = \"dark\"\n").unwrap();
    let checks = place.other().doctor(&[]);
    let found = wrong(&checks);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with(&format!("plans: {} is a sync tool's copy", copy.display())), "{found:#?}");
    assert!(found[0].ends_with("(`setlist conflict show` compares it with its plan)"), "{found:#?}");
    let detail = |name: &str| checks.iter().find(|check| check.name == name).unwrap().detail.clone();
    assert!(detail("leftovers").starts_with("1 stale temporary files"), "{}", detail("leftovers"));
    assert!(detail("settings").ends_with("config/config.toml"), "{}", detail("settings"));
    assert!(copy.exists() && left.exists());
}

#[test]
fn a_draft_that_cannot_be_written_or_dropped_says_so() {
    let place = Place::new();
    let folder = place.root.path().join("data/drafts/other.toml");
    fs::create_dir_all(folder.join("mine")).unwrap();
    for error in [place.store.drop_draft("other").unwrap_err(), place.store.save_draft(&draft("other")).unwrap_err()] {
        assert_eq!((error.code, error.path.as_deref()), (ErrorCode::NotSaved, Some(folder.as_path())));
    }
    assert!(folder.join("mine").is_dir());
    assert_eq!(place.store.drop_draft("../x").unwrap_err().code, ErrorCode::Invalid);
}

#[test]
fn drafts_that_cannot_be_ours_are_left_out_and_left_alone() {
    let place = Place::new();
    place.store.save_draft(&draft("small")).unwrap();
    let folder = place.root.path().join("data/drafts");
    let text = fs::read_to_string(folder.join("small.toml")).unwrap();
    let others = [
        ("another.toml", text.clone()),
        ("many.toml", format!("{}{}", text.replace("\"small\"", "\"many\""), "\n".repeat(100_001))),
        ("Not An Id.toml", text.clone()),
        ("small.txt", text),
    ];
    for (name, text) in &others {
        fs::write(folder.join(name), text).unwrap();
    }
    symlink(folder.join("small.toml"), folder.join("linked.toml")).unwrap();
    assert_eq!(place.store.drafts(), [draft("small")]);
    for (name, text) in &others {
        assert!(fs::read_to_string(folder.join(name)).unwrap() == *text, "{name}");
    }
}

#[test]
fn an_export_says_what_stands_in_its_way() {
    let place = Place::new();
    let file = place.root.path().join("notes");
    fs::write(&file, "mine").unwrap();
    for error in [
        place.store.export_to(&file.join("report.md"), b"one").unwrap_err(),
        place.store.export_over(&file.join("report.md"), b"one").unwrap_err(),
        place.store.export_over(place.root.path(), b"one").unwrap_err(),
    ] {
        assert_eq!(error.code, ErrorCode::NotSaved, "{error:?}");
        assert!(error.message.starts_with("not saved: "), "{error}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert_eq!(fs::read_dir(place.root.path()).unwrap().count(), 1, "no temporary file stays");
}

#[test]
fn a_folder_in_the_place_of_a_strategy_is_kept() {
    let place = Place::new();
    let folder = place.root.path().join("data/strategies/small.toml");
    fs::create_dir_all(folder.join("mine")).unwrap();
    let error = place.store.write_strategy("small", STRATEGY).unwrap_err();
    assert_eq!((error.code, error.path.as_deref()), (ErrorCode::NotSaved, Some(folder.as_path())));
    assert!(error.message.contains("is a directory"), "{error}");
    assert_eq!(place.store.add_strategy("small", STRATEGY).unwrap_err().code, ErrorCode::Conflict);
    assert!(folder.join("mine").is_dir());
    assert_eq!(fs::read_dir(folder.parent().unwrap()).unwrap().count(), 1, "no temporary file stays");
}

#[test]
fn caches_that_cannot_be_kept_hold_nothing_up() {
    let place = Place::new();
    let ids: Vec<String> = (0..20).map(|_| place.plan().id).collect();
    for cache in ["index.json", "stats.json", "latest.json", "memory.json"] {
        fs::create_dir_all(place.root.path().join("state").join(cache).join("theirs")).unwrap();
    }
    assert_eq!(place.other().list().plans.len(), ids.len());
    assert_eq!(place.other().stats(&now()).unwrap().total.finished, 0);
    std::thread::sleep(Duration::from_millis(40));
    let last = ids.iter().max().unwrap();
    assert_eq!(place.other().latest().unwrap().as_ref(), Some(last));
    let memory = place.store.memory();
    assert_eq!(place.store.save_memory(&memory).unwrap_err().code, ErrorCode::NotSaved);
    assert!(place.root.path().join("state/latest.json/theirs").is_dir());
}

#[test]
fn plans_are_watched_only_where_there_can_be_a_folder_of_them() {
    let place = Place::new();
    fs::create_dir_all(place.root.path().join("data")).unwrap();
    fs::write(place.root.path().join("data/plans"), "mine").unwrap();
    let error = place.store.watch(|_| {}).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotSaved, "{error:?}");
    assert_eq!(fs::read_to_string(place.root.path().join("data/plans")).unwrap(), "mine");
}
