//! The timeline: every turn with its state, its budget against the time worked, its gate.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::blocker::in_the_way;
use crate::app::model::Model;
use crate::app::msg::ClickTarget;
use crate::app::workspace::{Pane as Focus, Workspace};
use crate::domain::budget::compact;
use crate::domain::command::TurnRef;
use crate::domain::plan::{GateStanding, Kept, Plan, Session, SessionState, Standing, Turn};
use crate::domain::untrusted::shown;
use crate::workflow::describe;

use super::evidence::iteration;
use super::pane::{Canvas, top_of};
use super::text::{sides, width, wrap_plain};
use super::words::{drifted, listed};

/// Most iterations of a turn that are shown.
const ROUNDS: usize = 4;

/// Columns from which an iteration is named in full.
const LONG: usize = 42;

/// Draws the turns of the selected session in the pane with this number.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, workspace: &Workspace, number: usize) {
    let Some(session) = workspace.selected_session() else { return };
    if area.height == 0 {
        return;
    }
    let columns = usize::from(area.width);
    let drift: Vec<Line<'_>> =
        drifted(&workspace.drift).map(|text| wrap_plain(&text, canvas.theme.style.warn, columns)).unwrap_or_default();
    let mut drift = drift;
    drift.extend(queued(&workspace.plan).iter().flat_map(|text| wrap_plain(text, canvas.theme.style.dim, columns)));
    let drift = if usize::from(area.height) > 8 + drift.len() { drift } else { Vec::new() };
    let total_rows = u16::from(area.height > 4) * 2 + drift.len() as u16;
    let turns_area = Rect { height: area.height - total_rows, ..area };
    let numbers = session.turn_numbers();
    let wide = numbers.iter().map(String::len).max().unwrap_or(1);
    // Each turn with its lines; the index of the turn for clicks.
    let mut rows: Vec<(usize, Line<'_>)> = Vec::new();
    let mut first_of_selected = 0;
    for (at, turn) in session.turns.iter().enumerate() {
        if turn.id == workspace.turn {
            first_of_selected = rows.len();
        }
        let label = format!("{:>wide$}", numbers[at]);
        for line in turn_lines(canvas, model, workspace, session, turn, &label, columns) {
            rows.push((at, line));
        }
    }
    let top = top_of(rows.len(), usize::from(turns_area.height), first_of_selected + 1);
    for (at, (turn, row)) in rows.into_iter().enumerate().skip(top).take(usize::from(turns_area.height)) {
        let place = Rect { y: turns_area.y + (at - top) as u16, height: 1, ..turns_area };
        canvas.frame.render_widget(row, place);
        canvas.hit(place, ClickTarget::Row(number, turn));
    }
    if total_rows > 0 {
        let line = total(canvas, model, session, columns);
        canvas.lines(Rect { y: area.bottom() - 1, height: 1, ..area }, vec![line]);
        let rows = drift.len() as u16;
        canvas.lines(Rect { y: area.bottom() - 1 - rows, height: rows, ..area }, drift);
    }
}

