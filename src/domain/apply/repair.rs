//! Mends what contradicts itself in a plan that was edited by hand.

use jiff::Timestamp;

use crate::domain::contradiction::contradictions;
use crate::domain::plan::{GateState, Plan, Session, SessionState, Turn, TurnState};
use crate::domain::refusal::Refusal;

impl Plan {
    pub(super) fn repair(&mut self, now: Timestamp) -> Result<String, Refusal> {
        let found = contradictions(self);
        let mended = found.iter().filter(|one| !one.repair.is_empty()).count();
        if mended == 0 {
            return Err(match found.first() {
                None => Refusal::rule("nothing in the plan contradicts itself", "there is nothing to repair"),
                Some(one) => {
                    Refusal::rule(one.what.clone(), "edit the plan's file: `setlist export` prints it as TOML")
                }
            });
        }
        self.readings.retain(|reading| reading.value.is_finite());
        let known: Vec<String> = self.sessions.iter().map(|session| session.id.clone()).collect();
        for session in &mut self.sessions {
            session.after.retain(|after| known.contains(after));
            session.turns.iter_mut().for_each(|turn| repair_turn(turn, now));
            repair_session(session);
        }
        Ok(match mended {
            1 => "1 contradiction repaired".into(),
            mended => format!("{mended} contradictions repaired"),
        })
    }
}

fn repair_turn(turn: &mut Turn, now: Timestamp) {
    if turn.state == TurnState::Done && turn.sent.is_none() {
        turn.state = TurnState::Active;
        turn.started = turn.started.or(Some(now));
        turn.ended = None;
    }
    if turn.state != TurnState::Active {
        turn.running_since = None;
    }
    if turn.state == TurnState::Skipped && turn.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
        turn.reason = Some("no reason recorded".into());
    }
    let (closed, pending) = (turn.is_closed(), turn.state == TurnState::Pending);
    let Some(gate) = &mut turn.gate else { return };
    let impossible = match gate.state {
        GateState::Open => false,
        GateState::Approved => !closed || gate.hash.is_none(),
        GateState::Rejected => pending,
    };
    if impossible {
        gate.state = GateState::Open;
        gate.hash = None;
    }
}

fn repair_session(session: &mut Session) {
    if session.state == SessionState::Finished {
        let unsettled = session.turns.iter().any(|turn| !turn.is_closed())
            || !session.open_gates().is_empty()
            || (!session.unverified().is_empty() && session.reason.is_none());
        if unsettled {
            // Running or wrap-up by its turns, as after every command.
            session.state = SessionState::Running;
            session.ended = None;
        }
    }
    if session.is_over() {
        session.turns.iter_mut().for_each(|turn| turn.running_since = None);
    }
}
