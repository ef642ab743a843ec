//! A plan: one use of a strategy, its values, sessions and results. One TOML file.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::budget::Budget;
use super::checklist::{ChecklistItem, checklist};
use super::placeholder::{self, Fault, Values};
use super::strategy::{EvidenceKind, EvidenceSpec, SessionSpec, Strategy, TurnKind, TurnSpec, turn_numbers};
use super::template::{self, Piece, TemplateError};
use super::words::words;

/// The newest plan file schema this version reads and writes.
pub const SCHEMA: u32 = 1;

/// Largest plan file read, in bytes.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// One use of a strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// File format version.
    pub schema: u32,
    /// Local date, slug of the name, random suffix.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// When it was started.
    pub created: Timestamp,
    /// When it was last changed by a command.
    pub updated: Timestamp,
    /// Counts the changes; 1 at the start.
    pub revision: u64,
    /// Whether it is out of the way.
    #[serde(default)]
    pub archived: bool,
    /// What was filled in.
    #[serde(default)]
    pub values: Values,
    /// What came of it, in the person's words.
    #[serde(default)]
    pub review: Review,
    /// Remarks, oldest first.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// Readings of metrics, oldest first.
    #[serde(default)]
    pub readings: Vec<Reading>,
    /// The runs with an agent.
    pub sessions: Vec<Session>,
    /// The whole strategy as it was when the plan was started.
    pub strategy: Strategy,
}

words! {
    /// Where a session stands.
    SessionState:
    /// Not begun.
    #[default] Planned = "planned",
    /// A turn was started.
    Running = "running",
    /// Every turn is closed; the checklist is next.
    WrapUp = "wrap-up",
    /// Over.
    Finished = "finished",
    /// Given up.
    Abandoned = "abandoned",
}

words! {
    /// Where a turn stands.
    TurnState:
    /// Not begun.
    #[default] Pending = "pending",
    /// Under way; its clock may be paused.
    Active = "active",
    /// Closed.
    Done = "done",
    /// Left out, with a reason.
    Skipped = "skipped",
}

words! {
    /// Where a gate stands.
    GateState:
    /// Nobody has decided.
    #[default] Open = "open",
    /// A person confirmed it.
    Approved = "approved",
    /// A person sent the turn back.
    Rejected = "rejected",
}

words! {
    /// Whether the plan did what it was for.
    Outcome:
    /// Not said.
    #[default] Unsaid = "",
    /// It did.
    Yes = "yes",
    /// In part.
    Partly = "partly",
    /// It did not.
    No = "no",
}

/// One continuous run with an agent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Identifier, unique in the plan.
    pub id: String,
    /// What screens call it.
    #[serde(default)]
    pub title: String,
    /// What it is to reach, as text.
    #[serde(default)]
    pub goal: String,
    /// Sessions that must be finished first.
    #[serde(default)]
    pub after: Vec<String>,
    /// Its own budget, where it has one.
    #[serde(default)]
    pub budget: Option<Budget>,
    /// Where it stands.
    #[serde(default)]
    pub state: SessionState,
    /// When its first turn was started.
    #[serde(default)]
    pub started: Option<Timestamp>,
    /// When it was finished or abandoned.
    #[serde(default)]
    pub ended: Option<Timestamp>,
    /// Why it was finished with turns unverified, or why it was abandoned.
    #[serde(default)]
    pub reason: Option<String>,
    /// Its prompts.
    pub turns: Vec<Turn>,
    /// What is ticked off at the end.
    #[serde(default)]
    pub checklist: Vec<ChecklistItem>,
}

