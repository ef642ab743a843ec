//! What may be done with turns and their gates.

use jiff::Timestamp;

use crate::domain::budget::Budget;
use crate::domain::command::TurnRef;
use crate::domain::id;
use crate::domain::plan::{Gate, GateState, Iteration, Plan, Sent, Session, Turn, TurnState};
use crate::domain::refusal::Refusal;
use crate::domain::strategy::TurnKind;

impl Plan {
    pub(super) fn start_turn(&mut self, at: &TurnRef, now: Timestamp) -> Result<String, Refusal> {
        let (session, turn) = self.turn_of(at)?;
        match turn.state {
            TurnState::Active if turn.running_since.is_some() => {
                return Err(Refusal::rule(format!("turn '{}' is already running", turn.title), "pause it or close it"));
            }
            TurnState::Done | TurnState::Skipped => {
                return Err(Refusal::rule(
                    format!("turn '{}' is {}", turn.title, turn.state),
                    "reopen it to work on it again",
                ));
            }
            TurnState::Pending | TurnState::Active => {}
        }
        self.check_way(session, turn)?;
        let turn = self.turn_mut(at)?;
        let verb = if turn.state == TurnState::Active { "resumed" } else { "started" };
        turn.state = TurnState::Active;
        turn.started = turn.started.or(Some(now));
        turn.running_since = Some(now);
        Ok(format!("turn '{}' {verb}", turn.title))
    }

    fn check_way(&self, session: &Session, turn: &Turn) -> Result<(), Refusal> {
        let Some(blocker) = self.blocker(session, turn) else { return Ok(()) };
        Err(Refusal::rule(format!("turn '{}' cannot start: {}", turn.title, blocker.sentence()), blocker.hint()))
    }

    pub(super) fn pause_turn(&mut self, at: &TurnRef, now: Timestamp) -> Result<String, Refusal> {
        let turn = self.turn_mut(at)?;
        if turn.running_since.is_none() {
            return Err(Refusal::rule(format!("the clock of '{}' is not running", turn.title), "start it first"));
        }
        stop_clock(turn, now);
        Ok(format!("turn '{}' paused", turn.title))
    }

    pub(super) fn finish_turn(&mut self, at: &TurnRef, now: Timestamp) -> Result<String, Refusal> {
        let (session, turn) = self.turn_of(at)?;
        if turn.state != TurnState::Active {
            let hint =
                if turn.is_closed() { "it is closed already" } else { "start it first, or skip it with a reason" };
            return Err(Refusal::rule(format!("turn '{}' is not under way", turn.title), hint));
        }
        let prompt = self.prompt(session, turn).unwrap_or_default();
        let turn = self.turn_mut(at)?;
        turn.sent.get_or_insert(Sent { at: now, via: "closed".into(), prompt });
        stop_clock(turn, now);
        turn.state = TurnState::Done;
        turn.ended = Some(now);
        wait_for_decision(turn, "the turn was closed again");
        let missing: Vec<String> = turn.missing().iter().map(|slot| slot.lack()).collect();
        if missing.is_empty() {
            Ok(format!("turn '{}' done", turn.title))
        } else {
            Ok(format!("turn '{}' closed unverified: no evidence for {}", turn.title, missing.join(", ")))
        }
    }

    pub(super) fn skip_turn(&mut self, at: &TurnRef, reason: &str, now: Timestamp) -> Result<String, Refusal> {
        if reason.trim().is_empty() {
            return Err(Refusal::invalid("a turn is skipped for a reason", "say why in a few words"));
        }
        let (session, turn) = self.turn_of(at)?;
        if turn.is_closed() || session.is_over() {
            return Err(Refusal::rule(
                format!("turn '{}' is {}", turn.title, turn.state),
                "only an open turn can be skipped",
            ));
        }
        let turn = self.turn_mut(at)?;
        stop_clock(turn, now);
        turn.state = TurnState::Skipped;
        turn.ended = Some(now);
        turn.reason = Some(reason.trim().into());
        Ok(format!("turn '{}' skipped", turn.title))
    }

