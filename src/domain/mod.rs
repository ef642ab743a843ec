//! The rules: what a strategy, a prompt and a plan are, and what may be done with them.
//!
//! Nothing here reads a file, a clock or a terminal; the time of day comes in as an argument.

pub mod advice;
pub mod apply;
pub mod budget;
pub mod checklist;
pub mod claims;
pub mod command;
pub mod compare;
pub mod contradiction;
pub mod distil;
pub mod follow_up;
pub mod goals;
pub mod id;
pub mod library;
pub mod memory;
pub mod metric;
pub mod nearest;
pub mod new_plan;
pub mod pack;
pub mod placeholder;
pub mod plan;
pub mod problem;
pub mod prompt;
pub mod quality;
pub mod quoted;
pub mod refusal;
pub mod review;
pub mod schedule;
pub mod settings;
pub mod stats;
pub mod strategy;
pub mod strategy_file;
pub mod summary;
pub mod template;
mod template_limits;
pub mod toml_parts;
pub(crate) mod toml_reader;
pub mod untrusted;
pub mod value;
pub mod words;
