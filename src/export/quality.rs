//! Quality indicators and claims in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::claims::of_plan;
use crate::domain::plan::Plan;
use crate::domain::quality::{Verdict, judge};

use super::json::named;

/// A quality indicator: what it says, why, and what would turn a poor one good.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Indicator {
    /// The indicator's id.
    sign: String,
    /// What it says.
    verdict: Verdict,
    /// The same in a few words.
    says: String,
    /// Why, with the turn, slot or item that shows it.
    why: String,
    /// What would make it good.
    to_make_it_good: Option<String>,
    /// Whether a person gave the verdict, because the record does not tell.
    answered: bool,
}

/// A phrase that claims without showing, with its place.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Claim {
    /// The session's id.
    session: String,
    /// The turn's id.
    turn: String,
    /// In which iteration of the turn, from 1.
    iteration: u32,
    /// Where it stands: `result`, else the id of an evidence slot.
    place: String,
    /// The phrase.
    phrase: String,
}

/// Every indicator; `phrases` are those that claim without showing.
pub fn judged(plan: &Plan, phrases: &[String]) -> Vec<Indicator> {
    let judged = judge(plan, phrases).into_iter().map(|judged| Indicator {
        sign: judged.indicator.word().into(),
        verdict: judged.verdict,
        says: judged.headline(),
        to_make_it_good: named(&judged.how_to_fix),
        why: judged.why,
        answered: judged.by_hand,
    });
    judged.collect()
}

/// Every phrase that claims without showing.
pub fn claims(plan: &Plan, phrases: &[String]) -> Vec<Claim> {
    let claims = of_plan(plan, phrases).into_iter().flat_map(|(at, _, claims)| {
        claims.into_iter().map(move |claim| Claim {
            session: at.session.clone(),
            turn: at.turn.clone(),
            iteration: claim.iteration,
            place: claim.place,
            phrase: claim.phrase,
        })
    });
    claims.collect()
}
