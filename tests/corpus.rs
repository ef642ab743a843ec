//! What the fuzz targets found worth keeping, and what once broke the program: all of it goes through the same checks.
#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

#[path = "../fuzz/checks.rs"]
mod checks;

use std::fs;
use std::path::Path;

/// Most bytes that the repository keeps of all of them.
const MOST: u64 = 1_500_000;

/// Runs `check` on each text kept for `target`; how many.
fn run(target: &str, check: fn(&str)) -> usize {
    let mut count = 0;
    for folder in ["seeds", "corpus"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder).join(target);
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            // A target is given only what is UTF-8.
            let Ok(text) = String::from_utf8(fs::read(&path).unwrap()) else { continue };
            let worked = std::panic::catch_unwind(|| check(&text));
            assert!(worked.is_ok(), "{}", path.display());
            count += 1;
        }
    }
    count
}

/// One test for each target, so that each says which it is.
macro_rules! targets {
    ($($target:ident)*) => { $(
        #[test]
        fn $target() {
            assert!(run(stringify!($target), checks::$target) > 0, "nothing is kept");
        }
    )* };
}

targets! { budget config keys plan strategy template }

#[test]
fn a_check_that_fails_is_seen() {
    fn never(_: &str) {
        panic!("as it should");
    }
    assert!(std::panic::catch_unwind(|| run("budget", never)).is_err());
}

#[test]
fn what_is_kept_is_small() {
    let size = |path: &Path| fs::metadata(path).unwrap().len();
    let mut total = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus")).unwrap() {
        for file in fs::read_dir(entry.unwrap().path()).unwrap() {
            total += size(&file.unwrap().path());
        }
    }
    assert!(total < MOST, "{total} bytes");
}
