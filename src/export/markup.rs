//! Other people's words in a Markdown page, as words.

use crate::domain::untrusted::shown;

/// Words on one line, as words: nothing in them marks up the page.
pub(super) fn inline(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    escape(&shown(&one_line))
}

/// What would mark up the page, escaped.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let start = text[..at].trim().is_empty();
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' => out.extend(['\\', c]),
            '_' if !inside_word(text, at) => out.extend(['\\', c]),
            '#' | '>' | '+' | '-' | '=' | '~' if start => out.extend(['\\', c]),
            '&' => out += "&amp;",
            _ => out.push(c),
        }
    }
    out
}

/// Whether the character at `at` stands between letters, where an underscore marks nothing up.
fn inside_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    before && text[at + 1..].chars().next().is_some_and(char::is_alphanumeric)
}

/// A command line in code marks, whatever it holds.
pub(super) fn code_span(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let marks = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{pad}{}{pad}{marks}", shown(&text))
}

/// The longest run of backticks in `text`.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_from_files_mark_nothing_up() {
        assert_eq!(inline("a *b* <script> [x](y) | `z`\n# h"), r"a \*b\* \<script> \[x\](y) \| \`z\` # h");
        assert_eq!(inline("# not a heading"), r"\# not a heading");
        assert_eq!(inline("snake_case and _this_"), r"snake_case and \_this\_");
        assert_eq!(inline("x\u{1b}[2J"), r"x^\[\[2J");
        assert_eq!(code_span("echo `x`"), "`` echo `x` ``");
    }
}
