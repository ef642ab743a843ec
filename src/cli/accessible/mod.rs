//! `setlist --accessible`: all of the program as numbered questions and answers, line by line, on the main screen.
//!
//! It stands beside the terminal interface and is built of what the subcommands are built of: the same commands of the
//! domain, the same store, and where a subcommand does the whole of a thing, that one. What is offered is tried on the
//! plan first; what would be refused is not offered, and the reason is told to whoever asks for it.

mod checklist;
mod conflicts;
mod evidence;
mod form;
mod iterations;
mod more;
mod names;
mod plans;
mod prompt;
mod search;
mod session;
mod start;
mod strategies;
mod turn;
mod whole;
mod words;
mod workspace;
mod wrap_up;

use std::io::IsTerminal;

use signal_hook::consts::signal::SIGINT;

use crate::domain::problem;
use crate::domain::summary::PlanSummary;

use super::context::Context;
use super::dialogue::{Answer, Dialogue, Interruption, Menu, Question, sentence};
use super::error::{CliError, Result, Status};
use super::output::{Output, one_line};
use super::target::PlanArg;
use names::Names;

/// Holds the conversation until it is left.
pub fn open(ctx: &mut Context) -> Result {
    if ctx.globals.no_input || !std::io::stdin().is_terminal() {
        return Err(CliError::usage(
            "questions need a terminal that answers them",
            "name a command instead: `setlist --help` lists them",
        ));
    }
    // There is no data here for a program to read, and nothing to be silent about.
    ctx.globals.json = false;
    ctx.globals.quiet = false;
    ctx.out = Output::new(&ctx.globals);
    ctx.out.converse();
    let mut dialogue = Dialogue::new(ctx);
    let ended = converse(&mut dialogue);
    let told = match &ended {
        Ok(()) | Err(Interruption::Back | Interruption::Leave | Interruption::Signal(_)) => {
            dialogue.say(if dialogue.ctx.unsaved {
                "Left. The last change is NOT SAVED."
            } else {
                "Left. Everything is saved."
            })
        }
        Err(Interruption::Failed(_)) => Ok(()),
    };
    match (ended, told) {
        (Ok(()) | Err(Interruption::Back | Interruption::Leave), _) => Ok(Status::Success),
        (Err(Interruption::Signal(SIGINT)), _) => Ok(Status::Left(130)),
        (Err(Interruption::Signal(signal)), _) => Err(CliError::told(signal)),
        (Err(Interruption::Failed(error)), _) => Err(error),
    }
}

/// What may be done at the beginning.
#[derive(Debug, Clone)]
enum Begin {
    GoOn(String),
    Draft(String),
    Strategies,
    Advice,
    Plans,
    Copies,
    Leave,
}

fn converse(dialogue: &mut Dialogue<'_>) -> Answer<()> {
    dialogue.say(
        "Setlist. In every question, ? explains, b goes back, q leaves, and Enter alone tells the choices again.",
    )?;
    settings(dialogue)?;
    if let Some(named) = PlanArg::default().named() {
        let id = dialogue.ctx.store().map_err(Interruption::from).and_then(|store| Ok(store.find(&named)?));
        if let Some(id) = dialogue.or_report(id)? {
            back(workspace::work(dialogue, &id))?;
        }
    }
    loop {
        let menu = beginning(dialogue)?;
        let Some(chosen) = back(dialogue.choose(&Question::new("What to do: "), &menu))? else {
            dialogue.say("This is the beginning; q leaves.")?;
            continue;
        };
        let done = match chosen {
            Begin::GoOn(id) => workspace::work(dialogue, &id),
            Begin::Draft(strategy) => strategies::go_on(dialogue, &strategy),
            Begin::Strategies => strategies::browse(dialogue),
            Begin::Advice => strategies::advise(dialogue),
            Begin::Plans => plans::choose(dialogue),
            Begin::Copies => conflicts::compare(dialogue),
            Begin::Leave => return Ok(()),
        };
        let done = dialogue.or_report(done);
        back(done)?;
    }
}

/// What is wrong in the settings, a line each.
fn settings(dialogue: &mut Dialogue<'_>) -> Answer<()> {
    let file = dialogue.ctx.store()?.settings();
    for found in &file.problems {
        let line = problem::position(&file.text, found.span.start).line;
        let text = format!("config.toml, line {line}: {}", found.message);
        dialogue.say(&sentence(&one_line(&text)))?;
    }
    Ok(())
}

fn beginning(dialogue: &mut Dialogue<'_>) -> Answer<Menu<Begin>> {
    let store = dialogue.ctx.store()?;
    let listing = store.list();
    let mut menu = Menu::default();
    let latest = store.latest()?;
    if let Some(plan) = latest.and_then(|id| listing.plans.iter().find(|plan| plan.id == id)) {
        menu.offer(format!("Go on with {}", about(plan)), Begin::GoOn(plan.id.clone()));
    }
    let library = store.library();
    let names = Names::of(&library);
    for draft in store.drafts() {
        if let Some(strategy) = library.strategy(&draft.strategy) {
            let name = names.name(strategy);
            menu.offer(format!("Go on filling in '{name}', which was left half-way"), Begin::Draft(draft.strategy));
        }
    }
    menu.offer("Choose a strategy and start a plan", Begin::Strategies);
    menu.offer("Find out which strategy fits your work", Begin::Advice);
    let count = listing.plans.len();
    let none = (count == 0).then(|| "there is no plan yet".to_owned());
    let plans = if count == 1 { "Look at your 1 plan".to_owned() } else { format!("Choose among your {count} plans") };
    menu.offer_unless(plans, none, Begin::Plans);
    for broken in &listing.broken {
        dialogue.say(&sentence(&format!("A plan file cannot be read: {}", one_line(&broken.message))))?;
    }
    match listing.conflicts.len() {
        0 => {}
        1 => menu.offer("Compare the copy that a sync tool left with its plan", Begin::Copies),
        several => menu.offer(format!("Compare one of {several} copies that sync tools left"), Begin::Copies),
    }
    menu.offer("Leave", Begin::Leave);
    Ok(menu)
}

/// A plan in a few words: `'Login fails', in progress, at 'Reproduce'`.
fn about(plan: &PlanSummary) -> String {
    let name = one_line(&plan.name);
    let state = plan.state.replace('-', " ");
    let at = if plan.current.is_empty() { String::new() } else { format!(", at '{}'", one_line(&plan.current)) };
    let archived = if plan.archived { ", archived" } else { "" };
    format!("'{name}', {state}{at}{archived}")
}

/// Nothing where somebody went back.
fn back<T>(said: Answer<T>) -> Answer<Option<T>> {
    match said {
        Ok(said) => Ok(Some(said)),
        Err(Interruption::Back) => Ok(None),
        Err(interruption) => Err(interruption),
    }
}
