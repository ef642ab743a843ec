//! Questions and answers, line by line: for a screen reader, a braille display, a terminal without cursor movement.
//!
//! Nothing is drawn: every line is written once, a question stands in the last one. The terminal stays in its own line
//! editing. In every question `?` explains, `b` goes back, `q` leaves.

mod menu;
mod text;

use std::collections::HashMap;

use signal_hook::consts::signal::SIGINT;
use signal_hook::low_level::emulate_default_handler;

use super::context::Context;
use super::error::{CliError, ErrorCode};
use super::lines::{Heard, LONGEST};
use super::output::one_line;

pub use menu::{Menu, MenuMatch};
pub use text::{Keep, Wanted};

/// What an answer was instead of one.
#[derive(Debug, PartialEq, Eq)]
pub enum Interruption {
    Back,
    /// Out of the program: `q`, or the end of input.
    Leave,
    /// A signal asked the program to end, Ctrl-C among them: its number.
    Signal(i32),
    /// It could not go on.
    Failed(CliError),
}

/// An answer, or what came instead of one.
pub type Answer<T> = Result<T, Interruption>;

impl<E: Into<CliError>> From<E> for Interruption {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// A question that takes one line.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The question itself, one line; an answer is typed behind it.
    pub ask: String,
    /// What `?` says before it says which keys there are.
    pub about: Vec<String>,
}

impl Question {
    /// A question that explains itself.
    pub fn new(ask: impl Into<String>) -> Self {
        Self { ask: ask.into(), about: Vec::new() }
    }

    /// With more to say where `?` is typed.
    #[must_use]
    pub fn about(mut self, line: impl Into<String>) -> Self {
        self.about.push(line.into());
        self
    }
}

/// What `?` says of the letters that are no answers.
const LETTERS: &str = "b goes back, q leaves. To answer with one of these letters itself, write a \
                       backslash before it.";

/// A conversation with a person at a terminal.
pub struct Dialogue<'c> {
    /// The options, where it is said, the store.
    pub ctx: &'c mut Context,
    /// The choices that were told last, by their question: what was just heard is not told again.
    told: HashMap<String, Vec<String>>,
}

/// Up to so many choices are told each time.
const FEW: usize = 4;

impl<'c> Dialogue<'c> {
    /// A conversation that begins.
    pub fn new(ctx: &'c mut Context) -> Self {
        Self { ctx, told: HashMap::new() }
    }
}

