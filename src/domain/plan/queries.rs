//! What is asked of a plan, a session, a turn and their parts: where they stand, what is next, what a prompt reads.

use jiff::Timestamp;

use super::{
    Evidence, Gate, Kept, Plan, PlanState, Reflection, SCHEMA, Session, SessionState, Standing, Turn, TurnState,
};
use crate::domain::budget::Budget;
use crate::domain::checklist::{ChecklistItem, checklist};
use crate::domain::placeholder::{self, Fault, Values};
use crate::domain::strategy::{EvidenceSpec, ExpectedExit, SessionSpec, Strategy, TurnKind, TurnSpec, turn_numbers};
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

impl Turn {
    /// What one iteration is called: `optimization`; `iteration` where the strategy says nothing.
    pub fn per(&self) -> &str {
        if self.repeat.is_empty() { "iteration" } else { &self.repeat }
    }

    /// Whether iterations are told apart: it may be repeated, or was.
    pub fn has_iterations(&self) -> bool {
        !self.repeat.is_empty() || !self.iterations.is_empty()
    }

    /// Whether what an iteration did is kept; undecided where there is no such iteration.
    pub fn kept_of(&self, iteration: u32) -> Kept {
        if iteration == self.iteration {
            return self.kept;
        }
        self.iterations
            .iter()
            .find(|earlier| earlier.number == iteration)
            .map_or(Kept::Undecided, |earlier| earlier.kept)
    }

    /// The numbers of its iterations, the earliest first; none where it has not begun.
    pub fn iteration_numbers(&self) -> Vec<u32> {
        let now = self.started.map(|_| self.iteration);
        self.iterations.iter().map(|earlier| earlier.number).chain(now).collect()
    }

    /// An iteration by its name and place: `optimization 2 of 3`; `optimization 1` where there is no other.
    pub fn iteration_in_words(&self, iteration: u32) -> String {
        let of = if self.iteration > 1 { format!(" of {}", self.iteration) } else { String::new() };
        format!("{} {iteration}{of}", self.per())
    }
}

impl Kept {
    /// What people are told: `kept`, `rolled back`; empty where nobody has said.
    pub fn told(self) -> &'static str {
        match self {
            Self::Undecided => "",
            Self::Yes => "kept",
            Self::RolledBack => "rolled back",
        }
    }
}
