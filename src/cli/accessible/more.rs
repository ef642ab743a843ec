//! What is done with a plan less often: notes, readings, answers, turns that are added, what speaks against it, undo.

use crate::domain::command::Command;
use crate::domain::metric::{number, with_unit};
use crate::domain::placeholder::{self, Placeholder};
use crate::domain::review::goal_placeholder;
use crate::domain::strategy::TurnKind;
use crate::workflow::availability::Act;
use crate::workflow::findings::{Finding, findings};

use super::super::dialogue::{Answer, Dialogue, Menu, Question, Wanted, sentence};
use super::super::output::one_line;
use super::super::questions::{self, Asked, Given};
use super::super::target::PlanArg;
use super::super::{clock, lifecycle};
use super::turn::ask_and_apply;
use super::whole;
use super::workspace::{self, Workspace};

#[derive(Debug, Clone, Copy)]
enum More {
    Stand,
    Note,
    Reading,
    Value,
    Prompt,
    AddTurn,
    Queue,
    Findings,
    Undo,
    Redo,
    Rename,
    Archive,
    Unarchive,
    Delete,
}

pub fn more(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let menu = menu(workspace);
    let chosen = dialogue.choose(&Question::new("What more: "), &menu)?;
    match chosen {
        More::Stand => whole::tell(dialogue, &workspace.plan),
        More::Note => note(dialogue, workspace),
        More::Reading => reading(dialogue, workspace),
        More::Value => value(dialogue, workspace),
        More::Prompt => own_prompt(dialogue, workspace),
        More::AddTurn => add_turn(dialogue, workspace),
        More::Queue => queue(dialogue, workspace),
        More::Findings => hear_findings(dialogue, workspace),
        More::Undo | More::Redo => {
            let (store, id) = (dialogue.ctx.store()?, workspace.plan.id.clone());
            let undoes = matches!(chosen, More::Undo);
            let change = if undoes { store.undo(&id, clock::now()) } else { store.redo(&id, clock::now()) }?;
            dialogue.say(&sentence(&one_line(&change.summary)))?;
            workspace.reload(dialogue)
        }
        More::Rename => ask_and_apply(dialogue, workspace, &Question::new("New name of the plan: "), Command::Rename),
        More::Archive => workspace.apply(dialogue, &Command::Archive).map(|_| ()),
        More::Unarchive => workspace.apply(dialogue, &Command::Unarchive).map(|_| ()),
        More::Delete => delete(dialogue, workspace),
    }
}

fn menu(workspace: &Workspace) -> Menu<More> {
    let plan = &workspace.plan;
    let mut menu = Menu::default();
    menu.offer("Hear where the whole plan stands", More::Stand);
    menu.offer_unless("Write a note", workspace.against(Act::Note), More::Note);
    menu.offer_unless("Record a reading", workspace.against(Act::Reading), More::Reading);
    menu.offer_unless("Change an answer of the plan", workspace.against(Act::Value), More::Value);
    menu.offer_unless("Write the prompt in your own words", workspace.against(Act::Prompt), More::Prompt);
    menu.offer_unless("Add a turn", workspace.against(Act::AddTurn), More::AddTurn);
    menu.offer_unless("Keep an idea for a plan of its own", workspace.against(Act::Queue), More::Queue);
    menu.offer("Hear what speaks against the plan", More::Findings);
    menu.offer("Undo the last change", More::Undo);
    menu.offer("Make an undone change again", More::Redo);
    menu.offer("Give the plan another name", More::Rename);
    if plan.archived {
        menu.offer("Bring the plan back from the archive", More::Unarchive);
    } else {
        menu.offer_unless("Put the plan out of the way", workspace.against(Act::Archive), More::Archive);
    }
    menu.offer("Move the plan to the trash", More::Delete);
    menu
}

fn note(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let at = workspace.turn_ref();
    let question = Question::new("The note, several lines, a dot alone ends them: ");
    let wanted = Wanted { question, before: String::new(), suffix: ".md" };
    workspace::text(dialogue, workspace, "note", wanted, &mut |dialogue, workspace, text| {
        workspace.apply(dialogue, &Command::AddNote { session: at.session.clone(), turn: at.turn.clone(), text })
    })
}

/// A reading of a metric, taken in the turn that is looked at.
fn reading(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let courses = workspace.plan.courses();
    let label = |course: &crate::domain::metric::Course<'_>| {
        let last =
            course.last().map_or_else(|| "no reading".into(), |last| one_line(&with_unit(last, &course.spec.unit)));
        format!("{}, {last}", one_line(course.spec.name()))
    };
    let menu = Menu::of(courses.iter().map(|course| (label(course), course.spec.id.clone())));
    let metric = match courses.as_slice() {
        [only] => {
            dialogue.say(&format!("{}.", label(only)))?;
            only.spec.id.clone()
        }
        _ => dialogue.choose(&Question::new("Which metric: "), &menu)?,
    };
    loop {
        let typed = dialogue.line(&Question::new("The reading, a number: "))?;
        let turn = Some(workspace.turn_ref());
        match number(&typed) {
            Err(refusal) => dialogue.report(&refusal.into())?,
            Ok(value) => {
                workspace.apply(dialogue, &Command::ReadMetric { metric, value, turn })?;
                return Ok(());
            }
        }
    }
}

