//! The view: reads the model, draws a frame, and says what can be clicked where.

mod advise;
mod blocks;
mod browser;
mod card;
mod chart;
mod evidence;
mod form;
mod frame;
mod inputs;
mod lanes;
mod overlay;
mod pane;
mod plans;
mod preview;
mod review;
mod stats;
mod text;
pub mod theme;
mod timeline;
mod words;
mod workspace;
mod wrap_up;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::app::model::{Model, Screen};
use crate::app::msg::ClickTarget;
use crate::domain::untrusted::shown;

use pane::Canvas;
use theme::Theme;

/// Where things that can be clicked are; later ones lie on top.
#[derive(Debug, Clone, Default)]
pub struct HitMap(Vec<(Rect, ClickTarget)>);

impl HitMap {
    /// What is at a cell.
    pub fn at(&self, column: u16, row: u16) -> ClickTarget {
        let place = Position { x: column, y: row };
        let found = self.0.iter().rev().find(|(area, _)| area.contains(place));
        found.map_or(ClickTarget::Nowhere, |(_, target)| *target)
    }
}

pub fn draw(frame: &mut Frame<'_>, model: &Model, theme: &Theme) -> HitMap {
    let area = frame.area();
    let mut canvas = Canvas { frame, theme, hits: Vec::new() };
    if area.height > 0 && area.width > 0 {
        let body = frame::around(&mut canvas, area, model);
        if body.height > 0 {
            screen(&mut canvas, body, model);
            overlay::draw(&mut canvas, body, model);
            frame::notice(&mut canvas, area, model);
        }
    }
    let hits = HitMap(canvas.hits);
    make_safe(frame, theme);
    hits
}

fn screen(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model) {
    match (model.screen, &model.form, &model.workspace) {
        (Screen::Browser, _, _) if model.browser.card.open => advise::draw(canvas, body, model),
        (Screen::Browser, _, _) => browser::draw(canvas, body, model),
        (Screen::Form, Some(form), _) if form.reviewing => review::draw(canvas, body, model, form),
        (Screen::Form, Some(form), _) => form::draw(canvas, body, model, form),
        (Screen::Workspace, _, Some(workspace)) => workspace::draw(canvas, body, model, workspace),
        (Screen::Lanes, _, Some(workspace)) => lanes::draw(canvas, body, model, workspace),
        (Screen::WrapUp, _, Some(workspace)) => wrap_up::draw(canvas, body, model, workspace),
        (Screen::Plans, _, _) => plans::draw(canvas, body, model),
        (Screen::Stats, _, _) => stats::draw(canvas, body, model),
        (Screen::Form | Screen::Workspace | Screen::Lanes | Screen::WrapUp, _, _) => {}
    }
}

/// The last line of defence: text that reached a cell without having been made safe loses what
/// would hide or act. What is shown by intent was escaped before and is untouched here.
fn make_safe(frame: &mut Frame<'_>, theme: &Theme) {
    for cell in &mut frame.buffer_mut().content {
        let symbol = cell.symbol();
        if symbol == "…" {
            cell.set_symbol(theme.glyph.ellipsis);
        } else if !symbol.is_ascii() && matches!(shown(symbol), std::borrow::Cow::Owned(safe) if safe != symbol) {
            cell.set_symbol("?");
        }
    }
}
