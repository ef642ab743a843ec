//! A metric in the evidence pane: where it stands, whether it is enough, and its readings as bars.

use ratatui::text::{Line, Span};

use crate::domain::metric::{Course, figure, with_unit};
use crate::domain::plan::Plan;
use crate::domain::untrusted::shown;
use crate::tui::view::text::{sides, width, wrap};
use crate::tui::view::theme::Theme;
use crate::tui::view::{chart, words};

/// Most readings that are drawn as bars.
const MAX_BARS: usize = 24;

/// A metric: baseline, newest reading, computed change, target; with `bars`, each reading as a bar.
pub(super) fn lines(
    theme: &Theme,
    plan: &Plan,
    course: &Course<'_>,
    left: Vec<Span<'static>>,
    columns: usize,
    bars: bool,
) -> Vec<Line<'static>> {
    let style = theme.style;
    let figures: Vec<f64> = course
        .baseline
        .filter(|_| course.declared)
        .into_iter()
        .chain(course.counting().map(|reading| reading.value))
        .collect();
    let spark = Span::styled(spark(theme, &figures, columns / 3), style.accent);
    let mut lines = vec![sides(left, if bars { Vec::new() } else { vec![spark] }, columns)];
    let (mut spans, reached) = (standing(theme, course), reached(theme, course));
    let taken: usize = 4 + spans.iter().chain(&reached).map(|span| width(&span.content)).sum::<usize>();
    if taken <= columns {
        spans.insert(0, Span::raw("   "));
        lines.push(sides(spans, reached.into_iter().collect(), columns));
    } else {
        lines.extend(moved_in(spans, columns));
        lines.extend(reached.into_iter().flat_map(|reached| moved_in(vec![reached], columns)));
    }
    if bars && !course.readings.is_empty() {
        lines.extend(chart::lines(theme, plan, course, 3, columns, MAX_BARS));
    }
    lines
}

/// From where to where, and how much that is.
fn standing(theme: &Theme, course: &Course<'_>) -> Vec<Span<'static>> {
    let style = theme.style;
    let unit = &course.spec.unit;
    let Some(last) = course.last() else {
        let before = course.baseline.map(|baseline| format!("{}, ", shown(&with_unit(baseline, unit))));
        return vec![Span::styled(format!("{}no reading yet", before.unwrap_or_default()), style.dim)];
    };
    let last = shown(&with_unit(last, unit)).into_owned();
    if !course.is_compared() {
        return vec![Span::styled(last, style.text), Span::styled("  one reading", style.dim)];
    }
    let from = course.baseline.map(figure).unwrap_or_default();
    let change = course.change_in_words().unwrap_or_default();
    vec![
        Span::styled(from, style.dim),
        Span::styled(format!(" {} {last}", theme.to()), style.text),
        Span::styled(format!("  {}", shown(&change)), words::improved(theme, course.improved())),
    ]
}

/// Whether it is enough; the target where nothing was read.
fn reached(theme: &Theme, course: &Course<'_>) -> Option<Span<'static>> {
    let style = theme.style;
    let target = shown(&course.target_in_words()?).into_owned();
    Some(match (course.reached_in_words(), course.reached()) {
        (Some(text), Some(true)) => Span::styled(format!("{} ({target})", shown(&text)), style.good),
        (Some(text), _) => Span::styled(format!("{} ({target})", shown(&text)), style.warn),
        (None, _) => Span::styled(format!("target {target}"), style.dim),
    })
}

fn moved_in(spans: Vec<Span<'static>>, columns: usize) -> impl Iterator<Item = Line<'static>> {
    let pieces: Vec<(String, ratatui::style::Style)> =
        spans.into_iter().map(|span| (span.content.into_owned(), span.style)).collect();
    let pieces = pieces.iter().map(|(text, style)| (text.as_str(), *style));
    wrap(pieces, columns.saturating_sub(3)).into_iter().map(|mut line| {
        line.spans.insert(0, Span::raw("   "));
        line
    })
}

/// Heights of the figures, one column each, the newest on the right; nothing for fewer than two.
fn spark(theme: &Theme, figures: &[f64], columns: usize) -> String {
    if figures.len() < 2 || columns == 0 {
        return String::new();
    }
    let shown = &figures[figures.len().saturating_sub(columns)..];
    // Halves, since the difference of two large figures may be infinite.
    let half = |figure: &f64| figure / 2.0;
    let most = shown.iter().map(half).fold(f64::MIN, f64::max);
    let least = shown.iter().map(half).fold(f64::MAX, f64::min).min(0.0);
    let span = if most > least { most - least } else { 1.0 };
    let steps = theme.glyph.chart.len() - 1;
    let height = |figure: &f64| ((half(figure) - least) / span * steps as f64).round() as usize;
    shown.iter().map(|figure| theme.glyph.chart[height(figure).min(steps)]).collect()
}
