//! What speaks against the plan: the rule, what is wrong, what shows it, the remedy.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::model::Model;
use crate::app::msg::ClickTarget;
use crate::domain::command::Command;
use crate::domain::words::capital;
use crate::keys::Action;
use crate::tui::view::blocks::{self, Block};
use crate::tui::view::pane::Canvas;
use crate::tui::view::text::wrap_plain;
use crate::tui::view::words::count;
use crate::workflow::findings::{Finding, mended_at_once};

/// Lines of what shows a finding that are drawn.
const SHOWS: usize = 6;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, cursor: usize) {
    let Some(workspace) = &model.workspace else { return };
    let wide = body.width.saturating_sub(4).clamp(body.width.min(20), 100);
    let columns = usize::from(wide.saturating_sub(4));
    let key = model.keymap.key(Action::Findings).unwrap_or_default();
    let last = workspace.findings.len().saturating_sub(1);
    let mended = mended_at_once(&workspace.findings);
    let blocks: Vec<Block<'_>> = workspace
        .findings
        .iter()
        .enumerate()
        .map(|(at, finding)| {
            let mut lines = entry(canvas, finding, mended, at == cursor, &key, columns);
            if at < last {
                lines.push(Line::default());
            }
            Block { lines, target: ClickTarget::OverlayRow(at), edit: None }
        })
        .collect();
    let title = format!("What speaks against the plan: {}", count(workspace.findings.len(), "finding"));
    let tall = blocks::height(&blocks);
    let (area, inside) = super::middle(canvas, body, (wide, tall), &title);
    let more = tall > usize::from(inside.height);
    blocks::draw(canvas, inside, blocks, cursor);
    if more {
        canvas.foot(area, &format!("{} of {}", cursor + 1, last + 1));
    }
}

fn entry(
    canvas: &Canvas<'_, '_>,
    finding: &Finding,
    mended: usize,
    here: bool,
    key: &str,
    columns: usize,
) -> Vec<Line<'static>> {
    let style = canvas.theme.style;
    let mark = if finding.is_contradiction() { style.bad } else { style.warn };
    let mut lines = vec![Line::from(vec![
        canvas.marker(here, true),
        Span::styled(format!("! {}", finding.rule()), if here { style.selected } else { mark }),
    ])];
    let mut add = |text: &str, first: &str, text_style: Style| {
        let rows = wrap_plain(text, text_style, columns.saturating_sub(first.len()));
        for (at, mut row) in rows.into_iter().enumerate() {
            let lead = if at == 0 { first.to_owned() } else { " ".repeat(first.len()) };
            row.spans.insert(0, Span::styled(lead, text_style));
            lines.push(row);
        }
    };
    add(&format!("{}.", capital(finding.what().trim_end_matches('.'))), "  ", style.text);
    let shows = finding.shows();
    for show in shows.iter().take(SHOWS) {
        add(show, "  - ", style.dim);
    }
    if shows.len() > SHOWS {
        add(&format!("and {}", count(shows.len() - SHOWS, "more line")), "    ", style.dim);
    }
    let remedy = finding.remedy();
    let text = match finding.command() {
        None => format!("What to do: {remedy}"),
        Some(Command::Repair) if mended > 1 => format!("Remedy ({key}): {remedy} (one repair mends all {mended})"),
        Some(_) => format!("Remedy ({key}): {remedy}"),
    };
    add(&text, "  ", style.accent);
    lines
}
