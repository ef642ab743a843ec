//! Options that every command takes.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Options that every command takes.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Globals {
    /// Write data, and errors, as JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Use colours: auto, always or never; auto honours `NO_COLOR`
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN", hide_possible_values = true)]
    pub color: ColorChoice,
    /// Draw with ASCII only
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Ask and answer line by line, for a screen reader: no full screen, no colours, ASCII only
    #[arg(long, global = true)]
    pub accessible: bool,
    /// Never ask; fail and name what is missing
    #[arg(long, global = true)]
    pub no_input: bool,
    /// Say only what went wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Answer yes to 'are you sure'; never approves a gate
    #[arg(short, long, global = true)]
    pub yes: bool,
    /// Keep plans and strategies in DIR
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The variable that asks for `--accessible`.
pub const ACCESSIBLE_VARIABLE: &str = "ACCESSIBLE";

impl Globals {
    /// Whether the variable asks for plain questions and answers, or asks for none; nothing where it says nothing.
    pub fn accessible_by_variable() -> Option<bool> {
        let value = std::env::var_os(ACCESSIBLE_VARIABLE).filter(|value| !value.is_empty())?;
        Some(value != "0")
    }

    /// With what follows from others: what is accessible has no colours that were not asked for, and no glyphs.
    #[must_use]
    pub fn settled(mut self) -> Self {
        self.accessible |= Self::accessible_by_variable().unwrap_or(false);
        if self.accessible {
            self.ascii = true;
            if self.color == ColorChoice::Auto {
                self.color = ColorChoice::Never;
            }
        }
        self
    }

    /// What can be told from arguments that do not parse, so that their error still takes the form
    /// that was asked for.
    pub fn guess(args: &[OsString]) -> Self {
        let words: Vec<&str> =
            args.iter().skip(1).filter_map(|arg| arg.to_str()).take_while(|arg| *arg != "--").collect();
        let choice = |word: &str| ColorChoice::from_str(word, false).ok();
        let after = words.iter().position(|word| *word == "--color").and_then(|at| words.get(at + 1)).copied();
        let joined = words.iter().find_map(|word| word.strip_prefix("--color="));
        Self {
            json: words.contains(&"--json"),
            color: joined.or(after).and_then(choice).unwrap_or_default(),
            accessible: words.contains(&"--accessible"),
            ..Self::default()
        }
        .settled()
    }
}
