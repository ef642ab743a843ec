//! One plan, every face: the terminal interface, the command line, the conversation of `--accessible` and the server
//! for agents are asked the same of the same files, and have to say and do the same.

#![cfg(feature = "mcp")]
// A test fails loudly; the exception in clippy.toml reaches only functions marked as tests.
#![allow(clippy::unwrap_used)]

#[path = "../common/client.rs"]
#[allow(dead_code, reason = "other binaries use the rest")]
mod client;
#[path = "../common/conversation.rs"]
mod conversation;
#[path = "../common/effort.rs"]
mod effort;
mod faces;
#[path = "../cli/home.rs"]
#[allow(dead_code, reason = "other binaries use the rest")]
mod home;
mod next_step;
mod queued;
mod refusals;
#[path = "../screens/rig.rs"]
#[allow(dead_code, reason = "other binaries use the rest")]
mod rig;
mod start;
mod states;
mod words;
