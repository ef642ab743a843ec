//! The shape of a review in JSON.

use serde_json::{Value, json};

use crate::domain::contradiction::{Contradiction, contradictions};
use crate::domain::plan::{Plan, Queued};
use crate::domain::review::{Finding, drift};

use super::quality;

/// What a review of `plan` says: the anti-patterns `findings`, what contradicts itself, how far the
/// plan has moved, the quality indicators, and which of `phrases` claim without showing.
pub fn document(plan: &Plan, findings: &[Finding], phrases: &[String]) -> Value {
    let drift = drift(plan);
    json!({
        "schema": "setlist.review/1",
        "plan": { "id": plan.id, "name": plan.name },
        "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        "contradictions": contradictions(plan).iter().map(contradiction).collect::<Vec<_>>(),
        "drift": {
            "planned_turns": drift.planned_turns,
            "added_turns": drift.added_turns,
            "planned_seconds": drift.planned_seconds,
            "added_seconds": drift.added_seconds,
            "added_goals": drift.added_goals,
        },
        "quality": quality::judged(plan, phrases),
        "claims": quality::claims(plan, phrases),
    })
}

/// The findings and contradictions of `plan` in short, to stand beside it.
pub fn brief(plan: &Plan, findings: &[Finding]) -> (Value, Value) {
    let short = |finding: &Finding| json!({ "rule": finding.rule.word(), "session": named(&finding.session), "what": finding.what });
    (findings.iter().map(short).collect(), contradictions(plan).iter().map(contradiction).collect())
}

fn finding(finding: &Finding) -> Value {
    let turns = finding.turns.iter().map(|turn| json!({ "session": turn.session, "turn": turn.turn }));
    json!({
        "rule": finding.rule.word(),
        "session": named(&finding.session),
        "turns": turns.collect::<Vec<_>>(),
        "what": finding.what,
        "shows": finding.shows,
        "remedy": { "label": finding.remedy.label, "applies": !finding.remedy.commands.is_empty() },
    })
}

fn contradiction(found: &Contradiction) -> Value {
    json!({
        "session": named(&found.at.session),
        "turn": named(&found.at.turn),
        "what": found.what,
        "repair": named(&found.repair),
    })
}

/// What waits in a plan's queue, and what was started from it.
pub fn queued(queued: &Queued) -> Value {
    json!({
        "id": queued.id,
        "title": queued.title,
        "goal": queued.goal,
        "placeholder": named(&queued.placeholder),
        "at": queued.at,
        "plan": named(&queued.plan),
    })
}

fn named(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
