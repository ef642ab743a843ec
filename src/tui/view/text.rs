//! Text on its way to the screen: made safe, cut, wrapped, laid out to both sides.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::domain::untrusted::{shown, shown_lines};

/// How many columns `text`, made safe, takes.
pub(super) fn width(text: &str) -> usize {
    // Most text is ASCII, and looking each letter up takes a third of a frame.
    if text.is_ascii() { text.len() } else { text.width() }
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
            if row.is_ascii() {
                ascii_parts(row).for_each(|part| wrapper.push(part, style));
            } else {
                row.split_word_bounds().for_each(|part| wrapper.push(part, style));
            }
        }
    }
    wrapper.flush_word();
    wrapper.break_line();
    wrapper.lines
}

/// Runs of spaces and runs of others: where ASCII text may be wrapped, without looking each letter up.
fn ascii_parts(row: &str) -> impl Iterator<Item = &str> {
    let mut rest = row;
    std::iter::from_fn(move || {
        let space = rest.starts_with(' ');
        let end = rest.bytes().position(|byte| (byte == b' ') != space).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        (!part.is_empty()).then_some(part)
    })
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
            let wide = width(part);
            if self.used + wide > self.columns {
                self.break_line();
            } else {
                self.put(part, style, wide);
            }
        } else {
            self.word.push((part.to_owned(), style));
            self.word_width += width(part);
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
            let wide = width(&part);
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
    fn ascii_wraps_as_other_text_does() {
        let text = "  Decide (beforehand), what exactly  counts: a/b/c-d_e, https://example.org/x?y=1&z=2!  ";
        for columns in 1..60 {
            let long: Vec<String> =
                lines(&text.replace('e', "é"), columns).iter().map(|line| line.replace('é', "e")).collect();
            assert_eq!(long, lines(text, columns), "{columns}");
        }
        let short: Vec<&str> = ascii_parts("  a, b   c.d ").collect();
        assert_eq!(short, ["  ", "a,", " ", "b", "   ", "c.d", " "]);
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(cut("Reproduce", 5, "…"), "Repr…");
        assert_eq!(cut("日本語", 5, "…"), "日本…");
        assert_eq!(cut("x\u{202e}", 20, "…"), "x\\u{202e}");
        assert_eq!(cut("abc", 0, "…"), "");
    }
}
