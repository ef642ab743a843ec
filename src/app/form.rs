//! The form: one field for each placeholder, then a review, then the start.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::memory::{Draft, Memory, Origin};
use crate::domain::placeholder::{self, Fault, Placeholder, PlaceholderKind, Values};
use crate::domain::prompt;
use crate::domain::review::Rule;
use crate::domain::strategy::{Strategy, turn_numbers};

use super::field::Field;
use super::to_be::ToBe;

/// A form under way.
#[derive(Debug)]
pub struct Form {
    /// What is filled in.
    pub strategy: Arc<Strategy>,
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
    /// Whether the plan is being started.
    pub starting: bool,
    /// When the draft was saved.
    pub saved: Option<Timestamp>,
    /// The queued plan that it is for, where it is for one.
    pub origin: Option<Origin>,
    /// Whether the person's own median times are to be the budgets, where there are any.
    pub own_budgets: bool,
    /// Rules whose remedies are to be taken.
    pub remedies: BTreeSet<Rule>,
    /// The plan that it would start, while the review shows it.
    pub to_be: Option<Box<ToBe>>,
    /// Which earlier value was put in last, by field.
    earlier: Option<(usize, usize)>,
}

/// A field of the form.
#[derive(Debug)]
pub struct FormField {
    /// The placeholder's name; empty for the plan's name.
    pub name: String,
    /// What is typed, for kinds that are typed.
    pub input: Field,
    /// Whether the person changed it.
    pub edited: bool,
    /// Whether the person was in it and left it: from then on its error shows.
    pub left: bool,
}

impl Form {
    /// A form for `strategy`, with what a draft holds.
    pub fn new(strategy: Arc<Strategy>, draft: Option<&Draft>) -> Self {
        let typed = |name: &str| draft.and_then(|draft| draft.inputs.get(name));
        let name = draft.map(|draft| draft.name.clone()).filter(|name| !name.is_empty());
        let mut fields = vec![FormField {
            name: String::new(),
            input: Field::line(name.as_deref().unwrap_or_default()),
            edited: name.is_some(),
            left: false,
        }];
        for placeholder in &strategy.placeholders {
            let text = typed(&placeholder.name).map(String::as_str).unwrap_or_default();
            let several = matches!(placeholder.kind, PlaceholderKind::Multiline | PlaceholderKind::List);
            let input = if several { Field::multiline(text) } else { Field::line(text) };
            let edited = typed(&placeholder.name).is_some();
            fields.push(FormField { name: placeholder.name.clone(), input, edited, left: edited });
        }
        // The first placeholder matters more than the plan's name, which has a good default.
        let first = usize::from(fields.len() > 1);
        let focus = draft.map_or(first, |draft| draft.focus.min(fields.len()));
        Self {
            strategy,
            editing: draft.is_none(),
            fields,
            focus,
            reviewing: false,
            turn: None,
            scroll: 0,
            max_scroll: Cell::new(usize::MAX),
            unsaved: None,
            starting: false,
            saved: draft.map(|draft| draft.saved),
            origin: draft.and_then(|draft| draft.origin.clone()),
            own_budgets: draft.is_some_and(|draft| draft.own_budgets),
            remedies: draft.map(|draft| draft.remedies.iter().copied().collect()).unwrap_or_default(),
            to_be: None,
            earlier: None,
        }
    }

    /// The placeholder of field `at`; nothing for the plan's name and the button.
    pub fn placeholder(&self, at: usize) -> Option<&Placeholder> {
        let name = &self.fields.get(at)?.name;
        self.strategy.placeholder(name)
    }

    /// What was given, as typed; fields with unreadable text are left out.
    pub fn given(&self) -> Values {
        let mut values = Values::new();
        for (at, field) in self.fields.iter().enumerate().filter(|(_, field)| field.edited) {
            let Some(placeholder) = self.placeholder(at) else { continue };
            if let Ok(value) = placeholder.read(&field.input.text()) {
                values.insert(field.name.clone(), value);
            }
        }
        values
    }

    /// The values that prompts see.
    pub fn values(&self) -> Values {
        placeholder::effective(&self.strategy, &self.given())
    }

    /// The fields that are asked for, given the answers so far; the plan's name among them.
    pub fn shown(&self) -> Vec<usize> {
        let values = self.values();
        let is_shown = |at: &usize| {
            self.placeholder(*at).is_none_or(|placeholder| placeholder::is_shown(placeholder, &self.strategy, &values))
        };
        (0..self.fields.len()).filter(is_shown).collect()
    }

    /// The name the plan gets if none is typed: the first line of the first answer, else the title.
    pub fn default_name(&self) -> String {
        placeholder::plan_name(&self.strategy, &self.given())
    }

    /// What the plan will be called.
    pub fn plan_name(&self) -> String {
        let typed = self.fields[0].input.text();
        if typed.trim().is_empty() { self.default_name() } else { typed.trim().to_owned() }
    }

    /// What is wrong with field `at`, whether or not it is to be shown yet.
    pub fn fault(&self, at: usize, values: &Values) -> Option<String> {
        let placeholder = self.placeholder(at)?;
        let field = &self.fields[at];
        if field.edited
            && !field.input.text().trim().is_empty()
            && let Err(message) = placeholder.read(&field.input.text())
        {
            return Some(message);
        }
        placeholder.fault(values.get(&field.name))
    }

