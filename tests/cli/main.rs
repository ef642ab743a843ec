//! The command line as people and scripts use it: the real binary, in directories of its own.

// A test fails loudly; the exception in clippy.toml reaches only functions marked as tests.
#![allow(clippy::unwrap_used)]

mod accessible;
mod advice;
#[cfg(feature = "mcp")]
#[path = "../common/client.rs"]
mod client;
mod commanding;
mod conflicts;
#[path = "../common/conversation.rs"]
mod conversation;
mod distil;
#[path = "../common/effort.rs"]
mod effort;
mod errors;
mod expanded;
#[path = "../common/full_plan.rs"]
mod full_plan;
mod help;
mod home;
#[path = "../common/hostile.rs"]
mod hostile;
mod judgement;
mod lint;
#[cfg(feature = "mcp")]
mod mcp;
mod metrics;
mod outputs;
mod overlays;
mod packs;
mod pasted;
mod plans;
mod queue;
mod review;
mod run;
mod safety;
mod schema;
mod send;
mod stats;
mod strategies;
#[path = "../common/syntax.rs"]
mod syntax;
mod terminal;
mod validated;
mod whole_plan;
