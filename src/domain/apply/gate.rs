//! Gates: asked for by anyone, decided by a person.

use jiff::Timestamp;

use crate::domain::command::TurnRef;
use crate::domain::plan::{GateState, Plan, Rejection, Turn};
use crate::domain::refusal::Refusal;

impl Plan {
    pub(super) fn ask_for_gate(
        &mut self,
        at: &TurnRef,
        note: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        let turn = self.decidable_gate(at)?;
        let title = turn.title.clone();
        let Some(gate) = &mut turn.gate else { return Err(no_gate(&title)) };
        gate.asked = Some(now);
        by.trim().clone_into(&mut gate.asked_by);
        note.trim().clone_into(&mut gate.asked_note);
        Ok(format!("asked a person to decide the gate after '{title}'"))
    }

    pub(super) fn approve_gate(
        &mut self,
        at: &TurnRef,
        note: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        let turn = self.decidable_gate(at)?;
        let (hash, seen) = (turn.approval_hash(), turn.approval_parts());
        let Some(gate) = &mut turn.gate else { return Err(no_gate(&turn.title)) };
        gate.state = GateState::Approved;
        gate.at = Some(now);
        gate.by = by.into();
        gate.note = note.trim().into();
        gate.hash = Some(hash);
        gate.seen = seen;
        gate.stale = String::new();
        gate.answered();
        Ok(format!("gate approved: {}", gate.text))
    }

    pub(super) fn reject_gate(
        &mut self,
        at: &TurnRef,
        note: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        if note.trim().is_empty() {
            return Err(Refusal::invalid("a gate is rejected for a reason", "say what is missing"));
        }
        let turn = self.decidable_gate(at)?;
        let Some(gate) = &mut turn.gate else { return Err(no_gate(&turn.title)) };
        gate.state = GateState::Rejected;
        gate.at = Some(now);
        gate.by = by.into();
        gate.note = note.trim().into();
        gate.hash = None;
        gate.seen = Vec::new();
        gate.stale = String::new();
        gate.answered();
        gate.rejections.push(Rejection { at: now, by: by.into(), note: note.trim().into() });
        let text = gate.text.clone();
        self.send_back(at, note, now)?;
        Ok(format!("gate rejected, turn sent back: {text}"))
    }

    /// The turn, if its gate may be decided now. Gates are decided in their order: a later one rests on
    /// what the earlier ones confirmed.
    fn decidable_gate(&mut self, at: &TurnRef) -> Result<&mut Turn, Refusal> {
        let (session, turn) = self.turn_of(at)?;
        let over = session.is_over();
        let mut before = session.turns.iter().take_while(|other| other.id != turn.id);
        let unsettled = before.find(|other| !other.is_closed() || other.open_gate().is_some()).map(comes_first);
        let turn = self.turn_mut(at)?;
        let Some(gate) = &turn.gate else { return Err(no_gate(&turn.title)) };
        if !turn.is_closed() {
            return Err(Refusal::rule(
                format!("turn '{}' is not closed yet", turn.title),
                "close it, then decide its gate",
            ));
        }
        if gate.is_approved() {
            return Err(Refusal::rule(
                format!("the gate after '{}' is approved already", turn.title),
                "reopen the turn to undo that",
            ));
        }
        if over {
            return Err(Refusal::rule("the session is over", "reopen the session first"));
        }
        match unsettled {
            Some(refusal) => Err(refusal),
            None => Ok(turn),
        }
    }
}

/// An earlier turn is not settled.
fn comes_first(turn: &Turn) -> Refusal {
    let title = &turn.title;
    if turn.is_closed() {
        let message = format!("the gate after '{title}', which comes before it, is not approved");
        return Refusal::rule(message, format!("decide the gate after '{title}' first"));
    }
    let message = format!("turn '{title}', which comes before it, is not closed");
    Refusal::rule(message, format!("close '{title}' first; what it changes may change your decision"))
}

fn no_gate(title: &str) -> Refusal {
    Refusal::rule(format!("turn '{title}' has no gate"), "the next turn may start as soon as it is closed")
}
