//! What changes the shape of a plan's sessions: one per goal, one after another, their budgets.

use crate::domain::budget::Budget;
use crate::domain::goals;
use crate::domain::id;
use crate::domain::placeholder::{Value, Values};
use crate::domain::plan::{Plan, Session, SessionState};
use crate::domain::refusal::Refusal;

/// Most sessions that one is split into; more is a list, not a plan.
const MAX_GOALS: usize = 20;

impl Plan {
    pub(super) fn split_session(&mut self, id: &str, goals: &[String], placeholder: &str) -> Result<String, Refusal> {
        let goals: Vec<&str> = goals.iter().map(|goal| goal.trim()).filter(|goal| !goal.is_empty()).collect();
        if goals.len() < 2 || goals.len() > MAX_GOALS {
            let message = format!("a session is split into 2 to {MAX_GOALS} goals, not {}", goals.len());
            return Err(Refusal::invalid(message, "name each goal"));
        }
        let list = !placeholder.is_empty()
            && self.known_placeholder(placeholder)?.kind == crate::domain::placeholder::PlaceholderKind::List;
        let session = self.open_session_mut(id)?.clone();
        if session.state != SessionState::Planned {
            return Err(Refusal::rule(
                format!("the session '{}' has begun and cannot be split", session.title),
                "finish it with its first goal, and queue the others as plans of their own",
            ));
        }
        let mut taken: Vec<String> = self.sessions.iter().map(|session| session.id.clone()).collect();
        let mut parts: Vec<Session> = Vec::new();
        for goal in &goals {
            let own = id::unique(&id::slug(goal, 40), |id| taken.iter().any(|other| other == id));
            taken.push(own.clone());
            let value = |goal: &str| if list { Value::List(vec![goal.into()]) } else { Value::Text(goal.into()) };
            let values = || -> Values {
                let mut values = session.values.clone().unwrap_or_default();
                values.insert(placeholder.into(), value(goal));
                values
            };
            parts.push(Session {
                id: own,
                title: goals::title(goal),
                goal: (*goal).into(),
                after: parts.last().map_or_else(|| session.after.clone(), |last| vec![last.id.clone()]),
                split_from: session.spec_id().into(),
                values: if placeholder.is_empty() { session.values.clone() } else { Some(values()) },
                ..session.clone()
            });
        }
        let last = parts.last().map(|part| part.id.clone()).unwrap_or_default();
        let at = self.sessions.iter().position(|other| other.id == id).unwrap_or(0);
        self.sessions.splice(at..=at, parts);
        for after in self.sessions.iter_mut().flat_map(|session| &mut session.after) {
            if after == id {
                last.clone_into(after);
            }
        }
        Ok(format!("split into {} sessions, one per goal", goals.len()))
    }

    pub(super) fn wait_for(&mut self, id: &str, other: &str) -> Result<String, Refusal> {
        let title = self.open_session_mut(other)?.title.clone();
        let session = self.open_session_mut(id)?;
        if session.state != SessionState::Planned {
            return Err(Refusal::rule(
                format!("the session '{}' has begun", session.title),
                "finish one of the two before you go on with the other",
            ));
        }
        if session.after.iter().any(|after| after == other) {
            return Err(Refusal::rule(format!("it waits for '{title}' already"), "there is nothing to change"));
        }
        if id == other || self.leads_to(id, other) {
            return Err(Refusal::rule(
                format!("'{title}' would wait for itself"),
                "let the other session wait instead",
            ));
        }
        let session = self.open_session_mut(id)?;
        session.after.push(other.into());
        Ok(format!("'{}' waits for '{title}'", session.title))
    }

    /// Whether `later` waits, at whatever remove, for `earlier`.
    fn leads_to(&self, earlier: &str, later: &str) -> bool {
        let mut open = vec![later];
        let mut seen: Vec<&str> = Vec::new();
        while let Some(id) = open.pop() {
            if id == earlier {
                return true;
            }
            if !seen.contains(&id) {
                seen.push(id);
                open.extend(self.session(id).iter().flat_map(|session| session.after.iter().map(String::as_str)));
            }
        }
        false
    }

    pub(super) fn set_session_budget(&mut self, id: &str, budget: Option<Budget>) -> Result<String, Refusal> {
        let session = self.open_session_mut(id)?;
        session.budget = budget;
        Ok(match &session.budget {
            Some(budget) => format!("budget of '{}' is {budget}", session.title),
            None => format!("'{}' has the budget of its turns", session.title),
        })
    }
}
