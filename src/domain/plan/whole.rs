//! What is asked of a plan as a whole: where it stands, what is next, what a prompt reads.

use jiff::Timestamp;

use super::{Plan, PlanState, Reflection, SCHEMA, Session, SessionState, Standing, Turn, TurnState};
use crate::domain::budget::Budget;
use crate::domain::placeholder::{self, Fault, Values};
use crate::domain::strategy::{SessionSpec, Strategy};
use crate::domain::template::{self, Piece, TemplateError};

impl Plan {
    /// A new plan of `strategy`, every value checked.
    ///
    /// # Errors
    /// Every value that is missing or wrong, in the form's order.
    pub fn start(
        strategy: &Strategy,
        values: &Values,
        id: &str,
        name: &str,
        now: Timestamp,
    ) -> Result<Self, Vec<Fault>> {
        let faults = placeholder::faults(strategy, values);
        if !faults.is_empty() {
            return Err(faults);
        }
        let kept = placeholder::effective(strategy, values);
        let session = |spec: &SessionSpec| Session::from_spec(spec, strategy, &kept);
        let mut plan = Self {
            schema: SCHEMA,
            id: id.into(),
            name: name.trim().into(),
            created: now,
            updated: now,
            revision: 1,
            archived: false,
            sessions: strategy.sessions.iter().map(session).collect(),
            values: kept,
            reflection: Reflection::default(),
            notes: Vec::new(),
            readings: Vec::new(),
            first_goal: String::new(),
            follows: String::new(),
            queue: Vec::new(),
            strategy: strategy.clone(),
        };
        plan.first_goal = plan.goal();
        Ok(plan)
    }

    /// The plan with approvals taken back that are about something else than what stands there
    /// now: a plan file may have been edited by hand.
    #[must_use]
    pub fn with_stale_gates(mut self) -> Self {
        for session in self.sessions.iter_mut().filter(|session| !session.is_over()) {
            session.turns.iter_mut().for_each(Turn::take_back_stale_approval);
        }
        self
    }

    /// The values that templates see: without answers to questions that are hidden.
    pub fn shown_values(&self) -> Values {
        placeholder::effective(&self.strategy, &self.values)
    }

    /// The values that the templates of one session see: its own before the plan's.
    pub fn values_of(&self, session: &Session) -> Values {
        let Some(own) = &session.values else { return self.shown_values() };
        let mut values = self.values.clone();
        values.extend(own.clone());
        placeholder::effective(&self.strategy, &values)
    }

    /// The session called `id`.
    pub fn session(&self, id: &str) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    /// The goal of the whole plan, as text.
    pub fn goal(&self) -> String {
        template::render(&self.strategy.goal, &self.strategy, &self.shown_values())
            .unwrap_or_else(|_| self.strategy.goal.clone())
    }

    /// Where the plan stands.
    pub fn state(&self) -> PlanState {
        let all = |state| self.sessions.iter().all(|session| session.state == state);
        if all(SessionState::Abandoned) {
            PlanState::Abandoned
        } else if self.sessions.iter().all(Session::is_over) {
            PlanState::Finished
        } else if all(SessionState::Planned) {
            PlanState::Planned
        } else {
            PlanState::InProgress
        }
    }

    /// The session that a person would go on with: one that runs, else one to wrap up, else the
    /// first that may begin, else the last.
    pub fn current_session(&self) -> Option<&Session> {
        let first = |wanted: &dyn Fn(&Session) -> bool| self.sessions.iter().find(|session| wanted(session));
        first(&|session| session.turns.iter().any(|turn| turn.running_since.is_some()))
            .or_else(|| first(&|session| session.state == SessionState::Running))
            .or_else(|| first(&|session| session.state == SessionState::WrapUp))
            .or_else(|| first(&|session| session.state == SessionState::Planned && self.waits_for(session).is_empty()))
            .or_else(|| first(&|session| !session.is_over()))
            .or(self.sessions.last())
    }

    /// The sessions that must be finished before `session` may begin and are not.
    pub fn waits_for(&self, session: &Session) -> Vec<&Session> {
        let waited = session.after.iter().filter_map(|id| self.session(id));
        waited.filter(|other| other.state != SessionState::Finished).collect()
    }

