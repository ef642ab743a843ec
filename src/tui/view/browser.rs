//! The list of strategies, with what the selected one is.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::browser::{FAVOURITES, Pane as Focus, Row, group_title, groups, panes, title};
use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::Model;
use crate::domain::library::Entry;
use crate::domain::strategy::Strategy;
use crate::domain::untrusted::shown;
use crate::keys::Action;
use crate::workflow::search::Index;

use super::pane::{Canvas, Pane};
use super::preview;
use super::text::{cut, cut_spans, sides, width, wrap_plain};

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model) {
    let browser = &model.browser;
    let panes = panes(model.size);
    let number = |pane: Focus| panes.iter().position(|other| *other == pane).unwrap_or(0);
    if browser.zoomed || breakpoint(model.size) == Breakpoint::Narrow {
        let strip = breakpoint(model.size) == Breakpoint::Narrow;
        let area = if strip { tabs(canvas, body, model, &panes) } else { body };
        return one(canvas, area, model, browser.pane, number(browser.pane));
    }
    let columns: &[Constraint] = match breakpoint(model.size) {
        Breakpoint::Wide => &[Constraint::Length(28), Constraint::Length(66), Constraint::Fill(1)],
        Breakpoint::Roomy => &[Constraint::Percentage(42), Constraint::Fill(1)],
        Breakpoint::Normal | Breakpoint::Narrow => &[Constraint::Percentage(52), Constraint::Fill(1)],
    };
    let areas = Layout::horizontal(columns.iter().copied()).split(body);
    let right = areas[areas.len() - 1];
    if areas.len() == 3 {
        one(canvas, areas[0], model, Focus::Groups, 0);
    }
    one(canvas, areas[areas.len() - 2], model, Focus::List, number(Focus::List));
    if panes.contains(&Focus::Prompts) {
        let [top, bottom] = Layout::vertical([Constraint::Percentage(58), Constraint::Fill(1)]).areas(right);
        one(canvas, top, model, Focus::Preview, number(Focus::Preview));
        one(canvas, bottom, model, Focus::Prompts, number(Focus::Prompts));
    } else {
        one(canvas, right, model, Focus::Preview, number(Focus::Preview));
    }
}

/// The tab strip of narrow screens; gives back what is left below it.
fn tabs(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, panes: &[Focus]) -> Rect {
    let names: Vec<(&str, bool)> = panes.iter().map(|pane| (name(*pane), *pane == model.browser.pane)).collect();
    canvas.tabs(body, &names)
}

fn name(pane: Focus) -> &'static str {
    match pane {
        Focus::Groups => "Categories",
        Focus::List => "Strategies",
        Focus::Preview => "Preview",
        Focus::Prompts => "Prompts",
    }
}

fn one(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, pane: Focus, number: usize) {
    let focused = model.browser.pane == pane;
    let foot = match pane {
        Focus::List => place(model),
        Focus::Groups | Focus::Preview | Focus::Prompts => String::new(),
    };
    let frame = Pane { number: Some(number), title: name(pane), foot, focused };
    let inside = if breakpoint(model.size) == Breakpoint::Narrow { area } else { canvas.pane(area, &frame) };
    match pane {
        Focus::Groups => categories(canvas, inside, model, number),
        Focus::List => list(canvas, inside, model, number),
        Focus::Preview => {
            let scroll = if focused || !model.browser.zoomed { model.browser.scroll } else { 0 };
            let lines = preview_lines(canvas, model, usize::from(inside.width));
            if let Some(seen) = canvas.scrolled(inside, lines, scroll) {
                canvas.foot(area, &format!("{seen}%"));
            }
        }
        Focus::Prompts => {
            let scroll = if focused { model.browser.scroll } else { 0 };
            let lines = match model.browser.strategy(&model.library) {
                Some(strategy) => preview::prompts(&strategy, canvas.theme, usize::from(inside.width)),
                None => Vec::new(),
            };
            if let Some(seen) = canvas.scrolled(inside, lines, scroll) {
                canvas.foot(area, &format!("{seen}%"));
            }
        }
    }
}

