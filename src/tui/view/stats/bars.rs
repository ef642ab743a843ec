//! Bars of statistics: pairs of planned and worked, and shares.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::budget::compact;
use crate::domain::stats::{Times, share};
use crate::tui::view::text::{sides, width, wrap_plain};
use crate::tui::view::theme::Theme;

/// Columns of the words before a pair of bars.
const WORD: usize = 8;
/// Columns of a share's bar.
const SHARE: usize = 10;
/// Columns of the figure after it, at least.
const FIGURE: usize = 8;

/// What all bars of a chart share, so that they can be compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    longest: u64,
    figures: usize,
}

impl Scale {
    /// The scale that all of `times` fit.
    pub(super) fn of<'t>(times: impl Iterator<Item = &'t Times>) -> Self {
        times.fold(Self { longest: 0, figures: 0 }, |scale, times| Self {
            longest: scale.longest.max(planned(times)).max(times.worked),
            figures: scale.figures.max(width(&compact(times.worked))).max(width(&compact_or_none(times.planned))),
        })
    }
}

/// What the plan comes to; what had no budget is its own plan.
fn planned(times: &Times) -> u64 {
    times.planned.saturating_add(times.unplanned)
}

/// Time used in per cent of the plan, with the style that says how much it is.
pub(super) fn used(theme: &Theme, times: &Times) -> (String, Style) {
    match times.ratio() {
        Some(ratio) => {
            // A ratio is a quotient of two whole numbers and may be very large, never negative.
            let percent = (ratio * 100.0).round().min(1e9) as u64;
            let style = if percent > 100 { theme.style.bad } else { theme.style.good };
            (format!("{percent} %{}", if percent > 100 { " !" } else { "" }), style)
        }
        None if times.worked > 0 => ("no budget".into(), theme.style.dim),
        None => ("not timed".into(), theme.style.dim),
    }
}

/// Planned above worked, each with its time; what is over the plan is drawn otherwise.
pub(super) fn pair(theme: &Theme, times: &Times, scale: Scale, columns: usize) -> Vec<Line<'static>> {
    let (glyph, style) = (theme.glyph, theme.style);
    let plan = planned(times);
    let room = columns.saturating_sub(WORD + 1 + scale.figures) as u64;
    let scaled = |seconds: u64| scaled(seconds, scale.longest, room);
    let within = scaled(times.worked.min(plan));
    let over = scaled(times.worked).saturating_sub(scaled(plan));
    let row = |word: &str, bars: Vec<Span<'static>>, figure: &str| {
        let mut spans = vec![Span::styled(format!("{word:<WORD$}"), style.dim)];
        spans.extend(bars);
        spans.push(Span::styled(format!(" {figure}"), style.text));
        Line::from(spans)
    };
    let bar =
        vec![Span::styled(glyph.full.repeat(within), style.good), Span::styled(glyph.over.repeat(over), style.bad)];
    let ghost = Span::styled(glyph.empty.repeat(scaled(times.planned)), style.dim);
    vec![row("planned", vec![ghost], &compact_or_none(times.planned)), row("worked", bar, &compact(times.worked))]
}

/// A row of a course: worked within, over and left of the plan, in `columns`.
pub(super) fn one(theme: &Theme, times: &Times, scale: Scale, columns: usize) -> Vec<Span<'static>> {
    let (glyph, style) = (theme.glyph, theme.style);
    let scaled = |seconds: u64| scaled(seconds, scale.longest, columns as u64);
    let plan = planned(times);
    let within = scaled(times.worked.min(plan));
    vec![
        Span::styled(glyph.full.repeat(within), style.good),
        Span::styled(glyph.over.repeat(scaled(times.worked).saturating_sub(scaled(plan))), style.bad),
        Span::styled(glyph.empty.repeat(scaled(plan).saturating_sub(within)), style.dim),
    ]
}

/// A text, and at the right of its first line `part` of `all` as a bar and in figures.
pub(super) fn part(theme: &Theme, text: &str, (part, all): (u64, u64), columns: usize) -> Vec<Line<'static>> {
    amount(theme, text, (part, all), &format!("{part} of {all}"), columns)
}

/// A text, and at the right of its first line a bar for `value` of `most`, with `figure`.
pub(super) fn amount(
    theme: &Theme,
    text: &str,
    (value, most): (u64, u64),
    figure: &str,
    columns: usize,
) -> Vec<Line<'static>> {
    let style = theme.style;
    // Where there is no room for words beside it, the figure says it alone.
    let bar = if columns >= SHARE * 3 { SHARE } else { 0 };
    let filled = scaled(value, most, SHARE as u64).min(bar);
    let right = vec![
        Span::styled(theme.glyph.full.repeat(filled), style.warn),
        Span::styled(theme.glyph.empty.repeat(bar - filled), style.dim),
        Span::styled(format!(" {figure:>FIGURE$}"), style.text),
    ];
    let beside: usize = right.iter().map(|span| width(&span.content)).sum();
    let mut lines = wrap_plain(text, style.text, columns.saturating_sub(beside + 2)).into_iter();
    let mut rows = vec![sides(lines.next().unwrap_or_default().spans, right, columns)];
    rows.extend(lines);
    rows
}

/// `14 %`; nothing of nothing.
pub(super) fn percent(part: u64, all: u64) -> String {
    share(part, all).map(|share| format!("{share} %")).unwrap_or_default()
}

fn compact_or_none(seconds: u64) -> String {
    if seconds == 0 { "none".into() } else { compact(seconds) }
}

/// Columns of `value` where `most` takes `room` of them; at least one of anything.
fn scaled(value: u64, most: u64, room: u64) -> usize {
    (u128::from(value.min(most)) * u128::from(room)).div_ceil(u128::from(most.max(1))) as usize
}
