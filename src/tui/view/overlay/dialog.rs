//! A dialog: its intro, inputs and button, as tall as its contents where there is room.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::dialog::{Dialog, Input, InputKind};
use crate::app::field::Field;
use crate::app::model::Model;
use crate::app::msg::ClickTarget;
use crate::keys::Action;
use crate::tui::view::blocks::{self, Block, Edit};
use crate::tui::view::inputs::{answer_rows, barred, head};
use crate::tui::view::pane::{Canvas, top_of};
use crate::tui::view::text::{cut, width, wrap_plain};
use crate::tui::view::theme::Theme;
use crate::workflow::describe::Manner;

/// Rows an empty field of several lines takes where there is room.
const ROOMY: usize = 6;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, dialog: &Dialog) {
    let wide = match body.width {
        0..84 => body.width.saturating_sub(4).max(body.width.min(20)),
        84..130 => 84,
        130.. => 100,
    };
    let columns = usize::from(wide.saturating_sub(4));
    let room = usize::from(body.height.saturating_sub(2)).max(1);
    let theme = canvas.theme;
    let end = end(theme, model, dialog, columns);
    let list_room = room.saturating_sub(end.lines.len());
    let intro = intro(theme, dialog, columns);
    let blocks = blocks(theme, dialog, columns, list_room.saturating_sub(intro.len()));
    let tall = intro.len() + blocks::height(&blocks) + end.lines.len();
    let (area, inside) = super::middle(canvas, body, (wide, tall), &dialog.title);
    let end_rows = end.lines.len().min(usize::from(inside.height).saturating_sub(1)) as u16;
    let list = Rect { height: inside.height - end_rows, ..inside };
    // What is asked for keeps the room it wants; of a long intro a part is shown, which scrolls.
    let wanted = blocks.get(dialog.focus).or(blocks.last()).map_or(0, |block| block.lines.len());
    let wanted = if intro.len() + blocks::height(&blocks) > usize::from(list.height) { wanted } else { 0 };
    let above = usize::from(list.height).saturating_sub(wanted).min(intro.len()) as u16;
    let head = Rect { height: above, ..list };
    let list = Rect { y: list.y + above, height: list.height - above, ..list };
    let below = Rect { y: list.bottom(), height: end_rows, ..inside };
    said(canvas, model, (head, area), intro, dialog);
    blocks::draw(canvas, list, blocks, dialog.focus);
    blocks::draw(canvas, below, vec![end], 0);
}

/// What explains the dialog, and a line free below it.
fn intro(theme: &Theme, dialog: &Dialog, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    let mut lines = Vec::new();
    for said in &dialog.intro {
        let (glyph, glyph_style, text_style) = match said.manner {
            Manner::Plain => ("", style.text, style.text),
            Manner::Shown => (theme.glyph.done, style.good, style.text),
            Manner::Lacking => (theme.glyph.ready, style.warn, style.warn),
            Manner::Warning => ("!", style.warn, style.warn),
        };
        let indent = if glyph.is_empty() { 0 } else { 2 };
        for (at, mut line) in wrap_plain(&said.text, text_style, columns.saturating_sub(indent)).into_iter().enumerate()
        {
            if indent > 0 {
                let mark = if at == 0 { format!("{glyph} ") } else { "  ".into() };
                line.spans.insert(0, Span::styled(mark, glyph_style));
            }
            lines.push(line);
        }
    }
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    lines
}

/// Draws the intro, or as much of it as there is room for.
fn said(
    canvas: &mut Canvas<'_, '_>,
    model: &Model,
    (area, border): (Rect, Rect),
    lines: Vec<Line<'static>>,
    dialog: &Dialog,
) {
    let hidden = lines.len().saturating_sub(usize::from(area.height));
    dialog.max_scroll.set(hidden);
    if canvas.scrolled(area, lines, dialog.scroll).is_some()
        && let (Some(down), Some(up)) =
            (model.keymap.key(Action::EditPreviewDown), model.keymap.key(Action::EditPreviewUp))
    {
        let key = if dialog.scroll < hidden { down } else { up };
        canvas.foot(border, &format!("{key} scrolls the text above"));
    }
}

fn blocks<'d>(theme: &Theme, dialog: &'d Dialog, columns: usize, room: usize) -> Vec<Block<'d>> {
    let mut blocks = Vec::new();
    let several = dialog.inputs.iter().filter(|input| lines_of(input).is_some()).count();
    let fixed: usize = dialog.inputs.iter().map(|input| fixed_rows(theme, input, columns)).sum();
    let each = room.saturating_sub(fixed) / several.max(1);
    for (at, input) in dialog.inputs.iter().enumerate() {
        blocks.push(block(theme, input, at, dialog.focus == at, columns, each));
    }
    blocks
}

