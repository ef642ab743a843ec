//! The shapes of JSON output: what scripts read. Keys are added, never renamed.
//!
//! A list is `{"schema": "setlist.<plural>/1", "items": [...]}`; one thing is
//! `{"schema": "setlist.<singular>/1", "<singular>": {...}}`, with the keys of its file.

use std::path::Path;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::domain::budget::Budget;
use crate::domain::library::Entry;
use crate::domain::placeholder::Fault;
use crate::domain::plan::Plan;
use crate::domain::problem::{Problem, Severity, position};
use crate::domain::review::{self, Rule};
use crate::domain::strategy::Strategy;
use crate::domain::summary::{Listing, PlanSummary};
use crate::domain::untrusted::shown;

use super::facts;

/// A document as text. Characters that would command a terminal or hide from a reader are written as
/// `\u` escapes: the same JSON, safe to look at.
pub fn text(value: &Value) -> String {
    escape(&format!("{value:#}"))
}

/// As [`text`], on one line.
pub fn line(value: &Value) -> String {
    escape(&value.to_string())
}

fn escape(plain: &str) -> String {
    if plain.is_ascii() && !plain.contains('\u{7f}') {
        return plain.to_owned();
    }
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        if c == '\n' || shown(c.encode_utf8(&mut [0; 4])).len() == c.len_utf8() {
            out.push(c);
        } else {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    out
}

/// An error: `{"error": {"code", "message", "hint"}}`, with the values at fault, if any.
pub fn error(code: &str, message: &str, hint: &str, faults: &[Fault]) -> Value {
    let values: Vec<Value> = faults
        .iter()
        .map(|fault| json!({ "name": fault.name, "label": fault.label, "message": fault.message }))
        .collect();
    let hint = Some(hint).filter(|hint| !hint.is_empty());
    let mut error = json!({ "code": code, "message": message, "hint": hint });
    if !values.is_empty() {
        error["values"] = Value::Array(values);
    }
    json!({ "error": error })
}

/// A list of things called `plural`.
pub fn list(plural: &str, items: impl IntoIterator<Item = Value>) -> Value {
    let items: Vec<Value> = items.into_iter().collect();
    json!({ "schema": format!("setlist.{plural}/1"), "items": items })
}

/// Where a file is.
pub fn path(path: &Path) -> Value {
    json!({ "schema": "setlist.path/1", "path": path.display().to_string() })
}

/// One plan with the keys of its file, and beside it what is computed from it.
///
/// # Errors
/// Where a value cannot be written as JSON.
pub fn plan(plan: &Plan, now: Timestamp) -> Result<Value, serde_json::Error> {
    let session = plan.current_session();
    let turn = session.and_then(|session| session.current_turn());
    let metrics: Vec<Value> = plan
        .courses()
        .iter()
        .map(|course| {
            json!({
                "id": course.spec.id,
                "baseline": course.baseline,
                "target": course.target,
                "last": course.last(),
                "change_percent": course.change(),
                "improved": course.improved(),
                "reached": course.reached(),
                "reached_in_words": course.reached_in_words(),
                "readings": course.readings.len(),
            })
        })
        .collect();
    let computed = json!({
        "state": plan.state().word(),
        "running": plan.is_running(),
        "goal": plan.goal(),
        "session": session.map(|session| &session.id),
        "turn": turn.map(|turn| &turn.id),
        "standing": session.zip(turn).map(|(session, turn)| plan.standing(session, turn).word()),
        "worked": plan.worked(now),
        "budget": plan.budget().map(|budget| budget.high()),
        "metrics": metrics,
        "now": super::now::now(plan),
        "report": report(plan, now),
    });
    Ok(json!({ "schema": "setlist.plan/1", "plan": serde_json::to_value(plan)?, "computed": computed }))
}

/// What the report in Markdown counts and concludes.
fn report(plan: &Plan, now: Timestamp) -> Value {
    let id = |(session, turn): facts::At<'_>| json!({ "session": session.id, "turn": turn.id });
    let ids = |turns: &[facts::At<'_>]| turns.iter().map(|at| id(*at)).collect::<Vec<_>>();
    let verdicts = facts::verdicts(plan).into_iter().map(|verdict| {
        let answers =
            verdict.answers.iter().map(|(iteration, answer)| json!({ "iteration": iteration, "answer": answer }));
        let mut value = id(verdict.at);
        value["label"] = json!(verdict.label);
        value["answers"] = answers.collect();
        value
    });
    let commands = facts::runs(plan).into_iter().map(|run| {
        let mut value = id(run.at);
        value["command"] = json!(run.command);
        value["exit_code"] = json!(run.exit_code);
        value["expected"] = json!(run.expected);
        value
    });
    let points = facts::open_points(plan).into_iter().map(|point| {
        json!({
            "kind": point.word(),
            "session": point.session().map(|session| &session.id),
            "text": point.text(str::to_owned),
        })
    });
    let turns = facts::turns(plan).map(|(session, turn)| {
        json!({
            "session": session.id,
            "turn": turn.id,
            "standing": plan.standing(session, turn).word(),
            "planned": turn.budget_seconds(),
            "worked": turn.total_worked(now),
            "rework": turn.rework,
        })
    });
    let (filled, required) = facts::evidence(plan);
    let gates = facts::gates(plan);
    let drift = facts::drift(plan, now);
    let budgets = drift.budgets.iter().map(|(at, before)| {
        let mut value = id(*at);
        value["before"] = json!(before);
        value["after"] = json!(at.1.budget.as_ref().map(Budget::short));
        value
    });
    let items = drift.items.iter().map(|(session, text)| json!({ "session": session.id, "text": text }));
    json!({
        "verdicts": verdicts.collect::<Vec<_>>(),
        "commands": commands.collect::<Vec<_>>(),
        "evidence": { "required": required, "recorded": filled },
        "gates": {
            "all": gates.all,
            "approved": gates.approved,
            "rejected": gates.rejected,
            "waiting": gates.waiting,
            "rejections": gates.rejections,
        },
        "open_points": points.collect::<Vec<_>>(),
        "quality": super::quality::judged(plan, &[]),
        "turns": turns.collect::<Vec<_>>(),
        "drift": {
            "added": ids(&drift.added),
            "added_planned": drift.added_planned,
            "added_worked": drift.added_worked,
            "added_goals": review::drift(plan).added_goals,
            "skipped": ids(&drift.skipped),
            "rewritten": ids(&drift.rewritten),
            "budgets": budgets.collect::<Vec<_>>(),
            "items": items.collect::<Vec<_>>(),
        },
    })
}

/// A plan as lists show it.
pub fn plan_item(plan: &PlanSummary) -> Value {
    json!({
        "id": plan.id,
        "name": plan.name,
        "strategy": plan.strategy,
        "strategy_title": plan.strategy_title,
        "created": plan.created,
        "updated": plan.updated,
        "state": plan.state,
        "archived": plan.archived,
        "running": plan.running,
        "unverified": plan.unverified,
        "sessions": plan.sessions.1,
        "sessions_over": plan.sessions.0,
        "turns": plan.turns.1,
        "turns_closed": plan.turns.0,
        "current": Some(&plan.current).filter(|current| !current.is_empty()),
        "open_gates": plan.open_gates,
        "open_items": plan.open_items,
        "worked": plan.worked,
        "budget": Some(plan.budget).filter(|budget| *budget > 0),
    })
}

/// What the plans directory holds: `plans` chosen from `listing`, and every file that is no plan.
pub fn plans(plans: &[&PlanSummary], listing: &Listing) -> Value {
    let mut value = list("plans", plans.iter().map(|plan| plan_item(plan)));
    let broken = listing.broken.iter().map(|broken| {
        json!({
            "id": broken.id,
            "path": broken.path,
            "message": broken.message,
            "hint": broken.hint,
            "recoverable": broken.recoverable,
        })
    });
    value["broken"] = broken.collect();
    value["conflicts"] = listing.conflicts.iter().map(|(id, path)| json!({ "id": id, "path": path })).collect();
    value
}

/// One strategy, always with `sessions`, and beside it where it comes from.
///
/// # Errors
/// Where a value cannot be written as JSON.
pub fn strategy(strategy: &Strategy, entry: &Entry) -> Result<Value, serde_json::Error> {
    let mut value = json!({ "schema": "setlist.strategy/1", "strategy": serde_json::to_value(strategy)? });
    if let Value::Object(map) = &mut value {
        map.extend(origin(entry));
    }
    Ok(value)
}

/// A strategy in a list: the keys of its file, and where it comes from.
///
/// # Errors
/// Where a value cannot be written as JSON.
pub fn strategy_item(strategy: &Strategy, entry: &Entry) -> Result<Value, serde_json::Error> {
    let mut value = serde_json::to_value(strategy)?;
    if let Value::Object(map) = &mut value {
        map.extend(origin(entry));
    }
    Ok(value)
}

fn origin(entry: &Entry) -> Map<String, Value> {
    let hides: Vec<&str> = entry.hides.iter().map(|source| source.word()).collect();
    let mut map = Map::new();
    map.insert("source".into(), json!(entry.source.word()));
    map.insert("path".into(), json!(entry.path));
    map.insert("pack".into(), json!(entry.pack));
    map.insert("extends".into(), json!(entry.extends));
    map.insert("hides".into(), json!(hides));
    map
}

/// A strategy file that cannot be used, with what is wrong.
pub fn broken_strategy(entry: &Entry) -> Value {
    let file = entry.path.as_ref().map_or_else(|| entry.id.clone(), |path| path.display().to_string());
    let problems: Vec<Value> = entry.problems.iter().map(|found| problem(&file, &entry.text, found)).collect();
    json!({ "id": entry.id, "source": entry.source.word(), "path": entry.path, "problems": problems })
}

/// A finding in a file.
pub fn problem(file: &str, text: &str, problem: &Problem) -> Value {
    let at = position(text, problem.span.start);
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    json!({
        "file": file,
        "line": at.line,
        "column": at.column,
        "severity": severity,
        "message": problem.message,
        "hint": Some(&problem.hint).filter(|hint| !hint.is_empty()),
        "rule": problem.rule.map(Rule::word),
    })
}

/// A prompt of one turn.
pub fn prompt_item(session: &str, turn: &str, number: &str, title: &str, prompt: &str) -> Value {
    json!({ "session": session, "turn": turn, "number": number, "title": title, "prompt": prompt })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_or_commands_is_escaped_and_reads_back_the_same() {
        let value = json!({ "title": "a\u{1b}[2J\u{9b}1m\u{202e}\u{e0041}\u{7f} 日本 é" });
        let text = text(&value);
        assert!(text.contains(r"\u001b[2J\u009b1m\u202e\udb40\udc41\u007f 日本 é"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
