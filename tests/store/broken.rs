//! One bad file harms only itself.

use std::fs;
use std::os::unix::fs::symlink;
use std::sync::mpsc;
use std::time::Duration;

use setlist::store::ErrorCode;

use crate::common::*;

#[test]
fn a_broken_file_is_listed_with_its_place_and_left_alone() {
    let place = Place::new();
    let (good, bad) = (place.plan().id, place.plan().id);
    place.edit(&bad, |text| text.replace("revision = 1", "revision = \u{202e}one\u{1b}[2J"));
    let before = fs::read(place.store.plan_path(&bad)).unwrap();
    let listing = place.store.list();
    assert_eq!(listing.plans.iter().map(|plan| plan.id.as_str()).collect::<Vec<_>>(), [good]);
    let [broken] = listing.broken.as_slice() else { panic!("{:?}", listing.broken) };
    assert!(broken.message.contains(&format!("{bad}.toml:9:")), "{}", broken.message);
    assert!(broken.message.contains("`revision = \\u{202e}one^[[2J`"), "{}", broken.message);
    assert!(broken.recoverable && !broken.hint.is_empty());
    let error = place.store.load(&bad).unwrap_err();
    assert_eq!((error.code, &error.message), (ErrorCode::Corrupt, &broken.message));
    assert_eq!(place.store.find(&bad).unwrap(), bad);
    assert_eq!(fs::read(place.store.plan_path(&bad)).unwrap(), before);
}

#[test]
fn copies_of_sync_tools_and_editors_are_no_plans_and_stay() {
    let place = Place::new();
    let id = place.plan().id;
    let text = place.text(&id);
    let folder = place.store.dirs().data.join("plans");
    let conflicts = [
        format!("{id}.sync-conflict-20261122-101112-ABCDEFG.toml"),
        format!("{id} (conflicted copy 2026-11-22).toml"),
        format!(".syncthing.{id}.toml.tmp"),
    ];
    let ignored = [format!("{id}.toml~"), format!(".{id}.toml.swp"), format!("#{id}.toml#"), "README.md".into()];
    for name in conflicts.iter().chain(&ignored) {
        fs::write(folder.join(name), &text).unwrap();
    }
    fs::write(folder.join("My plan.toml"), &text).unwrap();
    let listing = place.store.list();
    assert_eq!((listing.plans.len(), listing.broken.len(), listing.conflicts.len()), (1, 1, 3), "{listing:?}");
    assert!(listing.conflicts.iter().all(|(of, path)| *of == id && path.exists()));
    assert!(listing.broken[0].message.contains("My plan.toml"));
    place.note(&id, "x");
    assert!(conflicts.iter().chain(&ignored).all(|name| folder.join(name).exists()));
}

#[test]
fn a_file_that_says_it_is_another_plan_is_nobodys() {
    let place = Place::new();
    let id = place.plan().id;
    let copy = place.store.plan_path("copy-of-it");
    fs::copy(place.store.plan_path(&id), &copy).unwrap();
    let error = place.store.load("copy-of-it").unwrap_err();
    assert_eq!(error.code, ErrorCode::Corrupt);
    assert!(error.message.contains("copy-of-it.toml:5:") && error.hint.contains(&format!("{id}.toml")), "{error:?}");
    assert_eq!(place.store.list().broken.len(), 1);
}

#[test]
fn links_directories_fifos_giants_and_other_encodings_are_refused_without_blocking() {
    let place = Place::new();
    let id = place.plan().id;
    let secret = place.root.path().join("elsewhere.toml");
    fs::write(&secret, place.text(&id).replace(&id, "link")).unwrap();
    symlink(&secret, place.store.plan_path("link")).unwrap();
    fs::create_dir(place.store.plan_path("folder")).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, place.store.plan_path("pipe"), rustix::fs::Mode::RUSR).unwrap();
    fs::File::create(place.store.plan_path("giant")).unwrap().set_len(16 * 1024 * 1024 + 1).unwrap();
    fs::write(place.store.plan_path("latin"), b"schema = 1\nid = \"latin\"\nname = \"caf\xe9\"\n").unwrap();
    let (done, wait) = mpsc::channel();
    let store = place.other();
    std::thread::spawn(move || {
        let found = ["link", "folder", "pipe", "giant", "latin"].map(|id| store.load(id).unwrap_err());
        done.send((found, store.list())).unwrap();
    });
    let (found, listing) = wait.recv_timeout(Duration::from_secs(10)).expect("reading blocks");
    for (error, part) in found.iter().zip([
        "symbolic link",
        "not a file",
        "not a file",
        "larger than 16 MiB",
        "latin.toml:3: not UTF-8 text: byte 35 is 0xe9",
    ]) {
        assert_eq!(error.code, ErrorCode::Corrupt);
        assert!(error.message.contains(part), "{error}");
    }
    assert_eq!((listing.plans.len(), listing.broken.len()), (1, 5));
    assert_eq!(place.store.update("link", &note("x"), later(1)).unwrap_err().code, ErrorCode::Corrupt);
    assert!(place.store.plan_path("link").is_symlink());
}

#[test]
fn the_listing_sees_every_change_although_it_keeps_what_it_read() {
    let place = Place::new();
    let ids: Vec<String> = (0..40).map(|_| place.plan().id).collect();
    assert_eq!(place.store.list().plans.len(), 40);
    assert!(place.root.path().join("state/index.json").exists());
    let other = place.other();
    assert_eq!(other.list(), place.store.list());
    other.update(&ids[7], &note("x"), later(50)).unwrap();
    place.edit(&ids[8], |text| text.replace("Fix login", "Fix logon"));
    fs::remove_file(place.store.plan_path(&ids[9])).unwrap();
    let plans = place.store.list().plans;
    assert_eq!((plans.len(), plans[0].id.as_str()), (39, ids[7].as_str()));
    assert!(plans.iter().any(|plan| plan.id == ids[8] && plan.name == "Fix logon"));
    fs::write(place.root.path().join("state/index.json"), "nonsense").unwrap();
    assert_eq!(place.other().list(), place.store.list());
}

#[test]
fn no_plans_directory_is_an_empty_list_and_an_unreadable_one_says_why() {
    let place = Place::new();
    assert_eq!(place.store.list(), setlist::domain::summary::Listing::default());
    fs::create_dir_all(place.root.path().join("data")).unwrap();
    fs::write(place.root.path().join("data/plans"), "").unwrap();
    assert!(place.store.list().failure.unwrap().contains("plans"));
    assert_eq!(place.store.latest().unwrap_err().code, ErrorCode::Io);
}
