//! Statistics as JSON: the shape of `setlist.stats/1`. Times are in whole seconds.

use serde_json::{Map, Value, json};

use crate::domain::stats::{Course, Figures, Miss, Stats, Step, StrategyStats, Times, TurnStats};

/// The document: figures of all plans, and of each strategy.
pub fn stats(stats: &Stats) -> Value {
    let strategies = stats.strategies.iter().map(strategy).collect();
    document(stats, &stats.total, &stats.course, &strategies)
}

/// The document for one strategy alone: the same shape, and all figures are its own.
pub fn of_strategy(stats: &Stats, one: &StrategyStats) -> Value {
    document(stats, &one.figures, &one.course, &Value::Array(vec![strategy(one)]))
}

fn document(stats: &Stats, total: &Figures, over_time: &Course, strategies: &Value) -> Value {
    json!({
        "schema": "setlist.stats/1",
        "stats": {
            "unreadable": stats.unreadable,
            "total": figures(total),
            "strategies": strategies,
            "course": course(over_time),
        },
    })
}

fn strategy(strategy: &StrategyStats) -> Value {
    let mut map = Map::new();
    map.insert("id".into(), json!(strategy.id));
    map.insert("title".into(), json!(strategy.title));
    if let Value::Object(figures) = figures(&strategy.figures) {
        map.extend(figures);
    }
    let turns = strategy.turns.iter().map(|found| turn(strategy, found));
    map.insert("turns".into(), turns.collect());
    map.insert("added".into(), times(&strategy.added));
    map.insert("course".into(), course(&strategy.course));
    map.into()
}

fn turn(strategy: &StrategyStats, turn: &TurnStats) -> Value {
    let own = strategy.own_budget(turn);
    let mut value = json!({
        "session": turn.session,
        "turn": turn.turn,
        "title": turn.title,
        "done": turn.done,
        "unverified": turn.unverified,
        "skipped": turn.skipped,
        "rework": turn.rework,
        "gates_rejected": turn.rejected,
        "suggested_budget": own.map(|own| own.budget.to_string()),
    });
    extend(&mut value, times(&turn.times));
    value
}

fn figures(figures: &Figures) -> Value {
    let outcomes = figures.outcomes;
    let mut value = json!({
        "finished": figures.finished,
        "abandoned": figures.abandoned,
        "turns_done": figures.done,
        "turns_unverified": figures.unverified,
        "unverified_percent": figures.unverified_share(),
        "plans_unverified": figures.unverified_plans,
        "turns_skipped": figures.skipped,
        "turns_added": figures.added,
        "rework": figures.rework,
        "sent_back": figures.rejected,
        "reopened": figures.reopened(),
        "turns_reworked": figures.reworked,
        "gates": figures.gates,
        "gates_rejected": figures.rejected,
        "outcomes": {
            "yes": outcomes.yes,
            "partly": outcomes.partly,
            "no": outcomes.no,
            "unsaid": outcomes.unsaid,
        },
        "checklist_misses": figures.misses.iter().map(miss).collect::<Vec<Value>>(),
    });
    extend(&mut value, times(&figures.times));
    value
}

fn times(times: &Times) -> Value {
    json!({
        "planned": times.planned,
        "worked": times.worked,
        "unplanned": times.unplanned,
        "ratio": times.ratio(),
        "median_planned": times.median_planned,
        "median_worked": times.median_worked,
        "timed": times.timed,
        "untimed": times.untimed,
        "implausible": times.implausible,
    })
}

fn miss(miss: &Miss) -> Value {
    let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    json!({
        "strategy": said(&miss.strategy),
        "session": said(&miss.session),
        "id": miss.id,
        "text": miss.text,
        "listed": miss.listed,
        "missed": miss.missed,
    })
}

fn course(course: &Course) -> Value {
    let steps: Vec<Value> = course.steps.iter().map(step).collect();
    json!({ "per": course.per.word(), "outside": course.outside, "steps": steps })
}

fn step(step: &Step) -> Value {
    json!({
        "label": step.label(),
        "from": step.from.to_string(),
        "finished": step.finished,
        "planned": step.times.planned,
        "worked": step.times.worked,
        "unplanned": step.times.unplanned,
        "ratio": step.times.ratio(),
        "turns_done": step.done,
        "turns_unverified": step.unverified,
        "rework": step.rework,
    })
}

fn extend(value: &mut Value, with: Value) {
    if let (Value::Object(map), Value::Object(more)) = (value, with) {
        map.extend(more);
    }
}
