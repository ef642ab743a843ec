//! A slot, a gate and what its decision is about: values that say the same in every face, which gives them
//! colours, room and escapes.

use crate::domain::claims;
use crate::domain::plan::{self, Evidence, GateStanding, Plan, Session, Standing, Turn};
use crate::domain::words::{times, words};

words! {
    /// Where an evidence slot stands.
    SlotState:
    /// Nothing is recorded, and nothing has to be.
    #[default] Optional = "optional",
    /// Nothing is recorded, though it is required.
    Missing = "missing",
    /// A command ended as it must not.
    Failed = "failed",
    /// Words stand where a command with its exit code is wanted.
    NoRun = "no run",
    /// It is filled.
    Recorded = "recorded",
}

/// An evidence slot with what was recorded in it.
#[derive(Debug, PartialEq)]
pub struct Slot<'a> {
    /// Where it stands.
    pub state: SlotState,
    /// The command that ended, else the first line of the text; empty where nothing is recorded.
    pub gist: &'a str,
    /// What came of it: the output, else what follows that line.
    pub more: &'a str,
    of: &'a Evidence,
}

/// A slot as it stands.
pub fn slot(of: &Evidence) -> Slot<'_> {
    let state = match (&of.recorded, of.required) {
        (Some(_), _) if !of.shows() => SlotState::Failed,
        (Some(_), _) if of.lacks_run() => SlotState::NoRun,
        (Some(_), _) => SlotState::Recorded,
        (None, true) => SlotState::Missing,
        (None, false) => SlotState::Optional,
    };
    let (gist, more) = of.recorded.as_ref().map_or(("", ""), |recorded| match &recorded.command {
        Some(command) if recorded.exit_code.is_some() => (command, &recorded.text),
        Some(_) | None => first_line(&recorded.text),
    });
    Slot { state, gist, more, of }
}

impl Slot<'_> {
    /// How the command ended, in long with `exit code` and in short with `exit`: `exit code 101, has to succeed`.
    /// Nothing where no command is wanted.
    pub fn ended(&self, exit: &str) -> Option<String> {
        match (self.of.recorded.as_ref()?.exit_code, self.state) {
            (Some(code), SlotState::Failed) => Some(format!("{exit} {code}, {}", self.of.exit.wanted())),
            (Some(code), _) => Some(format!("{exit} {code}")),
            (None, SlotState::NoRun) => Some("no exit code".into()),
            (None, _) => None,
        }
    }
}

/// A gate with where it stands.
#[derive(Debug, PartialEq)]
pub struct Gate<'a> {
    /// What it counts as.
    pub standing: GateStanding,
    /// Whether the turn is closed, so that somebody has to decide.
    pub waits: bool,
    /// Who asked for the decision, and with which words.
    pub asked: Option<String>,
    /// The gate.
    pub of: &'a plan::Gate,
}

/// The gate of a turn that has one.
pub fn gate(turn: &Turn) -> Option<Gate<'_>> {
    let of = turn.gate.as_ref()?;
    let asked = of.request().map(|request| format!("asked for by {request}"));
    Some(Gate { standing: of.counts_as(), waits: turn.open_gate().is_some(), asked, of })
}

impl Gate<'_> {
    /// What it counts as for the person who decides.
    pub fn word(&self) -> &'static str {
        if self.waits && self.standing == GateStanding::Open { "waits for you" } else { self.standing.word() }
    }

    /// `, asked for by codex: all tests pass`; empty where nobody asked.
    pub fn request(&self) -> String {
        self.asked.as_ref().map(|asked| format!(", {asked}")).unwrap_or_default()
    }
}

/// How a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As it reads.
    Plain,
    /// Something that is there.
    Shown,
    /// Something that is wanted and not there.
    Lacking,
    /// Something to look at twice.
    Warning,
}

/// Something that the decision of a gate is about.
#[derive(Debug, PartialEq)]
pub struct Fact {
    /// How it is meant.
    pub manner: Manner,
    /// What it is.
    pub what: String,
    /// The line of the work itself that stands behind it, which may be long.
    pub gist: String,
    /// What follows that line.
    pub more: String,
}

impl Fact {
    fn new(manner: Manner, what: impl Into<String>) -> Self {
        Self { manner, what: what.into(), gist: String::new(), more: String::new() }
    }
}

/// All that a person decides on with the gate of `turn`, but for the gate's text: what changed since it was
/// approved, who asks, the turn, what it lacks and showed, and which of `phrases` it claims without showing.
pub fn decision(plan: &Plan, session: &Session, turn: &Turn, phrases: &[String]) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(gate) = gate(turn) {
        if gate.standing == GateStanding::Stale {
            let text = format!("Stale: it was approved before, then {}.", gate.of.stale);
            facts.push(Fact::new(Manner::Warning, text));
        }
        let asked = gate.of.request().map(|request| Fact::new(Manner::Plain, format!("Asked for by {request}")));
        facts.extend(asked);
    }
    facts.push(whole_turn(plan, session, turn));
    for iteration in &turn.iterations {
        let lacking = iteration.evidence.iter().filter(|slot| slot.is_wanting()).map(of_slot);
        facts.extend(
            lacking.map(|fact| Fact { what: format!("{} {}: {}", turn.repeat, iteration.number, fact.what), ..fact }),
        );
    }
    facts.extend(turn.evidence.iter().map(of_slot));
    facts.push(match first_line(&turn.result) {
        ("", _) => Fact::new(Manner::Plain, "No result is written down."),
        (gist, more) => Fact { gist: gist.into(), more: more.into(), ..Fact::new(Manner::Shown, "Result: ") },
    });
    let claimed = claims::claims(turn, phrases);
    if !claimed.is_empty() {
        let text = format!("Claimed, not shown: {}.", claims::in_words(turn, &claimed));
        facts.push(Fact::new(Manner::Warning, text));
    }
    facts
}

fn whole_turn(plan: &Plan, session: &Session, turn: &Turn) -> Fact {
    let at = session.turns.iter().position(|other| other.id == turn.id).unwrap_or(0);
    let number = session.turn_numbers().get(at).cloned().unwrap_or_default();
    let standing = plan.standing(session, turn);
    let reason = turn.reason.as_ref().filter(|_| standing == Standing::Skipped);
    let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
    let rework =
        if turn.rework > 0 { format!(", sent back or reopened {}", times(turn.rework.into())) } else { String::new() };
    let warns = matches!(standing, Standing::Unverified | Standing::Skipped);
    let manner = if warns { Manner::Warning } else { Manner::Plain };
    Fact::new(manner, format!("Turn {number} '{}' is {}{reason}{rework}.", turn.title, standing.word()))
}

fn of_slot(of: &Evidence) -> Fact {
    let (slot, label) = (slot(of), &of.label);
    let manner = match slot.state {
        SlotState::Missing => return Fact::new(Manner::Lacking, format!("{label}: nothing recorded")),
        SlotState::Optional => return Fact::new(Manner::Plain, format!("{label}: not given")),
        SlotState::Failed if of.required => Manner::Lacking,
        SlotState::Failed => Manner::Warning,
        SlotState::NoRun | SlotState::Recorded => Manner::Shown,
    };
    let ended = slot.ended("exit code").map(|ended| format!("{ended}, ")).unwrap_or_default();
    Fact { gist: slot.gist.into(), more: slot.more.into(), ..Fact::new(manner, format!("{label}: {ended}")) }
}

/// The first line that says something, and what follows it.
fn first_line(text: &str) -> (&str, &str) {
    let text = text.trim();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    (first.trim_end(), rest)
}
