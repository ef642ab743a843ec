//! `parallel-overlap`: sessions that run at the same time work on the same area.

use std::collections::BTreeSet;

use crate::domain::command::Command;
use crate::domain::goals;
use crate::domain::plan::SessionState;

use super::outline::{Outline, SessionOutline};
use super::{Finding, Remedy, Rule, Thresholds};

/// Folders that sources lie in: a path that begins so is one, with or without an ending.
const SOURCES: &[&str] =
    &["src/", "lib/", "app/", "apps/", "api/", "packages/", "services/", "crates/", "modules/", "components/", "./"];

/// Pairs of sessions, neither of which waits for the other, that share paths or a goal.
pub(super) fn parallel(outline: &Outline<'_>, thresholds: &Thresholds) -> Vec<Finding> {
    let open: Vec<&SessionOutline<'_>> = outline.open().collect();
    let mut findings = Vec::new();
    for (at, later) in open.iter().enumerate() {
        for earlier in &open[..at] {
            let ordered = |one: &SessionOutline<'_>, other: &SessionOutline<'_>| {
                outline.ahead(one).iter().any(|known| known.id == other.id)
            };
            if ordered(later, earlier) || ordered(earlier, later) || later.id == earlier.id {
                continue;
            }
            let shows = shared(earlier, later, thresholds);
            if !shows.is_empty() {
                findings.push(finding(earlier, later, shows));
            }
        }
    }
    findings
}

fn finding(earlier: &SessionOutline<'_>, later: &SessionOutline<'_>, shows: Vec<String>) -> Finding {
    let (waits, other) = if later.state == SessionState::Planned { (later, earlier) } else { (earlier, later) };
    let remedy = if waits.state == SessionState::Planned {
        Remedy {
            label: format!("let '{}' wait for '{}'", waits.title, other.title),
            commands: vec![Command::WaitFor { session: waits.id.into(), other: other.id.into() }],
        }
    } else {
        Remedy::advice(format!("finish one of '{}' and '{}' before you go on with the other", waits.title, other.title))
    };
    Finding {
        rule: Rule::ParallelOverlap,
        session: waits.id.into(),
        turns: Vec::new(),
        what: format!("'{}' and '{}' may run at the same time and work on the same area", earlier.title, later.title),
        shows,
        remedy,
    }
}

/// What two sessions share, a line each.
fn shared(one: &SessionOutline<'_>, other: &SessionOutline<'_>, thresholds: &Thresholds) -> Vec<String> {
    let mut shows = Vec::new();
    let goals = (goal(one), goal(other));
    if goals::likeness(goals.0, goals.1) >= thresholds.overlap_percent.max(1) {
        shows.push(format!("nearly the same goal: {} / {}", goals::title(goals.0), goals::title(goals.1)));
    }
    let (here, there) = (paths(one), paths(other));
    shows.extend(here.intersection(&there).map(|path| format!("both name {path}")));
    shows
}

fn goal<'a>(session: &SessionOutline<'a>) -> &'a str {
    if session.goal.trim().is_empty() { session.title } else { session.goal }
}

/// The paths of sources that a session's goal and prompts name.
fn paths(session: &SessionOutline<'_>) -> BTreeSet<String> {
    let prompts = session.turns.iter().filter(|step| !step.is_skipped()).flat_map(|step| [step.title, step.prompt]);
    let texts = prompts.chain([session.goal, session.title]);
    texts.flat_map(words).filter(|word| is_source(word)).map(|word| word.trim_end_matches('/').to_owned()).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let of_path = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    text.split(move |c: char| !of_path(c)).map(|word| word.trim_end_matches('.'))
}

/// Whether a word is the path of a source file or of a folder of them; not "read/write", not an
/// address, not a document that every session adds to.
fn is_source(word: &str) -> bool {
    let Some((folder, name)) = word.trim_end_matches('/').rsplit_once('/') else { return false };
    let ending = name.rsplit_once('.').map_or("", |(stem, ending)| if stem.is_empty() { "" } else { ending });
    let code = (1..=5).contains(&ending.len()) && ending.starts_with(|c: char| c.is_ascii_alphabetic());
    let document = matches!(ending, "md" | "txt" | "rst" | "adoc" | "log" | "lock" | "json" | "csv" | "html");
    let plain = !word.starts_with('/') && !folder.is_empty() && !word.contains("//");
    plain && !document && (code || SOURCES.iter().any(|source| word.starts_with(source)))
}
