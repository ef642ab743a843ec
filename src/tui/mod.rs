//! The terminal interface.

pub mod runtime;
