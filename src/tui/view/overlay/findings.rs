//! What speaks against the plan: the rule, what is wrong, what shows it, the remedy.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::findings::Against;
use crate::app::model::Model;
use crate::app::msg::ClickTarget;
use crate::keys::Action;
use crate::tui::view::blocks::{self, Block};
use crate::tui::view::pane::Canvas;
use crate::tui::view::text::{capital, wrap_plain};
use crate::tui::view::theme::Theme;
use crate::tui::view::words::count;

/// Lines of what shows a finding that are drawn.
const SHOWS: usize = 6;

/// Draws the list.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, cursor: usize) {
    let Some(workspace) = &model.workspace else { return };
    let wide = body.width.saturating_sub(4).clamp(body.width.min(20), 100);
    let columns = usize::from(wide.saturating_sub(4));
    let key = model.keymap.key(Action::Findings).unwrap_or_default();
    let last = workspace.against.len().saturating_sub(1);
    let blocks: Vec<Block<'_>> = workspace
        .against
        .iter()
        .enumerate()
        .map(|(at, against)| {
            let mut lines = entry(canvas, against, at == cursor, &key, columns);
            if at < last {
                lines.push(Line::default());
            }
            Block { lines, target: ClickTarget::OverlayRow(at), edit: None }
        })
        .collect();
    let title = format!("What speaks against the plan: {}", count(workspace.against.len(), "finding"));
    let tall = blocks::height(&blocks);
    let (area, inside) = super::middle(canvas, body, (wide, tall), &title);
    let more = tall > usize::from(inside.height);
    blocks::draw(canvas, inside, blocks, cursor);
    if more {
        canvas.foot(area, &format!("{} of {}", cursor + 1, last + 1));
    }
}

fn entry(canvas: &Canvas<'_, '_>, against: &Against, here: bool, key: &str, columns: usize) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let style = theme.style;
    let mark = if against.is_contradiction() { style.bad } else { style.warn };
    let mut lines = vec![Line::from(vec![
        canvas.marker(here, true),
        Span::styled(format!("! {}", against.rule), if here { style.selected } else { mark }),
    ])];
    lines.extend(body(theme, against, key, columns));
    lines
}

/// All but the rule's name, moved in by two columns.
pub(in crate::tui::view) fn body(theme: &Theme, against: &Against, key: &str, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    let mut lines = Vec::new();
    let mut add = |text: &str, first: &str, text_style: Style| {
        let rows = wrap_plain(text, text_style, columns.saturating_sub(first.len()));
        for (at, mut row) in rows.into_iter().enumerate() {
            let lead = if at == 0 { first.to_owned() } else { " ".repeat(first.len()) };
            row.spans.insert(0, Span::styled(lead, text_style));
            lines.push(row);
        }
    };
    add(&format!("{}.", capital(against.what.trim_end_matches('.'))), "  ", style.text);
    for show in against.shows.iter().take(SHOWS) {
        add(show, "  - ", style.dim);
    }
    if against.shows.len() > SHOWS {
        add(&format!("and {}", count(against.shows.len() - SHOWS, "more line")), "    ", style.dim);
    }
    let lead = if against.commands.is_empty() { "What to do".into() } else { format!("Remedy ({key})") };
    add(&format!("{lead}: {}", against.remedy), "  ", style.accent);
    lines
}
