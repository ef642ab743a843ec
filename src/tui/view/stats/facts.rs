//! How plans went, in words and shares: turns, evidence, rework, gates, outcomes, checklists.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::budget::compact;
use crate::domain::stats::{Figures, Stats, StrategyStats, TurnStats};
use crate::domain::words::times;
use crate::tui::view::text::wrap_plain;
use crate::tui::view::theme::Theme;
use crate::tui::view::words::count;

use super::bars;
use super::charts::heading;

/// Columns of the words before facts.
const FACT: usize = 12;
/// Most rows of a chart that has one for each turn or item.
const ROWS: usize = 8;

/// The facts, each after its word.
pub(super) fn lines(theme: &Theme, figures: &Figures, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    let mut lines = Vec::new();
    let mut fact = |word: &str, text: String, text_style: Style| {
        if columns < FACT * 2 {
            return lines.extend(wrap_plain(&format!("{word}: {text}"), text_style, columns));
        }
        for (at, line) in wrap_plain(&text, text_style, columns - FACT).into_iter().enumerate() {
            let word = if at == 0 { word } else { "" };
            let mut spans = vec![Span::styled(format!("{word:<FACT$}"), style.dim)];
            spans.extend(line.spans);
            lines.push(Line::from(spans));
        }
    };
    let given_up = if figures.abandoned > 0 { format!(", {} given up", figures.abandoned) } else { String::new() };
    fact("Plans", format!("{} finished{given_up}", figures.finished), style.text);
    let times = &figures.times;
    let (used, used_style) = bars::used(theme, times);
    match (times.worked, times.planned) {
        (0, _) => fact("Time", "no clock ran".into(), style.text),
        (worked, 0) => fact("Time", format!("{} worked, no budget", compact(worked)), style.text),
        (_, planned) => {
            fact("Time", format!("{} of {} ({used})", compact(times.within()), compact(planned)), used_style);
        }
    }
    if times.unplanned > 0 && times.planned > 0 {
        fact("", format!("{} without a budget", compact(times.unplanned)), style.text);
    }
    if let Some(median) = times.median_worked {
        fact("", format!("{} a plan (median)", compact(median)), style.text);
    }
    if times.untimed > 0 {
        fact("", format!("{} closed without a clock", count(times.untimed, "turn")), style.text);
    }
    fact("Turns", turns(figures), style.text);
    let unverified = if figures.unverified > 0 { style.warn } else { style.text };
    let share = bars::percent(figures.unverified as u64, figures.done as u64);
    let share = if share.is_empty() { String::new() } else { format!(" ({share})") };
    fact("Unverified", format!("{} of {}{share}", figures.unverified, count(figures.done, "turn")), unverified);
    fact("Rework", rework(figures), style.text);
    if figures.gates > 0 {
        let rejected = if figures.rejected == 0 { "none rejected".into() } else { rejected(figures.rejected) };
        fact("Gates", format!("{}, {rejected}", figures.gates), style.text);
    }
    fact("Outcome", outcome(figures), style.text);
    lines
}

fn rejected(count: u64) -> String {
    format!("rejected {}", times(count))
}

fn turns(figures: &Figures) -> String {
    let mut parts = vec![format!("{} done", figures.done)];
    if figures.skipped > 0 {
        parts.push(format!("{} skipped", figures.skipped));
    }
    if figures.added > 0 {
        parts.push(format!("{} added later", figures.added));
    }
    parts.join(", ")
}

fn rework(figures: &Figures) -> String {
    if figures.rework == 0 {
        return "none".into();
    }
    let mut parts = Vec::new();
    if figures.rejected > 0 {
        parts.push(format!("{} sent back by a gate", figures.rejected));
    }
    if figures.reopened() > 0 {
        parts.push(format!("{} reopened", figures.reopened()));
    }
    parts.join(", ")
}

fn outcome(figures: &Figures) -> String {
    let outcomes = figures.outcomes;
    let said = [(outcomes.yes, "yes"), (outcomes.partly, "partly"), (outcomes.no, "no"), (outcomes.unsaid, "not said")];
    let parts: Vec<String> =
        said.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    parts.join(", ")
}

/// Which strategies have turns unverified or gone back to.
pub(super) fn by_strategy(theme: &Theme, stats: &Stats, columns: usize) -> Vec<Line<'static>> {
    let of = |figure: &dyn Fn(&Figures) -> u64| -> Vec<Row> {
        let rows = stats
            .strategies
            .iter()
            .map(|strategy| (strategy.title.clone(), figure(&strategy.figures), strategy.figures.done as u64));
        rows.collect()
    };
    let mut lines = shares(theme, "Turns unverified", of(&|figures| figures.unverified as u64), columns);
    lines.extend(shares(theme, "Turns gone back to", of(&|figures| figures.reworked as u64), columns));
    lines
}

/// A turn's title, after its session's where there are several.
fn name(turn: &TurnStats) -> String {
    if turn.session_title.is_empty() { turn.title.clone() } else { format!("{}: {}", turn.session_title, turn.title) }
}

/// Which turns were closed unverified or gone back to.
pub(super) fn by_turn(theme: &Theme, strategy: &StrategyStats, columns: usize) -> Vec<Line<'static>> {
    let turns = || strategy.turns.iter().map(|turn| (turn, name(turn)));
    let unverified = turns().map(|(turn, title)| (title, turn.unverified as u64, turn.done as u64)).collect();
    let mut lines = shares(theme, "Closed unverified, by turn", unverified, columns);
    let most = strategy.turns.iter().map(|turn| turn.rework).max().unwrap_or(0);
    let mut rework: Vec<(String, u64)> =
        turns().map(|(turn, title)| (title, turn.rework)).filter(|(_, rework)| *rework > 0).collect();
    rework.sort_by_key(|(_, rework)| std::cmp::Reverse(*rework));
    if !rework.is_empty() {
        lines.extend(heading(theme, "Sent back or reopened, by turn", columns));
    }
    for (title, rework) in rework.into_iter().take(ROWS) {
        lines.extend(bars::amount(theme, &title, (rework, most), &times(rework), columns));
    }
    lines
}

/// A name, how many, and of how many.
type Row = (String, u64, u64);

/// A chart of shares, the largest number first; nothing where all are none.
fn shares(theme: &Theme, title: &str, mut rows: Vec<Row>, columns: usize) -> Vec<Line<'static>> {
    rows.retain(|(_, part, _)| *part > 0);
    rows.sort_by_key(|(_, part, all)| (std::cmp::Reverse(*part), *all));
    if rows.is_empty() {
        return Vec::new();
    }
    let mut lines = heading(theme, title, columns);
    for (name, part, all) in rows.into_iter().take(ROWS) {
        lines.extend(bars::part(theme, &name, (part, all), columns));
    }
    lines
}

/// Checklist items that were left unticked most often.
pub(super) fn misses(theme: &Theme, figures: &Figures, columns: usize) -> Vec<Line<'static>> {
    if figures.misses.is_empty() {
        return Vec::new();
    }
    let mut lines = heading(theme, "Checklist items left unticked", columns);
    for miss in figures.misses.iter().take(ROWS) {
        lines.extend(bars::part(theme, &miss.text, (miss.missed, miss.listed), columns));
    }
    let more = figures.misses.len().saturating_sub(ROWS);
    if more > 0 {
        lines.extend(wrap_plain(&format!("and {}", count(more, "more item")), theme.style.dim, columns));
    }
    lines
}
