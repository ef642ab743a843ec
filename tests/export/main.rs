//! What leaves the program: reports as their readers get them.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod distil;
#[path = "../domain/given.rs"]
#[allow(dead_code, clippy::needless_pass_by_value, reason = "shared with the tests of the domain")]
mod given;
mod hostile;
#[path = "../common/nasty.rs"]
mod nasty;
mod plans;
mod reports;
