//! `setlist --accessible`: all of the program as numbered questions and answers, line by line, on the main screen.
//!
//! It stands beside the terminal interface and is built of what the subcommands are built of: the same commands of the
//! domain, the same store, and where a subcommand does the whole of a thing, that one. What is offered is tried on the
//! plan first; what would be refused is not offered, and the reason is told to whoever asks for it.

mod checklist;
mod copies;
mod evidence;
mod form;
mod more;
mod names;
mod plans;
mod prompt;
mod rounds;
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
use super::error::{CliError, Result, Status};
use super::output::{Output, one_line};
use super::talk::{Aside, Menu, Question, Said, Talk, sentence};
use super::target::PlanArg;
use names::Names;

/// Holds the conversation until it is left.
///
/// # Errors
/// Where nobody is there to be asked.
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
    let mut talk = Talk::new(ctx);
    let ended = converse(&mut talk);
    let told = match &ended {
        Ok(()) | Err(Aside::Back | Aside::Leave | Aside::Told(_)) => talk.say(if talk.ctx.unsaved {
            "Left. The last change is NOT SAVED."
        } else {
            "Left. Everything is saved."
        }),
        Err(Aside::Failed(_)) => Ok(()),
    };
    match (ended, told) {
        (Ok(()) | Err(Aside::Back | Aside::Leave), _) => Ok(Status::Success),
        (Err(Aside::Told(SIGINT)), _) => Ok(Status::Left(130)),
        (Err(Aside::Told(signal)), _) => Err(CliError::told(signal)),
        (Err(Aside::Failed(error)), _) => Err(error),
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

fn converse(talk: &mut Talk<'_>) -> Said<()> {
    talk.say(
        "Setlist. In every question, ? explains, b goes back, q leaves, and Enter alone tells the choices again.",
    )?;
    settings(talk)?;
    if let Some(named) = PlanArg::default().named() {
        let id = talk.ctx.store().map_err(Aside::from).and_then(|store| Ok(store.find(&named)?));
        if let Some(id) = talk.or_sorry(id)? {
            back(workspace::work(talk, &id))?;
        }
    }
    loop {
        let menu = beginning(talk)?;
        let Some(chosen) = back(talk.choose(&Question::new("What to do: "), &menu))? else {
            talk.say("This is the beginning; q leaves.")?;
            continue;
        };
        let done = match chosen {
            Begin::GoOn(id) => workspace::work(talk, &id),
            Begin::Draft(strategy) => strategies::go_on(talk, &strategy),
            Begin::Strategies => strategies::browse(talk),
            Begin::Advice => strategies::advise(talk),
            Begin::Plans => plans::choose(talk),
            Begin::Copies => copies::compare(talk),
            Begin::Leave => return Ok(()),
        };
        let done = talk.or_sorry(done);
        back(done)?;
    }
}

/// What is wrong in the settings, a line each.
fn settings(talk: &mut Talk<'_>) -> Said<()> {
    let file = talk.ctx.store()?.settings();
    for found in &file.problems {
        let line = problem::position(&file.text, found.span.start).line;
        let text = format!("config.toml, line {line}: {}", found.message);
        talk.say(&sentence(&one_line(&text)))?;
    }
    Ok(())
}

fn beginning(talk: &mut Talk<'_>) -> Said<Menu<Begin>> {
    let store = talk.ctx.store()?;
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
        talk.say(&sentence(&format!("A plan file cannot be read: {}", one_line(&broken.message))))?;
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
fn back<T>(said: Said<T>) -> Said<Option<T>> {
    match said {
        Ok(said) => Ok(Some(said)),
        Err(Aside::Back) => Ok(None),
        Err(aside) => Err(aside),
    }
}
