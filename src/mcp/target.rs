//! Which plan, session and turn a request means.

use crate::domain::command::TurnRef;
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
    match named {
        Some(id) => Ok(plan.known_session(id)?),
        None => plan.current_session().ok_or_else(|| Failure::not_found("the plan has no session", "")),
    }
}

/// The turn that is named, else the current one, with its session.
pub(super) fn turn<'p>(
    plan: &'p Plan,
    session_named: Option<&str>,
    named: Option<&str>,
) -> Result<(&'p Session, &'p Turn), Failure> {
    let session = session(plan, session_named)?;
    let found = match named {
        Some(id) => session.known_turn(id)?,
        None => session.current_turn().ok_or_else(|| Failure::not_found("the plan has no turn", ""))?,
    };
    Ok((session, found))
}

/// The names of a session and a turn.
pub(super) fn reference((session, turn): (&Session, &Turn)) -> TurnRef {
    TurnRef::new(&session.id, &turn.id)
}
