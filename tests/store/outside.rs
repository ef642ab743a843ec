//! What others do to the files at the worst moment: nothing of theirs is overwritten unseen.

use std::fs;
use std::os::unix::fs::symlink;
use std::time::{Duration, SystemTime};

use setlist::store::ErrorCode;

use crate::common::*;

/// The revisions kept of a plan, as texts.
fn kept(place: &Place, id: &str) -> Vec<String> {
    let folder = fs::read_dir(place.root.path().join("state/history").join(id)).unwrap().flatten();
    let texts = folder.filter(|entry| entry.path().extension().is_some_and(|end| end == "toml"));
    texts.map(|entry| fs::read_to_string(entry.path()).unwrap()).collect()
}

#[test]
fn a_lost_index_is_made_again_of_the_revisions() {
    let place = Place::new();
    let id = place.plan().id;
    for text in ["a", "b"] {
        place.note(&id, text);
    }
    let folder = place.root.path().join("state/history").join(&id);
    fs::write(folder.join("index.json"), [0; 100]).unwrap();
    place.note(&id, "c");
    let log = place.store.log(&id).unwrap();
    let lines: Vec<(u64, &str)> = log.iter().map(|entry| (entry.revision, entry.summary.as_str())).collect();
    let lost = "written; its line in the log was lost";
    assert_eq!(lines, [(1, lost), (2, lost), (3, "found"), (4, "note added")]);
    assert_eq!(kept(&place, &id).len(), 4, "a revision is kept once");
    place.store.undo(&id, later(9)).unwrap();
    assert_eq!(place.notes(&id), ["a", "b"]);
    fs::remove_file(folder.join("index.json")).unwrap();
    place.edit(&id, |_| "[[[".into());
    assert!(place.store.list().broken[0].recoverable, "it is found without an index too");
    assert_eq!(place.store.recover(&id).unwrap().notes.len(), 2);
}

#[test]
fn a_program_that_died_before_the_index_was_written_leaves_a_change_that_undo_takes_back() {
    let place = Place::new();
    let id = place.plan().id;
    place.note(&id, "a");
    let index = place.root.path().join("state/history").join(&id).join("index.json");
    let before = fs::read(&index).unwrap();
    place.note(&id, "b");
    fs::write(&index, before).unwrap();
    place.note(&id, "c");
    assert_eq!(kept(&place, &id).len(), 4, "a revision is kept once");
    for left in [&["a", "b"][..], &["a"], &[]] {
        place.store.undo(&id, later(9)).unwrap();
        assert_eq!(place.notes(&id), left);
    }
}

#[test]
fn a_revision_that_was_torn_is_written_anew_while_the_plan_still_says_it() {
    let place = Place::new();
    let id = place.plan().id;
    place.note(&id, "a");
    let file = place.root.path().join("state/history").join(&id).join("00000002.toml");
    fs::write(&file, [0; 500]).unwrap();
    place.note(&id, "b");
    place.store.undo(&id, later(9)).unwrap();
    assert_eq!(place.notes(&id), ["a"]);
}

#[test]
fn a_revision_of_another_program_is_never_written_over() {
    let place = Place::new();
    let id = place.plan().id;
    let theirs = place.text(&id).replace("Fix login", "Theirs").replace("revision = 1", "revision = 2");
    fs::write(place.root.path().join("state/history").join(&id).join("00000002.toml"), &theirs).unwrap();
    place.note(&id, "mine");
    assert!(kept(&place, &id).contains(&theirs));
    assert!(place.store.log(&id).unwrap().iter().any(|entry| entry.summary.contains("was lost")));
}

#[test]
fn a_plan_that_a_dead_program_left_under_a_temporary_name_goes_to_history_before_it_is_swept() {
    let place = Place::new();
    let id = place.plan().id;
    let theirs = place.text(&id).replace("Fix login", "Saved at the worst moment");
    let temp = place.root.path().join("data/plans/.setlist-abc.tmp");
    fs::write(&temp, &theirs).unwrap();
    fs::File::options()
        .write(true)
        .open(&temp)
        .unwrap()
        .set_modified(SystemTime::now() - Duration::from_hours(2))
        .unwrap();
    place.other().update(&id, &note("x"), later(1)).unwrap();
    assert!(!temp.exists() && kept(&place, &id).contains(&theirs));
}

#[test]
fn a_plan_that_is_swapped_for_a_link_is_refused_and_its_target_left_alone() {
    let place = Place::new();
    let id = place.plan().id;
    let target = place.root.path().join("elsewhere.toml");
    let text = place.text(&id);
    fs::write(&target, &text).unwrap();
    fs::remove_file(place.store.plan_path(&id)).unwrap();
    symlink(&target, place.store.plan_path(&id)).unwrap();
    assert_eq!(place.store.update(&id, &note("x"), later(1)).unwrap_err().code, ErrorCode::Corrupt);
    assert_eq!((fs::read_to_string(&target).unwrap(), place.store.plan_path(&id).is_symlink()), (text, true));
    let lock = place.root.path().join(format!("state/locks/{id}.lock"));
    fs::remove_file(&lock).unwrap();
    symlink(place.root.path().join("made"), &lock).unwrap();
    assert_eq!(place.store.update(&id, &note("x"), later(1)).unwrap_err().code, ErrorCode::NotSaved);
    assert!(!place.root.path().join("made").exists());
}

#[test]
fn a_settings_file_that_is_a_link_stays_one_and_one_that_cannot_be_read_is_left_alone() {
    let place = Place::new();
    let (real, link) = (place.root.path().join("dotfiles.toml"), place.root.path().join("config/config.toml"));
    fs::create_dir_all(link.parent().unwrap()).unwrap();
    fs::write(&real, "# mine\ntheme = \"dark\"\n").unwrap();
    symlink(&real, &link).unwrap();
    place.store.set_setting("theme", "light").unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), "# mine\ntheme = \"light\"\n");
    fs::write(&real, b"theme = \"dark\" # \xff").unwrap();
    assert_eq!(place.store.set_setting("theme", "light").unwrap_err().code, ErrorCode::Conflict);
    assert_eq!(fs::read(&real).unwrap(), b"theme = \"dark\" # \xff");
}
