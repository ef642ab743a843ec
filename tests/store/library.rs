//! Strategies from their four places.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use setlist::domain::library::Source;
use setlist::domain::placeholder::Values;
use setlist::domain::strategy::Strategy;
use setlist::store::{ErrorCode, Store};

use crate::common::*;

fn put(place: &Place, folder: &str, name: &str, text: &str) -> PathBuf {
    let folder = place.root.path().join(folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
    folder.join(name)
}

#[test]
fn the_built_in_strategies_are_usable() {
    let library = Store::builtin();
    assert!(library.entries.len() >= 14);
    for entry in &library.entries {
        assert!(entry.strategy.is_some() && entry.problems.is_empty(), "{}: {:?}", entry.id, entry.problems);
    }
}

#[test]
fn the_later_place_wins_and_says_what_it_hides() {
    let place = Place::new();
    let taken = Store::builtin().entries[0].id.clone();
    let own = |title: &str| {
        STRATEGY
            .replace("id = \"small\"", &format!("id = \"{taken}\""))
            .replace("title = \"Small\"", &format!("title = \"{title}\""))
    };
    let file = format!("{taken}.toml");
    let hides = || {
        let library = place.store.library();
        let entry = library.entry(&taken).unwrap().clone();
        (entry.strategy.unwrap().title.clone(), entry.source, entry.hides)
    };
    put(&place, "config/strategies", &file, &own("Config"));
    assert_eq!(hides(), ("Config".into(), Source::Config, vec![Source::BuiltIn]));
    put(&place, "data/strategies", &file, &own("Data"));
    put(&place, "project/.setlist/strategies", &file, &own("Project"));
    assert_eq!(hides(), ("Project".into(), Source::Project, vec![Source::BuiltIn, Source::Config, Source::Data]));
}

#[test]
fn a_bad_file_is_listed_with_its_error_and_hides_no_good_one() {
    let place = Place::new();
    let taken = Store::builtin().entries[0].id.clone();
    put(&place, "project/.setlist/strategies", &format!("{taken}.toml"), "schema = 1\ntitle = ");
    put(&place, "data/strategies", "latin.toml", "x");
    fs::write(place.root.path().join("data/strategies/latin.toml"), b"caf\xe9").unwrap();
    put(&place, "data/strategies", "notes.txt", "not a strategy");
    put(&place, "data/strategies", ".hidden.toml", "x");
    let giant = put(&place, "data/strategies", "giant.toml", "");
    fs::File::options().write(true).open(&giant).unwrap().set_len(1024 * 1024 + 1).unwrap();
    let outside = put(&place, "elsewhere", "secret.toml", STRATEGY);
    let folder = place.root.path().join("data/strategies");
    symlink(&outside, folder.join("small.toml")).unwrap();
    let library = place.store.library();
    assert_eq!(library.entry(&taken).unwrap().source, Source::BuiltIn);
    assert!(library.strategy(&taken).is_some());
    let broken: Vec<(&str, &str)> = library
        .entries
        .iter()
        .filter(|entry| entry.strategy.is_none())
        .map(|entry| (entry.id.as_str(), entry.problems[0].message.as_str()))
        .collect();
    assert_eq!(broken.len(), 4, "{broken:?}");
    let of = |id: &str| broken.iter().find(|(found, _)| *found == id).unwrap_or_else(|| panic!("{id}: {broken:?}")).1;
    assert!(of("latin").contains("not UTF-8"));
    assert!(of("giant").contains("1 MiB"));
    assert!(of("small").contains("symbolic link"));
    assert!(!of(&format!("{taken}.toml")).is_empty());
    let ids: Vec<&str> = library.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "sorted, each once: {ids:?}");
}

