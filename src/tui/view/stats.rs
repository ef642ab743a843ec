//! Statistics: the strategies with figures at the left, charts of the selected one at the right.

mod bars;
mod charts;
mod facts;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::Model;
use crate::domain::stats::ENOUGH;
use crate::domain::untrusted::shown;
use crate::keys::Action;

use super::pane::{Canvas, Pane};
use super::text::{cut, sides, width, wrap_plain};

/// Most columns of the list.
const LIST: u16 = 44;
/// The heading of what is no time.
const HOW: &str = "How they went";

/// Draws the list and the charts, as many panes as there is room for.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model) {
    let screen = &model.stats;
    let room = breakpoint(model.size);
    if screen.rows() == 0 {
        return alone(canvas, body, model);
    }
    if room == Breakpoint::Narrow || screen.zoomed {
        return if screen.on_charts { charts(canvas, body, model) } else { list(canvas, body, model) };
    }
    let left = list_width(model).clamp(22, body.width * 45 / 100).min(LIST);
    list(canvas, Rect { width: left, ..body }, model);
    charts(canvas, Rect { x: body.x + left, width: body.width - left, ..body }, model);
}

/// Columns in which the list shows every title whole.
fn list_width(model: &Model) -> u16 {
    let titles = model.stats.stats.iter().flat_map(|stats| &stats.strategies);
    let longest = titles.map(|strategy| width(&shown(&strategy.title))).max().unwrap_or(0);
    // Borders, margins, the marker, and the number of plans.
    (longest + 10).min(usize::from(LIST)) as u16
}

fn list(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model) {
    let screen = &model.stats;
    let focused = !screen.on_charts;
    let pane = Pane { number: Some(0), title: "Strategies", foot: String::new(), focused };
    let inside = canvas.pane(area, &pane);
    let Some(stats) = &screen.stats else { return };
    let columns = usize::from(inside.width);
    let cursor = screen.cursor();
    let all = std::iter::once(("All strategies", &stats.total));
    let each = stats.strategies.iter().map(|strategy| (strategy.title.as_str(), &strategy.figures));
    let rows = all.chain(each).enumerate().map(|(at, (title, figures))| {
        let here = at == cursor;
        let left = vec![
            canvas.marker(here, focused),
            Span::styled(shown(title).into_owned(), canvas.row_style(here, focused)),
        ];
        let right = vec![Span::styled(figures.finished.to_string(), canvas.theme.style.dim)];
        sides(left, right, columns)
    });
    let rows: Vec<Line<'_>> = rows.collect();
    canvas.list(inside, 0, rows, cursor);
}

/// The charts of what is selected, in one pane, or in two beside each other that scroll together.
fn charts(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model) {
    let screen = &model.stats;
    let Some(stats) = &screen.stats else { return };
    let title = screen.strategy().map_or("All strategies", |strategy| strategy.title.as_str());
    screen.max_scroll.set(0);
    if area.width < 120 {
        let columns = usize::from(area.width.saturating_sub(4));
        let mut lines = charts::times(canvas.theme, stats, screen.strategy(), columns);
        let rest = charts::rest(canvas.theme, stats, screen.strategy(), columns);
        if !rest.is_empty() {
            lines.extend(charts::heading(canvas.theme, HOW, columns));
        }
        lines.extend(rest);
        return pane(canvas, area, model, (title, 1), lines);
    }
    let left = Rect { width: area.width / 2, ..area };
    let right = Rect { x: area.x + left.width, width: area.width - left.width, ..area };
    let lines = charts::times(canvas.theme, stats, screen.strategy(), usize::from(left.width.saturating_sub(4)));
    pane(canvas, left, model, (title, 1), lines);
    let lines = charts::rest(canvas.theme, stats, screen.strategy(), usize::from(right.width.saturating_sub(4)));
    pane(canvas, right, model, (HOW, 2), lines);
}

fn pane(
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
    model: &Model,
    (title, number): (&str, usize),
    lines: Vec<Line<'static>>,
) {
    let screen = &model.stats;
    let focused = screen.on_charts && number == 1;
    let inside = if area.height < 4 {
        area
    } else {
        let title = cut(title, usize::from(area.width), canvas.theme.glyph.ellipsis);
        let number = Some(number).filter(|number| *number == 1);
        canvas.pane(area, &Pane { number, title: &title, foot: String::new(), focused })
    };
    let max_scroll = lines.len().saturating_sub(usize::from(inside.height));
    screen.max_scroll.set(screen.max_scroll.get().max(max_scroll));
    if let Some(seen) = canvas.scrolled(inside, lines, screen.scroll) {
        canvas.foot(area, &format!("{seen}% seen"));
    }
}

/// What stands where there are no figures: why, and what will stand there.
fn alone(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model) {
    let screen = &model.stats;
    let pane = Pane { number: Some(0), title: "Statistics", foot: String::new(), focused: true };
    let inside = if body.height < 4 { body } else { canvas.pane(body, &pane) };
    let style = canvas.theme.style;
    let columns = usize::from(inside.width).min(90);
    let paragraphs = |head: &str, rest: &[String]| {
        let mut lines = wrap_plain(head, style.heading, columns);
        for text in rest {
            lines.push(Line::default());
            lines.extend(wrap_plain(text, style.text, columns));
        }
        lines
    };
    let lines = match (&screen.failure, &screen.stats) {
        (Some(why), _) => paragraphs("The plans cannot be read.", &[shown(why).into_owned()]),
        (None, None) => paragraphs("Reading the plans", &[]),
        (None, Some(_)) => {
            let key = model.keymap.key(Action::GoBrowser).unwrap_or_default();
            paragraphs(
                "No plan is finished yet.",
                &[
                    "Once one is, this screen shows for each strategy and turn the time planned against the time worked; \
                     rework, turns closed without their evidence, gates rejected, checklist items left unticked; and how \
                     all that went over the weeks."
                        .into(),
                    format!(
                        "From {ENOUGH} finished plans of a strategy on, the review of a new one offers your own median \
                         times as budgets."
                    ),
                    format!("{key} goes to the strategies."),
                ],
            )
        }
    };
    canvas.lines(inside, lines);
}
