//! The fields of the form: label and mark, value, fault; and the button below.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::form::{FieldStatus, Form};
use crate::app::model::Model;
use crate::app::msg::ClickTarget;
use crate::domain::placeholder::{Fault, Values};
use crate::domain::untrusted::shown;
use crate::domain::words;
use crate::tui::view::blocks::{self, Block, Edit};
use crate::tui::view::inputs::{answer_rows, barred, head};
use crate::tui::view::pane::{Canvas, Pane};
use crate::tui::view::text::{cut, sides, width, wrap, wrap_plain};
use crate::tui::view::theme::Theme;

use super::about;

/// How many rows fields get.
#[derive(Clone, Copy)]
struct Rows {
    /// Least of a field of several lines.
    least: usize,
    /// Most of one without the focus.
    most: usize,
    /// Most of the one with the focus.
    focused: usize,
    /// Between fields.
    gap: bool,
    /// Of help below the focused field.
    help: usize,
}

/// Draws the pane. With `help`, the focused field explains itself below.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, _model: &Model, form: &Form, help: bool) {
    let shown = form.shown();
    let foot = shown.iter().position(|at| *at == form.focus).map(|at| format!("{} of {}", at + 1, shown.len()));
    let pane = Pane { number: Some(0), title: "Fields", foot: foot.unwrap_or_default(), focused: true };
    let inside = if area.height < 5 || area.width < 12 { area } else { canvas.pane(area, &pane) };
    let (values, faults) = (form.answers.values(), form.answers.faults());
    let room = usize::from(inside.height);
    let pinned = room >= 8;
    let button = button(canvas.theme, form, &faults, usize::from(inside.width));
    let list_room = if pinned { room - button.lines.len() } else { room };
    let columns = usize::from(inside.width);
    let focused_at = shown.iter().position(|at| *at == form.focus).unwrap_or(shown.len());
    let mut list = Vec::new();
    for rows in choices_of_rows(list_room, help) {
        let drawer = Drawer { theme: canvas.theme, form, values: &values, faults: &faults, columns, rows };
        list = shown.iter().map(|at| drawer.field(*at)).collect();
        if blocks::height(&list) <= list_room {
            break;
        }
    }
    if pinned {
        let tall = blocks::height(&list).min(list_room) as u16;
        blocks::draw(canvas, Rect { height: tall, ..inside }, list, focused_at);
        let below = Rect { y: inside.y + tall, height: inside.height - tall, ..inside };
        blocks::draw(canvas, below, vec![button], 0);
    } else {
        list.push(button);
        blocks::draw(canvas, inside, list, focused_at);
    }
}

/// From generous to sparing.
fn choices_of_rows(room: usize, help: bool) -> [Rows; 5] {
    let focused = room.saturating_sub(3).clamp(1, 8);
    let help = if help { room.saturating_sub(focused + 3).min(5) } else { 0 };
    let generous = Rows { least: 2, most: 8, focused, gap: true, help };
    [
        generous,
        Rows { most: 3, ..generous },
        Rows { least: 1, most: 3, ..generous },
        Rows { most: 3, gap: false, ..generous },
        Rows { least: 1, most: 2, gap: false, help: help.min(3), focused: focused.min(room / 2).max(1) },
    ]
}

struct Drawer<'d> {
    theme: &'d Theme,
    form: &'d Form,
    values: &'d Values,
    faults: &'d [Fault],
    columns: usize,
    rows: Rows,
}

