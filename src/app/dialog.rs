//! Small forms over a screen: a reason, a note, evidence, a confirmation.

use std::cell::Cell;

use crossterm::event::KeyEvent;

use crate::workflow::describe::Manner;

use super::field::Field;

/// A small form over a screen.
#[derive(Debug, Clone)]
pub struct Dialog {
    pub title: String,
    pub intro: Vec<Paragraph>,
    /// How far the intro is scrolled, where it does not fit.
    pub scroll: usize,
    /// How far it can be scrolled, as the view last found.
    pub max_scroll: Cell<usize>,
    pub inputs: Vec<Input>,
    /// The focused input; one past the last is the button.
    pub focus: usize,
    /// What the button says: `Save`, `Approve`.
    pub verb: &'static str,
    pub error: Option<String>,
    pub purpose: super::purpose::Purpose,
    /// The inputs' texts as they were at first.
    pub at_first: Vec<String>,
}

/// A paragraph that explains a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    pub text: String,
    pub manner: Manner,
}

impl Paragraph {
    /// Words that are meant so.
    pub fn new(text: impl Into<String>, manner: Manner) -> Self {
        Self { text: text.into(), manner }
    }

    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Manner::Plain)
    }

    /// Something that is there.
    pub fn shown(text: impl Into<String>) -> Self {
        Self::new(text, Manner::Shown)
    }

    /// Something to look at twice.
    pub fn warning(text: impl Into<String>) -> Self {
        Self::new(text, Manner::Warning)
    }
}

impl<T: Into<String>> From<T> for Paragraph {
    fn from(text: T) -> Self {
        Self::plain(text)
    }
}

#[derive(Debug, Clone)]
pub struct Input {
    pub label: String,
    pub kind: InputKind,
}

#[derive(Debug, Clone)]
pub enum InputKind {
    Text(Box<Field>),
    /// One of several answers: the answers, the chosen one.
    Choice(Vec<String>, usize),
}

/// What the inputs of a dialog were given, read one after another.
#[derive(Debug)]
pub struct Given<'d>(std::slice::Iter<'d, Input>);

impl Given<'_> {
    /// What was typed, as it was typed.
    pub fn typed(&mut self) -> String {
        self.0.next().map(Input::text).unwrap_or_default()
    }

    /// What was typed, without the space around it.
    pub fn text(&mut self) -> String {
        self.typed().trim().to_owned()
    }

    /// The place of the chosen answer.
    pub fn place(&mut self) -> usize {
        match self.0.next() {
            Some(Input { kind: InputKind::Choice(_, chosen), .. }) => *chosen,
            Some(Input { kind: InputKind::Text(_), .. }) | None => 0,
        }
    }

    /// What the chosen answer stands for, of those that were offered.
    pub fn answer<'o, T>(&mut self, offered: &'o [(impl AsRef<str>, T)]) -> Option<&'o T> {
        offered.get(self.place()).map(|(_, stands_for)| stands_for)
    }
}

impl Input {
    pub fn line(label: &str, text: &str) -> Self {
        Self { label: label.into(), kind: InputKind::Text(Box::new(Field::line(text))) }
    }

    /// Several lines of text.
    pub fn lines(label: &str, text: &str) -> Self {
        Self { label: label.into(), kind: InputKind::Text(Box::new(Field::multiline(text))) }
    }

    /// One of several answers, each with what it stands for; what is said first, if any, stands for `chosen`.
    pub fn answer<T: PartialEq>(label: &str, offered: &[(impl AsRef<str>, T)], chosen: &T) -> Self {
        let answers: Vec<&str> = offered.iter().map(|(answer, _)| answer.as_ref()).collect();
        Self::choice(label, &answers, offered.iter().position(|(_, stands_for)| stands_for == chosen).unwrap_or(0))
    }

    /// One of several answers, by its place among them.
    pub fn choice(label: &str, answers: &[impl AsRef<str>], chosen: usize) -> Self {
        let answers: Vec<String> = answers.iter().map(|answer| answer.as_ref().to_owned()).collect();
        Self { label: label.into(), kind: InputKind::Choice(answers, chosen) }
    }

