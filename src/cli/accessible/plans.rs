//! The plans: found by words, chosen by number.

use crate::domain::summary::PlanSummary;

use super::super::dialogue::{Answer, Dialogue};
use super::search::search;
use super::{about, workspace};

/// Asks for a plan and works on it.
pub fn choose(dialogue: &mut Dialogue<'_>) -> Answer<()> {
    let listing = dialogue.ctx.store()?.list();
    let plan = search(dialogue, ("plan", "plans"), &mut |words| {
        let fitting = listing.plans.iter().filter(|plan| fits(plan, words));
        fitting.map(|plan| (about(plan), plan.id.clone())).collect()
    })?;
    workspace::work(dialogue, &plan)
}

/// Whether a plan has all of these words in its name, its strategy or its id.
fn fits(plan: &PlanSummary, words: &str) -> bool {
    let text = [&plan.name, &plan.strategy_title, &plan.id].map(|part| part.to_lowercase()).join("\n");
    words.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
}
