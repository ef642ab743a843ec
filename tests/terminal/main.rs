//! The program that is shipped, in a real terminal.
#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

#[path = "../common/mod.rs"]
mod common;

mod bad_input;
mod editor;
mod endings;
mod full_disk;
mod given;
mod given_back;
mod paste;
mod program;
mod screen;
mod shell;
mod whole_plan;
