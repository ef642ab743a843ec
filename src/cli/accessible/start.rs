//! What stands before the start of a plan: the answers, what speaks against it and the remedies, the budgets; then the
//! start itself.

use crate::domain::new_plan::NewPlan;
use crate::domain::placeholder::Placeholder;
use crate::domain::plan::Plan;
use crate::domain::review::Rule;
use crate::workflow::start::{StartPreview, no_own_budgets};

use super::super::dialogue::{Answer, Dialogue, Interruption, Menu, Question, sentence};
use super::super::output::one_line;
use super::super::{clock, error::CliError};
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
    form.ask(dialogue, form.answers.inputs.is_empty())?;
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
    let record = dialogue.ctx.store()?.stats(&clock::zoned())?;
    let own = record.suggested_budgets(&form.answers.strategy);
    let none = own.is_none().then(|| no_own_budgets(&form.answers.strategy, &record));
    let preview = form.answers.preview(&own.unwrap_or_default(), &dialogue.ctx.thresholds(), clock::now());
    let Some(preview) = dialogue.or_report(preview.map_err(|why| CliError::from(why).into()))? else {
        // A budget may not fit any more; else a value is not right and is asked for again.
        if form.answers.remedies.is_empty() && !form.answers.own_budgets {
            form.ask(dialogue, false)?;
        }
        form.answers.remedies.clear();
        form.answers.own_budgets = false;
        return Ok(None);
    };
    summary(dialogue, &preview.plan)?;
    for finding in preview.findings() {
        dialogue.say(&format!("What speaks against it: {}", sentence(&one_line(&finding.what))))?;
        dialogue.say(&format!("What to do: {}", sentence(&one_line(&finding.remedy.label))))?;
    }
    let menu = menu(form, &preview, none);
    match dialogue.choose(&Question::new("What to do before the start: "), &menu)? {
        Before::Start => return start(dialogue, form, &preview.new),
        Before::Answers => form.recite(dialogue)?,
        Before::Change => drop(back(change(dialogue, form))?),
        Before::Name => drop(back(form.ask_name(dialogue))?),
        Before::Prompts => strategies::filled_in(dialogue, form)?,
        Before::Remedy(rule) => drop(form.answers.remedies.insert(rule)),
        Before::NoRemedies => form.answers.remedies.clear(),
        Before::OwnBudgets => form.answers.own_budgets = true,
        Before::GuideBudgets => form.answers.own_budgets = false,
    }
    form.save(dialogue.ctx);
    Ok(None)
}

fn summary(dialogue: &mut Dialogue<'_>, plan: &Plan) -> Answer<()> {
    let turns: usize = plan.sessions.iter().map(|session| session.turns.len()).sum();
    let sessions = if plan.is_multi_session() {
        format!(" in {}", words::count(plan.sessions.len(), "session"))
    } else {
        String::new()
    };
    let time = plan.budget().map(|budget| format!(", {}", words::budget(&budget))).unwrap_or_default();
    let name = one_line(&plan.name);
    dialogue.say(&format!("Ready to start '{name}': {}{sessions}{time}.", words::count(turns, "turn")))
}

fn menu(form: &Form, preview: &StartPreview, no_own_budgets: Option<String>) -> Menu<Before> {
    let mut menu = Menu::default();
    menu.offer("Start the plan", Before::Start);
    menu.offer("Hear the answers", Before::Answers);
    let none = form.answers.shown().is_empty().then(|| "this strategy asks for nothing".to_owned());
    menu.offer_unless("Change an answer", none, Before::Change);
    menu.offer("Change the name of the plan", Before::Name);
    menu.offer("Read the prompts as they will be sent", Before::Prompts);
    for (rule, remedy) in preview.offered() {
        menu.offer(format!("Take the remedy: {}", one_line(remedy)), Before::Remedy(rule));
    }
    if !form.answers.remedies.is_empty() {
        menu.offer("Take the remedies back", Before::NoRemedies);
    }
    if form.answers.own_budgets {
        menu.offer("Take the budgets of the strategy", Before::GuideBudgets);
    } else {
        menu.offer_unless("Take your own median times as budgets", no_own_budgets, Before::OwnBudgets);
    }
    menu
}

/// Asks which answer is to change, and for the new one.
fn change(dialogue: &mut Dialogue<'_>, form: &mut Form) -> Answer<()> {
    let shown: Vec<Placeholder> = form.answers.shown().into_iter().cloned().collect();
    let label = |placeholder: &Placeholder| one_line(&placeholder.label);
    let menu = Menu::of(shown.iter().enumerate().map(|(at, placeholder)| (label(placeholder), at)));
    let at = dialogue.choose(&Question::new("Which answer: "), &menu)?;
    form.question(dialogue, &shown[at], (at + 1, shown.len()))
}

/// Writes the plan. Where that fails it is said why, and everything stays as it is.
fn start(dialogue: &mut Dialogue<'_>, form: &Form, new: &NewPlan) -> Answer<Option<String>> {
    let store = dialogue.ctx.store()?;
    let started = store.start(new, &clock::zoned()).map_err(CliError::from);
    let Some(plan) = dialogue.or_report(started.map_err(Interruption::from))? else { return Ok(None) };
    dialogue.say(&format!("The plan '{}' is started.", one_line(&plan.name)))?;
    let mut memory = store.memory();
    form.answers.remember(&mut memory, clock::now());
    // A convenience: without it no work is lost.
    let _ = store.save_memory(&memory);
    let _ = store.drop_draft(&plan.strategy.id);
    Ok(Some(plan.id))
}
