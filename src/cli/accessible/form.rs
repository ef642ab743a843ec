//! Filling in a strategy, question by question. What is answered is a draft on disk at once, the same one that the
//! terminal interface keeps for its form.

use std::sync::Arc;

use crate::domain::placeholder::{self, Placeholder};
use crate::domain::strategy::Strategy;
use crate::workflow::start::Answers;

use super::super::clock;
use super::super::context::Context;
use super::super::dialogue::{Answer, Dialogue, Interruption, Menu, Question, sentence};
use super::super::output::one_line;
use super::super::questions::{self, Asked, Given};
use super::words;

/// A strategy that is filled in.
pub struct Form {
    pub answers: Answers,
}

impl Form {
    /// The form of a strategy: with what was typed before, if that is wanted.
    pub fn open(dialogue: &mut Dialogue<'_>, strategy: &Arc<Strategy>) -> Answer<Self> {
        let drafts = dialogue.ctx.store()?.drafts();
        let anew = Self { answers: Answers::new(Arc::clone(strategy)) };
        let Some(draft) = drafts.into_iter().find(|draft| draft.strategy == strategy.id) else { return Ok(anew) };
        let menu = Menu::of([("Go on with them".to_owned(), true), ("Begin anew".to_owned(), false)]);
        let count = draft.inputs.values().filter(|input| !input.trim().is_empty()).count();
        dialogue.say(&format!("{} left half-way.", kept(count)))?;
        let goes_on = dialogue.choose(&Question::new("What to do with what was typed: "), &menu)?;
        Ok(if goes_on { Self { answers: Answers::of_draft(Arc::clone(strategy), &draft) } } else { anew })
    }

    /// Asks every question that has no answer yet or, where `all`, each; `b` goes back to the one before.
    pub fn ask(&mut self, dialogue: &mut Dialogue<'_>, all: bool) -> Answer<()> {
        let mut at = 0;
        let mut back = false;
        loop {
            let shown: Vec<Placeholder> = self.answers.shown().into_iter().cloned().collect();
            let Some(placeholder) = shown.get(at) else { return Ok(()) };
            let faultless =
                matches!(self.answers.typed(placeholder), Some(Ok(value)) if placeholder.fault(Some(&value)).is_none());
            if !all && !back && faultless {
                at += 1;
                continue;
            }
            match self.question(dialogue, placeholder, (at + 1, shown.len())) {
                Ok(()) => at += 1,
                Err(Interruption::Back) if at > 0 => {
                    at -= 1;
                    back = true;
                    continue;
                }
                Err(interruption) => return Err(interruption),
            }
            back = false;
        }
    }

    /// Asks one question.
    ///
    /// # Errors
    /// What came instead of an answer; what was typed is in the draft.
    pub fn question(
        &mut self,
        dialogue: &mut Dialogue<'_>,
        placeholder: &Placeholder,
        place: (usize, usize),
    ) -> Answer<()> {
        let before = dialogue.ctx.store()?.memory().values.remove(&placeholder.name).unwrap_or_default();
        let answer = self.answers.typed(placeholder).and_then(Result::ok);
        let default = placeholder::default_of(placeholder, &self.answers.strategy, &self.answers.values());
        let asked = Asked { placeholder, place, answer, default, before: &before };
        let name = placeholder.name.clone();
        let said = questions::ask(dialogue, &asked, &mut |ctx, typed| {
            if !typed.trim().is_empty() {
                self.answers.inputs.insert(name.clone(), typed.to_owned());
                self.save(ctx);
            }
        })?;
        match said {
            Given::Value(value) => {
                self.answers.inputs.insert(name, value.as_input());
            }
            Given::Same => return Ok(()),
            Given::Taken => {
                self.answers.inputs.remove(&name);
            }
        }
        self.save(dialogue.ctx);
        Ok(())
    }

    /// Asks what the plan is to be called.
    pub fn ask_name(&mut self, dialogue: &mut Dialogue<'_>) -> Answer<()> {
        let question = format!("Name of the plan, Enter for '{}': ", one_line(&self.answers.plan_name()));
        let typed = dialogue.line(&Question::new(question).about("Plans are listed by their names."))?;
        if !typed.trim().is_empty() {
            typed.trim().clone_into(&mut self.answers.name);
            self.save(dialogue.ctx);
        }
        Ok(())
    }

    /// Keeps what was typed. Where that is not possible it is said, and what was typed stays here.
    pub fn save(&self, ctx: &mut Context) {
        let saved = ctx.store().and_then(|store| {
            match self.answers.draft(0, clock::now()) {
                Some(draft) => store.save_draft(&draft)?,
                None => store.drop_draft(&self.answers.strategy.id)?,
            }
            Ok(())
        });
        ctx.unsaved = saved.is_err();
        if let Err(error) = saved {
            ctx.out.warn(&format!("what you typed is NOT SAVED: {}", error.message));
        }
    }

    /// Says every answer.
    pub fn recite(&self, dialogue: &mut Dialogue<'_>) -> Answer<()> {
        let values = self.answers.values();
        for placeholder in self.answers.shown() {
            let label = one_line(&placeholder.label);
            match values.get(&placeholder.name) {
                Some(value) => dialogue.say(&format!("{label}: {}", value.as_input().trim_end()))?,
                None => dialogue.say(&sentence(&format!("{label}: left out")))?,
            }
        }
        Ok(())
    }
}

/// `2 answers were`.
fn kept(count: usize) -> String {
    let verb = if count == 1 { "was" } else { "were" };
    format!("{} {verb}", words::count(count, "answer"))
}
