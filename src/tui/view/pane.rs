//! Panes: a border with a numbered title, a foot on the right, and what can be clicked.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};

use crate::app::msg::ClickTarget;

use super::text::cut;
use super::theme::Theme;

/// What is drawn on, with the look, and where the mouse may hit what.
pub(crate) struct Canvas<'c, 'b> {
    pub(crate) frame: &'c mut Frame<'b>,
    pub(crate) theme: &'c Theme,
    pub(crate) hits: Vec<(Rect, ClickTarget)>,
}

impl Canvas<'_, '_> {
    /// Notes that `area` stands for `target`; later ones lie on top.
    pub(crate) fn hit(&mut self, area: Rect, target: ClickTarget) {
        self.hits.push((area, target));
    }

    /// Draws a pane and gives back its inside, one column of margin left and right.
    pub(crate) fn pane(&mut self, area: Rect, pane: &Pane<'_>) -> Rect {
        let (set, style) = match pane.focused {
            true => (self.theme.glyph.border_focus, self.theme.style.border_focus),
            false => (self.theme.glyph.border, self.theme.style.border),
        };
        let columns = usize::from(area.width.saturating_sub(6));
        let number = pane.number.map(|number| format!("{} ", number + 1)).unwrap_or_default();
        let title = cut(&format!("{number}{}", pane.title), columns, self.theme.glyph.ellipsis);
        let rule = if pane.focused { set.horizontal_top } else { self.theme.glyph.border.horizontal_top };
        let title_style = if pane.focused { self.theme.style.heading } else { self.theme.style.text };
        let mut block = Block::bordered().border_set(set).border_style(style);
        if !title.is_empty() {
            block = block.title_top(Line::from(vec![
                Span::styled(rule, style),
                Span::raw(" "),
                Span::styled(title, title_style),
                Span::raw(" "),
            ]));
        }
        if !pane.foot.is_empty() {
            let foot = cut(&pane.foot, columns, self.theme.glyph.ellipsis);
            let foot = Line::from(vec![
                Span::raw(" "),
                Span::styled(foot, self.theme.style.dim),
                Span::raw(" "),
                Span::styled(rule, style),
            ]);
            block = block.title_bottom(foot.right_aligned());
        }
        let inside = block.inner(area);
        self.frame.render_widget(block, area);
        if let Some(number) = pane.number {
            self.hit(area, ClickTarget::Pane(number));
        }
        Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
    }

    /// Draws lines from the top of `area`; what does not fit is left out.
    pub(crate) fn lines(&mut self, area: Rect, lines: Vec<Line<'_>>) {
        self.frame.render_widget(Paragraph::new(lines), area);
    }

    /// Draws wrapped text from line `scroll` on, and gives back how much of it was seen, in per
    /// cent, if not all of it fits.
    pub(crate) fn scrolled(&mut self, area: Rect, lines: Vec<Line<'static>>, scroll: usize) -> Option<usize> {
        let height = usize::from(area.height);
        let all = lines.len();
        let top = scroll.min(all.saturating_sub(height));
        let rest: Vec<Line<'static>> = lines.into_iter().skip(top).take(height).collect();
        self.frame.render_widget(Paragraph::new(rest), area);
        (all > height).then(|| ((top + height).min(all) * 100) / all.max(1))
    }

    /// Draws text over the lower right of a pane's border.
    pub(crate) fn foot(&mut self, area: Rect, text: &str) {
        let width = text.chars().count() as u16 + 2;
        if area.width > width + 3 && area.height > 0 {
            let at = Rect { x: area.right() - width - 2, y: area.bottom() - 1, width, height: 1 };
            self.frame.render_widget(Line::styled(format!(" {text} "), self.theme.style.dim), at);
        }
    }

    /// Draws the rows of a list so that the selected one is in sight, registers them for clicks, and
    /// gives back the first one shown. Every row is one line.
    pub(crate) fn list(&mut self, area: Rect, pane: usize, rows: Vec<Line<'_>>, selected: usize) -> usize {
        let top = top_of(rows.len(), usize::from(area.height), selected);
        for (at, row) in rows.into_iter().enumerate().skip(top).take(usize::from(area.height)) {
            let place = Rect { y: area.y + (at - top) as u16, height: 1, ..area };
            self.frame.render_widget(row, place);
            self.hit(place, ClickTarget::Row(pane, at));
        }
        top
    }

    /// Draws the tab strip of narrow screens and gives back what is left below it.
    pub(crate) fn tabs(&mut self, area: Rect, names: &[(&str, bool)]) -> Rect {
        let mut spans = Vec::new();
        let mut at = area.x;
        for (number, (name, on)) in names.iter().enumerate() {
            let text = if *on { format!("[{} {name}]", number + 1) } else { format!(" {} {name} ", number + 1) };
            let wide = super::text::width(&text) as u16;
            let left = area.right().saturating_sub(at);
            self.hit(
                Rect { x: at.min(area.right()), y: area.y, width: wide.min(left), height: 1 },
                ClickTarget::Pane(number),
            );
            at = at.saturating_add(wide);
            spans.push(Span::styled(text, if *on { self.theme.style.heading } else { self.theme.style.dim }));
        }
        self.lines(Rect { height: 1, ..area }, vec![Line::from(spans)]);
        Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
    }

    /// Empties `area` and draws a box over the screen; gives back its inside.
    pub(crate) fn card(&mut self, area: Rect, title: &str, foot: &str) -> Rect {
        self.frame.render_widget(Clear, area);
        self.hit(area, ClickTarget::Nowhere);
        self.pane(area, &Pane { title, foot: foot.into(), focused: true, number: None })
    }

    /// The marker before a row: the cursor where it is selected.
    pub(crate) fn marker(&self, selected: bool, focused: bool) -> Span<'static> {
        let style = if focused { self.theme.style.accent } else { self.theme.style.dim };
        if selected { Span::styled(self.theme.glyph.cursor, style) } else { Span::raw(" ") }
    }

    /// The style of a row's text.
    pub(crate) fn row_style(&self, selected: bool, focused: bool) -> Style {
        match (selected, focused) {
            (true, true) => self.theme.style.selected,
            (true, false) => self.theme.style.selected_dim,
            (false, _) => self.theme.style.text,
        }
    }
}

/// A pane's frame.
pub(crate) struct Pane<'p> {
    /// Its number, from 0; nothing where it has none.
    pub(crate) number: Option<usize>,
    pub(crate) title: &'p str,
    /// What stands at the right of its lower border.
    pub(crate) foot: String,
    pub(crate) focused: bool,
}

/// The first of `count` rows to show in `height` so that `selected` is in sight, as far in the
/// middle as the ends allow.
pub(crate) fn top_of(count: usize, height: usize, selected: usize) -> usize {
    if count <= height { 0 } else { selected.saturating_sub(height / 2).min(count - height) }
}

/// A box of at most `width` by `height` in the middle of `area`.
pub(crate) fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(area.width);
    let height = height.min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_row_is_always_in_sight() {
        for count in 0..40 {
            for height in 1..12 {
                for selected in 0..count {
                    let top = top_of(count, height, selected);
                    assert!((top..top + height).contains(&selected), "{count} {height} {selected}");
                    assert!(top + height <= count.max(height));
                }
            }
        }
    }
}
