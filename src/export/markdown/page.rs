//! A Markdown page that is written from top to bottom.

use jiff::{Timestamp, Zoned};

use crate::domain::plan::Plan;
use crate::domain::untrusted::shown_lines;
use crate::export::markup::{escape, longest_run};

/// Most lines of an output or a result that are printed: its end, which is where results stand.
const MOST_LINES: usize = 20;

/// Most bytes of it, for an output that is one long line.
const MOST_BYTES: usize = 4000;

/// The page, and what it is about.
pub(super) struct Page<'a> {
    text: String,
    now: &'a Zoned,
    pub(super) plan: &'a Plan,
    /// Phrases that claim without showing.
    pub(super) phrases: &'a [String],
}

impl<'a> Page<'a> {
    pub(super) fn new(plan: &'a Plan, now: &'a Zoned, phrases: &'a [String]) -> Self {
        Self { text: String::new(), now, plan, phrases }
    }

    /// The page as it is written, with one new line at its end.
    pub(super) fn finish(self) -> String {
        self.text.trim_end().to_owned() + "\n"
    }

    pub(super) fn now(&self) -> Timestamp {
        self.now.timestamp()
    }

    pub(super) fn line(&mut self, text: &str) {
        self.text += text;
        self.text.push('\n');
    }

    /// One empty line, where there is none yet.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.line("");
        }
    }

    /// A line of its own, with an empty one on either side.
    pub(super) fn alone(&mut self, text: &str) {
        self.gap();
        self.line(text);
        self.line("");
    }

    pub(super) fn heading(&mut self, level: usize, text: &str) {
        self.alone(&format!("{} {text}", "#".repeat(level)));
    }

    /// A table with this head; a column whose name ends in `:` is aligned to the right.
    pub(super) fn table_head(&mut self, columns: &[&str]) {
        self.gap();
        let names: Vec<&str> = columns.iter().map(|name| name.trim_end_matches(':')).collect();
        let rules: Vec<&str> = columns.iter().map(|name| if name.ends_with(':') { "---:" } else { "---" }).collect();
        self.line(&format!("| {} |", names.join(" | ")));
        self.line(&format!("|{}|", rules.join("|")));
    }

    /// A row of a table; its cells are escaped already.
    pub(super) fn row(&mut self, cells: &[String]) {
        self.line(&format!("| {} |", cells.join(" | ")));
    }

    /// A time as people write it, in the reader's zone.
    pub(super) fn when(&self, time: Timestamp) -> String {
        time.to_zoned(self.now.time_zone().clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// Words of several lines as a quotation that keeps its lines: two blanks at the end break one.
    pub(super) fn quote(&mut self, text: &str) {
        self.gap();
        let text = shown_lines(text.trim_end());
        let mut lines = text.lines().map(str::trim_end).peekable();
        while let Some(line) = lines.next() {
            let breaks = !line.is_empty() && lines.peek().is_some_and(|next| !next.is_empty());
            let quoted = format!("> {}", escape(line));
            self.line(&format!("{}{}", quoted.trim_end(), if breaks { "  " } else { "" }));
        }
        self.line("");
    }

    /// Text as it is, in a fence longer than any in it.
    pub(super) fn fence(&mut self, text: &str) {
        self.fenced(text, "");
    }

    /// The end of what a program printed, in a fence inside a list item.
    pub(super) fn output(&mut self, text: &str) {
        let (left_out, end) = end_of(text.trim_end());
        if let Some(left_out) = left_out {
            self.alone(&format!("  ({left_out})"));
        }
        self.fenced(end, "  ");
    }

    /// A fence inside a list item.
    pub(super) fn indented_fence(&mut self, text: &str) {
        self.fenced(text, "  ");
    }

    fn fenced(&mut self, text: &str, indent: &str) {
        self.gap();
        let fence = "`".repeat(longest_run(text).max(2) + 1);
        self.line(&format!("{indent}{fence}text"));
        for line in shown_lines(text.trim_end()).lines() {
            self.line(format!("{indent}{line}").trim_end());
        }
        self.line(&format!("{indent}{fence}"));
        self.line("");
    }
}

/// The end of `text` and, where that is not all of it, what is said about the rest.
pub(super) fn end_of(text: &str) -> (Option<String>, &str) {
    let lines = text.lines().count();
    let from_line = match lines.checked_sub(MOST_LINES) {
        Some(skipped) if skipped > 0 => text.match_indices('\n').nth(skipped - 1).map_or(0, |(at, _)| at + 1),
        Some(_) | None => 0,
    };
    let mut from = from_line.max(text.len().saturating_sub(MOST_BYTES));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let left_out = text[..from].matches('\n').count();
    match (from, left_out) {
        (0, _) => (None, text),
        (_, 0) => (Some("the beginning is left out".into()), &text[from..]),
        (_, 1) => (Some("1 earlier line is left out".into()), &text[from..]),
        (_, count) => (Some(format!("{count} earlier lines are left out")), &text[from..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_output_the_end_is_kept() {
        let text: String = (1..=60).map(|n| format!("line {n}\n")).collect();
        let (left_out, end) = end_of(text.trim_end());
        assert_eq!(left_out.unwrap(), "40 earlier lines are left out");
        assert!(end.starts_with("line 41\n") && end.ends_with("line 60"), "{end}");
        assert_eq!(end_of("a\nb"), (None, "a\nb"));
        let long = "é".repeat(4001);
        let (left_out, end) = end_of(&long);
        assert_eq!((left_out.unwrap().as_str(), end.len()), ("the beginning is left out", 4000));
    }
}
