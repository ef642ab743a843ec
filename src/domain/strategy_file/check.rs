//! Checks that need the whole strategy: references, templates, unused placeholders.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::domain::nearest::{near_or, near_or_all};
use crate::domain::placeholder::{self, Value};
use crate::domain::problem::Problem;
use crate::domain::strategy::{SessionSpec, Strategy};
use crate::domain::template;

use super::spans::Spans;

pub(super) fn check(text: &str, strategy: &Strategy, spans: &Spans, problems: &mut Vec<Problem>) {
    sessions(strategy, spans, problems);
    metrics(strategy, spans, problems);
    let mut templates = Templates { text, strategy, used: BTreeSet::new(), problems };
    templates.all(spans);
    let used = templates.used;
    for (placeholder, span) in strategy.placeholders.iter().zip(&spans.placeholders) {
        if !used.contains(&placeholder.name) && !placeholder.name.is_empty() {
            problems.push(Problem::warning(
                span.name.clone(),
                format!("nothing uses the placeholder `{}`", placeholder.name),
                "use it in a prompt, or leave it out: people are asked for it",
            ));
        }
    }
}

fn sessions(strategy: &Strategy, spans: &Spans, problems: &mut Vec<Problem>) {
    let ids: Vec<&str> = strategy.sessions.iter().map(|session| session.id.as_str()).collect();
    for (session, span) in strategy.sessions.iter().zip(&spans.sessions) {
        for (after, span) in session.after.iter().zip(&span.after) {
            if after == &session.id {
                problems.push(Problem::error(
                    span.clone(),
                    format!("the session \"{after}\" waits for itself"),
                    "leave it out",
                ));
            } else if !ids.contains(&after.as_str()) {
                let hint = near_or_all(after, ids.iter().copied());
                problems.push(Problem::error(span.clone(), format!("`after` points to no session: \"{after}\""), hint));
            }
        }
    }
    if let Some(circle) = circle(&strategy.sessions) {
        let at = strategy.sessions.iter().position(|session| session.id == circle[0]).unwrap_or(0);
        let span = spans.sessions[at].after.first().cloned().unwrap_or(0..0);
        problems.push(Problem::error(
            span,
            format!("sessions wait for each other in a circle: {}", circle.join(" -> ")),
            "one of them must begin",
        ));
    }
}

/// The ids of a circle of `after`, first one again at the end; nothing where there is none or
/// where it is a single session, which is reported by itself.
fn circle(sessions: &[SessionSpec]) -> Option<Vec<&str>> {
    let find = |id: &str| sessions.iter().find(|session| session.id == id);
    for start in sessions {
        let mut paths: Vec<Vec<&str>> = vec![vec![&start.id]];
        let mut seen = BTreeSet::new();
        while let Some(path) = paths.pop() {
            let last = path.last().copied().unwrap_or_default();
            for next in find(last).map(|session| session.after.as_slice()).unwrap_or_default() {
                if next == &start.id && path.len() > 1 {
                    return Some(path.into_iter().chain([next.as_str()]).collect());
                }
                if next != last && seen.insert(next) {
                    paths.push(path.iter().copied().chain([next.as_str()]).collect());
                }
            }
        }
    }
    None
}

fn metrics(strategy: &Strategy, spans: &Spans, problems: &mut Vec<Problem>) {
    let ids: Vec<&str> = strategy.metrics.iter().map(|metric| metric.id.as_str()).collect();
    for (session, session_spot) in strategy.sessions.iter().zip(&spans.sessions) {
        for (turn, turn_spot) in session.turns.iter().zip(&session_spot.turns) {
            for (slot, span) in turn.evidence.iter().zip(&turn_spot.evidence) {
                if !slot.metric.is_empty() && !ids.contains(&slot.metric.as_str()) {
                    let hint = near_or(&slot.metric, ids.iter().copied(), "");
                    problems.push(Problem::error(
                        span.clone(),
                        format!("there is no metric \"{}\"", slot.metric),
                        hint,
                    ));
                }
            }
        }
    }
}

/// Walks every template and expression of a strategy.
struct Templates<'a> {
    text: &'a str,
    strategy: &'a Strategy,
    used: BTreeSet<String>,
    problems: &'a mut Vec<Problem>,
}

