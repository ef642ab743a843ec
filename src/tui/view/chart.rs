//! A metric's bars: what the domain's chart says, in colours and at the width of a pane.

use ratatui::text::{Line, Span};

use crate::domain::metric::chart::{Bar, Mark, bars};
use crate::domain::metric::{Course, with_unit};
use crate::domain::plan::Plan;
use crate::domain::untrusted::shown;

use super::text::{cut, cut_spans, width};
use super::theme::Theme;

/// Columns of a pane from which remarks stand behind the figures.
const REMARKS: usize = 60;

/// Columns of the longest label.
const LABEL: usize = 26;

/// Columns of the longest bar: longer ones are no easier to compare.
const WIDEST_BAR: usize = 60;

/// Columns of the shortest scale worth drawing.
const LEAST: usize = 4;

/// The bars of a course in `columns`, moved in by `indent`: at most `most` readings, the last ones.
pub(super) fn lines(
    theme: &Theme,
    plan: &Plan,
    course: &Course<'_>,
    indent: usize,
    columns: usize,
    most: usize,
) -> Vec<Line<'static>> {
    let (bars, left_out) = bars(plan, course, most);
    let columns = columns.saturating_sub(indent);
    let figures: Vec<String> =
        bars.iter().map(|bar| shown(&with_unit(bar.value, &course.spec.unit)).into_owned()).collect();
    let figure_room = figures.iter().map(|figure| width(figure)).max().unwrap_or(0);
    let remarks = bars.iter().map(|bar| width(&shown(&bar.remark)) + 2).max().unwrap_or(0);
    let remark_room = if columns >= REMARKS { remarks.min(columns / 2) } else { 0 };
    let beside = figure_room + remark_room + 2;
    let wanted = bars.iter().map(|bar| width(&shown(&bar.label))).max().unwrap_or(0);
    let label_room = wanted.min(LABEL).min(columns.saturating_sub(beside + LEAST));
    let scale = columns.saturating_sub(label_room + beside).min(WIDEST_BAR);
    let margin = " ".repeat(indent);
    let mut lines = Vec::new();
    if left_out > 0 {
        let readings = if left_out == 1 { "reading is" } else { "readings are" };
        let text = format!("{margin}({left_out} earlier {readings} left out)");
        lines.push(Line::styled(cut(&text, columns + indent, theme.glyph.ellipsis), theme.style.dim));
    }
    for (bar, figure) in bars.iter().zip(figures) {
        let (glyph, style) = drawn(theme, bar);
        let label = cut(&bar.label, label_room, theme.glyph.ellipsis);
        let gap = " ".repeat(label_room.saturating_sub(width(&label)) + 1);
        let length = bar.columns(scale);
        let mut spans = vec![
            Span::raw(margin.clone()),
            Span::styled(label, theme.style.dim),
            Span::raw(gap),
            Span::styled(glyph.repeat(length), style),
            Span::raw(" ".repeat(scale - length + 1 + figure_room.saturating_sub(width(&figure)))),
            Span::styled(figure, theme.style.text),
        ];
        if remark_room > 0 && !bar.remark.is_empty() {
            spans.push(Span::styled(format!("  {}", shown(&bar.remark)), remark_style(theme, bar)));
        }
        lines.push(Line::from(cut_spans(spans, columns + indent)));
    }
    lines
}

/// What a bar is drawn with: something else for what is no reading that counts, so that it is told
/// without colours too.
fn drawn(theme: &Theme, bar: &Bar) -> (&'static str, ratatui::style::Style) {
    match bar.mark {
        Mark::Reading => (theme.glyph.full, remark_style(theme, bar)),
        Mark::Baseline => (theme.glyph.full, theme.style.dim),
        Mark::RolledBack => (theme.glyph.empty, theme.style.dim),
        Mark::Target => (theme.glyph.over, theme.style.accent),
    }
}

fn remark_style(theme: &Theme, bar: &Bar) -> ratatui::style::Style {
    match (bar.mark, bar.improved) {
        (Mark::Reading, Some(true)) => theme.style.good,
        (Mark::Reading, Some(false)) => theme.style.bad,
        (Mark::Reading | Mark::Baseline | Mark::RolledBack | Mark::Target, _) => theme.style.dim,
    }
}
