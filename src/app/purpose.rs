//! What a dialog is for, and the command or effect that its inputs make.

use std::path::PathBuf;

use crate::domain::budget::Budget;
use crate::domain::command::{Command, EvidenceInput, TurnRef};
use crate::domain::goals::alone;
use crate::domain::id;
use crate::domain::placeholder::{Placeholder, Value};
use crate::domain::plan::{Evidence, Kept, Outcome};
use crate::domain::strategy::{SlotInput, TurnKind};

use super::dialog::Given;
use super::msg::Effect;

/// What is done with an addition that reads as a goal of its own: whether it is queued.
pub const QUEUE_OR_ADD: [(&str, bool); 2] =
    [("queue it, as a plan of its own", true), ("add it to this session all the same", false)];

/// The answers to a quality indicator, and whether each is the good one.
pub const GOOD_OR_POOR: [(&str, bool); 2] = [("yes", true), ("no", false)];

/// What happens to what an iteration did.
pub const KEEP_OR_ROLL_BACK: [(&str, Kept); 3] =
    [("keep it", Kept::Yes), ("it was rolled back", Kept::RolledBack), ("decide later", Kept::Undecided)];

/// What can be added in a workspace.
pub const ADDITIONS: [(&str, Addition); 4] = [
    ("note on this turn", Addition::Note),
    ("turn after this one", Addition::Turn),
    ("checklist item", Addition::Item),
    ("plan of its own, queued for after this one", Addition::Plan),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addition {
    Note,
    Turn,
    Item,
    Plan,
}

/// The verdicts that a slot offers. Nobody's verdict is the first of the list by default.
pub fn verdicts(slot: &Evidence) -> Vec<(&str, Option<&str>)> {
    let choices = slot.choices.iter().map(|choice| (choice.as_str(), Some(choice.as_str())));
    std::iter::once(("not decided yet", None)).chain(choices).collect()
}

/// What can be done with a trash of so many plans, and whether they are deleted.
pub fn leave_or_delete(plans: usize) -> [(String, bool); 2] {
    let delete = match plans {
        1 => "delete it for good".to_owned(),
        plans => format!("delete all {plans} for good"),
    };
    [("leave it as it is".to_owned(), false), (delete, true)]
}

/// What a dialog is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    Skip(TurnRef),
    Reopen(TurnRef),
    /// Approve a gate; who.
    Approve(TurnRef, String),
    /// Reject a gate; who.
    Reject(TurnRef, String),
    /// Write down what came back.
    Result(TurnRef),
    Note(TurnRef),
    /// Record evidence in this slot.
    Evidence(TurnRef, Box<Evidence>),
    /// Record a reading of one of these metrics: label and id of each.
    Metric(TurnRef, Vec<(String, String)>),
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
    Value(Box<Placeholder>),
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
    Rename(String),
    Trash(String),
    /// Delete the plans in the trash for good.
    EmptyTrash(Vec<String>),
    /// Empty an evidence slot.
    ClearEvidence(TurnRef, String),
    /// Remove an added turn.
    RemoveTurn(TurnRef),
    Add(TurnRef),
    /// Choose what of a turn to copy: the texts behind the answers, and the turn that counts as sent then.
    CopyWhat(TurnRef, Vec<(String, Option<TurnRef>)>),
    /// Choose what of a turn to hand to the send command: the texts behind the answers.
    SendWhat(TurnRef, Vec<String>),
    DropDraft(String),
    /// Put the last good revision of a plan back.
    Recover(String),
    /// Put a copy that a sync tool left away.
    PutAway(PathBuf),
    /// Make a strategy of a finished plan.
    Distil {
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
    CommandOn(String, Command),
    Effect(Effect),
    /// Something was chosen that leads on.
    Chosen(Chosen),
}

/// What was chosen in a dialog that only leads on: to another one, or to what is done at once.
#[derive(Debug, Clone, PartialEq)]
pub enum Chosen {
    Add(TurnRef, Addition),
    /// A text to copy, and the turn that counts as sent then.
    Copy(String, Option<TurnRef>),
    /// A text for the send command.
    Send(String),
    /// The placeholder whose value is to be changed.
    Value(String),
    Strategy(String),
}

impl Purpose {
    /// What its inputs make, in the order in which the dialog asks for them.
    pub fn complete(&self, mut given: Given<'_>) -> Result<Outcomes, String> {
        let command = match self {
            Self::Skip(turn) => {
                Command::SkipTurn { turn: turn.clone(), reason: wanted(given.text(), "say why, in a few words")? }
            }
            Self::Reopen(turn) => Command::ReopenTurn { turn: turn.clone(), reason: given.text() },
            Self::Approve(turn, by) => Command::ApproveGate { turn: turn.clone(), note: given.text(), by: by.clone() },
            Self::Reject(turn, by) => {
                let note = wanted(given.text(), "say what is missing")?;
                Command::RejectGate { turn: turn.clone(), note, by: by.clone() }
            }
            Self::Result(turn) => Command::SetResult { turn: turn.clone(), result: given.text() },
            Self::Note(turn) => Command::AddNote {
                session: turn.session.clone(),
                turn: turn.turn.clone(),
                text: wanted(given.text(), "write something, or press Esc")?,
            },
            Self::Evidence(turn, slot) => {
                Command::RecordEvidence { turn: turn.clone(), slot: slot.id.clone(), input: evidence(slot, given)? }
            }
            Self::Metric(turn, metrics) => {
                let metric = if metrics.len() > 1 { given.answer(metrics) } else { metrics.first().map(|(_, id)| id) };
                let metric = metric.cloned().unwrap_or_default();
                Command::ReadMetric { metric, value: number(&given.text())?, turn: Some(turn.clone()) }
            }
            Self::Budget(turn) => Command::SetBudget { turn: turn.clone(), budget: budget(&given.text())? },
            Self::Queue(placeholder) => Command::Queue {
                title: wanted(given.text(), "say in a few words what it is to reach")?,
                goal: given.text(),
                placeholder: placeholder.clone(),
            },
            Self::AddTurn(after) | Self::AddOrQueue(after, _) => {
                let (title, kind, limit, prompt) = (given.text(), given.place(), given.text(), given.text());
                match self {
                    Self::AddOrQueue(_, placeholder) if given.answer(&QUEUE_OR_ADD) == Some(&true) => {
                        // As a plan of its own it comes on top of nothing.
                        let title = alone(&wanted(title, "give it a title")?);
                        Command::Queue { title, goal: alone(&prompt), placeholder: placeholder.clone() }
                    }
                    _ => Command::AddTurn {
                        session: after.session.clone(),
                        after: Some(after.turn.clone()),
                        budget: budget(&limit)?,
                        title: wanted(title, "give the turn a title")?,
                        kind: TurnKind::ALL.get(kind).copied().unwrap_or_default(),
                        prompt: wanted(prompt, "write the prompt of the turn")?,
                    },
                }
            }
            Self::AddItem(session) => {
                Command::AddItem { session: session.clone(), text: wanted(given.text(), "write what is to be true")? }
            }
            Self::TickNote(session, item, by) => {
                Command::Tick { session: session.clone(), item: item.clone(), note: given.text(), by: by.clone() }
            }
            Self::Prompt(turn) => {
                let prompt = wanted(given.typed().trim_end().to_owned(), "a prompt says something")?;
                Command::SetPrompt { turn: turn.clone(), prompt: Some(prompt) }
            }
            Self::Value(placeholder) => {
                let typed = given.typed();
                let value = if typed.trim().is_empty() { None } else { Some(placeholder.read(&typed)?) };
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
                unverified: Some(wanted(given.text(), "state the reason; the report prints it")?),
            },
            Self::Abandon(session) => Command::Abandon { session: session.clone(), reason: given.text() },
            Self::Reflection(outcome) => {
                Command::SetReflection { outcome: *outcome, helped: given.text(), change: given.text() }
            }
            Self::Indicator(indicator) => Command::AnswerIndicator {
                indicator: indicator.clone(),
                good: given.answer(&GOOD_OR_POOR).copied(),
                note: given.text(),
            },
            Self::Repeat(turn, iteration) => {
                let kept = given.answer(&KEEP_OR_ROLL_BACK).copied().unwrap_or_default();
                repeat(turn, *iteration, kept)
            }
            Self::ClearEvidence(turn, slot) => Command::ClearEvidence { turn: turn.clone(), slot: slot.clone() },
            Self::RemoveTurn(turn) => Command::RemoveTurn(turn.clone()),
            Self::Rename(plan) => {
                let name = wanted(given.text(), "give the plan a name")?;
                return Ok(Outcomes::CommandOn(plan.clone(), Command::Rename(name)));
            }
            Self::Trash(plan) => return Ok(Outcomes::Effect(Effect::Trash(plan.clone()))),
            Self::EmptyTrash(plans) => match given.answer(&leave_or_delete(plans.len())) {
                Some(true) => return Ok(Outcomes::Effect(Effect::EmptyTrash(plans.clone()))),
                Some(false) | None => return Err("choose to delete them, or press Esc".into()),
            },
            Self::PutAway(path) => return Ok(Outcomes::Effect(Effect::PutAway(path.clone()))),
            Self::Recover(plan) => return Ok(Outcomes::Effect(Effect::Recover(plan.clone()))),
            Self::DropDraft(strategy) => return Ok(Outcomes::Effect(Effect::DropDraft(strategy.clone()))),
            Self::Distil { plan, taken } => {
                let id = strategy_id(&given.text(), taken)?;
                let title = wanted(given.text(), "say what the strategy is for")?;
                return Ok(Outcomes::Effect(Effect::Distil { plan: plan.clone(), id, title }));
            }
            Self::Add(_) | Self::CopyWhat(..) | Self::SendWhat(..) | Self::ChooseValue(_) | Self::ShowStrategy(_) => {
                return self.chosen(given).map(Outcomes::Chosen).ok_or_else(|| "choose one of them".into());
            }
        };
        Ok(Outcomes::Command(command))
    }

    /// What a dialog that only leads on chose.
    fn chosen(&self, mut given: Given<'_>) -> Option<Chosen> {
        Some(match self {
            Self::Add(turn) => Chosen::Add(turn.clone(), *given.answer(&ADDITIONS)?),
            Self::CopyWhat(_, texts) => {
                let (text, turn) = texts.get(given.place())?;
                Chosen::Copy(text.clone(), turn.clone())
            }
            Self::SendWhat(_, texts) => Chosen::Send(texts.get(given.place())?.clone()),
            Self::ChooseValue(names) => Chosen::Value(names.get(given.place())?.clone()),
            Self::ShowStrategy(id) => Chosen::Strategy(id.clone()),
            _ => return None,
        })
    }

    /// The name under which typed text is kept, on disk too, when the dialog is closed without saving: what the
    /// dialog does, and to what.
    pub fn key(&self) -> String {
        let at = |turn: &TurnRef| format!("{}/{}", turn.session, turn.turn);
        let (does, to) = match self {
            Self::Skip(turn) => ("skip", at(turn)),
            Self::Reopen(turn) => ("reopen", at(turn)),
            Self::Approve(turn, _) => ("approve", at(turn)),
            Self::Reject(turn, _) => ("reject", at(turn)),
            Self::Result(turn) => ("result", at(turn)),
            Self::Note(turn) => ("note", at(turn)),
            Self::Evidence(turn, slot) => ("evidence", format!("{} {}", at(turn), slot.id)),
            Self::Metric(turn, _) => ("metric", at(turn)),
            Self::Budget(turn) => ("budget", at(turn)),
            // The same dialog, with a question more.
            Self::AddTurn(turn) | Self::AddOrQueue(turn, _) => ("add-turn", at(turn)),
            Self::Queue(_) => ("queue", String::new()),
            Self::AddItem(session) => ("add-item", session.clone()),
            Self::TickNote(session, item, _) => ("tick", format!("{session}/{item}")),
            Self::Prompt(turn) => ("prompt", at(turn)),
            Self::Value(placeholder) => ("value", placeholder.name.clone()),
            Self::ChooseValue(_) => ("choose-value", String::new()),
            Self::FinishUnverified(session) => ("finish", session.clone()),
            Self::Abandon(session) => ("abandon", session.clone().unwrap_or_default()),
            Self::Reflection(_) => ("reflection", String::new()),
            Self::Indicator(indicator) => ("indicator", indicator.clone()),
            Self::Repeat(turn, iteration) => ("repeat", format!("{} {iteration}", at(turn))),
            Self::Rename(plan) => ("rename", plan.clone()),
            Self::Trash(plan) => ("trash", plan.clone()),
            Self::EmptyTrash(_) => ("empty-trash", String::new()),
            Self::ClearEvidence(turn, slot) => ("clear-evidence", format!("{} {slot}", at(turn))),
            Self::RemoveTurn(turn) => ("remove-turn", at(turn)),
            Self::Add(turn) => ("add", at(turn)),
            Self::CopyWhat(turn, _) => ("copy", at(turn)),
            Self::SendWhat(turn, _) => ("send", at(turn)),
            Self::DropDraft(strategy) => ("drop-draft", strategy.clone()),
            Self::Recover(plan) => ("recover", plan.clone()),
            Self::PutAway(path) => ("put-away", path.display().to_string()),
            Self::Distil { plan, .. } => ("distil", plan.clone()),
            Self::ShowStrategy(strategy) => ("show-strategy", strategy.clone()),
        };
        format!("{does} {to}").trim_end().to_owned()
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

/// What was typed, where something was.
fn wanted(typed: String, why: &str) -> Result<String, String> {
    if typed.is_empty() { Err(why.to_owned()) } else { Ok(typed) }
}

fn budget(typed: &str) -> Result<Option<Budget>, String> {
    if typed.is_empty() { Ok(None) } else { Budget::parse(typed).map(Some) }
}

/// Begins the next iteration; before, says what was said of this one.
fn repeat(turn: &TurnRef, iteration: u32, kept: Kept) -> Command {
    let repeat = Command::RepeatTurn(turn.clone());
    if kept == Kept::Undecided {
        return repeat;
    }
    Command::All(vec![Command::KeepIteration { turn: turn.clone(), iteration, kept }, repeat])
}

fn evidence(slot: &Evidence, mut given: Given<'_>) -> Result<EvidenceInput, String> {
    Ok(match slot.kind.input() {
        SlotInput::Run => {
            let (command, code, output) = (given.typed(), given.text(), given.typed());
            if command.trim().is_empty() {
                return Err("write the command line that was run".into());
            }
            let exit_code = code.parse().map_err(|_| format!("`{code}` is no exit code; 0 means success"))?;
            EvidenceInput::Command { command, exit_code, output: output.trim_end().into() }
        }
        SlotInput::Number => EvidenceInput::Text(number(&given.typed())?.to_string()),
        SlotInput::Choice => match given.answer(&verdicts(slot)).copied().flatten() {
            Some(verdict) => EvidenceInput::Text(verdict.into()),
            None => return Err(format!("choose a {}", slot.kind.noun())),
        },
        SlotInput::Text | SlotInput::Line => {
            let typed = given.typed();
            if typed.trim().is_empty() {
                return Err("nothing is written yet".into());
            }
            EvidenceInput::Text(typed)
        }
    })
}

/// The figure that was typed.
fn number(text: &str) -> Result<f64, String> {
    crate::domain::metric::number(text).map_err(|refusal| format!("{}; {}", refusal.message, refusal.hint))
}
