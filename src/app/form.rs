//! The form: one field for each placeholder, then a review, then the start.

use std::cell::Cell;
use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::memory::{Draft, Memory};
use crate::domain::placeholder::{Fault, Placeholder, PlaceholderKind, Values};
use crate::domain::prompt;
use crate::domain::strategy::Strategy;
use crate::workflow::start::{Answers, StartPreview};

use super::field::Field;

/// A form under way.
#[derive(Debug)]
pub struct Form {
    /// What it is filled in with; the texts are those of the fields.
    pub answers: Answers,
    /// Its fields: the plan's name, then one for each placeholder.
    pub fields: Vec<FormField>,
    /// The focused field; one past the last is the button.
    pub focus: usize,
    /// Whether keys go to the focused field.
    pub editing: bool,
    /// Whether the review is on the screen.
    pub reviewing: bool,
    /// The turn whose prompt is previewed; nothing to follow the focused field.
    pub turn: Option<usize>,
    /// How far the preview or the review is scrolled.
    pub scroll: usize,
    /// How far it can be scrolled, as the view last found; scrolling goes no further.
    pub max_scroll: Cell<usize>,
    /// Since when there is something not saved as a draft.
    pub unsaved: Option<Timestamp>,
    pub starting: bool,
    pub saved: Option<Timestamp>,
    /// The plan that it would start, while the review shows it.
    pub preview: Option<Box<StartPreview>>,
    /// Which earlier value was put in last, by field.
    earlier: Option<(usize, usize)>,
}

#[derive(Debug)]
pub struct FormField {
    /// The placeholder's name; empty for the plan's name.
    pub name: String,
    /// What is typed, for kinds that are typed.
    pub input: Field,
    /// Whether the person was in it and left it: from then on its error shows.
    pub left: bool,
}

impl Form {
    /// A form for `strategy`, with what a draft holds.
    pub fn new(strategy: Arc<Strategy>, draft: Option<&Draft>) -> Self {
        match draft {
            Some(draft) => {
                let form = Self::of(Answers::of_draft(strategy, draft), draft.focus);
                Self { saved: Some(draft.saved), ..form }
            }
            // The first placeholder matters more than the plan's name, which has a good default.
            None => {
                let first = usize::from(!strategy.placeholders.is_empty());
                Self { editing: true, ..Self::of(Answers::new(strategy), first) }
            }
        }
    }

    pub fn of(answers: Answers, focus: usize) -> Self {
        let field = |name: &str, input, left| FormField { name: name.into(), input, left };
        let mut fields = vec![field("", Field::line(&answers.name), false)];
        for placeholder in &answers.strategy.placeholders {
            let typed = answers.inputs.get(&placeholder.name);
            let text = typed.map(String::as_str).unwrap_or_default();
            let several = matches!(placeholder.kind, PlaceholderKind::Multiline | PlaceholderKind::List);
            let input = if several { Field::multiline(text) } else { Field::line(text) };
            fields.push(field(&placeholder.name, input, typed.is_some()));
        }
        let mut form = Self {
            focus: focus.min(fields.len()),
            answers,
            editing: false,
            fields,
            reviewing: false,
            turn: None,
            scroll: 0,
            max_scroll: Cell::new(usize::MAX),
            unsaved: None,
            starting: false,
            saved: None,
            preview: None,
            earlier: None,
        };
        // A field leaves out what a terminal would act on.
        for at in 0..form.fields.len() {
            if form.is_edited(at) {
                form.answer(at);
            }
        }
        form
    }

    /// Takes the text of field `at` as an answer.
    fn answer(&mut self, at: usize) {
        let Some(field) = self.fields.get(at) else { return };
        let text = field.input.text();
        if at == 0 {
            self.answers.name = text;
        } else {
            self.answers.inputs.insert(field.name.clone(), text);
        }
    }

    /// Whether the person changed field `at`.
    pub fn is_edited(&self, at: usize) -> bool {
        match self.fields.get(at) {
            Some(_) if at == 0 => !self.answers.name.is_empty(),
            Some(field) => self.answers.inputs.contains_key(&field.name),
            None => false,
        }
    }

