//! The live prompt: how a turn's prompt reads with the answers so far.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::form::Form;
use crate::domain::prompt::{preview, tokens};
use crate::domain::template::{Origin, Piece};
use crate::domain::words::{capital, count};
use crate::tui::view::card;
use crate::tui::view::pane::{Canvas, Pane};
use crate::tui::view::text::{boundary, width, wrap_plain};

/// Most bytes of one inserted value that are drawn: wrapping a megabyte at every key would be felt.
const SHOWN_BYTES: usize = 4096;

/// Lines above the focused slot that stay in sight.
const CONTEXT: usize = 2;

/// Draws the prompt of turn `at` into pane `number`.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, form: &Form, at: usize, number: usize) {
    let Some(turn) = form.answers.strategy.turns().nth(at) else { return };
    let (place, columns) = (form.turn_place(at), usize::from(area.width.saturating_sub(8)));
    let titles = [
        format!("Live prompt, {place}: {}", turn.title),
        format!("Prompt, {place}: {}", turn.title),
        capital(&format!("{place}: {}", turn.title)),
        capital(&place),
    ];
    let title = titles.iter().find(|title| width(title) <= columns).unwrap_or(&titles[3]);
    let pieces = preview(&form.answers.strategy, turn, &form.answers.given());
    let here = form.placeholder(form.focus).map(|placeholder| placeholder.name.as_str());
    let columns = usize::from(area.width.saturating_sub(4));
    let rows = usize::from(area.height.saturating_sub(3));
    let (lines, top, last) = match pieces {
        Ok(pieces) => {
            let last = measure(&pieces);
            let pieces = shortened(pieces);
            let slot = here.and_then(|name| card::line_of(&pieces, name, canvas.theme, columns)).unwrap_or(0);
            let top = if slot + CONTEXT < rows { 0 } else { slot.saturating_sub(CONTEXT) };
            (card::prompt(&pieces, here, canvas.theme, columns), top, last)
        }
        Err(error) => {
            let text = format!(
                "This prompt cannot be shown: {error}.\nThe strategy's file has to be mended; its answers are kept."
            );
            (wrap_plain(&text, canvas.theme.style.bad, columns), 0, String::new())
        }
    };
    let inside = canvas.pane(area, &Pane { number: Some(number), title, foot: String::new(), focused: false });
    let text = Rect { height: inside.height.saturating_sub(1), ..inside };
    let followed = at == form.previewed();
    if followed {
        form.max_scroll.set(lines.len().saturating_sub(usize::from(text.height) + top));
    }
    let scroll = if followed { form.scroll } else { 0 };
    let seen = canvas.scrolled(text, lines, top + scroll);
    if inside.height > 0 {
        let row = Rect { y: inside.bottom() - 1, height: 1, ..inside };
        canvas.lines(row, vec![Line::styled(last, canvas.theme.style.dim)]);
    }
    if let Some(seen) = seen {
        canvas.foot(area, &format!("{seen}% seen"));
    }
}

/// How long the prompt is, and what is missing in it.
fn measure(pieces: &[Piece]) -> String {
    let filled = pieces.iter().filter(|piece| !matches!(piece.origin, Origin::Unfilled(_)));
    let text: String = filled.map(|piece| piece.text.as_str()).collect();
    let unfilled = pieces.iter().filter(|piece| matches!(piece.origin, Origin::Unfilled(_))).count();
    let chars = text.chars().count();
    format!("{}, ~{} tokens, {unfilled} unfilled", count(chars, "char"), tokens(&text))
}

/// The pieces with very long inserted values cut, and their whole length said.
pub(in crate::tui::view) fn shortened(mut pieces: Vec<Piece>) -> Vec<Piece> {
    for piece in &mut pieces {
        if piece.text.len() > SHOWN_BYTES && matches!(piece.origin, Origin::Inserted(_)) {
            let whole = size(piece.text.len());
            piece.text.truncate(boundary(&piece.text, SHOWN_BYTES));
            piece.text.extend(["\n... ", &whole, " in all"]);
        }
    }
    pieces
}

/// Bytes in the unit that reads best.
fn size(bytes: usize) -> String {
    let kib = bytes as f64 / 1024.0;
    if kib < 1024.0 { format!("{kib:.0} KiB") } else { format!("{:.1} MiB", kib / 1024.0) }
}
