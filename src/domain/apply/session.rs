//! What may be done with sessions, their checklists and the plan as a whole.

use jiff::Timestamp;

use crate::domain::checklist::{ChecklistItem, Tick};
use crate::domain::id;
use crate::domain::placeholder::{self, Value};
use crate::domain::plan::{Outcome, Plan, Reflection, SessionState, Turn, TurnState};
use crate::domain::refusal::Refusal;

use super::turn::stop_all;

impl Plan {
    pub(super) fn rename(&mut self, name: &str) -> Result<String, Refusal> {
        if name.trim().is_empty() {
            return Err(Refusal::invalid("a plan needs a name", "give it one"));
        }
        name.trim().clone_into(&mut self.name);
        Ok(format!("renamed to '{}'", self.name))
    }

    pub(in crate::domain) fn set_value(&mut self, name: &str, value: Option<Value>) -> Result<String, Refusal> {
        let placeholder = self.known_placeholder(name)?;
        let label = placeholder.label.clone();
        let given = value.filter(|value| !value.is_empty());
        let value = given.or_else(|| placeholder::default_of(placeholder, &self.strategy, &self.values));
        if let Some(fault) = placeholder.fault(value.as_ref()) {
            return Err(Refusal::invalid(format!("{label}: {fault}"), placeholder.help.clone()));
        }
        let before = self.values.clone();
        let mut given = placeholder::without_defaults(&self.strategy, &before);
        match value {
            Some(value) => given.insert(name.into(), value),
            None => given.remove(name),
        };
        // Defaults made from the old value follow. Answers to questions that are hidden now are kept.
        self.values = placeholder::effective(&self.strategy, &given);
        for (name, value) in given {
            self.values.entry(name).or_insert(value);
        }
        for session in self.sessions.iter_mut().filter(|session| !session.is_over()) {
            session.follow_goal(&self.strategy, &before, &self.values);
        }
        Ok(format!("{label} changed; prompts not sent yet follow"))
    }

    pub(super) fn tick(
        &mut self,
        session: &str,
        item: &str,
        note: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        let item = self.item_mut(session, item)?;
        if item.ticked.is_some() {
            return Err(Refusal::rule(format!("'{}' is ticked already", item.text), "take the tick back first"));
        }
        item.ticked = Some(Tick { at: now, by: by.into(), note: note.trim().into() });
        Ok(format!("ticked: {}", item.text))
    }

    pub(super) fn untick(&mut self, session: &str, item: &str) -> Result<String, Refusal> {
        let item = self.item_mut(session, item)?;
        if item.ticked.take().is_none() {
            return Err(Refusal::rule(format!("'{}' is not ticked", item.text), "there is nothing to take back"));
        }
        Ok(format!("no longer ticked: {}", item.text))
    }

    fn item_mut(&mut self, session: &str, id: &str) -> Result<&mut ChecklistItem, Refusal> {
        let session = self.open_session_mut(session)?;
        let at = super::place("checklist item", id, &session.checklist, |item| &item.id)?;
        Ok(&mut session.checklist[at])
    }

    pub(super) fn add_item(&mut self, session: &str, text: &str) -> Result<String, Refusal> {
        if text.trim().is_empty() {
            return Err(Refusal::invalid("the new item says nothing", "write what is to be true"));
        }
        let session = self.open_session_mut(session)?;
        let id = id::unique(&id::slug(text, 40), |id| session.checklist.iter().any(|item| item.id == id));
        session.checklist.push(ChecklistItem { id, text: text.trim().into(), standard: false, ticked: None });
        Ok(format!("checklist item added: {}", text.trim()))
    }

