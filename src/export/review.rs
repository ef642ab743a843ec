//! A review in JSON with its quality indicators and claims, and what waits in a plan's queue.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::claims::{Claim, of_plan};
use crate::domain::command::TurnRef;
use crate::domain::plan::{Plan, Turn};
use crate::domain::quality::{Verdict, judge};
use crate::domain::review::{self, Drift, Rule, drift};
use crate::workflow::findings::{Finding, of_review};

use super::json::{Document, named};

/// What speaks against a plan, and its quality. Besides: what contradicts itself, and how far the plan has moved.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReviewDocument {
    /// The plan.
    plan: Reviewed,
    /// The anti-patterns that were found.
    findings: Vec<Found>,
    /// What cannot be, because the file was edited by hand.
    contradictions: Vec<FoundContradiction>,
    /// How far the plan has moved from what it was at its start.
    drift: Drift,
    /// The quality indicators.
    quality: Vec<Indicator>,
    /// Phrases that claim without showing.
    claims: Vec<ClaimOf>,
}

impl Document for ReviewDocument {
    const SCHEMA: &'static str = "setlist.review/1";
}

/// The plan that was reviewed.
#[derive(Debug, Serialize, JsonSchema)]
struct Reviewed {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
}

/// An anti-pattern with what shows it.
#[derive(Debug, Serialize, JsonSchema)]
struct Found {
    /// The rule that found it.
    rule: Rule,
    /// The session it is about; null for the whole plan.
    session: Option<String>,
    /// The turns that show it.
    turns: Vec<TurnRef>,
    /// What is wrong, in one sentence.
    what: String,
    /// What shows it, a line each.
    shows: Vec<String>,
    /// What to do about it.
    remedy: Remedy,
}

/// What to do about a finding.
#[derive(Debug, Serialize, JsonSchema)]
struct Remedy {
    /// What it does, as an order.
    label: String,
    /// Whether `setlist review --remedy RULE` does it; otherwise a person has to.
    applies: bool,
}

/// An anti-pattern in short.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingInShort {
    /// The rule that found it.
    rule: Rule,
    /// The session it is about; null for the whole plan.
    session: Option<String>,
    /// What is wrong, in one sentence.
    what: String,
}

/// Something in a plan that cannot be.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FoundContradiction {
    /// The session; null where it concerns the plan.
    session: Option<String>,
    /// The turn; null where it concerns a session or the plan.
    turn: Option<String>,
    /// What cannot be, in a sentence.
    what: String,
    /// What `setlist repair` does about it; null where a person has to edit the file.
    repair: Option<String>,
}

/// What waits in a plan's queue. Each is to become a plan of its own, or was started as one.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Queue {
    /// What was queued, oldest first.
    items: Vec<Waiting>,
}

impl Document for Queue {
    const SCHEMA: &'static str = "setlist.queue/1";
}

/// An addition that was kept out of a plan.
#[derive(Debug, Serialize, JsonSchema)]
struct Waiting {
    /// Its id.
    id: String,
    /// What the new plan is to be called.
    title: String,
    /// What it is to reach; empty where the title says it.
    goal: String,
    /// The placeholder that takes the goal; null where the person has to say.
    placeholder: Option<String>,
    /// When it was queued.
    at: Timestamp,
    /// The plan that was started from it; null while it waits.
    plan: Option<String>,
}

/// What a review of `plan` says: its `findings`, how far the plan has moved, the quality indicators, and which
/// of `phrases` claim without showing.
pub fn document(plan: &Plan, findings: &[Finding], phrases: &[String]) -> ReviewDocument {
    ReviewDocument {
        plan: Reviewed { id: plan.id.clone(), name: plan.name.clone() },
        findings: of_review(findings).map(found).collect(),
        contradictions: impossible(findings),
        drift: drift(plan),
        quality: judged(plan, phrases),
        claims: claims(plan, phrases),
    }
}

/// The findings of a plan in short, to stand beside it.
pub fn brief(findings: &[Finding]) -> (Vec<FindingInShort>, Vec<FoundContradiction>) {
    let short = |finding: &review::Finding| FindingInShort {
        rule: finding.rule,
        session: named(&finding.session),
        what: finding.what.clone(),
    };
    (of_review(findings).map(short).collect(), impossible(findings))
}

fn found(finding: &review::Finding) -> Found {
    Found {
        rule: finding.rule,
        session: named(&finding.session),
        turns: finding.turns.clone(),
        what: finding.what.clone(),
        shows: finding.shows.clone(),
        remedy: Remedy { label: finding.remedy.label.clone(), applies: !finding.remedy.commands.is_empty() },
    }
}

fn impossible(findings: &[Finding]) -> Vec<FoundContradiction> {
    let found = findings.iter().filter(|finding| finding.is_contradiction()).map(|finding| FoundContradiction {
        session: named(&finding.place().session),
        turn: named(&finding.place().turn),
        what: finding.what().to_owned(),
        repair: finding.command().map(|_| finding.remedy().to_owned()),
    });
    found.collect()
}

/// What waits in a plan's queue, and what was started from it.
pub fn queue(plan: &Plan) -> Queue {
    let items = plan.queue.iter().map(|queued| Waiting {
        id: queued.id.clone(),
        title: queued.title.clone(),
        goal: queued.goal.clone(),
        placeholder: named(&queued.placeholder),
        at: queued.at,
        plan: named(&queued.plan),
    });
    Queue { items: items.collect() }
}

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
