//! `irreversible-step`: something that cannot be taken back has no gate before it.

use crate::domain::command::Command;
use crate::domain::strategy::TurnKind;

use super::outline::{Outline, SessionOutline, TurnOutline};
use super::{Finding, Remedy, Rule, Thresholds};

/// Orders that cannot be taken back, as a title or a sentence begins with them.
const ORDERS: &[&str] = &[
    "cutover",
    "cut over",
    "delete",
    "drop",
    "deploy",
    "release",
    "publish",
    "force-push",
    "force push",
    "purge",
    "erase",
    "wipe",
    "truncate",
    "decommission",
    "destroy",
    "go live",
    "switch over",
    "shut down",
    "roll out",
    "git push --force",
    "git push -f",
];

/// What an order in a prompt has to aim at: much that is dropped or released can be made again.
const TARGETS: &[&str] = &[
    "production",
    "prod",
    "live",
    "database",
    "databases",
    "table",
    "tables",
    "schema",
    "column",
    "columns",
    "bucket",
    "cluster",
    "customers",
    "users",
    "accounts",
    "records",
    "backup",
    "backups",
    "registry",
    "volume",
    "namespace",
    "main",
    "master",
    "system",
    "server",
    "servers",
    "rows",
    "data",
];

/// What can be made again, or is only written about.
const HARMLESS: &[&str] = &[
    "plan",
    "plans",
    "planning",
    "notes",
    "note",
    "script",
    "scripts",
    "docs",
    "documentation",
    "guide",
    "runbook",
    "pipeline",
    "checklist",
    "procedure",
    "process",
    "test",
    "tests",
    "staging",
    "preview",
    "sandbox",
    "local",
    "temporary",
    "throwaway",
    "scratch",
    "copy",
    "rehearsal",
    "button",
    "endpoint",
    "command",
    "candidate",
    "branch",
    "instrumentation",
    "down",
    "event",
    "events",
    "dry",
];

/// Orders that stand for themselves, without anything they aim at.
const ALONE: &[&str] = &["cutover", "cut over", "force-push", "force push", "go live", "switch over", "git push"];

/// Steps that cannot be taken back and that nobody has to approve first.
pub(super) fn ungated(outline: &Outline<'_>, _: &Thresholds) -> Vec<Finding> {
    let mut findings = Vec::new();
    for session in outline.open() {
        for (at, step) in session.turns.iter().enumerate().filter(|(_, step)| step.is_pending()) {
            if let Some(order) = order(step).filter(|_| !is_guarded(outline, session, at)) {
                findings.push(finding(outline, session, at, &order));
            }
        }
    }
    findings
}

/// Whether a gate stands between the last implementation or validation and turn `at`.
fn is_guarded(outline: &Outline<'_>, session: &SessionOutline<'_>, at: usize) -> bool {
    match guard(session.turns[..at].iter()) {
        Some(guarded) => guarded,
        // Nothing was made in this session: what those before it made counts.
        None => nearest(outline, session).iter().any(|other| guard(other.turns.iter()).unwrap_or(false)),
    }
}

/// The sessions that `session` waits for; those before them where such a one only looks.
fn nearest<'o, 'a>(outline: &'o Outline<'a>, session: &SessionOutline<'_>) -> Vec<&'o SessionOutline<'a>> {
    outline.ahead(session).into_iter().filter(|other| guard(other.turns.iter()).is_some()).collect()
}

/// Looking back: a gate, or work that none follows; nothing where there is neither.
fn guard<'s>(steps: impl DoubleEndedIterator<Item = &'s TurnOutline<'s>>) -> Option<bool> {
    for step in steps.rev() {
        if step.gate {
            return Some(true);
        }
        if !step.is_skipped() && matches!(step.kind, TurnKind::Implement | TurnKind::Validate) {
            return Some(false);
        }
    }
    None
}

/// The words that order something irreversible; nothing where a turn does not.
fn order(step: &TurnOutline<'_>) -> Option<String> {
    let acts = !matches!(step.kind, TurnKind::Research | TurnKind::Design);
    if !acts {
        return None;
    }
    let bold = matches!(step.kind, TurnKind::Deliver | TurnKind::Other);
    if is_order(step.title, bold) {
        return Some(format!("the turn is called '{}'", step.title));
    }
    let found = sentences(step.prompt).find(|sentence| is_order(sentence, false))?;
    Some(format!("its prompt says: {}", crate::domain::goals::title(found)))
}

/// The sentences and list items of a prompt.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .flat_map(|line| line.split(". ").flat_map(|part| part.split("; ")))
        .map(|part| part.trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || "-*.)•".contains(c)))
}

/// Whether a sentence is such an order; a `bold` one need not say what it aims at.
fn is_order(sentence: &str, bold: bool) -> bool {
    let lower = sentence.to_lowercase();
    let Some(order) = ORDERS.iter().find(|order| begins(&lower, order)) else { return false };
    let rest = &lower[order.len()..];
    let clause = rest.split([',', ':', '(']).next().unwrap_or_default();
    let words = || clause.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let aims = words().take(8).any(|word| TARGETS.contains(&word));
    let alone = ALONE.iter().any(|one| order.starts_with(one));
    !words().take(8).any(|word| HARMLESS.contains(&word)) && (bold || alone || aims)
}

fn begins(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_'))
}

fn finding(outline: &Outline<'_>, session: &SessionOutline<'_>, at: usize, order: &str) -> Finding {
    let step = &session.turns[at];
    let before = match session.turns[..at].iter().rfind(|step| !step.is_skipped()) {
        Some(before) => Some((session, before)),
        None => {
            let open = outline.sessions.iter().filter(|other| session.after.iter().any(|after| after == other.id));
            open.filter(|other| !other.is_over()).find_map(|other| Some((other, other.turns.last()?)))
        }
    };
    let remedy = match before {
        Some((session, before)) => Remedy {
            label: format!("put a gate after '{}'", before.title),
            commands: vec![Command::AddGate {
                turn: session.at(before),
                text: format!("'{}' cannot be taken back: what came before is checked and accepted", step.title),
            }],
        },
        None => Remedy::advice(format!("add a turn before '{}' that prepares it, with a gate", step.title)),
    };
    Finding {
        rule: Rule::IrreversibleStep,
        session: session.id.into(),
        turns: vec![session.at(step)],
        what: format!("'{}' cannot be taken back, and nobody has to approve it first", step.title),
        shows: vec![order.into(), "no gate stands between the last work and it".into()],
        remedy,
    }
}
