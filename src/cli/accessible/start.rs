//! What stands before the start of a plan: the answers, what speaks against it and the remedies, the budgets; then the
//! start itself.

use crate::domain::command::Command;
use crate::domain::memory::Memory;
use crate::domain::placeholder::Placeholder;
use crate::domain::plan::Plan;
use crate::domain::review::{Finding, Rule};
use crate::domain::stats::{Suggestion, own_budgets};

use super::super::dialogue::{Answer, Dialogue, Interruption, Menu, Question, sentence};
use super::super::output::one_line;
use super::super::{clock, new, queue};
use super::form::Form;
use super::{back, strategies, words};

/// What may be done before the start.
#[derive(Debug, Clone)]
enum Before {
    Start,
    Answers,
    Change,
    Name,
    Prompts,
    Remedy(Rule),
    NoRemedies,
    OwnBudgets,
    GuideBudgets,
}

/// Fills in what has no answer, reviews, starts: the plan's id.
pub fn fill_in_and_start(dialogue: &mut Dialogue<'_>, form: &mut Form) -> Answer<String> {
    form.ask(dialogue, form.inputs().is_empty())?;
    form.ask_name(dialogue)?;
    loop {
        match before(dialogue, form) {
            Ok(Some(plan)) => return Ok(plan),
            Ok(None) => {}
            // The questions once more; what is answered stays.
            Err(Interruption::Back) => form.ask(dialogue, true)?,
            Err(interruption) => return Err(interruption),
        }
    }
}

/// One look at the plan as it would be, and one thing done about it; the id of the plan once it is started.
fn before(dialogue: &mut Dialogue<'_>, form: &mut Form) -> Answer<Option<String>> {
    let suggestions =
        dialogue.ctx.store()?.stats(&clock::zoned())?.suggested_budgets(&form.strategy).unwrap_or_default();
    let mut commands = first_commands(form, &suggestions);
    let reviewed = reviewed(dialogue, form, &mut commands);
    let Some((plan, findings)) = dialogue.or_report(reviewed)? else {
        // A remedy that was chosen before may have lost its reason; else a value is not right and is asked for again.
        if form.remedies.is_empty() && !form.own_budgets {
            form.ask(dialogue, false)?;
        }
        form.remedies.clear();
        form.own_budgets = false;
        return Ok(None);
    };
    summary(dialogue, form, &plan)?;
    for finding in &findings {
        dialogue.say(&format!("What speaks against it: {}", sentence(&one_line(&finding.what))))?;
        dialogue.say(&format!("What to do: {}", sentence(&one_line(&finding.remedy.label))))?;
    }
    let menu = menu(form, &findings, &suggestions);
    match dialogue.choose(&Question::new("What to do before the start: "), &menu)? {
        Before::Start => return start(dialogue, form, commands),
        Before::Answers => form.recite(dialogue)?,
        Before::Change => drop(back(change(dialogue, form))?),
        Before::Name => drop(back(form.ask_name(dialogue))?),
        Before::Prompts => strategies::filled_in(dialogue, form)?,
        Before::Remedy(rule) => form.remedies.push(rule),
        Before::NoRemedies => form.remedies.clear(),
        Before::OwnBudgets => form.own_budgets = true,
        Before::GuideBudgets => form.own_budgets = false,
    }
    form.save(dialogue.ctx);
    Ok(None)
}

fn first_commands(form: &Form, suggestions: &[Suggestion]) -> Vec<Command> {
    if form.own_budgets { own_budgets(&form.strategy, suggestions) } else { Vec::new() }
}

/// The plan as it would be, and what speaks against it.
fn reviewed(dialogue: &Dialogue<'_>, form: &Form, commands: &mut Vec<Command>) -> Answer<(Plan, Vec<Finding>)> {
    let values = form.given();
    let findings = new::reviewed(&form.strategy, &values, &form.remedies, commands, &dialogue.ctx.thresholds())?;
    let plan = Plan::start(&form.strategy, &values, "new", &form.plan_name(), clock::now());
    let mut plan = plan.map_err(super::super::error::CliError::faults)?;
    for command in commands.iter() {
        plan = plan.apply(command, clock::now())?.plan;
    }
    Ok((plan, findings))
}

