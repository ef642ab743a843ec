//! What was planned and what was done, turn by turn, and in all.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::Model;
use crate::app::workspace::Workspace;
use crate::domain::budget::compact;
use crate::domain::metric::{Course, with_unit};
use crate::domain::plan::{Gate, Session, Standing, Turn};
use crate::domain::words::capital;
use crate::keys::Action;
use crate::tui::view::chart;
use crate::tui::view::pane::{Canvas, Pane};
use crate::tui::view::text::{cut, sides, width, wrap_plain};
use crate::tui::view::words::{count, drifted, of_budget};

/// Columns from which a state's word stands beside the title, not below.
const BESIDE: usize = 40;

/// Most readings of a metric that are drawn as bars.
const MAX_BARS: usize = 12;

/// Columns of a time.
const TIME: usize = 6;

/// Draws the summary of the selected session.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, workspace: &Workspace) {
    let inside = canvas.pane(area, &Pane { number: None, title: "Summary", foot: String::new(), focused: false });
    let Some(session) = workspace.selected_session() else { return };
    let columns = usize::from(inside.width);
    let style = canvas.theme.style;
    let mut lines = vec![row(canvas, "Turn", Style::new(), ("plan", "used"), columns, style.dim)];
    for (turn, number) in session.turns.iter().zip(session.turn_numbers()) {
        lines.extend(turn_row(canvas, model, workspace, session, turn, &number, columns));
    }
    let budget = session.whole_budget().map(|budget| compact(budget.high())).unwrap_or_default();
    let used = compact(session.worked(model.now));
    lines.push(row(canvas, "Total", style.heading, (&budget, &used), columns, style.heading));
    if let Some(text) = drifted(&workspace.drift) {
        lines.extend(wrap_plain(&capital(&text), style.warn, columns));
    }
    lines.push(Line::default());
    if let Some(before) = model.listing.name_of(&workspace.plan.follows) {
        let before = cut(before, columns.saturating_sub(9), canvas.theme.glyph.ellipsis);
        lines.push(sides(vec![Span::styled("Follows", style.dim)], vec![Span::raw(before)], columns));
    }
    for (label, text, warn) in facts(session) {
        let text_style = if warn { style.warn } else { style.text };
        lines.push(sides(vec![Span::styled(label, style.dim)], vec![Span::styled(text, text_style)], columns));
    }
    let metrics: Vec<Vec<Line<'static>>> =
        workspace.plan.courses().iter().map(|course| metric(canvas, workspace, course, columns)).collect();
    let height = usize::from(inside.height);
    let gaps = lines.len() + metrics.iter().map(|metric| metric.len() + 1).sum::<usize>() <= height;
    for (at, metric) in metrics.into_iter().enumerate() {
        if gaps || at == 0 {
            lines.push(Line::default());
        }
        lines.extend(metric);
    }
    let max_scroll = lines.len().saturating_sub(height);
    workspace.summary_max_scroll.set(max_scroll);
    let top = workspace.summary_scroll.min(max_scroll);
    let beside = breakpoint(model.size) >= Breakpoint::Roomy;
    canvas.lines(inside, lines.into_iter().skip(top).take(height).collect());
    match (max_scroll, top) {
        (0, _) => {}
        // There the keys scroll the report, which has all of it.
        _ if beside => canvas.foot(area, "more in the report"),
        (max_scroll, top) => {
            let way = if top == max_scroll { Action::ScrollUp } else { Action::ScrollDown };
            let key = model.keymap.key(way).map(|key| format!("{key} scrolls, ")).unwrap_or_default();
            canvas.foot(area, &format!("{key}more {}", if top == max_scroll { "above" } else { "below" }));
        }
    }
}

/// The whole of it in a line, for screens without room for the summary.
pub(super) fn in_brief(model: &Model, session: &Session) -> String {
    let closed = session.turns.iter().filter(|turn| turn.is_closed()).count();
    let worked = session.worked(model.now);
    let time = match session.whole_budget() {
        Some(budget) => of_budget(worked, budget.high()),
        None => format!("{} worked", compact(worked)),
    };
    let (approved, gates) = session.gate_count();
    let gates = if gates > 0 { format!(", {approved} of {} approved", count(gates, "gate")) } else { String::new() };
    format!("{closed} of {} closed{gates}, {time}", count(session.turns.len(), "turn"))
}

/// Text at the left, two times at the right.
fn row(
    canvas: &Canvas<'_, '_>,
    text: &str,
    style: Style,
    times: (&str, &str),
    columns: usize,
    right: Style,
) -> Line<'static> {
    let room = columns.saturating_sub(TIME * 2 + 1);
    let left = vec![Span::styled(cut(text, room, canvas.theme.glyph.ellipsis), style)];
    let times = format!("{:>TIME$}{:>TIME$}", times.0, times.1);
    sides(left, vec![Span::styled(times, right)], columns)
}

