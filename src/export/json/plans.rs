//! Plans in a list.

use std::path::Path;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::summary::{BrokenPlan, Listing, PlanSummary};

use super::{Document, named};

/// The plans, last worked on first. Beside them the files that are none.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Plans {
    /// The plans.
    items: Vec<Item>,
    /// Files that cannot be read as a plan.
    broken: Vec<Broken>,
    /// Copies that a sync tool left.
    conflicts: Vec<Conflict>,
}

impl Document for Plans {
    const SCHEMA: &'static str = "setlist.plans/1";
}

/// A plan as lists show it.
#[derive(Debug, Serialize, JsonSchema)]
struct Item {
    /// The plan's id.
    id: String,
    /// Its name.
    name: String,
    /// The strategy's id.
    strategy: String,
    /// The strategy's title.
    strategy_title: String,
    /// When it was started.
    created: Timestamp,
    /// When it was last changed.
    updated: Timestamp,
    /// Where it stands.
    #[schemars(extend("enum" = ["planned", "in-progress", "finished", "abandoned"]))]
    state: String,
    /// Whether it is archived.
    archived: bool,
    /// Whether a clock runs.
    running: bool,
    /// Whether a finished session had turns unverified.
    unverified: bool,
    /// Sessions in all.
    sessions: usize,
    /// Sessions that are over.
    sessions_over: usize,
    /// Turns in all.
    turns: usize,
    /// Turns that are done or skipped.
    turns_closed: usize,
    /// The title of the turn to go on with.
    current: Option<String>,
    /// Gates that wait for a decision.
    open_gates: usize,
    /// Checklist items not ticked in sessions that are over or in wrap-up.
    open_items: usize,
    /// Time worked while no clock ran, in seconds.
    worked: u64,
    /// Upper end of the whole budget, in seconds.
    budget: Option<u64>,
}

/// A file among the plans that cannot be read as one.
#[derive(Debug, Serialize, JsonSchema)]
struct Broken {
    /// The file's name without `.toml`.
    id: String,
    /// The file.
    path: String,
    /// What is wrong, with line and column where known.
    message: String,
    /// What to do.
    hint: String,
    /// Whether the history holds a revision of it that can be read.
    recoverable: bool,
}

/// A copy that a sync tool left.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Conflict {
    /// The plan's id, where it can be told; else empty.
    id: String,
    /// The file.
    path: String,
}

/// What the plans directory holds: `plans` chosen from `listing`, and every file that is no plan.
pub fn plans(plans: &[&PlanSummary], listing: &Listing) -> Plans {
    Plans {
        items: plans.iter().map(|plan| item(plan)).collect(),
        broken: listing.broken.iter().map(broken).collect(),
        conflicts: listing.conflicts.iter().map(conflict).collect(),
    }
}

pub(super) fn conflict((id, path): &(String, std::path::PathBuf)) -> Conflict {
    Conflict { id: id.clone(), path: written(path) }
}

fn item(plan: &PlanSummary) -> Item {
    Item {
        id: plan.id.clone(),
        name: plan.name.clone(),
        strategy: plan.strategy.clone(),
        strategy_title: plan.strategy_title.clone(),
        created: plan.created,
        updated: plan.updated,
        state: plan.state.clone(),
        archived: plan.archived,
        running: plan.running,
        unverified: plan.unverified,
        sessions: plan.sessions.1,
        sessions_over: plan.sessions.0,
        turns: plan.turns.1,
        turns_closed: plan.turns.0,
        current: named(&plan.current),
        open_gates: plan.open_gates,
        open_items: plan.open_items,
        worked: plan.worked,
        budget: Some(plan.budget).filter(|budget| *budget > 0),
    }
}

fn broken(broken: &BrokenPlan) -> Broken {
    Broken {
        id: broken.id.clone(),
        path: written(&broken.path),
        message: broken.message.clone(),
        hint: broken.hint.clone(),
        recoverable: broken.recoverable,
    }
}

/// A path as text: JSON has no other, and a name that is not UTF-8 must not keep the rest from being said.
pub(super) fn written(path: &Path) -> String {
    path.display().to_string()
}
