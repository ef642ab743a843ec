//! Other people's files: what they put into a plan survives every change of it, a bad file harms itself only, and a
//! pack of strategies does nothing but lie there.
//!
//! `SETLIST_TORTURE=1` (`just torture`) runs the same code for longer. `docs/reliability.md` has the figures.
#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

/// Says a figure, for those who ask to see it (`--nocapture`).
macro_rules! tell {
    ($($what:tt)*) => {{
        #[allow(clippy::print_stderr, reason = "a figure for docs/reliability.md")]
        {
            eprintln!($($what)*);
        }
    }};
}

#[path = "../common/mod.rs"]
mod common;
#[allow(dead_code, reason = "shared with the tests of reliability")]
#[path = "../reliability/place.rs"]
mod place;

mod bad_files;
mod bad_texts;
mod documents;
mod limited;
mod newer;
mod packs;
mod sources;
mod unknown_keys;
