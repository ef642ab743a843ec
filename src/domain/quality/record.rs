//! What the indicators read of a plan: sessions that count, turns that implement, slots about tests.

use crate::domain::plan::{Evidence, Plan, Session, SessionState, Turn, TurnState};
use crate::domain::strategy::TurnKind;

/// The sessions that have begun and were not given up.
pub(super) fn sessions(plan: &Plan) -> impl Iterator<Item = &Session> {
    let counts = |session: &&Session| !matches!(session.state, SessionState::Planned | SessionState::Abandoned);
    plan.sessions.iter().filter(counts)
}

/// Under way or done.
pub(super) fn is_worked(turn: &Turn) -> bool {
    matches!(turn.state, TurnState::Active | TurnState::Done)
}

/// The places of the turns that implement and were worked on.
pub(super) fn implemented(session: &Session) -> impl DoubleEndedIterator<Item = usize> + '_ {
    let implements = |turn: &Turn| turn.kind == TurnKind::Implement && is_worked(turn);
    session.turns.iter().enumerate().filter(move |(_, turn)| implements(turn)).map(|(at, _)| at)
}

/// The sessions that come after `session`, directly or not.
pub(super) fn after<'p>(plan: &'p Plan, session: &Session) -> Vec<&'p Session> {
    let mut found: Vec<&Session> = Vec::new();
    let mut next = plan.blocks(session);
    while let Some(other) = next.pop() {
        // A plan's file may let two sessions wait for each other.
        if other.id != session.id && !found.iter().any(|known| known.id == other.id) {
            found.push(other);
            next.extend(plan.blocks(other));
        }
    }
    found
}

/// Whether a slot is to show a run of tests: a command that validates, or one about tests.
pub(super) fn is_about_tests(turn: &Turn, slot: &Evidence) -> bool {
    let named = || says(slot, |word| word.starts_with("test") || matches!(word, "suite" | "suites" | "regression"));
    slot.kind.wants_run() && (turn.kind == TurnKind::Validate || named())
}

/// Whether the id or label of a slot has a word that `wanted` knows.
pub(super) fn says(slot: &Evidence, wanted: impl Fn(&str) -> bool) -> bool {
    has_word(&slot.id, &wanted) || has_word(&slot.label, &wanted)
}

/// Whether a text has a word that `wanted` knows; words are handed in in lower case.
pub(super) fn has_word(text: &str, wanted: impl Fn(&str) -> bool) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| !word.is_empty() && wanted(&word.to_lowercase()))
}

/// `'Full suite' of 'Validate'`.
pub(super) fn place(turn: &Turn, slot: &Evidence) -> String {
    format!("'{}' of '{}'", slot.label, turn.title)
}
