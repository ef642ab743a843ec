//! The interactive state machine: `update(model, msg) -> effects`. It reads no file, no clock and
//! no terminal, and never sees the store: what it wants done it hands out as [`msg::Effect`]s.

pub mod advise;
pub mod availability;
pub mod axis;
pub mod blocker;
pub mod browser;
pub mod compare;
pub mod dialog;
mod dialog_drafts;
pub mod field;
pub mod form;
mod handlers;
pub mod hints;
pub mod layout;
pub mod model;
pub mod msg;
pub mod plans;
pub mod purpose;
mod saving;
pub mod stats;
mod update;
pub mod workspace;

pub use handlers::palette_lines;
pub use update::{farewell, start, update};
