//! Numbers, times and lists as people say them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::style::Style;

use crate::domain::budget::compact;
use crate::domain::plan::{Plan, Session};
pub(super) use crate::domain::words::count;

use super::theme::Theme;
use crate::domain::review::Drift;

/// The style of a change: good where it made something better, bad where worse.
pub(super) fn improved(theme: &Theme, improved: Option<bool>) -> Style {
    match improved {
        Some(true) => theme.style.good,
        Some(false) => theme.style.bad,
        None => theme.style.dim,
    }
}

/// `B`, `B and C`, `B, C and D`.
pub(super) fn listed<S: AsRef<str>>(things: &[S]) -> String {
    match things {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// Time used against a budget, short: `12/20m`, `25m/1h`.
pub(super) fn of_budget(used: u64, budget: u64) -> String {
    match (compact(used), compact(budget)) {
        (used, budget) if used.ends_with('m') && budget.ends_with('m') => {
            format!("{}/{budget}", used.trim_end_matches('m'))
        }
        (used, budget) => format!("{used}/{budget}"),
    }
}

/// What was added since the start against what was planned: `planned 6 turns 3h, added 2 turns 45m (+25 %)`.
/// Nothing where nothing was added.
pub(super) fn drifted(drift: &Drift) -> Option<String> {
    if drift.added_turns == 0 {
        return None;
    }
    let part = |turns: usize, seconds: u64| match seconds {
        0 => count(turns, "turn"),
        seconds => format!("{} {}", count(turns, "turn"), compact(seconds)),
    };
    // Time says more than turns, where it is known of both.
    let (planned, added) = match (drift.planned_seconds, drift.added_seconds) {
        (0, _) | (_, 0) => (drift.planned_turns as u64, drift.added_turns as u64),
        both => both,
    };
    let share = (added.saturating_mul(100)).checked_div(planned).map(|share| format!(" (+{share} %)"));
    let planned = part(drift.planned_turns, drift.planned_seconds);
    Some(format!(
        "planned {planned}, added {}{}",
        part(drift.added_turns, drift.added_seconds),
        share.unwrap_or_default()
    ))
}

/// A time of day, with the date where it is not today: `14:02`, `21 Nov 14:02`.
pub(super) fn moment(time: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (then, now) = (time.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    let format = match (then.date() == now.date(), then.year() == now.year()) {
        (true, _) => "%H:%M",
        (false, true) => "%-d %b %H:%M",
        (false, false) => "%-d %b %Y %H:%M",
    };
    then.strftime(format).to_string()
}

/// How long ago, as far as that says anything; a date for what is older than a week.
pub(super) fn ago(time: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let seconds = now.as_second().saturating_sub(time.as_second());
    let (then, today) = (time.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    let days = then.date().until(today.date()).map_or(0, |span| span.get_days());
    match (seconds, days) {
        (..60, _) => "just now".into(),
        (..3600, _) => format!("{}m ago", seconds / 60),
        (_, 0) => format!("{}h ago", seconds / 3600),
        (_, 1) => "yesterday".into(),
        (_, 2..7) => format!("{days} days ago"),
        _ if then.year() == today.year() => then.strftime("%-d %b").to_string(),
        _ => then.strftime("%-d %b %Y").to_string(),
    }
}

/// The letter of a session by its place: `A` to `Z`, then `AA`.
pub(super) fn letter(at: usize) -> String {
    let last = char::from(b'A' + (at % 26) as u8);
    if at < 26 { last.to_string() } else { format!("{}{last}", letter(at / 26 - 1)) }
}

/// A session with its letter, which is not said twice where its title begins with it.
pub(super) fn lettered(plan: &Plan, session: &Session) -> String {
    format!("{} {}", letter_of(plan, session), bare_title(plan, session))
}

/// A session's letter in its plan.
pub(super) fn letter_of(plan: &Plan, session: &Session) -> String {
    letter(plan.sessions.iter().position(|other| other.id == session.id).unwrap_or(0))
}

/// A session's title without the letter that lanes put before it.
pub(super) fn bare_title<'s>(plan: &Plan, session: &'s Session) -> &'s str {
    let letter = letter_of(plan, session);
    let rest = session.title.strip_prefix(&letter).and_then(|rest| rest.strip_prefix(": "));
    rest.map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(&session.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_people_do() {
        let now: Timestamp = "2026-11-22T14:00:00Z".parse().unwrap();
        let said = |text: &str| ago(text.parse().unwrap(), now, &TimeZone::UTC);
        assert_eq!(said("2026-11-22T13:59:30Z"), "just now");
        assert_eq!(said("2026-11-22T14:00:30Z"), "just now", "a clock that was put back");
        assert_eq!(said("2026-11-22T13:48:00Z"), "12m ago");
        assert_eq!(said("2026-11-22T09:00:00Z"), "5h ago");
        assert_eq!(said("2026-11-21T23:00:00Z"), "yesterday");
        assert_eq!(said("2026-11-19T14:00:00Z"), "3 days ago");
        assert_eq!(said("2026-10-02T14:00:00Z"), "2 Oct");
        assert_eq!(said("2025-10-02T14:00:00Z"), "2 Oct 2025");
    }

    #[test]
    fn lists_counts_and_letters() {
        assert_eq!(listed(&["B", "C", "D"]), "B, C and D");
        assert_eq!(count(1, "turn"), "1 turn");
        assert_eq!(of_budget(720, 1200), "12/20m");
        assert_eq!(of_budget(1500, 3600), "25m/1h");
        assert_eq!(of_budget(30, 1200), "30s/20m");
        let drift = Drift {
            planned_turns: 6,
            added_turns: 2,
            planned_seconds: 10_800,
            added_seconds: 2700,
            ..Drift::default()
        };
        assert_eq!(drifted(&drift).unwrap(), "planned 6 turns 3h, added 2 turns 45m (+25 %)");
        let untimed = Drift { added_seconds: 0, ..drift };
        assert_eq!(drifted(&untimed).unwrap(), "planned 6 turns 3h, added 2 turns (+33 %)");
        assert_eq!(drifted(&Drift { planned_turns: 6, ..Drift::default() }), None);
        assert_eq!((letter(25), letter(26), letter(52)), ("Z".into(), "AA".into(), "BA".into()));
    }
}
