//! What a turn must show and has shown, what came back, readings of metrics, notes.

pub(super) mod iteration;
mod metric;
mod slot;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::model::Model;
use crate::app::msg::ClickTarget;
use crate::app::workspace::{EvidenceRow, Pane as Focus, Workspace};
use crate::domain::claims::{Claim, RESULT};
use crate::domain::plan::Turn;
use crate::domain::untrusted::shown;

use super::pane::{Canvas, top_of};
use super::text::{cut, sides, wrap_plain};
use super::words::listed;

/// Draws the rows in the pane with this number.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, workspace: &Workspace, number: usize) {
    let Some((_, turn)) = workspace.selected() else { return };
    let rows = workspace.evidence_rows();
    let focused = workspace.pane == Focus::Evidence;
    let page = Page { model, workspace, turn, claims: workspace.claims(turn), columns: usize::from(area.width) };
    let mut lines: Vec<(usize, Line<'_>)> = Vec::new();
    let mut first_of_selected = 0;
    for (at, row) in rows.iter().enumerate() {
        let selected = at == workspace.row && focused;
        if at == workspace.row {
            first_of_selected = lines.len();
        }
        for line in page.row(canvas, row, selected) {
            lines.push((at, line));
        }
    }
    // All of a row that takes several lines is in sight where it fits; its beginning always is.
    let height = usize::from(area.height);
    let last = lines.iter().rposition(|(at, _)| *at == workspace.row).unwrap_or(first_of_selected);
    let middle = top_of(lines.len(), height, usize::midpoint(first_of_selected, last + 1));
    let top = middle.min(first_of_selected).max((last + 1).saturating_sub(height).min(first_of_selected));
    let all = lines.len();
    for (at, (row, line)) in lines.into_iter().enumerate().skip(top).take(usize::from(area.height)) {
        let place = Rect { y: area.y + (at - top) as u16, height: 1, ..area };
        canvas.frame.render_widget(line, place);
        canvas.hit(place, ClickTarget::Row(number, row));
    }
    if all < usize::from(area.height) && turn.evidence.is_empty() {
        let place = Rect { y: area.bottom() - 1, height: 1, ..area };
        canvas.lines(place, vec![Line::styled("This turn asks for no evidence.", canvas.theme.style.dim)]);
    }
}

/// What every row is drawn from.
struct Page<'p> {
    model: &'p Model,
    workspace: &'p Workspace,
    turn: &'p Turn,
    /// The phrases of the turn that claim without showing.
    claims: Vec<Claim>,
    columns: usize,
}

impl Page<'_> {
    fn row(&self, canvas: &Canvas<'_, '_>, row: &EvidenceRow, selected: bool) -> Vec<Line<'static>> {
        let Self { model, workspace, turn, columns, .. } = *self;
        let style = canvas.theme.style;
        let marker = canvas.marker(selected, true);
        let row_style = canvas.row_style(selected, true);
        match row {
            EvidenceRow::Slot(at) => {
                let Some(slot) = turn.evidence.get(*at) else { return Vec::new() };
                let mut lines = slot::lines(canvas, model, slot, selected, columns);
                lines.extend(self.claimed(canvas, &slot.id));
                lines
            }
            EvidenceRow::Result => {
                let left = vec![marker, Span::styled("Result", row_style)];
                let first = turn.result.lines().next();
                let count = turn.result.lines().count();
                let mut lines =
                    vec![sides(left, vec![Span::styled(first.map_or("not written", |_| ""), style.dim)], columns)];
                for text in turn.result.lines().take(3) {
                    lines.push(Line::styled(
                        format!("  {}", cut(text, columns.saturating_sub(2), canvas.theme.glyph.ellipsis)),
                        style.dim,
                    ));
                }
                if count > 3 {
                    lines.push(Line::styled(format!("  and {} more lines", count - 3), style.dim));
                }
                lines.extend(self.claimed(canvas, RESULT));
                lines
            }
            EvidenceRow::Metric(at) => {
                let courses = workspace.plan.courses();
                let Some(course) = courses.get(*at) else { return Vec::new() };
                let left = vec![marker, Span::styled(shown(course.spec.name()).into_owned(), row_style)];
                let whole = selected || workspace.zoomed && workspace.pane == Focus::Evidence;
                metric::lines(canvas.theme, &workspace.plan, course, left, columns, whole)
            }
            EvidenceRow::Note(at) => {
                let Some(note) = workspace.plan.notes.get(*at) else { return Vec::new() };
                let time = note.at.to_zoned(model.zone.clone()).strftime("%H:%M").to_string();
                let left = vec![
                    marker,
                    Span::styled(format!("{time} note  "), style.dim),
                    Span::styled(shown(note.text.lines().next().unwrap_or_default()).into_owned(), row_style),
                ];
                vec![sides(left, Vec::new(), columns)]
            }
            EvidenceRow::Iteration(number) => {
                let earlier = turn.iterations.iter().find(|earlier| earlier.number == *number);
                let time = earlier.map_or_else(|| turn.worked(model.now), |earlier| earlier.worked);
                let iteration = iteration::Iteration { at: &workspace.turn_ref(), turn, number: *number, time };
                iteration::lines(canvas.theme, &workspace.plan, &iteration, (marker, row_style), columns)
            }
        }
    }

    /// Words at one place that claim without showing.
    fn claimed(&self, canvas: &Canvas<'_, '_>, place: &str) -> Vec<Line<'static>> {
        let here = |claim: &&Claim| claim.place == place && claim.iteration == self.turn.iteration;
        let phrases: Vec<String> = self.claims.iter().filter(here).map(|claim| format!("'{}'", claim.phrase)).collect();
        if phrases.is_empty() {
            return Vec::new();
        }
        let text = format!("claimed, not shown: {}", listed(&phrases));
        let lines = wrap_plain(&text, canvas.theme.style.warn, self.columns.saturating_sub(3)).into_iter();
        let lines = lines.map(|mut line| {
            line.spans.insert(0, Span::raw("   "));
            line
        });
        lines.collect()
    }
}
