//! Help: what the screen is for, then every key of it, then the others, from the one key table.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::model::{Model, Screen};
use crate::keys::{Binding, Context, TABLE};
use crate::tui::view::pane::Canvas;
use crate::tui::view::text::{width, wrap_plain};
use crate::tui::view::theme::Theme;

/// Columns from which the keys stand in two columns.
const TWO_COLUMNS: u16 = 110;

/// Columns of the keys.
const KEYS: usize = 14;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, scroll: usize) {
    let two = body.width >= TWO_COLUMNS;
    let wide = if two { body.width.saturating_sub(4).min(150) } else { body.width.min(84) };
    let (area, inside) =
        super::middle(canvas, body, (wide, usize::from(body.height)), &format!("Help: {}", title(model)));
    let theme = canvas.theme;
    let about = wrap_plain(about(model), theme.style.text, usize::from(inside.width));
    let groups = |columns: usize| -> Vec<Vec<Line<'static>>> {
        order(model).into_iter().map(|context| group(model, theme, context, columns)).collect()
    };
    let seen = if two {
        let rows = about.len() as u16 + 1;
        let [above, below] = Layout::vertical([Constraint::Length(rows), Constraint::Min(0)]).areas(inside);
        canvas.lines(above, about);
        let [left, _, right] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Length(2), Constraint::Fill(1)]).areas(below);
        let groups = groups(usize::from(left.width));
        let half = groups.iter().map(Vec::len).sum::<usize>().div_ceil(2);
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for group in groups {
            if first.len() + group.len() / 2 <= half { first.extend(group) } else { second.extend(group) }
        }
        // Both columns scroll alike, down to the end of the longer one.
        let longer = first.len().max(second.len());
        first.resize(longer, Line::default());
        second.resize(longer, Line::default());
        canvas.scrolled(right, second, scroll);
        canvas.scrolled(left, first, scroll)
    } else {
        let mut lines = about;
        lines.push(Line::default());
        lines.extend(groups(usize::from(inside.width)).into_iter().flatten());
        canvas.scrolled(inside, lines, scroll)
    };
    if let Some(seen) = seen {
        canvas.foot(area, &format!("{seen}% seen"));
    }
}

/// A context's keys under its title.
fn group(model: &Model, theme: &Theme, context: Context, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    let mut lines = vec![Line::styled(context.title(), style.heading)];
    for binding in TABLE.iter().filter(|line| line.context == context) {
        lines.extend(entry(model, theme, binding, columns));
    }
    lines.push(Line::default());
    lines
}

fn entry(model: &Model, theme: &Theme, binding: &Binding, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    let keys = model.keymap.keys(binding.action);
    let keys = if keys.is_empty() { "(no key)".to_owned() } else { keys.join(", ") };
    let column = KEYS.min(columns / 3);
    let mut rows = wrap_plain(binding.help, style.text, columns.saturating_sub(column + 3));
    let over = width(&keys) > column;
    let mut lines = Vec::new();
    if over {
        lines.push(Line::from(vec![Span::raw("  "), Span::styled(keys.clone(), style.accent)]));
    } else if let Some(first) = rows.first_mut() {
        let gap = " ".repeat(column + 1 - width(&keys));
        first.spans.splice(0..0, [Span::raw("  "), Span::styled(keys, style.accent), Span::raw(gap)]);
    }
    for (at, mut row) in rows.into_iter().enumerate() {
        if at > 0 || over {
            row.spans.insert(0, Span::raw(" ".repeat(column + 3)));
        }
        lines.push(row);
    }
    lines
}

/// The contexts, those of the screen first.
fn order(model: &Model) -> Vec<Context> {
    let mut order = Vec::new();
    let typing = match model.screen {
        Screen::Form => model.form.as_ref().is_some_and(|form| form.editing),
        Screen::Browser => model.browser.searching,
        Screen::Plans => model.plans.searching,
        Screen::Workspace | Screen::Lanes | Screen::WrapUp | Screen::Stats => false,
    };
    if typing {
        order.push(Context::Edit);
    }
    for context in model.contexts().iter().chain(Context::ALL) {
        if !order.contains(context) {
            order.push(*context);
        }
    }
    order
}

fn title(model: &Model) -> &'static str {
    match model.screen {
        Screen::Browser => "strategies",
        Screen::Form => "form",
        Screen::Workspace => "workspace",
        Screen::Lanes => "lanes",
        Screen::WrapUp => "wrap-up",
        Screen::Plans => "plans",
        Screen::Stats => "statistics",
    }
}

/// What the screen is for.
fn about(model: &Model) -> &'static str {
    match model.screen {
        Screen::Browser if model.browser.card.open => {
            "Answer what you know of the work, with a digit or left and right. The strategies are ranked as you \
             answer, each with what speaks for it and against it, and you see whether one session will do."
        }
        Screen::Browser => {
            "A strategy is a proven way of working with a coding agent: a list of prompts with time budgets, \
             evidence and gates. Choose one here; the preview says when it fits. Using it opens a form."
        }
        Screen::Form => {
            "Fill in what the strategy asks for; * marks what it needs. The live prompt shows what the agent will read. \
             What you type is kept as a draft. Nothing is started before you have seen the review."
        }
        Screen::Workspace => {
            "One turn is one prompt to your agent. Start its clock, copy the prompt, write down what came back, record \
             the evidence it asks for, and close it. A gate waits for your yes before the next turn."
        }
        Screen::Lanes => {
            "Each lane is a session with an agent of its own, on one axis of time. A session waits until those it comes \
             after are finished; those that do not wait for each other may run at the same time."
        }
        Screen::WrapUp => {
            "Tick what is true, say how it went, and finish the session. The report beside it can be copied or \
             written to a file at any time."
        }
        Screen::Stats => {
            "What finished plans took against their budgets, how often turns were gone back to or closed without \
             evidence, and what was left unticked. Plans under way do not count; archived ones do."
        }
        Screen::Plans => {
            "Every plan with how far it is, forms left half-way, and what was deleted. Open a plan to go on where \
             you left it."
        }
    }
}
