//! Choosing a strategy: searching, advice, and one described in sentences.

use std::sync::Arc;

use crate::domain::advice::advise as ranked;
use crate::domain::prompt::render;
use crate::domain::strategy::{Strategy, TurnSpec};
use crate::domain::untrusted::shown_lines;
use crate::workflow::search::Index;

use super::super::dialogue::{Answer, Dialogue, Menu, Question, sentence};
use super::super::output::one_line;
use super::super::strategy::advise as advice;
use super::super::strategy::list::has_words;
use super::form::Form;
use super::names::Names;
use super::search::search;
use super::{back, prompt, start, words, workspace};

/// Searches until a plan was started or the person goes back.
pub fn browse(dialogue: &mut Dialogue<'_>) -> Answer<()> {
    let library = dialogue.ctx.store()?.library();
    let names = Names::of(&library);
    let mut index = Index::new(&library.entries);
    let mut find = |words: &str| -> Vec<(String, Arc<Strategy>)> {
        let hits = index.find(words).into_iter();
        let mut usable: Vec<_> = hits.filter_map(|hit| library.entries[hit.entry].strategy.clone()).collect();
        // What is only alike takes long to listen to: it is told where nothing has the words as they stand.
        if usable.iter().any(|strategy| has_words(strategy, [words])) {
            usable.retain(|strategy| has_words(strategy, [words]));
        }
        usable.into_iter().map(|strategy| (brief(&strategy, &names), strategy)).collect()
    };
    loop {
        let strategy = search(dialogue, ("strategy", "strategies"), &mut find)?;
        if back(look(dialogue, &strategy, &names))?.is_some() {
            return Ok(());
        }
    }
}

/// Asks what the work is like, says what fits, and goes on with what is chosen.
pub fn advise(dialogue: &mut Dialogue<'_>) -> Answer<()> {
    let library = dialogue.ctx.store()?.library();
    let situation = advice::ask_all(dialogue)?;
    let advice = ranked(situation, library.strategies().map(AsRef::as_ref));
    for text in [&advice.shape.statement, &advice.shape.planning, &advice.shape.oversight, &advice.shape.evidence] {
        dialogue.say(&sentence(&one_line(text)))?;
    }
    let label = |id: &str, reason: &str| Some((library.strategy(id)?.clone(), one_line(reason)));
    let fitting = advice.ranked.iter().filter_map(|ranked| label(&ranked.id, &ranked.reason)).take(5);
    let names = Names::of(&library);
    let menu =
        Menu::of(fitting.map(|(strategy, why)| (format!("{}: {}", names.name(&strategy), sentence(&why)), strategy)));
    dialogue.say("What fits best comes first:")?;
    loop {
        let strategy = dialogue.choose(&Question::new("Number of a strategy to hear more: "), &menu)?;
        if back(look(dialogue, &strategy, &names))?.is_some() {
            return Ok(());
        }
    }
}

/// Goes on with a form that was left half-way.
pub fn go_on(dialogue: &mut Dialogue<'_>, id: &str) -> Answer<()> {
    let library = dialogue.ctx.store()?.library();
    match library.strategy(id) {
        Some(strategy) => begin(dialogue, strategy),
        None => dialogue.say("That strategy is not there any more."),
    }
}

/// What may be done with a strategy.
#[derive(Debug, Clone, Copy)]
enum Look {
    Start,
    Prompts,
    Describe,
}

/// Describes a strategy and goes on with it.
fn look(dialogue: &mut Dialogue<'_>, strategy: &Arc<Strategy>, names: &Names<'_>) -> Answer<()> {
    describe(dialogue, strategy, names)?;
    let menu = Menu::of([
        ("Start a plan with it".to_owned(), Look::Start),
        ("Read its prompts".to_owned(), Look::Prompts),
        ("Hear the description again".to_owned(), Look::Describe),
    ]);
    loop {
        match dialogue.choose(&Question::new("What to do with this strategy: "), &menu)? {
            Look::Start => {
                if back(begin(dialogue, strategy))?.is_some() {
                    return Ok(());
                }
            }
            Look::Prompts => prompts(dialogue, strategy)?,
            Look::Describe => describe(dialogue, strategy, names)?,
        }
    }
}

