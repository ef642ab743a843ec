//! A strategy: a reusable way of working. A TOML file; never changed by running it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::budget::Budget;
use super::checklist::ChecklistSpec;
use super::metric::MetricSpec;
use super::placeholder::Placeholder;
use super::words::words;

/// The newest strategy file schema this version reads.
pub const SCHEMA: u32 = 1;

/// Largest strategy file read, in bytes.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// A strategy with the single-session shorthand expanded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Strategy {
    /// File format version.
    #[serde(default = "newest_schema")]
    pub schema: u32,
    /// Identifier; the file is `<id>.toml`.
    pub id: String,
    /// What the list shows.
    pub title: String,
    /// The group it is listed in.
    #[serde(default)]
    pub category: String,
    /// One line for the list.
    #[serde(default)]
    pub summary: String,
    /// When to choose it, when not to.
    #[serde(default)]
    pub when: String,
    /// Words to find it by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What a plan of it is to reach; a template.
    #[serde(default)]
    pub goal: String,
    /// What one gains by it.
    #[serde(default)]
    pub benefits: Vec<String>,
    /// What it fits.
    #[serde(default)]
    pub fit: Fit,
    /// What the user fills in once.
    #[serde(default)]
    pub placeholders: Vec<Placeholder>,
    /// One or more runs with an agent.
    pub sessions: Vec<SessionSpec>,
    /// What is measured.
    #[serde(default)]
    pub metrics: Vec<MetricSpec>,
}

fn newest_schema() -> u32 {
    SCHEMA
}

/// A turn with its session and its number.
pub type Numbered<'s> = (&'s SessionSpec, &'s TurnSpec, String);

impl Strategy {
    /// All turns, in order, over all sessions.
    pub fn turns(&self) -> impl Iterator<Item = &TurnSpec> {
        self.sessions.iter().flat_map(|session| &session.turns)
    }

    /// All turns with their sessions and their numbers in them: `2`, `3-5`.
    pub fn numbered(&self) -> Vec<Numbered<'_>> {
        let of = |session: &'_ SessionSpec| turn_numbers(session.turns.iter().map(|turn| turn.span));
        let sessions = self.sessions.iter();
        sessions.flat_map(|session| session.turns.iter().zip(of(session)).map(move |(t, n)| (session, t, n))).collect()
    }

    /// How many gates a person will meet.
    pub fn gates(&self) -> usize {
        self.turns().filter(|turn| !turn.gate.is_empty()).count()
    }

    /// The whole budget: each session's own, else the sum of its turns'.
    pub fn budget(&self) -> Option<Budget> {
        let budgets: Vec<Budget> = self.sessions.iter().filter_map(SessionSpec::whole_budget).collect();
        Budget::sum(&budgets)
    }

    /// Whether it has more than one session, so that screens show that level.
    pub fn is_multi_session(&self) -> bool {
        self.sessions.len() > 1
    }

    /// The placeholder called `name`.
    pub fn placeholder(&self, name: &str) -> Option<&Placeholder> {
        self.placeholders.iter().find(|placeholder| placeholder.name == name)
    }
}

/// What a strategy fits; what `strategy advise` compares. An empty list fits anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fit {
    /// New or existing code.
    #[serde(default)]
    pub codebase: Codebase,
    /// How much code changes: small, medium, large.
    #[serde(default)]
    pub scope: Vec<String>,
    /// Whether the changes depend on each other: independent, coupled.
    #[serde(default)]
    pub dependencies: Vec<String>,
    /// The damage of a wrong approach: low, medium, high.
    #[serde(default)]
    pub risk: Vec<String>,
    /// How hard correctness is to prove: easy, medium, hard.
    #[serde(default)]
    pub validation: Vec<String>,
}

words! {
    /// Whether a strategy starts from nothing or from code that exists.
    Codebase:
    /// Either.
    #[default] Any = "any",
    /// Starts from nothing.
    New = "new",
    /// Changes what exists.
    Existing = "existing",
}

words! {
    /// What a turn is for.
    TurnKind:
    /// Find out.
    Research = "research",
    /// Decide how.
    Design = "design",
    /// Make it.
    Implement = "implement",
    /// Show that it holds.
    Validate = "validate",
    /// Hand it over.
    Deliver = "deliver",
    /// None of these.
    #[default] Other = "other",
}

words! {
    /// What an evidence slot takes.
    EvidenceKind:
    /// Words.
    #[default] Text = "text",
    /// A command with its exit code.
    Command = "command",
    /// An address.
    Link = "link",
    /// A figure.
    Number = "number",
    /// One of the slot's choices.
    Verdict = "verdict",
}

/// What is asked for to fill an evidence slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotInput {
    /// Several lines.
    Text,
    /// One line.
    Line,
    /// A figure.
    Number,
    /// One of the slot's choices.
    Choice,
    /// A command with its exit code and output.
    Run,
}

impl EvidenceKind {
    /// What fills a slot of it, and what that is called. Every face asks here, so a kind has its line and no other place.
    fn filled_with(self) -> (SlotInput, &'static str) {
        match self {
            Self::Text => (SlotInput::Text, "text"),
            Self::Command => (SlotInput::Run, "command"),
            Self::Link => (SlotInput::Line, "address"),
            Self::Number => (SlotInput::Number, "number"),
            Self::Verdict => (SlotInput::Choice, "verdict"),
        }
    }

