//! The sections of a strategy file, each taken out of its table.

use std::ops::Range;

use serde_spanned::Spanned;
use toml::de::DeTable;

use crate::domain::advice::Aspect;
use crate::domain::budget::Budget;
use crate::domain::checklist::ChecklistSpec;
use crate::domain::id;
use crate::domain::metric::{Better, MetricSpec};
use crate::domain::placeholder::Value;
use crate::domain::strategy::{
    Codebase, EvidenceKind, EvidenceSpec, ExpectedExit, Fit, SCHEMA, SessionSpec, Strategy, TurnKind, TurnSpec,
};

use crate::domain::toml_reader::{Reader, Table};

use super::placeholders::placeholders;
use super::spans::{MetricSpan, SessionSpan, Spans, TurnSpan};

const TOP: &[&str] = &[
    "schema",
    "id",
    "title",
    "category",
    "summary",
    "when",
    "tags",
    "goal",
    "benefits",
    "fit",
    "placeholders",
    "sessions",
    "metrics",
    "turns",
    "checklist",
    "budget",
    "extends",
];
const SESSION: &[&str] = &["id", "title", "after", "goal", "budget", "turns", "checklist"];
const TURN: &[&str] = &["id", "title", "kind", "span", "repeat", "budget", "prompt", "gate", "evidence"];
const EVIDENCE: &[&str] = &["id", "label", "kind", "required", "exit", "choices", "metric"];
const METRIC: &[&str] = &["id", "label", "unit", "better", "baseline", "target"];
const FIT: &[&str] = &["codebase", "scope", "dependencies", "risk", "validation"];

pub(super) fn strategy(
    reader: &mut Reader<'_>,
    document: &Spanned<DeTable<'_>>,
    stem: Option<&str>,
) -> (Strategy, Spans) {
    let top = Table { map: document.get_ref(), span: 0..0, what: "a strategy" };
    let mut spans = Spans::default();
    reader.unknown_keys(&top, TOP);
    if let Some(extends) = top.map.get("extends") {
        // Merged files have lost it.
        let hint = "its base was not looked up; only a file of its own may extend another";
        reader.error(extends.span(), "`extends` has no base here", hint);
    }
    let schema = schema(reader, &top);
    let (id, id_span) = reader.required_text(&top, "id", "for example id = \"bug-investigation\"");
    check_id(reader, &id, id_span.clone());
    if let Some(stem) = stem.filter(|stem| id::is_valid(&id) && *stem != id) {
        reader.warning(
            id_span,
            format!("the file is called {stem}.toml, its id is \"{id}\""),
            format!("call the file {id}.toml"),
        );
    }
    let (title, _) = reader.required_text(&top, "title", "the name that the list shows");
    let goal = reader.text_at(&top, "goal");
    let (goal, goal_span) = goal.unwrap_or_default();
    spans.goal = goal_span;
    let placeholders = placeholders(reader, &top, &mut spans);
    let sessions = sessions(reader, &top, &title, &mut spans);
    let metrics = metrics(reader, &top, &mut spans);
    let strategy = Strategy {
        schema,
        id,
        title,
        category: reader.text_at(&top, "category").map_or_else(|| "other".into(), |(text, _)| text),
        summary: reader.text(&top, "summary"),
        when: reader.text(&top, "when"),
        tags: reader.plain_texts(&top, "tags"),
        goal,
        benefits: reader.plain_texts(&top, "benefits"),
        fit: fit(reader, &top),
        placeholders,
        sessions,
        metrics,
    };
    (strategy, spans)
}

pub(super) fn schema(reader: &mut Reader<'_>, top: &Table<'_, '_>) -> u32 {
    let Some(schema) = reader.count(top, "schema") else {
        if !top.map.contains_key("schema") {
            reader.error(
                top.span.clone(),
                "`schema` is missing in a strategy",
                format!("write schema = {SCHEMA} in the first line"),
            );
        }
        return SCHEMA;
    };
    let span = top.map.get("schema").map_or(0..0, Spanned::span);
    if schema > SCHEMA {
        reader.error(
            span,
            format!("this file has schema {schema}; this version reads up to {SCHEMA}"),
            "update setlist",
        );
    } else if schema == 0 {
        reader.error(span, "there is no schema 0", format!("write schema = {SCHEMA}"));
    }
    schema
}

fn check_id(reader: &mut Reader<'_>, id: &str, span: Range<usize>) {
    if !id.trim().is_empty() && !id::is_valid(id) {
        let hint =
            format!("small letters, digits and hyphens, at most {}: \"{}\"", id::MAX_ID, id::slug(id, id::MAX_ID));
        reader.error(span, format!("\"{id}\" is not an id"), hint);
    }
}