/// One prompt to the agent, with what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Identifier, unique in its session.
    pub id: String,
    /// What the timeline shows.
    #[serde(default)]
    pub title: String,
    /// What it is for.
    #[serde(default)]
    pub kind: TurnKind,
    /// How many agent turns it covers.
    #[serde(default = "one")]
    pub span: u32,
    /// What it may be repeated per; empty where it may not.
    #[serde(default)]
    pub repeat: String,
    /// Time it should take.
    #[serde(default)]
    pub budget: Option<Budget>,
    /// Where it stands.
    #[serde(default)]
    pub state: TurnState,
    /// Whether it was added after the plan was started.
    #[serde(default)]
    pub added: bool,
    /// Why it was skipped, or why it was last reopened or sent back.
    #[serde(default)]
    pub reason: Option<String>,
    /// When it was first started.
    #[serde(default)]
    pub started: Option<Timestamp>,
    /// When it was closed.
    #[serde(default)]
    pub ended: Option<Timestamp>,
    /// Time worked in this iteration while the clock was stopped, in seconds.
    #[serde(default)]
    pub worked: u64,
    /// Since when the clock has been running.
    #[serde(default)]
    pub running_since: Option<Timestamp>,
    /// How often it was sent back by a gate or reopened.
    #[serde(default)]
    pub rework: u32,
    /// Which iteration this is, from 1.
    #[serde(default = "one")]
    pub iteration: u32,
    /// The person's own words instead of the template's; never expanded.
    #[serde(default)]
    pub prompt: Option<String>,
    /// The prompt as it was sent; never changes afterwards.
    #[serde(default)]
    pub sent: Option<Sent>,
    /// What came back, in the person's words.
    #[serde(default)]
    pub result: String,
    /// What must be confirmed before the next turn.
    #[serde(default)]
    pub gate: Option<Gate>,
    /// What it must show.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Earlier iterations, oldest first.
    #[serde(default)]
    pub iterations: Vec<Iteration>,
}

fn one() -> u32 {
    1
}

/// A prompt as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// When.
    pub at: Timestamp,
    /// How: `copied`, `command`, `shown`, or `closed` where the turn was closed without any.
    pub via: String,
    /// The exact text.
    pub prompt: String,
}

/// What a person confirms before the next turn may start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// The condition.
    pub text: String,
    /// Where it stands.
    #[serde(default)]
    pub state: GateState,
    /// When it was decided.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// Who decided.
    #[serde(default)]
    pub by: String,
    /// What they said.
    #[serde(default)]
    pub note: String,
    /// Hash of the prompt and the evidence that were approved.
    #[serde(default)]
    pub hash: Option<String>,
}

/// A slot for evidence with what was recorded in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Identifier, unique in its turn.
    pub id: String,
    /// What is wanted.
    #[serde(default)]
    pub label: String,
    /// What it takes.
    #[serde(default)]
    pub kind: EvidenceKind,
    /// Whether the turn is unverified without it.
    #[serde(default = "yes")]
    pub required: bool,
    /// What a verdict may be.
    #[serde(default)]
    pub choices: Vec<String>,
    /// The metric that a number is a reading of; empty for none.
    #[serde(default)]
    pub metric: String,
    /// What was recorded.
    #[serde(default)]
    pub recorded: Option<Recorded>,
}

fn yes() -> bool {
    true
}

/// What was recorded in an evidence slot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// When.
    pub at: Timestamp,
    /// The text, address, verdict, or the end of a command's output.
    #[serde(default)]
    pub text: String,
    /// The command line, where it was one.
    #[serde(default)]
    pub command: Option<String>,
    /// The command's exit code.
    #[serde(default)]
    pub exit_code: Option<i32>,
    /// The figure.
    #[serde(default)]
    pub number: Option<f64>,
}

/// An earlier run of a repeated turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Iteration {
    /// Which, from 1.
    pub number: u32,
    /// When it was started.
    #[serde(default)]
    pub started: Option<Timestamp>,
    /// When it was closed.
    #[serde(default)]
    pub ended: Option<Timestamp>,
    /// Time worked, in seconds.
    #[serde(default)]
    pub worked: u64,
    /// The prompt as it was sent.
    #[serde(default)]
    pub sent: Option<Sent>,
    /// What came back.
    #[serde(default)]
    pub result: String,
    /// What it showed.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// When.
    pub at: Timestamp,
    /// The session it is about; empty for the plan.
    #[serde(default)]
    pub session: String,
    /// The turn it is about; empty for the session.
    #[serde(default)]
    pub turn: String,
    /// The words.
    pub text: String,
}

/// A reading of a metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// When.
    pub at: Timestamp,
    /// The metric's id.
    pub metric: String,
    /// The figure, in the metric's unit.
    pub value: f64,
    /// The session it was taken in.
    #[serde(default)]
    pub session: String,
    /// The turn it was taken in.
    #[serde(default)]
    pub turn: String,
    /// The turn's iteration.
    #[serde(default = "one")]
    pub iteration: u32,
}

/// What came of a plan, in the person's words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Whether it did what it was for.
    #[serde(default)]
    pub outcome: Outcome,
    /// What helped.
    #[serde(default)]
    pub helped: String,
    /// What to change next time.
    #[serde(default)]
    pub change: String,
}

