//! The command line as people and scripts use it: the real binary, in directories of its own.

mod errors;
mod home;
mod lint;
mod plans;
mod safety;
mod schema;
mod strategies;
mod whole_plan;
