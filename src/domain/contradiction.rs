//! States that no command leads to: somebody edited the plan file by hand. They are shown and
//! explained; only [`Command::Repair`](super::command::Command::Repair) changes them.

use super::command::TurnRef;
use super::plan::{GateState, Plan, Session, SessionState, Turn, TurnState};

/// Something in a plan that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// Where; the turn's id is empty where it concerns a session, both are where it concerns the plan.
    pub at: TurnRef,
    /// What cannot be, in a sentence.
    pub what: String,
    /// What a repair does about it; empty where a person has to edit the file.
    pub repair: String,
}

/// Everything in `plan` that cannot be, in the order of its sessions and turns.
pub fn contradictions(plan: &Plan) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for session in &plan.sessions {
        whole_session(plan, session, &mut found);
        for turn in &session.turns {
            one_turn(session, turn, &mut found);
        }
    }
    let bad = plan.readings.iter().filter(|reading| !reading.value.is_finite()).count();
    if bad > 0 {
        found.push(Contradiction {
            at: TurnRef::new("", ""),
            what: format!("{bad} of the readings {} not a number", if bad == 1 { "is" } else { "are" }),
            repair: "take such readings out".into(),
        });
    }
    found
}

fn whole_session(plan: &Plan, session: &Session, found: &mut Vec<Contradiction>) {
    let mut say = |what: String, repair: &str| {
        found.push(Contradiction { at: TurnRef::new(&session.id, ""), what, repair: repair.into() });
    };
    let title = &session.title;
    if plan.sessions.iter().filter(|other| other.id == session.id).count() > 1 {
        say(format!("two sessions have the id '{}'", session.id), "");
    }
    for after in session.after.iter().filter(|after| plan.session(after).is_none()) {
        say(format!("'{title}' waits for the session '{after}', which does not exist"), "let it wait no more");
    }
    if session.state == SessionState::Finished {
        let open = session.turns.iter().find(|turn| !turn.is_closed());
        if let Some(turn) = open {
            say(format!("'{title}' is finished, but its turn '{}' is {}", turn.title, turn.state), REOPEN);
        } else if let Some(turn) = session.open_gates().first() {
            say(format!("'{title}' is finished, but the gate after '{}' is not approved", turn.title), REOPEN);
        } else if !session.unverified().is_empty() && session.reason.is_none() {
            say(format!("'{title}' is finished unverified, and nobody said why"), REOPEN);
        }
    }
    if session.state == SessionState::Planned && session.turns.iter().any(|turn| turn.state != TurnState::Pending) {
        say(format!("'{title}' is planned, but one of its turns has begun"), "call it running");
    }
}

const REOPEN: &str = "reopen the session";

fn one_turn(session: &Session, turn: &Turn, found: &mut Vec<Contradiction>) {
    let mut say = |what: String, repair: &str| {
        found.push(Contradiction { at: TurnRef::new(&session.id, &turn.id), what, repair: repair.into() });
    };
    let title = &turn.title;
    if session.turns.iter().filter(|other| other.id == turn.id).count() > 1 {
        say(format!("two turns have the id '{}'", turn.id), "");
    }
    if let Some(gate) = &turn.gate {
        let decided = gate.state == GateState::Approved;
        if decided && !turn.is_closed() {
            say(format!("the gate after '{title}' is approved, but the turn is {}", turn.state), "open the gate");
        } else if decided && gate.hash.is_none() {
            let what = format!("the gate after '{title}' is called approved, but no approval was recorded");
            say(what, "open the gate");
        } else if gate.state == GateState::Rejected && turn.state == TurnState::Pending {
            say(format!("the gate after '{title}' is rejected, but the turn has not begun"), "open the gate");
        }
    }
    if turn.running_since.is_some() && (turn.state != TurnState::Active || session.is_over()) {
        let state = if session.is_over() { session.state.word() } else { turn.state.word() };
        say(format!("the clock of '{title}' runs, but it is {state}"), "stop the clock and leave its time out");
    }
    if turn.state == TurnState::Skipped && turn.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
        say(format!("'{title}' is skipped without a reason"), "write 'no reason recorded'");
    }
    if turn.state == TurnState::Done && turn.sent.is_none() {
        say(format!("'{title}' is done, but no prompt was kept"), "make it active again");
    }
}
