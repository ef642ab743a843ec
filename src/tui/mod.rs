//! The terminal interface: the loop, the effects it performs, and the view.

pub mod effects;
mod run;
pub mod runtime;
mod start;
pub mod view;
mod worker;

pub use run::{Options, run};
