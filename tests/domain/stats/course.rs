//! The course over time, with the dates that people, zones and broken clocks make.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use setlist::domain::stats::{LONGEST, Per, PlanFacts, Stats};

use super::{MINUTE, finished, of};
use crate::given::start;

fn ended(time: &str) -> PlanFacts {
    PlanFacts { ended: time.parse().unwrap(), ..PlanFacts::of(&finished([30, 5, 10])).unwrap() }
}

#[test]
fn a_short_time_is_told_in_weeks_a_long_one_in_months() {
    // Sunday and Monday: two ISO weeks, and between the years the first of them is a 53rd.
    let course =
        of(&[ended("2021-01-03T12:00:00Z"), ended("2021-01-04T12:00:00Z"), ended("2021-01-20T12:00:00Z")]).course;
    let steps: Vec<(String, usize)> = course.steps.iter().map(|step| (step.label(), step.finished)).collect();
    let wanted = [("2020-W53", 1), ("2021-W01", 1), ("2021-W02", 0), ("2021-W03", 1)];
    assert_eq!(steps, wanted.map(|(label, count)| (label.to_owned(), count)));
    assert_eq!((course.per, course.outside), (Per::Week, 0));
    assert_eq!(course.steps[0].times.worked, 45 * MINUTE);
    let course = of(&[ended("2025-12-31T12:00:00Z"), ended("2026-11-22T12:00:00Z")]).course;
    assert_eq!((course.per, course.steps.len()), (Per::Month, 12));
    assert_eq!(course.steps[0].label(), "2025-12");
}

#[test]
fn days_are_those_of_the_person_s_zone() {
    let zone = TimeZone::fixed(jiff::tz::offset(-8));
    let facts = [ended("2026-11-16T05:00:00Z")];
    assert_eq!(Stats::of(&facts, &zone, start()).course.steps[0].label(), "2026-W46", "still Sunday there");
    assert_eq!(of(&facts).course.steps[0].label(), "2026-W47");
}

#[test]
fn absurd_dates_and_times_make_no_absurd_course() {
    let mut facts = vec![ended("2026-11-22T12:00:00Z"), ended("1970-01-01T00:00:00Z")];
    facts.push(PlanFacts { ended: Timestamp::MAX, ..facts[0].clone() });
    facts.push(PlanFacts { ended: Timestamp::MIN, ..facts[0].clone() });
    for facts in &mut facts {
        facts.turns[0].worked = vec![u64::MAX, LONGEST + 1, LONGEST];
        facts.turns[0].budget = u64::MAX;
        facts.turns[0].rework = u32::MAX;
    }
    let stats = of(&facts);
    assert_eq!((stats.course.per, stats.course.steps.len(), stats.course.outside), (Per::Month, 60, 3));
    assert_eq!(stats.course.steps.last().unwrap().label(), "2026-11");
    let a = &stats.strategies[0].turns[0].times;
    assert_eq!((a.timed, a.implausible, a.median_worked, a.planned), (4, 8, Some(LONGEST), u64::MAX));
}
