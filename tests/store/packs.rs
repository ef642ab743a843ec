//! Packs on disk: their place among the strategies, and what a death in the middle leaves.

use std::fs;
use std::os::unix::fs::symlink;

use setlist::domain::library::Source;
use setlist::domain::pack::{Content, Kind, Pack, PackFile};
use setlist::store::{ErrorCode, pack_digest};

use crate::common::*;

fn content(title: &str) -> Content {
    let text = STRATEGY.replace("title = \"Small\"", &format!("title = \"{title}\""));
    Content { files: vec![PackFile { name: "small.toml".into(), text }], ..Content::default() }
}

fn pack(name: &str, content: &Content) -> Pack {
    Pack {
        name: name.into(),
        kind: Kind::Folder,
        source: "/srv/pack".into(),
        revision: String::new(),
        digest: pack_digest(&content.files),
        added: later(0),
        updated: later(0),
    }
}

fn title(place: &Place) -> Option<(String, Source, Option<String>)> {
    let library = place.store.library();
    let entry = library.entry("small")?;
    Some((entry.strategy.as_ref()?.title.clone(), entry.source, entry.pack.clone()))
}

fn write(place: &Place, folder: &str, title: &str) {
    let folder = place.root.path().join(folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("small.toml"), &content(title).files[0].text).unwrap();
}

#[test]
fn a_pack_stands_between_built_in_and_own_and_a_later_pack_wins() {
    let place = Place::new();
    let (first, second) = (content("First"), content("Second"));
    place.store.take_pack(&pack("b", &first), &first, None).unwrap();
    assert_eq!(title(&place), Some(("First".into(), Source::Pack, Some("b".into()))));
    place.store.take_pack(&pack("a", &second), &second, None).unwrap();
    assert_eq!(title(&place), Some(("Second".into(), Source::Pack, Some("a".into()))));
    write(&place, "config/strategies", "Own");
    assert_eq!(title(&place), Some(("Own".into(), Source::Config, None)));
    assert_eq!(place.store.library().entry("small").unwrap().hides, [Source::Pack, Source::Pack]);
}

#[test]
fn a_version_is_taken_only_in_place_of_the_one_that_was_looked_at() {
    let place = Place::new();
    let (old, new) = (content("Old"), content("New"));
    let (before, after) = (pack("p", &old), pack("p", &new));
    place.store.take_pack(&before, &old, None).unwrap();
    let code = |result: Result<(), setlist::store::StoreError>| result.unwrap_err().code;
    assert_eq!(code(place.store.take_pack(&after, &new, None)), ErrorCode::Conflict);
    assert_eq!(code(place.store.take_pack(&after, &new, Some(&after.digest))), ErrorCode::Conflict);
    assert_eq!(title(&place).unwrap().0, "Old");
    place.store.take_pack(&after, &new, Some(&before.digest)).unwrap();
    assert_eq!(title(&place).unwrap().0, "New");
    assert!(!place.store.pack_folder(&before).exists() && place.store.pack_folder(&after).exists());
    assert_eq!(place.store.kept_pack(&after).files, new.files);
}

#[test]
fn whatever_a_death_in_the_middle_leaves_the_old_pack_counts_until_the_new_one_is_recorded() {
    let place = Place::new();
    let (old, new) = (content("Old"), content("New"));
    let (before, after) = (pack("p", &old), pack("p", &new));
    place.store.take_pack(&before, &old, None).unwrap();
    // Died while the files of the new version were written: some of them, and one that is not of it.
    let folder = place.store.pack_folder(&after);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("other.toml"), "half of").unwrap();
    assert_eq!(title(&place).unwrap().0, "Old");
    assert!(place.store.library().entry("other").is_none());
    place.store.take_pack(&after, &new, Some(&before.digest)).unwrap();
    assert_eq!(place.store.kept_pack(&after).files, new.files, "what the dead one left is gone");
    // Died after the record, before the old version was removed.
    fs::create_dir_all(place.store.pack_folder(&before)).unwrap();
    fs::write(place.store.pack_folder(&before).join("small.toml"), &old.files[0].text).unwrap();
    assert_eq!(title(&place).unwrap().0, "New");
    // Died while it was removed: the record does not list it any more.
    let trash = place.store.remove_pack("p").unwrap();
    assert_eq!(title(&place), None);
    assert_eq!(fs::read_to_string(trash.join("small.toml")).unwrap(), new.files[0].text);
    fs::create_dir_all(&folder).unwrap();
    place.store.take_pack(&after, &new, None).unwrap();
    assert_eq!(title(&place).unwrap().0, "New");
    assert_ne!(place.store.remove_pack("p").unwrap(), trash, "the trash keeps both");
}

#[test]
fn a_link_where_a_packs_folder_should_be_is_not_followed() {
    let place = Place::new();
    let new = content("New");
    let elsewhere = place.root.path().join("elsewhere");
    fs::create_dir_all(&elsewhere).unwrap();
    fs::create_dir_all(place.root.path().join("data/packs")).unwrap();
    symlink(&elsewhere, place.root.path().join("data/packs/p")).unwrap();
    let error = place.store.take_pack(&pack("p", &new), &new, None).unwrap_err();
    assert_eq!(error.code, ErrorCode::Conflict);
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
}
