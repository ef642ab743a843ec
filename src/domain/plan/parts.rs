//! What is asked of a session, a turn and their parts.

use jiff::Timestamp;

use crate::domain::budget::Budget;
use crate::domain::checklist::{ChecklistItem, checklist};
use crate::domain::placeholder::Values;
use crate::domain::strategy::{EvidenceSpec, ExpectedExit, SessionSpec, Strategy, TurnKind, TurnSpec, turn_numbers};
use crate::domain::template;

use super::{Evidence, Gate, Kept, Session, SessionState, Turn, TurnState};

impl Session {
    pub(super) fn from_spec(spec: &SessionSpec, strategy: &Strategy, values: &Values) -> Self {
        Self {
            id: spec.id.clone(),
            title: if spec.title.is_empty() { spec.id.clone() } else { spec.title.clone() },
            goal: goal(spec, strategy, values),
            after: spec.after.clone(),
            budget: spec.budget.clone(),
            state: SessionState::Planned,
            started: None,
            ended: None,
            reason: None,
            split_from: String::new(),
            values: None,
            turns: spec.turns.iter().map(Turn::from_spec).collect(),
            checklist: checklist(&spec.checklist),
        }
    }

    /// The goal as it reads with new values, unless a person wrote another one into the file.
    pub(crate) fn follow_goal(&mut self, strategy: &Strategy, before: &Values, values: &Values) {
        // A session that a split made has its one goal.
        let Some(spec) = strategy.sessions.iter().find(|spec| spec.id == self.id) else { return };
        if self.goal == goal(spec, strategy, before) {
            self.goal = goal(spec, strategy, values);
        }
    }

    /// The id of the strategy's session whose prompts it uses.
    pub fn spec_id(&self) -> &str {
        if self.split_from.is_empty() { &self.id } else { &self.split_from }
    }

    /// The turn called `id`.
    pub fn turn(&self, id: &str) -> Option<&Turn> {
        self.turns.iter().find(|turn| turn.id == id)
    }

    /// The turn that a person would go on with: the active one, else a closed one whose gate is
    /// open, else the first pending, else the last.
    pub fn current_turn(&self) -> Option<&Turn> {
        let first = |wanted: &dyn Fn(&Turn) -> bool| self.turns.iter().find(|turn| wanted(turn));
        first(&|turn| turn.state == TurnState::Active)
            .or_else(|| first(&|turn| turn.open_gate().is_some() || turn.state == TurnState::Pending))
            .or(self.turns.last())
    }

    /// Finished or abandoned.
    pub fn is_over(&self) -> bool {
        matches!(self.state, SessionState::Finished | SessionState::Abandoned)
    }

    /// Its own budget, else the sum of its turns'.
    pub fn whole_budget(&self) -> Option<Budget> {
        self.budget.clone().or_else(|| Budget::sum(self.turns.iter().filter_map(|turn| turn.budget.as_ref())))
    }

    /// Seconds worked in all its turns.
    pub fn worked(&self, now: Timestamp) -> u64 {
        self.turns.iter().map(|turn| turn.total_worked(now)).fold(0, u64::saturating_add)
    }

    /// The numbers of its turns in the agent's count.
    pub fn turn_numbers(&self) -> Vec<String> {
        turn_numbers(self.turns.iter().map(|turn| turn.span))
    }

    /// Turns closed without all required evidence.
    pub fn unverified(&self) -> Vec<&Turn> {
        self.turns.iter().filter(|turn| turn.state == TurnState::Done && !turn.all_missing().is_empty()).collect()
    }

    /// Turns whose gate still wants an approval.
    pub fn open_gates(&self) -> Vec<&Turn> {
        self.turns.iter().filter(|turn| turn.open_gate().is_some()).collect()
    }

    /// Checklist items not ticked.
    pub fn open_items(&self) -> Vec<&ChecklistItem> {
        self.checklist.iter().filter(|item| item.ticked.is_none()).collect()
    }

    /// Gates approved, and gates in all.
    pub fn gate_count(&self) -> (usize, usize) {
        let gates = self.turns.iter().filter_map(|turn| turn.gate.as_ref());
        gates.fold((0, 0), |(approved, all), gate| (approved + usize::from(gate.is_approved()), all + 1))
    }
}

fn goal(spec: &SessionSpec, strategy: &Strategy, values: &Values) -> String {
    template::render(&spec.goal, strategy, values).unwrap_or_else(|_| spec.goal.clone())
}

impl Turn {
    fn from_spec(spec: &TurnSpec) -> Self {
        let gate = (!spec.gate.is_empty()).then(|| Gate::new(&spec.gate));
        Self {
            span: spec.span.max(1),
            repeat: spec.repeat.clone(),
            gate,
            evidence: spec.evidence.iter().map(Evidence::from_spec).collect(),
            budget: spec.budget.clone(),
            ..Self::new(&spec.id, &spec.title, spec.kind)
        }
    }

