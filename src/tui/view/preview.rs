//! What a strategy is, in lines: for the browser's preview.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::model::Model;
use crate::domain::budget::{Budget, compact};
use crate::domain::library::{Entry, Source};
use crate::domain::placeholder::Values;
use crate::domain::problem::position;
use crate::domain::prompt;
use crate::domain::strategy::{SessionSpec, Strategy, turn_numbers};
use crate::domain::untrusted::shown;

use super::card;
use super::text::{cut, sides, wrap, wrap_plain};
use super::theme::Theme;
use super::words::count;

/// An entry of the library: what it is for, its turns, what it asks for; or what is wrong with it.
pub(super) fn entry(entry: &Entry, model: &Model, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    match &entry.strategy {
        Some(strategy) => {
            let mut lines = about(strategy, theme, columns);
            lines.push(Line::raw(""));
            lines.extend(origin(entry, model, theme, columns));
            lines
        }
        None => broken(entry, theme, columns),
    }
}

fn about(strategy: &Strategy, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    let mut lines = wrap_plain(&strategy.title, style.heading, columns);
    lines.extend(wrap_plain(&figures(strategy), style.dim, columns));
    lines.push(Line::raw(""));
    lines.extend(wrap_plain(&strategy.summary, style.text, columns));
    lines.push(Line::raw(""));
    for (at, session) in strategy.sessions.iter().enumerate() {
        if strategy.is_multi_session() {
            lines.push(session_line(strategy, session, at, theme, columns));
        }
        lines.extend(turn_lines(session, theme, columns));
    }
    lines.push(Line::raw(""));
    lines.extend(asks(strategy, theme, columns));
    if !strategy.when.is_empty() {
        lines.push(Line::raw(""));
        lines.extend(wrap([("When: ", style.heading), (strategy.when.as_str(), style.text)], columns));
    }
    if !strategy.benefits.is_empty() {
        lines.push(Line::raw(""));
        lines.push(Line::styled("What you gain:", style.heading));
        for benefit in &strategy.benefits {
            lines.extend(wrap([("- ", style.dim), (benefit.as_str(), style.text)], columns));
        }
    }
    if !strategy.metrics.is_empty() {
        let names: Vec<&str> = strategy.metrics.iter().map(|metric| metric.label.as_str()).collect();
        lines.push(Line::raw(""));
        lines.extend(wrap([("Measures: ", style.heading), (names.join(", ").as_str(), style.text)], columns));
    }
    lines
}

/// `6 turns, 2 gates, 3h-8h`; sessions where there are several.
pub(super) fn figures(strategy: &Strategy) -> String {
    let mut parts = Vec::new();
    if strategy.is_multi_session() {
        parts.push(count(strategy.sessions.len(), "session"));
    }
    parts.push(count(strategy.turns().count(), "turn"));
    match strategy.gates() {
        0 => parts.push("no gate".into()),
        gates => parts.push(count(gates, "gate")),
    }
    parts.extend(strategy.budget().map(|budget| budget.short()));
    parts.join(", ")
}

fn session_line(strategy: &Strategy, session: &SessionSpec, at: usize, theme: &Theme, columns: usize) -> Line<'static> {
    let before = strategy.sessions.iter().filter(|other| session.after.contains(&other.id));
    let after: Vec<&str> = before.map(|other| other.title.as_str()).collect();
    let budget = session.whole_budget().map(|budget| budget.short()).unwrap_or_default();
    let mut left = vec![Span::styled(format!("{} {}", letter(at), shown(&session.title)), theme.style.heading)];
    if !after.is_empty() {
        left.push(Span::styled(format!(" after {}", shown(&after.join(", "))), theme.style.dim));
    }
    sides(left, vec![Span::styled(budget, theme.style.dim)], columns)
}

/// The letter of a session: A, B, C, ...
pub(super) fn letter(at: usize) -> char {
    char::from(b'A' + (at % 26) as u8)
}

fn turn_lines(session: &SessionSpec, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    let mut lines = Vec::new();
    let numbers = turn_numbers(session.turns.iter().map(|turn| turn.span));
    let wide = numbers.iter().map(String::len).max().unwrap_or(1);
    for (turn, number) in session.turns.iter().zip(numbers) {
        let budget = turn.budget.as_ref().map(Budget::short).unwrap_or_default();
        let mut left = vec![
            Span::styled(format!("{number:>wide$} "), style.dim),
            Span::styled(shown(&turn.title).into_owned(), style.text),
        ];
        if !turn.repeat.is_empty() {
            left.push(Span::styled(format!(" (repeats per {})", shown(&turn.repeat)), style.dim));
        }
        lines.push(sides(left, vec![Span::styled(budget, style.dim)], columns));
        if !turn.gate.is_empty() {
            let indent = " ".repeat(wide + 1);
            let text = cut(&turn.gate, columns.saturating_sub(wide + 9), theme.glyph.ellipsis);
            lines.push(Line::from(vec![
                Span::raw(indent),
                Span::styled(format!("{} gate: {text}", theme.glyph.gate_open), style.warn),
            ]));
        }
    }
    lines
}

