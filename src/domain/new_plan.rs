//! A plan to be started, as every face hands it to the store.

use std::sync::Arc;

use jiff::Timestamp;

use super::command::Command;
use super::memory::Origin;
use super::placeholder::{Fault, Values};
use super::plan::Plan;
use super::refusal::Refusal;
use super::strategy::Strategy;

/// A plan to be started.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPlan {
    /// What it is a use of.
    pub strategy: Arc<Strategy>,
    /// What was filled in.
    pub values: Values,
    /// What it is called; the strategy's title where that is empty.
    pub name: String,
    /// The plan that queued it, where one did.
    pub origin: Option<Origin>,
    /// What is changed before its file is written: budgets of the person's own, remedies.
    pub commands: Vec<Command>,
}

/// Why a plan cannot be started.
#[derive(Debug, Clone, PartialEq)]
pub enum NotStarted {
    /// Values are missing or wrong.
    Faults(Vec<Fault>),
    /// What is to be changed before its file is written does not fit.
    Refused(Refusal),
}

impl From<Refusal> for NotStarted {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl NewPlan {
    /// A plan of `strategy` that nothing is changed in.
    pub fn new(strategy: Arc<Strategy>, values: Values, name: impl Into<String>) -> Self {
        Self { strategy, values, name: name.into(), origin: None, commands: Vec::new() }
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        let name = self.name.trim();
        if name.is_empty() { self.strategy.title.trim() } else { name }
    }

    /// The plan in its first revision, called `id`.
    ///
    /// # Errors
    /// Every value that is missing or wrong, or a command that does not fit.
    pub fn plan(&self, id: &str, now: Timestamp) -> Result<Plan, NotStarted> {
        let plan = Plan::start(&self.strategy, &self.values, id, self.title(), now);
        let mut plan = plan.map_err(NotStarted::Faults)?;
        let follow = self.origin.iter().map(|origin| Command::Follow(origin.plan.clone()));
        for command in follow.chain(self.commands.iter().cloned()) {
            plan = plan.apply(&command, now)?.plan;
        }
        plan.revision = 1;
        Ok(plan)
    }
}
