//! Working code: tests that were run and shown after the last change, or code that 'should work'.

use super::Found;
use super::record::{after, implemented, is_about_tests, is_worked, place, sessions};
use crate::domain::checklist::StandardItem;
use crate::domain::claims;
use crate::domain::plan::{Evidence, Plan, Session, Turn};

/// How grave a finding is: of several sessions the gravest speaks.
fn gravity(found: &Found) -> u8 {
    match found.verdict {
        super::Verdict::Poor => 2,
        super::Verdict::Asked => 1,
        super::Verdict::Good | super::Verdict::NotApplicable => 0,
    }
}

pub(super) fn judge(plan: &Plan, phrases: &[String]) -> Found {
    let changed: Vec<&Session> = sessions(plan).filter(|session| implemented(session).next().is_some()).collect();
    let mut found = changed.iter().map(|session| of_session(plan, session));
    let Some(first) = found.next() else { return Found::not_applicable("no turn has implemented anything") };
    let mut gravest = found.fold(first, |worst, next| if gravity(&next) > gravity(&worst) { next } else { worst });
    if gravity(&gravest) > 0
        && let Some((_, turn, said)) = claims::of_plan(plan, phrases).into_iter().next()
    {
        gravest.why += &format!("; in '{}', {}", turn.title, claims::in_words(turn, &said));
    }
    gravest
}

/// What shows that what a session implemented works.
fn of_session(plan: &Plan, session: &Session) -> Found {
    let last = implemented(session).next_back().unwrap_or(0);
    let since = session.turns.iter().skip(last);
    let later = after(plan, session).into_iter().flat_map(|other| &other.turns);
    let runs: Vec<(&Turn, &Evidence)> = since.chain(later).flat_map(about_tests).collect();
    let worked = || runs.iter().filter(|(turn, _)| is_worked(turn));
    if let Some((turn, slot)) = worked().find(|(_, slot)| slot.unexpected_exit().is_some()) {
        let why = format!("{}{}", place(turn, slot), slot.how_it_ended().replacen(", but it", "", 1));
        return Found::poor(why, format!("mend it, run it again, and record that in {}", place(turn, slot)));
    }
    if let Some((turn, slot)) = worked().rfind(|(_, slot)| passed(slot)) {
        let recorded = slot.recorded.as_ref().and_then(|recorded| recorded.command.as_deref());
        let command = recorded.map(|command| format!(": {}", shortened(command))).unwrap_or_default();
        return Found::good(format!("{} passed{command}", place(turn, slot)));
    }
    let changed = &session.turns[last].title;
    let begun = runs.iter().find(|(turn, slot)| is_worked(turn) && slot.is_wanting());
    if let Some((turn, slot)) = begun.or_else(|| runs.iter().rfind(|(_, slot)| slot.required)).or(runs.last()) {
        let earlier =
            session.turns.iter().take(last).flat_map(about_tests).find(|(turn, slot)| is_worked(turn) && passed(slot));
        let why = match earlier {
            Some((before, _)) => format!("'{}' ran tests, but only before '{changed}' changed the code", before.title),
            None => format!("{} shows no run of tests", place(turn, slot)),
        };
        let reopen = if turn.is_closed() { format!("reopen '{}', ", turn.title) } else { String::new() };
        return Found::poor(
            why,
            format!("{reopen}run the full suite, and record the command in {}", place(turn, slot)),
        );
    }
    let how = "add a turn that runs the full suite, and record the command there as evidence";
    let item = session.checklist.iter().find(|item| item.id == StandardItem::TestsPass.word());
    match item.and_then(|item| Some((item, item.ticked.as_ref()?))) {
        Some((item, tick)) => {
            let note = if tick.note.is_empty() { "without a note".into() } else { format!("noting: {}", tick.note) };
            Found::asked(format!("no turn after '{changed}' asks for tests; '{}' is ticked, {note}", item.text), how)
        }
        None => Found::poor(format!("no turn after '{changed}' shows a run of tests"), how),
    }
}

fn about_tests(turn: &Turn) -> impl Iterator<Item = (&Turn, &Evidence)> {
    turn.evidence.iter().filter(|slot| is_about_tests(turn, slot)).map(move |slot| (turn, slot))
}

/// A command that succeeded, as it had to.
fn passed(slot: &Evidence) -> bool {
    slot.recorded.as_ref().is_some_and(|recorded| recorded.exit_code == Some(0)) && slot.unexpected_exit().is_none()
}

/// The beginning of a command line.
fn shortened(command: &str) -> String {
    let line = command.lines().next().unwrap_or_default();
    if line.chars().count() <= 60 { line.into() } else { line.chars().take(57).collect::<String>() + "..." }
}
