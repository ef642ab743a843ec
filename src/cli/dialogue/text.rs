//! A text of several lines: typed line by line and ended with a dot, or written in the person's editor. What is typed is
//! kept with each line, for the case that it is broken off.

use crate::domain::untrusted::shown_lines;
use crate::domain::words;
use crate::os::{detect, editor};

use super::super::context::Context;
use super::{Answer, Dialogue, Interruption, Menu, Question, is_escaped};

/// A text that is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub question: Question,
    /// What is there already; empty for nothing.
    pub before: String,
    /// What the file in the editor ends in, such as `.md`.
    pub suffix: &'static str,
}

/// What becomes of a text that is half typed: it is called with each line.
pub type Keep<'k> = &'k mut dyn FnMut(&mut Context, &str);

/// What `?` says of texts.
const TEXT: [&str; 2] = [
    "Type as many lines as you like. A line that holds only a dot ends the text; two dots make a line of one dot.",
    "e as the first line opens your editor. Later on, .e opens it with what you typed, .b goes back and .q leaves.",
];

/// Most lines of a text that is there already that are told; the editor shows all of it.
const TOLD: usize = 20;

/// Up to so many bytes a text is kept with each line.
const SHORT: usize = 64 * 1024;

/// What is to be done with a text that is there already.
#[derive(Debug, Clone, Copy)]
enum There {
    Keep,
    GoOn,
    Edit,
    Anew,
}

impl Dialogue<'_> {
    /// A text of several lines; an empty line first, or a dot, is an empty text. Where there is one already, what is to
    /// become of it is asked first.
    ///
    /// # Errors
    /// What came instead of a text. `keep` was called with all that had been typed.
    pub fn text(&mut self, wanted: &Wanted, keep: Keep<'_>) -> Answer<String> {
        if wanted.before.trim().is_empty() {
            return self.typed(wanted, Vec::new(), keep);
        }
        let count = wanted.before.lines().count();
        self.say(&format!("There is a text already, {}:", words::count(count, "line")))?;
        let told: Vec<&str> = wanted.before.trim_end().lines().take(TOLD).collect();
        self.say(&shown_lines(&told.join("\n")))?;
        if count > told.len() {
            self.say(&format!("And {} more.", words::count(count - told.len(), "line")))?;
        }
        let menu = Menu::of([
            ("Keep it as it is".to_owned(), There::Keep),
            ("Go on at its end".to_owned(), There::GoOn),
            ("Edit it in your editor".to_owned(), There::Edit),
            ("Write it anew".to_owned(), There::Anew),
        ]);
        let before = || wanted.before.lines().map(str::to_owned).collect::<Vec<_>>();
        match self.choose(&Question::new("What to do with it, 1 to 4: "), &menu)? {
            There::Keep => Ok(wanted.before.clone()),
            There::GoOn => self.typed(wanted, before(), keep),
            There::Edit => match self.in_editor(&wanted.before, wanted.suffix)? {
                Some(text) => Ok(text),
                None => self.text(wanted, keep),
            },
            There::Anew => self.typed(wanted, Vec::new(), keep),
        }
    }

    /// The lines that a person types after these.
    fn typed(&mut self, wanted: &Wanted, mut there: Vec<String>, keep: Keep<'_>) -> Answer<String> {
        let first = there.len();
        let (mut size, mut kept) = (there.iter().map(|line| line.len() + 1).sum::<usize>(), 0);
        let mut asked = wanted.question.ask.clone();
        loop {
            let line = match self.hear(&asked) {
                Ok(line) => line,
                Err(interruption) => {
                    keep(self.ctx, &there.join("\n"));
                    return Err(interruption);
                }
            };
            let at_first = there.len() == first;
            let order = line.trim_end();
            match order.strip_prefix('.').unwrap_or(if at_first { order } else { "" }) {
                _ if is_escaped(order) && at_first => there.push(order[1..].to_owned()),
                "" if order == "." => return Ok(there.join("\n")),
                "" if at_first && order.is_empty() => return Ok(there.join("\n")),
                "?" => {
                    for line in wanted.question.about.iter().map(String::as_str).chain(TEXT) {
                        self.say(line)?;
                    }
                    self.say(super::LETTERS)?;
                    // The question stands there again, unless the text goes on.
                    continue;
                }
                "e" => match self.in_editor(&there.join("\n"), wanted.suffix)? {
                    Some(text) => return Ok(text),
                    None => continue,
                },
                "b" => {
                    keep(self.ctx, &there.join("\n"));
                    return Err(Interruption::Back);
                }
                "q" => {
                    keep(self.ctx, &there.join("\n"));
                    return Err(Interruption::Leave);
                }
                "." => there.push(".".to_owned()),
                _ => there.push(line),
            }
            asked.clear();
            size += there.last().map_or(0, String::len) + 1;
            // A paste is kept at its end; a long text once it has grown by a part of itself, or each line would write
            // all of it.
            if !self.ctx.is_typing() && (size < SHORT || size - kept > kept / 8) {
                kept = size;
                keep(self.ctx, &there.join("\n"));
            }
        }
    }

    /// A text as the person's editor leaves it; nothing where it was left as it was, or the editor failed, which is
    /// said.
    fn in_editor(&mut self, text: &str, suffix: &str) -> Answer<Option<String>> {
        let settings = self.ctx.store()?.settings().settings;
        let command = editor::resolve(&settings.editor, &detect::process_env);
        let edited = editor::edit(&command, text, suffix, |command| Ok(command.status()));
        self.ctx.forget();
        match edited {
            Ok(Some(text)) => {
                self.say(&format!("The editor gave {}.", words::count(text.lines().count(), "line")))?;
                return Ok(Some(text));
            }
            Ok(None) => self.say("Nothing was changed in the editor.")?,
            Err(error) => {
                self.say(&super::sentence(&error.to_string()))?;
                self.say(&super::sentence(error.hint()))?;
            }
        }
        Ok(None)
    }
}