/// What a turn counts as: its state, and whether it showed what it had to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not begun, and nothing is in the way.
    Ready,
    /// Not begun; an earlier turn, a gate or a session is in the way.
    Waiting,
    /// The clock runs.
    Running,
    /// Begun; the clock is stopped.
    Paused,
    /// Closed, with all required evidence.
    Done,
    /// Closed without all required evidence.
    Unverified,
    /// Left out.
    Skipped,
}

impl Standing {
    /// The word beside the glyph.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Done => "done",
            Self::Unverified => "unverified",
            Self::Skipped => "skipped",
        }
    }
}

/// Where a plan stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanState {
    /// Nothing started.
    Planned,
    /// Under way.
    InProgress,
    /// Every session finished, or finished and abandoned.
    Finished,
    /// Every session abandoned.
    Abandoned,
}

impl PlanState {
    /// The word in lists and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::InProgress => "in-progress",
            Self::Finished => "finished",
            Self::Abandoned => "abandoned",
        }
    }
}

impl Plan {
    /// A new plan of `strategy`, every value checked.
    ///
    /// # Errors
    /// Every value that is missing or wrong, in the form's order.
    pub fn start(strategy: &Strategy, values: &Values, id: &str, name: &str, now: Timestamp) -> Result<Self, Vec<Fault>> {
        let faults = placeholder::faults(strategy, values);
        if !faults.is_empty() {
            return Err(faults);
        }
        let kept = placeholder::effective(strategy, values);
        let session = |spec: &SessionSpec| Session::from_spec(spec, strategy, &kept);
        Ok(Self {
            schema: SCHEMA,
            id: id.into(),
            name: name.trim().into(),
            created: now,
            updated: now,
            revision: 1,
            archived: false,
            sessions: strategy.sessions.iter().map(session).collect(),
            values: kept,
            review: Review::default(),
            notes: Vec::new(),
            readings: Vec::new(),
            strategy: strategy.clone(),
        })
    }