impl Templates<'_> {
    fn all(&mut self, spans: &Spans) {
        let strategy = self.strategy;
        let declared: Vec<&str> = strategy.placeholders.iter().map(|placeholder| placeholder.name.as_str()).collect();
        for (index, (placeholder, span)) in strategy.placeholders.iter().zip(&spans.placeholders).enumerate() {
            let earlier = &declared[..index];
            if let Some(Value::Text(default)) = &placeholder.default {
                self.template(default, &span.default, earlier, "default");
            }
            if let Some(expression) = &placeholder.show_if {
                self.expression(expression, &span.show_if, earlier);
            }
            if let Some(pattern) = &placeholder.pattern
                && let Err(error) = placeholder::whole_match(pattern)
            {
                let message = error.to_string();
                let reason = message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                self.problems.push(Problem::error(
                    span.pattern.clone(),
                    format!("bad pattern: {reason}"),
                    "a regular expression, matched against the whole value",
                ));
            }
        }
        self.template(&strategy.goal, &spans.goal, &declared, "goal");
        for (session, span) in strategy.sessions.iter().zip(&spans.sessions) {
            self.template(&session.goal, &span.goal, &declared, "goal");
            for (turn, turn_spot) in session.turns.iter().zip(&span.turns) {
                self.template(&turn.prompt, &turn_spot.prompt, &declared, "prompt");
            }
        }
        for (metric, span) in strategy.metrics.iter().zip(&spans.metrics) {
            for (value, span) in [(&metric.baseline, &span.baseline), (&metric.target, &span.target)] {
                if let Some(Value::Text(template)) = value {
                    self.template(template, span, &declared, "metric");
                }
            }
        }
    }

    fn template(&mut self, template: &str, span: &Range<usize>, known: &[&str], what: &str) {
        match template::names(template) {
            Ok(names) => {
                for (name, _) in names {
                    let place = self.name_place(span, &name);
                    self.name(name, place, known, what);
                }
            }
            Err(error) => {
                let span =
                    error.range.and_then(|range| self.inside(span, template, &range)).unwrap_or_else(|| span.clone());
                let hint =
                    "a single { is literal; {{ name }} inserts a value, {% if name %} ... {% endif %} asks for one";
                self.problems.push(Problem::error(
                    span,
                    format!("the {what} is no valid template: {}", error.message),
                    hint,
                ));
            }
        }
    }

    fn expression(&mut self, expression: &str, span: &Range<usize>, earlier: &[&str]) {
        match template::names_in_expression(expression) {
            Ok(names) => {
                for name in names {
                    self.name(name, span.clone(), earlier, "show_if");
                }
            }
            Err(error) => {
                self.problems.push(Problem::error(
                    span.clone(),
                    format!("`show_if` is no valid expression: {}", error.message),
                    "for example \"risk == 'high'\"",
                ));
            }
        }
    }

    fn name(&mut self, name: String, place: Range<usize>, known: &[&str], what: &str) {
        if known.contains(&name.as_str()) {
            self.used.insert(name);
            return;
        }
        let declared = self.strategy.placeholder(&name).is_some();
        let (message, hint) = if declared {
            self.used.insert(name.clone());
            (format!("the {what} uses `{name}`, which is asked for later"), "put it after that placeholder".to_owned())
        } else {
            let hint = near_or(&name, known.iter().copied(), format!("declare it: [[placeholders]] name = \"{name}\""));
            (format!("the {what} uses `{name}`, which is not a placeholder"), hint)
        };
        self.problems.push(Problem::error(place, message, hint));
    }

    /// Where `name` stands in the file, inside the value at `span`: braces and names are written
    /// the same in TOML as in the template.
    fn name_place(&self, span: &Range<usize>, name: &str) -> Range<usize> {
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let found = template::find_name(raw, name);
        span.start + found.start..span.start + found.end
    }

    /// The bytes of the file for `range` of a template, found by the words that stand there.
    fn inside(&self, span: &Range<usize>, template: &str, range: &Range<usize>) -> Option<Range<usize>> {
        let raw = self.text.get(span.clone())?;
        let line = template.get(..range.start)?.matches('\n').count();
        let column = range.start - template[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let first_line_feed = usize::from(raw.starts_with("\"\"\"\n") || raw.starts_with("'''\n"));
        let opening = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        let line = line + first_line_feed;
        let start_of_line = if line == 0 { opening } else { raw.match_indices('\n').nth(line - 1)?.0 + 1 };
        let start = span.start + (start_of_line + column).min(raw.len());
        Some(start..(start + range.len().max(1)).min(span.end))
    }
}
