//! The program's own log. There is one for a whole process, so one test has it.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use crate::common::*;

#[test]
fn the_log_takes_warnings_readable_and_private_and_is_put_aside_when_it_is_large() {
    let linked = Place::new();
    fs::create_dir_all(linked.root.path().join("state")).unwrap();
    symlink(linked.root.path().join("made"), linked.store.log_path()).unwrap();
    linked.store.start_log();
    assert!(!linked.root.path().join("made").exists(), "a link is not followed");

    let place = Place::new();
    let id = place.plan().id;
    fs::write(place.store.log_path(), vec![b'x'; 1024 * 1024 + 1]).unwrap();
    place.store.start_log();
    let old = place.store.log_path().with_extension("log.old");
    assert_eq!(fs::metadata(old).unwrap().len(), 1024 * 1024 + 1);
    let index = place.root.path().join("state/history").join(&id).join("index.json");
    fs::remove_file(&index).unwrap();
    fs::create_dir(&index).unwrap();
    place.note(&id, "saved all the same");
    let log = fs::read_to_string(place.store.log_path()).unwrap();
    let line = log.lines().find(|line| line.contains(&id)).unwrap_or_else(|| panic!("{log}"));
    assert!(line.contains("WARN") && line.contains("the index of revisions is not kept"), "{line}");
    assert!(!log.contains('\u{1b}'), "{log}");
    assert_eq!(fs::metadata(place.store.log_path()).unwrap().permissions().mode() & 0o777, 0o600);
    // Nothing is logged where nothing goes wrong; a second start changes nothing.
    let other = Place::new();
    other.store.start_log();
    assert_eq!(fs::read_to_string(other.store.log_path()).unwrap(), "");
}
