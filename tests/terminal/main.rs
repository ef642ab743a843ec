//! The program that is shipped, in a real terminal.
#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

#[path = "../common/mod.rs"]
mod common;

mod bad_input;
mod commanding;
mod editor;
mod endings;
mod full_disk;
#[path = "../common/full_plan.rs"]
mod full_plan;
mod given;
mod given_back;
#[path = "../common/hostile.rs"]
mod hostile;
mod paste;
mod program;
mod screen;
mod shell;
mod whole_plan;