/// Fills in, reviews, starts, and goes on to work.
fn begin(dialogue: &mut Dialogue<'_>, strategy: &Arc<Strategy>) -> Answer<()> {
    let mut form = Form::open(dialogue, strategy)?;
    let plan = start::fill_in_and_start(dialogue, &mut form)?;
    // Back from the work is back to the beginning, not into a form that is done.
    back(workspace::work(dialogue, &plan)).map(|_| ())
}

/// A strategy in one line of a list.
fn brief(strategy: &Strategy, names: &Names<'_>) -> String {
    let summary = sentence(&one_line(&strategy.summary));
    format!("{}, {}. {summary}", names.name(strategy), facts(strategy).join(", ")).trim_end().to_owned()
}

fn facts(strategy: &Strategy) -> Vec<String> {
    let mut facts = vec![one_line(&strategy.category), words::count(strategy.turns().count(), "turn")];
    if strategy.is_multi_session() {
        facts.push(words::count(strategy.sessions.len(), "session"));
    }
    match strategy.gates() {
        0 => {}
        gates => facts.push(words::count(gates, "gate")),
    }
    facts.extend(strategy.budget().map(|budget| words::budget(&budget)));
    facts.retain(|fact| !fact.is_empty());
    facts
}

fn describe(dialogue: &mut Dialogue<'_>, strategy: &Strategy, names: &Names<'_>) -> Answer<()> {
    dialogue.say(&brief(strategy, names))?;
    for text in [&strategy.when] {
        if !text.trim().is_empty() {
            dialogue.say(&sentence(&shown_lines(text.trim())))?;
        }
    }
    for session in &strategy.sessions {
        if strategy.is_multi_session() {
            let others = strategy.sessions.iter().filter(|other| session.after.contains(&other.id));
            let after: Vec<&str> = others.map(|other| other.title.as_str()).collect();
            let after = if after.is_empty() { String::new() } else { format!(", after {}", after.join(" and ")) };
            dialogue.say(&format!("Session {}{}:", one_line(&session.title), one_line(&after)))?;
        }
        for (at, turn) in session.turns.iter().enumerate() {
            dialogue.say(&describe_turn(at + 1, turn))?;
        }
    }
    Ok(())
}

fn describe_turn(number: usize, turn: &TurnSpec) -> String {
    let mut facts = vec![turn.kind.to_string()];
    facts.extend(turn.budget.as_ref().map(words::budget));
    if !turn.repeat.is_empty() {
        facts.push(format!("repeats per {}", one_line(&turn.repeat)));
    }
    let mut text = format!("Turn {number}, {}: {}.", one_line(&turn.title), facts.join(", "));
    let shows: Vec<String> = turn.evidence.iter().map(|slot| one_line(&slot.label)).collect();
    if !shows.is_empty() {
        text += &format!(" It has to show: {}.", shows.join("; "));
    }
    if !turn.gate.is_empty() {
        text += &format!(" Gate: {}", sentence(&one_line(&turn.gate)));
    }
    text
}

/// The prompts as the file has them, one at a time, until the person goes back.
fn prompts(dialogue: &mut Dialogue<'_>, strategy: &Strategy) -> Answer<()> {
    each_prompt(dialogue, strategy, &|turn| turn.prompt.clone())
}

/// The prompts as they would read with the answers, one at a time, until the person goes back.
pub fn filled_in(dialogue: &mut Dialogue<'_>, form: &Form) -> Answer<()> {
    let (strategy, given) = (&form.answers.strategy, form.answers.given());
    each_prompt(dialogue, strategy, &|turn| {
        render(strategy, turn, &given).unwrap_or_else(|error| sentence(&error.to_string()))
    })
}

fn each_prompt(dialogue: &mut Dialogue<'_>, strategy: &Strategy, text: &dyn Fn(&TurnSpec) -> String) -> Answer<()> {
    let of = |session: &str| if strategy.is_multi_session() { format!("{session}: ") } else { String::new() };
    let turns = strategy.sessions.iter().flat_map(|session| session.turns.iter().map(move |turn| (session, turn)));
    let menu =
        Menu::of(turns.map(|(session, turn)| (one_line(&format!("{}{}", of(&session.title), turn.title)), turn)));
    loop {
        let Some(turn) = back(dialogue.choose(&Question::new("Which prompt, b when done: "), &menu))? else {
            return Ok(());
        };
        prompt::say_text(dialogue, "prompt", &text(turn))?;
    }
}
