//! What every face does with a plan: one owner for each decision, pure like the rules below it.

pub mod availability;
pub mod describe;
pub mod findings;
pub mod finish;
pub mod next;
pub mod search;
pub mod start;
