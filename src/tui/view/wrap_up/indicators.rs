//! The quality indicators in the wrap-up: glyph and word, why, and what would turn a poor one good.

use ratatui::text::{Line, Span};

use crate::domain::quality::{JudgedIndicator, Verdict};
use crate::domain::words::capital;
use crate::tui::view::text::wrap_plain;

use super::reflection::Page;

/// Columns before an indicator's words: marker, glyph, the longest word.
const BEFORE: usize = 9;

/// Columns from which every poor indicator says what would turn it good.
const ROOMY: usize = 60;

impl Page<'_, '_, '_> {
    /// A heading over rows, which belongs to none of them.
    pub(super) fn heading(&mut self, text: &str) {
        let line = Line::styled(text.to_owned(), self.canvas.theme.style.heading);
        self.beside(line);
    }

    /// `glyph word  what it says`, below it why, and what would turn it good.
    pub(super) fn indicator(&mut self, judged: &JudgedIndicator) {
        let theme = self.canvas.theme;
        let (glyph, word, style) = match judged.verdict {
            Verdict::Good => (theme.glyph.done, "good", theme.style.good),
            Verdict::Poor => (theme.glyph.gate_rejected, "poor", theme.style.bad),
            Verdict::Asked => (theme.glyph.unverified, "asked", theme.style.warn),
            Verdict::NotApplicable => (theme.glyph.skipped, "n.a.", theme.style.dim),
        };
        let room = self.columns.saturating_sub(BEFORE);
        let headline = capital(&judged.headline());
        for (at, line) in wrap_plain(&headline, self.style(), room).into_iter().enumerate() {
            let mut spans = match at {
                0 => vec![self.marker(), Span::styled(format!("{glyph} {word:6}"), style)],
                _ => vec![Span::raw(" ".repeat(BEFORE))],
            };
            spans.extend(line.spans);
            self.push(Line::from(spans));
        }
        self.indented(&judged.why, theme.style.dim, BEFORE);
        // Where there is little room, the selected one says what to do.
        let roomy = self.columns >= ROOMY && judged.verdict == Verdict::Poor;
        if !judged.how_to_fix.is_empty() && (self.here || roomy) {
            self.indented(&format!("{} {}", theme.glyph.arrow, judged.how_to_fix), theme.style.accent, BEFORE);
        }
    }
}
