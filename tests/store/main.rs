//! The store: what is on disk after each thing the program does, and after what others do to its files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod broken;
mod common;
mod copies;
mod history;
mod layouts;
mod library;
mod logging;
mod merging;
mod obstacles;
mod outside;
mod pack_files;
mod packs;
mod plans;
mod queued;
mod rescued;
mod settings;
mod stats;
mod trash;
mod versions;
mod watching;
mod writing;