fn turn_lines<'a>(
    canvas: &Canvas<'_, '_>,
    model: &Model,
    workspace: &Workspace,
    session: &Session,
    turn: &Turn,
    number: &str,
    columns: usize,
) -> Vec<Line<'a>> {
    let theme = canvas.theme;
    let style = theme.style;
    let focused = workspace.pane == Focus::Timeline;
    let selected = turn.id == workspace.turn;
    let standing = workspace.plan.standing(session, turn);
    let (glyph, glyph_style) = theme.standing(standing);
    let mut left = vec![
        canvas.marker(selected, focused),
        Span::styled(glyph, glyph_style),
        Span::raw(" "),
        Span::styled(format!("{number} "), style.dim),
    ];
    let title_style = match (selected, standing) {
        (true, _) => canvas.row_style(true, focused),
        (false, Standing::Waiting | Standing::Skipped) => style.dim,
        (false, _) => style.text,
    };
    if turn.added {
        left.push(Span::styled("+ ", style.accent));
    }
    left.push(Span::styled(shown(&turn.title).into_owned(), title_style));
    // At the right, where no long title cuts it off.
    let iteration = if turn.iteration > 1 { format!("#{}  ", turn.iteration) } else { String::new() };
    let right = vec![Span::styled(iteration, style.text), Span::styled(figures(model, turn), style.dim)];
    let mut lines = vec![sides(left, right, columns)];
    let word = state_word(workspace, session, turn, standing);
    let used = turn.budget_used(model.now);
    let open = matches!(standing, Standing::Running | Standing::Paused);
    if let (true, Some(used)) = (open, used) {
        let word = standing.word();
        let mark = if used >= 80 { " !" } else { "" };
        let share = format!("{used}%{mark}");
        // What stands beside the bar: the margin, two gaps, the word, the share.
        let room = columns.saturating_sub(5 + width(word) + share.len()).clamp(4, 16) as u16;
        let (bar, bar_style) = theme.budget_bar(used, room);
        let left = vec![Span::raw("   "), Span::styled(bar, bar_style), Span::styled(format!(" {word}"), glyph_style)];
        lines.push(sides(left, vec![Span::styled(share, bar_style)], columns));
    } else if selected || matches!(standing, Standing::Unverified | Standing::Running | Standing::Paused) {
        let left = vec![Span::raw("   "), Span::styled(word, glyph_style)];
        lines.push(sides(left, Vec::new(), columns));
    }
    if selected || open {
        lines.extend(iterations(canvas, workspace, session, turn, columns));
    }
    if let Some(reason) = turn.reason.as_ref().filter(|_| selected && open) {
        lines.extend(indented(&format!("sent back: {reason}"), style.warn, columns));
    }
    if let Some(gate) = describe::gate(turn) {
        let (glyph, gate_style) = match gate.standing {
            GateStanding::Stale => (theme.glyph.gate_open, style.warn),
            GateStanding::Approved => (theme.glyph.gate_passed, style.good),
            GateStanding::Rejected => (theme.glyph.gate_rejected, style.bad),
            GateStanding::Open if gate.waits => (theme.glyph.gate_open, style.warn),
            GateStanding::Open => (theme.glyph.gate_open, style.dim),
        };
        let word = gate.word();
        lines.push(Line::from(vec![Span::raw("   "), Span::styled(format!("{glyph} gate {word}"), gate_style)]));
        if gate.standing == GateStanding::Stale {
            lines.extend(indented(&gate.of.stale, style.warn, columns));
        }
        if let Some(asked) = &gate.asked {
            lines.extend(indented(asked, style.warn, columns));
        }
        if selected || gate.waits {
            lines.extend(indented(&gate.of.text, style.dim, columns));
        }
    }
    if let Some(way) = in_the_way(model, workspace).filter(|_| selected) {
        // Of a gate the lines above say where it stands.
        let text = if turn.open_gate().is_some() { way.keys } else { format!("{}: {}", way.long, way.keys) };
        lines.extend(indented(&text, style.accent, columns));
    }
    lines
}

/// What waits to become plans of their own.
fn queued(plan: &Plan) -> Option<String> {
    let titles: Vec<&str> = plan.waiting().iter().map(|queued| queued.title.as_str()).collect();
    (!titles.is_empty()).then(|| format!("queued: {}", listed(&titles)))
}

