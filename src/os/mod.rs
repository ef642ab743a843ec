//! Programs that the person has set or typed: run without a shell, in a process group of their own,
//! what they say bounded, and ended with all that they have started.
//!
//! | file | idea |
//! |---|---|
//! | [`run`] | a program from its start to its end, as a stream of what it says |
//! | [`tail`] | the end of what was said |
//! | [`terminal`] | the terminal's foreground given to a program and taken back |

pub mod run;
pub mod tail;
pub mod terminal;

pub use run::{Ended, Handle, Heard, Input, Stream, start};
pub use tail::Tail;
