//! What stands in a plan's place and is none, what dead programs left, and histories that were damaged.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use setlist::store::ErrorCode;

use crate::common::*;

fn history(place: &Place, id: &str) -> PathBuf {
    place.root.path().join("state/history").join(id)
}

/// What was put aside as it was.
fn aside(place: &Place, id: &str, n: usize) -> PathBuf {
    place.root.path().join(format!("state/broken/{id}.toml.broken-{n}"))
}

#[test]
fn a_folder_or_a_link_in_a_plans_place_is_moved_aside_when_the_plan_comes_back() {
    let place = Place::new();
    let id = place.plan().id;
    place.note(&id, "a");
    let (text, path) = (place.text(&id), place.store.plan_path(&id));
    fs::remove_file(&path).unwrap();
    fs::create_dir_all(path.join("mine")).unwrap();
    assert_eq!(place.store.recover(&id).unwrap().notes.len(), 1);
    assert_eq!(place.text(&id), text);
    assert!(aside(&place, &id, 1).join("mine").is_dir());
    let elsewhere = place.root.path().join("elsewhere");
    fs::remove_file(&path).unwrap();
    symlink(&elsewhere, &path).unwrap();
    place.store.recover(&id).unwrap();
    assert_eq!((place.text(&id), elsewhere.exists()), (text.clone(), false));
    assert_eq!(fs::read_link(aside(&place, &id, 2)).unwrap(), elsewhere);
    // Nothing in its place is nothing to keep.
    fs::remove_file(&path).unwrap();
    place.store.recover(&id).unwrap();
    assert_eq!((place.text(&id), aside(&place, &id, 3).exists()), (text, false));
}

#[test]
fn a_plan_does_not_come_back_over_what_cannot_be_put_aside() {
    let place = Place::new();
    let id = place.plan().id;
    fs::write(place.root.path().join("state/broken"), "in the way").unwrap();
    place.edit(&id, |_| "[[[".into());
    assert_eq!(place.store.recover(&id).unwrap_err().code, ErrorCode::NotSaved);
    assert_eq!(place.text(&id), "[[[");
    fs::remove_file(place.store.plan_path(&id)).unwrap();
    fs::create_dir(place.store.plan_path(&id)).unwrap();
    assert_eq!(place.store.recover(&id).unwrap_err().code, ErrorCode::NotSaved);
    assert!(place.store.plan_path(&id).is_dir());
}

#[test]
fn without_a_revision_a_broken_plan_is_left_to_its_person() {
    let place = Place::new();
    let id = place.plan().id;
    place.edit(&id, |_| "[[[".into());
    fs::remove_dir_all(history(&place, &id)).unwrap();
    let error = place.store.recover(&id).unwrap_err();
    assert_eq!((error.code, error.message), (ErrorCode::NotFound, format!("no revision of `{id}` is kept")));
    assert!(!place.store.list().broken[0].recoverable);
    assert_eq!(place.text(&id), "[[[");
}

#[test]
fn what_a_dead_program_left_is_put_aside_where_it_is_no_plan_any_more() {
    let place = Place::new();
    let id = place.plan().id;
    let left = [
        ("torn", format!("id = \"{id}\"\nname = \"Half of\"\n")),
        ("kept", place.text(&id)),
        ("odd", "id = \"../../x\"\n".into()),
        ("none", "[[[".into()),
        ("many", format!("id = \"{id}\"\n{}", "\n".repeat(1_000_001))),
        ("empty", String::new()),
    ];
    let folder = place.root.path().join("data/plans");
    for (name, text) in &left {
        let path = folder.join(format!(".setlist-{name}.tmp"));
        fs::write(&path, text).unwrap();
        let old = SystemTime::now() - Duration::from_hours(2);
        fs::File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
    }
    place.other().update(&id, &note("a"), later(1)).unwrap();
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "they are swept");
    assert_eq!(fs::read_to_string(aside(&place, &id, 1)).unwrap(), left[0].1);
    assert!(!aside(&place, &id, 2).exists(), "what history holds is not kept twice");
    assert_eq!(place.store.log(&id).unwrap().len(), 2);
    assert_eq!(fs::read_dir(place.root.path().join("state/broken")).unwrap().count(), 1);
}

