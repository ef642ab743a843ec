//! Blocks of lines one below the other, such as a form's fields: scrolled so that the focused one is
//! in sight, with the text field that is edited drawn over its block.

use ratatui::layout::Rect;
use ratatui::text::Line;
use tui_textarea::TextArea;

use crate::app::msg::ClickTarget;

use super::pane::Canvas;

/// Lines that belong together.
pub(super) struct Block<'a> {
    pub(super) lines: Vec<Line<'static>>,
    /// What a click on it means.
    pub(super) target: ClickTarget,
    /// The field that takes text, over some of the lines.
    pub(super) edit: Option<Edit<'a>>,
}

/// A field that takes text, with its cursor.
pub(super) struct Edit<'a> {
    pub(super) area: &'a TextArea<'static>,
    /// The first line of the block that it covers.
    pub(super) row: usize,
    /// How many it covers.
    pub(super) rows: usize,
    /// Columns left free before it.
    pub(super) indent: u16,
}

/// Lines that all blocks take together.
pub(super) fn height(blocks: &[Block<'_>]) -> usize {
    blocks.iter().map(|block| block.lines.len()).sum()
}

/// Draws the blocks so that the focused one is wholly in sight, if `area` can hold it.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, blocks: Vec<Block<'_>>, focused: usize) {
    let room = usize::from(area.height);
    let all = height(&blocks);
    let top = top_line(&blocks, focused, room, all);
    let mut start = 0;
    for block in blocks {
        let end = start + block.lines.len();
        let (from, to) = (start.max(top), end.min(top + room));
        if from < to {
            let place = rows(area, from - top, to - from);
            canvas.lines(place, block.lines.into_iter().skip(from - start).collect());
            canvas.hit(place, block.target);
            if let Some(edit) = block.edit {
                let (from, to) = ((start + edit.row).max(top), (start + edit.row + edit.rows).min(top + room));
                let place = rows(area, from.saturating_sub(top).min(room), to.saturating_sub(from));
                let indent = edit.indent.min(place.width);
                let place = Rect { x: place.x + indent, width: place.width - indent, ..place };
                if place.width > 0 && place.height > 0 {
                    canvas.frame.render_widget(edit.area, place);
                }
            }
        }
        start = end;
    }
}

/// Some rows of `area`.
fn rows(area: Rect, from: usize, count: usize) -> Rect {
    Rect { y: area.y + from as u16, height: count as u16, ..area }
}

/// The first line shown: the focused block stands about in the middle.
fn top_line(blocks: &[Block<'_>], focused: usize, room: usize, all: usize) -> usize {
    if all <= room {
        return 0;
    }
    let start = height(&blocks[..focused.min(blocks.len())]);
    let tall = blocks.get(focused).map_or(0, |block| block.lines.len());
    start.saturating_sub(room.saturating_sub(tall) / 2).min(all - room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_focused_block_is_wholly_in_sight_where_it_fits() {
        let block = |tall: usize| Block { lines: vec![Line::raw("x"); tall], target: ClickTarget::Nowhere, edit: None };
        let blocks: Vec<Block<'_>> = [2, 5, 1, 3, 4].into_iter().map(block).collect();
        for room in 1..20 {
            for focused in 0..blocks.len() {
                let top = top_line(&blocks, focused, room, height(&blocks));
                let start = height(&blocks[..focused]);
                let tall = blocks[focused].lines.len();
                if tall <= room {
                    assert!(top <= start && start + tall <= top + room, "{room} {focused}");
                } else {
                    assert!((start..start + tall).contains(&top), "{room} {focused}");
                }
            }
        }
    }
}
