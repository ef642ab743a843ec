//! The items of a plan that one version may take from another: what each is called, whether it differs.

use std::fmt;
use std::fmt::Debug;

use crate::domain::command::TurnRef;
use crate::domain::plan::{Note, Plan, Reading, Session, Turn, digest};

use super::take;

/// Hexadecimal digits that name a note or a reading: two of one plan that share them are the same.
const DIGITS: usize = 10;

/// A part of a plan that is compared and taken as one.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Name,
    /// Whether it is archived.
    Archived,
    /// What it was to reach, and the plan that queued it.
    Origin,
    /// The strategy as it was at the start.
    Strategy,
    Value(String),
    /// A session that only one version has.
    Session(String),
    /// A session's title, goal, budget, what it waits for.
    Setup(String),
    /// Whether a session is over, since when and why.
    Course(String),
    /// A turn that only one version has.
    Turn(TurnRef),
    /// A part of a turn.
    Part(TurnRef, Part),
    /// An item of a session's checklist.
    Check(String, String),
    /// A remark.
    Note(Note),
    /// A reading of a metric.
    Reading(Reading),
    /// Something queued.
    Queued(String),
    /// What came of the plan.
    Outcome,
    /// An answer to a quality indicator.
    Indicator(String),
}

/// A part of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Title, kind, budget.
    Setup,
    /// State, clock, the prompt as it was sent, iterations.
    Work,
    /// The prompt in the person's own words.
    Prompt,
    /// What came back.
    Result,
    /// A slot of evidence.
    Evidence(String),
    /// The gate and its decisions.
    Gate,
}

/// How an item is written on the command line: `turn/fix/reproduce/evidence/steps`. Unique in a plan.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("name"),
            Self::Archived => f.write_str("archived"),
            Self::Origin => f.write_str("origin"),
            Self::Strategy => f.write_str("strategy"),
            Self::Value(name) => write!(f, "value/{name}"),
            Self::Session(id) => write!(f, "session/{id}"),
            Self::Setup(id) => write!(f, "session/{id}/setup"),
            Self::Course(id) => write!(f, "session/{id}/course"),
            Self::Turn(at) => write!(f, "turn/{}/{}", at.session, at.turn),
            Self::Part(at, part) => write!(f, "turn/{}/{}/{part}", at.session, at.turn),
            Self::Check(session, item) => write!(f, "check/{session}/{item}"),
            Self::Note(note) => write!(f, "note/{}", fingerprint(note)),
            Self::Reading(reading) => write!(f, "reading/{}", fingerprint(reading)),
            Self::Queued(id) => write!(f, "queue/{id}"),
            Self::Outcome => f.write_str("outcome"),
            Self::Indicator(id) => write!(f, "sign/{id}"),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setup => f.write_str("setup"),
            Self::Work => f.write_str("work"),
            Self::Prompt => f.write_str("prompt"),
            Self::Result => f.write_str("result"),
            Self::Evidence(slot) => write!(f, "evidence/{slot}"),
            Self::Gate => f.write_str("gate"),
        }
    }
}

fn fingerprint(what: &impl Debug) -> String {
    digest(&[&format!("{what:?}")])[..DIGITS].to_owned()
}

/// Equality that holds of a number that is none too, which a file edited by hand can have.
fn same<T: PartialEq + Debug>(one: &T, other: &T) -> bool {
    one == other || format!("{one:?}") == format!("{other:?}")
}

impl Item {
    /// Whether two versions have it otherwise, or only one of them has it.
    pub(super) fn differs(&self, one: &Plan, other: &Plan) -> bool {
        match self {
            Self::Name => one.name != other.name,
            Self::Archived => one.archived != other.archived,
            Self::Origin => (&one.first_goal, &one.follows) != (&other.first_goal, &other.follows),
            Self::Strategy => !same(&one.strategy, &other.strategy),
            Self::Value(name) => !same(&one.values.get(name), &other.values.get(name)),
            Self::Session(id) => one.session(id).is_some() != other.session(id).is_some(),
            Self::Setup(id) => {
                both(one.session(id), other.session(id), |one, other| !same(&take::setup(one, other), one))
            }
            Self::Course(id) => both(one.session(id), other.session(id), course_differs),
            Self::Turn(at) => turn(one, at).is_some() != turn(other, at).is_some(),
            Self::Part(at, part) => {
                both(turn(one, at), turn(other, at), |one, other| !same(&take::part(one, other, part), one))
            }
            Self::Check(session, item) => check(one, session, item) != check(other, session, item),
            Self::Note(note) => one.notes.contains(note) != other.notes.contains(note),
            Self::Reading(reading) => one.readings.contains(reading) != other.readings.contains(reading),
            Self::Queued(id) => queued(one, id) != queued(other, id),
            Self::Outcome => {
                let said = |plan: &Plan| {
                    (plan.reflection.outcome, plan.reflection.helped.clone(), plan.reflection.change.clone())
                };
                said(one) != said(other)
            }
            Self::Indicator(id) => indicator(one, id) != indicator(other, id),
        }
    }
}