#[test]
fn a_link_within_the_folder_and_a_file_of_another_name_are_fine_but_twins_are_not() {
    let place = Place::new();
    put(&place, "data/strategies/real", "small.toml", STRATEGY);
    let folder = place.root.path().join("data/strategies");
    symlink(folder.join("real/small.toml"), folder.join("small.toml")).unwrap();
    assert!(place.store.library().strategy("small").is_some());
    put(&place, "data/strategies", "a-copy.toml", &STRATEGY.replace("title = \"Small\"", "title = \"Copy\""));
    let library = place.store.library();
    assert_eq!(library.strategy("small").unwrap().title, "Small", "the file of that name is meant");
    assert!(
        library.entry("a-copy").unwrap().problems.iter().any(|problem| problem.message.contains("another file here"))
    );
}

#[test]
fn a_strategy_is_added_once_and_replaced_when_told() {
    let place = Place::new();
    let path = place.store.add_strategy("small", STRATEGY).unwrap();
    assert_eq!(place.store.library().entry("small").unwrap().path.as_deref(), Some(path.as_path()));
    assert_eq!(place.store.add_strategy("small", "x").unwrap_err().code, ErrorCode::Conflict);
    place.store.write_strategy("small", &STRATEGY.replace("title = \"Small\"", "title = \"New\"")).unwrap();
    assert_eq!(place.store.library().strategy("small").unwrap().title, "New");
    assert_eq!(place.store.write_strategy("../small", "x").unwrap_err().code, ErrorCode::Invalid);
}

#[test]
fn a_file_extends_one_of_any_place_and_a_plan_keeps_what_came_of_it() {
    let place = Place::new();
    let over = |id: &str, base: &str, rest: &str| format!("schema = 1\nid = \"{id}\"\nextends = \"{base}\"\n{rest}");
    put(&place, "project/.setlist/strategies", "small.toml", STRATEGY);
    put(&place, "config/strategies", "mine.toml", &over("mine", "small", "title = \"Mine\"\n"));
    put(&place, "data/strategies", "lost.toml", &over("lost", "smal", ""));
    let taken = Store::builtin().entries[0].id.clone();
    put(&place, "data/strategies", &format!("{taken}.toml"), &over(&taken, &taken, "title = \"Ours\"\n"));
    let library = place.store.library();
    let mine = library.entry("mine").unwrap();
    assert_eq!((mine.source, mine.extends.as_deref()), (Source::Config, Some("small")));
    assert!(mine.text.contains("extends"), "the entry shows the file itself");
    assert_eq!(library.entry("lost").unwrap().problems[0].message, "there is no strategy \"smal\" to extend");
    assert_eq!(library.entry(&taken).unwrap().hides, [Source::BuiltIn]);
    let ours = library.strategy(&taken).unwrap();
    assert_eq!(ours.title, "Ours");
    let turns = |strategy: &Strategy| strategy.turns().map(|turn| turn.id.clone()).collect::<Vec<_>>();
    assert_eq!(turns(ours), turns(Store::builtin().strategy(&taken).unwrap()));
    let strategy = mine.strategy.clone().unwrap();
    let plan = place.store.create(&strategy, &Values::new(), "Kept", &now()).unwrap();
    fs::remove_file(place.root.path().join("project/.setlist/strategies/small.toml")).unwrap();
    assert!(place.store.library().strategy("mine").is_none());
    let kept = place.store.load(&plan.id).unwrap().plan.strategy;
    assert_eq!((kept.title.as_str(), &kept.sessions), ("Mine", &strategy.sessions));
}

#[test]
fn of_broken_files_with_one_id_the_last_stands_beside_the_usable_one() {
    let place = Place::new();
    let bad = "schema = 1\ntitle = ";
    put(&place, "config/strategies", "small.toml", bad);
    put(&place, "data/strategies", "small.toml", STRATEGY);
    let last = put(&place, "project/.setlist/strategies", "small.toml", bad);
    let library = place.store.library();
    assert_eq!(library.entry("small").unwrap().source, Source::Data);
    let beside = library.entry("small.toml").unwrap();
    assert_eq!((beside.path.as_deref(), beside.hides.as_slice()), (Some(last.as_path()), &[Source::Config][..]));
    assert!(beside.strategy.is_none() && !beside.problems.is_empty());
}