/// Another answer to what the strategy asked; prompts that were not sent follow.
fn value(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let values = workspace.plan.shown_values();
    let shown: Vec<Placeholder> = placeholder::shown(&workspace.plan.strategy, &values).into_iter().cloned().collect();
    let label = |placeholder: &Placeholder| {
        let value =
            values.get(&placeholder.name).map_or_else(|| "left out".into(), |value| one_line(&value.to_string()));
        format!("{}: {value}", one_line(&placeholder.label))
    };
    let menu = Menu::of(shown.iter().enumerate().map(|(at, placeholder)| (label(placeholder), at)));
    let at = dialogue.choose(&Question::new("Which answer: "), &menu)?;
    let placeholder = &shown[at];
    let asked = Asked {
        placeholder,
        place: (at + 1, shown.len()),
        answer: values.get(&placeholder.name).cloned(),
        default: placeholder::default_of(placeholder, &workspace.plan.strategy, &values),
        before: &[],
    };
    let key = workspace::key(workspace, &placeholder.name);
    let value = match questions::ask(dialogue, &asked, &mut |ctx, typed| workspace::keep(ctx, &key, typed))? {
        Given::Same => return Ok(()),
        Given::Value(value) => Some(value),
        Given::Taken => None,
    };
    if workspace.apply(dialogue, &Command::SetValue { name: placeholder.name.clone(), value })? {
        workspace::keep(dialogue.ctx, &key, "");
    }
    Ok(())
}

/// The prompt of the turn that is looked at, as the person words it.
fn own_prompt(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let turn = workspace.turn_ref();
    let Some((session, of)) = workspace.at() else { return Ok(()) };
    let before = workspace.plan.prompt(session, of)?;
    let question = Question::new("The prompt, several lines, a dot alone ends them: ");
    let wanted = Wanted { question, before: before.clone(), suffix: ".md" };
    workspace::text(dialogue, workspace, "prompt", wanted, &mut |dialogue, workspace, text| {
        // Nothing of one's own goes back to the strategy's words.
        let prompt = Some(text).filter(|text| !text.trim().is_empty());
        if prompt.as_ref() == Some(&before) {
            return dialogue.say("The prompt stays as it is.").map(|()| true);
        }
        workspace.apply(dialogue, &Command::SetPrompt { turn: turn.clone(), prompt })
    })
}

/// Keeps an addition out of this plan.
fn queue(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let title = dialogue.line(&Question::new("What that plan is to be called: "))?;
    let goal = dialogue.line(&Question::new("What it is to reach, Enter for the same: "))?;
    let command = queued(workspace, &title, &goal);
    workspace.apply(dialogue, &command)?;
    Ok(())
}

fn queued(workspace: &Workspace, title: &str, goal: &str) -> Command {
    Command::Queue { title: title.into(), goal: goal.into(), placeholder: goal_placeholder(&workspace.plan) }
}

fn add_turn(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let at = workspace.turn_ref();
    let title = dialogue.line(&Question::new("Title of the new turn: "))?;
    let kinds = Menu::of(TurnKind::ALL.iter().map(|kind| (kind.to_string(), *kind)));
    let kind = dialogue.choose(&Question::new("What it is for: "), &kinds)?;
    let question = Question::new("Its prompt, several lines, a dot alone ends them: ");
    let wanted = Wanted { question, before: String::new(), suffix: ".md" };
    workspace::text(dialogue, workspace, "turn", wanted, &mut |dialogue, workspace, prompt| {
        // Behind the turn that is looked at, or at the end where that has been passed.
        let session = at.session.clone();
        let (title, budget) = (title.clone(), None);
        let command = |after| Command::AddTurn { session, after, title, kind, budget, prompt };
        let behind = command(Some(at.turn.clone()));
        let command = match (workspace.against_command(&behind), behind) {
            (Some(_), Command::AddTurn { session, title, kind, budget, prompt, .. }) => {
                Command::AddTurn { session, after: None, title, kind, budget, prompt }
            }
            (_, behind) => behind,
        };
        workspace.apply(dialogue, &command)
    })
}

/// What speaks against the plan, and the remedies that it would take.
fn hear_findings(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let findings = findings(&workspace.plan, &dialogue.ctx.thresholds());
    if findings.is_empty() {
        return dialogue.say("Nothing speaks against this plan.");
    }
    let mut menu = Menu::default();
    if findings.iter().any(Finding::is_contradiction) {
        menu.offer_unless("Mend what cannot be", workspace.against_command(&Command::Repair), Command::Repair);
    }
    for finding in &findings {
        let what = sentence(&one_line(finding.what()));
        if finding.is_contradiction() {
            dialogue.say(&format!("This cannot be: {what}"))?;
            continue;
        }
        dialogue.say(&format!("{}: {what}", sentence(finding.rule()).trim_end_matches('.')))?;
        for line in finding.shows() {
            dialogue.say(&format!("It shows in: {}", sentence(&one_line(line))))?;
        }
        let label = one_line(finding.remedy());
        match finding.command() {
            None => dialogue.say(&format!("What to do: {}", sentence(&label)))?,
            Some(command) => {
                menu.offer_unless(format!("Take the remedy: {label}"), workspace.against_command(&command), command)
            }
        }
    }
    if menu.is_empty() {
        return Ok(());
    }
    let command = dialogue.choose(&Question::new("Which remedy, b for none: "), &menu)?;
    workspace.apply(dialogue, &command)?;
    Ok(())
}

fn delete(dialogue: &mut Dialogue<'_>, workspace: &Workspace) -> Answer<()> {
    let args = lifecycle::PlanOnly { plan: PlanArg { plan: Some(workspace.plan.id.clone()) } };
    if dialogue.agrees(&format!("Move '{}' to the trash?", one_line(&workspace.plan.name)))? {
        let yes = std::mem::replace(&mut dialogue.ctx.globals.yes, true);
        let deleted = lifecycle::delete(dialogue.ctx, &args);
        dialogue.ctx.globals.yes = yes;
        deleted?;
    }
    Ok(())
}
