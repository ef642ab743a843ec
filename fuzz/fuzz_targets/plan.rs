//! A plan file: whatever can be read can be looked at, and written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use setlist::domain::plan::Plan;
use setlist::domain::schedule::lanes;
use setlist::domain::summary::PlanSummary;

fuzz_target!(|text: &str| {
    let Ok(plan) = toml::from_str::<Plan>(text) else { return };
    let _ = (PlanSummary::of(&plan), lanes(&plan, plan.updated), plan.courses().len(), plan.worked(plan.updated));
    for session in &plan.sessions {
        for turn in &session.turns {
            let _ = (plan.standing(session, turn), plan.prompt_preview(session, turn));
        }
    }
    let _ = toml::to_string_pretty(&plan).map(|written| toml::from_str::<Plan>(&written).is_ok());
});
