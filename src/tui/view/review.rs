//! The review before the start: answers, turns, gates and budget, and every prompt in full.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::form::{Form, Mark};
use crate::app::keys::Action;
use crate::app::layout::{Room, room};
use crate::app::model::Model;
use crate::domain::budget::Budget;
use crate::domain::placeholder::Values;
use crate::domain::prompt::preview;
use crate::domain::stats::{Suggestion, with_own};
use crate::domain::strategy::{SessionSpec, TurnSpec, turn_numbers};
use crate::domain::template::render;

use super::card;
use super::form::shortened;
use super::look::Look;
use super::pane::{Canvas, Pane};
use super::text::{boundary, capital, wrap, wrap_plain};

/// Most bytes of an answer that are drawn.
const SHOWN_BYTES: usize = 4096;

/// Draws the screen.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, form: &Form) {
    match room(model.size) {
        Room::Narrow | Room::Normal => {
            let columns = usize::from(body.width.saturating_sub(4));
            let mut lines = Review::new(canvas.look, model, form, columns).answers();
            lines.push(Line::default());
            lines.extend(Review::new(canvas.look, model, form, columns).prompts());
            form.reach.set(0);
            pane(canvas, body, "Review", lines, form, 0);
        }
        Room::Roomy | Room::Wide => {
            let [left, right] =
                Layout::horizontal([Constraint::Percentage(45), Constraint::Percentage(55)]).areas(body);
            let columns = |area: Rect| usize::from(area.width.saturating_sub(4));
            let answers = Review::new(canvas.look, model, form, columns(left)).answers();
            let prompts = Review::new(canvas.look, model, form, columns(right)).prompts();
            form.reach.set(0);
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
    form.reach.set(form.reach.get().max(lines.len().saturating_sub(usize::from(inside.height))));
    if let Some(seen) = canvas.scrolled(inside, lines, form.scroll) {
        canvas.foot(area, &format!("{seen}% seen"));
    }
}

/// What the review says, line by line.
struct Review<'r> {
    look: &'r Look,
    model: &'r Model,
    form: &'r Form,
    values: Values,
    /// Budgets from the record, where that is enough.
    record: Option<Vec<Suggestion>>,
    columns: usize,
    lines: Vec<Line<'static>>,
}

impl<'r> Review<'r> {
    fn new(look: &'r Look, model: &'r Model, form: &'r Form, columns: usize) -> Self {
        let record = model.stats.suggestions(&form.strategy);
        Self { look, model, form, values: form.values(), record, columns, lines: Vec::new() }
    }

