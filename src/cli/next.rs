//! What to do next with a plan, in a sentence and as a command.

use crate::domain::plan::{Plan, Session, SessionState, Turn, TurnState};
use crate::domain::strategy::EvidenceKind;

use super::output::one_line;

/// What to do next.
pub struct Next {
    /// In a sentence.
    pub what: String,
    /// What to type, where one command does it.
    pub command: Option<String>,
}

/// What to do next with `plan`; nothing where it is over and nothing waits in its queue.
pub fn next(plan: &Plan) -> Option<Next> {
    let Some(session) = plan.current_session().filter(|session| !session.is_over()) else {
        let waiting = plan.waiting();
        let first = waiting.first()?;
        return Some(step(
            format!("begin '{}', which was queued", one_line(&first.title)),
            &format!("setlist queue start {}", first.id),
        ));
    };
    if session.state == SessionState::WrapUp && session.open_gates().is_empty() {
        return Some(wrap_up(session));
    }
    let turn = session.current_turn()?;
    Some(of_turn(plan, session, turn))
}

fn step(what: impl Into<String>, command: &str) -> Next {
    Next { what: what.into(), command: Some(command.to_owned()) }
}

fn of_turn(plan: &Plan, session: &Session, turn: &Turn) -> Next {
    let title = one_line(&turn.title);
    if let Some(gate) = turn.open_gate() {
        return step(format!("decide the gate after '{title}': {}", one_line(&gate.text)), "setlist gate approve");
    }
    match turn.state {
        TurnState::Pending => match plan.obstacle(session, turn) {
            Some(obstacle) => Next { what: format!("'{title}' waits: {}", one_line(&obstacle)), command: None },
            None => step(format!("start '{title}'"), "setlist turn start"),
        },
        TurnState::Active => match turn.missing().first() {
            Some(slot) => {
                let value = if slot.kind == EvidenceKind::Command { "--run -- CMD" } else { "VALUE" };
                let command = format!("setlist evidence {} {value}", one_line(&slot.id));
                step(format!("work on '{title}', then record: {}", one_line(&slot.label)), &command)
            }
            None => step(format!("close '{title}'"), "setlist turn done"),
        },
        TurnState::Done | TurnState::Skipped => wrap_up(session),
    }
}

fn wrap_up(session: &Session) -> Next {
    match session.open_items().first() {
        Some(item) => {
            step(format!("tick off: {}", one_line(&item.text)), &format!("setlist check {}", one_line(&item.id)))
        }
        None if session.unverified().is_empty() => step("finish the session", "setlist finish"),
        None => step("finish the session; some turns are unverified", "setlist finish --unverified REASON"),
    }
}
