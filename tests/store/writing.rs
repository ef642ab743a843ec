//! What a write leaves behind: modes, temporary files, locks, and nothing where it fails.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use setlist::domain::memory::{Draft, Memory};
use setlist::domain::placeholder::Values;
use setlist::store::ErrorCode;

use crate::common::*;

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn files_are_the_owners_alone_whatever_the_umask() {
    let before = rustix::process::umask(rustix::fs::Mode::empty());
    let place = Place::new();
    let id = place.plan().id;
    place.note(&id, "x");
    place.store.save_memory(&Memory::default()).unwrap();
    rustix::process::umask(before);
    let root = place.root.path();
    for folder in ["data", "data/plans", "state", "state/locks", "state/history"] {
        assert_eq!(mode(&root.join(folder)), 0o700, "{folder}");
    }
    for file in [
        format!("data/plans/{id}.toml"),
        format!("state/locks/{id}.lock"),
        format!("state/history/{id}/00000001.toml"),
        "state/memory.json".into(),
    ] {
        assert_eq!(mode(&root.join(&file)), 0o600, "{file}");
    }
    fs::set_permissions(place.store.plan_path(&id), fs::Permissions::from_mode(0o644)).unwrap();
    place.note(&id, "y");
    assert_eq!(mode(&place.store.plan_path(&id)), 0o600);
}

#[test]
fn only_our_own_old_temporary_files_are_swept() {
    let place = Place::new();
    let id = place.plan().id;
    let folder = place.store.dirs().data.join("plans");
    let old = SystemTime::now() - Duration::from_hours(2);
    for (name, time) in [
        (".setlist-old.tmp", old),
        (".setlist-new.tmp", SystemTime::now()),
        (".other-old.tmp", old),
        ("notes.txt", old),
    ] {
        File::create(folder.join(name)).unwrap().set_modified(time).unwrap();
    }
    place.other().update(&id, &note("x"), later(1)).unwrap();
    let left = |name: &str| folder.join(name).exists();
    assert_eq!(
        [".setlist-old.tmp", ".setlist-new.tmp", ".other-old.tmp", "notes.txt"].map(left),
        [false, true, true, true]
    );
    let temps = fs::read_dir(&folder)
        .unwrap()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(".setlist-"))
        .count();
    assert_eq!(temps, 1, "a write leaves none of its own");
}

#[test]
fn where_nothing_can_be_written_it_says_so_and_changes_nothing() {
    let place = Place::new();
    fs::create_dir_all(place.root.path().join("data")).unwrap();
    fs::write(place.root.path().join("data/plans"), "in the way").unwrap();
    let error = place.store.create(&strategy(), &Values::new(), "x", &now()).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotSaved, "{error:?}");
    assert!(error.message.starts_with("not saved:") && error.hint.contains("plans"), "{error:?}");
    assert_eq!(fs::read_to_string(place.root.path().join("data/plans")).unwrap(), "in the way");
    let draft = Draft {
        strategy: "small".into(),
        name: String::new(),
        inputs: [("topic".into(), "x".into())].into(),
        focus: 0,
        saved: later(0),
        origin: None,
        own_budgets: false,
        remedies: BTreeSet::new(),
    };
    fs::write(place.root.path().join("data/drafts"), "").unwrap();
    assert_eq!(place.store.save_draft(&draft).unwrap_err().code, ErrorCode::NotSaved);
}

#[test]
fn a_read_only_directory_keeps_the_plan_as_it_was() {
    let place = Place::new();
    let id = place.plan().id;
    let folder = place.store.dirs().data.join("plans");
    let before = place.text(&id);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    let saved = place.store.update(&id, &note("x"), later(1));
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    match saved {
        // Nothing is read-only to root.
        Ok(_) => assert!(rustix::process::geteuid().is_root()),
        Err(error) => {
            assert_eq!(error.code, ErrorCode::NotSaved);
            assert!(error.hint.contains("--data-dir"), "{error:?}");
            assert_eq!(place.text(&id), before);
        }
    }
}