impl<'d> Drawer<'d> {
    fn field(&self, at: usize) -> Block<'d> {
        let focused = self.form.focus == at;
        let mark = self.form.mark(at, self.values, self.faults);
        let mut lines = self.label(at, focused, mark);
        let edit = self.value(at, focused, mark, &mut lines);
        if self.form.shows_fault(at)
            && let Some(fault) = self.form.fault(at, self.faults)
        {
            let text = wrap_plain(&format!("! {fault}"), self.theme.style.bad, self.columns.saturating_sub(2));
            lines.extend(text.into_iter().take(2).map(|line| barred(self.theme, line, false)));
        }
        if focused && self.rows.help > 0 {
            let help = about::short(self.form, self.theme, self.columns.saturating_sub(4), self.rows.help);
            lines.extend(help.into_iter().map(|line| barred(self.theme, line, false)));
        }
        if self.rows.gap {
            lines.push(Line::default());
        }
        Block { lines, target: ClickTarget::Row(0, at), edit }
    }

    /// The label, in two rows if it must be, with the mark at the right of the first.
    fn label(&self, at: usize, focused: bool, mark: FieldStatus) -> Vec<Line<'static>> {
        let style = self.theme.style;
        let placeholder = self.form.placeholder(at);
        let name = placeholder.map_or("Name of the plan", |placeholder| placeholder.label.as_str());
        let mark_style = match mark {
            FieldStatus::Edit => style.accent,
            FieldStatus::Ok => style.good,
            FieldStatus::Wrong => style.bad,
            FieldStatus::Required => style.warn,
            FieldStatus::Default | FieldStatus::Optional => style.dim,
        };
        let star = if placeholder.is_some_and(|placeholder| placeholder.required) { " *" } else { "" };
        let name_style = if focused { style.heading } else { style.text };
        let room = self.columns.saturating_sub(width(mark.word()) + 3);
        let mut rows = wrap([(shown(name).as_ref(), name_style), (star, style.warn)], room);
        rows.truncate(2);
        let rows = rows.into_iter().enumerate().map(|(row, line)| {
            let marker = if focused && row == 0 { self.theme.glyph.cursor } else { " " };
            let mut left = vec![Span::styled(marker, style.accent), Span::raw(" ")];
            left.extend(line.spans);
            let right = if row == 0 { vec![Span::styled(mark.word(), mark_style)] } else { Vec::new() };
            sides(left, right, self.columns)
        });
        rows.collect()
    }

    /// Adds the rows of the value; gives back the field that is edited over them.
    fn value(&self, at: usize, focused: bool, mark: FieldStatus, lines: &mut Vec<Line<'static>>) -> Option<Edit<'d>> {
        let style = self.theme.style;
        let columns = self.columns.saturating_sub(2);
        if let Some((answers, chosen)) = self.form.options(at, self.values) {
            let rows = answer_rows(&answers, chosen, self.theme, columns);
            lines.extend(rows.into_iter().map(|line| barred(self.theme, line, focused)));
            return None;
        }
        let field = &self.form.fields[at];
        let several = field.input.is_multiline();
        let typed = if self.form.is_edited(at) { head(field.input.area().lines()) } else { String::new() };
        let editing = mark == FieldStatus::Edit;
        let (text, text_style) = match (typed.trim().is_empty(), self.stand_in(at)) {
            (false, _) => (typed, style.text),
            (true, text) => (text, style.dim),
        };
        let wrapped = if several {
            wrap_plain(&text, text_style, columns.saturating_sub(1))
        } else {
            vec![self.one_line(&text, text_style, columns)]
        };
        let most = if focused { self.rows.focused } else { self.rows.most };
        let least = if several { self.rows.least } else { 1 };
        // While it is edited there is a row for the line to come.
        let wanted = wrapped.len() + usize::from(several && editing);
        let rows = wanted.clamp(least, most.max(least)).min(if several { usize::MAX } else { 1 });
        let cut_off = wrapped.len() > rows && !editing;
        let row = lines.len();
        let empty_edit = editing && field.input.is_empty();
        for at in 0..rows {
            let line = if editing && !empty_edit { None } else { wrapped.get(at).cloned() };
            let mut line = line.unwrap_or_default();
            if cut_off && at + 1 == rows {
                line.spans.push(Span::styled(self.theme.glyph.ellipsis, style.dim));
            }
            if empty_edit && at == 0 {
                // The cursor stands before what an empty field means.
                line.spans.insert(0, Span::raw(" "));
            }
            lines.push(barred(self.theme, line, focused));
        }
        editing.then_some(Edit { area: field.input.area(), row, rows, indent: 2 })
    }

    fn one_line(&self, text: &str, style: Style, columns: usize) -> Line<'static> {
        Line::styled(cut(text, columns, self.theme.glyph.ellipsis), style)
    }

    /// What stands in an empty field: its default, or that there is nothing.
    fn stand_in(&self, at: usize) -> String {
        match self.form.placeholder(at) {
            None => self.form.answers.default_name(),
            Some(placeholder) => match self.values.get(&placeholder.name) {
                Some(value) => value.as_input(),
                None if placeholder.required => "nothing yet".into(),
                None => "none".into(),
            },
        }
    }
}

/// The button, and what stands against it.
fn button(theme: &Theme, form: &Form, faults: &[Fault], columns: usize) -> Block<'static> {
    let names: Vec<&str> = faults.iter().map(|fault| fault.label.as_str()).collect();
    let below = match names.len() {
        0 => Span::styled("  ready".to_owned(), theme.style.good),
        count => Span::styled(format!("  {}: {}", words::count(count, "problem"), names.join(", ")), theme.style.warn),
    };
    let focused = form.on_button();
    let marker = if focused { theme.glyph.cursor } else { " " };
    let style = if focused { theme.style.selected } else { theme.style.accent };
    let top = Line::from(vec![
        Span::styled(marker, theme.style.accent),
        Span::raw(" "),
        Span::styled("> Review and start", style),
    ]);
    let below_text = cut(&below.content, columns, theme.glyph.ellipsis);
    Block {
        lines: vec![top, Line::styled(below_text, below.style)],
        target: ClickTarget::Row(0, form.fields.len()),
        edit: None,
    }
}
