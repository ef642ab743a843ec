//! What there is to say of the selected turn, its prompt, and what each session needs.

use jiff::Timestamp;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::blocker::in_the_way;
use crate::app::model::Model;
use crate::app::workspace::Workspace;
use crate::domain::budget::compact;
use crate::domain::plan::{GateStanding, Session, Standing, Turn};
use crate::domain::schedule::Lane;
use crate::tui::view::card;
use crate::tui::view::pane::{Canvas, Pane};
use crate::tui::view::text::{cut, wrap_plain};
use crate::tui::view::words::{count, lettered, listed, moment};
use crate::workflow::describe;

use super::state;

/// The selected turn: what it waits for, its budget, its gate, what it must show.
pub(super) fn turn(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, workspace: &Workspace, lanes: &[Lane]) {
    let inside = canvas.pane(area, &Pane { number: None, title: "Selected turn", foot: String::new(), focused: false });
    let Some((session, turn)) = workspace.selected() else { return };
    let style = canvas.theme.style;
    let columns = usize::from(inside.width);
    let at = session.turns.iter().position(|other| other.id == turn.id).unwrap_or(0);
    let head =
        format!("{}, turn {} of {}: {}", lettered(&workspace.plan, session), at + 1, session.turns.len(), turn.title);
    let mut lines = wrap_plain(&head, style.heading, columns);
    let standing = workspace.plan.standing(session, turn);
    let (glyph, state_style) = canvas.theme.standing(standing);
    lines.extend(wrap_plain(
        &format!("{glyph} {}", standing_words(model, workspace, turn, standing)),
        state_style,
        columns,
    ));
    let lane = lanes.iter().find(|lane| lane.session == session.id);
    lines.extend(wrap_plain(&budget(model, turn, lane), style.text, columns));
    if let Some(text) = gate(model, turn) {
        let open = turn.open_gate().is_some();
        lines.extend(wrap_plain(&text, if open { style.warn } else { style.text }, columns));
    }
    lines.extend(evidence(turn).iter().flat_map(|text| wrap_plain(text, style.text, columns)));
    lines.extend(wrap_plain(&order(workspace, session), style.dim, columns));
    canvas.lines(inside, lines);
}

/// What a turn counts as, in words, with the reason where it waits.
fn standing_words(model: &Model, workspace: &Workspace, turn: &Turn, standing: Standing) -> String {
    let at = |time: Option<Timestamp>| {
        time.map(|time| format!(" {}", moment(time, model.now, &model.zone))).unwrap_or_default()
    };
    match standing {
        Standing::Ready => "ready to start".into(),
        Standing::Waiting => {
            let way = in_the_way(model, workspace).map(|way| format!(": {}; {}", way.long, way.keys));
            format!("waiting{}", way.unwrap_or_default())
        }
        Standing::Running => format!("running, started{}", at(turn.started)),
        Standing::Paused => format!("paused, started{}", at(turn.started)),
        Standing::Done => format!("done{}", at(turn.ended)),
        Standing::Unverified => format!("closed{}, unverified", at(turn.ended)),
        Standing::Skipped => {
            format!("skipped{}", turn.reason.as_ref().map(|why| format!(": {why}")).unwrap_or_default())
        }
    }
}

/// Budget, time used, and when it ends.
fn budget(model: &Model, turn: &Turn, lane: Option<&Lane>) -> String {
    let used = turn.total_worked(model.now);
    let mut parts = match &turn.budget {
        Some(budget) => vec![format!("Budget {}", budget.short())],
        None => vec!["No budget".into()],
    };
    if used > 0 || turn.started.is_some() {
        parts.push(format!("used {}", compact(used)));
    }
    if let Some(over) = state::beyond(turn, model.now) {
        parts.push(format!("{} over", compact(over)));
    } else if !turn.is_closed() {
        let bars = lane.map_or(&[][..], |lane| &lane.bars);
        let end = bars.iter().filter(|bar| bar.turn == turn.id).map(|bar| bar.to).max();
        let end = end.and_then(|end| Timestamp::from_second(end).ok()).map(|end| moment(end, model.now, &model.zone));
        let on_time = if turn.running_since.is_some() { "if on time" } else { "if work goes on now and stays on time" };
        parts.extend(end.map(|end| format!("ends {end} {on_time}")));
    }
    parts.join(", ") + "."
}

