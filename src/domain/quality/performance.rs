//! Performance: measured before and after, or an optimization without measurements.

use super::Found;
use super::record::{has_word, implemented, is_worked, place, says, sessions};
use crate::domain::metric::Course;
use crate::domain::plan::{Evidence, Plan, Reading, Turn};
use crate::domain::strategy::TurnKind;

/// Units of time, size and rate; besides those that end in '/s'.
const UNITS: [&str; 14] = ["ns", "us", "µs", "ms", "s", "sec", "seconds", "min", "kb", "mb", "gb", "kib", "mib", "gib"];

/// Words about speed and size.
const WORDS: [&str; 16] = [
    "performance",
    "benchmark",
    "benchmarks",
    "bench",
    "latency",
    "throughput",
    "speed",
    "duration",
    "p50",
    "p95",
    "p99",
    "qps",
    "rps",
    "memory",
    "profile",
    "profiling",
];

pub(super) fn judge(plan: &Plan) -> Found {
    let courses: Vec<Course<'_>> = plan.courses().into_iter().filter(is_about_performance).collect();
    let slots: Vec<(&Turn, &Evidence)> =
        sessions(plan).flat_map(|session| &session.turns).flat_map(benchmarks).collect();
    let shown: Vec<&(&Turn, &Evidence)> =
        slots.iter().filter(|(turn, slot)| is_worked(turn) && slot.shows() && !slot.lacks_run()).collect();
    let changed = sessions(plan).any(|session| implemented(session).next().is_some());
    if !changed && shown.is_empty() && courses.iter().all(|course| course.last().is_none()) {
        return Found::not_applicable("nothing was implemented or optimized");
    }
    let compared = courses.iter().find(|course| course.is_compared() && is_read_after(plan, course));
    if let Some(course) = compared {
        let change = course.change_in_words().unwrap_or_default();
        let reached = course.reached_in_words().map(|reached| format!("; {reached}")).unwrap_or_default();
        return Found::good(format!("'{}' was read before and after: {change}{reached}", course.spec.name()));
    }
    if let Some((turn, slot)) = shown.last() {
        return Found::good(format!("{} is recorded", place(turn, slot)));
    }
    not_measured(plan, &courses, &slots)
}

/// Why nothing shows performance, and whether that matters.
fn not_measured(plan: &Plan, courses: &[Course<'_>], slots: &[(&Turn, &Evidence)]) -> Found {
    let required = slots.iter().find(|(turn, slot)| slot.required && is_worked(turn));
    let aims = plan.strategy.category == "performance" || courses.iter().any(|course| course.target.is_some());
    let read = courses.iter().find(|course| course.last().is_some());
    let (why, how) = match (read.or(courses.first()), required.or(slots.first())) {
        (Some(course), _) => {
            let name = course.spec.name();
            let why = match course.last() {
                None => format!("'{name}' was never read"),
                Some(_) if course.is_compared() => format!("'{name}' was read only before the code changed"),
                Some(_) => format!("'{name}' was read once: there is nothing to compare it with"),
            };
            (why, format!("measure again with the same test case, and record a reading of '{name}'"))
        }
        (None, Some((turn, slot))) => {
            let at = place(turn, slot);
            (format!("{at} is empty"), format!("run the benchmark, and record it in {at}"))
        }
        (None, None) => {
            ("the plan measures no performance".into(), "measure before and after, and note the figures".to_owned())
        }
    };
    if required.is_some() || aims || read.is_some() { Found::poor(why, how) } else { Found::asked(why, how) }
}

fn is_about_performance(course: &Course<'_>) -> bool {
    let unit = course.spec.unit.to_lowercase();
    let known = |word: &str| WORDS.contains(&word);
    UNITS.contains(&unit.as_str())
        || unit.ends_with("/s")
        || has_word(&course.spec.id, known)
        || has_word(&course.spec.label, known)
}

/// The slots of a turn that are to show a benchmark. What research and design write about
/// performance measures nothing.
fn benchmarks(turn: &Turn) -> impl Iterator<Item = (&Turn, &Evidence)> {
    let acts = !matches!(turn.kind, TurnKind::Research | TurnKind::Design);
    let slots = turn.evidence.iter().filter(move |slot| acts && says(slot, |word| WORDS.contains(&word)));
    slots.map(move |slot| (turn, slot))
}

/// Whether the newest reading was taken when something had been implemented, or nothing has been.
fn is_read_after(plan: &Plan, course: &Course<'_>) -> bool {
    let after = |reading: &Reading| {
        let Some(session) = plan.session(&reading.session) else { return false };
        let Some(at) = session.turns.iter().position(|turn| turn.id == reading.turn) else { return false };
        implemented(session).next().is_none_or(|first| at >= first)
    };
    course.counting().next_back().is_some_and(after)
}
