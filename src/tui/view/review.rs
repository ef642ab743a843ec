//! The review before the start: what speaks against the plan, answers, turns, gates and budget, and every
//! prompt in full.

mod against;
mod plan;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::form::{FieldStatus, Form};
use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::Model;
use crate::domain::placeholder::Values;
use crate::domain::stats::Suggestion;
use crate::domain::template::render;
use crate::keys::Action;

use super::pane::{Canvas, Pane};
use super::text::{boundary, wrap, wrap_plain};
use super::theme::Theme;

/// Most bytes of an answer that are drawn.
const SHOWN_BYTES: usize = 4096;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, form: &Form) {
    match breakpoint(model.size) {
        Breakpoint::Narrow | Breakpoint::Normal => {
            let columns = usize::from(body.width.saturating_sub(4));
            let mut lines = Review::new(canvas.theme, model, form, columns).answers();
            lines.push(Line::default());
            lines.extend(Review::new(canvas.theme, model, form, columns).prompts());
            form.max_scroll.set(0);
            pane(canvas, body, "Review", lines, form, 0);
        }
        Breakpoint::Roomy | Breakpoint::Wide => {
            let [left, right] =
                Layout::horizontal([Constraint::Percentage(45), Constraint::Percentage(55)]).areas(body);
            let columns = |area: Rect| usize::from(area.width.saturating_sub(4));
            let answers = Review::new(canvas.theme, model, form, columns(left)).answers();
            let prompts = Review::new(canvas.theme, model, form, columns(right)).prompts();
            form.max_scroll.set(0);
            pane(canvas, left, "Review", answers, form, 0);
            pane(canvas, right, "Prompts as they will be sent", prompts, form, 1);
        }
    }
}

/// Draws one pane; both scroll together, as far as the longer one reaches.
fn pane(canvas: &mut Canvas<'_, '_>, area: Rect, title: &str, lines: Vec<Line<'static>>, form: &Form, number: usize) {
    let inside = if area.height < 4 {
        area
    } else {
        canvas.pane(area, &Pane { number: Some(number), title, foot: String::new(), focused: number == 0 })
    };
    form.max_scroll.set(form.max_scroll.get().max(lines.len().saturating_sub(usize::from(inside.height))));
    if let Some(seen) = canvas.scrolled(inside, lines, form.scroll) {
        canvas.foot(area, &format!("{seen}% seen"));
    }
}

/// What the review says, line by line.
struct Review<'r> {
    theme: &'r Theme,
    model: &'r Model,
    form: &'r Form,
    values: Values,
    /// Budgets from the record, where that is enough.
    record: Option<Vec<Suggestion>>,
    columns: usize,
    lines: Vec<Line<'static>>,
}

impl<'r> Review<'r> {
    fn new(theme: &'r Theme, model: &'r Model, form: &'r Form, columns: usize) -> Self {
        let record = model.stats.suggestions(&form.answers.strategy);
        Self { theme, model, form, values: form.answers.values(), record, columns, lines: Vec::new() }
    }

    fn answers(mut self) -> Vec<Line<'static>> {
        let key = |action| self.model.keymap.key(action).unwrap_or_default();
        let text = format!("{} starts the plan, {} goes back to the fields.", key(Action::Enter), key(Action::Back));
        self.plain(&text, self.theme.style.accent, 0);
        self.against();
        self.heading("Plan");
        let name = self.form.answers.plan_name();
        self.plain(&name, self.theme.style.text, 2);
        self.plain(&format!("by the strategy '{}'", self.form.answers.strategy.title), self.theme.style.dim, 2);
        if let Some(origin) = &self.form.answers.origin {
            self.plain(&format!("follows '{}'", origin.name), self.theme.style.dim, 2);
        }
        if let Ok(goal) = render(&self.form.answers.strategy.goal, &self.form.answers.strategy, &self.values)
            && !goal.trim().is_empty()
        {
            self.heading("Goal");
            self.plain(&short(&goal), self.theme.style.text, 2);
        }
        self.heading("Your answers");
        for at in self.form.shown().into_iter().filter(|at| *at > 0) {
            self.answer(at);
        }
        self.turns();
        self.lines
    }

    fn answer(&mut self, at: usize) {
        let style = self.theme.style;
        let Some(placeholder) = self.form.placeholder(at) else { return };
        let (label, name) = (placeholder.label.clone(), placeholder.name.clone());
        let word = match self.form.mark(at, &self.values, &[]) {
            FieldStatus::Default => " (default)",
            FieldStatus::Optional => " (left empty)",
            FieldStatus::Edit | FieldStatus::Ok | FieldStatus::Wrong | FieldStatus::Required => "",
        };
        let value = self.values.get(&name).map(|value| short(&value.as_input()));
        match value {
            Some(value) if value.contains('\n') || value.chars().count() + label.chars().count() + 4 > self.columns => {
                self.styled(&[(&format!("{label}:"), style.dim), (word, style.dim)], 2);
                self.plain(&value, style.text, 4);
            }
            value => {
                let value = value.unwrap_or_else(|| "none".into());
                self.styled(&[(&format!("{label}: "), style.dim), (&value, style.text), (word, style.dim)], 2);
            }
        }
    }

    fn heading(&mut self, text: &str) {
        self.lines.push(Line::default());
        self.plain(text, self.theme.style.heading, 0);
    }

    fn plain(&mut self, text: &str, style: Style, indent: usize) {
        let lines = wrap_plain(text, style, self.columns.saturating_sub(indent));
        self.lines.extend(lines.into_iter().map(|line| indented(line, indent)));
    }

    fn styled(&mut self, parts: &[(&str, Style)], indent: usize) {
        let lines = wrap(parts.iter().copied(), self.columns.saturating_sub(indent));
        self.lines.extend(lines.into_iter().map(|line| indented(line, indent)));
    }
}

fn indented(mut line: Line<'static>, by: usize) -> Line<'static> {
    line.spans.insert(0, Span::raw(" ".repeat(by)));
    line
}

/// The beginning of a very long text.
fn short(text: &str) -> String {
    if text.len() <= SHOWN_BYTES {
        return text.to_owned();
    }
    format!("{}\n... {} KiB in all", &text[..boundary(text, SHOWN_BYTES)], text.len() / 1024)
}
