//! Parts that several screens draw: prompts with what was inserted, sessions with their turns.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::domain::template::{Origin, Piece};

use super::text::wrap;
use super::theme::Theme;

/// A prompt, wrapped, with inserted text and unfilled slots marked; `here` is the placeholder of
/// the focused field. Marks are brackets too, so that they are seen without colours.
pub(super) fn prompt(pieces: &[Piece], here: Option<&str>, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    let marked: Vec<(String, Style)> = pieces
        .iter()
        .map(|piece| match &piece.origin {
            Origin::Template => (piece.text.clone(), style.text),
            Origin::Inserted(name) if here == Some(name.as_str()) => (format!("[{}]", piece.text), style.inserted_here),
            Origin::Inserted(_) => (format!("[{}]", piece.text), style.inserted),
            Origin::Unfilled(_) => (format!("<{}>", piece.text), style.unfilled),
        })
        .collect();
    wrap(marked.iter().map(|(text, style)| (text.as_str(), *style)), columns)
}

/// The first line that holds the placeholder `name`, to scroll to it.
pub(super) fn line_of(pieces: &[Piece], name: &str, theme: &Theme, columns: usize) -> Option<usize> {
    let at = pieces.iter().position(
        |piece| matches!(&piece.origin, Origin::Inserted(found) | Origin::Unfilled(found) if found == name),
    )?;
    Some(prompt(&pieces[..at], None, theme, columns).len().saturating_sub(1))
}
