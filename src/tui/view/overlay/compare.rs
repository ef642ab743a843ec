//! A copy compared with its plan: each item, how both have it, who changed it, whether it is to be taken.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::compare::Compare;
use crate::app::model::Model;
use crate::app::msg::ClickTarget;
use crate::domain::compare::{Changed, Difference};
use crate::tui::view::blocks::{self, Block};
use crate::tui::view::pane::Canvas;
use crate::tui::view::text::wrap_plain;
use crate::tui::view::words::{count, moment};

/// Lines of each version that are drawn; of the selected item more.
const SHOWN: usize = 2;
const SHOWN_SELECTED: usize = 8;

/// Columns before a version's text.
const LEAD: usize = 10;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, compare: &Compare) {
    let wide = body.width.saturating_sub(4).clamp(body.width.min(20), 110);
    let columns = usize::from(wide.saturating_sub(4));
    let mut blocks =
        vec![Block { lines: head(canvas, model, compare, columns), target: ClickTarget::Nowhere, edit: None }];
    for (at, one) in compare.found.differences.iter().enumerate() {
        let lines = entry(canvas, one, compare.ticked[at], at == compare.cursor, columns);
        blocks.push(Block { lines, target: ClickTarget::OverlayRow(at), edit: None });
    }
    let title = format!("Copy of '{}'", compare.found.name);
    let tall = blocks::height(&blocks);
    let (area, inside) = super::middle(canvas, body, (wide, tall), &title);
    let more = tall > usize::from(inside.height);
    // The head is the first block; with the first item selected it stays in sight.
    let focus = if compare.cursor == 0 { 0 } else { compare.cursor + 1 };
    blocks::draw(canvas, inside, blocks, focus);
    if more {
        canvas.foot(area, &format!("{} of {}", compare.cursor + 1, compare.ticked.len()));
    }
}

fn head(canvas: &Canvas<'_, '_>, model: &Model, compare: &Compare, columns: usize) -> Vec<Line<'static>> {
    let style = canvas.theme.style;
    let file = compare.found.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut lines = wrap_plain(&file, style.dim, columns);
    let written = moment(compare.found.copy.updated, model.now, &model.zone);
    let differ = match (compare.ticked.len(), compare.found.is_older) {
        (0, _) => "nothing differs from the plan".into(),
        (items, true) => {
            format!("{} differ; it is an older state of the plan, nothing in it is missing", count(items, "item"))
        }
        (items, false) => format!("{} differ{}", count(items, "item"), if items == 1 { "s" } else { "" }),
    };
    lines.extend(wrap_plain(&format!("Last changed {written}: {differ}."), style.text, columns));
    if compare.ticked.is_empty() {
        lines.extend(wrap_plain("It can be put away.", style.text, columns));
    }
    lines
}

fn entry(canvas: &Canvas<'_, '_>, one: &Difference, ticked: bool, here: bool, columns: usize) -> Vec<Line<'static>> {
    let style = canvas.theme.style;
    let word_style = match one.changed {
        Some(Changed::There) => style.accent,
        Some(Changed::Here) | None => style.dim,
        Some(Changed::Both) => style.warn,
    };
    let word = one.changed.map(|changed| format!("  {}", changed.words())).unwrap_or_default();
    let tick = if ticked { "[x] " } else { "[ ] " };
    let label = wrap_plain(&one.label, if here { style.selected } else { style.heading }, columns.saturating_sub(6));
    let mut lines = vec![Line::default()];
    for (at, mut row) in label.into_iter().enumerate() {
        let (marker, lead) = if at == 0 {
            (canvas.marker(here, true), Span::styled(tick, if ticked { style.good } else { style.dim }))
        } else {
            (Span::raw("  "), Span::raw("    "))
        };
        row.spans.splice(0..0, [marker, lead]);
        lines.push(row);
    }
    match lines.last_mut() {
        Some(last) if last.width() + word.len() <= columns => last.spans.push(Span::styled(word, word_style)),
        _ => lines.push(Line::styled(format!("    {word}"), word_style)),
    }
    let most = if here { SHOWN_SELECTED } else { SHOWN };
    for (word, text) in [("plan", &one.here), ("copy", &one.there)] {
        lines.extend(version(canvas, word, text.as_deref(), most, columns));
    }
    lines
}

fn version(canvas: &Canvas<'_, '_>, word: &str, text: Option<&str>, most: usize, columns: usize) -> Vec<Line<'static>> {
    let style = canvas.theme.style;
    let (text, text_style): (&str, Style) = match text.filter(|text| !text.trim().is_empty()) {
        Some(text) => (text, style.text),
        None => ("(nothing)", style.dim),
    };
    let mut rows = wrap_plain(text, text_style, columns.saturating_sub(LEAD));
    let left = rows.len().saturating_sub(most);
    if left > 1 {
        rows.truncate(most);
        rows.push(Line::styled(format!("and {}", count(left, "more line")), style.dim));
    }
    for (at, row) in rows.iter_mut().enumerate() {
        let word = if at == 0 { word } else { "" };
        row.spans.insert(0, Span::styled(format!("{word:>8}  "), style.dim));
    }
    rows
}
