//! What inputs of the form and of dialogs share: answers in rows, and the beginning of long texts.

use ratatui::text::{Line, Span};

use super::text::{boundary, cut, width};
use super::theme::Theme;

/// Bytes of a value that are looked at to draw the rows there may be.
const HEAD: usize = 2048;

/// Answers in rows: `(1) quick  [2] normal`, the chosen one in brackets.
pub(super) fn answer_rows(
    answers: &[String],
    chosen: Option<usize>,
    theme: &Theme,
    columns: usize,
) -> Vec<Line<'static>> {
    let mut rows = vec![Vec::new()];
    let mut used = 0;
    for (at, answer) in answers.iter().enumerate() {
        let number = at + 1;
        let on = chosen == Some(at);
        let text = if on { format!("[{number}] {answer}") } else { format!("({number}) {answer}") };
        let text = cut(&text, columns, theme.glyph.ellipsis);
        if used > 0 && used + 2 + width(&text) > columns {
            rows.push(Vec::new());
            used = 0;
        }
        if let Some(row) = rows.last_mut() {
            if used > 0 {
                row.push(Span::raw("  "));
                used += 2;
            }
            used += width(&text);
            row.push(Span::styled(text, if on { theme.style.heading } else { theme.style.dim }));
        }
    }
    rows.into_iter().map(Line::from).collect()
}

/// The beginning of a text: more rows than that are not drawn.
pub(super) fn head(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines {
        if text.len() > HEAD {
            break;
        }
        let end = boundary(line, HEAD);
        text.push_str(&line[..end]);
        text.push('\n');
    }
    text.pop();
    text
}

/// A row of an input, with a bar before it where it has the focus.
pub(super) fn barred(theme: &Theme, line: Line<'static>, focused: bool) -> Line<'static> {
    let bar = if focused { theme.glyph.border.vertical_left } else { " " };
    // The style of a line is that of its text, not of the bar.
    let mut spans = vec![Span::styled(format!("{bar} "), theme.style.accent)];
    let style = line.style;
    spans.extend(line.spans.into_iter().map(|span| Span::styled(span.content, style.patch(span.style))));
    Line::from(spans)
}