    /// A pending turn with nothing in it.
    pub fn new(id: &str, title: &str, kind: TurnKind) -> Self {
        Self {
            id: id.into(),
            title: if title.is_empty() { id.into() } else { title.into() },
            kind,
            span: 1,
            repeat: String::new(),
            budget: None,
            state: TurnState::Pending,
            added: false,
            reason: None,
            started: None,
            ended: None,
            worked: 0,
            running_since: None,
            rework: 0,
            iteration: 1,
            prompt: None,
            sent: None,
            result: String::new(),
            gate: None,
            evidence: Vec::new(),
            kept: Kept::Undecided,
            iterations: Vec::new(),
        }
    }

    /// Seconds worked in this iteration. A clock set back adds nothing.
    pub fn worked(&self, now: Timestamp) -> u64 {
        let running = self.running_since.map_or(0, |since| now.as_second().saturating_sub(since.as_second()).max(0));
        self.worked.saturating_add(running as u64)
    }

    /// Seconds worked in all iterations.
    pub fn total_worked(&self, now: Timestamp) -> u64 {
        self.iterations.iter().map(|iteration| iteration.worked).fold(self.worked(now), u64::saturating_add)
    }

    /// The budget's upper end for all iterations so far, in seconds.
    pub fn budget_seconds(&self) -> Option<u64> {
        Some(self.budget.as_ref()?.high().saturating_mul(u64::from(self.iteration.max(1))))
    }

    /// Time worked in all iterations in per cent of the budget's upper end, once per iteration.
    pub fn budget_used(&self, now: Timestamp) -> Option<u64> {
        Some(self.total_worked(now).saturating_mul(100) / self.budget_seconds()?.max(1))
    }

    /// Closed: done or skipped.
    pub fn is_closed(&self) -> bool {
        matches!(self.state, TurnState::Done | TurnState::Skipped)
    }

    /// Required evidence that is not there.
    pub fn missing(&self) -> Vec<&Evidence> {
        self.evidence.iter().filter(|slot| slot.is_wanting()).collect()
    }

    /// Required evidence that is not there, in this iteration and in the earlier ones: repeating a
    /// turn is no way around showing what it did.
    pub fn all_missing(&self) -> Vec<&Evidence> {
        let earlier = self.iterations.iter().flat_map(|iteration| &iteration.evidence);
        earlier.chain(&self.evidence).filter(|slot| slot.is_wanting()).collect()
    }

    /// The gate, where the turn is closed and nobody approved it. A skipped turn's gate holds too:
    /// else skipping would be a way around it.
    pub fn open_gate(&self) -> Option<&Gate> {
        self.gate.as_ref().filter(|gate| self.is_closed() && !gate.is_approved())
    }
}

impl Evidence {
    /// Whether it is required and does not show what it has to.
    pub fn is_wanting(&self) -> bool {
        self.required && !self.shows()
    }

    /// Whether something is recorded and a command ended as the slot expects.
    pub fn shows(&self) -> bool {
        self.recorded.is_some() && self.unexpected_exit().is_none()
    }

    /// Whether words stand where the slot wants a command with its exit code. They count, and every screen and the
    /// report say what is missing.
    pub fn lacks_run(&self) -> bool {
        self.kind.wants_run() && self.recorded.as_ref().is_some_and(|found| found.exit_code.is_none())
    }

    /// The exit code of a recorded command, where the slot expects another one.
    pub fn unexpected_exit(&self) -> Option<i32> {
        let code = self.recorded.as_ref()?.exit_code?;
        let fits = match self.exit {
            ExpectedExit::Zero => code == 0,
            ExpectedExit::Nonzero => code != 0,
            ExpectedExit::Any => true,
        };
        (!fits).then_some(code)
    }

    /// How a recorded command ended, held against what the slot expects: `, but it ended with exit
    /// code 101 and has to succeed`; `, exit code 1` where that is as expected; that there was none, where words
    /// stand in its place; else empty.
    pub fn how_it_ended(&self) -> String {
        if self.lacks_run() {
            return ", without a command and its exit code".into();
        }
        let Some(code) = self.recorded.as_ref().and_then(|recorded| recorded.exit_code) else { return String::new() };
        match self.unexpected_exit() {
            Some(code) => format!(", but it ended with exit code {code} and {}", self.exit.wanted()),
            None if code == 0 => String::new(),
            None => format!(", exit code {code}"),
        }
    }

    /// Its label; with the exit code, where that is what is wrong.
    pub fn lack(&self) -> String {
        match self.unexpected_exit() {
            Some(code) => format!("{} (exit code {code})", self.label),
            None => self.label.clone(),
        }
    }

    pub(crate) fn from_spec(spec: &EvidenceSpec) -> Self {
        Self {
            id: spec.id.clone(),
            label: if spec.label.is_empty() { spec.id.clone() } else { spec.label.clone() },
            kind: spec.kind,
            required: spec.required,
            exit: spec.exit,
            choices: spec.choices.clone(),
            metric: spec.metric.clone(),
            recorded: None,
        }
    }
}