    /// Everything that keeps the plan from being started, in the form's order.
    pub fn faults(&self) -> Vec<(usize, Fault)> {
        let values = self.values();
        let found = self.shown().into_iter().filter_map(|at| {
            let message = self.fault(at, &values)?;
            let placeholder = self.placeholder(at)?;
            Some((at, Fault { name: placeholder.name.clone(), label: placeholder.label.clone(), message }))
        });
        found.collect()
    }

    /// How field `at` stands.
    pub fn mark(&self, at: usize, values: &Values) -> FieldStatus {
        let field = &self.fields[at];
        let fault = self.fault(at, values);
        if self.editing && self.focus == at {
            return FieldStatus::Edit;
        }
        let empty = !field.edited || field.input.text().trim().is_empty();
        match (fault, empty) {
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
        let last = self.strategy.turns().count().saturating_sub(1);
        let follows = || {
            self.placeholder(self.focus).and_then(|here| prompt::used_in(&self.strategy, &here.name).first().copied())
        };
        self.turn.or_else(follows).unwrap_or(0).min(last)
    }

    /// The number of turn `at`, counted over all sessions, as its session counts: `2`, `3-5`.
    pub fn turn_number(&self, at: usize) -> String {
        let (session, within) = self.session_of(at);
        let number = self.numbers(session).into_iter().nth(within).unwrap_or_default();
        if self.strategy.is_multi_session() {
            return format!("{number} of '{}'", self.strategy.sessions[session].title);
        }
        number
    }

    /// Where turn `at` stands, in words: `turn 2 of 6`, `Worker, turn 1 of 3`.
    pub fn turn_place(&self, at: usize) -> String {
        let (session, within) = self.session_of(at);
        let numbers = self.numbers(session);
        let last = numbers.last().map(|last| last.rsplit('-').next().unwrap_or(last).to_owned()).unwrap_or_default();
        let number = numbers.into_iter().nth(within).unwrap_or_default();
        let turn = if number.contains('-') { "turns" } else { "turn" };
        if self.strategy.is_multi_session() {
            return format!("{}, {turn} {number} of {last}", self.strategy.sessions[session].title);
        }
        format!("{turn} {number} of {last}")
    }

    /// The session of turn `at`, and the turn's place in it.
    fn session_of(&self, at: usize) -> (usize, usize) {
        let mut left = at;
        for (session, spec) in self.strategy.sessions.iter().enumerate() {
            if left < spec.turns.len() {
                return (session, left);
            }
            left -= spec.turns.len();
        }
        (0, 0)
    }

    fn numbers(&self, session: usize) -> Vec<String> {
        turn_numbers(self.strategy.sessions.get(session).into_iter().flat_map(|spec| &spec.turns).map(|turn| turn.span))
    }

    /// Scrolls the preview or the review by `by` lines.
    pub fn scroll_by(&mut self, by: isize) {
        let max_scroll = self.max_scroll.get();
        self.scroll = self.scroll.min(max_scroll).saturating_add_signed(by).min(max_scroll);
    }

    /// Whether the button has the focus.
    pub fn on_button(&self) -> bool {
        self.focus >= self.fields.len()
    }

    /// Notes that the focused field was changed.
    pub fn touched(&mut self, now: Timestamp) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.edited = true;
        }
        self.unsaved.get_or_insert(now);
    }

    /// Puts the focused field back to its default.
    pub fn reset(&mut self, now: Timestamp) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.input.set("");
            field.edited = false;
            self.unsaved.get_or_insert(now);
        }
    }

    /// The answers of a choice or a flag, and which one stands; nothing for kinds that are typed.
    pub fn answers(&self, at: usize, values: &Values) -> Option<(Vec<String>, Option<usize>)> {
        let placeholder = self.placeholder(at)?;
        let answers = match placeholder.kind {
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
        let chosen = stands.and_then(|stands| answers.iter().position(|answer| *answer == stands));
        Some((answers, chosen))
    }

    /// Chooses another answer of the focused choice or flag; the next or the one before, or a
    /// numbered one.
    pub fn choose(&mut self, step: Choose, now: Timestamp) -> bool {
        let at = self.focus;
        let Some((answers, chosen)) = self.answers(at, &self.values()) else { return false };
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

    /// What is to be kept of a form left half-way; nothing where nothing was typed.
    pub fn draft(&self, now: Timestamp) -> Option<Draft> {
        let edited = self.fields.iter().skip(1).filter(|field| field.edited);
        let inputs: BTreeMap<String, String> = edited.map(|field| (field.name.clone(), field.input.text())).collect();
        let name = if self.fields[0].edited { self.fields[0].input.text() } else { String::new() };
        if inputs.is_empty() && name.is_empty() {
            return None;
        }
        let (strategy, origin, own_budgets) = (self.strategy.id.clone(), self.origin.clone(), self.own_budgets);
        let remedies = self.remedies.iter().copied().collect();
        Some(Draft { strategy, name, inputs, focus: self.focus, saved: now, origin, own_budgets, remedies })
    }
}

/// Which answer to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choose {
    /// The next one.
    Next,
    /// The one before.
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
    /// Something is wrong with it.
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
