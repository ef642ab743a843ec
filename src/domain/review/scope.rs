//! `scope-creep`: goals or turns were added after the start.

use crate::domain::command::Command;
use crate::domain::goals;
use crate::domain::plan::Plan;
use crate::domain::strategy::TurnKind;
use crate::domain::words;

use super::drift::{added_goals, drift};
use super::outline::{Outline, SessionOutline, TurnOutline};
use super::{Finding, Remedy, Rule, Thresholds, stated};

/// How a turn that mends what is there begins; it adds nothing.
const MENDS: &[&str] = &[
    "fix", "repair", "address", "rework", "correct", "mend", "finish", "complete", "polish", "retry", "redo", "revise",
    "adjust", "clean", "resolve", "review", "rebase", "merge", "respond", "answer", "follow",
];

/// What was added beyond what the plan set out to do.
pub(super) fn crept(outline: &Outline<'_>, thresholds: &Thresholds) -> Vec<Finding> {
    let Some(plan) = outline.plan else { return Vec::new() };
    let placeholder = stated::goal_placeholder(plan);
    let by_turns = outline.open().filter_map(|session| turns(plan, outline, session, &placeholder, thresholds));
    by_turns.chain(values(plan, outline, thresholds)).collect()
}

/// Whether an added turn is new work: validation and discovery are not, nor is what mends.
fn is_more(step: &TurnOutline<'_>) -> bool {
    let says = |text: &str| !goals::goals(text).is_empty();
    match step.kind {
        TurnKind::Validate | TurnKind::Research => false,
        _ if mends(step.title) => false,
        TurnKind::Implement => true,
        TurnKind::Design | TurnKind::Deliver | TurnKind::Other => {
            announces(step.title) || says(step.title) || says(step.prompt)
        }
    }
}

fn first_word(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default().to_lowercase()
}

fn mends(title: &str) -> bool {
    MENDS.contains(&first_word(title).as_str())
}

fn announces(title: &str) -> bool {
    matches!(first_word(title).as_str(), "also" | "plus" | "and")
}

fn turns(
    plan: &Plan,
    outline: &Outline<'_>,
    session: &SessionOutline<'_>,
    placeholder: &str,
    thresholds: &Thresholds,
) -> Option<Finding> {
    let counted = |step: &&TurnOutline<'_>| {
        step.added && !step.is_skipped() && !matches!(step.kind, TurnKind::Validate | TurnKind::Research)
    };
    let added: Vec<&TurnOutline<'_>> = session.turns.iter().filter(counted).collect();
    let more: Vec<&TurnOutline<'_>> = added.iter().copied().filter(|step| is_more(step)).collect();
    let crept = if more.len() >= thresholds.added_goals.max(1) as usize {
        more
    } else if added.len() >= thresholds.added_turns.max(1) as usize {
        added
    } else {
        return None;
    };
    let waiting: Vec<&&TurnOutline<'_>> = crept.iter().filter(|step| step.is_pending()).collect();
    let queue =
        |step: &&&TurnOutline<'_>| Command::QueueTurn { turn: session.at(step), placeholder: placeholder.into() };
    let mut shows: Vec<String> = crept
        .iter()
        .map(|step| match step.is_pending() {
            true => format!("turn '{}' was added", step.title),
            false => format!("turn '{}' was added and is {}", step.title, step.state),
        })
        .collect();
    let drift = drift(plan);
    shows.push(format!("{} turns were planned, {} came on top", drift.planned_turns, drift.added_turns));
    let count = crept.len();
    Some(Finding {
        rule: Rule::ScopeCreep,
        session: session.id.into(),
        turns: crept.iter().map(|step| session.at(step)).collect(),
        what: format!("{} grew by {}", outline.name(session), words::count(count, "turn")),
        shows,
        remedy: match waiting.as_slice() {
            [] => Remedy::advice("finish what has begun, and queue whatever comes next: `setlist queue add`"),
            [one] => {
                let label = format!("queue '{}' as a plan of its own", one.title);
                Remedy { label, commands: vec![queue(one)] }
            }
            several => Remedy {
                label: format!("queue {} turns as plans of their own", several.len()),
                commands: several.iter().map(queue).collect(),
            },
        },
    })
}

/// Goals that were written into a value after the start.
fn values(plan: &Plan, outline: &Outline<'_>, thresholds: &Thresholds) -> Option<Finding> {
    outline.open().next()?;
    let added = added_goals(plan);
    if added.is_empty() || added.len() < thresholds.added_goals as usize {
        return None;
    }
    let count = added.len();
    let queue = |goal: &super::drift::AddedGoal| Command::Queue {
        title: goals::title(&goal.text),
        goal: goal.text.clone(),
        placeholder: goal.placeholder.clone(),
    };
    let mut commands: Vec<Command> = added.iter().map(queue).collect();
    commands.extend(super::drift::without(plan, &added));
    Some(Finding {
        rule: Rule::ScopeCreep,
        session: String::new(),
        turns: Vec::new(),
        what: format!("the goal grew by {} after the start", words::count(count, "goal")),
        shows: added.iter().map(|goal| format!("added to {}: {}", goal.label, goals::title(&goal.text))).collect(),
        remedy: Remedy {
            label: match added.as_slice() {
                [one] => format!("queue '{}' as a plan of its own", goals::title(&one.text)),
                several => format!("queue {} goals as plans of their own", several.len()),
            },
            commands,
        },
    })
}
