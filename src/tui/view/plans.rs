//! The list of plans with a preview of the selected one.

mod preview;
mod rows;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::Model;
use crate::app::plans::Row;
use crate::domain::untrusted::shown;
use crate::keys::Action;

use super::pane::{Canvas, Pane};
use super::text::{sides, width, wrap_plain};
use super::words::count;

/// Draws the list and, where there is room or it has the focus, the preview.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model) {
    let plans = &model.plans;
    let both = breakpoint(model.size) != Breakpoint::Narrow && !plans.zoomed;
    if !both {
        return if plans.on_preview { preview::draw(canvas, body, model) } else { list(canvas, body, model) };
    }
    let percent = match breakpoint(model.size) {
        Breakpoint::Narrow | Breakpoint::Normal => 58,
        Breakpoint::Roomy => 60,
        Breakpoint::Wide => 56,
    };
    let left = body.width * percent / 100;
    list(canvas, Rect { width: left, ..body }, model);
    preview::draw(canvas, Rect { x: body.x + left, width: body.width - left, ..body }, model);
}

fn list(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model) {
    let plans = &model.plans;
    let mut inside =
        canvas.pane(area, &Pane { number: Some(0), title: "Plans", foot: String::new(), focused: !plans.on_preview });
    if (plans.searching || !plans.query.is_empty()) && inside.height > 0 {
        search(canvas, Rect { height: 1, ..inside }, model);
        inside = Rect { y: inside.y + 1, height: inside.height - 1, ..inside };
    }
    if plans.rows.is_empty() {
        let lines = empty(model, usize::from(inside.width), canvas);
        return canvas.lines(inside, lines);
    }
    let columns = rows::Columns::fit(model, usize::from(inside.width));
    let lines = (0..plans.rows.len()).map(|at| rows::line(canvas, model, &columns, at)).collect();
    canvas.list(inside, 0, lines, plans.cursor);
}

/// The search with its cursor, and how many it finds.
fn search(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model) {
    let style = canvas.theme.style;
    let plans = &model.plans;
    let hits = plans.rows.iter().filter(|row| !matches!(row, Row::Section(..))).count();
    let mut left = vec![Span::styled("Search: ", style.accent)];
    let query = plans.query.text();
    if plans.searching {
        let (_, at) = plans.query.cursor();
        let split = query.char_indices().nth(at).map_or(query.len(), |(at, _)| at);
        let mut rest = query[split..].graphemes(true);
        let under = rest.next().unwrap_or(" ");
        left.push(Span::raw(shown(&query[..split]).into_owned()));
        left.push(Span::styled(shown(under).into_owned(), style.cursor));
        left.push(Span::raw(shown(rest.as_str()).into_owned()));
    } else {
        left.push(Span::raw(shown(&query).into_owned()));
    }
    let right = vec![Span::styled(count(hits, "hit"), style.dim)];
    let used: usize = left.iter().map(|span| width(&span.content)).sum();
    let columns = usize::from(area.width);
    let right = if used + 9 <= columns { right } else { Vec::new() };
    canvas.lines(area, vec![sides(left, right, columns)]);
}

/// What stands in a list without rows: why, and which key goes on.
fn empty(model: &Model, columns: usize, canvas: &Canvas<'_, '_>) -> Vec<Line<'static>> {
    let style = canvas.theme.style;
    let key = |action: Action| model.keymap.key(action).unwrap_or_default();
    let (head, next) = if !model.plans_listed {
        ("Reading the plans".to_owned(), String::new())
    } else if let Some(why) = &model.listing.failure {
        ("The plans cannot be read.".to_owned(), why.clone())
    } else if !model.plans.query.is_empty() {
        let key = if model.plans.searching { key(Action::EditDone) } else { key(Action::Search) };
        let what = if model.plans.searching { "shows all plans again" } else { "changes the search" };
        (format!("No plan matches '{}'.", model.plans.query.text()), format!("{key} {what}."))
    } else {
        let next =
            format!("{} goes to the strategies; {} on one starts a plan.", key(Action::GoBrowser), key(Action::Enter));
        ("No plans yet.".to_owned(), next)
    };
    let mut lines = wrap_plain(&head, style.heading, columns);
    if !next.is_empty() {
        lines.push(Line::default());
        lines.extend(wrap_plain(&next, style.text, columns));
    }
    lines
}
