//! Setlist: an attended runbook for sessions with coding agents.

pub mod domain;
pub mod store;
pub mod tui;
