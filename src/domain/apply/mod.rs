//! The one function that changes a plan, and the rules of each command.

mod gate;
mod insert;
mod queue;
pub mod record;
mod repair;
mod session;
mod split;
mod take;
mod turn;

use jiff::{Timestamp, Unit};

use super::command::{Change, Command, TurnRef};
use super::nearest::near_or_all;
use super::placeholder::Placeholder;
use super::plan::{Plan, Session, SessionState, Turn, TurnState};
use super::refusal::Refusal;

impl Plan {
    /// The plan after `command`, at `now`.
    ///
    /// # Errors
    /// Why the command does not fit the plan as it is, and what to do instead. The plan is as
    /// before then.
    pub fn apply(&self, command: &Command, now: Timestamp) -> Result<Change, Refusal> {
        let now = whole_second(now);
        let mut plan = self.clone();
        let summary = plan.perform(command, now)?;
        plan.settle(now);
        plan.revision = plan.revision.saturating_add(1);
        plan.updated = now;
        Ok(Change { plan, summary })
    }

    fn perform(&mut self, command: &Command, now: Timestamp) -> Result<String, Refusal> {
        match command {
            Command::Rename(name) => self.rename(name),
            Command::SetValue { name, value } => self.set_value(name, value.clone()),
            Command::StartTurn(turn) => self.start_turn(turn, now),
            Command::PauseTurn(turn) => self.pause_turn(turn, now),
            Command::FinishTurn(turn) => self.finish_turn(turn, now),
            Command::SkipTurn { turn, reason } => self.skip_turn(turn, reason, now),
            Command::ReopenTurn { turn, reason } => self.reopen_turn(turn, reason, now),
            Command::RepeatTurn(turn) => self.repeat_turn(turn, now),
            Command::AddTurn { session, after, title, kind, budget, prompt } => {
                self.add_turn(session, after.as_deref(), title, *kind, budget.clone(), prompt)
            }
            Command::AddValidation { session } => self.add_validation(session),
            Command::AddDiscovery { session } => self.add_discovery(session),
            Command::AddGate { turn, text } => self.add_gate(turn, text),
            Command::SplitSession { session, goals, placeholder } => self.split_session(session, goals, placeholder),
            Command::WaitFor { session, other } => self.wait_for(session, other),
            Command::SetSessionBudget { session, budget } => self.set_session_budget(session, budget.clone()),
            Command::Queue { title, goal, placeholder } => self.queue(title, goal, placeholder, now),
            Command::QueueTurn { turn, placeholder } => self.queue_turn(turn, placeholder, now),
            Command::Unqueue(queued) => self.unqueue(queued),
            Command::StartQueued { queued, plan } => self.start_queued(queued, plan),
            Command::Follow(plan) => self.follow(plan),
            Command::RemoveTurn(turn) => self.remove_turn(turn),
            Command::SetPrompt { turn, prompt } => self.set_prompt(turn, prompt.as_deref()),
            Command::MarkSent { turn, via } => self.mark_sent(turn, via, now),
            Command::SetResult { turn, result } => self.set_result(turn, result),
            Command::SetBudget { turn, budget } => self.set_budget(turn, budget.clone()),
            Command::RecordEvidence { turn, slot, input } => self.record_evidence(turn, slot, input, now),
            Command::ClearEvidence { turn, slot } => self.clear_evidence(turn, slot),
            Command::AskForGate { turn, note, by } => self.ask_for_gate(turn, note, by, now),
            Command::ApproveGate { turn, note, by } => self.approve_gate(turn, note, by, now),
            Command::RejectGate { turn, note, by } => self.reject_gate(turn, note, by, now),
            Command::ReadMetric { metric, value, turn } => self.read_metric(metric, *value, turn.as_ref(), now),
            Command::KeepIteration { turn, iteration, kept } => self.keep_iteration(turn, *iteration, *kept),
            Command::AddNote { session, turn, text } => self.add_note(session, turn, text, now),
            Command::Tick { session, item, note, by } => self.tick(session, item, note, by, now),
            Command::Untick { session, item } => self.untick(session, item),
            Command::AddItem { session, text } => self.add_item(session, text),
            Command::FinishSession { session, unverified } => self.finish_session(session, unverified.as_deref(), now),
            Command::ReopenSession(session) => self.reopen_session(session),
            Command::Abandon { session, reason } => self.abandon(session.as_deref(), reason, now),
            Command::SetReflection { outcome, helped, change } => Ok(self.set_review(*outcome, helped, change)),
            Command::AnswerIndicator { indicator, good, note } => self.answer_indicator(indicator, *good, note, now),
            Command::Take { from, items } => self.take(from, items, now),
            Command::Repair => self.repair(now),
            Command::All(commands) => self.perform_all(commands, now),
            Command::Archive => self.archive(),
            Command::Unarchive => self.unarchive(),
        }
    }