/// The gate after the turn, and where it stands.
fn gate(model: &Model, turn: &Turn) -> Option<String> {
    let gate = describe::gate(turn)?;
    let by = match gate.standing {
        GateStanding::Open => String::new(),
        GateStanding::Stale => format!(" ({})", gate.of.stale),
        GateStanding::Approved | GateStanding::Rejected => {
            let at = gate.of.at.map(|at| format!(" {}", moment(at, model.now, &model.zone))).unwrap_or_default();
            let by = if gate.of.by.is_empty() { String::new() } else { format!(" by {}", gate.of.by) };
            format!("{by}{at}")
        }
    };
    Some(format!("Gate, {}{by}{}: {}", gate.word(), gate.request(), gate.of.text))
}

/// What was recorded of what it must show.
fn evidence(turn: &Turn) -> Option<String> {
    let all = turn.evidence.len();
    let recorded = turn.evidence.iter().filter(|slot| slot.recorded.is_some()).count();
    let missing: Vec<String> = turn.missing().iter().map(|slot| slot.lack()).collect();
    match (all, missing.as_slice()) {
        (0, _) => None,
        (_, []) => Some(format!("Evidence: {recorded} of {all} recorded, nothing required is missing.")),
        (_, missing) => Some(format!("Evidence: {recorded} of {all} recorded; required: {}.", missing.join("; "))),
    }
}

/// What the session waits for, and what waits for it.
fn order(workspace: &Workspace, session: &Session) -> String {
    let plan = &workspace.plan;
    let waits: Vec<String> = session
        .after
        .iter()
        .filter_map(|id| plan.session(id))
        .map(|other| {
            if other.is_over() { format!("{} ({})", lettered(plan, other), other.state) } else { lettered(plan, other) }
        })
        .collect();
    let blocks: Vec<String> = plan.blocks(session).iter().map(|other| lettered(plan, other)).collect();
    let waits =
        if waits.is_empty() { "waits for no other".to_owned() } else { format!("comes after {}", listed(&waits)) };
    let blocks = match blocks.as_slice() {
        [] => "none waits for it".to_owned(),
        [one] => format!("{one} waits for it"),
        several => format!("{} wait for it", listed(several)),
    };
    format!("The session {waits}; {blocks}.")
}

/// The selected turn's prompt, its beginning.
pub(super) fn prompt(canvas: &mut Canvas<'_, '_>, area: Rect, workspace: &Workspace) {
    let title = match workspace.selected() {
        Some((_, turn)) if turn.sent.is_some() => "Prompt as it was sent",
        Some(_) | None => "Prompt",
    };
    let inside = canvas.pane(area, &Pane { number: None, title, foot: String::new(), focused: false });
    let Some((session, turn)) = workspace.selected() else { return };
    let columns = usize::from(inside.width);
    let lines = match workspace.plan.prompt_preview(session, turn) {
        Ok(pieces) => card::prompt(&pieces, None, canvas.theme, columns),
        Err(error) => wrap_plain(&error.to_string(), canvas.theme.style.bad, columns),
    };
    if let Some(seen) = canvas.scrolled(inside, lines, workspace.scroll) {
        canvas.foot(area, &format!("{seen} %"));
    }
}

/// Per session the one thing to look at, the most urgent first.
pub(super) fn attention(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, workspace: &Workspace, lanes: &[Lane]) {
    let inside = canvas.pane(area, &Pane { number: None, title: "Attention", foot: String::new(), focused: false });
    let theme = canvas.theme;
    let columns = usize::from(inside.width);
    let mut told: Vec<_> = workspace
        .plan
        .sessions
        .iter()
        .map(|session| {
            let lane = lanes.iter().find(|lane| lane.session == session.id);
            state::attention(theme, model, &workspace.plan, session, lane)
        })
        .collect();
    told.sort_by_key(|(rank, _)| *rank);
    let height = usize::from(inside.height);
    let hidden = if told.len() > height { told.len() + 1 - height.max(1) } else { 0 };
    let shown = told.len() - hidden;
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (_, state) in told.into_iter().take(shown) {
        let text = cut(&state.word, columns.saturating_sub(2), theme.glyph.ellipsis);
        lines.push(Line::from(vec![Span::styled(format!("{} ", state.glyph), state.style), Span::raw(text)]));
    }
    if hidden > 0 {
        lines.push(Line::styled(format!("and {}", count(hidden, "more session")), theme.style.dim));
    }
    canvas.lines(inside, lines);
}
