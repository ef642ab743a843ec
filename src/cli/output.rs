//! The one handle that commands write to: data to stdout, all else to stderr.
//!
//! `println!` panics once a pipe is closed; this returns the error, and the program ends quietly.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use serde_json::Value;

use crate::domain::untrusted::{shown, shown_lines};
use crate::export::json::{self, Document};

use super::error::{CliError, Result};
use super::globals::{ColorChoice, Globals};

/// What a stretch of text is, for colours. Never the only sign: the word says it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Title,
    /// An id, a key, something to type.
    Key,
    Good,
    Warn,
    Bad,
    Dim,
}

impl Tone {
    fn style(self) -> Style {
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        match self {
            Self::Title => Style::new().bold(),
            Self::Key => color(AnsiColor::Cyan),
            Self::Good => color(AnsiColor::Green),
            Self::Warn => color(AnsiColor::Yellow),
            Self::Bad => color(AnsiColor::Red).bold(),
            Self::Dim => Style::new().dimmed(),
        }
    }
}

/// Standard output and standard error, with what the person chose about them.
pub struct Output {
    out: BufWriter<io::Stdout>,
    json: bool,
    quiet: bool,
    color_out: bool,
    color_err: bool,
    terminal: bool,
    conversing: bool,
}

impl Output {
    /// The handle for the chosen settings.
    pub fn new(globals: &Globals) -> Self {
        let terminal = io::stdout().is_terminal();
        Self {
            out: BufWriter::new(io::stdout()),
            json: globals.json,
            quiet: globals.quiet,
            color_out: colors(globals.color, terminal),
            color_err: colors(globals.color, io::stderr().is_terminal()),
            terminal,
            conversing: false,
        }
    }

    /// From now on a conversation is held: all that is said is data, in the order it is said.
    pub fn converse(&mut self) {
        self.conversing = true;
    }

    /// Whether data is to be JSON.
    pub fn is_json(&self) -> bool {
        self.json
    }

    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Whether stdout takes colours.
    pub fn has_colors(&self) -> bool {
        self.color_out
    }

    /// Columns to stay within: the terminal's, or no limit for a file or pipe.
    pub fn width(&self) -> usize {
        let size = if self.terminal { crossterm::terminal::size().ok() } else { None };
        // A terminal that nobody has given a size, such as a serial line or a recorder's, says 0.
        size.map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0).unwrap_or(usize::MAX)
    }

    /// `text` in the colours of `tone`, where stdout takes them.
    pub fn paint(&self, tone: Tone, text: &str) -> String {
        paint(self.color_out, tone, text)
    }

    pub fn line(&mut self, text: &str) -> Result<()> {
        self.out.write_all(guarded(text, self.color_out).as_bytes())?;
        Ok(self.out.write_all(b"\n")?)
    }

    /// Data as it is, with no new line after it.
    pub fn raw(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.out.write_all(bytes)?)
    }

    pub fn json<D: Document>(&mut self, document: &D) -> Result<()> {
        self.value(&json::value(document)?)
    }

    /// JSON that is no document of ours, such as a schema.
    pub fn value(&mut self, value: &Value) -> Result<()> {
        self.line(&json::text(value))
    }

    /// Where a file is, for a script to go on with.
    pub fn path(&mut self, path: &Path) -> Result<()> {
        if self.json {
            return self.json(&json::path(path));
        }
        if self.terminal {
            return self.line(&shown(&path.display().to_string()));
        }
        self.raw(path.as_os_str().as_encoded_bytes())?;
        self.line("")
    }

    /// Sends what was written on its way.
    pub fn flush(&mut self) -> Result<()> {
        Ok(self.out.flush()?)
    }

    /// What happened, for people: on stderr, not under `--quiet`, nor under `--json`, where the data
    /// says it.
    pub fn note(&self, text: &str) {
        if !self.quiet && !self.json {
            self.beside(&(format!("{}\n", shown_lines(text))));
        }
    }

    /// Part of a conversation: a line, or several, after all data written so far.
    pub fn tell(&mut self, text: &str) -> Result<()> {
        self.out.flush()?;
        self.beside(&(format!("{}\n", shown_lines(text))));
        Ok(())
    }

    /// What is no data, as it is.
    fn beside(&self, text: &str) {
        // Where even that fails, nobody is left to tell.
        let _ = match self.conversing {
            true => io::stdout().lock().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()),
            false => io::stderr().lock().write_all(text.as_bytes()),
        };
    }

    /// What a command says that is run, on stderr as it comes; not under `--quiet`. `text` is safe.
    pub fn stream(&self, text: &str) {
        if !self.quiet && !text.is_empty() {
            self.beside(text);
        }
    }

    /// Something to look at, on stderr, even under `--quiet`.
    pub fn warn(&self, text: &str) {
        self.beside(&format!("{} {}\n", paint(self.color_err, Tone::Warn, "warning:"), shown_lines(text)));
    }

    /// A question, without a new line, after all data written so far.
    pub fn question(&mut self, text: &str) {
        let _ = self.out.flush();
        self.beside(&shown_lines(text));
    }

    /// An error, for people or, under `--json`, for scripts.
    pub fn error(&self, error: &CliError) {
        if self.json {
            let document = json::error(error.code, &error.message, &error.hint, &error.faults);
            let line =
                serde_json::to_value(&document).map_or_else(|error| error.to_string(), |value| json::line(&value));
            self.beside(&(line + "\n"));
            return;
        }
        self.beside(&format!("{} {}\n", paint(self.color_err, Tone::Bad, "error:"), shown_lines(&error.message)));
        if !error.hint.is_empty() {
            self.beside(&format!("{} {}\n", paint(self.color_err, Tone::Key, "hint:"), shown_lines(&error.hint)));
        }
    }
}

