//! Text on its way to the screen: made safe, cut, wrapped, laid out to both sides.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::domain::untrusted::{shown, shown_lines};

/// How many columns `text` takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// One line of other people's text, made safe and cut to `columns`.
pub(super) fn cut(text: &str, columns: usize, ellipsis: &str) -> String {
    let text = shown(text);
    if text.width() <= columns {
        return text.into_owned();
    }
    let room = columns.saturating_sub(ellipsis.width());
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        if used + grapheme.width() > room {
            break;
        }
        used += grapheme.width();
        out.push_str(grapheme);
    }
    if columns > 0 {
        out.push_str(ellipsis);
    }
    out
}

/// The text with its first letter a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `left` and `right` at the two ends of `columns`; the left one is cut where there is not room for
/// both.
pub(super) fn sides<'a>(left: Vec<Span<'a>>, right: Vec<Span<'a>>, columns: usize) -> Line<'a> {
    let right_width: usize = right.iter().map(|span| span.content.width()).sum();
    let room = columns.saturating_sub(right_width + usize::from(right_width > 0));
    let mut spans = cut_spans(left, room);
    let used: usize = spans.iter().map(|span| span.content.width()).sum();
    spans.push(Span::raw(" ".repeat(columns.saturating_sub(used + right_width))));
    spans.extend(right);
    Line::from(spans)
}

/// The last place in `text` at or before byte `at` where it can be split.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Spans cut to `columns`.
pub(super) fn cut_spans(spans: Vec<Span<'_>>, columns: usize) -> Vec<Span<'_>> {
    let mut out = Vec::new();
    let mut room = columns;
    for span in spans {
        let wide = span.content.width();
        if wide <= room {
            room -= wide;
            out.push(span);
        } else {
            let text = cut(&span.content, room, "…");
            out.push(Span::styled(text, span.style));
            break;
        }
    }
    out
}

/// Styled text wrapped at words to `columns`; words that are longer are broken. New lines break.
/// The text is made safe first.
pub(super) fn wrap<'a>(pieces: impl IntoIterator<Item = (&'a str, Style)>, columns: usize) -> Vec<Line<'static>> {
    let columns = columns.max(1);
    let mut wrapper =
        Wrapper { columns, lines: Vec::new(), line: Vec::new(), used: 0, word: Vec::new(), word_width: 0 };
    for (text, style) in pieces {
        let safe = shown_lines(text);
        for (at, row) in safe.split('\n').enumerate() {
            if at > 0 {
                wrapper.flush_word();
                wrapper.break_line();
            }
            for part in row.split_word_bounds() {
                wrapper.push(part, style);
            }
        }
    }
    wrapper.flush_word();
    wrapper.break_line();
    wrapper.lines
}

/// One style throughout.
pub(super) fn wrap_plain(text: &str, style: Style, columns: usize) -> Vec<Line<'static>> {
    wrap([(text, style)], columns)
}

struct Wrapper {
    columns: usize,
    lines: Vec<Line<'static>>,
    line: Vec<Span<'static>>,
    used: usize,
    word: Vec<(String, Style)>,
    word_width: usize,
}

impl Wrapper {
    fn push(&mut self, part: &str, style: Style) {
        if part.trim().is_empty() {
            self.flush_word();
            let wide = part.width();
            if self.used + wide > self.columns {
                self.break_line();
            } else {
                self.put(part, style, wide);
            }
        } else {
            self.word.push((part.to_owned(), style));
            self.word_width += part.width();
        }
    }

    fn flush_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        let wide = std::mem::take(&mut self.word_width);
        if wide > self.columns {
            for (part, style) in word {
                for grapheme in part.graphemes(true) {
                    if self.used + grapheme.width() > self.columns {
                        self.break_line();
                    }
                    self.put(grapheme, style, grapheme.width());
                }
            }
            return;
        }
        if self.used + wide > self.columns {
            self.break_line();
        }
        for (part, style) in word {
            let wide = part.width();
            self.put(&part, style, wide);
        }
    }

    fn put(&mut self, text: &str, style: Style, wide: usize) {
        self.used += wide;
        match self.line.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push_str(text),
            _ => self.line.push(Span::styled(text.to_owned(), style)),
        }
    }

    fn break_line(&mut self) {
        self.lines.push(Line::from(std::mem::take(&mut self.line)));
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, columns: usize) -> Vec<String> {
        let wrapped = wrap_plain(text, Style::new(), columns);
        wrapped.iter().map(|line| line.spans.iter().map(|span| span.content.as_ref()).collect()).collect()
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(lines("one two three", 8), ["one two ", "three"]);
        assert_eq!(lines("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(lines("  - a\n\nb", 10), ["  - a", "", "b"]);
        assert_eq!(lines("日本語日本語", 5), ["日本", "語日", "本語"]);
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        for columns in 1..30 {
            for line in
                lines("A sentence, with (punctuation) and http://example.org/long/path.\n\ttab\u{1b}[31m end", columns)
            {
                assert!(line.width() <= columns.max(4), "{columns}: {line:?}");
            }
        }
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(cut("Reproduce", 5, "…"), "Repr…");
        assert_eq!(cut("日本語", 5, "…"), "日本…");
        assert_eq!(cut("x\u{202e}", 20, "…"), "x\\u{202e}");
        assert_eq!(cut("abc", 0, "…"), "");
    }
}
