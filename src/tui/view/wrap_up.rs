//! The end of a session: what was planned and done, what is ticked, what came of it.

mod indicators;
mod points;
mod reflection;
mod summary;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::Model;
use crate::app::workspace::Workspace;
use crate::domain::untrusted::shown;
use crate::export::markdown::report;

use super::pane::{Canvas, Pane, top_of};
use super::text::wrap_plain;
use super::words::{bare_title, letter_of};

/// Rows that the report wants at least below the reflection.
const REPORT: u16 = 12;

/// Draws the wrap-up with as many panes as there is room for.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, workspace: &Workspace) {
    let part = |percent: u16| body.width * percent / 100;
    if workspace.reading {
        return preview(canvas, body, model, workspace);
    }
    match breakpoint(model.size) {
        Breakpoint::Narrow => reflect(canvas, body, model, workspace),
        Breakpoint::Normal => {
            let (left, right) = columns(body, part(42));
            summary::draw(canvas, left, model, workspace);
            reflect(canvas, right, model, workspace);
        }
        Breakpoint::Roomy => {
            let (left, right) = columns(body, part(38));
            summary::draw(canvas, left, model, workspace);
            // All of the reflection in sight is worth more than more of the report.
            let wanted = reflection::lines(canvas, model, workspace, usize::from(right.width.saturating_sub(4))).len()
                as u16
                + 2;
            let height = wanted.clamp(body.height / 2, body.height.saturating_sub(REPORT).max(body.height / 2));
            reflect(canvas, Rect { height, ..right }, model, workspace);
            preview(canvas, Rect { y: right.y + height, height: right.height - height, ..right }, model, workspace);
        }
        Breakpoint::Wide => {
            let (left, rest) = columns(body, part(28));
            let (middle, right) = columns(rest, part(36));
            let bars = summary::bars(canvas, workspace, model, usize::from(left.width.saturating_sub(4)));
            let height = (bars.len() as u16 + 2).min(left.height / 2);
            summary::draw(canvas, Rect { height: left.height - height, ..left }, model, workspace);
            let below = Rect { y: left.bottom() - height, height, ..left };
            let frame = Pane { number: None, title: "Plan against actual", foot: String::new(), focused: false };
            let inside = canvas.pane(below, &frame);
            canvas.lines(inside, bars);
            reflect(canvas, middle, model, workspace);
            preview(canvas, right, model, workspace);
        }
    }
}

fn columns(area: Rect, left: u16) -> (Rect, Rect) {
    (Rect { width: left, ..area }, Rect { x: area.x + left, width: area.width - left, ..area })
}

/// The pane with the focus: items, outcome, words, the end.
fn reflect(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, workspace: &Workspace) {
    let title = match workspace.selected_session() {
        Some(session) if workspace.plan.is_multi_session() => {
            let plan = &workspace.plan;
            format!(
                "Session {} of {}: {}",
                letter_of(plan, session),
                plan.sessions.len(),
                shown(bare_title(plan, session))
            )
        }
        Some(_) | None => "Reflection".to_owned(),
    };
    let inside = canvas.pane(area, &Pane { number: None, title: &title, foot: String::new(), focused: true });
    let lines = reflection::lines(canvas, model, workspace, usize::from(inside.width));
    let height = usize::from(inside.height);
    let first = lines.iter().position(|(row, _)| *row == Some(workspace.wrap_row)).unwrap_or(0);
    let last = lines.iter().rposition(|(row, _)| *row == Some(workspace.wrap_row)).unwrap_or(0);
    // All of a row that takes several lines is in sight where it fits; its beginning always is.
    let middle = top_of(lines.len(), height, usize::midpoint(first, last));
    let top = middle.min(first).max((last + 1).saturating_sub(height).min(first));
    let more = lines.len() > top + height;
    for (at, (row, line)) in lines.into_iter().enumerate().skip(top).take(height) {
        let place = Rect { y: inside.y + (at - top) as u16, height: 1, ..inside };
        canvas.lines(place, vec![line]);
        if let Some(row) = row {
            canvas.hit(place, crate::app::msg::ClickTarget::Row(0, row));
        }
    }
    match (top > 0, more) {
        (true, true) => canvas.foot(area, "more above and below"),
        (true, false) => canvas.foot(area, "more above"),
        (false, true) => canvas.foot(area, "more below"),
        (false, false) => {}
    }
}

/// The report as it would be exported.
fn preview(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, workspace: &Workspace) {
    let frame =
        Pane { number: None, title: "Report preview (Markdown)", foot: String::new(), focused: workspace.reading };
    let inside = canvas.pane(area, &frame);
    if inside.height == 0 {
        return;
    }
    let style = canvas.theme.style;
    let text = report(&workspace.plan, &model.now.to_zoned(model.zone.clone()), workspace.phrases());
    let mut lines: Vec<Line<'static>> = Vec::new();
    // The key scrolls by lines of the report: above them nothing is to be wrapped.
    let skip = workspace.report_scroll.min(text.lines().count().saturating_sub(1));
    for line in text.lines().skip(skip) {
        let line_style = if line.starts_with('#') { style.heading } else { style.text };
        if line.is_empty() {
            lines.push(Line::from(Span::raw("")));
        } else {
            lines.extend(wrap_plain(line, line_style, usize::from(inside.width)));
        }
        if lines.len() > usize::from(inside.height) {
            break;
        }
    }
    let all = text.lines().count();
    let more = lines.len() > usize::from(inside.height);
    canvas.lines(inside, lines);
    if more || skip > 0 {
        let seen = if more { format!("from line {} of {all}", skip + 1) } else { "end".to_owned() };
        canvas.foot(area, &seen);
    }
}
