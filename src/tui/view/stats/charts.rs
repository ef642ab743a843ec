//! The charts: planned against worked by strategy or by turn, and the course over time.

use ratatui::text::{Line, Span};

use crate::domain::budget::compact;
use crate::domain::stats::{Course, Per, Stats, Step, StrategyStats, Times, TurnStats};
use crate::domain::words;
use crate::tui::view::text::{sides, width, wrap_plain};
use crate::tui::view::theme::Theme;
use crate::tui::view::words::{count, of_budget};

use super::bars::{self, Scale};
use super::facts;

/// Planned against worked: every strategy, or every turn of the selected one.
pub(super) fn times(
    theme: &Theme,
    stats: &Stats,
    strategy: Option<&StrategyStats>,
    columns: usize,
) -> Vec<Line<'static>> {
    match strategy {
        None => of_strategies(theme, stats, columns),
        Some(strategy) => of_turns(theme, strategy, columns),
    }
}

/// Everything else of what is selected.
pub(super) fn rest(
    theme: &Theme,
    stats: &Stats,
    strategy: Option<&StrategyStats>,
    columns: usize,
) -> Vec<Line<'static>> {
    let figures = strategy.map_or(&stats.total, |strategy| &strategy.figures);
    if figures.finished == 0 {
        return Vec::new();
    }
    let mut lines = facts::lines(theme, figures, columns);
    lines.extend(match strategy {
        None => facts::by_strategy(theme, stats, columns),
        Some(strategy) => facts::by_turn(theme, strategy, columns),
    });
    lines.extend(facts::misses(theme, figures, columns));
    lines.extend(course(theme, strategy.map_or(&stats.course, |strategy| &strategy.course), columns));
    lines
}

/// A heading, after a gap.
pub(super) fn heading(theme: &Theme, text: &str, columns: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    lines.extend(wrap_plain(text, theme.style.heading, columns));
    lines
}

fn of_strategies(theme: &Theme, stats: &Stats, columns: usize) -> Vec<Line<'static>> {
    let finished = || stats.strategies.iter().filter(|strategy| strategy.figures.finished > 0);
    let scale = Scale::of(finished().map(|strategy| &strategy.figures.times));
    let mut lines = wrap_plain("Planned and worked, by strategy", theme.style.heading, columns);
    if finished().next().is_none() {
        lines.extend(wrap_plain("No plan is finished yet.", theme.style.text, columns));
    }
    for strategy in finished() {
        let plans = count(strategy.figures.finished, "plan");
        lines.extend(entry(theme, &strategy.title, &plans, &strategy.figures.times, scale, columns));
    }
    lines
}

fn of_turns(theme: &Theme, strategy: &StrategyStats, columns: usize) -> Vec<Line<'static>> {
    let mut lines = wrap_plain("Planned and worked, by turn", theme.style.heading, columns);
    if strategy.figures.finished == 0 {
        let text = format!("No plan of it is finished; {} given up.", count(strategy.figures.abandoned, "plan"));
        lines.extend(wrap_plain(&text, theme.style.text, columns));
        return lines;
    }
    let scale = Scale::of(strategy.turns.iter().map(|turn| &turn.times).chain([&strategy.added]));
    let mut session = "";
    for turn in &strategy.turns {
        if turn.session_title != session {
            session = &turn.session_title;
            lines.extend(wrap_plain(session, theme.style.accent, columns));
        }
        lines.extend(entry(theme, &turn.title, &median(&turn.times), &turn.times, scale, columns));
        let missing = untimed(turn);
        if !missing.is_empty() {
            lines.extend(wrap_plain(&missing, theme.style.dim, columns));
        }
    }
    if strategy.figures.added > 0 {
        let name = format!("Added later, {}", count(strategy.figures.added, "turn"));
        lines.extend(entry(theme, &name, &median(&strategy.added), &strategy.added, scale, columns));
    }
    lines
}

fn median(times: &Times) -> String {
    times.median_worked.map(|median| format!("median {}", compact(median))).unwrap_or_default()
}

/// What of a turn has no part in its times.
fn untimed(turn: &TurnStats) -> String {
    let mut parts = Vec::new();
    if turn.skipped > 0 {
        parts.push(format!("skipped {}", words::times(turn.skipped as u64)));
    }
    if turn.times.untimed > 0 && turn.times.timed > 0 {
        parts.push(format!("{} without a clock", words::times(turn.times.untimed as u64)));
    }
    if turn.times.implausible > 0 {
        parts.push(format!("{} over 100 days left out", count(turn.times.implausible, "time")));
    }
    parts.join(", ")
}

/// A name with a remark and the share of the plan that was used, and its pair of bars.
fn entry(theme: &Theme, name: &str, remark: &str, times: &Times, scale: Scale, columns: usize) -> Vec<Line<'static>> {
    let (used, style) = bars::used(theme, times);
    let remark = if remark.is_empty() { String::new() } else { format!("{remark}, ") };
    let right = vec![Span::styled(remark, theme.style.dim), Span::styled(used, style)];
    let beside: usize = right.iter().map(|span| width(&span.content)).sum();
    let mut name = wrap_plain(name, theme.style.text, columns.saturating_sub(beside + 2)).into_iter();
    let mut lines = vec![sides(name.next().unwrap_or_default().spans, right, columns)];
    lines.extend(name);
    if times.worked > 0 {
        lines.extend(bars::pair(theme, times, scale, columns));
    }
    lines
}

fn course(theme: &Theme, course: &Course, columns: usize) -> Vec<Line<'static>> {
    let head = match course.per {
        Per::Week => "Worked against planned, by week (its Monday)",
        Per::Month => "Worked against planned, by month",
    };
    if course.steps.is_empty() {
        return Vec::new();
    }
    let mut lines = heading(theme, head, columns);
    let scale = Scale::of(course.steps.iter().map(|step| &step.times));
    let labels: Vec<String> = course.steps.iter().map(label).collect();
    let figures: Vec<String> = course.steps.iter().map(figures).collect();
    let wide = |texts: &[String]| texts.iter().map(|text| width(text)).max().unwrap_or(0);
    let (label_room, figure_room) = (wide(&labels), wide(&figures));
    let room = columns.saturating_sub(label_room + figure_room + 2);
    for ((step, label), figure) in course.steps.iter().zip(labels).zip(figures) {
        let mut left = vec![Span::styled(format!("{label:>label_room$} "), theme.style.dim)];
        if room >= 4 {
            left.extend(bars::one(theme, &step.times, scale, room));
        }
        lines.push(sides(left, vec![Span::styled(figure, theme.style.text)], columns));
    }
    if course.outside > 0 {
        let text = format!("{} older, or dated in the future", count(course.outside, "plan"));
        lines.extend(wrap_plain(&text, theme.style.dim, columns));
    }
    lines
}

/// `16 Nov`; of months `Nov 2026`.
fn label(step: &Step) -> String {
    let format = match step.per {
        Per::Week => "%-d %b",
        Per::Month => "%b %Y",
    };
    step.from.strftime(format).to_string()
}

/// `2 plans, 3h/4h`.
fn figures(step: &Step) -> String {
    if step.finished == 0 {
        return "-".into();
    }
    let plans = count(step.finished, "plan");
    match (step.times.worked, step.times.planned) {
        (0, _) => plans,
        (worked, 0) => format!("{plans}, {}", compact(worked)),
        (worked, planned) => format!("{plans}, {}", of_budget(worked, planned)),
    }
}
