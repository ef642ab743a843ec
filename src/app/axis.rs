//! The part of time that the lanes show: from when, and how much of it a column stands for.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::schedule::Lane;

use super::workspace::Axis;

/// Seconds of a column, from fine to coarse: what a person steps through.
pub const SCALES: [i64; 12] = [15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200];

/// Columns that stand before the axis: marker, letter, title, state. What is left is the axis.
const BEFORE: u16 = 36;

/// Seconds between labels, from fine to coarse.
const STEPS: [i64; 17] = [
    60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000,
    7_776_000,
];

/// A stretch of time on a row of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The second since the epoch at the left edge.
    pub start: i64,
    /// Seconds of a column, at least 1.
    pub scale: i64,
    pub columns: usize,
}

/// A label under which a column stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    pub column: usize,
    /// A time of day, or a date where a day begins.
    pub label: String,
}

impl Axis {
    /// What `columns` columns show of `lanes`. Unmoved, the view begins a little before the first
    /// bar, or later where `now` would be out of sight.
    pub fn window(&self, lanes: &[Lane], now: Timestamp, columns: usize) -> Window {
        let (first, last) = span(lanes, now.as_second());
        let wide = columns.max(1) as i64;
        let fits = fitting(last - first, wide);
        let scale = if self.scale > 0 { self.scale } else { fits };
        let mut start = first.saturating_sub(scale);
        let sight = now.as_second() - start;
        if self.scale > 0 && sight > scale.saturating_mul(wide) * 9 / 10 {
            start = now.as_second() - scale.saturating_mul(wide) * 2 / 3;
        }
        Window { start: start.saturating_add(self.pan.saturating_mul(scale)), scale, columns: columns.max(1) }
    }

    /// The next finer or coarser scale; from 'everything fits' it starts at what that is now.
    pub fn step(&mut self, finer: bool, lanes: &[Lane], now: Timestamp, columns: usize) {
        let at = self.window(lanes, now, columns).scale;
        let next = match finer {
            true => SCALES.iter().rev().find(|scale| **scale < at),
            false => SCALES.iter().find(|scale| **scale > at),
        };
        if let Some(next) = next {
            // The middle of the view stays where it is, about.
            self.pan = self.pan * at / next;
            self.scale = *next;
        }
    }

    /// Moves the view by `by` columns, but not so far that nothing is left of the lanes.
    pub fn pan(&mut self, by: i64, lanes: &[Lane], now: Timestamp, columns: usize) {
        let (first, last) = span(lanes, now.as_second());
        let moved = Self { pan: self.pan.saturating_add(by), ..*self };
        let window = moved.window(lanes, now, columns);
        let end = window.start.saturating_add(window.scale.saturating_mul(columns as i64));
        if (by > 0 && window.start < last) || (by < 0 && end > first) {
            *self = moved;
        }
    }
}

/// Columns of the axis on a screen so wide, about: for keys, which know no more.
pub fn columns_about(size: (u16, u16)) -> usize {
    usize::from(size.0.saturating_sub(BEFORE).max(8))
}

/// The first and the last second of the bars and of now.
fn span(lanes: &[Lane], now: i64) -> (i64, i64) {
    let bars = || lanes.iter().flat_map(|lane| &lane.bars);
    let first = bars().map(|bar| bar.from).min().unwrap_or(now).min(now);
    let last = bars().map(|bar| bar.to).max().unwrap_or(now).max(now);
    (first, last.max(first + 600))
}

/// Seconds of a column so that `seconds` fit into `columns`, one column free on both sides.
fn fitting(seconds: i64, columns: i64) -> i64 {
    let room = (columns - 2).max(1);
    (seconds + room - 1).div_euclid(room).max(1)
}

impl Window {
    /// The column nearest to a time; it may lie outside.
    pub fn column(&self, second: i64) -> i64 {
        (second - self.start + self.scale / 2).div_euclid(self.scale)
    }

    /// The columns from `from` to `to`, at least one, as far as they are in sight.
    pub fn stretch(&self, from: i64, to: i64) -> std::ops::Range<usize> {
        let left = self.column(from);
        let right = self.column(to).max(left + 1);
        let clip = |at: i64| at.clamp(0, self.columns as i64) as usize;
        clip(left)..clip(right)
    }

    /// Labels at round times in `zone`, far enough from one another; dates where days begin.
    pub fn ticks(&self, zone: &TimeZone) -> Vec<Tick> {
        let apart = self.scale.saturating_mul(10);
        let step = STEPS.into_iter().find(|step| *step >= apart).unwrap_or(STEPS[STEPS.len() - 1]).max(apart);
        let end = self.start.saturating_add(self.scale.saturating_mul(self.columns as i64));
        let local = |second: i64| {
            let time = Timestamp::from_second(second).ok()?;
            Some(second + i64::from(zone.to_offset(time).seconds()))
        };
        let Some(first) = local(self.start) else { return Vec::new() };
        // Round times are round on the clock on the wall, also where it is put forward or back.
        let mut wall = first - first.rem_euclid(step);
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for _ in 0..=self.columns {
            let guess = wall - (first - self.start);
            let shift = local(guess).map_or(0, |there| wall - there);
            let second = guess + shift;
            wall += step;
            if second >= end {
                break;
            }
            let column = self.column(second);
            if column >= 0 && seen.insert(column) {
                found.extend(label(second, zone, step).map(|label| Tick { column: column as usize, label }));
            }
        }
        found
    }
}