fn summary(dialogue: &mut Dialogue<'_>, form: &Form, plan: &Plan) -> Answer<()> {
    let turns: usize = plan.sessions.iter().map(|session| session.turns.len()).sum();
    let sessions = if plan.is_multi_session() {
        format!(" in {}", words::count(plan.sessions.len(), "session"))
    } else {
        String::new()
    };
    let time = plan.budget().map(|budget| format!(", {}", words::budget(&budget))).unwrap_or_default();
    let name = one_line(&form.plan_name());
    dialogue.say(&format!("Ready to start '{name}': {}{sessions}{time}.", words::count(turns, "turn")))
}

fn menu(form: &Form, findings: &[Finding], suggestions: &[Suggestion]) -> Menu<Before> {
    let mut menu = Menu::default();
    menu.offer("Start the plan", Before::Start);
    menu.offer("Hear the answers", Before::Answers);
    let none = form.shown().is_empty().then(|| "this strategy asks for nothing".to_owned());
    menu.offer_unless("Change an answer", none, Before::Change);
    menu.offer("Change the name of the plan", Before::Name);
    menu.offer("Read the prompts as they will be sent", Before::Prompts);
    let mut offered: Vec<Rule> = Vec::new();
    for finding in findings.iter().filter(|finding| !finding.remedy.commands.is_empty()) {
        if !offered.contains(&finding.rule) && !form.remedies.contains(&finding.rule) {
            offered.push(finding.rule);
            menu.offer(format!("Take the remedy: {}", one_line(&finding.remedy.label)), Before::Remedy(finding.rule));
        }
    }
    if !form.remedies.is_empty() {
        menu.offer("Take the remedies back", Before::NoRemedies);
    }
    if form.own_budgets {
        menu.offer("Take the budgets of the strategy", Before::GuideBudgets);
    } else {
        let none = suggestions.is_empty().then(|| "your finished plans do not tell yet".to_owned());
        menu.offer_unless("Take your own median times as budgets", none, Before::OwnBudgets);
    }
    menu
}

/// Asks which answer is to change, and for the new one.
fn change(dialogue: &mut Dialogue<'_>, form: &mut Form) -> Answer<()> {
    let shown: Vec<Placeholder> = form.shown();
    let label = |placeholder: &Placeholder| one_line(&placeholder.label);
    let menu = Menu::of(shown.iter().enumerate().map(|(at, placeholder)| (label(placeholder), at)));
    let at = dialogue.choose(&Question::new("Which answer: "), &menu)?;
    form.question(dialogue, &shown[at], (at + 1, shown.len()))
}

/// Writes the plan. Where that fails it is said why, and everything stays as it is.
fn start(dialogue: &mut Dialogue<'_>, form: &Form, commands: Vec<Command>) -> Answer<Option<String>> {
    let store = dialogue.ctx.store()?;
    let (values, name) = (form.given(), form.plan_name());
    let started = match &form.origin {
        Some(origin) => queue::begin(&store, &origin.plan, &origin.queued, (&form.strategy, &values, &name), commands),
        None => store.create_with(&form.strategy, &values, &name, &commands, &clock::zoned()).map_err(Into::into),
    };
    let Some(plan) = dialogue.or_report(started.map_err(Interruption::from))? else { return Ok(None) };
    dialogue.say(&format!("The plan '{}' is started.", one_line(&plan.name)))?;
    let mut memory: Memory = store.memory();
    for (name, typed) in form.inputs() {
        memory.remember_value(name, typed);
    }
    memory.used.insert(plan.strategy.id.clone(), clock::now());
    // A convenience: without it no work is lost.
    let _ = store.save_memory(&memory);
    let _ = store.drop_draft(&form.strategy.id);
    Ok(Some(plan.id))
}