/// `3 of 17`, counting strategies only.
fn place(model: &Model) -> String {
    let browser = &model.browser;
    let is_entry = |row: &&Row| matches!(row, Row::Entry(_));
    let all = browser.rows.iter().filter(is_entry).count();
    match browser.rows.get(browser.cursor) {
        Some(Row::Entry(_)) => format!("{} of {all}", browser.rows[..=browser.cursor].iter().filter(is_entry).count()),
        Some(Row::Group(..)) | None => String::new(),
    }
}

fn categories(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, number: usize) {
    let browser = &model.browser;
    let focused = browser.pane == Focus::Groups;
    let columns = usize::from(area.width);
    let groups = groups(&model.library, &model.memory);
    let selected =
        browser.group.as_ref().and_then(|group| groups.iter().position(|(key, _)| key == group)).map_or(0, |at| at + 1);
    let all = ("All".to_owned(), model.library.entries.len());
    let named = groups.into_iter().map(|(key, count)| (heading(&key, canvas), count));
    let rows: Vec<Line<'_>> = [all]
        .into_iter()
        .chain(named)
        .enumerate()
        .map(|(at, (title, count))| {
            let style = canvas.row_style(at == selected, focused);
            let left = vec![
                canvas.marker(at == selected, focused),
                Span::raw(" "),
                Span::styled(shown(&title).into_owned(), style),
            ];
            sides(left, vec![Span::styled(count.to_string(), canvas.theme.style.dim)], columns)
        })
        .collect();
    canvas.list(area, number, rows, selected);
}

fn heading(key: &str, canvas: &Canvas<'_, '_>) -> String {
    if key == FAVOURITES { format!("{} Favourites", canvas.theme.glyph.star) } else { group_title(key) }
}

fn list(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, number: usize) {
    if area.height == 0 {
        return;
    }
    let browser = &model.browser;
    let search = Rect { height: 1, ..area };
    filter(canvas, search, model);
    let rest = Rect { y: area.y + 1, height: area.height - 1, ..area };
    if browser.rows.is_empty() {
        let query = browser.query.text();
        let text = if query.is_empty() {
            "No strategies here.".to_owned()
        } else {
            format!("Nothing matches '{}'.", shown(&query))
        };
        let mut lines = vec![Line::raw(""), Line::styled(text, canvas.theme.style.text)];
        let mut next = "Esc shows all strategies again".to_owned();
        if let Some(key) = model.keymap.key(Action::Advise) {
            next += &format!("; then {key} says which fits");
        }
        lines.extend(wrap_plain(&format!("{next}."), canvas.theme.style.dim, usize::from(rest.width)));
        return canvas.lines(rest, lines);
    }
    let rows = browser.rows.iter().enumerate();
    let top = super::pane::top_of(browser.rows.len(), usize::from(rest.height), browser.cursor);
    // Only rows in sight are laid out: a library may be large.
    let window = top..top + usize::from(rest.height);
    let rows: Vec<Line<'_>> =
        rows.map(|(at, row)| {
            if window.contains(&at) { line(canvas, model, row, at, usize::from(rest.width)) } else { Line::default() }
        })
        .collect();
    canvas.list(rest, number, rows, browser.cursor);
}

/// The row that says what is searched for.
fn filter(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model) {
    let browser = &model.browser;
    let style = canvas.theme.style;
    let key = model.keymap.key(Action::Search).unwrap_or_default();
    let query = browser.query.text();
    let mut left = vec![Span::styled(format!("{key} "), style.accent)];
    if browser.searching {
        let at = browser.query.cursor().1;
        left.extend(typed(&query, at, style.text, style.cursor));
    } else if query.is_empty() {
        left.push(Span::styled("search", style.dim));
    } else {
        left.push(Span::styled(shown(&query).into_owned(), style.text));
    }
    let count = match (&browser.group, query.is_empty()) {
        (_, false) => format!("{} hits", browser.rows.len()),
        (Some(group), true) => format!("{} in {}", browser.rows.len(), group_title(group)),
        (None, true) => model.library.entries.len().to_string(),
    };
    canvas.lines(area, vec![sides(left, vec![Span::styled(count, style.dim)], usize::from(area.width))]);
}

/// Text with the cursor at character `at`.
pub(super) fn typed(text: &str, at: usize, style: Style, cursor: Style) -> Vec<Span<'static>> {
    let before: String = text.chars().take(at).collect();
    let under: String = text.chars().skip(at).take(1).collect();
    let after: String = text.chars().skip(at + 1).collect();
    let under = if under.is_empty() { " ".to_owned() } else { under };
    [(before, style), (under, cursor), (after, style)]
        .into_iter()
        .map(|(part, style)| Span::styled(shown(&part).into_owned(), style))
        .collect()
}