fn turn_row(
    canvas: &Canvas<'_, '_>,
    model: &Model,
    workspace: &Workspace,
    session: &Session,
    turn: &Turn,
    number: &str,
    columns: usize,
) -> Vec<Line<'static>> {
    let style = canvas.theme.style;
    let standing = workspace.plan.standing(session, turn);
    let (glyph, glyph_style) = canvas.theme.standing(standing);
    let budget = turn.budget.as_ref().map(|budget| compact(budget.high())).unwrap_or_default();
    let used = turn.total_worked(model.now);
    let used = if used > 0 { compact(used) } else { String::new() };
    let over = turn.budget_used(model.now).is_some_and(|used| used > 100);
    // Words only where the glyph's meaning is not to be missed.
    let word = match standing {
        Standing::Unverified | Standing::Skipped | Standing::Running | Standing::Paused => standing.word(),
        Standing::Done | Standing::Ready | Standing::Waiting => "",
    };
    let ellipsis = canvas.theme.glyph.ellipsis;
    let room = columns.saturating_sub(TIME * 2 + 1 + 2);
    let beside = !word.is_empty() && columns >= BESIDE;
    let word_room = if beside { width(word) + 2 } else { 0 };
    let title = cut(&format!("{number} {}", turn.title), room.saturating_sub(word_room), ellipsis);
    let mut left = vec![Span::styled(format!("{glyph} "), glyph_style), Span::styled(title, style.text)];
    if beside {
        left.push(Span::styled(format!("  {word}"), glyph_style));
    }
    let used_style = if over { style.bad } else { style.text };
    let times =
        vec![Span::styled(format!("{budget:>TIME$}"), style.dim), Span::styled(format!("{used:>TIME$}"), used_style)];
    let mut lines = vec![sides(left, times, columns)];
    if !word.is_empty() && !beside {
        lines.push(Line::styled(format!("    {word}"), glyph_style));
    }
    lines
}

/// Counts of what was to be confirmed, ticked and shown; the last says whether to look at it.
fn facts(session: &Session) -> Vec<(&'static str, String, bool)> {
    let mut facts = Vec::new();
    let (approved, gates) = session.gate_count();
    if gates > 0 {
        let stale = session.turns.iter().filter(|turn| turn.gate.as_ref().is_some_and(Gate::is_stale)).count();
        facts.push(("Gates", format!("{approved} of {gates} approved"), approved < gates));
        if stale > 0 {
            facts.push(("Gates stale", count(stale, "gate"), true));
        }
    }
    let items = session.checklist.len();
    let ticked = items - session.open_items().len();
    facts.push(("Checklist", format!("{ticked} of {items} ticked"), false));
    let slots = || session.turns.iter().flat_map(|turn| &turn.evidence).filter(|slot| slot.required);
    let (required, recorded) = (slots().count(), slots().filter(|slot| slot.recorded.is_some()).count());
    if required > 0 {
        facts.push(("Evidence", format!("{recorded} of {required} required"), false));
    }
    let unverified = session.unverified().len();
    if unverified > 0 {
        facts.push(("Unverified", count(unverified, "turn"), true));
    }
    facts
}

/// A metric: from where to where, how much that is, whether it is enough, and its readings as bars.
fn metric(canvas: &Canvas<'_, '_>, workspace: &Workspace, course: &Course<'_>, columns: usize) -> Vec<Line<'static>> {
    let style = canvas.theme.style;
    let unit = &course.spec.unit;
    let from = |value: f64| with_unit(value, unit);
    let mut lines = wrap_plain(course.spec.name(), style.dim, columns);
    let text = match (course.baseline, course.last()) {
        (Some(before), None) => format!("no reading; {} before", from(before)),
        (None, None) => "no reading".into(),
        (Some(before), Some(last)) if course.is_compared() => {
            let change = course.change_in_words().unwrap_or_default();
            format!("{} {} {}, {change}", from(before), canvas.theme.to(), from(last))
        }
        (_, Some(last)) => format!("{}, one reading", from(last)),
    };
    let change_style = course.improved().map_or(style.text, |good| if good { style.good } else { style.bad });
    lines.extend(wrap_plain(&text, change_style, columns));
    if let Some(target) = course.target_in_words() {
        let (text, target_style) = match (course.reached_in_words(), course.reached()) {
            (Some(reached), Some(true)) => (format!("{reached} ({target})"), style.good),
            (Some(reached), _) => (format!("{reached} ({target})"), style.warn),
            (None, _) => (format!("target {target}"), style.dim),
        };
        lines.extend(wrap_plain(&text, target_style, columns));
    }
    if course.readings.len() > 1 {
        lines.extend(chart::lines(canvas.theme, &workspace.plan, course, 0, columns, MAX_BARS));
    }
    lines
}

/// One bar for each turn: worked against budget, all on one scale.
pub(super) fn bars(
    canvas: &Canvas<'_, '_>,
    workspace: &Workspace,
    model: &Model,
    columns: usize,
) -> Vec<Line<'static>> {
    let Some(session) = workspace.selected_session() else { return Vec::new() };
    let style = canvas.theme.style;
    let glyph = canvas.theme.glyph;
    let times = |turn: &Turn| {
        let budget = turn.budget_seconds().unwrap_or(0);
        (turn.total_worked(model.now), budget)
    };
    let longest = session.turns.iter().map(|turn| times(turn).0.max(times(turn).1)).max().unwrap_or(0).max(1);
    let numbers = session.turn_numbers();
    let number_room = numbers.iter().map(|number| width(number)).max().unwrap_or(1);
    let room = columns.saturating_sub(number_room + 2 + 12) as u64;
    let mut lines = Vec::new();
    for (turn, number) in session.turns.iter().zip(numbers) {
        let (worked, budget) = times(turn);
        let scaled = |seconds: u64| seconds.saturating_mul(room).div_ceil(longest) as usize;
        let within = scaled(if budget == 0 { worked } else { worked.min(budget) });
        let (over, left) = match budget {
            0 => (0, 0),
            budget => (scaled(worked).saturating_sub(scaled(budget)), scaled(budget).saturating_sub(within)),
        };
        let text = if budget == 0 { compact(worked) } else { of_budget(worked, budget) };
        lines.push(Line::from(vec![
            Span::styled(format!("{number:>number_room$} "), style.dim),
            Span::styled(glyph.full.repeat(within), style.good),
            Span::styled(glyph.over.repeat(over), style.bad),
            Span::styled(glyph.empty.repeat(left), style.dim),
            Span::styled(format!(" {text}"), style.text),
        ]));
    }
    lines
}
