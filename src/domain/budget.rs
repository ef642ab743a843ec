//! Time budgets: a duration or a range, as people write them ("45m", "30m-60m", "2h-8h", "1h 30m").

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Longest budget accepted, in seconds: a hundred days. More is a slip of the unit.
const MAX_SECONDS: u64 = 100 * 24 * 3600;

/// A time budget. Serialized as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Budget {
    low: u64,
    high: u64,
    text: String,
}

impl Budget {
    /// Reads "45m", "2h", "1h 30m", "90s", "1d" or a range of two of them.
    ///
    /// # Errors
    /// Says what is wrong with the text, with an example of how to write it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (low, high) = match text.split_once(['-', '–']) {
            Some((low, high)) => (seconds(low)?, seconds(high)?),
            None => {
                let exact = seconds(text)?;
                (exact, exact)
            }
        };
        if low > high {
            return Err(format!("`{}` is a range that ends before it begins", text.trim()));
        }
        Ok(Self { low, high, text: text.trim().into() })
    }

    /// The lower end, in seconds.
    pub fn low(&self) -> u64 {
        self.low
    }

    /// The upper end, in seconds: what time worked is measured against.
    pub fn high(&self) -> u64 {
        self.high
    }

    /// The sum of several budgets, end by end; nothing where there are none.
    pub fn sum<'a>(budgets: impl IntoIterator<Item = &'a Budget>) -> Option<Self> {
        let (mut low, mut high, mut any) = (0, 0, false);
        for budget in budgets {
            low += budget.low;
            high += budget.high;
            any = true;
        }
        any.then(|| Self { low, high, text: range_text(low, high) })
    }

    /// The budget in the fewest characters: "30m-1h", "55m".
    pub fn short(&self) -> String {
        range_text(self.low, self.high)
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for Budget {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<Budget> for String {
    fn from(budget: Budget) -> Self {
        budget.text
    }
}

fn range_text(low: u64, high: u64) -> String {
    if low == high { compact(low) } else { format!("{}-{}", compact(low), compact(high)) }
}

/// Seconds in "1h 30m"-like text.
fn seconds(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{}` is not a duration: write 45m, 2h, 1h30m or a range such as 30m-60m", text.trim());
    let mut total: u64 = 0;
    let mut after_hours = false;
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(wrong());
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let count: u64 = rest[..digits].parse().map_err(|_| wrong())?;
        rest = rest[digits..].trim_start();
        if rest.is_empty() && after_hours {
            // "1h30", as clocks and this program write it.
            total = count.checked_mul(60).and_then(|part| total.checked_add(part)).ok_or_else(wrong)?;
            break;
        }
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let unit = match &rest[..letters] {
            "s" | "sec" => 1,
            "m" | "min" => 60,
            "h" => 3600,
            "d" => 24 * 3600,
            _ => return Err(wrong()),
        };
        after_hours = &rest[..letters] == "h";
        rest = rest[letters..].trim_start();
        total = count.checked_mul(unit).and_then(|part| total.checked_add(part)).ok_or_else(wrong)?;
    }
    if total == 0 {
        return Err("a budget of nothing: leave it out instead".into());
    }
    if total > MAX_SECONDS {
        return Err(format!("`{}` is more than 100 days", text.trim()));
    }
    Ok(total)
}

/// A duration in the fewest characters, rounded down to minutes from one minute on:
/// `9m`, `1h05`, `2h`, `40s`.
pub fn compact(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3600 => format!("{}m", seconds / 60),
        _ => match (seconds / 3600, seconds % 3600 / 60) {
            (hours, 0) => format!("{hours}h"),
            (hours, minutes) => format!("{hours}h{minutes:02}"),
        },
    }
}

/// A running clock: `12:04`, from an hour on `1:12:04`.
pub fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds % 3600 / 60, seconds % 60);
    if hours == 0 { format!("{minutes}:{seconds:02}") } else { format!("{hours}:{minutes:02}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_are_read_as_people_write_them() {
        let range = Budget::parse("30m-60m").unwrap();
        assert_eq!((range.low(), range.high()), (1800, 3600));
        assert_eq!(range.to_string(), "30m-60m");
        assert_eq!(range.short(), "30m-1h");
        assert_eq!(Budget::parse(" 1h 30m ").unwrap().high(), 5400);
        assert_eq!(Budget::parse("1h30m").unwrap().short(), "1h30");
        assert_eq!(Budget::parse("1h30-2h05").unwrap().high(), 7500);
    }

    #[test]
    fn nonsense_is_refused_with_an_example() {
        for bad in ["", "soon", "5", "5x", "-5m", "2h-1h", "0m", "999999999999999999999h", "200d", "m"] {
            assert!(Budget::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn clocks_and_sums() {
        assert_eq!(clock(724), "12:04");
        assert_eq!(clock(4324), "1:12:04");
        assert_eq!(compact(540), "9m");
        assert_eq!(compact(3900), "1h05");
        let all = [Budget::parse("2h-4h").unwrap(), Budget::parse("30m").unwrap()];
        assert_eq!(Budget::sum(&all).unwrap().short(), "2h30-4h30");
        assert!(Budget::sum(&[]).is_none());
    }
}
