//! The terminal interface: the loop, the effects it performs, and the view.

pub mod effects;
pub mod runtime;
pub mod view;
