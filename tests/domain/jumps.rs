//! The clock may jump: by up to ten years either way, over changes to summer time and back, leap days, and into
//! another time zone.
//!
//! Time worked is never negative and never more than the clock went forward while it ran; nothing changes its order;
//! nothing panics; the plan still opens. `SETLIST_TORTURE=1` works far more plans.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::strategy::{Strategy as _, ValueTree as _};
use setlist::domain::claims::PHRASES;
use setlist::domain::command::Command;
use setlist::domain::plan::Plan;
use setlist::domain::schedule::lanes;
use setlist::domain::stats::{PlanFacts, Stats};
use setlist::export::markdown;

use super::effort::{Chance, rounds};
use super::given::{Workspace, start};
use super::properties::{command, step};

/// Ten years, in seconds.
const FAR: i64 = 10 * 366 * 24 * 3600;

/// Moments at which days are odd: leap days, clocks put forward and back, the ends of years.
const ODD: [&str; 8] = [
    "2028-02-29T23:59:59Z",
    "2028-03-01T00:00:00Z",
    "2026-03-29T00:59:59Z",
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z",
    "2026-12-31T23:59:59Z",
    "2017-01-01T00:00:00Z",
    "2030-04-06T16:00:00Z",
];

/// Where the person is: summer time north and south, half hours, days left out, none.
const ZONES: [&str; 6] =
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"];

/// Where the clock jumps to.
fn jump(now: Timestamp, chance: &mut Chance) -> Timestamp {
    match chance.below(6) {
        0 => ODD[chance.below(ODD.len())].parse().unwrap(),
        1 | 2 => now + SignedDuration::from_secs(chance.below(2 * FAR as usize) as i64 - FAR),
        3 => now - SignedDuration::from_secs(chance.below(7200) as i64),
        _ => now + SignedDuration::from_secs(chance.below(7200) as i64),
    }
}

/// Everything that shows times, at this time in this zone.
fn look(plan: &Plan, now: Timestamp, zone: &TimeZone) {
    let phrases: Vec<String> = PHRASES.iter().map(|phrase| (*phrase).to_owned()).collect();
    let report = markdown::report(plan, &now.to_zoned(zone.clone()), &phrases);
    // A span such as `-12s`; exit codes may be below zero, and budgets are written `1h-2h`.
    let negative = report.split([' ', '|', '(', '*']).find(|word| {
        let figure = word.strip_prefix('-').unwrap_or_default();
        let unit = figure.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.len() < figure.len() && unit.starts_with(['s', 'm', 'h', 'd'])
    });
    assert_eq!(negative, None, "{report}");
    let _ = lanes(plan, now);
    let facts = PlanFacts::of(plan);
    let _ = Stats::of(&facts, zone, now);
}

#[test]
fn no_time_is_negative_or_counted_twice_and_nothing_changes_its_order() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for round in 0..rounds(20, 400) {
        let mut chance = Chance::of(round);
        let mut workspace = Workspace::of(["systematic-optimization", "parallel-development"][round % 2]);
        let (mut last, mut forward, mut notes) = (start(), 0_u64, 0);
        for _ in 0..50 {
            let now = jump(last, &mut chance);
            // The time zone changes while it runs.
            let zone = TimeZone::get(ZONES[chance.below(ZONES.len())]).unwrap_or(TimeZone::UTC);
            // Each clock that runs may count the way forward once, from where it was set going.
            let running = workspace.plan.sessions.iter().flat_map(|session| &session.turns);
            let lanes_open = running.filter(|turn| turn.running_since.is_some()).count() as u64;
            forward += (now.as_second() - last.as_second()).max(0) as u64 * lanes_open;
            last = now;
            let worked: Vec<u64> = times(&workspace.plan);
            let change = step().new_tree(&mut runner).unwrap().current();
            let change = command(&workspace.plan, &change);
            // Undoing what was worked on is not a matter of the clock.
            if matches!(change, Command::RemoveTurn(_) | Command::SplitSession { .. } | Command::Repair) {
                continue;
            }
            if let Ok(changed) = workspace.plan.apply(&change, now) {
                workspace.plan = changed.plan;
            }
            notes += 1;
            let note = Command::AddNote { session: String::new(), turn: String::new(), text: format!("no. {notes}") };
            workspace.plan = workspace.plan.apply(&note, now).unwrap().plan;
            assert!(workspace.plan.worked(now) <= forward, "time was counted twice");
            let after = times(&workspace.plan);
            if after.len() == worked.len() {
                assert!(worked.iter().zip(&after).all(|(before, after)| before <= after), "{change:?} took time away");
            }
            let own: Vec<u32> =
                workspace.plan.notes.iter().filter_map(|note| note.text.strip_prefix("no. ")?.parse().ok()).collect();
            assert!(own.is_sorted(), "the notes changed their order: {own:?}");
            look(&workspace.plan, now, &zone);
        }
        let text = toml::to_string(&workspace.plan).unwrap();
        assert_eq!(toml::from_str::<Plan>(&text).unwrap(), workspace.plan);
    }
}

/// The seconds that are kept for each turn.
fn times(plan: &Plan) -> Vec<u64> {
    let turns = plan.sessions.iter().flat_map(|session| &session.turns);
    turns.map(|turn| turn.iterations.iter().map(|iteration| iteration.worked).sum::<u64>() + turn.worked).collect()
}