fn line<'a>(canvas: &Canvas<'_, '_>, model: &Model, row: &Row, at: usize, columns: usize) -> Line<'a> {
    let style = canvas.theme.style;
    let focused = model.browser.pane == Focus::List;
    let selected = at == model.browser.cursor;
    let marker = canvas.marker(selected, focused);
    match row {
        Row::Group(key, count, open) => {
            let glyph = if *open { canvas.theme.glyph.open } else { canvas.theme.glyph.closed };
            let text_style = if selected { canvas.row_style(true, focused) } else { style.heading };
            let left = vec![
                marker,
                Span::styled(format!("{glyph} "), style.dim),
                Span::styled(shown(&heading(key, canvas)).into_owned(), text_style),
            ];
            sides(left, vec![Span::styled(count.to_string(), style.dim)], columns)
        }
        Row::Entry(entry) => match model.library.entries.get(*entry) {
            Some(entry) => entry_line(canvas, model, entry, selected, focused, columns),
            None => Line::default(),
        },
    }
}

fn entry_line<'a>(
    canvas: &Canvas<'_, '_>,
    model: &Model,
    entry: &Entry,
    selected: bool,
    focused: bool,
    columns: usize,
) -> Line<'a> {
    let style = canvas.theme.style;
    let row_style = canvas.row_style(selected, focused);
    let star = if model.memory.favourites.contains(&entry.id) { canvas.theme.glyph.star } else { " " };
    let mut left = vec![canvas.marker(selected, focused), Span::styled(star, style.warn), Span::raw(" ")];
    let right = match &entry.strategy {
        Some(strategy) => vec![Span::styled(figures(strategy, columns), style.dim)],
        None => vec![Span::styled("has errors", style.bad)],
    };
    let room = columns.saturating_sub(4 + right.iter().map(|span| width(&span.content)).sum::<usize>());
    let name = cut(title(entry), room, canvas.theme.glyph.ellipsis);
    let marks = Index::marks(&name, &model.browser.query.text());
    if marks.is_empty() || selected && focused {
        left.push(Span::styled(name, row_style));
    } else {
        left.extend(
            name.chars().enumerate().map(|(at, c)| {
                Span::styled(c.to_string(), if marks.contains(&at) { style.matched } else { row_style })
            }),
        );
    }
    sides(cut_spans(left, columns), right, columns)
}

/// Turns, gates and budget, in as many words as there is room for.
fn figures(strategy: &Strategy, columns: usize) -> String {
    let turns = strategy.turns().count();
    let sessions = strategy.sessions.len();
    let budget = strategy.budget().map(|budget| budget.short()).unwrap_or_default();
    match columns {
        0..44 if sessions > 1 => format!("{sessions}s {budget:>7}"),
        0..44 => format!("{turns}t {budget:>7}"),
        44..60 if sessions > 1 => format!("{sessions} sessions {budget:>9}"),
        44..60 => format!("{turns:>2} turns {budget:>9}"),
        _ => {
            let work = if sessions > 1 { format!("{sessions} sessions") } else { format!("{turns} turns") };
            let gates = match strategy.gates() {
                0 => String::new(),
                1 => "1 gate".into(),
                gates => format!("{gates} gates"),
            };
            format!("{work:>10} {gates:>7} {budget:>9}")
        }
    }
}

fn preview_lines(canvas: &Canvas<'_, '_>, model: &Model, columns: usize) -> Vec<Line<'static>> {
    match model.browser.rows.get(model.browser.cursor) {
        Some(Row::Group(key, count, _)) => {
            let strategies = if *count == 1 { "strategy" } else { "strategies" };
            vec![
                Line::styled(heading(key, canvas), canvas.theme.style.heading),
                Line::raw(format!("{count} {strategies}")),
            ]
        }
        Some(Row::Entry(_)) => match model.browser.entry(&model.library) {
            Some(entry) => preview::entry(entry, model, canvas.theme, columns),
            None => Vec::new(),
        },
        None => Vec::new(),
    }
}
