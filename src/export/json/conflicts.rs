//! Copies of plans that sync tools left, and in what they differ from their plans.

use std::path::Path;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::compare::{Comparison, Difference};
use crate::domain::summary::Listing;

use super::Document;
use super::plans::{Conflict, conflict, written};

/// Copies of plans that sync tools left.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Conflicts {
    /// The copies.
    items: Vec<Conflict>,
}

impl Document for Conflicts {
    const SCHEMA: &'static str = "setlist.conflicts/1";
}

/// The copies among the plans, those of the plan `of` alone where one is given.
pub fn conflicts(listing: &Listing, of: Option<&str>) -> Conflicts {
    let wanted = listing.conflicts.iter().filter(|(id, _)| of.is_none_or(|of| of == id));
    Conflicts { items: wanted.map(conflict).collect() }
}

/// A copy of a plan that a sync tool left, compared with the plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConflictDocument<'c> {
    /// The copy.
    conflict: Compared<'c>,
}

impl Document for ConflictDocument<'_> {
    const SCHEMA: &'static str = "setlist.conflict/1";
}

/// A copy and its plan.
#[derive(Debug, Serialize, JsonSchema)]
struct Compared<'c> {
    /// The plan's id.
    id: &'c str,
    /// The plan's name.
    name: &'c str,
    /// The copy's file.
    path: String,
    /// When the copy was last changed by a command.
    updated: Timestamp,
    /// Whether the copy is a state that the plan was in before: nothing in it is missing in the plan.
    older: bool,
    /// The items in which the two differ, in the order of the plan.
    differences: &'c [Difference],
}

/// A comparison as a document.
pub fn compared(comparison: &Comparison) -> ConflictDocument<'_> {
    ConflictDocument {
        conflict: Compared {
            id: &comparison.id,
            name: &comparison.name,
            path: written(Path::new(&comparison.path)),
            updated: comparison.copy.updated,
            older: comparison.is_older,
            differences: &comparison.differences,
        },
    }
}