#[test]
fn an_index_that_cannot_be_written_or_is_not_ours_keeps_no_change_from_being_saved() {
    let place = Place::new();
    let id = place.plan().id;
    let index = history(&place, &id).join("index.json");
    let good = fs::read_to_string(&index).unwrap();
    for text in [
        good.replace("\"seq\":1", "\"seq\":18446744073709551615"),
        good.replace("\"next\":2", "\"next\":18446744073709551615"),
    ] {
        assert_ne!(text, good);
        fs::write(&index, text).unwrap();
        place.note(&id, "a");
    }
    fs::remove_file(&index).unwrap();
    fs::create_dir_all(index.join("theirs")).unwrap();
    place.note(&id, "b");
    assert_eq!(place.notes(&id), ["a", "a", "b"]);
    assert!(index.join("theirs").is_dir());
    // Without an index undo reaches only as far as what lies there tells.
    assert_eq!(place.store.undo(&id, later(3)).unwrap_err().code, ErrorCode::Refused);
    assert_eq!(place.notes(&id), ["a", "a", "b"]);
}

#[test]
fn what_is_no_revision_among_them_is_passed_over_and_stays() {
    let place = Place::new();
    let id = place.plan().id;
    let folder = history(&place, &id);
    fs::write(folder.join("00000007.toml"), "[[[").unwrap();
    fs::write(folder.join("00000008.toml"), b"caf\xe9").unwrap();
    fs::create_dir(folder.join("00000009.toml")).unwrap();
    fs::write(folder.join("notes.toml"), "mine").unwrap();
    place.note(&id, "a");
    place.store.undo(&id, later(2)).unwrap();
    assert_eq!(place.store.log(&id).unwrap().len(), 3);
    assert_eq!(fs::read_to_string(folder.join("00000007.toml")).unwrap(), "[[[");
    assert!(folder.join("00000009.toml").is_dir() && folder.join("notes.toml").exists());
}

#[test]
fn a_plan_that_was_given_the_last_number_there_is_can_still_be_changed_and_undone() {
    let place = Place::new();
    let id = place.plan().id;
    place.edit(&id, |text| text.replace("revision = 1\n", &format!("revision = {} # mine\n", i64::MAX)));
    place.note(&id, "a");
    place.note(&id, "b");
    place.store.undo(&id, later(2)).unwrap();
    assert_eq!(place.notes(&id), ["a"]);
    assert!(place.text(&id).contains(&format!("revision = {} # mine\n", i64::MAX)), "{}", place.text(&id));
}

#[test]
fn a_number_beyond_all_is_named_with_its_place_and_costs_no_key_and_no_comment() {
    for (line, number) in
        [("revision = 1\n", "revision = 18446744073709551615\n"), ("", "mood = 9999999999999999999\n")]
    {
        let place = Place::new();
        let id = place.plan().id;
        place.note(&id, "a");
        let good = place.text(&id);
        let line = line.replace('1', "2");
        let mine = format!("{line}archived = false\n");
        assert!(good.contains(&mine), "{good}");
        place.edit(&id, |text| text.replace(&mine, &format!("{number}# mine\narchived = false\nweather = 'good'\n")));
        let before = place.text(&id);
        for error in
            [place.store.update(&id, &note("x"), later(1)).unwrap_err(), place.store.undo(&id, later(1)).unwrap_err()]
        {
            assert_eq!(error.code, ErrorCode::Corrupt, "{error:?}");
            let at = format!(": `{}`", number.trim());
            assert!(error.message.contains(&format!("{id}.toml:")) && error.message.ends_with(&at), "{error}");
        }
        assert_eq!(place.text(&id), before);
        place.edit(&id, |_| good);
        place.store.undo(&id, later(2)).unwrap();
        place.store.redo(&id, later(2)).unwrap();
        assert_eq!(place.notes(&id), ["a"], "history is none the worse");
    }
}

#[test]
fn what_cannot_go_to_the_trash_stays_where_it_is() {
    let place = Place::new();
    let id = place.plan().id;
    let before = place.text(&id);
    fs::write(place.root.path().join("state/trash"), "in the way").unwrap();
    assert_eq!(place.store.trash(&id).unwrap_err().code, ErrorCode::NotSaved);
    assert_eq!(place.text(&id), before);
    fs::remove_file(place.root.path().join("state/trash")).unwrap();
    place.edit(&id, |_| "[[[".into());
    place.store.trash(&id).unwrap();
    let trashed = place.root.path().join(format!("state/trash/{id}.toml"));
    assert_eq!(fs::read_to_string(&trashed).unwrap(), "[[[", "a broken one goes there too");
    fs::remove_file(&trashed).unwrap();
    fs::create_dir(&trashed).unwrap();
    assert_eq!(place.store.restore(&id).unwrap_err().code, ErrorCode::Corrupt);
    assert_eq!(place.store.empty_trash(std::slice::from_ref(&id)).unwrap_err().code, ErrorCode::NotSaved);
    assert!(trashed.is_dir() && !place.store.plan_path(&id).exists());
}
