//! What every command is given: the options, the output handle, the store.

use std::cell::OnceCell;
use std::io::{BufRead, IsTerminal};

use crate::domain::review::Thresholds;
use crate::store::{Dirs, Overrides, Store};

use super::error::{CliError, Kind, Result};
use super::globals::Globals;
use super::output::Output;

/// What every command is given.
pub struct Context {
    /// Options that every command takes.
    pub globals: Globals,
    /// Where data goes.
    pub out: Output,
    store: OnceCell<Store>,
}

impl Context {
    /// The context for these options. Touches no disk.
    pub fn new(globals: Globals) -> Self {
        Self { out: Output::new(&globals), globals, store: OnceCell::new() }
    }

    /// The store, opened when it is first needed.
    ///
    /// # Errors
    /// Where it cannot be told which directories to use.
    pub fn store(&self) -> Result<Store> {
        if let Some(store) = self.store.get() {
            return Ok(store.clone());
        }
        let cwd = std::env::current_dir().map_err(|error| {
            CliError::new(
                Kind::Io,
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

    /// Whether a person is there to be asked.
    pub fn may_ask(&self) -> bool {
        !self.globals.no_input && std::io::stdin().is_terminal()
    }

    /// Asks for one line; nothing at the end of input.
    ///
    /// # Errors
    /// Where standard input cannot be read.
    pub fn ask(&mut self, question: &str) -> Result<Option<String>> {
        self.out.question(question);
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        match read {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {
                Err(CliError::new(Kind::Interrupted, "interrupted", ""))
            }
            Err(error) => Err(CliError::new(Kind::Io, format!("cannot read the answer: {error}"), "")),
        }
    }

    /// Whether the person agrees. Yes under `--yes`, and where nobody is there to be asked: what is
    /// asked this way can be taken back.
    ///
    /// # Errors
    /// Where standard input cannot be read.
    pub fn confirm(&mut self, question: &str) -> Result<bool> {
        if self.globals.yes || !self.may_ask() {
            return Ok(true);
        }
        let answer = self.ask(&format!("{question} [y/N] "))?.unwrap_or_default();
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}

/// The user's name on this machine, for ticks and approvals.
pub fn user() -> String {
    let name = |key: &str| std::env::var(key).ok().filter(|name| !name.is_empty());
    name("USER").or_else(|| name("LOGNAME")).unwrap_or_default()
}
