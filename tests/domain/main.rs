//! The rules of the domain, command by command, on the built-in strategies.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]
#![allow(clippy::needless_pass_by_value, reason = "commands are written where they are used")]

mod clocks;
mod evidence;
mod gates;
mod given;
mod lanes;
mod prompts;
mod properties;
mod sessions;
mod templates;
mod texts;
mod turns;
