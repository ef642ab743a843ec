//! Quality indicators and claims in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::claims::{Claim, of_plan};
use crate::domain::command::TurnRef;
use crate::domain::plan::{Plan, Turn};
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
#[schemars(rename = "Claim")]
pub struct ClaimOf {
    #[serde(flatten)]
    at: TurnRef,
    #[serde(flatten)]
    claim: Claim,
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
pub fn claims(plan: &Plan, phrases: &[String]) -> Vec<ClaimOf> {
    let of_turn = |(at, _, claims): (TurnRef, &Turn, Vec<Claim>)| {
        claims.into_iter().map(move |claim| ClaimOf { at: at.clone(), claim })
    };
    of_plan(plan, phrases).into_iter().flat_map(of_turn).collect()
}