/// An id that must be there, be well formed, and be new among `taken`.
fn own_id(reader: &mut Reader<'_>, table: &Table<'_, '_>, taken: &mut Vec<String>) -> String {
    let (id, span) = reader.required_text(table, "id", "small letters, digits and hyphens");
    check_id(reader, &id, span.clone());
    if !id.is_empty() && taken.contains(&id) {
        reader.error(span, format!("the id \"{id}\" is used twice"), "ids are unique within their list");
    }
    taken.push(id.clone());
    id
}

fn budget(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Option<Budget> {
    let (text, span) = reader.text_at(table, "budget")?;
    if text.trim().is_empty() {
        return None;
    }
    match Budget::parse(&text) {
        Ok(budget) => Some(budget),
        Err(message) => {
            reader.error(span, message, "a duration or a range, such as \"45m\" or \"2h-4h\"");
            None
        }
    }
}

fn fit(reader: &mut Reader<'_>, top: &Table<'_, '_>) -> Fit {
    let Some(table) = reader.table(top, "fit", "[fit]") else { return Fit::default() };
    reader.unknown_keys(&table, FIT);
    let codebase = reader.word(&table, "codebase", Codebase::ALL, Codebase::word).unwrap_or_default();
    let mut words = |aspect: Aspect| {
        let (key, allowed) = (aspect.word(), aspect.words());
        let found = reader.texts(&table, key);
        for (word, span) in &found {
            if !allowed.contains(&word.as_str()) {
                reader.error(
                    span.clone(),
                    format!("`{key}` cannot be \"{word}\""),
                    format!("any of: {}", allowed.join(", ")),
                );
            }
        }
        found.into_iter().map(|(word, _)| word).collect()
    };
    Fit {
        codebase,
        scope: words(Aspect::Scope),
        dependencies: words(Aspect::Dependencies),
        risk: words(Aspect::Risk),
        validation: words(Aspect::Validation),
    }
}

fn sessions(reader: &mut Reader<'_>, top: &Table<'_, '_>, title: &str, spans: &mut Spans) -> Vec<SessionSpec> {
    let shorthand = ["turns", "checklist", "budget"].iter().find(|key| top.map.contains_key(**key));
    if top.map.contains_key("sessions") {
        if let Some(key) = shorthand {
            let span = top.map.get(*key).map_or(0..0, Spanned::span);
            reader.error(
                span,
                format!("`{key}` stands beside `sessions`"),
                format!("put it inside a session: [[sessions.{key}]]"),
            );
        }
    } else {
        if !top.map.contains_key("turns") {
            reader.error(
                top.span.clone(),
                "`turns` is missing in a strategy",
                "add at least one [[turns]], or [[sessions]] with turns",
            );
        }
        let at = named(top, if top.map.contains_key("goal") { "goal" } else { "title" });
        let mut span = SessionSpan { at, ..SessionSpan::default() };
        let session = session(reader, top, "main".into(), title.into(), &mut span);
        spans.sessions.push(span);
        return vec![session];
    }
    let mut ids = Vec::new();
    let mut all = Vec::new();
    for table in reader.tables(top, "sessions", "a session") {
        reader.unknown_keys(&table, SESSION);
        let id = own_id(reader, &table, &mut ids);
        let mut span = SessionSpan { at: named(&table, "id"), ..SessionSpan::default() };
        let title = reader.text(&table, "title");
        let title = if title.is_empty() { id.clone() } else { title };
        let goal = reader.text_at(&table, "goal").unwrap_or_default();
        span.goal = goal.1;
        let after = reader.texts(&table, "after");
        span.after = after.iter().map(|(_, span)| span.clone()).collect();
        if !table.map.contains_key("turns") {
            reader.error(
                table.span.clone(),
                format!("`turns` is missing in the session \"{id}\""),
                "add at least one [[sessions.turns]]",
            );
        }
        let session = session(reader, &table, id, title, &mut span);
        all.push(SessionSpec { goal: goal.0, after: after.into_iter().map(|(id, _)| id).collect(), ..session });
        spans.sessions.push(span);
    }
    if all.is_empty() {
        reader.error(top.span.clone(), "`sessions` is empty", "add at least one [[sessions]]");
    }
    all
}

fn session(
    reader: &mut Reader<'_>,
    table: &Table<'_, '_>,
    id: String,
    title: String,
    span: &mut SessionSpan,
) -> SessionSpec {
    let mut turn_ids = Vec::new();
    let mut turns = Vec::new();
    let tables = reader.tables(table, "turns", "a turn");
    if tables.is_empty() && table.map.contains_key("turns") {
        reader.error(table.span.clone(), format!("the session \"{id}\" has no turns"), "add at least one [[turns]]");
    }
    for table in tables {
        let mut turn_span = TurnSpan { at: named(&table, "id"), ..TurnSpan::default() };
        turns.push(turn(reader, &table, &mut turn_ids, &mut turn_span));
        span.turns.push(turn_span);
    }
    let mut item_ids = Vec::new();
    let mut checklist = Vec::new();
    for table in reader.tables(table, "checklist", "a checklist item") {
        reader.unknown_keys(&table, &["id", "text"]);
        let id = own_id(reader, &table, &mut item_ids);
        if crate::domain::checklist::StandardItem::from_word(&id).is_some() {
            reader.error(
                table.span.clone(),
                format!("the item \"{id}\" is part of the standard checklist"),
                "leave it out, or choose another id",
            );
        }
        let (text, _) = reader.required_text(&table, "text", "what is to be true");
        checklist.push(ChecklistSpec { id, text });
    }
    SessionSpec { id, title, after: Vec::new(), goal: String::new(), budget: budget(reader, table), turns, checklist }
}

/// The place of the value at `key`; the table's own where there is none.
fn named(table: &Table<'_, '_>, key: &str) -> Range<usize> {
    table.map.get(key).map_or(table.span.clone(), Spanned::span)
}

fn turn(reader: &mut Reader<'_>, table: &Table<'_, '_>, ids: &mut Vec<String>, spans: &mut TurnSpan) -> TurnSpec {
    reader.unknown_keys(table, TURN);
    let id = own_id(reader, table, ids);
    let title = reader.text(table, "title");
    let (prompt, prompt_span) = reader.required_text(table, "prompt", "what the agent is told");
    spans.prompt = prompt_span;
    let span = reader.count(table, "span").unwrap_or(1);
    if span == 0 || span > 100 {
        let place = table.map.get("span").map_or(0..0, Spanned::span);
        reader.error(place, format!("a turn cannot span {span} turns"), "1 to 100");
    }
    let mut slot_ids = Vec::new();
    let mut evidence = Vec::new();
    for table in reader.tables(table, "evidence", "an evidence slot") {
        reader.unknown_keys(&table, EVIDENCE);
        let id = own_id(reader, &table, &mut slot_ids);
        let kind = reader.word(&table, "kind", EvidenceKind::ALL, EvidenceKind::word).unwrap_or_default();
        let choices = reader.plain_texts(&table, "choices");
        if kind.has_choices() && choices.is_empty() {
            reader.error(
                table.span.clone(),
                format!("the {} \"{id}\" has no choices", kind.noun()),
                "add choices = [\"...\", \"...\"]",
            );
        }
        let (metric, metric_span) = reader.text_at(&table, "metric").unwrap_or((String::new(), table.span.clone()));
        if !metric.is_empty() && !kind.has_metric() {
            reader.error(
                metric_span.clone(),
                format!("the slot \"{id}\" reads a metric but is no number"),
                "write kind = \"number\"",
            );
        }
        let exit = reader.word(&table, "exit", ExpectedExit::ALL, ExpectedExit::word);
        if let (Some(_), Some(value), true) = (exit, table.map.get("exit"), !kind.wants_run()) {
            let message = format!("the slot \"{id}\" expects an exit code but is no command");
            reader.error(value.span(), message, "write kind = \"command\", or leave `exit` out");
        }
        let label = reader.text(&table, "label");
        evidence.push(EvidenceSpec {
            label: if label.is_empty() { id.clone() } else { label },
            required: reader.flag(&table, "required").unwrap_or(true),
            id,
            kind,
            exit: exit.unwrap_or_default(),
            choices,
            metric,
        });
        spans.evidence.push(metric_span);
    }
    TurnSpec {
        title: if title.is_empty() { id.clone() } else { title },
        kind: reader.word(table, "kind", TurnKind::ALL, TurnKind::word).unwrap_or_default(),
        span,
        repeat: reader.text(table, "repeat"),
        budget: budget(reader, table),
        gate: reader.text(table, "gate").trim().into(),
        id,
        prompt,
        evidence,
    }
}

fn metrics(reader: &mut Reader<'_>, top: &Table<'_, '_>, spans: &mut Spans) -> Vec<MetricSpec> {
    let mut ids = Vec::new();
    let mut all = Vec::new();
    for table in reader.tables(top, "metrics", "a metric") {
        reader.unknown_keys(&table, METRIC);
        let id = own_id(reader, &table, &mut ids);
        let mut span = MetricSpan::default();
        let mut figure = |key: &str, place: &mut Range<usize>| {
            let (value, span) = reader.value(&table, key)?;
            *place = span.clone();
            if let Value::Flag(_) | Value::List(_) = value {
                reader.error(span, format!("`{key}` is a number or a template that yields one"), "");
            }
            Some(value).filter(|value| !value.is_empty())
        };
        let baseline = figure("baseline", &mut span.baseline);
        let target = figure("target", &mut span.target);
        let label = reader.text(&table, "label");
        all.push(MetricSpec {
            label: if label.is_empty() { id.clone() } else { label },
            unit: reader.text(&table, "unit"),
            better: reader.word(&table, "better", Better::ALL, Better::word).unwrap_or_default(),
            id,
            baseline,
            target,
        });
        spans.metrics.push(span);
    }
    all
}