    pub(super) fn reopen_turn(&mut self, at: &TurnRef, reason: &str, now: Timestamp) -> Result<String, Refusal> {
        let (session, turn) = self.turn_of(at)?;
        if !turn.is_closed() {
            return Err(Refusal::rule(format!("turn '{}' is open", turn.title), "only a closed turn can be reopened"));
        }
        if session.is_over() {
            return Err(super::is_over(session));
        }
        let title = turn.title.clone();
        self.send_back(at, reason, now)?;
        Ok(format!("turn '{title}' reopened"))
    }

    /// Stops the clocks of the turns after one that is under way again, and opens their gates: what
    /// they confirmed rests on work that may change.
    fn unsettle_later(&mut self, at: &TurnRef, now: Timestamp) -> Result<(), Refusal> {
        let session = self.session_mut(&at.session)?;
        let title = session.turn(&at.turn).map(|turn| turn.title.clone()).unwrap_or_default();
        let later = session.turns.iter_mut().skip_while(|turn| turn.id != at.turn).skip(1);
        for turn in later {
            stop_clock(turn, now);
            turn.reopen_gate(&format!("'{title}' is worked on again"));
        }
        Ok(())
    }

    /// Makes a closed turn active again.
    pub(super) fn send_back(&mut self, at: &TurnRef, reason: &str, now: Timestamp) -> Result<(), Refusal> {
        self.unsettle_later(at, now)?;
        let turn = self.turn_mut(at)?;
        turn.state = TurnState::Active;
        turn.started = turn.started.or(Some(now));
        turn.ended = None;
        turn.rework = turn.rework.saturating_add(1);
        turn.reason = (!reason.trim().is_empty()).then(|| reason.trim().to_owned());
        turn.reopen_gate("the turn was reopened");
        turn.gate.as_mut().map(Gate::answered).unwrap_or_default();
        Ok(())
    }

    pub(super) fn repeat_turn(&mut self, at: &TurnRef, now: Timestamp) -> Result<String, Refusal> {
        let (session, turn) = self.turn_of(at)?;
        if turn.repeat.is_empty() {
            return Err(Refusal::rule(
                format!("turn '{}' is not one that repeats", turn.title),
                "reopen it, or add a turn",
            ));
        }
        match turn.state {
            TurnState::Pending => {
                return Err(Refusal::rule(format!("turn '{}' has not begun", turn.title), "start it first"));
            }
            TurnState::Skipped => {
                return Err(Refusal::rule(format!("turn '{}' is skipped", turn.title), "reopen it first"));
            }
            TurnState::Active | TurnState::Done => {}
        }
        if session.is_over() {
            return Err(super::is_over(session));
        }
        self.check_way(session, turn)?;
        let prompt = self.prompt(session, turn).unwrap_or_default();
        self.unsettle_later(at, now)?;
        let turn = self.turn_mut(at)?;
        stop_clock(turn, now);
        let fresh = turn
            .evidence
            .iter()
            .cloned()
            .map(|slot| crate::domain::plan::Evidence { recorded: None, ..slot })
            .collect();
        turn.iterations.push(Iteration {
            number: turn.iteration,
            started: turn.started,
            ended: turn.ended.or(Some(now)),
            worked: std::mem::take(&mut turn.worked),
            sent: turn.sent.take().or(Some(Sent { at: now, via: "closed".into(), prompt })),
            result: std::mem::take(&mut turn.result),
            kept: std::mem::take(&mut turn.kept),
            evidence: std::mem::replace(&mut turn.evidence, fresh),
        });
        turn.iteration = turn.iteration.saturating_add(1);
        turn.state = TurnState::Active;
        turn.ended = None;
        // Why the earlier one was sent back says nothing of this one.
        turn.reason = None;
        turn.running_since = Some(now);
        wait_for_decision(turn, "another iteration was begun");
        Ok(format!("turn '{}', {} {} started", turn.title, turn.repeat, turn.iteration))
    }

