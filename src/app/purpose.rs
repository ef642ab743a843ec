//! What a dialog is for, and the command or effect that its inputs make.

use std::path::PathBuf;

use crate::domain::budget::Budget;
use crate::domain::command::{Command, EvidenceInput, TurnRef};
use crate::domain::goals::alone;
use crate::domain::id;
use crate::domain::placeholder::{Placeholder, Value};
use crate::domain::plan::{Kept, Outcome};
use crate::domain::strategy::{EvidenceKind, SlotInput, TurnKind};

use super::msg::Effect;

/// The answer of a verdict that nobody has given yet.
pub const UNDECIDED: &str = "not decided yet";

/// The answer that keeps an addition out of the plan.
pub const QUEUE_IT: &str = "queue it, as a plan of its own";

/// The good answer to a quality indicator.
pub const YES: &str = "yes";
/// The poor one.
pub const NO: &str = "no";
/// What an iteration did stays.
pub const KEEP: &str = "keep it";
/// What an iteration did was taken back.
pub const ROLLED_BACK: &str = "it was rolled back";
/// Nobody says yet whether an iteration is kept.
pub const LATER: &str = "decide later";

/// The answer that leaves the trash as it is.
pub const LEAVE: &str = "leave it as it is";

/// What a dialog is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    /// Skip a turn.
    Skip(TurnRef),
    /// Reopen a turn.
    Reopen(TurnRef),
    /// Approve a gate; who.
    Approve(TurnRef, String),
    /// Reject a gate; who.
    Reject(TurnRef, String),
    /// Write down what came back.
    Result(TurnRef),
    /// Write a remark on a turn.
    Note(TurnRef),
    /// Record evidence in a slot of this kind.
    Evidence(TurnRef, String, EvidenceKind),
    /// Record a reading of one of these metrics: id and label of each.
    Metric(TurnRef, Vec<(String, String)>),
    /// Change a budget.
    Budget(TurnRef),
    /// Add a turn after this one.
    AddTurn(TurnRef),
    /// Add a turn after this one, or queue it: it reads as a goal of its own. The placeholder that
    /// takes the goal.
    AddOrQueue(TurnRef, String),
    /// Queue a plan of its own; the placeholder that takes its goal.
    Queue(String),
    /// Add a checklist item to a session.
    AddItem(String),
    /// Tick an item with a remark; who.
    TickNote(String, String, String),
    /// Change the person's own words of a prompt.
    Prompt(TurnRef),
    /// Change a placeholder's value.
    Value(Box<Placeholder>),
    /// Choose which value to change.
    ChooseValue(Vec<String>),
    /// Finish a session with turns unverified.
    FinishUnverified(String),
    /// Abandon a session, or all.
    Abandon(Option<String>),
    /// What helped and what to change: the outcome stays.
    Reflection(Outcome),
    /// Answer a quality indicator, by its id.
    Indicator(String),
    /// Begin the next iteration of a turn, and say whether this one, by its number, is kept.
    Repeat(TurnRef, u32),
    /// Rename a plan.
    Rename(String),
    /// Delete a plan.
    Trash(String),
    /// Delete the plans in the trash for good.
    EmptyTrash(Vec<String>),
    /// Empty an evidence slot.
    ClearEvidence(TurnRef, String),
    /// Remove an added turn.
    RemoveTurn(TurnRef),
    /// Choose what to add.
    Add(TurnRef),
    /// Choose what to copy: the texts behind the answers.
    CopyWhat(Vec<(String, Option<TurnRef>)>),
    /// Choose what to hand to the send command: the texts behind the answers.
    SendWhat(Vec<String>),
    /// Throw a draft away.
    DropDraft(String),
    /// Put the last good revision of a plan back.
    Recover(String),
    /// Put a copy that a sync tool left away.
    PutAway(PathBuf),
    /// Make a strategy of a finished plan.
    Distil {
        /// The plan.
        plan: String,
        /// Ids that the person's own strategies have.
        taken: Vec<String>,
    },
    /// Show a strategy in the list.
    ShowStrategy(String),
}

/// What a dialog makes of its inputs.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcomes {
    /// A command on the plan that is open.
    Command(Command),
    /// A command on another plan.
    CommandOn(String, Command),
    /// Something else.
    Effect(Effect),
    /// Another dialog is next: which answer was chosen.
    Next(usize),
}

