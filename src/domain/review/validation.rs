//! `validation-light`: nothing shows that what was implemented holds.

use crate::domain::command::{Command, TurnRef};
use crate::domain::plan::{SessionState, TurnState};
use crate::domain::strategy::TurnKind;

use super::outline::{Outline, SessionOutline, TurnOutline};
use super::{Finding, Remedy, Rule, Thresholds};

/// What a validation speaks of. One that has nothing to show and speaks of none of it is an opinion.
const PROOF: &[&str] = &[
    "test",
    "suite",
    "benchmark",
    "verif",
    "validat",
    "measur",
    "check",
    "reproduc",
    "edge case",
    "compar",
    "coverage",
    "profil",
    "load",
    "run ",
];

/// Implementation that reaches its delivery without validation, and turns closed without evidence.
pub(super) fn light(outline: &Outline<'_>, _: &Thresholds) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for session in outline.sessions.iter().filter(|session| session.state != SessionState::Abandoned) {
        findings.extend(unvalidated(outline, session));
    }
    findings.extend(outline.open().filter_map(|session| unverified(outline, session)));
    findings
}

/// The way from an implementation to its delivery.
#[derive(Default)]
struct Way<'o, 'a> {
    /// Sessions on the way, the implementation's own first.
    sessions: Vec<&'o SessionOutline<'a>>,
    /// Validation on it that was left out.
    skipped: Vec<(&'o SessionOutline<'a>, &'o TurnOutline<'a>)>,
    /// What is delivered without it; nothing for the end of the plan.
    delivery: Option<(&'o SessionOutline<'a>, &'o TurnOutline<'a>)>,
}

impl<'o, 'a> Way<'o, 'a> {
    /// Whether some way on from turn `from` of `session` has no validation before a delivery that
    /// is still to come, or before the end.
    fn is_bare(&mut self, outline: &'o Outline<'a>, session: &'o SessionOutline<'a>, from: usize) -> bool {
        if from == 0 && self.sessions.iter().any(|known| known.id == session.id) {
            return false;
        }
        self.sessions.push(session);
        for step in session.turns.iter().skip(from) {
            match step.kind {
                TurnKind::Validate if !proves(step) => {}
                TurnKind::Validate if step.is_skipped() => self.skipped.push((session, step)),
                TurnKind::Validate => return false,
                TurnKind::Deliver if matches!(step.state, TurnState::Pending | TurnState::Active) => {
                    self.delivery = Some((session, step));
                    return true;
                }
                // Once delivered, later validation is better than none.
                TurnKind::Deliver | TurnKind::Research | TurnKind::Design | TurnKind::Implement | TurnKind::Other => {}
            }
        }
        let followers = outline.followers(session);
        let mut going = followers.into_iter().filter(|next| next.state != SessionState::Abandoned).peekable();
        going.peek().is_none() || going.any(|next| self.is_bare(outline, next, 0))
    }
}

fn proves(step: &TurnOutline<'_>) -> bool {
    let says = |text: &str| {
        let text = text.to_lowercase();
        PROOF.iter().any(|proof| text.contains(proof))
    };
    step.shows || says(step.title) || says(step.prompt)
}

fn unvalidated(outline: &Outline<'_>, session: &SessionOutline<'_>) -> Option<Finding> {
    let delivers = |session: &SessionOutline<'_>| session.turns.iter().any(|step| step.kind == TurnKind::Deliver);
    for (at, step) in session.turns.iter().enumerate().filter(|(_, step)| step.implements()) {
        let mut way = Way::default();
        if !way.is_bare(outline, session, at + 1) {
            continue;
        }
        // Where nothing is handed over, what the turn itself has to run and show is enough.
        if step.runs && !way.sessions.iter().any(|session| delivers(session)) && way.skipped.is_empty() {
            continue;
        }
        let Some(open) = way.sessions.iter().find(|session| !session.is_over()) else { continue };
        let (what, shows) = told(outline, session, step, &way);
        let reopened = way.skipped.iter().find(|(session, _)| !session.is_over());
        let remedy = match reopened {
            Some((session, skipped)) => Remedy {
                label: format!("reopen '{}' and do it", skipped.title),
                commands: vec![Command::ReopenTurn {
                    turn: session.at(skipped),
                    reason: "validation was skipped".into(),
                }],
            },
            None => Remedy {
                label: "insert a validation turn: full tests, benchmarks, edge cases".into(),
                commands: vec![Command::AddValidation { session: open.id.into() }],
            },
        };
        let mut turns: Vec<TurnRef> = vec![session.at(step)];
        turns.extend(way.skipped.iter().map(|(session, step)| session.at(step)));
        turns.extend(way.delivery.iter().map(|(session, step)| session.at(step)));
        return Some(Finding { rule: Rule::ValidationLight, session: session.id.into(), turns, what, shows, remedy });
    }
    None
}

fn told(
    outline: &Outline<'_>,
    session: &SessionOutline<'_>,
    step: &TurnOutline<'_>,
    way: &Way<'_, '_>,
) -> (String, Vec<String>) {
    let mut shows = vec![format!("turn '{}' implements", step.title)];
    let place = |other: &SessionOutline<'_>| {
        if other.id == session.id { String::new() } else { format!(" in {}", outline.name(other)) }
    };
    for (session, skipped) in &way.skipped {
        shows.push(format!("turn '{}'{} was skipped", skipped.title, place(session)));
    }
    let end = match way.delivery {
        Some((session, delivery)) => {
            shows.push(format!("turn '{}'{} delivers it", delivery.title, place(session)));
            format!("'{}' delivers it", delivery.title)
        }
        None => {
            shows.push("no later turn validates it".into());
            "the plan ends".into()
        }
    };
    (format!("what '{}' makes is not validated before {end}", step.title), shows)
}

fn unverified(outline: &Outline<'_>, session: &SessionOutline<'_>) -> Option<Finding> {
    let turns: Vec<&TurnOutline<'_>> = session.turns.iter().filter(|step| !step.lacks.is_empty()).collect();
    let first = turns.first()?;
    let count = turns.len();
    Some(Finding {
        rule: Rule::ValidationLight,
        session: session.id.into(),
        turns: turns.iter().map(|step| session.at(step)).collect(),
        what: match count {
            1 => format!("turn '{}' was closed unverified", first.title),
            count => format!("{count} turns of {} were closed unverified", outline.name(session)),
        },
        shows: turns.iter().map(|step| format!("'{}' lacks: {}", step.title, step.lacks.join("; "))).collect(),
        remedy: Remedy::advice(if count == 1 {
            "record what it lacks, or reopen it"
        } else {
            "record what they lack, or reopen them"
        }),
    })
}
