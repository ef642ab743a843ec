//! Filling in a strategy, question by question. What is answered is a draft on disk at once, the same one that the
//! terminal interface keeps for its form.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::memory::{Draft, Origin};
use crate::domain::placeholder::{self, Placeholder, Value, Values};
use crate::domain::plan::{Plan, Queued};
use crate::domain::review::{Rule, values_for};
use crate::domain::strategy::Strategy;

use super::super::clock;
use super::super::context::Context;
use super::super::dialogue::{Answer, Dialogue, Interruption, Menu, Question, sentence};
use super::super::output::one_line;
use super::super::questions::{self, Asked, Given};
use super::words;

/// A strategy that is filled in.
pub struct Form {
    /// What is filled in.
    pub strategy: Arc<Strategy>,
    /// What was typed, by placeholder.
    inputs: BTreeMap<String, String>,
    /// What the plan is to be called; empty for the default.
    pub name: String,
    /// The plan that queued it, where one did.
    pub origin: Option<Origin>,
    /// Whether the person's own median times are to be the budgets.
    pub own_budgets: bool,
    /// Rules of the review whose remedies were chosen.
    pub remedies: Vec<Rule>,
}

impl Form {
    /// The form of a strategy: with what was typed before, if that is wanted.
    pub fn open(dialogue: &mut Dialogue<'_>, strategy: &Arc<Strategy>) -> Answer<Self> {
        let drafts = dialogue.ctx.store()?.drafts();
        let mut form = Self::empty(Arc::clone(strategy));
        let Some(draft) = drafts.into_iter().find(|draft| draft.strategy == strategy.id) else { return Ok(form) };
        let menu = Menu::of([("Go on with them".to_owned(), true), ("Begin anew".to_owned(), false)]);
        let count = draft.inputs.values().filter(|input| !input.trim().is_empty()).count();
        dialogue.say(&format!("{} left half-way.", kept(count)))?;
        if dialogue.choose(&Question::new("What to do with what was typed: "), &menu)? {
            form.inputs = draft.inputs;
            form.name = draft.name;
            form.origin = draft.origin;
            form.own_budgets = draft.own_budgets;
            form.remedies = draft.remedies;
        }
        Ok(form)
    }

    /// The form of what a plan has queued: with that plan's answers and the goal that waits.
    pub fn of_queued(plan: &Plan, queued: &Queued) -> Self {
        let mut form = Self::empty(Arc::new(plan.strategy.clone()));
        form.origin = Some(Origin { plan: plan.id.clone(), name: plan.name.clone(), queued: queued.id.clone() });
        form.name.clone_from(&queued.title);
        form.inputs = values_for(plan, queued).iter().map(|(name, value)| (name.clone(), value.as_input())).collect();
        form
    }

    fn empty(strategy: Arc<Strategy>) -> Self {
        let (inputs, remedies) = (BTreeMap::new(), Vec::new());
        Self { strategy, inputs, name: String::new(), origin: None, own_budgets: false, remedies }
    }

    /// What was answered.
    pub fn given(&self) -> Values {
        let read = |placeholder: &Placeholder| {
            let typed = self.inputs.get(&placeholder.name).filter(|typed| !typed.trim().is_empty())?;
            Some((placeholder.name.clone(), placeholder.read(typed).ok()?))
        };
        self.strategy.placeholders.iter().filter_map(read).collect()
    }

    /// The values that prompts see: answers and defaults.
    pub fn effective(&self) -> Values {
        placeholder::effective(&self.strategy, &self.given())
    }

    /// What is asked for, given the answers so far.
    pub fn shown(&self) -> Vec<Placeholder> {
        let values = self.effective();
        let shown = |found: &&Placeholder| placeholder::is_shown(found, &self.strategy, &values);
        self.strategy.placeholders.iter().filter(shown).cloned().collect()
    }

    /// What the plan will be called.
    pub fn plan_name(&self) -> String {
        let typed = self.name.trim();
        if typed.is_empty() { placeholder::plan_name(&self.strategy, &self.given()) } else { typed.to_owned() }
    }

    /// What was typed, for another time.
    pub fn inputs(&self) -> &BTreeMap<String, String> {
        &self.inputs
    }

    /// Asks every question that has no answer yet or, where `all`, each; `b` goes back to the one before.
    pub fn ask(&mut self, dialogue: &mut Dialogue<'_>, all: bool) -> Answer<()> {
        let mut at = 0;
        let mut back = false;
        loop {
            let shown = self.shown();
            let Some(placeholder) = shown.get(at) else { return Ok(()) };
            let faultless = self.answer(placeholder).is_some_and(|value| placeholder.fault(Some(&value)).is_none());
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
        let answer = self.answer(placeholder);
        let default = placeholder::default_of(placeholder, &self.strategy, &self.effective());
        let asked = Asked { placeholder, place, answer, default, before: &before };
        let name = placeholder.name.clone();
        let said = questions::ask(dialogue, &asked, &mut |ctx, typed| {
            if !typed.trim().is_empty() {
                self.inputs.insert(name.clone(), typed.to_owned());
                self.save(ctx);
            }
        })?;
        match said {
            Given::Value(value) => {
                self.inputs.insert(name, value.as_input());
            }
            Given::Same => return Ok(()),
            Given::Taken => {
                self.inputs.remove(&name);
            }
        }
        self.save(dialogue.ctx);
        Ok(())
    }

    /// Asks what the plan is to be called.
    pub fn ask_name(&mut self, dialogue: &mut Dialogue<'_>) -> Answer<()> {
        let question = format!("Name of the plan, Enter for '{}': ", one_line(&self.plan_name()));
        let typed = dialogue.line(&Question::new(question).about("Plans are listed by their names."))?;
        if !typed.trim().is_empty() {
            typed.trim().clone_into(&mut self.name);
            self.save(dialogue.ctx);
        }
        Ok(())
    }

    /// The answer to a question, also one that is not right yet.
    fn answer(&self, placeholder: &Placeholder) -> Option<Value> {
        let typed = self.inputs.get(&placeholder.name).filter(|typed| !typed.trim().is_empty())?;
        placeholder.read(typed).ok()
    }

    /// Keeps what was typed. Where that is not possible it is said, and what was typed stays here.
    pub fn save(&self, ctx: &mut Context) {
        let draft = Draft {
            strategy: self.strategy.id.clone(),
            name: self.name.clone(),
            inputs: self.inputs.clone(),
            focus: 0,
            saved: clock::now(),
            origin: self.origin.clone(),
            own_budgets: self.own_budgets,
            remedies: self.remedies.clone(),
        };
        let saved = ctx.store().and_then(|store| Ok(store.save_draft(&draft)?));
        ctx.unsaved = saved.is_err();
        if let Err(error) = saved {
            ctx.out.warn(&format!("what you typed is NOT SAVED: {}", error.message));
        }
    }

    /// Says every answer.
    pub fn recite(&self, dialogue: &mut Dialogue<'_>) -> Answer<()> {
        let values = self.effective();
        for placeholder in self.shown() {
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
