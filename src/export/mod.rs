//! What leaves the program for other programs and other people.

pub mod advice;
mod facts;
pub mod json;
pub mod markdown;
mod markup;
pub mod schema;
pub mod stats;