    /// The field of a placeholder.
    pub fn field_of(&self, name: &str) -> Option<usize> {
        (1..self.fields.len()).find(|at| self.fields[*at].name == name)
    }

    /// The placeholder of field `at`; nothing for the plan's name and the button.
    pub fn placeholder(&self, at: usize) -> Option<&Placeholder> {
        let name = &self.fields.get(at)?.name;
        self.answers.strategy.placeholder(name)
    }

    /// The fields that are asked for, given the answers so far; the plan's name among them.
    pub fn shown(&self) -> Vec<usize> {
        let asked = self.answers.shown();
        let is_shown = |at: &usize| asked.iter().any(|placeholder| placeholder.name == self.fields[*at].name);
        (0..self.fields.len()).filter(|at| *at == 0 || is_shown(at)).collect()
    }

    /// What is wrong with field `at`, whether or not it is to be shown yet.
    pub fn fault<'f>(&self, at: usize, faults: &'f [Fault]) -> Option<&'f str> {
        let name = &self.fields.get(at)?.name;
        faults.iter().find(|fault| fault.name == *name).map(|fault| fault.message.as_str())
    }

    /// How field `at` stands.
    pub fn mark(&self, at: usize, values: &Values, faults: &[Fault]) -> FieldStatus {
        let field = &self.fields[at];
        if self.editing && self.focus == at {
            return FieldStatus::Edit;
        }
        let empty = !self.is_edited(at) || field.input.text().trim().is_empty();
        match (self.fault(at, faults), empty) {
            (Some(_), true) => FieldStatus::Required,
            (Some(_), false) => FieldStatus::Wrong,
            (None, false) => FieldStatus::Ok,
            (None, true) if at == 0 || values.contains_key(&field.name) => FieldStatus::Default,
            (None, true) => FieldStatus::Optional,
        }
    }

    /// Whether the error of field `at` is to be shown: once it was left, or while it is typed in
    /// again after that.
    pub fn shows_fault(&self, at: usize) -> bool {
        self.fields[at].left
    }

    /// Moves the focus by `by` among the fields shown and the button.
    pub fn move_focus(&mut self, by: isize) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.left = true;
        }
        let mut stops = self.shown();
        stops.push(self.fields.len());
        let at = stops.iter().position(|stop| *stop == self.focus).unwrap_or(0);
        let next = (at as isize + by).clamp(0, stops.len() as isize - 1) as usize;
        self.focus = stops[next];
        self.earlier = None;
        self.scroll = 0;
        self.turn = None;
        if self.on_button() {
            self.editing = false;
        }
    }

    /// The turn whose prompt is previewed: the chosen one, else the first that uses the focused field.
    pub fn previewed(&self) -> usize {
        let last = self.answers.strategy.turns().count().saturating_sub(1);
        let follows = || {
            self.placeholder(self.focus)
                .and_then(|here| prompt::used_in(&self.answers.strategy, &here.name).first().copied())
        };
        self.turn.or_else(follows).unwrap_or(0).min(last)
    }

    /// The number of turn `at`, counted over all sessions, as its session counts: `2`, `3-5`.
    pub fn turn_number(&self, at: usize) -> String {
        let strategy = &self.answers.strategy;
        match strategy.numbered().get(at) {
            Some((session, _, number)) if strategy.is_multi_session() => format!("{number} of '{}'", session.title),
            found => found.map(|(.., number)| number.clone()).unwrap_or_default(),
        }
    }

    /// Where turn `at` stands, in words: `turn 2 of 6`, `Worker, turn 1 of 3`.
    pub fn turn_place(&self, at: usize) -> String {
        let all = self.answers.strategy.numbered();
        let Some((session, _, number)) = all.get(at) else { return String::new() };
        let last = all.iter().rfind(|(of, ..)| of.id == session.id);
        let last = last.map_or("", |(.., last)| last.rsplit('-').next().unwrap_or(last));
        let turn = if number.contains('-') { "turns" } else { "turn" };
        let of = if self.answers.strategy.is_multi_session() { format!("{}, ", session.title) } else { String::new() };
        format!("{of}{turn} {number} of {last}")
    }

    /// Scrolls the preview or the review by `by` lines.
    pub fn scroll_by(&mut self, by: isize) {
        let max_scroll = self.max_scroll.get();
        self.scroll = self.scroll.min(max_scroll).saturating_add_signed(by).min(max_scroll);
    }

    pub fn on_button(&self) -> bool {
        self.focus >= self.fields.len()
    }

    /// Notes that the focused field was changed.
    pub fn touched(&mut self, now: Timestamp) {
        self.answer(self.focus);
        self.unsaved.get_or_insert(now);
    }

    /// Puts the focused field back to its default.
    pub fn reset(&mut self, now: Timestamp) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.input.set("");
            match self.focus {
                0 => self.answers.name.clear(),
                _ => drop(self.answers.inputs.remove(&field.name)),
            }
            self.unsaved.get_or_insert(now);
        }
    }

    /// The answers of a choice or a flag, and which one stands; nothing for kinds that are typed.
    pub fn options(&self, at: usize, values: &Values) -> Option<(Vec<String>, Option<usize>)> {
        let placeholder = self.placeholder(at)?;
        let options = match placeholder.kind {
            PlaceholderKind::Choice => placeholder.choices.clone(),
            PlaceholderKind::Flag => vec!["no".into(), "yes".into()],
            PlaceholderKind::Text
            | PlaceholderKind::Multiline
            | PlaceholderKind::Number
            | PlaceholderKind::List
            | PlaceholderKind::Path
            | PlaceholderKind::Url => return None,
        };
        let stands = values.get(&placeholder.name).map(ToString::to_string);
        let chosen = stands.and_then(|stands| options.iter().position(|option| *option == stands));
        Some((options, chosen))
    }

    /// Chooses another answer of the focused choice or flag; the next or the one before, or a
    /// numbered one.
    pub fn choose(&mut self, step: Choose, now: Timestamp) -> bool {
        let at = self.focus;
        let Some((answers, chosen)) = self.options(at, &self.answers.values()) else { return false };
        let count = answers.len();
        if count == 0 {
            return false;
        }
        let next = match (step, chosen) {
            (Choose::Next, None) => 0,
            (Choose::Next, Some(chosen)) => (chosen + 1) % count,
            (Choose::Previous, None) => count - 1,
            (Choose::Previous, Some(chosen)) => (chosen + count - 1) % count,
            (Choose::Number(number), _) if number < count => number,
            (Choose::Number(_), _) => return true,
        };
        self.fields[at].input.set(&answers[next]);
        self.touched(now);
        true
    }

    /// Puts in the next older value that was used for this placeholder before.
    pub fn put_earlier(&mut self, memory: &Memory, now: Timestamp) -> Result<(), String> {
        let Some(placeholder) = self.placeholder(self.focus) else {
            return Err("there are no earlier values here".into());
        };
        let values = memory.values.get(&placeholder.name).map(Vec::as_slice).unwrap_or_default();
        if values.is_empty() {
            return Err("no value was used here before".into());
        }
        let next = match self.earlier {
            Some((field, at)) if field == self.focus => (at + 1) % values.len(),
            _ => 0,
        };
        self.earlier = Some((self.focus, next));
        self.fields[self.focus].input.set(&values[next]);
        self.touched(now);
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choose {
    Next,
    Previous,
    /// The one with this number, from 0.
    Number(usize),
}

/// How a field stands, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldStatus {
    /// Keys go to it.
    Edit,
    /// Filled in and fine.
    Ok,
    Wrong,
    /// Empty and wanted.
    Required,
    /// The default stands.
    Default,
    /// Empty, and may stay so.
    Optional,
}

impl FieldStatus {
    /// The word beside the field.
    pub fn word(self) -> &'static str {
        match self {
            Self::Edit => "EDIT",
            Self::Ok => "ok",
            Self::Wrong => "wrong",
            Self::Required => "required",
            Self::Default => "default",
            Self::Optional => "optional",
        }
    }
}
