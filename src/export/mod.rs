//! What leaves the program for other programs and other people.

pub mod advice;
pub mod distilled;
mod facts;
pub mod json;
pub mod markdown;
mod markup;
pub mod now;
pub mod pack;
pub mod review;
pub mod schema;
pub mod schemas;
pub mod stats;
pub mod strategy_toml;
mod toml_text;