    /// `waits for A and B`; nothing where it waits for none, or is over. `own` makes titles fit for where they are
    /// shown.
    pub fn waits_in_words(&self, session: &Session, own: impl Fn(&str) -> String) -> Option<String> {
        let titles: Vec<String> = self.waits_for(session).iter().map(|other| own(&other.title)).collect();
        (!titles.is_empty() && !session.is_over()).then(|| format!("waits for {}", titles.join(" and ")))
    }

    /// The sessions that wait for `session`.
    pub fn blocks(&self, session: &Session) -> Vec<&Session> {
        self.sessions.iter().filter(|other| other.after.contains(&session.id)).collect()
    }

    /// What a turn counts as.
    pub fn standing(&self, session: &Session, turn: &Turn) -> Standing {
        match turn.state {
            TurnState::Active if turn.running_since.is_some() => Standing::Running,
            TurnState::Active => Standing::Paused,
            TurnState::Done if turn.all_missing().is_empty() => Standing::Done,
            TurnState::Done => Standing::Unverified,
            TurnState::Skipped => Standing::Skipped,
            TurnState::Pending if self.blocker(session, turn).is_some() => Standing::Waiting,
            TurnState::Pending => Standing::Ready,
        }
    }

    /// The prompt as it was sent, else as it would be sent now.
    pub fn prompt(&self, session: &Session, turn: &Turn) -> Result<String, TemplateError> {
        if let Some(sent) = &turn.sent {
            return Ok(sent.prompt.clone());
        }
        match self.source(session, turn) {
            Source::Own(text) => Ok(text.to_owned()),
            Source::Template(template) => {
                let text = template::render(template, &self.strategy, &self.values_of(session))?;
                Ok(only_goal(session) + &text)
            }
        }
    }

    /// The prompt with inserted text marked; a prompt already sent is all of one piece.
    pub fn prompt_preview(&self, session: &Session, turn: &Turn) -> Result<Vec<Piece>, TemplateError> {
        let plain = |text: &str| vec![Piece { text: text.to_owned(), origin: template::Origin::Template }];
        if let Some(sent) = &turn.sent {
            return Ok(plain(&sent.prompt));
        }
        match self.source(session, turn) {
            Source::Own(text) => Ok(plain(text)),
            Source::Template(template) => {
                let mut pieces = template::preview(template, &self.strategy, &self.values_of(session))?;
                let goal = only_goal(session);
                if !goal.is_empty() {
                    pieces.insert(0, Piece { text: goal, origin: template::Origin::Template });
                }
                Ok(pieces)
            }
        }
    }

    /// The words of a turn's prompt before any value is put in: the person's own, else the template.
    pub(crate) fn wording<'a>(&'a self, session: &Session, turn: &'a Turn) -> &'a str {
        match self.source(session, turn) {
            Source::Own(text) | Source::Template(text) => text,
        }
    }

    fn source<'a>(&'a self, session: &Session, turn: &'a Turn) -> Source<'a> {
        if let Some(own) = &turn.prompt {
            return Source::Own(own);
        }
        let spec = self.strategy.sessions.iter().find(|spec| spec.id == session.spec_id());
        let spec = spec.and_then(|spec| spec.turns.iter().find(|spec| spec.id == turn.id));
        Source::Template(spec.map_or("", |spec| spec.prompt.as_str()))
    }

    /// The whole budget: each session's own, else the sum of its turns'.
    pub fn budget(&self) -> Option<Budget> {
        let budgets: Vec<Budget> = self.sessions.iter().filter_map(Session::whole_budget).collect();
        Budget::sum(&budgets)
    }

    /// Seconds worked in all sessions.
    pub fn worked(&self, now: Timestamp) -> u64 {
        self.sessions.iter().map(|session| session.worked(now)).fold(0, u64::saturating_add)
    }

    /// Whether any clock runs.
    pub fn is_running(&self) -> bool {
        self.sessions.iter().flat_map(|session| &session.turns).any(|turn| turn.running_since.is_some())
    }

    /// Whether it has more than one session, so that screens show that level.
    pub fn is_multi_session(&self) -> bool {
        self.sessions.len() > 1
    }
}

/// What stands before the prompts of a session that a split made, where none of its values says it.
fn only_goal(session: &Session) -> String {
    if session.split_from.is_empty() || session.values.is_some() {
        return String::new();
    }
    format!("The one goal of this session: {}. The others have sessions of their own.\n\n", session.goal)
}

/// Where the words of a prompt not sent yet come from.
enum Source<'a> {
    Own(&'a str),
    Template(&'a str),
}
