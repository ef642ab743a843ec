//! What is wrong with a file, drawn as rustc draws it: place, line, mark, help.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::domain::problem::{Position, Problem, line_at, position};
use crate::domain::untrusted::shown;

/// A file that was looked at, with what was found in it.
#[derive(Debug, Clone)]
pub struct Examined {
    /// What people call it: the path as they wrote it.
    pub name: String,
    pub text: String,
    pub problems: Vec<Problem>,
}

impl Examined {
    /// How many errors and how many warnings were found.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.problems.iter().filter(|problem| problem.is_error()).count();
        (errors, self.problems.len() - errors)
    }
}

/// One problem with its place, the offending line and the hint. Ends with a new line.
pub fn draw(file: &Examined, problem: &Problem, colors: bool, ascii: bool) -> String {
    let (line, mark) = visible(&file.text, &problem.span);
    let at = place(file, problem);
    let name = shown(&file.name);
    let message = shown(&problem.message);
    let hint = shown(&problem.hint);
    let level = if problem.is_error() { Level::ERROR } else { Level::WARNING };
    let drawn_column = line[..mark.start].chars().count() + 1;
    let snippet = Snippet::source(line.as_str())
        .line_start(at.line)
        .path(name.as_ref())
        .annotation(AnnotationKind::Primary.span(mark));
    let mut group = level.primary_title(message.as_ref()).element(snippet);
    if !hint.is_empty() {
        group = group.element(Level::HELP.message(hint.as_ref()));
    }
    let decor = if ascii { DecorStyle::Ascii } else { DecorStyle::Unicode };
    let renderer = if colors { Renderer::styled() } else { Renderer::plain() };
    let drawn = renderer.decor_style(decor).render(&[group]) + "\n";
    // Columns count the file's own characters, not those that stand for them on the screen.
    drawn.replacen(&format!("{name}:{}:{drawn_column}", at.line), &format!("{name}:{}:{}", at.line, at.column), 1)
}

pub fn place(file: &Examined, problem: &Problem) -> Position {
    position(&file.text, problem.span.start)
}

/// The offending line with everything that acts or hides made visible, and what to mark in it.
fn visible(text: &str, span: &Range<usize>) -> (String, Range<usize>) {
    let line = line_at(text, span.start);
    let before = text.get(..span.start.min(text.len())).unwrap_or(text);
    let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    let start = floor(line, column);
    let end = floor(line, column.saturating_add(span.len())).max(start);
    let show = |part: &str| part.split('\t').map(shown).collect::<Vec<_>>().join("    ");
    let (head, middle, tail) = (show(&line[..start]), show(&line[start..end]), show(&line[end..]));
    let mark = head.len()..head.len() + middle.len();
    (head + &middle + &tail, mark)
}

/// The nearest boundary of a character at or before byte `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, span: Range<usize>) -> String {
        let problem = Problem::error(span, "bad \x1b[2J", "do \u{202e}this");
        let file = Examined { name: "a\x07.toml".into(), text: text.into(), problems: vec![] };
        draw(&file, &problem, false, true)
    }

    #[test]
    fn a_report_names_place_line_mark_and_help() {
        insta::assert_snapshot!(drawn("one\ntwo = \x1b[31m ümlaut\n", 15..22), @r"
        error: bad ^[[2J
         --> a^G.toml:2:12
          |
        2 | two = ^[[31m ümlaut
          |             ^^^^^^
          |
          = help: do \u{202e}this
        ");
    }

    #[test]
    fn a_place_at_the_end_or_over_several_lines_still_has_a_line() {
        let both = drawn("one\n\ttwo", 999..999) + &drawn("one\n\ttwo\nthree", 5..12);
        insta::assert_snapshot!(both, @r"
        error: bad ^[[2J
         --> a^G.toml:2:5
          |
        2 |     two
          |        ^
          |
          = help: do \u{202e}this
        error: bad ^[[2J
         --> a^G.toml:2:2
          |
        2 |     two
          |     ^^^
          |
          = help: do \u{202e}this
        ");
    }
}
