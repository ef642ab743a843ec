//! Promises that only hold if they hold at the worst moment: what was acknowledged survives the death of the
//! process and of the power, a failed write harms nothing, programs on one plan do not overwrite each other.
//!
//! `SETLIST_TORTURE=1` (`just torture`) runs the same code for longer. Each harness is first turned on a mutant, a
//! program that breaks the promise, and has to notice. `docs/reliability.md` has the figures.
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
mod disk;
mod faults;
mod kill;
#[cfg(feature = "mcp")]
mod moments;
mod place;
mod power;
mod private;
#[cfg(feature = "mcp")]
mod rivals;
mod screen;
#[cfg(feature = "mcp")]
mod session;
mod steps;
mod strace;
mod trace;
