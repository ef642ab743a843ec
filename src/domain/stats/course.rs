//! The course over time: by ISO weeks, or by months where these are too many.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::domain::words::words;

use super::facts::PlanFacts;
use super::times::{Times, sum};

/// Most weeks; a longer time is told in months.
const WEEKS: i32 = 26;
/// Most months: five years.
const MONTHS: usize = 60;
/// How far in the future a plan may have ended: another machine's clock, another time zone.
const AHEAD_HOURS: i64 = 24;

/// How plans went over time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Course {
    /// How long each step is.
    pub per: Per,
    /// The steps without a gap, oldest first; the last one is that of the newest plan.
    pub steps: Vec<Step>,
    /// Finished plans that are in no step: older than the oldest, or from the future.
    pub outside: usize,
}

words! {
    /// How long a step of a course is.
    Per:
    /// An ISO week, from Monday on.
    #[default] Week = "week",
    /// A calendar month.
    Month = "month",
}

impl Per {
    /// The first day of the step that `date` is in.
    fn first(self, date: Date) -> Date {
        match self {
            Self::Week => date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).unwrap_or(date),
            Self::Month => date.first_of_month(),
        }
    }

    fn next(self, first: Date) -> Option<Date> {
        let span = match self {
            Self::Week => 1.week(),
            Self::Month => 1.month(),
        };
        first.checked_add(span).ok()
    }
}

/// One week or month.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its first day.
    pub from: Date,
    /// How long it is.
    pub per: Per,
    /// Plans finished in it.
    pub finished: usize,
    /// Their planned and worked time, without medians.
    pub times: Times,
    /// Their turns that were closed as done.
    pub done: usize,
    /// Those without all required evidence.
    pub unverified: usize,
    /// How often turns were gone back to.
    pub rework: u64,
}

impl Step {
    fn new(from: Date, per: Per) -> Self {
        Self { from, per, finished: 0, times: Times::default(), done: 0, unverified: 0, rework: 0 }
    }

    /// `2026-W47` or `2026-11`.
    pub fn label(&self) -> String {
        match self.per {
            Per::Week => {
                let week = self.from.iso_week_date();
                format!("{}-W{:02}", week.year(), week.week())
            }
            Per::Month => format!("{}-{:02}", self.from.year(), self.from.month()),
        }
    }

    fn add(&mut self, plan: &PlanFacts) {
        self.finished += 1;
        for turn in &plan.turns {
            self.times.add(&sum(turn.budget, &turn.worked));
            self.done += usize::from(turn.is_done());
            self.unverified += usize::from(turn.end == super::TurnEnd::Unverified);
            self.rework += u64::from(turn.rework);
        }
    }
}

/// The course of the finished ones among `plans`, by days in `zone`.
pub(super) fn course(plans: &[&PlanFacts], zone: &TimeZone, now: Timestamp) -> Course {
    let latest = now.checked_add(AHEAD_HOURS.hours()).unwrap_or(now);
    let finished = plans.iter().filter(|plan| plan.finished);
    let mut dated: Vec<(Date, &PlanFacts)> = finished
        .clone()
        .filter(|plan| plan.ended <= latest)
        .map(|plan| (plan.ended.to_zoned(zone.clone()).date(), *plan))
        .collect();
    dated.sort_by_key(|(date, _)| *date);
    let (Some((first, _)), Some((last, _))) = (dated.first(), dated.last()) else {
        return Course { outside: finished.count(), ..Course::default() };
    };
    let days = first.until(*last).map_or(i32::MAX, |span| span.get_days());
    let per = if days <= WEEKS * 7 { Per::Week } else { Per::Month };
    let end = per.first(*last);
    let mut begin = per.first(*first);
    if per == Per::Month {
        let earliest = end.checked_sub((MONTHS as i64 - 1).months()).unwrap_or(begin);
        begin = begin.max(earliest);
    }
    let mut steps = vec![Step::new(begin, per)];
    while let Some(from) = steps.last().and_then(|step| per.next(step.from)).filter(|from| *from <= end) {
        steps.push(Step::new(from, per));
    }
    for (date, plan) in dated {
        let at = steps.binary_search_by_key(&per.first(date), |step| step.from);
        if let Some(step) = at.ok().and_then(|at| steps.get_mut(at)) {
            step.add(plan);
        }
    }
    let counted: usize = steps.iter().map(|step| step.finished).sum();
    Course { per, outside: finished.count() - counted, steps }
}
