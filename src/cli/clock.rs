//! The time of day, read here and nowhere else in the command line.

use jiff::{Timestamp, Zoned};

/// Now, in whole seconds.
pub fn now() -> Timestamp {
    crate::domain::apply::whole_second(Timestamp::now())
}

/// Now, where the person is.
pub fn zoned() -> Zoned {
    Zoned::now()
}

/// A time as people read it where they are: `2026-11-22 21:14`.
pub fn local(time: Timestamp) -> String {
    time.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}
