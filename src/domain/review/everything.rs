//! `everything-session`: one session bundles several major goals.

use crate::domain::budget::compact;
use crate::domain::command::Command;
use crate::domain::goals::{self, Goal};
use crate::domain::placeholder::{PlaceholderKind, Value};
use crate::domain::plan::{Plan, SessionState};

use super::outline::{Outline, SessionOutline};
use super::stated::Stated;
use super::{Finding, Remedy, Rule, Thresholds};

/// How much of a goal's words have to stand in what is queued for it to be that goal, in per cent.
const QUEUED: u32 = 80;

/// Sessions, or plans, that are to reach too much at once.
pub(super) fn bundled(outline: &Outline<'_>, thresholds: &Thresholds) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        outline.open().filter_map(|session| in_session(outline, session, thresholds)).collect();
    // A value that every session works from holds for those alone that have not been split.
    let shared = outline.open().find(|session| !session.split);
    if let (Some(plan), Some(_)) = (outline.plan, shared) {
        findings.extend(in_plan(plan, outline, thresholds));
    }
    findings
}

/// The goals of a text that are not queued yet.
pub(super) fn left(text: &str, plan: Option<&Plan>) -> Vec<Goal> {
    let mut found = goals::goals(text);
    if let Some(plan) = plan.filter(|plan| !plan.queue.is_empty()) {
        found.retain(|goal| !is_queued(plan, &goal.text));
    }
    found
}

pub(super) fn is_queued(plan: &Plan, goal: &str) -> bool {
    let said = |queued: &crate::domain::plan::Queued| format!("{} {}", queued.title, queued.goal);
    plan.queue.iter().any(|queued| goals::contained(goal, &said(queued)) >= QUEUED)
}

/// The text with the most goals.
fn most<'s>(stated: &'s [Stated], plan: Option<&Plan>) -> Option<(&'s Stated, Vec<Goal>)> {
    let found = stated.iter().map(|stated| (stated, left(&stated.text, plan)));
    // Of equals the first.
    found.rev().max_by_key(|(_, goals)| goals.len())
}

fn in_session(outline: &Outline<'_>, session: &SessionOutline<'_>, thresholds: &Thresholds) -> Option<Finding> {
    let large = sizes(session, thresholds);
    let (stated, goals) = most(&session.stated, outline.plan)?;
    let name = outline.name(session);
    let too_many = is_too_much(&goals, !large.is_empty(), thresholds);
    if !too_many && (session.split || large.len() < 3 || goals.len() > 1) {
        return None;
    }
    let mut shows = shown(&goals, stated);
    shows.extend(large);
    let (what, remedy) = if !too_many {
        let label = "name its goals, and give each a session of its own";
        (format!("{name} is too large to have one goal"), Remedy::advice(label))
    } else if session.state == SessionState::Planned {
        let split = Command::SplitSession {
            session: session.id.into(),
            goals: goals.iter().map(|goal| goal.text.clone()).collect(),
            placeholder: stated.placeholder.clone(),
        };
        let label = format!("split into {} sessions, one per goal", goals.len());
        (bundles(&name, goals.len()), Remedy { label, commands: vec![split] })
    } else {
        (bundles(&name, goals.len()), queue(outline.plan, stated, &goals))
    };
    Some(Finding { rule: Rule::EverythingSession, session: session.id.into(), turns: Vec::new(), what, shows, remedy })
}

fn in_plan(plan: &Plan, outline: &Outline<'_>, thresholds: &Thresholds) -> Option<Finding> {
    let (stated, goals) = most(&outline.stated, Some(plan))?;
    is_too_much(&goals, false, thresholds).then(|| Finding {
        rule: Rule::EverythingSession,
        session: String::new(),
        turns: Vec::new(),
        what: bundles("every session of the plan", goals.len()),
        shows: shown(&goals, stated),
        remedy: queue(Some(plan), stated, &goals),
    })
}

fn bundles(name: &str, goals: usize) -> String {
    format!("{name} bundles {goals} goals")
}

fn is_too_much(goals: &[Goal], large: bool, thresholds: &Thresholds) -> bool {
    let two = goals.len() == 2 && (large || goals.iter().all(|goal| goal.many));
    two || (goals.len() > 1 && goals.len() >= thresholds.goals as usize)
}

fn shown(goals: &[Goal], stated: &Stated) -> Vec<String> {
    let label = if stated.label.is_empty() { "its goal" } else { &stated.label };
    let line = |(at, goal): (usize, &Goal)| format!("{label}, goal {}: {}", at + 1, goals::title(&goal.text));
    if goals.len() < 2 { Vec::new() } else { goals.iter().enumerate().map(line).collect() }
}

/// What makes a session large: its budget, its turns, those of them that implement.
fn sizes(session: &SessionOutline<'_>, thresholds: &Thresholds) -> Vec<String> {
    let mut found = Vec::new();
    let hours = u64::from(thresholds.hours);
    if let Some(budget) = session.whole_budget().filter(|budget| budget.high() > hours * 3600) {
        found.push(format!("its budget ends at {}, above {hours}h", compact(budget.high())));
    }
    let turns = session.turns.iter().filter(|step| !step.is_skipped()).count();
    if turns > thresholds.turns as usize {
        found.push(format!("it has {turns} turns, more than {}", thresholds.turns));
    }
    let implementing = session.turns.iter().filter(|step| step.implements()).count();
    if implementing > thresholds.implement_turns as usize {
        found.push(format!("{implementing} of its turns implement, more than {}", thresholds.implement_turns));
    }
    found
}

/// What has begun goes on with its first goal; the others become plans of their own.
fn queue(plan: Option<&Plan>, stated: &Stated, goals: &[Goal]) -> Remedy {
    let Some((first, others)) = goals.split_first() else { return Remedy::advice("name one goal") };
    let mut commands: Vec<Command> = others
        .iter()
        .map(|goal| Command::Queue {
            title: goals::title(&goal.text),
            goal: goal.text.clone(),
            placeholder: stated.placeholder.clone(),
        })
        .collect();
    let kind = plan.and_then(|plan| plan.strategy.placeholder(&stated.placeholder)).map(|one| one.kind);
    if let Some(kind) = kind {
        let list = kind == PlaceholderKind::List;
        let value = if list { Value::List(vec![first.text.clone()]) } else { Value::Text(first.text.clone()) };
        commands.push(Command::SetValue { name: stated.placeholder.clone(), value: Some(value) });
    }
    let count = others.len();
    let them = if count == 1 { "the other goal as a plan of its own" } else { "the others as plans of their own" };
    Remedy { label: format!("go on with '{}' and queue {them}", goals::title(&first.text)), commands }
}
