//! Setlist: an attended runbook for sessions with coding agents.

pub mod app;
pub mod cli;
pub mod domain;
pub mod export;
#[cfg(feature = "mcp")]
mod mcp;
pub mod process;
pub mod store;
pub mod tui;