/// Its field, if it takes several lines.
fn lines_of(input: &Input) -> Option<&Field> {
    match &input.kind {
        InputKind::Text(field) => Some(field.as_ref()).filter(|field| field.is_multiline()),
        InputKind::Choice(..) => None,
    }
}

/// Rows besides those of a field of several lines.
fn fixed_rows(theme: &Theme, input: &Input, columns: usize) -> usize {
    match &input.kind {
        InputKind::Text(field) if field.is_multiline() => 2,
        InputKind::Text(_) => 3,
        InputKind::Choice(answers, chosen) if in_a_row(answers, columns) => {
            2 + answer_rows(answers, Some(*chosen), theme, columns).len()
        }
        InputKind::Choice(answers, _) => 2 + answers.len(),
    }
}

fn block<'d>(theme: &Theme, input: &'d Input, at: usize, focused: bool, columns: usize, each: usize) -> Block<'d> {
    let style = theme.style;
    let marker = if focused { theme.glyph.cursor } else { " " };
    let label_style = if focused { style.heading } else { style.dim };
    let label = cut(&input.label, columns.saturating_sub(2), theme.glyph.ellipsis);
    let mut lines =
        vec![Line::from(vec![Span::styled(format!("{marker} "), style.accent), Span::styled(label, label_style)])];
    let columns = columns.saturating_sub(2);
    let mut edit = None;
    match &input.kind {
        InputKind::Text(field) => {
            let text = head(field.area().lines());
            let wrapped = if field.is_multiline() {
                wrap_plain(&text, style.text, columns.saturating_sub(1))
            } else {
                vec![Line::styled(cut(&text, columns, theme.glyph.ellipsis), style.text)]
            };
            let rows = if field.is_multiline() { (wrapped.len() + 1).max(ROOMY).min(each).max(2) } else { 1 };
            if focused {
                edit = Some(Edit { area: field.area(), row: 1, rows, indent: 2 });
            }
            for row in 0..rows {
                let line = if focused { None } else { wrapped.get(row).cloned() };
                lines.push(barred(theme, line.unwrap_or_default(), focused));
            }
        }
        InputKind::Choice(answers, chosen) if in_a_row(answers, columns) => {
            let rows = answer_rows(answers, Some(*chosen), theme, columns);
            lines.extend(rows.into_iter().map(|line| barred(theme, line, focused)));
        }
        InputKind::Choice(answers, chosen) => {
            let top = top_of(answers.len(), each.max(3).min(answers.len()), *chosen);
            for (number, answer) in answers.iter().enumerate().skip(top).take(each.max(3)) {
                let on = number == *chosen;
                let mark = if on { format!("[{}] ", number + 1) } else { format!("({}) ", number + 1) };
                let text = cut(&format!("{mark}{answer}"), columns, theme.glyph.ellipsis);
                let text_style = match (on, focused) {
                    (true, true) => style.selected,
                    (true, false) => style.selected_dim,
                    (false, _) => style.text,
                };
                lines.push(barred(theme, Line::styled(text, text_style), focused));
            }
        }
    }
    lines.push(Line::default());
    Block { lines, target: ClickTarget::OverlayRow(at), edit }
}

/// Few and short answers stand side by side.
fn in_a_row(answers: &[String], columns: usize) -> bool {
    answers.len() <= 3 && answers.iter().map(|answer| width(answer) + 6).sum::<usize>() <= columns
}

/// What is wrong, and the button.
fn end(theme: &Theme, model: &Model, dialog: &Dialog, columns: usize) -> Block<'static> {
    let style = theme.style;
    let mut lines = Vec::new();
    if let Some(error) = &dialog.error {
        lines.extend(wrap_plain(&format!("! {error}"), style.bad, columns).into_iter().take(3));
    }
    let focused = dialog.focus >= dialog.inputs.len();
    let marker = if focused { theme.glyph.cursor } else { " " };
    let button = if focused { style.selected } else { style.accent };
    let mut row =
        vec![Span::styled(format!("{marker} "), style.accent), Span::styled(format!("> {}", dialog.verb), button)];
    if let Some(key) = model.keymap.key(Action::EditSave).filter(|_| !dialog.inputs.is_empty()) {
        row.push(Span::styled(format!("  {key}"), style.dim));
    }
    lines.push(Line::from(row));
    Block { lines, target: ClickTarget::OverlayRow(dialog.inputs.len()), edit: None }
}
