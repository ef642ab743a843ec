//! Reading a strategy file: every problem at once, each with its place in the text.
//!
//! The tree of the document is walked by hand, because a derived reader stops at the first problem
//! and loses places in nested tables. A file that extends another is merged with it first (`overlay`),
//! once its base is found (`chain`).

mod check;
mod inheritance;
mod overlay;
mod placeholders;
mod review;
mod sections;
mod spans;

use std::ops::Range;

use super::problem::Problem;
use super::review::Thresholds;
use super::strategy::{MAX_BYTES, Strategy};
use super::toml_parts::{MAX_PARTS, complaint, excess, excess_message};

pub use inheritance::{Inheritance, MAX_CHAIN, Resolved};
pub use overlay::{Extends, Merged, check_over, extends};

/// What came of reading a strategy file.
#[derive(Debug, Clone)]
pub struct Read {
    /// The strategy; nothing where the file has an error.
    pub strategy: Option<Strategy>,
    /// Everything found, in the order of the text.
    pub problems: Vec<Problem>,
}

impl Read {
    /// Whether the file cannot be used.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(Problem::is_error)
    }
}

/// Reads the structure of a strategy file, without compiling its templates: enough for a file that
/// was checked before, such as a built-in one.
///
/// `stem` is the file's name without `.toml`, to compare with the id; nothing for text that has no
/// file.
pub fn read(text: &str, stem: Option<&str>) -> Read {
    finish(text, parse(text, stem))
}

/// Reads a strategy file and checks all of it: templates, placeholders, references.
pub fn check(text: &str, stem: Option<&str>) -> Read {
    let (strategy, mut problems, spans) = parse(text, stem);
    if let Some(strategy) = &strategy {
        check::check(text, strategy, &spans, &mut problems);
    }
    finish(text, (strategy, problems, spans))
}

/// Reads a strategy file, checks all of it, and warns of anti-patterns.
pub fn lint(text: &str, stem: Option<&str>, thresholds: &Thresholds) -> Read {
    let (strategy, mut problems, spans) = parse(text, stem);
    if let Some(strategy) = &strategy {
        check::check(text, strategy, &spans, &mut problems);
        // What a file with errors means is not certain.
        if !problems.iter().any(Problem::is_error) {
            review::warn(strategy, &spans, thresholds, &mut problems);
        }
    }
    finish(text, (strategy, problems, spans))
}

/// Most problems reported: nobody reads more, and each one's place is looked for in the text.
const MAX_PROBLEMS: usize = 200;

fn finish(text: &str, (strategy, mut problems, _): (Option<Strategy>, Vec<Problem>, spans::Spans)) -> Read {
    for problem in &mut problems {
        problem.span = inside(text, &problem.span);
    }
    problems.sort_by_key(|problem| (problem.span.start, problem.severity));
    let strategy = strategy.filter(|_| !problems.iter().any(Problem::is_error));
    let more = problems.len().saturating_sub(MAX_PROBLEMS);
    if more > 0 {
        problems.sort_by_key(|problem| problem.severity);
        problems.truncate(MAX_PROBLEMS);
        problems.sort_by_key(|problem| problem.span.start);
        let end = text.len()..text.len();
        let notice = format!("{more} more problems are not listed");
        problems.push(match strategy {
            Some(_) => Problem::warning(end, notice, ""),
            None => Problem::error(end, notice, "mend these first"),
        });
    }
    Read { strategy, problems }
}

/// `span` within `text`, between characters: reports cut the text there.
fn inside(text: &str, span: &Range<usize>) -> Range<usize> {
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = boundary(span.start);
    start..boundary(span.end).max(start)
}

fn parse(text: &str, stem: Option<&str>) -> (Option<Strategy>, Vec<Problem>, spans::Spans) {
    if text.len() as u64 > MAX_BYTES {
        let problem = Problem::error(0..0, "the file is larger than 1 MiB", "a strategy is text for people; split it");
        return (None, vec![problem], spans::Spans::default());
    }
    if let Some(at) = excess(text, MAX_PARTS) {
        return (None, vec![too_much(at)], spans::Spans::default());
    }
    let (document, errors) = toml::de::DeTable::parse_recoverable(text);
    let mut problems: Vec<Problem> = errors.iter().take(MAX_PROBLEMS).map(|error| syntax(text, error)).collect();
    let broken = !problems.is_empty();
    let mut reader = super::toml_reader::Reader::new(&mut problems);
    let (strategy, spans) = sections::strategy(&mut reader, &document, stem);
    if broken {
        // After a syntax error, what seems to be missing may only not have been understood.
        problems.retain(|problem| !problem.message.contains("is missing"));
        return (None, problems, spans);
    }
    (Some(strategy), problems, spans)
}

fn syntax(text: &str, error: &toml::de::Error) -> Problem {
    let (message, span) = complaint(text, error);
    Problem::error(span, message, "")
}

/// Says of a text that it has too many parts to be read.
fn too_much(at: usize) -> Problem {
    Problem::error(at..at, excess_message(MAX_PARTS), "a strategy is text for people; split it")
}

#[cfg(test)]
mod tests;
