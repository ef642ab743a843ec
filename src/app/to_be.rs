//! The plan that a form would start: with the budgets that were chosen and the remedies that were taken,
//! and what speaks against it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::domain::command::Command;
use crate::domain::placeholder::Values;
use crate::domain::plan::Plan;
use crate::domain::review::{Finding, Rule, Thresholds, review};
use crate::domain::strategy::Strategy;

/// Most remedies that are taken one after another; each may bring the next finding to light.
const MOST: usize = 60;

/// The plan that a form would start.
#[derive(Debug)]
pub struct ToBe {
    /// The plan.
    pub plan: Plan,
    /// What speaks against it.
    pub points: Vec<Point>,
    /// What is changed before its file is written.
    pub commands: Vec<Command>,
}

/// Something that speaks against the plan.
#[derive(Debug)]
pub struct Point {
    /// The remedies of a rule are taken as one.
    pub finding: Finding,
    /// Whether its remedy is taken.
    pub taken: bool,
}

impl ToBe {
    /// The plan of `strategy` with these values after `first`, and after the remedies of the rules in
    /// `taken`. Nothing where a value is missing or wrong, or a command does not fit.
    pub fn new(
        (strategy, values, name): (&Strategy, &Values, &str),
        first: Vec<Command>,
        taken: &BTreeSet<Rule>,
        thresholds: &Thresholds,
        now: Timestamp,
    ) -> Option<Self> {
        let mut plan = Plan::start(strategy, values, "to-be", name, now).ok()?;
        for command in &first {
            plan = plan.apply(command, now).ok()?.plan;
        }
        let found = review(&plan, thresholds);
        let mut commands = first;
        let mut refused: Vec<String> = Vec::new();
        for _ in 0..MOST {
            let wanted = |finding: &Finding| taken.contains(&finding.rule) && !refused.contains(&finding.what);
            let next = review(&plan, thresholds)
                .into_iter()
                .filter(wanted)
                .find_map(|finding| Some((finding.remedy.command()?, finding.what)));
            let Some((command, what)) = next else { break };
            match plan.apply(&command, now) {
                Ok(change) => {
                    plan = change.plan;
                    commands.push(command);
                }
                Err(_) => refused.push(what),
            }
        }
        let left = review(&plan, thresholds);
        let is_in = |some: &[Finding], finding: &Finding| {
            some.iter().any(|other| other.rule == finding.rule && other.what == finding.what)
        };
        let point = |finding: Finding, taken| Point { finding, taken };
        let mut points: Vec<Point> = Vec::new();
        for finding in &found {
            let mended = taken.contains(&finding.rule) && !is_in(&left, finding);
            points.push(point(finding.clone(), mended));
        }
        points.extend(left.into_iter().filter(|finding| !is_in(&found, finding)).map(|finding| point(finding, false)));
        Some(Self { plan, points, commands })
    }
}
