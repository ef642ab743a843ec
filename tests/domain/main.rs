//! The rules of the domain, command by command, on the built-in strategies.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]
#![allow(
    clippy::format_collect,
    clippy::needless_pass_by_value,
    reason = "short calls read better than fast ones here"
)]

mod advice;
mod claims;
mod clocks;
mod described;
#[path = "../common/effort.rs"]
mod effort;
mod evidence;
mod gates;
mod given;
mod jumps;
mod lanes;
mod metrics;
#[path = "../common/nasty.rs"]
mod nasty;
mod overlays;
mod prompts;
mod properties;
mod quality;
mod readings;
mod review;
mod sessions;
mod several;
mod shape;
mod standings;
mod start;
mod stats;
mod templates;
mod texts;
mod turns;
mod values;
mod versions;
mod workflow;
