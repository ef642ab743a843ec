//! What strategies and plans have in common, so that each rule is written once.

use crate::domain::budget::Budget;
use crate::domain::command::TurnRef;
use crate::domain::plan::{Plan, Session, SessionState, Turn, TurnState};
use crate::domain::strategy::{Codebase, SessionSpec, Strategy, TurnKind, TurnSpec};

use super::stated::{self, Stated};

/// A strategy or a plan as the rules see it.
pub(super) struct Outline<'a> {
    /// The plan, where it is one.
    pub plan: Option<&'a Plan>,
    pub codebase: Codebase,
    /// What all sessions together are to reach, where the strategy has several.
    pub stated: Vec<Stated>,
    /// The sessions, in order.
    pub sessions: Vec<SessionOutline<'a>>,
}

/// A session as the rules see it.
pub(super) struct SessionOutline<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub goal: &'a str,
    /// What it is to reach, as far as it is its own.
    pub stated: Vec<Stated>,
    pub after: &'a [String],
    /// Its own budget, where it has one.
    pub budget: Option<&'a Budget>,
    /// Whether a split made it: it has one goal.
    pub split: bool,
    pub state: SessionState,
    pub turns: Vec<TurnOutline<'a>>,
}

/// A turn as the rules see it.
pub(super) struct TurnOutline<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub kind: TurnKind,
    /// Its words, before any value is put in.
    pub prompt: &'a str,
    pub budget: Option<&'a Budget>,
    pub state: TurnState,
    pub added: bool,
    pub gate: bool,
    /// Whether it has to show something.
    pub shows: bool,
    /// Whether it has to show a command and what came of it.
    pub runs: bool,
    /// Required evidence that it was closed without.
    pub lacks: Vec<String>,
}

impl<'a> Outline<'a> {
    pub fn of_strategy(strategy: &'a Strategy) -> Self {
        Self {
            plan: None,
            codebase: strategy.fit.codebase,
            stated: Vec::new(),
            sessions: strategy.sessions.iter().map(|spec| SessionOutline::of_spec(spec, strategy)).collect(),
        }
    }

    pub fn of_plan(plan: &'a Plan) -> Self {
        Self {
            plan: Some(plan),
            codebase: plan.strategy.fit.codebase,
            stated: stated::of_plan(plan),
            sessions: plan.sessions.iter().map(|session| SessionOutline::of_session(plan, session)).collect(),
        }
    }

    /// What a sentence calls a session: a plan with a single one does not name it.
    pub fn name(&self, session: &SessionOutline<'_>) -> String {
        if self.sessions.len() == 1 { "the session".into() } else { format!("'{}'", session.title) }
    }

    /// The sessions that something can still be done about.
    pub fn open(&self) -> impl Iterator<Item = &SessionOutline<'a>> {
        self.sessions.iter().filter(|session| !session.is_over())
    }

    /// The sessions that wait for `session`.
    pub fn followers(&self, session: &SessionOutline<'_>) -> Vec<&SessionOutline<'a>> {
        self.sessions.iter().filter(|other| other.after.iter().any(|after| after == session.id)).collect()
    }

    /// The sessions that `session` waits for, at whatever remove.
    pub fn ahead(&self, session: &SessionOutline<'_>) -> Vec<&SessionOutline<'a>> {
        let mut found: Vec<&SessionOutline<'a>> = Vec::new();
        let mut open: Vec<&str> = session.after.iter().map(String::as_str).collect();
        while let Some(id) = open.pop() {
            let Some(other) = self.sessions.iter().find(|other| other.id == id) else { continue };
            if !found.iter().any(|known| known.id == other.id) {
                found.push(other);
                open.extend(other.after.iter().map(String::as_str));
            }
        }
        found
    }
}

impl<'a> SessionOutline<'a> {
    fn of_spec(spec: &'a SessionSpec, strategy: &Strategy) -> Self {
        Self {
            id: &spec.id,
            title: if spec.title.is_empty() { &spec.id } else { &spec.title },
            goal: &spec.goal,
            stated: stated::of_spec(spec, strategy),
            after: &spec.after,
            budget: spec.budget.as_ref(),
            split: false,
            state: SessionState::Planned,
            turns: spec.turns.iter().map(TurnOutline::of_spec).collect(),
        }
    }

    fn of_session(plan: &'a Plan, session: &'a Session) -> Self {
        Self {
            id: &session.id,
            title: &session.title,
            goal: &session.goal,
            stated: stated::of_session(plan, session),
            after: &session.after,
            budget: session.budget.as_ref(),
            split: !session.split_from.is_empty(),
            state: session.state,
            turns: session.turns.iter().map(|turn| TurnOutline::of_turn(plan, session, turn)).collect(),
        }
    }

    pub fn is_over(&self) -> bool {
        matches!(self.state, SessionState::Finished | SessionState::Abandoned)
    }

    pub fn at(&self, step: &TurnOutline<'_>) -> TurnRef {
        TurnRef::new(self.id, step.id)
    }

    /// Its own budget, else the sum of its turns'.
    pub fn whole_budget(&self) -> Option<Budget> {
        self.budget.cloned().or_else(|| Budget::sum(self.turns.iter().filter_map(|step| step.budget)))
    }
}

impl<'a> TurnOutline<'a> {
    fn of_spec(spec: &'a TurnSpec) -> Self {
        let required = || spec.evidence.iter().filter(|slot| slot.required);
        Self {
            id: &spec.id,
            title: if spec.title.is_empty() { &spec.id } else { &spec.title },
            kind: spec.kind,
            prompt: &spec.prompt,
            budget: spec.budget.as_ref(),
            state: TurnState::Pending,
            added: false,
            gate: !spec.gate.is_empty(),
            shows: required().next().is_some(),
            runs: required().any(|slot| slot.kind.wants_run()),
            lacks: Vec::new(),
        }
    }

    fn of_turn(plan: &'a Plan, session: &Session, turn: &'a Turn) -> Self {
        let required = || turn.evidence.iter().filter(|slot| slot.required);
        let closed = turn.state == TurnState::Done;
        Self {
            id: &turn.id,
            title: &turn.title,
            kind: turn.kind,
            prompt: plan.wording(session, turn),
            budget: turn.budget.as_ref(),
            state: turn.state,
            added: turn.added,
            gate: turn.gate.is_some(),
            shows: required().next().is_some(),
            runs: required().any(|slot| slot.kind.wants_run()),
            lacks: if closed { turn.all_missing().iter().map(|slot| slot.lack()).collect() } else { Vec::new() },
        }
    }

    pub fn is_skipped(&self) -> bool {
        self.state == TurnState::Skipped
    }

    pub fn is_pending(&self) -> bool {
        self.state == TurnState::Pending
    }

    /// Whether it makes or changes something.
    pub fn implements(&self) -> bool {
        self.kind == TurnKind::Implement && !self.is_skipped()
    }
}
