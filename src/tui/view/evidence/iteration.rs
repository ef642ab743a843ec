//! An iteration of a turn that repeats: whether it is kept, and what it did to each metric.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::budget::compact;
use crate::domain::command::TurnRef;
use crate::domain::plan::{Evidence, Kept, Plan, Turn};
use crate::domain::untrusted::shown;
use crate::tui::view::text::{cut, sides, width};
use crate::tui::view::theme::Theme;
use crate::tui::view::words::improved;

/// What an iteration did to one metric.
pub(in crate::tui::view) struct Did {
    pub(in crate::tui::view) metric: String,
    /// `120 -> 80 ms`
    pub(in crate::tui::view) step: String,
    /// `33 % lower`; empty where there is nothing to compare with.
    pub(in crate::tui::view) change: String,
    /// Whether it made it better.
    pub(in crate::tui::view) improved: Option<bool>,
}

/// What an iteration did to each metric that it has a reading of.
pub(in crate::tui::view) fn did(theme: &Theme, plan: &Plan, at: &TurnRef, number: u32) -> Vec<Did> {
    let done = |course: &crate::domain::metric::Course<'_>| {
        let step = course.step(at, number);
        let words = course.step_in_words(step, theme.to())?;
        let (step_words, change) = words.split_once(", ").unwrap_or((&words, ""));
        Some(Did {
            metric: shown(course.spec.name()).into_owned(),
            step: shown(step_words).into_owned(),
            change: shown(change).into_owned(),
            improved: course.step_improved(step),
        })
    };
    plan.courses().iter().filter_map(done).collect()
}

/// The style of what was said of an iteration.
pub(in crate::tui::view) fn kept_style(theme: &Theme, kept: Kept) -> Style {
    match kept {
        Kept::Undecided => theme.style.dim,
        Kept::Yes => theme.style.good,
        Kept::RolledBack => theme.style.warn,
    }
}

pub(super) struct Iteration<'p> {
    pub(super) at: &'p TurnRef,
    pub(super) turn: &'p Turn,
    pub(super) number: u32,
    /// Time worked on it, in seconds.
    pub(super) time: u64,
}

/// The rows of an iteration: `optimization 2 of 3, kept`, below what it did, at the right its time.
pub(super) fn lines(
    theme: &Theme,
    plan: &Plan,
    iteration: &Iteration<'_>,
    head: (Span<'static>, Style),
    columns: usize,
) -> Vec<Line<'static>> {
    let style = theme.style;
    let Iteration { at, turn, number, time } = *iteration;
    let kept = turn.kept_of(number);
    let evidence: &[Evidence] = turn
        .iterations
        .iter()
        .find(|earlier| earlier.number == number)
        .map_or(&turn.evidence, |earlier| &earlier.evidence);
    let missing = evidence.iter().filter(|slot| slot.is_wanting()).count();
    let mut left = vec![head.0, Span::styled(shown(&turn.iteration_in_words(number)).into_owned(), head.1)];
    if kept != Kept::Undecided {
        left.push(Span::styled(format!(", {}", kept.told()), kept_style(theme, kept)));
    } else if number == turn.iteration && !turn.is_closed() {
        left.push(Span::styled(", under way", style.dim));
    }
    let time = compact(time);
    let missing = if missing > 0 && number < turn.iteration { format!(", {missing} missing") } else { String::new() };
    let taken: usize = left.iter().map(|span| width(&span.content)).sum();
    if taken + width(&missing) + time.len() < columns {
        left.push(Span::styled(missing, style.warn));
    }
    let mut lines = vec![sides(left, vec![Span::styled(time, style.dim)], columns)];
    for did in did(theme, plan, at, number) {
        let change = if did.change.is_empty() { String::new() } else { format!("  {}", did.change) };
        let room = columns.saturating_sub(5 + width(&did.step) + width(&change));
        let metric = cut(&did.metric, room, theme.glyph.ellipsis);
        lines.push(Line::from(vec![
            Span::styled(format!("   {metric}  "), style.dim),
            Span::styled(did.step, style.text),
            Span::styled(change, improved(theme, did.improved)),
        ]));
    }
    lines
}