    pub(super) fn finish_session(
        &mut self,
        id: &str,
        unverified: Option<&str>,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        let session = self.session_mut(id)?;
        if session.is_over() {
            return Err(Refusal::rule(
                format!("the session '{}' is {} already", session.title, session.state),
                "reopen it to go on with it",
            ));
        }
        if let Some(open) = session.turns.iter().find(|turn| !turn.is_closed()) {
            return Err(Refusal::rule(
                format!("turn '{}' is {}", open.title, open.state),
                "close every turn first, or skip it with a reason",
            ));
        }
        if let Some(turn) = session.open_gates().first() {
            let text = turn.gate.as_ref().map(|gate| gate.text.clone()).unwrap_or_default();
            return Err(Refusal::rule(
                format!("the gate after '{}' is open: {text}", turn.title),
                "approve or reject it first",
            ));
        }
        let reason = unverified.map(str::trim).filter(|reason| !reason.is_empty());
        let missing = session.unverified();
        if let (Some(turn), None) = (missing.first(), reason) {
            let slots: Vec<String> = turn.all_missing().iter().map(|slot| slot.lack()).collect();
            return Err(Refusal::rule(
                format!("turn '{}' is unverified: no evidence for {}", turn.title, slots.join(", ")),
                "record the evidence, or state a reason to finish without it",
            ));
        }
        session.reason = if missing.is_empty() { None } else { reason.map(Into::into) };
        let open = session.open_items().len();
        stop_all(session, now);
        session.state = SessionState::Finished;
        session.ended = Some(now);
        Ok(match (session.reason.is_some(), open) {
            (true, _) => format!("session '{}' finished unverified", session.title),
            (false, 0) => format!("session '{}' finished", session.title),
            (false, 1) => format!("session '{}' finished with 1 checklist item open", session.title),
            (false, open) => format!("session '{}' finished with {open} checklist items open", session.title),
        })
    }

    pub(super) fn reopen_session(&mut self, id: &str) -> Result<String, Refusal> {
        let session = self.session_mut(id)?;
        if !session.is_over() {
            return Err(Refusal::rule(format!("the session '{}' is {}", session.title, session.state), "it is open"));
        }
        let begun = session.turns.iter().any(|turn| turn.state != TurnState::Pending);
        let closed = session.turns.iter().all(Turn::is_closed);
        session.state = match (begun, closed) {
            (false, _) => SessionState::Planned,
            (true, false) => SessionState::Running,
            (true, true) => SessionState::WrapUp,
        };
        session.ended = None;
        session.reason = None;
        Ok(format!("session '{}' reopened", session.title))
    }

    pub(super) fn abandon(&mut self, id: Option<&str>, reason: &str, now: Timestamp) -> Result<String, Refusal> {
        if let Some(id) = id {
            self.session_mut(id)?;
        }
        let reason = Some(reason.trim()).filter(|reason| !reason.is_empty()).map(str::to_owned);
        let chosen =
            self.sessions.iter_mut().filter(|session| !session.is_over() && id.is_none_or(|id| id == session.id));
        let mut count = 0;
        for session in chosen {
            stop_all(session, now);
            session.state = SessionState::Abandoned;
            session.ended = Some(now);
            session.reason.clone_from(&reason);
            count += 1;
        }
        match count {
            0 => Err(Refusal::rule("there is no open session to abandon", "reopen one to go on with it")),
            1 => Ok("session abandoned".into()),
            _ => Ok(format!("{count} sessions abandoned")),
        }
    }

    pub(super) fn set_review(&mut self, outcome: Outcome, helped: &str, change: &str) -> String {
        let answers = std::mem::take(&mut self.reflection.answers);
        self.reflection =
            Reflection { outcome, helped: helped.trim_end().into(), change: change.trim_end().into(), answers };
        "review noted".into()
    }

    pub(super) fn archive(&mut self) -> Result<String, Refusal> {
        if self.is_running() {
            return Err(Refusal::rule("a clock of this plan is running", "pause it first"));
        }
        if std::mem::replace(&mut self.archived, true) {
            return Err(Refusal::rule("the plan is archived already", "bring it back to see it in the list"));
        }
        Ok("archived".into())
    }

    pub(super) fn unarchive(&mut self) -> Result<String, Refusal> {
        if !std::mem::replace(&mut self.archived, false) {
            return Err(Refusal::rule("the plan is not archived", "it is in the list already"));
        }
        Ok("back from the archive".into())
    }
}
