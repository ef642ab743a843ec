//! What the documents say is true of the program: the example settings, the README's examples, keys and commands.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod config;
mod kinds;
mod readme;

use std::fs;
use std::path::Path;

/// A file of the repository.
fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}
