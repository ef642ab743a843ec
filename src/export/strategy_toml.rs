//! A strategy as a file that people read and edit: what a person would write, and nothing that says
//! what is so anyway.
//!
//! Every text comes back byte for byte when the file is read.

use crate::domain::metric::MetricSpec;
use crate::domain::placeholder::{Placeholder, PlaceholderKind, Value};
use crate::domain::strategy::{Codebase, EvidenceSpec, ExpectedExit, Fit, SessionSpec, Strategy, TurnSpec};
use crate::domain::untrusted::shown;

use super::toml_text::{number, string};

/// The id of the one session of a file that names none.
const ONLY: &str = "main";

/// The file of `strategy`, with the lines of `head` as a comment above it.
pub fn text(strategy: &Strategy, head: &[String]) -> String {
    let mut file = File { text: String::new() };
    for line in head {
        file.line(format!("# {}", shown(line)).trim_end());
    }
    if !head.is_empty() {
        file.gap();
    }
    file.strategy(strategy);
    file.text
}

struct File {
    text: String,
}

impl File {
    fn line(&mut self, text: &str) {
        self.text += text;
        self.text.push('\n');
    }

    fn gap(&mut self) {
        self.line("");
    }

    fn put(&mut self, key: &str, value: &str) {
        self.line(&format!("{key} = {value}"));
    }