#[test]
fn a_writer_that_never_lets_go_is_a_conflict_and_the_lock_file_stays() {
    let place = Place::new();
    let id = place.plan().id;
    let path = place.root.path().join(format!("state/locks/{id}.lock"));
    let held = File::options().write(true).open(&path).unwrap();
    held.lock().unwrap();
    let before = place.text(&id);
    let error = place.store.update(&id, &note("x"), later(1)).unwrap_err();
    assert_eq!(error.code, ErrorCode::Conflict);
    assert_eq!(place.text(&id), before);
    assert_eq!(place.store.load(&id).unwrap().plan.notes.len(), 0, "reading needs no lock");
    drop(held);
    place.note(&id, "x");
    assert!(path.exists());
}

#[test]
fn an_export_replaces_nothing_unless_told_to() {
    let place = Place::new();
    let path = place.root.path().join("out/report.md");
    place.store.export_to(&path, b"one").unwrap();
    let error = place.store.export_to(&path, b"two").unwrap_err();
    assert_eq!(error.code, ErrorCode::Conflict);
    assert_eq!(fs::read(&path).unwrap(), b"one");
    place.store.export_over(&path, b"two").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    let link = place.root.path().join("link.md");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    place.store.export_over(&link, b"three").unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read(&path).unwrap(), b"three");
}

#[test]
fn memory_and_drafts_come_back_and_broken_ones_harm_nothing() {
    let place = Place::new();
    assert_eq!(place.store.memory(), Memory::default());
    let mut memory = Memory { welcomed: true, ..Memory::default() };
    memory.remember_value("topic", "logins \u{1b} \"x\"");
    place.store.save_memory(&memory).unwrap();
    assert_eq!(place.other().memory(), memory);
    fs::write(place.root.path().join("state/memory.json"), "{").unwrap();
    assert_eq!(place.store.memory(), Memory::default());
    place.store.save_memory(&memory).unwrap();
    assert_eq!(place.store.memory(), memory);

    let draft = |strategy: &str, saved| Draft {
        strategy: strategy.into(),
        name: "half".into(),
        inputs: [("topic".into(), "line\n\"\"\"\n\u{1b}\r\n{{ x }}".into())].into(),
        focus: 3,
        saved: later(saved),
        origin: None,
        own_budgets: strategy == "other",
        remedies: BTreeSet::new(),
    };
    place.store.save_draft(&draft("small", 1)).unwrap();
    place.store.save_draft(&draft("other", 2)).unwrap();
    fs::write(place.root.path().join("data/drafts/bad.toml"), "[[").unwrap();
    assert_eq!(place.other().drafts(), [draft("other", 2), draft("small", 1)]);
    place.store.drop_draft("other").unwrap();
    place.store.drop_draft("other").unwrap();
    assert_eq!(place.store.drafts(), [draft("small", 1)]);
    assert_eq!(place.store.save_draft(&draft("../x", 1)).unwrap_err().code, ErrorCode::Invalid);
}

#[test]
fn the_doctor_finds_what_is_wrong() {
    let place = Place::new();
    let id = place.plan().id;
    assert!(place.store.doctor(&[]).iter().all(|check| check.ok), "{:#?}", place.store.doctor(&[]));
    place.edit(&id, |text| text.replace("schema = 1", "schema ="));
    fs::set_permissions(place.root.path().join("data"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::create_dir_all(place.root.path().join("config/strategies")).unwrap();
    fs::write(place.root.path().join("config/strategies/bad.toml"), "title = 1").unwrap();
    fs::write(place.root.path().join("config/config.toml"), "them = \"dark\"").unwrap();
    let wrong: Vec<String> = place
        .store
        .doctor(&[])
        .into_iter()
        .filter(|check| !check.ok)
        .map(|check| format!("{}: {} ({})", check.name, check.detail, check.hint))
        .collect();
    assert_eq!(wrong.len(), 4, "{wrong:#?}");
    for part in ["chmod 700", &format!("{id}.toml:"), "bad.toml:1:1", "config.toml:1:1: unknown key `them`"] {
        assert!(wrong.iter().any(|line| line.contains(part)), "{part}: {wrong:#?}");
    }
}
