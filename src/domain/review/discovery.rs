//! `discovery-missing`: existing code is changed before anybody has looked at it.

use crate::domain::command::Command;
use crate::domain::strategy::{Codebase, TurnKind};

use super::outline::{Outline, SessionOutline, TurnOutline};
use super::{Finding, Remedy, Rule, Thresholds};

/// How the title of a turn begins or goes on that looks at what is there, whatever its kind.
const LOOKS: &[&str] = &[
    "discover",
    "understand",
    "explor",
    "analys",
    "analyz",
    "investigat",
    "assess",
    "survey",
    "inventor",
    "locate",
    "read ",
    "look",
    "study",
    "map ",
    "profil",
    "reproduc",
];

/// Sessions that begin to implement with no discovery before it.
pub(super) fn missing(outline: &Outline<'_>, _: &Thresholds) -> Vec<Finding> {
    if outline.codebase != Codebase::Existing {
        return Vec::new();
    }
    outline.open().filter_map(|session| in_session(outline, session)).collect()
}

fn looks(step: &TurnOutline<'_>) -> bool {
    let title = step.title.to_lowercase();
    !step.is_skipped() && (step.kind == TurnKind::Research || LOOKS.iter().any(|word| title.contains(word)))
}

fn in_session(outline: &Outline<'_>, session: &SessionOutline<'_>) -> Option<Finding> {
    let at = session.turns.iter().position(TurnOutline::implements)?;
    let (first, before) = (&session.turns[at], &session.turns[..at]);
    let ahead = outline.ahead(session);
    let looked = before.iter().chain(ahead.iter().flat_map(|session| &session.turns)).any(looks);
    // What is under way is too late to be told; what was changed in a session before is said there.
    let begun = !first.is_pending() || ahead.iter().any(|session| session.turns.iter().any(TurnOutline::implements));
    if looked || begun {
        return None;
    }
    let mut shows = vec![format!("turn '{}' is the first to change something", first.title)];
    shows.push(match before.iter().find(|step| step.is_skipped()) {
        Some(skipped) => format!("turn '{}' was skipped", skipped.title),
        None => "no turn before it looks at what is there".into(),
    });
    Some(Finding {
        rule: Rule::DiscoveryMissing,
        session: session.id.into(),
        turns: vec![session.at(first)],
        what: format!("'{}' changes existing code that nobody has looked at", first.title),
        shows,
        remedy: Remedy {
            label: format!("insert a turn that looks at the code before '{}'", first.title),
            commands: vec![Command::AddDiscovery { session: session.id.into() }],
        },
    })
}
