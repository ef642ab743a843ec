//! Copies that sync tools left, compared with their plan and put away.

use std::fs;
use std::path::PathBuf;

use setlist::domain::compare::Changed;
use setlist::store::{ErrorCode, Store};

use crate::common::*;

/// A plan and a copy of it that was changed elsewhere.
fn parted(name: &str) -> (Place, String, PathBuf) {
    let place = Place::new();
    let id = place.plan().id;
    place.note(&id, "before");
    let elsewhere = Place::new();
    fs::create_dir_all(elsewhere.root.path().join("data/plans")).unwrap();
    fs::write(elsewhere.store.plan_path(&id), place.text(&id)).unwrap();
    elsewhere.note(&id, "elsewhere");
    let copy = place.root.path().join("data/plans").join(name.replace("{}", &id));
    fs::write(&copy, elsewhere.text(&id)).unwrap();
    (place, id, copy)
}

#[test]
fn what_each_side_added_is_told_by_the_history_and_brought_together() {
    let (place, id, copy) = parted("{}.sync-conflict-20261122-101112-ABCDEFG.toml");
    place.note(&id, "here");
    let compared = place.store.compare(&copy).unwrap();
    let told: Vec<_> =
        compared.differences.iter().map(|one| (one.here.as_deref(), one.there.as_deref(), one.changed)).collect();
    assert_eq!(told, [(Some("here"), None, Some(Changed::Here)), (None, Some("elsewhere"), Some(Changed::There))]);
    assert!(!compared.is_older);
    let text = fs::read(&copy).unwrap();
    let theirs: Vec<_> = compared.differences.into_iter().filter(|one| one.changed == Some(Changed::There)).collect();
    place.edit(&id, |text| format!("# mine\n{text}"));
    let change = place.store.take(&copy, &theirs, later(5), false).unwrap();
    assert_eq!(change.summary, "taken from the copy: Note");
    let mut notes = place.notes(&id);
    notes.sort();
    assert_eq!(notes, ["before", "elsewhere", "here"]);
    assert!(place.text(&id).starts_with("# mine\n"), "comments stay");
    assert_eq!(fs::read(&copy).unwrap(), text, "the copy is as it was");
    place.store.undo(&id, later(6)).unwrap();
    assert_eq!(place.notes(&id).len(), 2);
}

#[test]
fn a_state_that_the_plan_was_in_is_called_older() {
    let (place, id, copy) = parted("{} (1).toml");
    fs::write(&copy, place.text(&id)).unwrap();
    let same = place.store.compare(&copy).unwrap();
    assert!(same.is_older && same.differences.is_empty());
    place.note(&id, "here");
    assert!(place.store.compare(&copy).unwrap().is_older);
    // Without a history nobody can tell.
    fs::remove_dir_all(place.root.path().join("state/history")).unwrap();
    let compared = place.other().compare(&copy).unwrap();
    assert!(!compared.is_older && compared.differences.iter().all(|one| one.changed.is_none()));
}

#[test]
fn what_is_no_copy_or_cannot_be_read_as_one_is_told_with_its_place() {
    let (place, id, copy) = parted("{}-LAPTOP.toml");
    let code = |path: &PathBuf| place.other().compare(path).unwrap_err().code;
    assert_eq!(code(&place.store.plan_path(&id)), ErrorCode::NotFound);
    assert_eq!(code(&place.root.path().join("elsewhere.toml")), ErrorCode::NotFound);
    let good = fs::read_to_string(&copy).unwrap();
    fs::write(&copy, "id = \nname").unwrap();
    let error = place.other().compare(&copy).unwrap_err();
    assert_eq!(error.code, ErrorCode::Corrupt);
    assert!(error.message.contains(&format!("{}:2:5", copy.display())), "{error:?}");
    fs::write(&copy, good.replacen("schema = 1", "schema = 9", 1)).unwrap();
    assert_eq!(code(&copy), ErrorCode::Newer);
    fs::write(&copy, good.replacen(&id, "2026-11-22-other-abcd", 1)).unwrap();
    let error = place.other().compare(&copy).unwrap_err();
    assert_eq!(error.code, ErrorCode::Conflict);
    assert!(error.message.contains("2026-11-22-other-abcd"), "{error:?}");
    fs::remove_file(&copy).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", &copy).unwrap();
    let error = place.other().compare(&copy).unwrap_err();
    assert!(error.message.contains("link"), "{error:?}");
}

#[test]
fn copies_are_put_away_byte_for_byte_whatever_is_in_them() {
    let (place, id, copy) = parted("{}.toml~HEAD");
    let away = |store: &Store| store.put_away(&copy).unwrap();
    let plan = place.text(&id);
    for (number, bytes) in [b"\xff\x00\xfe".to_vec(), Vec::new(), plan.clone().into_bytes()].into_iter().enumerate() {
        fs::write(&copy, &bytes).unwrap();
        let kept = away(&place.other());
        let suffix = if number == 0 { String::new() } else { format!("~{}", number + 1) };
        assert_eq!(kept, place.root.path().join(format!("state/copies/{id}.toml~HEAD{suffix}")));
        assert_eq!(fs::read(&kept).unwrap(), bytes);
        assert!(!copy.exists());
    }
    assert_eq!(place.text(&id), plan);
    let error = place.store.put_away(&copy).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
    // No plan can be put away by that door.
    assert_eq!(place.store.put_away(&place.store.plan_path(&id)).unwrap_err().code, ErrorCode::NotFound);
    assert!(place.store.plan_path(&id).exists());
}

#[test]
fn a_copy_stays_where_it_is_where_it_cannot_be_kept() {
    let (place, _, copy) = parted("{} 2.toml");
    fs::create_dir_all(place.root.path().join("state")).unwrap();
    fs::write(place.root.path().join("state/copies"), "in the way").unwrap();
    let error = place.store.put_away(&copy).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotSaved);
    assert!(error.hint.contains("state/copies should be"), "{error:?}");
    assert!(copy.exists());
}

#[test]
fn a_copy_is_found_by_its_name_a_part_of_it_or_its_plan() {
    let (place, id, copy) = parted("{} (1).toml");
    let find = |wanted: Option<&str>, of: Option<&str>| place.store.find_copy(wanted.map(std::path::Path::new), of);
    let name = copy.file_name().unwrap().to_str().unwrap();
    for wanted in [None, Some(name), Some("(1)"), copy.to_str()] {
        assert_eq!(find(wanted, None).unwrap(), copy, "{wanted:?}");
        assert_eq!(find(wanted, Some(&id)).unwrap(), copy);
    }
    assert_eq!(find(None, Some("other")).unwrap_err().code, ErrorCode::NotFound);
    fs::copy(&copy, copy.with_file_name(name.replace("(1)", "(12)"))).unwrap();
    let error = find(Some("(1"), None).unwrap_err();
    assert_eq!(error.code, ErrorCode::Ambiguous);
    assert!(error.message.contains("(12)"), "{error:?}");
    assert_eq!(find(Some("(1)"), None).unwrap(), copy);
}