    /// What is asked for.
    pub fn input(self) -> SlotInput {
        self.filled_with().0
    }

    /// What fills it, as a noun: `address`.
    pub fn noun(self) -> &'static str {
        self.filled_with().1
    }

    /// Whether it is a command, with the exit code that its slot expects.
    pub fn wants_run(self) -> bool {
        self.input() == SlotInput::Run
    }

    /// Whether its slot says what there is to choose from.
    pub fn has_choices(self) -> bool {
        self.input() == SlotInput::Choice
    }

    /// Whether it may be a reading of a metric.
    pub fn has_metric(self) -> bool {
        self.input() == SlotInput::Number
    }

    /// Whether what a command says may stand in it.
    pub fn keeps_output(self) -> bool {
        matches!(self.input(), SlotInput::Text | SlotInput::Run)
    }

    /// What follows the slot's id on the command line.
    pub fn arguments(self) -> &'static str {
        if self.wants_run() { "--run -- CMD" } else { "VALUE" }
    }

    /// What may be given as a value, commands left out: `text, address, number or verdict`.
    pub fn values() -> String {
        let mut nouns: Vec<&str> = Self::ALL.iter().filter(|kind| !kind.wants_run()).map(|kind| kind.noun()).collect();
        let last = nouns.pop().unwrap_or_default();
        format!("{} or {last}", nouns.join(", "))
    }
}

words! {
    /// Which exit code of a command shows what its slot wants.
    ExpectedExit:
    /// 0: the command succeeded.
    #[default] Zero = "zero",
    /// Any other: a test that has to fail, a fault that has to show.
    Nonzero = "nonzero",
    /// Whatever it was.
    Any = "any",
}

impl ExpectedExit {
    /// What a command has to do to show what its slot wants.
    pub fn wanted(self) -> &'static str {
        match self {
            Self::Zero => "has to succeed",
            Self::Nonzero => "has to fail",
            Self::Any => "may end with any exit code",
        }
    }
}

/// One continuous run with an agent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SessionSpec {
    /// Identifier, unique in the strategy.
    pub id: String,
    /// What screens call it.
    #[serde(default)]
    pub title: String,
    /// Sessions that must be finished first.
    #[serde(default)]
    pub after: Vec<String>,
    /// What it is to reach; a template.
    #[serde(default)]
    pub goal: String,
    /// Its own budget, where it has one.
    #[serde(default)]
    pub budget: Option<Budget>,
    /// Its prompts.
    pub turns: Vec<TurnSpec>,
    /// Items added to the standard checklist.
    #[serde(default)]
    pub checklist: Vec<ChecklistSpec>,
}

impl SessionSpec {
    /// Its own budget, else the sum of its turns'.
    pub fn whole_budget(&self) -> Option<Budget> {
        self.budget.clone().or_else(|| Budget::sum(self.turns.iter().filter_map(|turn| turn.budget.as_ref())))
    }
}

/// One prompt to the agent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TurnSpec {
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
    /// The prompt; a template.
    pub prompt: String,
    /// What a person confirms before the next turn; empty for none.
    #[serde(default)]
    pub gate: String,
    /// What the turn must show to count as done.
    #[serde(default)]
    pub evidence: Vec<EvidenceSpec>,
}

fn one() -> u32 {
    1
}

fn yes() -> bool {
    true
}

/// A slot for evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceSpec {
    /// Identifier, unique in its turn.
    pub id: String,
    /// What is wanted.
    #[serde(default)]
    pub label: String,
    /// What it takes.
    #[serde(default)]
    pub kind: EvidenceKind,
    /// Whether the turn is unverified without it. Evidence is wanted unless the file says otherwise.
    #[serde(default = "yes")]
    pub required: bool,
    /// Which exit code of a command shows what is wanted; said of commands only.
    #[serde(default)]
    pub exit: ExpectedExit,
    /// What a verdict may be.
    #[serde(default)]
    pub choices: Vec<String>,
    /// The metric that a number is a reading of; empty for none.
    #[serde(default)]
    pub metric: String,
}

/// The numbers a turn has in the agent's count: a turn that spans three covers `3-5`.
pub fn turn_numbers(spans: impl IntoIterator<Item = u32>) -> Vec<String> {
    let mut next: u32 = 1;
    spans
        .into_iter()
        .map(|span| {
            let (first, last) = (next, next.saturating_add(span.max(1) - 1));
            next = last.saturating_add(1);
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_takes_several_numbers() {
        assert_eq!(turn_numbers([1, 1, 3, 1, 1]), ["1", "2", "3-5", "6", "7"]);
    }

    #[test]
    fn words_know_their_spelling() {
        assert_eq!(TurnKind::from_word("validate"), Some(TurnKind::Validate));
        assert_eq!(EvidenceKind::Verdict.to_string(), "verdict");
        assert_eq!(Codebase::from_word("old"), None);
    }
}