    /// The session called `id`.
    pub fn session(&self, id: &str) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    /// The goal of the whole plan, as text.
    pub fn goal(&self) -> String {
        template::render(&self.strategy.goal, &self.strategy, &self.values).unwrap_or_else(|_| self.strategy.goal.clone())
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

    /// The sessions that wait for `session`.
    pub fn blocks(&self, session: &Session) -> Vec<&Session> {
        self.sessions.iter().filter(|other| other.after.contains(&session.id)).collect()
    }

    /// What a turn counts as.
    pub fn standing(&self, session: &Session, turn: &Turn) -> Standing {
        match turn.state {
            TurnState::Active if turn.running_since.is_some() => Standing::Running,
            TurnState::Active => Standing::Paused,
            TurnState::Done if turn.missing().is_empty() => Standing::Done,
            TurnState::Done => Standing::Unverified,
            TurnState::Skipped => Standing::Skipped,
            TurnState::Pending if self.obstacle(session, turn).is_some() => Standing::Waiting,
            TurnState::Pending => Standing::Ready,
        }
    }

    /// What keeps a turn from being started, in a sentence; nothing where it may start.
    pub fn obstacle(&self, session: &Session, turn: &Turn) -> Option<String> {
        if session.is_over() {
            return Some(format!("the session is {}", session.state));
        }
        if let Some(other) = self.waits_for(session).first() {
            return Some(format!("it waits for the session '{}'", other.title));
        }
        let before = session.turns.iter().take_while(|other| other.id != turn.id);
        for other in before {
            match other.state {
                TurnState::Pending | TurnState::Active => return Some(format!("turn '{}' is not closed yet", other.title)),
                TurnState::Done | TurnState::Skipped => {}
            }
            if let Some(gate) = other.open_gate() {
                return Some(match gate.state {
                    GateState::Rejected => format!("the gate after '{}' was rejected: {}", other.title, gate.text),
                    GateState::Open | GateState::Approved => format!("the gate after '{}' is open: {}", other.title, gate.text),
                });
            }
        }
        None
    }

    /// The prompt as it was sent, else as it would be sent now.
    ///
    /// # Errors
    /// Where the template is wrong.
    pub fn prompt(&self, session: &Session, turn: &Turn) -> Result<String, TemplateError> {
        if let Some(sent) = &turn.sent {
            return Ok(sent.prompt.clone());
        }
        match self.source(session, turn) {
            Source::Own(text) => Ok(text.to_owned()),
            Source::Template(template) => template::render(template, &self.strategy, &self.values),
        }
    }

    /// The prompt with inserted text marked; a prompt already sent is all of one piece.
    ///
    /// # Errors
    /// Where the template is wrong.
    pub fn prompt_preview(&self, session: &Session, turn: &Turn) -> Result<Vec<Piece>, TemplateError> {
        let plain = |text: &str| vec![Piece { text: text.to_owned(), origin: template::Origin::Template }];
        if let Some(sent) = &turn.sent {
            return Ok(plain(&sent.prompt));
        }
        match self.source(session, turn) {
            Source::Own(text) => Ok(plain(text)),
            Source::Template(template) => template::preview(template, &self.strategy, &self.values),
        }
    }

    fn source<'a>(&'a self, session: &Session, turn: &'a Turn) -> Source<'a> {
        if let Some(own) = &turn.prompt {
            return Source::Own(own);
        }
        let spec = self.strategy.sessions.iter().find(|spec| spec.id == session.id);
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
        self.sessions.iter().map(|session| session.worked(now)).sum()
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

/// Where the words of a prompt not sent yet come from.
enum Source<'a> {
    Own(&'a str),
    Template(&'a str),
}

impl Session {
    fn from_spec(spec: &SessionSpec, strategy: &Strategy, values: &Values) -> Self {
        Self {
            id: spec.id.clone(),
            title: if spec.title.is_empty() { spec.id.clone() } else { spec.title.clone() },
            goal: template::render(&spec.goal, strategy, values).unwrap_or_else(|_| spec.goal.clone()),
            after: spec.after.clone(),
            budget: spec.budget.clone(),
            state: SessionState::Planned,
            started: None,
            ended: None,
            reason: None,
            turns: spec.turns.iter().map(Turn::from_spec).collect(),
            checklist: checklist(&spec.checklist),
        }
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
        self.turns.iter().map(|turn| turn.total_worked(now)).sum()
    }

    /// The numbers of its turns in the agent's count.
    pub fn turn_numbers(&self) -> Vec<String> {
        turn_numbers(self.turns.iter().map(|turn| turn.span))
    }

    /// Turns closed without all required evidence.
    pub fn unverified(&self) -> Vec<&Turn> {
        self.turns.iter().filter(|turn| turn.state == TurnState::Done && !turn.missing().is_empty()).collect()
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
        gates.fold((0, 0), |(approved, all), gate| (approved + usize::from(gate.state == GateState::Approved), all + 1))
    }
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
        self.iterations.iter().map(|iteration| iteration.worked).sum::<u64>().saturating_add(self.worked(now))
    }

    /// Time worked in all iterations in per cent of the budget's upper end, once per iteration.
    pub fn budget_used(&self, now: Timestamp) -> Option<u64> {
        let budget = self.budget.as_ref()?.high().saturating_mul(u64::from(self.iteration.max(1)));
        Some(self.total_worked(now).saturating_mul(100) / budget.max(1))
    }

    /// Closed: done or skipped.
    pub fn is_closed(&self) -> bool {
        matches!(self.state, TurnState::Done | TurnState::Skipped)
    }

    /// Required evidence that is not there.
    pub fn missing(&self) -> Vec<&Evidence> {
        self.evidence.iter().filter(|slot| slot.required && slot.recorded.is_none()).collect()
    }

    /// The gate, where the turn is closed and nobody approved it. A skipped turn's gate holds too:
    /// else skipping would be a way around it.
    pub fn open_gate(&self) -> Option<&Gate> {
        self.gate.as_ref().filter(|gate| self.is_closed() && gate.state != GateState::Approved)
    }
}

impl Gate {
    /// A gate that nobody has decided.
    pub fn new(text: &str) -> Self {
        Self { text: text.into(), state: GateState::Open, at: None, by: String::new(), note: String::new(), hash: None }
    }
}

impl Evidence {
    fn from_spec(spec: &EvidenceSpec) -> Self {
        Self {
            id: spec.id.clone(),
            label: if spec.label.is_empty() { spec.id.clone() } else { spec.label.clone() },
            kind: spec.kind,
            required: spec.required,
            choices: spec.choices.clone(),
            metric: spec.metric.clone(),
            recorded: None,
        }
    }
}
