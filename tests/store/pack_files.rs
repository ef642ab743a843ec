//! Packs whose record, folders or repository somebody else has changed.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;

use setlist::domain::pack::{Content, Kind, Pack, PackFile};
use setlist::store::{ErrorCode, pack_digest};

use crate::common::*;

fn content() -> Content {
    Content { files: vec![PackFile { name: "small.toml".into(), text: STRATEGY.into() }], ..Content::default() }
}

fn pack(name: &str) -> Pack {
    Pack {
        name: name.into(),
        kind: Kind::Folder,
        source: "/srv/pack".into(),
        revision: String::new(),
        digest: pack_digest(&content().files),
        added: later(0),
        updated: later(0),
    }
}

fn record(place: &Place) -> PathBuf {
    place.root.path().join("data/packs/packs.toml")
}

#[test]
fn a_record_that_cannot_be_used_says_where_and_is_not_written_over() {
    let place = Place::new();
    place.store.take_pack(&pack("p"), &content(), None).unwrap();
    let good = fs::read_to_string(record(&place)).unwrap();
    let (_, entry) = good.split_once("[[packs]]").unwrap();
    let path = record(&place).display().to_string();
    for (text, code, message) in [
        ("schema = 2\nshape = 'new'\n".to_owned(), ErrorCode::Newer, format!("{path} was written by a newer setlist")),
        ("schema =\n".into(), ErrorCode::Corrupt, format!("{path}:1:9: ")),
        ("schema = 1\npacks = 1\n".into(), ErrorCode::Corrupt, format!("{path}:2:9: ")),
        (format!("{good}[[packs]]{entry}"), ErrorCode::Corrupt, format!("{path}: the pack \"p\" cannot be used")),
        (good.replace("name = \"p\"", "name = \"P\u{1b}\""), ErrorCode::Corrupt, format!("{path}:")),
        (good.replace(&pack("p").digest, "../../x"), ErrorCode::Corrupt, format!("{path}: the pack \"p\" cannot")),
        (format!("schema = 1\n{}", "\n".repeat(100_001)), ErrorCode::Corrupt, format!("{path}:")),
    ] {
        fs::write(record(&place), &text).unwrap();
        let error = place.store.packs().unwrap_err();
        assert_eq!(error.code, code, "{error:?}");
        assert!(error.message.starts_with(&message) && !error.hint.is_empty(), "{message}: {error:?}");
        assert_eq!(place.store.take_pack(&pack("q"), &content(), None).unwrap_err(), error);
        assert_eq!(place.store.remove_pack("p").unwrap_err(), error);
        assert!(fs::read_to_string(record(&place)).unwrap() == text, "{message}");
        let library = place.store.library();
        let broken = library.entries.iter().find(|entry| entry.strategy.is_none()).unwrap();
        assert_eq!(
            (broken.path.as_deref(), &broken.problems[0].message),
            (Some(record(&place).as_path()), &error.message)
        );
    }
    fs::remove_file(record(&place)).unwrap();
    symlink("elsewhere.toml", record(&place)).unwrap();
    assert_eq!(place.store.packs().unwrap_err().code, ErrorCode::Corrupt);
    assert_eq!(place.store.take_pack(&pack("p"), &content(), None).unwrap_err().code, ErrorCode::Corrupt);
    assert!(!place.root.path().join("data/packs/elsewhere.toml").exists());
}

#[test]
fn a_pack_that_is_not_there_is_told_with_those_that_are() {
    let place = Place::new();
    let of = |name: &str| place.store.pack(name).unwrap_err();
    assert_eq!(of("ours").hint, "there are none; `setlist pack add` takes one");
    place.store.take_pack(&pack("ours"), &content(), None).unwrap();
    place.store.take_pack(&pack("theirs"), &content(), None).unwrap();
    assert_eq!(of("our").hint, "did you mean `ours`?");
    let error = of("x\u{1b}y");
    assert_eq!((error.code, error.hint.as_str()), (ErrorCode::NotFound, "there are: ours, theirs"));
    assert_eq!(error.message, "there is no pack `x^[y`");
    assert_eq!(place.store.remove_pack("our").unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(place.store.packs().unwrap().len(), 2);
}

#[test]
fn links_and_files_in_a_packs_folder_are_cleared_and_what_they_point_at_stays() {
    let place = Place::new();
    let elsewhere = place.root.path().join("elsewhere");
    fs::create_dir_all(&elsewhere).unwrap();
    fs::write(elsewhere.join("mine"), "mine").unwrap();
    let home = place.root.path().join("data/packs/p");
    fs::create_dir_all(&home).unwrap();
    symlink(&elsewhere, place.store.pack_folder(&pack("p"))).unwrap();
    symlink(&elsewhere, home.join("older")).unwrap();
    fs::write(home.join("notes"), "").unwrap();
    place.store.take_pack(&pack("p"), &content(), None).unwrap();
    assert_eq!(place.store.kept_pack(&pack("p")).files, content().files);
    assert_eq!(fs::read_dir(&home).unwrap().count(), 1, "the version that counts, and nothing else");
    // A pack whose files somebody took away can still be removed.
    fs::remove_dir_all(&home).unwrap();
    assert_eq!(place.store.kept_pack(&pack("p")), Content::default());
    place.store.remove_pack("p").unwrap();
    assert_eq!(place.store.packs().unwrap(), []);
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 1);
}

