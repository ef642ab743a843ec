//! Time planned and worked, and how far the plan went from its strategy.

use crate::domain::budget::{Budget, compact};
use crate::domain::plan::{Session, Turn};
use crate::domain::review;
use crate::domain::words::count;
use crate::export::facts::{self, At};
use crate::export::markup::inline;

use super::page::Page;

/// Time worked against its budget; nothing worked where nothing has begun.
pub(super) fn time(worked: Option<u64>, budget: Option<&Budget>) -> Option<String> {
    match (worked, budget) {
        (Some(worked), Some(budget)) => {
            let percent = worked.saturating_mul(100) / budget.high().max(1);
            Some(format!("{} worked of {} planned ({percent} %)", compact(worked), budget.short()))
        }
        (Some(worked), None) => Some(format!("{} worked", compact(worked))),
        (None, Some(budget)) => Some(format!("{} planned", budget.short())),
        (None, None) => None,
    }
}

/// What was added, left out and changed on the way.
pub(super) fn drift(page: &mut Page<'_>) {
    let plan = page.plan;
    let drift = facts::departures(plan, page.now());
    if drift.is_none() {
        return;
    }
    let named = |(session, turn): &At<'_>| {
        let of = if plan.is_multi_session() { format!("{}, ", inline(&session.title)) } else { String::new() };
        format!("{of}{}", inline(&turn.title))
    };
    page.heading(2, "Against the plan");
    if !drift.added.is_empty() {
        let turns: Vec<String> = drift.added.iter().map(named).collect();
        let since = review::drift(plan);
        let planned = match (drift.added_planned, since.planned_seconds) {
            (0, _) => "no time planned".to_owned(),
            (added, 0) => format!("{} planned", compact(added)),
            (added, before) => format!("{} planned on top of {}", compact(added), compact(before)),
        };
        page.line(&format!("- Added: {}", turns.join("; ")));
        page.line(&format!(
            "- Drift: {} added to {}, {planned}, {} worked",
            count(drift.added.len(), "turn"),
            since.planned_turns,
            compact(drift.added_worked)
        ));
    }
    for goal in &drift.added_goals {
        page.line(&format!("- Goal added: {}", inline(goal)));
    }
    for at in &drift.skipped {
        let reason = at.1.reason.as_ref().map(|reason| format!(": {}", inline(reason))).unwrap_or_default();
        page.line(&format!("- Skipped: {}{reason}", named(at)));
    }
    if !drift.rewritten.is_empty() {
        let turns: Vec<String> = drift.rewritten.iter().map(named).collect();
        page.line(&format!("- Prompt rewritten: {}", turns.join("; ")));
    }
    for change in &drift.budgets {
        let [before, after] = [&change.before, &change.after].map(|budget| budget.as_deref().unwrap_or("none"));
        page.line(&format!("- Budget changed: {} from {before} to {after}", named(&change.at)));
    }
    for item in &drift.items {
        let of = if plan.is_multi_session() { format!("{}, ", inline(&item.session.title)) } else { String::new() };
        page.line(&format!("- Checklist item added: {of}{}", inline(item.text)));
    }
}

/// Planned and worked, turn by turn.
pub(super) fn table(page: &mut Page<'_>) {
    let plan = page.plan;
    let now = page.now();
    page.heading(2, "Time");
    page.table_head(&["Turn", "Planned:", "Worked:", "Used:"]);
    for session in &plan.sessions {
        for (turn, number) in session.turns.iter().zip(session.turn_numbers()) {
            let title = format!("{number} {}", inline(&turn.title));
            let begun = turn.started.map(|_| turn.total_worked(now));
            page.row(&[title, planned(turn), worked(begun), used(turn.budget_used(now).filter(|_| begun.is_some()))]);
        }
        if plan.is_multi_session() {
            total(page, session);
        }
    }
    let began = plan.sessions.iter().any(|session| session.started.is_some());
    sum(page, "All", plan.budget().as_ref(), began.then(|| plan.worked(now)));
}

fn total(page: &mut Page<'_>, session: &Session) {
    let worked = session.started.map(|_| session.worked(page.now()));
    sum(page, &inline(&session.title), session.whole_budget().as_ref(), worked);
}

/// A row that adds up the ones above.
fn sum(page: &mut Page<'_>, title: &str, budget: Option<&Budget>, seconds: Option<u64>) {
    let planned = budget.map_or_else(|| "-".to_owned(), Budget::short);
    let share = budget.zip(seconds).map(|(budget, seconds)| seconds.saturating_mul(100) / budget.high().max(1));
    page.row(&[format!("**{title}**"), planned, worked(seconds), used(share)]);
}

/// The turn's budget, once for each iteration.
fn planned(turn: &Turn) -> String {
    match (&turn.budget, turn.iteration) {
        (None, _) => "-".into(),
        (Some(budget), 0 | 1) => budget.short(),
        (Some(budget), times) => format!("{times} x {}", budget.short()),
    }
}

fn worked(seconds: Option<u64>) -> String {
    seconds.map_or_else(|| "-".into(), compact)
}

fn used(percent: Option<u64>) -> String {
    percent.map_or_else(|| "-".into(), |percent| format!("{percent} %"))
}
