//! What `README.md` says, and how long it may be.

use crate::{blocks, file};

/// Most lines: it is read before anybody knows whether they want more.
const LONGEST: usize = 160;

#[test]
fn it_is_short() {
    let lines = file("README.md").lines().count();
    assert!(lines <= LONGEST, "README.md has {lines} lines; {LONGEST} are the most, the manual is in docs/");
}

#[test]
fn the_test_command_is_marked_for_the_script_that_runs_it() {
    assert_eq!(blocks(&file("README.md"), "test command"), ["cargo test\n"]);
    assert!(file(".ci/run").contains("<!-- test command -->"));
}

#[test]
fn the_run_command_is_marked() {
    assert_eq!(blocks(&file("README.md"), "run command"), ["cargo run --release\n"]);
}
