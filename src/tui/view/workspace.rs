//! A plan's workspace: timeline, prompt, checklist, evidence.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::Model;
use crate::app::workspace::{Pane as Focus, Workspace};
use crate::domain::plan::{Session, TurnState};
use crate::domain::prompt::tokens;
use crate::domain::template::Piece;
use crate::domain::untrusted::shown;

use super::pane::{Canvas, Pane};
use super::text::{sides, wrap_plain};
use super::{card, evidence, timeline};

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, workspace: &Workspace) {
    let room = breakpoint(model.size);
    if room == Breakpoint::Narrow {
        let names: Vec<(String, bool)> =
            Workspace::PANES.iter().map(|pane| (name(*pane, workspace), *pane == workspace.pane)).collect();
        let names: Vec<(&str, bool)> = names.iter().map(|(name, on)| (name.as_str(), *on)).collect();
        let area = canvas.tabs(body, &names);
        return inside(canvas, area, area, model, workspace, workspace.pane);
    }
    if workspace.zoomed {
        return one(canvas, body, model, workspace, workspace.pane);
    }
    match room {
        Breakpoint::Wide => {
            let columns = [Constraint::Length(46), Constraint::Fill(3), Constraint::Fill(2)];
            let [left, middle, right] = Layout::horizontal(columns).areas(body);
            one(canvas, left, model, workspace, Focus::Timeline);
            one(canvas, middle, model, workspace, Focus::Prompt);
            let items = workspace.selected_session().map_or(6, |session| session.checklist.len()) as u16;
            let [top, bottom] =
                Layout::vertical([Constraint::Fill(1), Constraint::Length((items + 2).min(body.height / 2))])
                    .areas(right);
            one(canvas, top, model, workspace, Focus::Evidence);
            one(canvas, bottom, model, workspace, Focus::Checklist);
        }
        Breakpoint::Roomy => {
            let [left, right] = Layout::horizontal([Constraint::Length(40), Constraint::Fill(1)]).areas(body);
            let [top, bottom] = Layout::vertical([Constraint::Percentage(52), Constraint::Fill(1)]).areas(right);
            let [first, second] = Layout::horizontal([Constraint::Percentage(45), Constraint::Fill(1)]).areas(bottom);
            one(canvas, left, model, workspace, Focus::Timeline);
            one(canvas, top, model, workspace, Focus::Prompt);
            one(canvas, first, model, workspace, Focus::Checklist);
            one(canvas, second, model, workspace, Focus::Evidence);
        }
        Breakpoint::Normal | Breakpoint::Narrow => {
            let left = if body.width < 90 { 31 } else { 38 };
            let [left, right] = Layout::horizontal([Constraint::Length(left), Constraint::Fill(1)]).areas(body);
            let share = if workspace.pane == workspace.lower_pane { 60 } else { 45 };
            let [top, bottom] = Layout::vertical([Constraint::Fill(1), Constraint::Percentage(share)]).areas(right);
            one(canvas, left, model, workspace, Focus::Timeline);
            one(canvas, top, model, workspace, Focus::Prompt);
            one(canvas, bottom, model, workspace, workspace.lower_pane);
        }
    }
}

fn number(pane: Focus) -> usize {
    Workspace::PANES.iter().position(|other| *other == pane).unwrap_or(0)
}

fn name(pane: Focus, workspace: &Workspace) -> String {
    let session = workspace.selected_session();
    match pane {
        Focus::Timeline => "Timeline".into(),
        Focus::Prompt => "Prompt".into(),
        Focus::Checklist => {
            let (ticked, all) = session.map_or((0, 0), ticks);
            format!("Checklist {ticked}/{all}")
        }
        Focus::Evidence => {
            let slots = workspace.selected().map(|(_, turn)| turn.evidence.as_slice()).unwrap_or_default();
            let recorded = slots.iter().filter(|slot| slot.recorded.is_some()).count();
            format!("Evidence {recorded}/{}", slots.len())
        }
    }
}

fn ticks(session: &Session) -> (usize, usize) {
    (session.checklist.len() - session.open_items().len(), session.checklist.len())
}

