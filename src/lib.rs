//! Setlist: an attended runbook for sessions with coding agents.

pub mod app;
pub mod cli;
pub mod domain;
pub mod export;
pub mod keys;
#[cfg(feature = "mcp")]
mod mcp;
pub mod os;
pub mod store;
pub mod tui;
pub mod workflow;
