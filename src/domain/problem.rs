//! What is wrong with a file: a message, the place, and what to do about it.

use std::ops::Range;

use super::review::Rule;
use super::untrusted::shown;
use super::words::words;

words! {
    /// Whether a problem keeps the file from being used.
    Severity:
    /// The file cannot be used.
    #[default] Error = "error",
    /// The file works; its author should look.
    Warning = "warning",
}

/// One finding in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, one line.
    pub message: String,
    /// What to do next; may be empty.
    pub hint: String,
    /// Byte range in the file's text; empty range at the end for 'something is missing'.
    pub span: Range<usize>,
    /// The rule of the review that found it, where one did.
    pub rule: Option<Rule>,
}

impl Problem {
    /// An error at `span`.
    pub fn error(span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: one_line(&message.into()),
            hint: one_line(&hint.into()),
            span,
            rule: None,
        }
    }

    /// A warning at `span`.
    pub fn warning(span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            message: one_line(&message.into()),
            hint: one_line(&hint.into()),
            span,
            rule: None,
        }
    }

    /// The same, found by a rule of the review.
    #[must_use]
    pub fn by(self, rule: Rule) -> Self {
        Self { rule: Some(rule), ..self }
    }

    /// Whether the file cannot be used because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Most characters of a message: it may quote a name as long as the file.
const MAX_MESSAGE: usize = 400;

/// Messages quote the file, which may hold anything.
fn one_line(text: &str) -> String {
    let shown = shown(text);
    match shown.char_indices().nth(MAX_MESSAGE) {
        Some((end, _)) => format!("{}...", &shown[..end]),
        None => shown.into_owned(),
    }
}

/// A place in a text as people count: line and column from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Where byte `offset` of `text` is; an offset past the end is the end.
pub fn position(text: &str, offset: usize) -> Position {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Position { line: before.matches('\n').count() + 1, column: before[start..].chars().count() + 1 }
}

/// The whole line of `text` that byte `offset` is in, without its end.
pub fn line_at(text: &str, offset: usize) -> &str {
    text.lines().nth(position(text, offset).line - 1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let text = "ab\nünd x\n";
        assert_eq!(position(text, 0), Position { line: 1, column: 1 });
        assert_eq!(position(text, 5), Position { line: 2, column: 2 });
        assert_eq!(position(text, 999), Position { line: 3, column: 1 });
        assert_eq!(line_at(text, 5), "ünd x");
    }
}
