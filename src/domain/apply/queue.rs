//! What is kept for plans of their own, so that a plan under way does not grow.

use jiff::Timestamp;

use crate::domain::command::TurnRef;
use crate::domain::goals;
use crate::domain::id;
use crate::domain::plan::{Plan, Queued, TurnState};
use crate::domain::refusal::Refusal;

impl Plan {
    pub(super) fn queue(
        &mut self,
        title: &str,
        goal: &str,
        placeholder: &str,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        let (title, goal) = (title.trim(), goal.trim());
        if title.is_empty() {
            return Err(Refusal::invalid("what is queued has no title", "say in a few words what it is to reach"));
        }
        if !placeholder.is_empty() {
            self.known_placeholder(placeholder)?;
        }
        let id = id::unique(&id::slug(title, 40), |id| self.queue.iter().any(|queued| queued.id == id));
        self.queue.push(Queued {
            id,
            title: title.into(),
            goal: if goal.is_empty() { title.into() } else { goal.into() },
            at: now,
            placeholder: placeholder.into(),
            plan: String::new(),
        });
        Ok(format!("queued as a plan of its own: {title}"))
    }

    pub(super) fn queue_turn(&mut self, at: &TurnRef, placeholder: &str, now: Timestamp) -> Result<String, Refusal> {
        let (session, turn) = self.turn_of(at)?;
        if !turn.added || turn.state != TurnState::Pending {
            return Err(Refusal::rule(
                format!("turn '{}' cannot be queued", turn.title),
                "only a turn that was added and has not begun can; finish it here, or skip it with a reason",
            ));
        }
        // As a plan of its own it comes on top of nothing.
        let title = goals::alone(&turn.title);
        let prompt = self.prompt(session, turn).unwrap_or_default();
        let goal = if prompt.trim().is_empty() { title.clone() } else { goals::alone(&prompt) };
        let summary = self.queue(&title, &goal, placeholder, now)?;
        self.session_mut(&at.session)?.turns.retain(|turn| turn.id != at.turn);
        Ok(summary)
    }

    pub(super) fn unqueue(&mut self, id: &str) -> Result<String, Refusal> {
        let at = self.queued_at(id)?;
        let gone = self.queue.remove(at);
        Ok(format!("no longer queued: {}", gone.title))
    }

    pub(super) fn start_queued(&mut self, id: &str, plan: &str) -> Result<String, Refusal> {
        let at = self.queued_at(id)?;
        let queued = &mut self.queue[at];
        if !queued.plan.is_empty() {
            return Err(Refusal::rule(
                format!("'{}' was started already, as {}", queued.title, queued.plan),
                "open that plan",
            ));
        }
        plan.clone_into(&mut queued.plan);
        Ok(format!("started from the queue: {}", queued.title))
    }

    pub(super) fn follow(&mut self, plan: &str) -> Result<String, Refusal> {
        if plan == self.id {
            return Err(Refusal::invalid("a plan cannot follow itself", "name the plan that queued it"));
        }
        plan.clone_into(&mut self.follows);
        Ok(format!("follows {plan}"))
    }

    fn queued_at(&self, id: &str) -> Result<usize, Refusal> {
        super::place("queued plan", id, &self.queue, |queued| &queued.id)
    }
}
