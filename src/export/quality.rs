//! Quality indicators and claims in JSON.

use serde_json::{Value, json};

use crate::domain::claims::of_plan;
use crate::domain::plan::Plan;
use crate::domain::quality::judge;

/// Every indicator: what it says, why, and what would turn a poor one good.
pub fn judged(plan: &Plan, phrases: &[String]) -> Value {
    let judged = judge(plan, phrases).into_iter().map(|judged| {
        json!({
            "sign": judged.sign.id,
            "verdict": judged.verdict.word(),
            "says": judged.headline(),
            "why": judged.why,
            "to_make_it_good": Some(&judged.turn_good).filter(|how| !how.is_empty()),
            "answered": judged.by_hand,
        })
    });
    judged.collect()
}

/// Every phrase that claims without showing, with its place.
pub fn claims(plan: &Plan, phrases: &[String]) -> Value {
    let claims = of_plan(plan, phrases).into_iter().flat_map(|(at, _, claims)| {
        claims.into_iter().map(move |claim| {
            json!({
                "session": at.session,
                "turn": at.turn,
                "iteration": claim.iteration,
                "place": claim.place,
                "phrase": claim.phrase,
            })
        })
    });
    claims.collect()
}