fn one(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, workspace: &Workspace, pane: Focus) {
    let title = match pane {
        Focus::Timeline if workspace.plan.is_multi_session() => {
            workspace.selected_session().map(|session| session.title.clone()).unwrap_or_default()
        }
        Focus::Evidence => format!("{} and notes", name(pane, workspace)),
        Focus::Timeline | Focus::Prompt | Focus::Checklist => name(pane, workspace),
    };
    let foot = match pane {
        Focus::Timeline => place(workspace),
        // Where the two share a place, the foot says how to reach the other one.
        Focus::Checklist if breakpoint(model.size) == Breakpoint::Normal => {
            format!("4 {}", name(Focus::Evidence, workspace))
        }
        Focus::Evidence if breakpoint(model.size) == Breakpoint::Normal => {
            format!("3 {}", name(Focus::Checklist, workspace))
        }
        Focus::Prompt | Focus::Checklist | Focus::Evidence => String::new(),
    };
    let frame = Pane { number: Some(number(pane)), title: &title, foot, focused: workspace.pane == pane };
    let area_inside = canvas.pane(area, &frame);
    inside(canvas, area_inside, area, model, workspace, pane);
}

fn place(workspace: &Workspace) -> String {
    let Some((session, turn)) = workspace.selected() else { return String::new() };
    let numbers = session.turn_numbers();
    let at = session.turns.iter().position(|other| other.id == turn.id).unwrap_or(0);
    let last = numbers.last().map_or("0", |last| last.rsplit('-').next().unwrap_or(last));
    format!("turn {} of {last}", numbers[at])
}

fn inside(canvas: &mut Canvas<'_, '_>, area: Rect, border: Rect, model: &Model, workspace: &Workspace, pane: Focus) {
    match pane {
        Focus::Timeline => timeline::draw(canvas, area, model, workspace, number(pane)),
        Focus::Prompt => prompt(canvas, area, border, model, workspace),
        Focus::Checklist => checklist(canvas, area, model, workspace),
        Focus::Evidence => evidence::draw(canvas, area, model, workspace, number(pane)),
    }
}

/// The prompt as it will be sent, or was.
fn prompt(canvas: &mut Canvas<'_, '_>, area: Rect, border: Rect, model: &Model, workspace: &Workspace) {
    let style = canvas.theme.style;
    let Some((session, turn)) = workspace.selected() else { return };
    let columns = usize::from(area.width);
    let pieces: Vec<Piece> = match workspace.plan.prompt_preview(session, turn) {
        Ok(pieces) => pieces,
        Err(error) => {
            let lines = wrap_plain(&format!("The template of this prompt is wrong: {error}"), style.bad, columns);
            return canvas.lines(area, lines);
        }
    };
    let mut lines = card::prompt(&pieces, None, canvas.theme, columns);
    let whole: usize = pieces.iter().map(|piece| piece.text.chars().count()).sum();
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let state = match (&turn.sent, turn.state) {
        (Some(sent), _) => {
            let at = sent.at.to_zoned(model.zone.clone()).strftime("%H:%M").to_string();
            if sent.via == "closed" {
                "as it stood when the turn was closed".into()
            } else {
                format!("{} {at}, frozen", shown(&sent.via))
            }
        }
        (None, TurnState::Pending) => "not sent".into(),
        (None, TurnState::Active | TurnState::Done | TurnState::Skipped) => "not sent yet".into(),
    };
    let state = if turn.prompt.is_some() { format!("your own words, {state}") } else { state };
    lines.push(Line::raw(""));
    lines.push(Line::styled(format!("{whole} characters, ~{} tokens, {state}", tokens(&text)), style.dim));
    if let Some(seen) = canvas.scrolled(area, lines, workspace.scroll) {
        canvas.foot(border, &format!("{seen}%"));
    }
}

fn checklist(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, workspace: &Workspace) {
    let style = canvas.theme.style;
    let Some(session) = workspace.selected_session() else { return };
    let focused = workspace.pane == Focus::Checklist;
    let columns = usize::from(area.width);
    let rows: Vec<Line<'_>> = session
        .checklist
        .iter()
        .enumerate()
        .map(|(at, item)| {
            let selected = at == workspace.item;
            let (mark, mark_style) = if item.ticked.is_some() { ("[x] ", style.good) } else { ("[ ] ", style.text) };
            let left = vec![
                canvas.marker(selected, focused),
                Span::styled(mark, mark_style),
                Span::styled(shown(&item.text).into_owned(), canvas.row_style(selected && focused, focused)),
            ];
            let right = item.ticked.as_ref().map(|tick| {
                let at = tick.at.to_zoned(model.zone.clone()).strftime("%H:%M").to_string();
                vec![Span::styled(format!("{} {at}", shown(&tick.by)), style.dim)]
            });
            let right = if columns >= 50 { right.unwrap_or_default() } else { Vec::new() };
            sides(left, right, columns)
        })
        .collect();
    canvas.list(area, number(Focus::Checklist), rows, workspace.item);
}