/// As long as a session is not over, its state is that of its turns.
fn course_differs(one: &Session, other: &Session) -> bool {
    let course = |session: &Session| (session.state, session.ended, session.reason.clone());
    (one.is_over() || other.is_over()) && course(one) != course(other)
}

/// What holds of two parts; of one alone it is a difference, of none it is not.
fn both<T>(one: Option<&T>, other: Option<&T>, differ: impl Fn(&T, &T) -> bool) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => differ(one, other),
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => true,
    }
}

pub(super) fn turn<'p>(plan: &'p Plan, at: &TurnRef) -> Option<&'p Turn> {
    plan.session(&at.session)?.turn(&at.turn)
}

pub(super) fn check<'p>(
    plan: &'p Plan,
    session: &str,
    item: &str,
) -> Option<&'p crate::domain::checklist::ChecklistItem> {
    plan.session(session)?.checklist.iter().find(|one| one.id == item)
}

pub(super) fn queued<'p>(plan: &'p Plan, id: &str) -> Option<&'p crate::domain::plan::Queued> {
    plan.queue.iter().find(|queued| queued.id == id)
}

pub(super) fn indicator<'p>(plan: &'p Plan, id: &str) -> Option<&'p crate::domain::plan::Answer> {
    plan.reflection.answers.iter().find(|answer| answer.indicator == id)
}

/// Every item in which two versions differ, in the order of the plan.
pub(super) fn differing(here: &Plan, there: &Plan) -> Vec<Item> {
    let mut items = vec![Item::Name, Item::Archived, Item::Origin, Item::Strategy];
    items.extend(
        here.values
            .keys()
            .chain(there.values.keys().filter(|name| !here.values.contains_key(*name)))
            .map(|name| Item::Value(name.clone())),
    );
    for id in union(&here.sessions, &there.sessions, |session| &session.id) {
        match (here.session(id), there.session(id)) {
            (Some(one), Some(other)) if !same(one, other) => session_items(one, other, &mut items),
            (Some(_), Some(_)) => {}
            (Some(_) | None, None) | (None, Some(_)) => items.push(Item::Session(id.clone())),
        }
    }
    let only = |one: &[Note], other: &[Note]| -> Vec<Item> {
        one.iter().filter(|note| !other.contains(note)).map(|note| Item::Note(note.clone())).collect()
    };
    items.extend(only(&here.notes, &there.notes));
    items.extend(only(&there.notes, &here.notes));
    // What is no number is a contradiction, and repaired, not merged.
    let only = |one: &[Reading], other: &[Reading]| -> Vec<Item> {
        let finite = one.iter().filter(|reading| reading.value.is_finite() && !other.contains(reading));
        finite.map(|reading| Item::Reading(reading.clone())).collect()
    };
    items.extend(only(&here.readings, &there.readings));
    items.extend(only(&there.readings, &here.readings));
    items.extend(union(&here.queue, &there.queue, |queued| &queued.id).into_iter().cloned().map(Item::Queued));
    items.push(Item::Outcome);
    items.extend(
        union(&here.reflection.answers, &there.reflection.answers, |answer| &answer.indicator)
            .into_iter()
            .cloned()
            .map(Item::Indicator),
    );
    items.retain(|item| item.differs(here, there));
    items
}

fn session_items(here: &Session, there: &Session, items: &mut Vec<Item>) {
    items.push(Item::Setup(here.id.clone()));
    for id in union(&here.turns, &there.turns, |turn| &turn.id) {
        let at = TurnRef::new(&here.id, id);
        let (Some(one), Some(other)) = (here.turn(id), there.turn(id)) else {
            items.push(Item::Turn(at));
            continue;
        };
        let slots = union(&one.evidence, &other.evidence, |slot| &slot.id).into_iter();
        let slots = slots.map(|slot| Part::Evidence(slot.clone()));
        let parts = [Part::Setup, Part::Work, Part::Prompt, Part::Result].into_iter().chain(slots).chain([Part::Gate]);
        items.extend(parts.map(|part| Item::Part(at.clone(), part)));
    }
    let checklist = union(&here.checklist, &there.checklist, |item| &item.id).into_iter();
    items.extend(checklist.map(|item| Item::Check(here.id.clone(), item.clone())));
    items.push(Item::Course(here.id.clone()));
}

/// The ids of two lists, those of the first in its order, then what only the second has.
fn union<'l, T>(one: &'l [T], other: &'l [T], id: impl Fn(&T) -> &String) -> Vec<&'l String> {
    let mut ids: Vec<&String> = Vec::new();
    for item in one.iter().chain(other) {
        if !ids.contains(&id(item)) {
            ids.push(id(item));
        }
    }
    ids
}
