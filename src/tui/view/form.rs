//! The form: its fields, the prompts as they come to read, and help for the focused field.

mod about;
mod fields;
mod prompts;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

pub(super) use prompts::shortened;

use crate::app::form::Form;
use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::Model;
use crate::app::msg::ClickTarget;

use super::pane::{Canvas, Pane};

/// Rows of the pane with the help.
const HELP_ROWS: u16 = 8;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, form: &Form) {
    let room = breakpoint(model.size);
    match room {
        Breakpoint::Narrow => narrow(canvas, body, model, form),
        Breakpoint::Normal => {
            let [left, right] =
                Layout::horizontal([Constraint::Percentage(51), Constraint::Percentage(49)]).areas(body);
            fields::draw(canvas, left, model, form, true);
            prompts::draw(canvas, right, form, form.previewed(), 1);
        }
        Breakpoint::Roomy | Breakpoint::Wide => {
            let [above, below] = Layout::vertical([Constraint::Min(0), Constraint::Length(HELP_ROWS)]).areas(body);
            if room == Breakpoint::Roomy {
                let [left, right] =
                    Layout::horizontal([Constraint::Percentage(45), Constraint::Percentage(55)]).areas(above);
                fields::draw(canvas, left, model, form, false);
                prompts::draw(canvas, right, form, form.previewed(), 1);
            } else {
                wide(canvas, above, model, form);
            }
            help(canvas, below, model, form);
        }
    }
}

/// One pane with a strip that says which; the prompt while a turn is chosen.
fn narrow(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, form: &Form) {
    if body.height < 6 {
        return fields::draw(canvas, body, model, form, false);
    }
    let [strip, rest] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(body);
    let style = canvas.theme.style;
    let on_prompt = form.turn.is_some();
    let tab = |text: &str, on: bool| {
        if on { Span::styled(format!("[{text}]"), style.heading) } else { Span::styled(format!(" {text} "), style.dim) }
    };
    canvas
        .lines(strip, vec![Line::from(vec![Span::raw(" "), tab("1 Fields", !on_prompt), tab("2 Prompt", on_prompt)])]);
    let half = |x: u16, width: u16| Rect {
        x: (strip.x + x).min(strip.right()),
        width: width.min(strip.width.saturating_sub(x)),
        ..strip
    };
    canvas.hit(half(1, 10), ClickTarget::Pane(0));
    canvas.hit(half(11, 10), ClickTarget::Pane(1));
    if on_prompt {
        prompts::draw(canvas, rest, form, form.previewed(), 1);
    } else {
        fields::draw(canvas, rest, model, form, true);
    }
}

/// Two prompts side by side: the one followed and the next; at the end the last two.
fn wide(canvas: &mut Canvas<'_, '_>, above: Rect, model: &Model, form: &Form) {
    let third = Constraint::Ratio(1, 3);
    let [left, middle, right] = Layout::horizontal([third, third, third]).areas(above);
    fields::draw(canvas, left, model, form, false);
    let turns = form.answers.strategy.turns().count();
    if turns < 2 {
        return prompts::draw(canvas, middle.union(right), form, 0, 1);
    }
    let first = form.previewed().min(turns - 2);
    prompts::draw(canvas, middle, form, first, 1);
    prompts::draw(canvas, right, form, first + 1, 2);
}

fn help(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, form: &Form) {
    let inside =
        canvas.pane(area, &Pane { number: None, title: "Help for this field", foot: String::new(), focused: false });
    let lines = about::lines(model, form, canvas.theme, usize::from(inside.width));
    canvas.lines(inside, lines);
}
