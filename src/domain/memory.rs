//! What the program remembers between starts, and forms left half-way.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::review::Rule;

/// What is remembered between starts. A convenience: losing it loses no work.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// Whether the first-run card was put away.
    pub welcomed: bool,
    /// Where the person was.
    pub place: Place,
    /// Strategies marked as favourites.
    pub favourites: BTreeSet<String>,
    /// When each strategy was last used.
    pub used: BTreeMap<String, Timestamp>,
    /// How the browser is sorted.
    pub sort: String,
    /// Values given before, newest first, by placeholder name.
    pub values: BTreeMap<String, Vec<String>>,
    /// Whether the mouse was switched off with its key.
    pub mouse_off: bool,
    /// Where each plan was left.
    pub plans: BTreeMap<String, Place>,
    /// Texts typed in a dialog that was not saved, by its purpose.
    pub kept: BTreeMap<String, Vec<String>>,
}

/// How many earlier values are kept for a placeholder.
const KEPT_VALUES: usize = 8;

impl Memory {
    /// Remembers `value` as the newest of the placeholder `name`.
    pub fn remember_value(&mut self, name: &str, value: &str) {
        if value.trim().is_empty() || value.len() > 4096 {
            return;
        }
        let values = self.values.entry(name.into()).or_default();
        values.retain(|other| other != value);
        values.insert(0, value.into());
        values.truncate(KEPT_VALUES);
    }
}

/// A place in the program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The screen's name.
    pub screen: String,
    /// The plan that is open.
    pub plan: String,
    /// The strategy that is selected or being filled in.
    pub strategy: String,
    /// The selected session.
    pub session: String,
    /// The selected turn.
    pub turn: String,
    /// The focused pane, from 0.
    pub pane: usize,
    /// The selected row of evidence and notes.
    pub row: usize,
    /// The selected row of the checklist.
    pub item: usize,
    /// The selected row of the wrap-up.
    pub wrap_row: usize,
    /// How far the prompt or the preview is scrolled, in lines.
    pub scroll: usize,
}

/// A form left half-way: what was typed, as it was typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The strategy's id.
    pub strategy: String,
    /// The name typed for the plan.
    #[serde(default)]
    pub name: String,
    /// The text of every field that was edited, by placeholder name.
    pub inputs: BTreeMap<String, String>,
    /// The focused field, from 0.
    #[serde(default)]
    pub focus: usize,
    /// When it was saved.
    pub saved: Timestamp,
    /// The queued plan that it is for, where it is for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Whether the person's own median times are to be the budgets.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_budgets: bool,
    /// Rules of the review whose remedies were chosen.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub remedies: BTreeSet<Rule>,
}

/// Where a plan to be started comes from: another plan that queued it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The plan that queued it.
    pub plan: String,
    /// That plan's name.
    #[serde(default)]
    pub name: String,
    /// What was queued, by its id.
    pub queued: String,
}
