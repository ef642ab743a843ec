//! Advice as JSON: the situation, every strategy with its reason, and the shape of the work.

use serde_json::{Map, Value, json};

use crate::domain::advice::{Advice, Aspect, Ranked, Shape, Situation};
use crate::domain::library::Library;
use crate::domain::strategy::Strategy;

use super::json::list;

/// The advice; `library` is what was ranked. Questions that are open are null.
pub fn json(advice: &Advice, library: &Library) -> Value {
    let mut value = list("advice", advice.ranked.iter().map(|ranked| item(ranked, library)));
    value["situation"] = situation(advice.situation);
    value["shape"] = shape(&advice.shape);
    value
}

fn item(ranked: &Ranked, library: &Library) -> Value {
    let words = |aspects: &[Aspect]| aspects.iter().map(|aspect| aspect.word()).collect::<Vec<_>>();
    let entry = library.entry(&ranked.id);
    let strategy = entry.and_then(|entry| entry.strategy.as_deref());
    json!({
        "id": ranked.id,
        "title": ranked.title,
        "category": strategy.map(|strategy| &strategy.category),
        "source": entry.map(|entry| entry.source.word()),
        "score": ranked.score,
        "grade": ranked.grade.word(),
        "reason": ranked.reason,
        "matches": words(&ranked.matches),
        "misses": words(&ranked.misses),
        "sessions": strategy.map(|strategy| strategy.sessions.len()),
        "turns": strategy.map(|strategy| strategy.turns().count()),
        "gates": strategy.map(Strategy::gates),
        "budget": strategy.and_then(Strategy::budget).map(|budget| budget.short()),
    })
}

fn situation(situation: Situation) -> Value {
    let answers = Aspect::ALL.iter().map(|aspect| (aspect.word().to_owned(), json!(situation.word(*aspect))));
    Value::Object(answers.collect::<Map<String, Value>>())
}

fn shape(shape: &Shape) -> Value {
    json!({
        "sessions": shape.sessions.word(),
        "strategy": shape.strategy,
        "statement": shape.statement,
        "planning": shape.planning,
        "oversight": shape.oversight,
        "evidence": shape.evidence,
    })
}