    pub(super) fn add_turn(
        &mut self,
        session: &str,
        after: Option<&str>,
        title: &str,
        kind: TurnKind,
        budget: Option<Budget>,
        prompt: &str,
    ) -> Result<String, Refusal> {
        if title.trim().is_empty() {
            return Err(Refusal::invalid("the new turn has no title", "give it one"));
        }
        let session = self.open_session_mut(session)?;
        let place = match after {
            None => session.turns.len(),
            Some(id) => session.turn_at(id)? + 1,
        };
        if session.turns[place..].iter().any(|turn| turn.state != TurnState::Pending) {
            return Err(Refusal::rule(
                "a turn cannot be added before one that has begun",
                "add it after the last turn that has begun",
            ));
        }
        let id = id::unique(&id::slug(title, 50), |id| session.turn(id).is_some());
        let turn = Turn { added: true, budget, prompt: Some(prompt.into()), ..Turn::new(&id, title.trim(), kind) };
        session.turns.insert(place, turn);
        Ok(format!("turn '{}' added", title.trim()))
    }

    pub(super) fn remove_turn(&mut self, at: &TurnRef) -> Result<String, Refusal> {
        let (_, turn) = self.turn_of(at)?;
        if !turn.added || turn.state != TurnState::Pending {
            return Err(Refusal::rule(
                format!("turn '{}' cannot be removed", turn.title),
                "only a turn that was added and has not begun can; skip it with a reason instead",
            ));
        }
        let title = turn.title.clone();
        self.session_mut(&at.session)?.turns.retain(|turn| turn.id != at.turn);
        Ok(format!("turn '{title}' removed"))
    }

    pub(super) fn set_prompt(&mut self, at: &TurnRef, prompt: Option<&str>) -> Result<String, Refusal> {
        let turn = self.turn_mut(at)?;
        if turn.sent.is_some() {
            return Err(Refusal::rule(
                format!("the prompt of '{}' was sent and does not change any more", turn.title),
                "add a turn with the new words",
            ));
        }
        if prompt.is_none() && turn.added {
            return Err(Refusal::rule("an added turn has no other prompt to go back to", "edit it instead"));
        }
        turn.prompt = prompt.map(Into::into);
        Ok(format!("prompt of '{}' changed", turn.title))
    }

    pub(super) fn mark_sent(&mut self, at: &TurnRef, via: &str, now: Timestamp) -> Result<String, Refusal> {
        let (session, turn) = self.turn_of(at)?;
        if turn.state == TurnState::Pending {
            return Err(Refusal::rule(
                format!("turn '{}' has not begun", turn.title),
                "start it before you send its prompt",
            ));
        }
        let prompt = self.prompt(session, turn).map_err(|error| Refusal::rule(error.message, "edit the prompt"))?;
        let turn = self.turn_mut(at)?;
        turn.sent.get_or_insert(Sent { at: now, via: via.into(), prompt });
        let how = if via == "command" { "handed to the send command" } else { via };
        Ok(format!("prompt of '{}' {how}", turn.title))
    }

    pub(super) fn set_result(&mut self, at: &TurnRef, result: &str) -> Result<String, Refusal> {
        self.open_session_mut(&at.session)?;
        let turn = self.turn_mut(at)?;
        if turn.state == TurnState::Pending {
            return Err(Refusal::rule(format!("turn '{}' has not begun", turn.title), "start it first"));
        }
        result.trim_end().clone_into(&mut turn.result);
        Ok(format!("result of '{}' noted", turn.title))
    }

    pub(super) fn set_budget(&mut self, at: &TurnRef, budget: Option<Budget>) -> Result<String, Refusal> {
        let turn = self.turn_mut(at)?;
        turn.budget = budget;
        Ok(match &turn.budget {
            Some(budget) => format!("budget of '{}' is {budget}", turn.title),
            None => format!("'{}' has no budget", turn.title),
        })
    }
}

/// A closed turn's gate waits for a decision; what was approved before is stale.
pub(super) fn wait_for_decision(turn: &mut Turn, why: &str) {
    turn.reopen_gate(why);
    if let Some(gate) = &mut turn.gate {
        gate.state = GateState::Open;
    }
}

/// Adds the time since the clock was started to the time worked.
pub(super) fn stop_clock(turn: &mut Turn, now: Timestamp) {
    turn.worked = turn.worked(now);
    turn.running_since = None;
}

/// Sessions that are over keep no running clock.
pub(super) fn stop_all(session: &mut Session, now: Timestamp) {
    for turn in &mut session.turns {
        stop_clock(turn, now);
    }
}
