//! What every face does with a plan: one owner for each decision, pure like the rules below it.

pub mod availability;
pub mod finish;
pub mod next;
pub mod search;
