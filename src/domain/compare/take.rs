//! Taking one item of another version into a plan.

use crate::domain::plan::{Plan, Session, Turn};
use crate::domain::refusal::Refusal;

use super::item::{Item, Part};

impl Item {
    /// Puts the item as `theirs` has it into `mine`; takes it out, where `theirs` has none.
    ///
    /// # Errors
    /// Where a value does not fit its placeholder.
    pub(super) fn take(&self, mine: &mut Plan, theirs: &Plan) -> Result<(), Refusal> {
        match self {
            Self::Name => mine.name.clone_from(&theirs.name),
            Self::Archived => mine.archived = theirs.archived,
            Self::Origin => {
                mine.first_goal.clone_from(&theirs.first_goal);
                mine.follows.clone_from(&theirs.follows);
            }
            Self::Strategy => mine.strategy.clone_from(&theirs.strategy),
            Self::Value(name) => return value(mine, theirs, name),
            Self::Session(id) => {
                put(&mut mine.sessions, &theirs.sessions, |session| session.id == *id, |one, other| one.id == other.id)
            }
            Self::Setup(id) => over(&mut mine.sessions, &theirs.sessions, |session| session.id == *id, setup),
            Self::Course(id) => over(&mut mine.sessions, &theirs.sessions, |session| session.id == *id, course),
            Self::Turn(at) => {
                let Some((mine, theirs)) = sessions(mine, theirs, &at.session) else { return Ok(()) };
                put(&mut mine.turns, &theirs.turns, |turn| turn.id == at.turn, |one, other| one.id == other.id);
            }
            Self::Part(at, of) => {
                let Some((mine, theirs)) = sessions(mine, theirs, &at.session) else { return Ok(()) };
                if *of == Part::Work {
                    mine.started = mine.started.into_iter().chain(theirs.started).min();
                }
                over(&mut mine.turns, &theirs.turns, |turn| turn.id == at.turn, |one, other| part(one, other, of));
            }
            Self::Check(session, check) => {
                let Some((mine, theirs)) = sessions(mine, theirs, session) else { return Ok(()) };
                put(&mut mine.checklist, &theirs.checklist, |one| one.id == *check, |one, other| one.id == other.id);
            }
            Self::Note(note) => by_time(&mut mine.notes, &theirs.notes, note, |note| note.at),
            Self::Reading(reading) => by_time(&mut mine.readings, &theirs.readings, reading, |reading| reading.at),
            Self::Queued(id) => {
                put(&mut mine.queue, &theirs.queue, |queued| queued.id == *id, |one, other| one.id == other.id);
            }
            Self::Outcome => {
                mine.reflection.outcome = theirs.reflection.outcome;
                mine.reflection.helped.clone_from(&theirs.reflection.helped);
                mine.reflection.change.clone_from(&theirs.reflection.change);
            }
            Self::Indicator(id) => {
                let (mine, theirs) = (&mut mine.reflection.answers, &theirs.reflection.answers);
                put(mine, theirs, |answer| answer.indicator == *id, |one, other| one.indicator == other.indicator);
            }
        }
        Ok(())
    }
}

/// As if the value were given: it has to fit, and what was made of the old one follows.
fn value(mine: &mut Plan, theirs: &Plan, name: &str) -> Result<(), Refusal> {
    let given = theirs.values.get(name).cloned();
    if mine.strategy.placeholder(name).is_some() {
        mine.set_value(name, given)?;
    } else {
        // Of no placeholder: somebody wrote it into the file.
        match given {
            Some(given) => mine.values.insert(name.into(), given),
            None => mine.values.remove(name),
        };
    }
    Ok(())
}

fn sessions<'p>(mine: &'p mut Plan, theirs: &'p Plan, id: &str) -> Option<(&'p mut Session, &'p Session)> {
    Some((mine.sessions.iter_mut().find(|session| session.id == id)?, theirs.session(id)?))
}

/// A session with what `theirs` is called and is to do.
pub(super) fn setup(mine: &Session, theirs: &Session) -> Session {
    Session {
        title: theirs.title.clone(),
        goal: theirs.goal.clone(),
        after: theirs.after.clone(),
        budget: theirs.budget.clone(),
        split_from: theirs.split_from.clone(),
        values: theirs.values.clone(),
        ..mine.clone()
    }
}

fn course(mine: &Session, theirs: &Session) -> Session {
    Session {
        state: theirs.state,
        started: mine.started.into_iter().chain(theirs.started).min(),
        ended: theirs.ended,
        reason: theirs.reason.clone(),
        ..mine.clone()
    }
}

/// A turn with one part of `theirs`.
pub(super) fn part(mine: &Turn, theirs: &Turn, part: &Part) -> Turn {
    match part {
        Part::Setup => Turn {
            title: theirs.title.clone(),
            kind: theirs.kind,
            span: theirs.span,
            repeat: theirs.repeat.clone(),
            budget: theirs.budget.clone(),
            added: theirs.added,
            ..mine.clone()
        },
        // Written the other way round, so that whatever a turn may have besides belongs to its work.
        Part::Work => Turn {
            id: mine.id.clone(),
            title: mine.title.clone(),
            kind: mine.kind,
            span: mine.span,
            repeat: mine.repeat.clone(),
            budget: mine.budget.clone(),
            added: mine.added,
            prompt: mine.prompt.clone(),
            result: mine.result.clone(),
            evidence: mine.evidence.clone(),
            gate: mine.gate.clone(),
            ..theirs.clone()
        },
        Part::Prompt => Turn { prompt: theirs.prompt.clone(), ..mine.clone() },
        Part::Result => Turn { result: theirs.result.clone(), ..mine.clone() },
        Part::Evidence(slot) => {
            let mut turn = mine.clone();
            put(&mut turn.evidence, &theirs.evidence, |one| one.id == *slot, |one, other| one.id == other.id);
            turn
        }
        Part::Gate => Turn { gate: theirs.gate.clone(), ..mine.clone() },
    }
}

/// Makes one thing of a list anew from the same thing of another list.
fn over<T>(mine: &mut [T], theirs: &[T], is: impl Fn(&T) -> bool, made: impl Fn(&T, &T) -> T) {
    if let (Some(one), Some(other)) = (mine.iter_mut().find(|one| is(one)), theirs.iter().find(|other| is(other))) {
        *one = made(one, other);
    }
}

/// Puts one thing of another list into `mine`: in the place of its own, else behind what it stands behind there. What
/// the other list does not have is taken out.
fn put<T: Clone>(mine: &mut Vec<T>, theirs: &[T], is: impl Fn(&T) -> bool, same: impl Fn(&T, &T) -> bool) {
    let at = mine.iter().position(&is);
    match (at, theirs.iter().position(&is)) {
        (Some(at), Some(there)) => mine[at] = theirs[there].clone(),
        (Some(at), None) => {
            mine.remove(at);
        }
        (None, Some(there)) => {
            let behind = theirs[..there].iter().rev().find_map(|before| mine.iter().position(|one| same(one, before)));
            mine.insert(behind.map_or(0, |at| at + 1), theirs[there].clone());
        }
        (None, None) => {}
    }
}

/// Puts something that has a time in, or takes it out where `theirs` has it no more.
fn by_time<T: Clone + PartialEq>(mine: &mut Vec<T>, theirs: &[T], what: &T, at: impl Fn(&T) -> jiff::Timestamp) {
    if !theirs.contains(what) {
        return mine.retain(|one| one != what);
    }
    let behind = mine.iter().rposition(|one| at(one) <= at(what)).map_or(0, |before| before + 1);
    mine.insert(behind, what.clone());
}
