//! Anti-patterns of a strategy as warnings, each at its place in the file.

use crate::domain::problem::Problem;
use crate::domain::review::{Finding, Thresholds, review_strategy};
use crate::domain::strategy::Strategy;

use super::spans::Spans;

pub(super) fn warn(strategy: &Strategy, spans: &Spans, thresholds: &Thresholds, problems: &mut Vec<Problem>) {
    for finding in review_strategy(strategy, thresholds) {
        let span = place(strategy, spans, &finding);
        let message = format!("{}: {}", finding.rule, finding.what);
        let shows = finding.shows.join("; ");
        let hint = if shows.is_empty() { finding.remedy.label } else { format!("{} ({shows})", finding.remedy.label) };
        problems.push(Problem::warning(span, message, hint).by(finding.rule));
    }
}

/// Where the first turn is named that shows a finding, else where its session is.
fn place(strategy: &Strategy, spans: &Spans, finding: &Finding) -> std::ops::Range<usize> {
    let wanted = finding.turns.first();
    let id = wanted.map_or(finding.session.as_str(), |turn| &turn.session);
    let Some(at) = strategy.sessions.iter().position(|session| session.id == id) else { return spans.goal.clone() };
    let turn = wanted.and_then(|turn| strategy.sessions[at].turns.iter().position(|one| one.id == turn.turn));
    let Some(session) = spans.sessions.get(at) else { return spans.goal.clone() };
    turn.and_then(|turn| session.turns.get(turn)).map_or(session.at.clone(), |turn| turn.at.clone())
}