fn asks(strategy: &Strategy, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    if strategy.placeholders.is_empty() {
        return vec![Line::styled("Asks for nothing.", style.text)];
    }
    let names: Vec<String> = strategy
        .placeholders
        .iter()
        .map(|placeholder| format!("{}{}", placeholder.label, if placeholder.required { "*" } else { "" }))
        .collect();
    let joined = names.join(", ");
    let mut lines = wrap([("Asks for: ", style.heading), (joined.as_str(), style.text)], columns);
    if strategy.placeholders.iter().any(|placeholder| placeholder.required) {
        lines.extend(wrap_plain("* required; the rest has defaults or may stay empty", style.dim, columns));
    }
    lines
}

/// Where it comes from, and when it was used last.
fn origin(entry: &Entry, model: &Model, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    let mut text = match entry.source {
        Source::BuiltIn => "Built in".to_owned(),
        Source::Pack => format!("From the pack {}", entry.pack.as_deref().unwrap_or_default()),
        Source::Config => "From your config directory".into(),
        Source::Data => "From your data directory".into(),
        Source::Project => "From this project".into(),
    };
    if !entry.hides.is_empty() {
        let hidden: Vec<&str> = entry.hides.iter().map(|source| source.word()).collect();
        text = format!("{text}, in place of the {} one", hidden.join(" and "));
    }
    if let Some(base) = entry.extends.as_ref().filter(|base| **base != entry.id) {
        text = format!("{text}, extends {base}");
    }
    text = format!("{text}, id {}. ", entry.id);
    match model.memory.used.get(&entry.id) {
        Some(used) => {
            let seconds = model.now.as_second().saturating_sub(used.as_second()).max(0) as u64;
            let ago =
                if seconds >= 2 * 86_400 { format!("{} days", seconds / 86_400) } else { compact(seconds.max(60)) };
            text = format!("{text}Last used {ago} ago.");
        }
        None => text.push_str("Not used yet."),
    }
    let mut lines = wrap_plain(&text, style.dim, columns);
    if let Some(path) = &entry.path {
        lines.extend(wrap_plain(&path.display().to_string(), style.dim, columns));
    }
    for problem in &entry.problems {
        let at = position(&entry.text, problem.span.start);
        lines.extend(wrap_plain(
            &format!("{}:{} warning: {}", at.line, at.column, problem.message),
            style.warn,
            columns,
        ));
    }
    lines
}

fn broken(entry: &Entry, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    let mut lines = wrap_plain(&entry.id, style.heading, columns);
    lines.extend(wrap_plain(
        "This file cannot be used until its errors are mended; e opens it in your editor.",
        style.text,
        columns,
    ));
    if let Some(path) = &entry.path {
        lines.extend(wrap_plain(&path.display().to_string(), style.dim, columns));
    }
    for problem in &entry.problems {
        let at = position(&entry.text, problem.span.start);
        let tone: Style = if problem.is_error() { style.bad } else { style.warn };
        lines.push(Line::raw(""));
        lines.extend(wrap_plain(&format!("{}:{} {}", at.line, at.column, problem.message), tone, columns));
        let source = crate::domain::problem::line_at(&entry.text, problem.span.start);
        lines.push(Line::styled(cut(&format!("  {}", source.trim_end()), columns, theme.glyph.ellipsis), style.dim));
        if !problem.hint.is_empty() {
            lines.extend(wrap_plain(&problem.hint, style.text, columns));
        }
    }
    lines
}

/// Every prompt with its defaults, and with the slots marked that a person fills.
pub(super) fn prompts(strategy: &Strategy, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    let mut lines = Vec::new();
    for session in &strategy.sessions {
        let numbers = turn_numbers(session.turns.iter().map(|turn| turn.span));
        for (turn, number) in session.turns.iter().zip(numbers) {
            if !lines.is_empty() {
                lines.push(Line::raw(""));
            }
            let heading = if strategy.is_multi_session() {
                format!("{}: {number} {}", session.title, turn.title)
            } else {
                format!("{number} {}", turn.title)
            };
            lines.push(Line::styled(cut(&heading, columns, theme.glyph.ellipsis), style.heading));
            match prompt::preview(strategy, turn, &Values::new()) {
                Ok(pieces) => lines.extend(card::prompt(&pieces, None, theme, columns)),
                Err(error) => lines.extend(wrap_plain(&format!("the template is wrong: {error}"), style.bad, columns)),
            }
        }
    }
    lines
}