fn label(second: i64, zone: &TimeZone, step: i64) -> Option<String> {
    let time = Timestamp::from_second(second).ok()?.to_zoned(zone.clone());
    let day_begins = time.hour() == 0 && time.minute() == 0;
    let format = if day_begins || step >= 86_400 { "%-d %b" } else { "%H:%M" };
    Some(time.strftime(format).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schedule::{Bar, BarKind};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn lane(from: &str, to: &str) -> Lane {
        let (from, to) = (at(from).as_second(), at(to).as_second());
        let bar = Bar { turn: "t".into(), title: "t".into(), from, to, kind: BarKind::Planned };
        Lane { session: "s".into(), bars: vec![bar], ends: to }
    }

    fn labels(window: Window, zone: &TimeZone) -> Vec<String> {
        window.ticks(zone).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn everything_fits_at_first() {
        let lanes = [lane("2026-11-22T14:00:00Z", "2026-11-22T20:00:00Z")];
        let now = at("2026-11-22T15:00:00Z");
        for columns in 3..200 {
            let window = Axis { scale: 0, pan: 0 }.window(&lanes, now, columns);
            let stretch = window.stretch(lanes[0].bars[0].from, lanes[0].bars[0].to);
            assert!(window.column(lanes[0].bars[0].to) <= columns as i64, "{columns}");
            assert!(stretch.start <= 1, "{columns}");
        }
    }

    #[test]
    fn now_is_in_sight_at_every_scale() {
        let lanes = [lane("2026-11-20T14:00:00Z", "2026-11-25T20:00:00Z")];
        let now = at("2026-11-22T15:00:00Z");
        for scale in SCALES {
            let window = Axis { scale, pan: 0 }.window(&lanes, now, 50);
            assert!((0..50).contains(&window.column(now.as_second())), "{scale}");
        }
    }

    #[test]
    fn labels_are_round_on_the_clock_on_the_wall() {
        let window = Window { start: at("2026-11-22T13:50:00Z").as_second(), scale: 60, columns: 60 };
        assert_eq!(labels(window, &TimeZone::UTC), ["13:50", "14:00", "14:10", "14:20", "14:30", "14:40"]);
        // In POSIX form: a machine may have no time zone database.
        let kolkata = TimeZone::posix("IST-5:30").unwrap();
        assert_eq!(labels(window, &kolkata)[0], "19:20");
        let night = Window { start: at("2026-11-22T20:00:00Z").as_second(), scale: 1200, columns: 40 };
        assert_eq!(labels(night, &TimeZone::UTC), ["23 Nov", "06:00"]);
    }

    #[test]
    fn labels_stay_round_where_the_clock_is_put_back() {
        let berlin = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let window = Window { start: at("2026-10-24T18:00:00Z").as_second(), scale: 1800, columns: 40 };
        let labels = labels(window, &berlin);
        assert_eq!(labels, ["25 Oct", "06:00", "12:00"], "20:00 on the 24th to 15:00 on the 25th");
    }

    #[test]
    fn from_everything_fits_finer_is_finer_and_coarser_coarser() {
        let lanes = [lane("2026-11-22T14:00:00Z", "2026-11-23T20:00:00Z")];
        let now = at("2026-11-22T15:00:00Z");
        let fitting = Axis { scale: 0, pan: 0 }.window(&lanes, now, 50).scale;
        let (mut finer, mut coarser) = (Axis { scale: 0, pan: 0 }, Axis { scale: 0, pan: 0 });
        finer.step(true, &lanes, now, 50);
        coarser.step(false, &lanes, now, 50);
        assert!(finer.scale < fitting && fitting < coarser.scale, "{finer:?} {fitting} {coarser:?}");
    }

    #[test]
    fn no_number_of_presses_loses_the_lanes() {
        let lanes = [lane("2026-11-22T14:00:00Z", "2026-11-22T20:00:00Z")];
        let now = at("2026-11-22T15:00:00Z");
        for by in [8, -8] {
            let mut axis = Axis { scale: 0, pan: 0 };
            for _ in 0..1000 {
                axis.pan(by, &lanes, now, 50);
            }
            let bar = &lanes[0].bars[0];
            assert!(!axis.window(&lanes, now, 50).stretch(bar.from, bar.to).is_empty(), "{axis:?}");
        }
    }
}
