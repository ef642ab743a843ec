//! Columns that line up, cut to the terminal's width.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::error::Result;
use super::output::{Output, Tone};

/// A cell: its text, safe to show, and its colour.
type Cell = (String, Option<Tone>);

/// Rows under headings. Headings are for people: they show only on a terminal.
pub struct Table {
    headings: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table with these headings.
    pub fn new(headings: &[&'static str]) -> Self {
        Self { headings: headings.to_vec(), rows: Vec::new() }
    }

    /// Adds a row: a cell per heading.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Writes the table; nothing where there are no rows.
    pub fn print(&self, out: &mut Output) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut lines: Vec<Vec<Cell>> = Vec::new();
        if out.is_terminal() {
            lines.push(self.headings.iter().map(|heading| (heading.to_uppercase(), Some(Tone::Dim))).collect());
        }
        lines.extend(self.rows.iter().cloned());
        let widths: Vec<usize> = (0..self.headings.len())
            .map(|column| {
                lines.iter().filter_map(|row| row.get(column)).map(|(text, _)| text.width()).max().unwrap_or(0)
            })
            .collect();
        let limit = out.width();
        for row in &lines {
            let mut left = limit;
            let mut line = String::new();
            for (column, ((text, tone), width)) in row.iter().zip(&widths).enumerate() {
                let text = cut(text, left);
                let used = text.width();
                line += &tone.map_or_else(|| text.clone(), |tone| out.paint(tone, &text));
                left = left.saturating_sub(used);
                if column + 1 < row.len() && left > 2 {
                    let pad = (width.saturating_sub(used) + 2).min(left);
                    line += &" ".repeat(pad);
                    left -= pad;
                }
            }
            out.line(line.trim_end())?;
        }
        Ok(())
    }
}

/// As much of `text` as fits into `width` columns, with an ellipsis where something is left out.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for part in text.graphemes(true) {
        if out.width() + part.width() + 3 > width {
            break;
        }
        out += part;
    }
    if width < 3 { String::new() } else { out + "..." }
}

/// `line` broken between words into lines of at most `width` columns; a longer word stands alone.
pub fn wrap(line: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let last = lines.last().map_or(0, |line| line.width());
        match lines.last_mut() {
            Some(line) if last > 0 && last + 1 + word.width() <= width => line.extend([" ", word]),
            Some(line) if last == 0 => line.push_str(word),
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters_as_people_see_them() {
        assert_eq!(cut("abcdefgh", 8), "abcdefgh");
        assert_eq!(cut("abcdefgh", 7), "abcd...");
        assert_eq!(cut("日本日本", 7), "日本...");
        assert_eq!(cut("日本", 2), "");
    }

    #[test]
    fn paragraphs_wrap_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("extraordinary is it", 5), ["extraordinary", "is it"]);
    }
}
