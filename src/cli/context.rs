//! What every command is given: the options, the output handle, the store.

use std::cell::OnceCell;
use std::io::IsTerminal;
use std::os::fd::AsFd;

use crate::domain::review::Thresholds;
use crate::domain::settings::Glyphs;
use crate::os::detect;
use crate::store::{Dirs, Overrides, Store};

use super::error::{CliError, ErrorCode, Result};
use super::globals::Globals;
use super::lines::{Heard, Lines};
use super::output::Output;

/// What every command is given.
pub struct Context {
    pub globals: Globals,
    pub out: Output,
    /// Whether something that a person typed in a conversation is not on disk.
    pub unsaved: bool,
    store: OnceCell<Store>,
    /// Opened with the first question: without one, signals do what they always do.
    lines: Option<Lines>,
}

impl Context {
    /// The context for these options. Touches no disk.
    pub fn new(globals: Globals) -> Self {
        let globals = globals.settled();
        Self { out: Output::new(&globals), unsaved: false, globals, store: OnceCell::new(), lines: None }
    }

    /// The store, opened when it is first needed.
    pub fn store(&self) -> Result<Store> {
        if let Some(store) = self.store.get() {
            return Ok(store.clone());
        }
        let cwd = std::env::current_dir().map_err(|error| {
            CliError::new(
                ErrorCode::Io,
                format!("the current directory cannot be told: {error}"),
                "change to one that exists",
            )
        })?;
        let overrides = Overrides::new(self.globals.data_dir.clone());
        let dirs = Dirs::resolve(&overrides, |name| std::env::var_os(name), &cwd)?;
        Ok(self.store.get_or_init(|| Store::new(dirs)).clone())
    }

    /// From where on the review speaks, as the person set it. Where the settings cannot be read, and
    /// for what is wrong in them, the defaults hold; `setlist doctor` says so.
    pub fn thresholds(&self) -> Thresholds {
        self.store().map(|store| store.settings().settings.review).unwrap_or_default()
    }

    /// Whether only ASCII is drawn: where it was asked for or is set so, else where the locale is not UTF-8.
    pub fn is_ascii(&self) -> bool {
        self.globals.ascii
            || match self.store().map(|store| store.settings().settings.glyphs).unwrap_or_default() {
                Glyphs::Ascii => true,
                Glyphs::Unicode => false,
                Glyphs::Auto => !detect::utf8(&detect::process_env),
            }
    }

    /// Whether a person is there to be asked.
    pub fn may_ask(&self) -> bool {
        !self.globals.no_input && std::io::stdin().is_terminal()
    }

    /// Asks for one line; nothing at the end of input.
    ///
    /// # Errors
    /// Where standard input cannot be read, and after Ctrl-C.
    pub fn ask(&mut self, question: &str) -> Result<Option<String>> {
        loop {
            match self.question(question)? {
                Heard::Line(line) => return Ok(Some(line)),
                Heard::End => return Ok(None),
                Heard::Again => {}
                Heard::NotText => self.out.question("  that was no UTF-8 text\n"),
                Heard::Signal(signal) => return Err(CliError::told(signal)),
            }
        }
    }

    /// What comes from standard input after this question.
    pub fn question(&mut self, question: &str) -> Result<Heard> {
        // A signal that comes right behind the question is heard too.
        self.listen()?;
        self.out.question(question);
        self.hear_from(std::io::stdin())
    }

    /// What comes from there next.
    pub fn hear_from(&mut self, from: impl AsFd) -> Result<Heard> {
        self.listen()?.next(from).map_err(|error| unheard(&error))
    }

    fn listen(&mut self) -> Result<&mut Lines> {
        let lines = match self.lines.take() {
            Some(lines) => lines,
            None => Lines::listen().map_err(|error| unheard(&error))?,
        };
        Ok(self.lines.insert(lines))
    }

    /// Whether more was typed or pasted already.
    pub fn is_typing(&self) -> bool {
        self.lines.as_ref().is_some_and(|lines| lines.is_waiting(std::io::stdin()))
    }

    /// Forgets signals that were meant for a program that had the terminal.
    pub fn forget(&mut self) {
        if let Some(lines) = &mut self.lines {
            lines.forget();
        }
    }

    /// Whether the person agrees. Yes under `--yes`, and where nobody is there to be asked: what is
    /// asked this way can be taken back.
    pub fn confirm(&mut self, question: &str) -> Result<bool> {
        if self.globals.yes || !self.may_ask() {
            return Ok(true);
        }
        let answer = self.ask(&format!("{question} [y/N] "))?.unwrap_or_default();
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}

fn unheard(error: &std::io::Error) -> CliError {
    CliError::new(ErrorCode::Io, format!("cannot read the answer: {error}"), "")
}

/// The user's name on this machine, for ticks and approvals.
pub fn user() -> String {
    let name = |key: &str| std::env::var(key).ok().filter(|name| !name.is_empty());
    name("USER").or_else(|| name("LOGNAME")).unwrap_or_default()
}