    /// A text, unless it says nothing.
    fn say(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.put(key, &string(text));
        }
    }

    /// A list of texts, unless it is empty: on one line, or one text a line where that gets long.
    fn list(&mut self, key: &str, items: &[String]) {
        if !items.is_empty() {
            let items = list(items, key.len());
            self.put(key, &items);
        }
    }

    fn value(&mut self, key: &str, value: Option<&Value>) {
        match value {
            None => {}
            Some(Value::Flag(flag)) => self.put(key, &flag.to_string()),
            Some(Value::Number(figure)) => self.put(key, &number(*figure)),
            Some(Value::Text(text)) => self.put(key, &string(text)),
            Some(Value::List(items)) => {
                let items = list(items, key.len());
                self.put(key, &items);
            }
        }
    }

    fn strategy(&mut self, strategy: &Strategy) {
        // Every field is named, so that a new one cannot be forgotten here.
        let Strategy {
            schema,
            id,
            title,
            category,
            summary,
            when,
            tags,
            goal,
            benefits,
            fit,
            placeholders,
            sessions,
            metrics,
        } = strategy;
        self.put("schema", &schema.to_string());
        self.put("id", &string(id));
        self.put("title", &string(title));
        self.put("category", &string(category));
        self.say("summary", summary);
        self.say("when", when);
        self.list("tags", tags);
        self.say("goal", goal);
        self.list("benefits", benefits);
        let only = only(strategy);
        if let Some(budget) = only.and_then(|session| session.budget.as_ref()) {
            self.put("budget", &string(&budget.to_string()));
        }
        self.fit(fit);
        for placeholder in placeholders {
            self.placeholder(placeholder);
        }
        for metric in metrics {
            self.metric(metric);
        }
        match only {
            Some(session) => self.parts(session, ""),
            None => sessions.iter().for_each(|session| self.session(session)),
        }
    }

    fn fit(&mut self, fit: &Fit) {
        let Fit { codebase, scope, dependencies, risk, validation } = fit;
        if *fit == Fit::default() {
            return;
        }
        self.gap();
        self.line("[fit]");
        match codebase {
            Codebase::Any => {}
            Codebase::New | Codebase::Existing => self.say("codebase", codebase.word()),
        }
        self.list("scope", scope);
        self.list("dependencies", dependencies);
        self.list("risk", risk);
        self.list("validation", validation);
    }

    fn placeholder(&mut self, placeholder: &Placeholder) {
        let Placeholder { name, label, kind, help, example, required, default, choices, pattern, min, max, show_if } =
            placeholder;
        self.gap();
        self.line("[[placeholders]]");
        self.put("name", &string(name));
        if label != name {
            self.say("label", label);
        }
        self.say("kind", kind.word());
        self.say("help", help);
        self.say("example", example);
        if *required != (default.is_none() && *kind != PlaceholderKind::Flag) {
            self.put("required", &required.to_string());
        }
        self.value("default", default.as_ref());
        self.list("choices", choices);
        self.say("pattern", pattern.as_deref().unwrap_or_default());
        for (key, bound) in [("min", min), ("max", max)] {
            if let Some(bound) = bound {
                self.put(key, &number(*bound));
            }
        }
        self.say("show_if", show_if.as_deref().unwrap_or_default());
    }

    fn metric(&mut self, metric: &MetricSpec) {
        let MetricSpec { id, label, unit, better, baseline, target } = metric;
        self.gap();
        self.line("[[metrics]]");
        self.put("id", &string(id));
        if label != id {
            self.say("label", label);
        }
        self.say("unit", unit);
        self.say("better", better.word());
        self.value("baseline", baseline.as_ref());
        self.value("target", target.as_ref());
    }

    fn session(&mut self, session: &SessionSpec) {
        let SessionSpec { id, title, after, goal, budget, turns: _, checklist: _ } = session;
        self.gap();
        self.line("[[sessions]]");
        self.put("id", &string(id));
        if title != id {
            self.say("title", title);
        }
        self.list("after", after);
        self.say("goal", goal);
        if let Some(budget) = budget {
            self.put("budget", &string(&budget.to_string()));
        }
        self.parts(session, "sessions.");
    }

    /// The turns and the checklist of a session; `inside` stands before their names.
    fn parts(&mut self, session: &SessionSpec, inside: &str) {
        for turn in &session.turns {
            self.turn(turn, inside);
        }
        for item in &session.checklist {
            self.gap();
            self.line(&format!("[[{inside}checklist]]"));
            self.put("id", &string(&item.id));
            self.put("text", &string(&item.text));
        }
    }

    fn turn(&mut self, turn: &TurnSpec, inside: &str) {
        let TurnSpec { id, title, kind, span, repeat, budget, prompt, gate, evidence } = turn;
        self.gap();
        self.line(&format!("[[{inside}turns]]"));
        self.put("id", &string(id));
        if title != id {
            self.say("title", title);
        }
        self.say("kind", kind.word());
        if *span > 1 {
            self.put("span", &span.to_string());
        }
        self.say("repeat", repeat);
        if let Some(budget) = budget {
            self.put("budget", &string(&budget.to_string()));
        }
        self.put("prompt", &string(prompt));
        self.say("gate", gate);
        for slot in evidence {
            self.evidence(slot, inside);
        }
    }

    fn evidence(&mut self, slot: &EvidenceSpec, inside: &str) {
        let EvidenceSpec { id, label, kind, required, exit, choices, metric } = slot;
        self.line(&format!("[[{inside}turns.evidence]]"));
        self.put("id", &string(id));
        if label != id {
            self.say("label", label);
        }
        self.say("kind", kind.word());
        if !required {
            self.put("required", "false");
        }
        if kind.wants_run() && *exit != ExpectedExit::Zero {
            self.say("exit", exit.word());
        }
        self.list("choices", choices);
        self.say("metric", metric);
    }
}

/// The one session of a strategy that needs no table of its own: it says nothing that the strategy
/// does not.
fn only(strategy: &Strategy) -> Option<&SessionSpec> {
    let [session] = strategy.sessions.as_slice() else { return None };
    let plain =
        session.id == ONLY && session.title == strategy.title && session.goal.is_empty() && session.after.is_empty();
    plain.then_some(session)
}

/// Columns of a line beyond which a list is written one text a line.
const LINE: usize = 110;

fn list(items: &[String], before: usize) -> String {
    let texts: Vec<String> = items.iter().map(|item| string(item)).collect();
    let short = format!("[{}]", texts.join(", "));
    if before + short.chars().count() <= LINE && !short.contains('\n') {
        return short;
    }
    let lines: Vec<String> = texts.iter().map(|text| format!("  {text},\n")).collect();
    format!("[\n{}]", lines.concat())
}