/// The iterations of a turn that repeats, the last ones, each with what it did to the first metric that
/// it has a reading of: `optimization 2 of 3, kept, 120 -> 80 ms`, short where there is little room.
fn iterations(
    canvas: &Canvas<'_, '_>,
    workspace: &Workspace,
    session: &Session,
    turn: &Turn,
    columns: usize,
) -> Vec<Line<'static>> {
    if !turn.has_iterations() {
        return Vec::new();
    }
    let theme = canvas.theme;
    let at = TurnRef::new(&session.id, &turn.id);
    let numbers = turn.iteration_numbers();
    let earlier = numbers.len().saturating_sub(ROUNDS);
    let mut lines = Vec::new();
    if earlier > 0 {
        lines.extend(indented(&format!("{earlier} earlier"), theme.style.dim, columns));
    }
    for number in numbers.into_iter().skip(earlier) {
        let kept = turn.kept_of(number);
        let did = iteration::did(theme, &workspace.plan, &at, number)
            .into_iter()
            .next()
            .map(|did| did.step)
            .unwrap_or_default();
        if kept == Kept::Undecided && did.is_empty() {
            // The title says which one is under way.
            continue;
        }
        let text = if columns >= LONG {
            let parts = [turn.iteration_in_words(number), kept.told().to_owned(), did];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        } else {
            format!("#{number} {} {did}", kept.told()).replace("  ", " ")
        };
        lines.extend(indented(text.trim_end(), iteration::kept_style(theme, kept), columns));
    }
    lines
}

/// Text under a turn, wrapped, a few lines of it at the most.
fn indented(text: &str, style: Style, columns: usize) -> impl Iterator<Item = Line<'static>> + use<> {
    wrap_plain(text, style, columns.saturating_sub(5)).into_iter().take(4).map(|mut line| {
        line.spans.insert(0, Span::raw("     "));
        line
    })
}

/// The state in words, with what is missing.
fn state_word(workspace: &Workspace, session: &Session, turn: &Turn, standing: Standing) -> String {
    let repeat = if turn.repeat.is_empty() { String::new() } else { format!(", repeats per {}", shown(&turn.repeat)) };
    match standing {
        Standing::Unverified => format!("unverified: {} missing", turn.all_missing().len()),
        Standing::Skipped => format!("skipped: {}", shown(turn.reason.as_deref().unwrap_or("no reason given"))),
        Standing::Waiting => match workspace.plan.waits_for(session).first() {
            Some(other) => format!("waits for {}", shown(&other.title)),
            None if turn.added => format!("waiting, added later{repeat}"),
            None => format!("waiting{repeat}"),
        },
        Standing::Ready if turn.added => format!("{}, added later{repeat}", standing.word()),
        Standing::Ready | Standing::Running | Standing::Paused | Standing::Done => {
            format!("{}{repeat}", standing.word())
        }
    }
}

/// `9/10m`, `20m`: time worked against the budget's upper end.
fn figures(model: &Model, turn: &Turn) -> String {
    let worked = turn.total_worked(model.now);
    let budget = turn.budget_seconds().map(compact);
    match (worked, budget) {
        (0, Some(budget)) => budget,
        (0, None) => String::new(),
        (worked, Some(budget)) => format!("{}/{budget}", compact(worked)),
        (worked, None) => compact(worked),
    }
}

fn total<'a>(canvas: &Canvas<'_, '_>, model: &Model, session: &Session, columns: usize) -> Line<'a> {
    let style = canvas.theme.style;
    let worked = session.worked(model.now);
    let Some(budget) = session.whole_budget() else {
        return Line::styled(format!("Total {}", compact(worked)), style.dim);
    };
    let left = vec![Span::styled(format!("Total {} of {}", compact(worked), compact(budget.high())), style.dim)];
    let over = worked.saturating_sub(budget.high());
    let right = match session.state {
        SessionState::Finished | SessionState::Abandoned => Span::styled(session.state.word(), style.good),
        SessionState::WrapUp => Span::styled("ready to wrap up", style.warn),
        SessionState::Planned | SessionState::Running if over > 0 => {
            Span::styled(format!("{} over", compact(over)), style.bad)
        }
        SessionState::Planned | SessionState::Running => {
            Span::styled(format!("{} left", compact(budget.high() - worked)), style.dim)
        }
    };
    sides(left, vec![right], columns)
}