impl Dialogue<'_> {
    /// Says a line, or several.
    pub fn say(&mut self, text: &str) -> Answer<()> {
        Ok(self.ctx.out.tell(text)?)
    }

    /// Says what went wrong and what to do, each in a sentence.
    pub fn report(&mut self, error: &CliError) -> Answer<()> {
        self.say(&sentence(&error.message))?;
        if error.hint.is_empty() { Ok(()) } else { self.say(&sentence(&error.hint)) }
    }

    /// Goes on after an error that the person can do something about, having said it. What ends the program, and what
    /// is no error, is handed on.
    pub fn or_report<T>(&mut self, done: Answer<T>) -> Answer<Option<T>> {
        match done {
            Ok(done) => Ok(Some(done)),
            Err(Interruption::Failed(error)) if error.code != ErrorCode::ClosedPipe => {
                self.report(&error)?;
                Ok(None)
            }
            Err(interruption) => Err(interruption),
        }
    }

    /// A line as it was typed. The end of input leaves.
    pub fn hear(&mut self, question: &str) -> Answer<String> {
        loop {
            match self.ctx.question(question)? {
                Heard::Line(line) => {
                    if line.len() >= LONGEST {
                        let way = "Longer lines are cut by the terminal: use the editor, or several lines.";
                        self.say(&format!("The line has {} bytes. {way}", line.len()))?;
                    }
                    return Ok(line);
                }
                Heard::NotText => self.say("That was no UTF-8 text, so it was not taken.")?,
                Heard::End => {
                    self.say("")?;
                    return Err(Interruption::Leave);
                }
                Heard::Again => {}
                Heard::Signal(signal) => {
                    self.say("")?;
                    return Err(Interruption::Signal(signal));
                }
            }
        }
    }

    /// One line of text. Nothing typed is an empty text.
    pub fn line(&mut self, question: &Question) -> Answer<String> {
        loop {
            let typed = self.hear(&question.ask)?;
            match typed.trim() {
                "?" => {
                    for line in &question.about {
                        self.say(line)?;
                    }
                    self.say(LETTERS)?;
                }
                "b" => return Err(Interruption::Back),
                "q" => return Err(Interruption::Leave),
                letter => return Ok(if is_escaped(letter) { letter[1..].to_owned() } else { typed }),
            }
        }
    }

    /// One of several. Many are not told again where they are the same as the last time; nothing typed tells them.
    pub fn choose<T: Clone>(&mut self, question: &Question, menu: &Menu<T>) -> Answer<T> {
        let lines = menu.lines();
        let before = self.told.insert(question.ask.clone(), lines.clone());
        if lines.len() <= FEW || before != Some(lines) {
            self.list(menu)?;
        }
        loop {
            let mut asked = question.clone();
            asked
                .about
                .push("Type the number of a choice, or a word of it. Enter alone lists the choices again.".into());
            asked.about.extend(menu.not_now());
            let typed = self.line(&asked)?;
            if typed.trim().is_empty() {
                self.list(menu)?;
                continue;
            }
            match menu.find(&typed) {
                MenuMatch::One(what) => return Ok(what.clone()),
                found => self.say(&misunderstood(&typed, &found, menu.len()))?,
            }
        }
    }

    /// Says the choices of a menu.
    pub fn list<T>(&mut self, menu: &Menu<T>) -> Answer<()> {
        menu.lines().iter().try_for_each(|line| self.say(line))
    }

    pub fn agrees(&mut self, question: &str) -> Answer<bool> {
        loop {
            let typed = self.line(&Question::new(format!("{question} Yes or no: ")))?;
            match typed.trim().to_lowercase().as_str() {
                "y" | "yes" | "1" => return Ok(true),
                "n" | "no" | "2" => return Ok(false),
                _ => self.say("Type yes or no.")?,
            }
        }
    }
}

/// Whether somebody means a letter that would say something else: `\b`, `\?`.
fn is_escaped(typed: &str) -> bool {
    matches!(typed, "\\b" | "\\q" | "\\e" | "\\?" | "\\.")
}

/// Why an answer is none, in one sentence.
pub fn misunderstood<T>(typed: &str, found: &MenuMatch<'_, T>, count: usize) -> String {
    let typed = one_line(typed);
    match found {
        MenuMatch::Withheld(label, why) => format!("{label}: not now, because {why}."),
        MenuMatch::Several(labels) => {
            format!("'{typed}' fits {} choices: {}; type more of it, or a number.", labels.len(), labels.join(", "))
        }
        MenuMatch::One(_) | MenuMatch::None if count == 1 => format!("'{typed}' is no choice; there is only number 1."),
        MenuMatch::One(_) | MenuMatch::None => {
            format!("'{typed}' is no choice; type a number from 1 to {count}, or ? for help.")
        }
    }
}

/// A message as a sentence: a capital at its beginning, a full stop at its end.
pub fn sentence(message: &str) -> String {
    let message = message.trim();
    let mut letters = message.chars();
    let Some(first) = letters.next() else { return String::new() };
    let stop = if message.ends_with(['.', '!', '?', ':']) { "" } else { "." };
    format!("{}{}{stop}", first.to_uppercase(), letters.as_str())
}

impl CliError {
    /// A signal asked the program to end. Ctrl-C is an error of its own; the others end it as they would without
    /// anybody listening.
    pub fn told(signal: i32) -> Self {
        if signal != SIGINT {
            // Whoever waits for this program is told by which signal it ended.
            let _ = emulate_default_handler(signal);
        }
        Self::new(ErrorCode::Interrupted, "interrupted", "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_become_sentences() {
        assert_eq!(sentence("turn 'Fix' is not under way"), "Turn 'Fix' is not under way.");
        assert_eq!(sentence("Really?"), "Really?");
        assert_eq!(sentence(" "), "");
    }
}