    fn answers(mut self) -> Vec<Line<'static>> {
        let key = |action| self.model.keymap.key(action).unwrap_or_default();
        let text = format!("{} starts the plan, {} goes back to the fields.", key(Action::Enter), key(Action::Back));
        self.plain(&text, self.look.style.accent, 0);
        self.heading("Plan");
        let name = self.form.plan_name();
        self.plain(&name, self.look.style.text, 2);
        self.plain(&format!("by the strategy '{}'", self.form.strategy.title), self.look.style.dim, 2);
        if let Some(origin) = &self.form.origin {
            self.plain(&format!("follows '{}'", origin.name), self.look.style.dim, 2);
        }
        if let Ok(goal) = render(&self.form.strategy.goal, &self.form.strategy, &self.values)
            && !goal.trim().is_empty()
        {
            self.heading("Goal");
            self.plain(&short(&goal), self.look.style.text, 2);
        }
        self.heading("Your answers");
        for at in self.form.shown().into_iter().filter(|at| *at > 0) {
            self.answer(at);
        }
        self.turns();
        self.lines
    }

    fn answer(&mut self, at: usize) {
        let style = self.look.style;
        let Some(placeholder) = self.form.placeholder(at) else { return };
        let (label, name) = (placeholder.label.clone(), placeholder.name.clone());
        let word = match self.form.mark(at, &self.values) {
            Mark::Default => " (default)",
            Mark::Optional => " (left empty)",
            Mark::Edit | Mark::Ok | Mark::Wrong | Mark::Required => "",
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

    fn turns(&mut self) {
        let guide = self.form.strategy.clone();
        let taken = self.record.as_deref().filter(|_| self.form.own_budgets);
        let strategy = taken.map_or_else(|| guide.as_ref().clone(), |record| with_own(&guide, record));
        self.heading(if strategy.is_multi_session() { "Sessions and their turns" } else { "Turns" });
        self.whose_budgets();
        for session in &strategy.sessions {
            if strategy.is_multi_session() {
                self.session(session);
            }
            let indent = if strategy.is_multi_session() { 4 } else { 2 };
            let numbers = turn_numbers(session.turns.iter().map(|turn| turn.span));
            for (turn, number) in session.turns.iter().zip(numbers) {
                let budget = turn.budget.as_ref().filter(|_| self.record.is_none());
                let budget = budget.map(|budget| format!("  {}", budget.short())).unwrap_or_default();
                let repeat =
                    if turn.repeat.is_empty() { String::new() } else { format!("  repeated per {}", turn.repeat) };
                let style = self.look.style;
                self.styled(
                    &[(&format!("{number} {}", turn.title), style.text), (&budget, style.dim), (&repeat, style.dim)],
                    indent,
                );
                self.budgets(&session.id, turn, indent + 2);
                if !turn.gate.is_empty() {
                    self.plain(&format!("{} gate: {}", self.look.glyph.gate_open, turn.gate), style.warn, indent + 2);
                }
            }
        }
        let gates = match strategy.gates() {
            0 => "no gates".into(),
            1 => "1 gate to approve".into(),
            gates => format!("{gates} gates to approve"),
        };
        let budget = strategy
            .budget()
            .map_or_else(|| "no budget".to_owned(), |budget| format!("Budget {} in all", budget.short()));
        self.lines.push(Line::default());
        self.plain(&format!("{budget}, {gates}."), self.look.style.heading, 2);
    }

    /// Says that there are budgets from the record, and how to take them.
    fn whose_budgets(&mut self) {
        if self.record.is_none() {
            return;
        }
        let key = self.model.keymap.key(Action::OwnBudgets).unwrap_or_default();
        let text = match self.form.own_budgets {
            true => format!("The budgets are your own median times; {key} goes back to the guide's."),
            false => format!("The budgets are the guide's; {key} takes your own median times."),
        };
        self.plain(&text, self.look.style.accent, 2);
    }

    /// Both budgets of a turn, where there is a record; the one taken in brackets.
    fn budgets(&mut self, session: &str, turn: &TurnSpec, indent: usize) {
        let of = |found: &&Suggestion| found.turn.session == session && found.turn.turn == turn.id;
        let Some(found) = self.record.iter().flatten().find(of) else { return };
        let style = self.look.style;
        let guide = format!("guide: {}", found.guide.as_ref().map_or_else(|| "none".into(), Budget::short));
        let own = found.own.as_ref().map(|own| format!("yours: {} ({})", own.budget, own.basis()));
        let taken = self.form.own_budgets && own.is_some();
        let own = own.unwrap_or_else(|| "yours: no time yet".into());
        let (guide, own) = if taken { (guide, format!("[{own}]")) } else { (format!("[{guide}]"), own) };
        let (guide_style, own_style) = if taken { (style.dim, style.text) } else { (style.text, style.dim) };
        self.styled(&[(&guide, guide_style), ("  ", style.dim), (&own, own_style)], indent);
    }

    fn session(&mut self, session: &SessionSpec) {
        let style = self.look.style;
        let budget = session.whole_budget().map(|budget| format!("  {}", budget.short())).unwrap_or_default();
        let strategy = &self.form.strategy;
        let titles: Vec<String> = session
            .after
            .iter()
            .map(|id| {
                strategy
                    .sessions
                    .iter()
                    .find(|other| other.id == *id)
                    .map_or_else(|| id.clone(), |other| format!("'{}'", other.title))
            })
            .collect();
        let after = if titles.is_empty() { String::new() } else { format!("  after {}", titles.join(", ")) };
        self.styled(&[(&session.title, style.heading), (&budget, style.dim), (&after, style.dim)], 2);
    }

    fn prompts(mut self) -> Vec<Line<'static>> {
        let strategy = self.form.strategy.clone();
        let style = self.look.style;
        self.plain("What your answers put in is in [brackets]; the brackets are not sent.", style.dim, 0);
        for (at, turn) in strategy.turns().enumerate() {
            let place = self.form.turn_place(at);
            self.heading(&format!("{}: {}", capital(&place), turn.title));
            match preview(&strategy, turn, &self.form.given()) {
                Ok(pieces) => {
                    let columns = self.columns.saturating_sub(2);
                    let lines = card::prompt(&shortened(pieces), None, self.look, columns);
                    self.lines.extend(lines.into_iter().map(|line| indented(line, 2)));
                }
                Err(error) => self.plain(&format!("This prompt cannot be shown: {error}"), style.bad, 2),
            }
        }
        self.lines
    }

    fn heading(&mut self, text: &str) {
        self.lines.push(Line::default());
        self.plain(text, self.look.style.heading, 0);
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
