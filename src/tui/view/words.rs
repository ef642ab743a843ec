//! Numbers, times and lists as people say them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::budget::compact;
use crate::domain::plan::{Plan, Session};

/// `1 turn`, `3 turns`.
pub(super) fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
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
        assert_eq!((letter(25), letter(26), letter(52)), ("Z".into(), "AA".into(), "BA".into()));
    }
}
