//! Files as sync tools, version control, editors and people leave them among the plans.

use std::fs;
use std::time::{Duration, SystemTime};

use crate::common::*;

/// Names that are given to a copy of the plan, with `{}` for its id, and that are shown as copies of it.
const COPIES: &[&str] = &[
    // Syncthing, and a version that it put aside.
    "{}.sync-conflict-20261122-101112-ABCDEFG.toml",
    "{}.sync-conflict-20251231-235959-2LZ7UAQ.toml",
    ".syncthing.{}.toml.tmp",
    "~syncthing~{}.toml.tmp",
    "{}~20261122-101112.toml",
    // Dropbox.
    "{} (conflicted copy).toml",
    "{} (Ada's conflicted copy 2026-11-22).toml",
    "{} (Ada Lovelace's conflicted copy 2026-11-22 (1)).toml",
    "{} (Case Conflict).toml",
    "{} (Case Conflict 1).toml",
    "{} (Unicode Encoding Conflict).toml",
    "{} (Ada - In Konflikt stehende Kopie 2026-11-22).toml",
    "{} (Copie en conflit de Ada 2026-11-22).toml",
    // Nextcloud, ownCloud, Seafile, Box, Synology, Resilio, MEGA.
    "{} (conflicted copy 2026-11-22 101112).toml",
    "{}_conflict-20261122-101112.toml",
    "{} (SFConflict ada@example.org 2026-11-22-10-11-12).toml",
    "{} (Ada conflicting copy).toml",
    "{}_ADA_Nov-22-101112-2026_Conflict.toml",
    "{}.Conflict.toml",
    "{} (conflicted).toml",
    // OneDrive, Google Drive, iCloud, browsers.
    "{}-LAPTOP-7F3K.toml",
    "{}-myhost-safeBackup-0001.toml",
    "{} (1).toml",
    "{} (2).toml",
    "{} 2.toml",
    "{} - Copy.toml",
    "{} - Copy (2).toml",
    "{} copy.toml",
    "{} - Kopie.toml",
    "Copy of {}.toml",
    "Kopie von {}.toml",
    // rclone, git and its merge tools.
    "{}.toml.conflict1",
    "{}.toml.conflict2",
    "{}.toml~HEAD",
    "{}.toml~feature_x",
    "{}_BACKUP_4711.toml",
    "{}_BASE_4711.toml",
    "{}_LOCAL_4711.toml",
    "{}_REMOTE_4711.toml",
    "{}.ours.toml",
];

/// Names of temporary files and backups, which nobody needs to see.
const OTHERS: &[&str] = &[
    ".{}.toml.swp",
    ".{}.toml.swo",
    ".{}.toml.un~",
    "{}.toml~",
    "{}.toml.bak",
    "{}.toml.orig",
    "{}.toml.rej",
    "{}.toml.tmp",
    "{}.toml.12345.tmp",
    "#{}.toml#",
    ".#{}.toml",
    "{}.toml___jb_tmp___",
    "{}.toml___jb_old___",
    ".{}.toml.kate-swp",
    ".goutputstream-AB12CD",
    "4913",
    ".~lock.{}.toml#",
    ".{}.toml.icloud",
    "{}.toml.!sync",
    "{}.toml.part",
    "{}.toml.crdownload",
    "{}.toml.unison.tmp",
    ".fuse_hidden0000a1b200000001",
    ".nfs000000000001",
    "desktop.ini",
    ".DS_Store",
    "Thumbs.db",
    ".stignore",
    ".dropbox.attr",
    ".gitattributes",
];

/// What may be in such a file: all of the plan, another state of it, part of it, both sides, nothing, no text.
fn contents(text: &str) -> [Vec<u8>; 5] {
    let theirs = text.replace("Fix login", "Theirs");
    let both = format!("<<<<<<< HEAD\n{text}=======\n{theirs}>>>>>>> feature\n");
    [text.into(), theirs.into(), text[..text.len() / 2].into(), both.into(), vec![0; text.len()]]
}

#[test]
fn no_copy_is_a_plan_none_is_deleted_and_each_is_shown_as_one() {
    let mut seen = 0;
    for variant in 0..contents("").len() {
        let place = Place::new();
        let id = place.plan().id;
        let folder = place.root.path().join("data/plans");
        let bytes = contents(&place.text(&id))[variant].clone();
        let old = SystemTime::now() - Duration::from_hours(48);
        let put = |name: &&str| {
            let path = folder.join(name.replace("{}", &id));
            fs::write(&path, &bytes).unwrap();
            fs::File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
            path
        };
        let copies: Vec<_> = COPIES.iter().map(put).collect();
        let all: Vec<_> = copies.iter().cloned().chain(OTHERS.iter().map(put)).collect();
        place.note(&id, "while they are there");
        place.store.undo(&id, later(2)).unwrap();
        for store in [place.store.clone(), place.other()] {
            let listing = store.list();
            let plans: Vec<&str> = listing.plans.iter().map(|plan| plan.id.as_str()).collect();
            assert_eq!(plans, [id.as_str()]);
            assert!(listing.broken.is_empty(), "{:#?}", listing.broken);
            let mut shown: Vec<_> = listing.conflicts.into_iter().map(|(of, path)| (path, of)).collect();
            let mut expected: Vec<_> = copies.iter().map(|path| (path.clone(), id.clone())).collect();
            shown.sort();
            expected.sort();
            assert_eq!(shown, expected);
        }
        place.store.doctor(&[]);
        place.store.trash(&id).unwrap();
        place.store.restore(&id).unwrap();
        for path in &all {
            assert!(fs::read(path).unwrap() == bytes, "{} was touched", path.display());
        }
        seen += all.len();
    }
    assert!(seen >= 200, "{seen}");
}

#[test]
fn a_plan_that_a_merge_left_with_both_sides_is_listed_and_its_last_good_revision_offered() {
    let place = Place::new();
    let id = place.plan().id;
    let text = place.text(&id);
    place.edit(&id, |_| String::from_utf8(contents(&text)[3].clone()).unwrap());
    let broken = &place.store.list().broken[0];
    assert!(broken.recoverable && broken.message.contains(":1:"), "{broken:?}");
    assert_eq!(place.store.recover(&id).unwrap().name, "Fix login");
}