    /// Each command on what those before it have left, as if it came alone.
    fn perform_all(&mut self, commands: &[Command], now: Timestamp) -> Result<String, Refusal> {
        let mut summaries = Vec::new();
        for command in commands {
            summaries.push(self.perform(command, now)?);
            self.settle(now);
        }
        if summaries.is_empty() {
            return Err(Refusal::invalid("there is nothing to do", "name at least one change"));
        }
        Ok(summaries.join("; "))
    }

    /// Brings the states of sessions in line with those of their turns, and takes back approvals of
    /// what has changed since.
    fn settle(&mut self, now: Timestamp) {
        for session in &mut self.sessions {
            if !session.is_over() {
                session.turns.iter_mut().for_each(Turn::take_back_stale_approval);
            }
            let closed = session.turns.iter().all(Turn::is_closed);
            let begun = session.turns.iter().any(|turn| turn.state != TurnState::Pending);
            session.state = match session.state {
                SessionState::Planned if !begun => SessionState::Planned,
                SessionState::Planned | SessionState::Running | SessionState::WrapUp => {
                    session.started = session.started.or(Some(now));
                    if closed { SessionState::WrapUp } else { SessionState::Running }
                }
                over @ (SessionState::Finished | SessionState::Abandoned) => over,
            };
        }
    }

    /// The session called `id`.
    pub fn known_session(&self, id: &str) -> Result<&Session, Refusal> {
        Ok(&self.sessions[self.session_at(id)?])
    }

    fn session_at(&self, id: &str) -> Result<usize, Refusal> {
        place("session", id, &self.sessions, |session| &session.id)
    }

    fn session_mut(&mut self, id: &str) -> Result<&mut Session, Refusal> {
        let at = self.session_at(id)?;
        Ok(&mut self.sessions[at])
    }

    /// The session called `id`, which must not be over.
    fn open_session_mut(&mut self, id: &str) -> Result<&mut Session, Refusal> {
        let session = self.session_mut(id)?;
        if session.is_over() { Err(is_over(session)) } else { Ok(session) }
    }

    fn turn_mut(&mut self, at: &TurnRef) -> Result<&mut Turn, Refusal> {
        let session = self.session_mut(&at.session)?;
        let place = session.turn_at(&at.turn)?;
        Ok(&mut session.turns[place])
    }

    fn turn_of(&self, at: &TurnRef) -> Result<(&Session, &Turn), Refusal> {
        let session = self.known_session(&at.session)?;
        Ok((session, session.known_turn(&at.turn)?))
    }

    fn known_placeholder(&self, name: &str) -> Result<&Placeholder, Refusal> {
        let all = &self.strategy.placeholders;
        Ok(&all[place("placeholder", name, all, |placeholder| &placeholder.name)?])
    }
}

impl Session {
    /// The turn called `id`.
    pub fn known_turn(&self, id: &str) -> Result<&Turn, Refusal> {
        Ok(&self.turns[self.turn_at(id)?])
    }

    fn turn_at(&self, id: &str) -> Result<usize, Refusal> {
        place("turn", id, &self.turns, |turn| &turn.id)
    }
}

fn is_over(session: &Session) -> Refusal {
    Refusal::rule(format!("the session '{}' is {}", session.title, session.state), "reopen the session first")
}

/// Which of `items` is the one called `id`; where none is, the nearest is named.
fn place<T>(what: &str, id: &str, items: &[T], id_of: impl Fn(&T) -> &str) -> Result<usize, Refusal> {
    let found = items.iter().position(|item| id_of(item) == id);
    found.ok_or_else(|| unknown(what, id, items.iter().map(id_of)))
}

fn unknown<'a>(what: &str, id: &str, known: impl Iterator<Item = &'a str>) -> Refusal {
    Refusal::not_found(format!("there is no {what} `{id}`"), near_or_all(id, known))
}

/// Times in files are whole seconds.
pub fn whole_second(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).or_else(|_| time.round(Unit::Second)).unwrap_or(time)
}