#[test]
fn what_is_taken_again_as_it_was_is_not_written_anew() {
    let place = Place::new();
    place.store.take_pack(&pack("p"), &content(), None).unwrap();
    let file = place.store.pack_folder(&pack("p")).join("small.toml");
    fs::write(&file, "looked at").unwrap();
    let later = Pack { updated: later(9), ..pack("p") };
    place.store.take_pack(&later, &content(), Some(&later.digest)).unwrap();
    assert_eq!(place.store.packs().unwrap(), [later]);
    assert_eq!(fs::read_to_string(file).unwrap(), "looked at");
}

#[test]
fn a_pack_that_cannot_be_written_is_not_recorded() {
    let place = Place::new();
    fs::create_dir_all(place.root.path().join("data/packs/packs.toml/theirs")).unwrap();
    assert_eq!(place.store.packs().unwrap_err().code, ErrorCode::Corrupt);
    fs::remove_dir_all(place.root.path().join("data/packs")).unwrap();
    fs::write(place.root.path().join("data/packs"), "mine").unwrap();
    let error = place.store.take_pack(&pack("p"), &content(), None).unwrap_err();
    assert!(matches!(error.code, ErrorCode::NotSaved | ErrorCode::Io), "{error:?}");
    assert_eq!(fs::read_to_string(place.root.path().join("data/packs")).unwrap(), "mine");
}

#[test]
fn a_source_is_a_folder_with_strategies_in_it() {
    let place = Place::new();
    let source = place.root.path().join("pack");
    let of = || place.store.fetch_pack(Kind::Folder, &source.display().to_string());
    assert_eq!(of().unwrap_err().code, ErrorCode::NotFound);
    fs::write(&source, "a file").unwrap();
    assert_eq!(of().unwrap_err().code, ErrorCode::Io);
    fs::remove_file(&source).unwrap();
    fs::create_dir_all(source.join("strategies/deeper.toml")).unwrap();
    fs::write(source.join("latin.toml"), b"caf\xe9").unwrap();
    let error = of().unwrap_err();
    assert_eq!(error.code, ErrorCode::Invalid);
    assert!(error.message.ends_with("pack (deeper.toml: it is not a file)"), "{error}");
    fs::remove_dir(source.join("strategies/deeper.toml")).unwrap();
    let error = of().unwrap_err();
    assert!(error.message.ends_with("pack (latin.toml: it is no text in UTF-8)"), "an empty folder is none: {error}");
    fs::remove_file(source.join("latin.toml")).unwrap();
    let error = of().unwrap_err();
    assert_eq!(error.message, format!("there are no strategy files in {}", source.display()));
    // Sixteen of these are as much as a pack may have.
    let large = format!("{STRATEGY}#{}", "x".repeat(1024 * 1024 - STRATEGY.len() - 1));
    for n in 10..27 {
        fs::write(source.join(format!("s{n}.toml")), &large).unwrap();
    }
    let taken = of().unwrap();
    assert_eq!((taken.files.len(), taken.left_out), (16, vec![("s26.toml".into(), "a pack has at most 16 MiB")]));
}

/// Runs git in `folder`; it has to be there, since packs may come by it.
fn git(folder: &PathBuf, args: &[&str]) {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"]);
    git.args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]).args(args);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.output().unwrap_or_else(|error| panic!("these tests need git, install it: {error}"));
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_repository_gives_what_is_committed_and_says_what_it_lacks() {
    let place = Place::new();
    let source = place.root.path().join("pack");
    let of = || place.store.fetch_pack(Kind::Git, &format!("file://{}", source.display()));
    let error = of().unwrap_err();
    assert_eq!(error.code, ErrorCode::Io);
    assert!(error.message.starts_with("git cannot read file://"), "{error}");
    assert_eq!(error.hint, "see the address, the network and your access; nothing has changed");
    fs::create_dir_all(&source).unwrap();
    git(&source, &["init", "-q"]);
    let error = of().unwrap_err();
    assert!(matches!(error.code, ErrorCode::Invalid | ErrorCode::Io), "{error:?}");
    fs::write(source.join("small.toml"), STRATEGY).unwrap();
    fs::write(source.join("latin.toml"), b"caf\xe9").unwrap();
    fs::write(source.join("giant.toml"), vec![b'#'; 1024 * 1024 + 1]).unwrap();
    symlink("small.toml", source.join("linked.toml")).unwrap();
    git(&source, &["add", "-A"]);
    git(&source, &["commit", "-q", "-m", "First"]);
    fs::write(source.join("later.toml"), STRATEGY).unwrap();
    let found = of().unwrap();
    assert_eq!((found.files, found.revision.len()), (content().files, 40));
    let left_out: Vec<String> = found.left_out.iter().map(|(name, why)| format!("{name}: {why}")).collect();
    assert_eq!(
        left_out,
        [
            "giant.toml: it is larger than 1 MiB",
            "latin.toml: it is no text in UTF-8",
            "linked.toml: a symbolic link is not followed"
        ]
    );
}
