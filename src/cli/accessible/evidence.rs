//! Evidence, slot by slot: each kind is asked for in its own way.

use std::ffi::OsString;

use crate::domain::command::{Command, EvidenceInput};
use crate::domain::plan::Evidence;
use crate::domain::strategy::SlotInput;
use crate::domain::untrusted::shown_lines;
use crate::os::editor;

use super::super::dialogue::{Answer, Dialogue, Menu, Question, Wanted, sentence};
use super::super::error::ErrorCode;
use super::super::output::one_line;
use super::super::quality;
use super::super::record::{self, Run};
use super::words;
use super::workspace::{self, Workspace};

/// What may be done with a slot that is filled.
#[derive(Debug, Clone, Copy)]
enum Filled {
    Replace,
    Clear,
}

/// How a command is recorded.
#[derive(Debug, Clone, Copy)]
enum How {
    Run,
    Written,
}

/// Asks for the slot and what it takes.
pub fn record(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let Some((_, turn)) = workspace.at() else { return Ok(()) };
    let slots = turn.evidence.clone();
    let slot = match slots.as_slice() {
        [only] => only.clone(),
        _ => {
            let menu = Menu::of(slots.iter().map(|slot| (words::slot(slot), slot.clone())));
            dialogue.choose(&Question::new("Which evidence: "), &menu)?
        }
    };
    if slot.recorded.is_some() {
        recite(dialogue, &slot)?;
        let menu = Menu::of([("Replace it".to_owned(), Filled::Replace), ("Empty the slot".to_owned(), Filled::Clear)]);
        if let Filled::Clear = dialogue.choose(&Question::new("What to do with it: "), &menu)? {
            let command = Command::ClearEvidence { turn: workspace.turn_ref(), slot: slot.id };
            workspace.apply(dialogue, &command)?;
            return Ok(());
        }
    }
    fill(dialogue, workspace, &slot)
}

/// Says what is recorded.
fn recite(dialogue: &mut Dialogue<'_>, slot: &Evidence) -> Answer<()> {
    let Some(recorded) = &slot.recorded else { return Ok(()) };
    dialogue.say(&format!("{}, recorded{}:", one_line(&slot.label), one_line(&slot.how_it_ended())))?;
    if let Some(command) = &recorded.command {
        dialogue.say(&format!("Command: {}", one_line(command)))?;
    }
    dialogue.say(&shown_lines(recorded.text.trim_end()))
}

/// Asks for what fills a slot of its kind, until the plan takes it.
fn fill(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, slot: &Evidence) -> Answer<()> {
    let label = one_line(&slot.label);
    match slot.kind.input() {
        SlotInput::Text => text(dialogue, workspace, slot),
        SlotInput::Run => command(dialogue, workspace, slot),
        SlotInput::Line => {
            let noun = slot.kind.noun();
            let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            line(dialogue, workspace, slot, &format!("{label}, {article} {noun}: "))
        }
        SlotInput::Number => {
            let spec = workspace.plan.strategy.metrics.iter().find(|metric| metric.id == slot.metric);
            let unit = spec.map(|metric| metric.unit.as_str()).filter(|unit| !unit.is_empty());
            let unit = unit.map(|unit| format!(" in {}", one_line(unit))).unwrap_or_default();
            line(dialogue, workspace, slot, &format!("{label}, a number{unit}: "))
        }
        SlotInput::Choice => {
            let menu = Menu::of(slot.choices.iter().map(|choice| (one_line(choice), choice.clone())));
            let verdict = dialogue.choose(&Question::new(format!("{label}: ")), &menu)?;
            apply(dialogue, workspace, slot, EvidenceInput::Text(verdict)).map(|_| ())
        }
    }
}

fn apply(
    dialogue: &mut Dialogue<'_>,
    workspace: &mut Workspace,
    slot: &Evidence,
    input: EvidenceInput,
) -> Answer<bool> {
    let turn = workspace.turn_ref();
    let command = Command::RecordEvidence { turn: turn.clone(), slot: slot.id.clone(), input };
    let taken = workspace.apply(dialogue, &command)?;
    if taken {
        quality::warn(dialogue.ctx, &workspace.plan, &turn);
    }
    Ok(taken)
}

fn line(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, slot: &Evidence, question: &str) -> Answer<()> {
    loop {
        let typed = dialogue.line(&Question::new(question))?;
        if apply(dialogue, workspace, slot, EvidenceInput::Text(typed))? {
            return Ok(());
        }
    }
}

fn text(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, slot: &Evidence) -> Answer<()> {
    let question = Question::new(format!("{}, several lines, a dot alone ends them: ", one_line(&slot.label)));
    let wanted = Wanted { question, before: String::new(), suffix: ".md" };
    workspace::text(dialogue, workspace, &slot.id, wanted, &mut |dialogue, workspace, text| {
        apply(dialogue, workspace, slot, EvidenceInput::Text(text))
    })
}

/// A command: run now, or written down as it was run elsewhere.
fn command(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, slot: &Evidence) -> Answer<()> {
    dialogue.say(&sentence(&format!("{}: a command that {}", one_line(&slot.label), slot.exit.wanted())))?;
    let menu = Menu::of([
        ("Run a command now and record it".to_owned(), How::Run),
        ("Write down a command that was run elsewhere".to_owned(), How::Written),
    ]);
    match dialogue.choose(&Question::new("How: "), &menu)? {
        How::Run => run(dialogue, workspace, slot),
        How::Written => written(dialogue, workspace, slot),
    }
}

fn run(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, slot: &Evidence) -> Answer<()> {
    let question = Question::new("The command with its arguments: ")
        .about("It is run without a shell. For pipes and variables, run one: sh -c '...'.")
        .about("What it says is told while it runs, and the end of it is kept with its exit code. Ctrl-C ends it.");
    let typed = dialogue.line(&question)?;
    let argv: Vec<OsString> = editor::words(&typed).into_iter().map(OsString::from).collect();
    let how = Run { argv: &argv, timeout: None, keep_interrupted: false };
    let (plan, turn) = (workspace.plan.clone(), workspace.turn_ref());
    let ran = record::run_and_record(dialogue.ctx, &slot.id, &how, &plan, &turn);
    dialogue.ctx.forget();
    workspace.reload(dialogue)?;
    match ran {
        // The command was interrupted, not the conversation.
        Err(error) if error.code == ErrorCode::Interrupted => dialogue.say("\nInterrupted; nothing was recorded."),
        Err(error) => dialogue.report(&error),
        Ok(_) => Ok(()),
    }
}

fn written(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, slot: &Evidence) -> Answer<()> {
    let command = dialogue.line(&Question::new("The command: "))?;
    let exit_code = loop {
        let typed = dialogue.line(&Question::new("Its exit code, Enter for 0: "))?;
        match typed.trim() {
            "" => break 0,
            number => match number.parse::<i32>() {
                Ok(code) => break code,
                Err(_) => dialogue.say(&format!("'{}' is no exit code; type a whole number.", one_line(number)))?,
            },
        }
    };
    let question = Question::new("The end of its output, several lines, a dot alone ends them: ");
    let wanted = Wanted { question, before: String::new(), suffix: ".txt" };
    workspace::text(dialogue, workspace, &slot.id, wanted, &mut |dialogue, workspace, output| {
        apply(dialogue, workspace, slot, EvidenceInput::Command { command: command.clone(), exit_code, output })
    })
}
