//! The terminal interface: the loop, the effects it performs, and the view.

pub mod effects;
mod run;
pub mod runtime;
mod start;
pub mod view;
mod worker;

/// The key table, for those who print it.
pub use crate::app::keys;
/// The search over strategies, for those who ask line by line.
pub use crate::app::search;
pub use run::{Options, run};