    /// Its text, or the chosen answer.
    pub fn text(&self) -> String {
        match &self.kind {
            InputKind::Text(field) => field.text(),
            InputKind::Choice(answers, chosen) => answers.get(*chosen).cloned().unwrap_or_default(),
        }
    }

    /// Puts a text back that was typed before.
    pub fn set(&mut self, text: &str) {
        match &mut self.kind {
            InputKind::Text(field) => field.set(text),
            InputKind::Choice(answers, chosen) => {
                *chosen = answers.iter().position(|answer| answer == text).unwrap_or(*chosen);
            }
        }
    }

    /// The field, where it takes text.
    pub fn field_mut(&mut self) -> Option<&mut Field> {
        match &mut self.kind {
            InputKind::Text(field) => Some(field),
            InputKind::Choice(..) => None,
        }
    }
}

impl Dialog {
    /// A dialog with its focus on the first input.
    pub fn new(
        title: impl Into<String>,
        verb: &'static str,
        purpose: super::purpose::Purpose,
        inputs: Vec<Input>,
    ) -> Self {
        let at_first = inputs.iter().map(Input::text).collect();
        Self {
            title: title.into(),
            intro: Vec::new(),
            scroll: 0,
            max_scroll: Cell::new(0),
            inputs,
            focus: 0,
            verb,
            error: None,
            purpose,
            at_first,
        }
    }

    /// With lines that explain it.
    #[must_use]
    pub fn explained(mut self, intro: impl IntoIterator<Item = impl Into<Paragraph>>) -> Self {
        self.intro = intro.into_iter().map(Into::into).collect();
        self
    }

    pub fn given(&self) -> Given<'_> {
        Given(self.inputs.iter())
    }

    /// Every input's text, in order, to be kept.
    pub fn texts(&self) -> Vec<String> {
        self.inputs.iter().map(Input::text).collect()
    }

    /// The focused input; nothing on the button.
    pub fn focused(&mut self) -> Option<&mut Input> {
        self.inputs.get_mut(self.focus)
    }

    /// Whether the focused input takes several lines.
    pub fn is_multiline(&self) -> bool {
        matches!(self.inputs.get(self.focus), Some(Input { kind: InputKind::Text(field), .. }) if field.is_multiline())
    }

    /// Whether the focused input is one of several answers.
    pub fn is_choice(&self) -> bool {
        matches!(self.inputs.get(self.focus), Some(Input { kind: InputKind::Choice(..), .. }))
    }

    /// Moves the focus by `by`, round the button.
    pub fn move_focus(&mut self, by: isize) {
        let stops = self.inputs.len() as isize + 1;
        self.focus = (self.focus as isize + by).rem_euclid(stops) as usize;
    }

    /// Enter: the next input, a new line in several lines, saving from the last input and the button.
    /// Gives back whether it is to be saved.
    pub fn enter(&mut self) -> bool {
        if self.is_multiline() {
            if let Some(field) = self.focused().and_then(Input::field_mut) {
                field.newline();
            }
            return false;
        }
        if self.focus + 1 >= self.inputs.len() {
            return true;
        }
        self.move_focus(1);
        false
    }

    /// A key that types, or moves in a choice.
    pub fn key(&mut self, key: KeyEvent) {
        use crossterm::event::KeyCode;
        self.error = None;
        match self.focused().map(|input| &mut input.kind) {
            Some(InputKind::Text(field)) => {
                field.key(key);
            }
            Some(InputKind::Choice(answers, chosen)) => {
                let last = answers.len().saturating_sub(1);
                match key.code {
                    KeyCode::Left | KeyCode::Up | KeyCode::Char('h' | 'k') => *chosen = chosen.saturating_sub(1),
                    KeyCode::Right | KeyCode::Down | KeyCode::Char('l' | 'j' | ' ') => {
                        *chosen =
                            if *chosen == last && key.code == KeyCode::Char(' ') { 0 } else { (*chosen + 1).min(last) };
                    }
                    KeyCode::Char(digit @ '1'..='9') if digit as usize - '1' as usize <= last => {
                        *chosen = digit as usize - '1' as usize
                    }
                    _ => {}
                }
            }
            None => {}
        }
    }
}