impl Purpose {
    /// What the inputs' texts make.
    pub fn complete(&self, texts: &[String]) -> Result<Outcomes, String> {
        let text = |at: usize| texts.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
        let wanted = |at: usize, what: &str| match text(at) {
            given if given.is_empty() => Err(what.to_owned()),
            given => Ok(given),
        };
        let command = match self {
            Self::Skip(turn) => Command::SkipTurn { turn: turn.clone(), reason: wanted(0, "say why, in a few words")? },
            Self::Reopen(turn) => Command::ReopenTurn { turn: turn.clone(), reason: text(0) },
            Self::Approve(turn, by) => Command::ApproveGate { turn: turn.clone(), note: text(0), by: by.clone() },
            Self::Reject(turn, by) => {
                Command::RejectGate { turn: turn.clone(), note: wanted(0, "say what is missing")?, by: by.clone() }
            }
            Self::Result(turn) => Command::SetResult { turn: turn.clone(), result: text(0) },
            Self::Note(turn) => Command::AddNote {
                session: turn.session.clone(),
                turn: turn.turn.clone(),
                text: wanted(0, "write something, or press Esc")?,
            },
            Self::Evidence(turn, slot, kind) => {
                Command::RecordEvidence { turn: turn.clone(), slot: slot.clone(), input: evidence(*kind, texts)? }
            }
            Self::Metric(turn, metrics) => {
                let figure = if metrics.len() > 1 { text(1) } else { text(0) };
                let chosen =
                    metrics.iter().find(|(_, label)| metrics.len() > 1 && *label == text(0)).or(metrics.first());
                let metric = chosen.map(|(id, _)| id.clone()).unwrap_or_default();
                Command::ReadMetric { metric, value: number(&figure)?, turn: Some(turn.clone()) }
            }
            Self::Budget(turn) => {
                let budget = if text(0).is_empty() { None } else { Some(Budget::parse(&text(0))?) };
                Command::SetBudget { turn: turn.clone(), budget }
            }
            Self::AddOrQueue(_, placeholder) if text(4) == QUEUE_IT => {
                // As a plan of its own it comes on top of nothing.
                let title = alone(&wanted(0, "give it a title")?);
                Command::Queue { title, goal: alone(&text(3)), placeholder: placeholder.clone() }
            }
            Self::Queue(placeholder) => Command::Queue {
                title: wanted(0, "say in a few words what it is to reach")?,
                goal: text(1),
                placeholder: placeholder.clone(),
            },
            Self::AddTurn(after) | Self::AddOrQueue(after, _) => {
                let budget = if text(2).is_empty() { None } else { Some(Budget::parse(&text(2))?) };
                Command::AddTurn {
                    session: after.session.clone(),
                    after: Some(after.turn.clone()),
                    title: wanted(0, "give the turn a title")?,
                    kind: TurnKind::from_word(&text(1)).unwrap_or_default(),
                    budget,
                    prompt: wanted(3, "write the prompt of the turn")?,
                }
            }
            Self::AddItem(session) => {
                Command::AddItem { session: session.clone(), text: wanted(0, "write what is to be true")? }
            }
            Self::TickNote(session, item, by) => {
                Command::Tick { session: session.clone(), item: item.clone(), note: text(0), by: by.clone() }
            }
            Self::Prompt(turn) => {
                let prompt = texts.first().map(|text| text.trim_end().to_owned()).unwrap_or_default();
                if prompt.is_empty() {
                    return Err("a prompt says something".into());
                }
                Command::SetPrompt { turn: turn.clone(), prompt: Some(prompt) }
            }
            Self::Value(placeholder) => {
                let given = texts.first().map(String::as_str).unwrap_or_default();
                let value = if given.trim().is_empty() { None } else { Some(placeholder.read(given)?) };
                if let Some(fault) = placeholder.fault(value.as_ref().or(placeholder.default.as_ref())) {
                    return Err(fault);
                }
                Command::SetValue {
                    name: placeholder.name.clone(),
                    value: value.filter(|value: &Value| !value.is_empty()),
                }
            }
            Self::FinishUnverified(session) => Command::FinishSession {
                session: session.clone(),
                unverified: Some(wanted(0, "state the reason; the report prints it")?),
            },
            Self::Abandon(session) => Command::Abandon { session: session.clone(), reason: text(0) },
            Self::Reflection(outcome) => Command::SetReflection { outcome: *outcome, helped: text(0), change: text(1) },
            Self::Indicator(indicator) => {
                Command::AnswerIndicator { indicator: indicator.clone(), good: Some(text(0) == YES), note: text(1) }
            }
            Self::Repeat(turn, iteration) => repeat(turn, *iteration, &text(0)),
            Self::ClearEvidence(turn, slot) => Command::ClearEvidence { turn: turn.clone(), slot: slot.clone() },
            Self::RemoveTurn(turn) => Command::RemoveTurn(turn.clone()),
            Self::Rename(plan) => {
                return Ok(Outcomes::CommandOn(plan.clone(), Command::Rename(wanted(0, "give the plan a name")?)));
            }
            Self::Trash(plan) => return Ok(Outcomes::Effect(Effect::Trash(plan.clone()))),
            Self::EmptyTrash(_) if text(0) == LEAVE => return Err("choose to delete them, or press Esc".into()),
            Self::EmptyTrash(plans) => return Ok(Outcomes::Effect(Effect::EmptyTrash(plans.clone()))),
            Self::PutAway(path) => return Ok(Outcomes::Effect(Effect::PutAway(path.clone()))),
            Self::Recover(plan) => return Ok(Outcomes::Effect(Effect::Recover(plan.clone()))),
            Self::DropDraft(strategy) => return Ok(Outcomes::Effect(Effect::DropDraft(strategy.clone()))),
            Self::Distil { plan, taken } => {
                let id = strategy_id(&text(0), taken)?;
                let title = wanted(1, "say what the strategy is for")?;
                return Ok(Outcomes::Effect(Effect::Distil { plan: plan.clone(), id, title }));
            }
            Self::ShowStrategy(_) => return Ok(Outcomes::Next(0)),
            Self::Add(_) | Self::CopyWhat(_) | Self::SendWhat(_) | Self::ChooseValue(_) => {
                return Ok(Outcomes::Next(text(0).parse().unwrap_or(0)));
            }
        };
        Ok(Outcomes::Command(command))
    }