fn paint(colors: bool, tone: Tone, text: &str) -> String {
    let text = shown_lines(text);
    if !colors || text.is_empty() {
        return text.into_owned();
    }
    let style = tone.style();
    format!("{style}{text}{style:#}")
}

/// The last line of defence: text that comes here without having been made safe is made so. What
/// [`paint`] has put around it stays, where there are colours, and so do tabs.
fn guarded(text: &str, colors: bool) -> Cow<'_, str> {
    if shown_lines(text) == text {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find(['\u{1b}', '\t']) {
        out.push_str(&shown_lines(&rest[..at]));
        rest = &rest[at..];
        let kept = if rest.starts_with('\t') { 1 } else { style_length(rest).filter(|_| colors).unwrap_or(0) };
        out.push_str(&rest[..kept]);
        rest = &rest[kept..];
        if kept == 0 {
            out.push_str(&shown_lines(&rest[..1]));
            rest = &rest[1..];
        }
    }
    out.push_str(&shown_lines(rest));
    Cow::Owned(out)
}

/// How long the sequence for colours at the beginning of `text` is, where it is one.
fn style_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("\u{1b}[")?;
    let end = inside.find(|c: char| !(c.is_ascii_digit() || c == ';'))?;
    inside[end..].starts_with('m').then_some(end + 3)
}

/// Whether a stream gets colours. `NO_COLOR` counts only while nothing was asked for.
fn colors(choice: ColorChoice, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => terminal && set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// `text` on one line, safe to show.
pub fn one_line(text: &str) -> String {
    shown(text.trim()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_and_tabs_get_past_the_guard() {
        let painted = paint(true, Tone::Bad, "x\u{1b}[6n\u{202e}");
        assert_eq!(guarded(&painted, true), "\u{1b}[1m\u{1b}[31mx^[[6n\\u{202e}\u{1b}[0m");
        assert_eq!(guarded("a\tb\u{1b}]0;x\u{7}\n\u{9b}m", true), "a\tb^[]0;x^G\n\\u{9b}m");
        assert_eq!(guarded("\u{1b}[31mred\t", false), "^[[31mred\t");
        assert_eq!(guarded("\u{1b}", true), "^[");
    }
}
