//! What strategies and plans have in common, so that each rule is written once.

use crate::domain::budget::Budget;
use crate::domain::command::TurnRef;
use crate::domain::plan::{Plan, Session, SessionState, Turn, TurnState};
use crate::domain::strategy::{SessionSpec, Strategy, TurnSpec};

/// A strategy or a plan as the rules see it.
pub(super) struct Outline<'a> {
    /// The sessions, in order.
    pub sessions: Vec<Stretch<'a>>,
}

/// A session as the rules see it.
pub(super) struct Stretch<'a> {
    pub id: &'a str,
    pub title: &'a str,
    /// Its own budget, where it has one.
    pub budget: Option<&'a Budget>,
    pub state: SessionState,
    pub turns: Vec<Step<'a>>,
}

/// A turn as the rules see it.
pub(super) struct Step<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub budget: Option<&'a Budget>,
    pub state: TurnState,
}

impl<'a> Outline<'a> {
    pub fn of_strategy(strategy: &'a Strategy) -> Self {
        Self { sessions: strategy.sessions.iter().map(Stretch::of_spec).collect() }
    }

    pub fn of_plan(plan: &'a Plan) -> Self {
        Self { sessions: plan.sessions.iter().map(Stretch::of_session).collect() }
    }

    /// What a sentence calls a session: a plan with a single one does not name it.
    pub fn name(&self, session: &Stretch<'_>) -> String {
        if self.sessions.len() == 1 { "the session".into() } else { format!("'{}'", session.title) }
    }

    /// The sessions that something can still be done about.
    pub fn open(&self) -> impl Iterator<Item = &Stretch<'a>> {
        self.sessions.iter().filter(|session| !session.is_over())
    }
}

impl<'a> Stretch<'a> {
    fn of_spec(spec: &'a SessionSpec) -> Self {
        Self {
            id: &spec.id,
            title: if spec.title.is_empty() { &spec.id } else { &spec.title },
            budget: spec.budget.as_ref(),
            state: SessionState::Planned,
            turns: spec.turns.iter().map(Step::of_spec).collect(),
        }
    }

    fn of_session(session: &'a Session) -> Self {
        Self {
            id: &session.id,
            title: &session.title,
            budget: session.budget.as_ref(),
            state: session.state,
            turns: session.turns.iter().map(Step::of_turn).collect(),
        }
    }

    pub fn is_over(&self) -> bool {
        matches!(self.state, SessionState::Finished | SessionState::Abandoned)
    }

    pub fn at(&self, step: &Step<'_>) -> TurnRef {
        TurnRef::new(self.id, step.id)
    }
}

impl<'a> Step<'a> {
    fn of_spec(spec: &'a TurnSpec) -> Self {
        Self {
            id: &spec.id,
            title: if spec.title.is_empty() { &spec.id } else { &spec.title },
            budget: spec.budget.as_ref(),
            state: TurnState::Pending,
        }
    }

    fn of_turn(turn: &'a Turn) -> Self {
        Self { id: &turn.id, title: &turn.title, budget: turn.budget.as_ref(), state: turn.state }
    }
}