    /// A name under which typed text is kept when the dialog is closed without saving.
    pub fn key(&self) -> String {
        if let Self::AddOrQueue(after, _) = self {
            // The same dialog, with a question more.
            return Self::AddTurn(after.clone()).key();
        }
        if let Self::Distil { plan, .. } = self {
            return format!("Distil({plan})");
        }
        format!("{self:?}").chars().take(200).collect()
    }
}

fn strategy_id(given: &str, taken: &[String]) -> Result<String, String> {
    if !id::is_valid(given) {
        return Err(format!("write an id of small letters, digits and hyphens, such as {}", id::slug(given, 40)));
    }
    if taken.iter().any(|other| other == given) {
        return Err(format!("you have a strategy `{given}` already; choose another id"));
    }
    Ok(given.to_owned())
}

/// Begins the next iteration; before, says what was said of this one.
fn repeat(turn: &TurnRef, iteration: u32, said: &str) -> Command {
    let repeat = Command::RepeatTurn(turn.clone());
    let kept = match said {
        KEEP => Kept::Yes,
        ROLLED_BACK => Kept::RolledBack,
        _ => return repeat,
    };
    Command::All(vec![Command::KeepIteration { turn: turn.clone(), iteration, kept }, repeat])
}

fn evidence(kind: EvidenceKind, texts: &[String]) -> Result<EvidenceInput, String> {
    let text = |at: usize| texts.get(at).map(String::as_str).unwrap_or_default();
    match kind.input() {
        SlotInput::Run => {
            if text(0).trim().is_empty() {
                return Err("write the command line that was run".into());
            }
            let code = text(1).trim();
            let exit_code = code.parse().map_err(|_| format!("`{code}` is no exit code; 0 means success"))?;
            Ok(EvidenceInput::Command { command: text(0).into(), exit_code, output: text(2).trim_end().into() })
        }
        SlotInput::Number => number(text(0)).map(|number| EvidenceInput::Text(number.to_string())),
        SlotInput::Choice if text(0) == UNDECIDED => Err(format!("choose a {}", kind.noun())),
        SlotInput::Text | SlotInput::Line | SlotInput::Choice => {
            if text(0).trim().is_empty() {
                return Err("nothing is written yet".into());
            }
            Ok(EvidenceInput::Text(text(0).into()))
        }
    }
}

/// The figure that was typed.
fn number(text: &str) -> Result<f64, String> {
    crate::domain::metric::number(text).map_err(|refusal| format!("{}; {}", refusal.message, refusal.hint))
}
