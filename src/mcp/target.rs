//! Which plan, session and turn a request means.

use crate::domain::command::TurnRef;
use crate::domain::nearest::did_you_mean;
use crate::domain::plan::{Plan, Session, Turn};
use crate::store::Store;

use super::error::Failure;

/// The plan that is named; else the server's own; else the one most recently worked on.
pub(super) fn plan(store: &Store, named: Option<&str>, own: Option<&str>) -> Result<Plan, Failure> {
    let id = match named.or(own) {
        Some(name) => store.find(name)?,
        None => store.latest()?.ok_or_else(|| {
            Failure::not_found("there is no plan yet", "a person starts one: `setlist`, or `setlist new STRATEGY`")
        })?,
    };
    Ok(store.load(&id)?.plan)
}

/// The session that is named, else the current one.
pub(super) fn session<'p>(plan: &'p Plan, named: Option<&str>) -> Result<&'p Session, Failure> {
    let found = match named {
        Some(id) => plan.session(id),
        None => plan.current_session(),
    };
    found.ok_or_else(|| unknown("session", named, plan.sessions.iter().map(|session| session.id.as_str())))
}

/// The turn that is named, else the current one, with its session.
pub(super) fn turn<'p>(
    plan: &'p Plan,
    session_named: Option<&str>,
    named: Option<&str>,
) -> Result<(&'p Session, &'p Turn), Failure> {
    let session = session(plan, session_named)?;
    let found = match named {
        Some(id) => session.turn(id),
        None => session.current_turn(),
    };
    let found = found.ok_or_else(|| unknown("turn", named, session.turns.iter().map(|turn| turn.id.as_str())))?;
    Ok((session, found))
}

/// The names of a session and a turn.
pub(super) fn reference((session, turn): (&Session, &Turn)) -> TurnRef {
    TurnRef::new(&session.id, &turn.id)
}

fn unknown<'a>(what: &str, named: Option<&str>, known: impl Iterator<Item = &'a str> + Clone) -> Failure {
    let Some(name) = named else { return Failure::not_found(format!("the plan has no {what}"), "") };
    let near = did_you_mean(name, known.clone());
    let hint = if near.is_empty() { format!("there are: {}", known.collect::<Vec<_>>().join(", ")) } else { near };
    Failure::not_found(format!("there is no {what} `{name}`"), hint)
}
