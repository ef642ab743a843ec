//! `budget-exceeded`: the turns of a session need more time than the session has.

use crate::domain::budget::{Budget, compact};
use crate::domain::command::Command;
use crate::domain::plan::TurnState;

use super::outline::{Outline, TurnOutline};
use super::{Finding, Remedy, Rule, Thresholds};

/// Sessions whose turns' budgets end, together, after the session's own.
pub(super) fn exceeded(outline: &Outline<'_>, thresholds: &Thresholds) -> Vec<Finding> {
    let mut findings = Vec::new();
    for session in outline.open() {
        // A skipped turn takes no time.
        let steps: Vec<&TurnOutline<'_>> =
            session.turns.iter().filter(|step| step.state != TurnState::Skipped).collect();
        let (Some(own), Some(sum)) = (session.budget, Budget::sum(steps.iter().filter_map(|step| step.budget))) else {
            continue;
        };
        let allowed = own.high().saturating_mul(100 + u64::from(thresholds.budget_percent)) / 100;
        if sum.high() <= allowed {
            continue;
        }
        let mut longest: Vec<&&TurnOutline<'_>> = steps.iter().filter(|step| step.budget.is_some()).collect();
        longest.sort_by_key(|step| std::cmp::Reverse(step.budget.map_or(0, Budget::high)));
        let turn = |step: &&&TurnOutline<'_>| {
            format!("turn '{}': {}", step.title, step.budget.map_or_else(String::new, Budget::short))
        };
        findings.push(Finding {
            rule: Rule::BudgetExceeded,
            session: session.id.into(),
            turns: longest.first().map(|step| session.at(step)).into_iter().collect(),
            what: format!(
                "the turns of {} may take {}, its budget ends at {}",
                outline.name(session),
                compact(sum.high()),
                compact(own.high())
            ),
            shows: longest.iter().take(3).map(turn).collect(),
            remedy: Remedy {
                label: format!("set the session's budget to {}, the sum of its turns", sum.short()),
                commands: vec![Command::SetSessionBudget { session: session.id.into(), budget: Some(sum) }],
            },
        });
    }
    findings
}
