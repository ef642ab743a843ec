//! Deleted plans.

use std::fs;

use setlist::store::ErrorCode;

use crate::common::*;

#[test]
fn a_deleted_plan_is_in_the_trash_and_comes_back_byte_for_byte() {
    let place = Place::new();
    let id = place.plan().id;
    place.edit(&id, |text| format!("{text}# the end\n"));
    let before = place.text(&id);
    place.store.trash(&id).unwrap();
    assert_eq!(place.store.load(&id).unwrap_err().code, ErrorCode::NotFound);
    let listing = place.other().list();
    assert_eq!((listing.plans.len(), listing.trashed.len(), listing.trashed[0].id.as_str()), (0, 1, id.as_str()));
    assert_eq!(place.store.trash(&id).unwrap_err().code, ErrorCode::NotFound);
    place.store.restore(&id).unwrap();
    assert_eq!(place.text(&id), before);
    assert!(place.store.list().trashed.is_empty());
    assert_eq!(place.store.restore(&id).unwrap_err().code, ErrorCode::NotFound);
}

#[test]
fn two_plans_of_one_id_both_stay_in_the_trash() {
    let place = Place::new();
    let id = place.plan().id;
    let text = place.text(&id);
    place.store.trash(&id).unwrap();
    fs::write(place.store.plan_path(&id), text.replace("Fix login", "Synced back")).unwrap();
    assert_eq!(place.store.restore(&id).unwrap_err().code, ErrorCode::Conflict);
    place.store.trash(&id).unwrap();
    assert_eq!(place.store.list().trashed.len(), 2);
    place.store.restore(&id).unwrap();
    assert_eq!(place.store.load(&id).unwrap().plan.name, "Synced back", "the one deleted last");
    fs::remove_file(place.store.plan_path(&id)).unwrap();
    place.store.restore(&id).unwrap();
    assert_eq!(place.text(&id), text);
}

#[test]
fn an_emptied_trash_keeps_nothing_but_what_was_not_meant() {
    let place = Place::new();
    let (gone, kept, back) = (place.plan().id, place.plan().id, place.plan().id);
    for id in [&gone, &kept, &back] {
        place.store.trash(id).unwrap();
    }
    fs::write(place.root.path().join("state/trash/notes.txt"), "mine").unwrap();
    // A plan of the same name that was put back by hand keeps its history.
    let text = fs::read_to_string(place.root.path().join(format!("state/trash/{back}.toml"))).unwrap();
    fs::write(place.store.plan_path(&back), text).unwrap();
    assert_eq!(place.store.empty_trash(&[gone.clone(), back.clone()]).unwrap(), 2);
    let left: Vec<String> = place.store.list().trashed.into_iter().map(|plan| plan.id).collect();
    assert_eq!(left, [kept]);
    assert_eq!(place.store.restore(&gone).unwrap_err().code, ErrorCode::NotFound);
    assert!(!place.root.path().join(format!("state/history/{gone}")).exists());
    assert!(place.root.path().join(format!("state/history/{back}")).exists());
    assert!(place.root.path().join("state/trash/notes.txt").exists());
    assert_eq!(place.store.empty_trash(&[gone]).unwrap(), 0);
}
