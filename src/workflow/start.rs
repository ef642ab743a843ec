//! From a form to a plan: what answers make, the plan that they would start, and what speaks against it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::library::Library;
use crate::domain::memory::{Draft, Memory, Origin};
use crate::domain::new_plan::{NewPlan, NotStarted};
use crate::domain::placeholder::{self, Fault, Placeholder, PlaceholderKind, Value, Values};
use crate::domain::plan::{Plan, Queued, Session};
use crate::domain::review::{Finding, Rule, Thresholds, goal_placeholder, review};
use crate::domain::stats::{ENOUGH, Stats, Suggestion, own_budgets};
use crate::domain::strategy::Strategy;

/// Most remedies that are taken one after another; each may bring the next finding to light.
const MAX_REMEDIES: usize = 60;

/// What a form of a strategy was filled in with, and what else was chosen before the start.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// What is filled in.
    pub strategy: Arc<Strategy>,
    /// The name as it was typed; empty for the default.
    pub name: String,
    /// What was typed, by placeholder.
    pub inputs: BTreeMap<String, String>,
    /// The queued plan that they are for, where they are for one.
    pub origin: Option<Origin>,
    /// Whether the person's own median times are to be the budgets, where there are any.
    pub own_budgets: bool,
    /// Rules whose remedies are to be taken.
    pub remedies: BTreeSet<Rule>,
}

impl Answers {
    /// None yet.
    pub fn new(strategy: Arc<Strategy>) -> Self {
        let (inputs, remedies) = (BTreeMap::new(), BTreeSet::new());
        Self { strategy, name: String::new(), inputs, origin: None, own_budgets: false, remedies }
    }

    /// What a form left half-way holds.
    pub fn of_draft(strategy: Arc<Strategy>, draft: &Draft) -> Self {
        let Draft { name, mut inputs, origin, own_budgets, remedies, .. } = draft.clone();
        inputs.retain(|name, _| strategy.placeholder(name).is_some());
        Self { strategy, name, inputs, origin, own_budgets, remedies }
    }

    /// Those for what `plan` has queued: its own, with the goal that waits; or what was typed into that form before.
    ///
    /// # Errors
    /// Where another form of the strategy was left half-way, whose draft this one would take.
    pub fn of_queued(library: &Library, drafts: &[Draft], plan: &Plan, queued: &Queued) -> Result<Self, String> {
        let (strategy, origin) = (strategy_of(library, plan), origin(plan, queued));
        if let Some(draft) = drafts.iter().find(|draft| draft.strategy == strategy.id) {
            let is_same = |other: &Origin| (&other.plan, &other.queued) == (&origin.plan, &origin.queued);
            if draft.origin.as_ref().is_some_and(is_same) {
                return Ok(Self::of_draft(strategy, draft));
            }
            let name = if draft.name.is_empty() { &strategy.title } else { &draft.name };
            return Err(format!(
                "a form of this strategy ('{name}') was left half-way; start it or throw it away first"
            ));
        }
        let values = values_for(plan, queued).into_iter();
        let inputs = values.filter(|(name, _)| strategy.placeholder(name).is_some());
        let inputs = inputs.map(|(name, value)| (name, value.as_input())).collect();
        Ok(Self { name: queued.title.clone(), inputs, origin: Some(origin), ..Self::new(strategy) })
    }

    /// What was typed for a placeholder, or why that is no value of its kind; nothing where it is blank.
    pub fn typed(&self, placeholder: &Placeholder) -> Option<Result<Value, String>> {
        let text = self.inputs.get(&placeholder.name).filter(|text| !text.trim().is_empty())?;
        Some(placeholder.read(text))
    }

    /// What was given; texts that are no value of their kind are left out.
    pub fn given(&self) -> Values {
        let read = |placeholder: &Placeholder| Some((placeholder.name.clone(), self.typed(placeholder)?.ok()?));
        self.strategy.placeholders.iter().filter_map(read).collect()
    }

    /// The values that prompts see: answers and defaults.
    pub fn values(&self) -> Values {
        placeholder::effective(&self.strategy, &self.given())
    }

    /// What is asked for, given the answers so far.
    pub fn shown(&self) -> Vec<&Placeholder> {
        placeholder::shown(&self.strategy, &self.values())
    }

    /// Everything that keeps the plan from being started, in the form's order.
    pub fn faults(&self) -> Vec<Fault> {
        let unread = |placeholder: &Placeholder| {
            let message = self.typed(placeholder)?.err()?;
            Some(Fault { name: placeholder.name.clone(), label: placeholder.label.clone(), message })
        };
        let unread = self.shown().into_iter().filter_map(unread).collect();
        let mut faults = faults(&self.strategy, &self.given(), unread);
        faults.sort_by_key(|fault| self.strategy.placeholders.iter().position(|asked| asked.name == fault.name));
        faults
    }

    /// The name the plan gets if none is typed: the first line of the first answer, else the title.
    pub fn default_name(&self) -> String {
        placeholder::plan_name(&self.strategy, &self.given())
    }

    /// What the plan will be called.
    pub fn plan_name(&self) -> String {
        let typed = self.name.trim();
        if typed.is_empty() { self.default_name() } else { typed.to_owned() }
    }

    /// What is to be kept of a form left half-way; nothing where nothing was typed.
    pub fn draft(&self, focus: usize, saved: Timestamp) -> Option<Draft> {
        let Self { strategy, name, inputs, origin, own_budgets, remedies } = self.clone();
        let strategy = strategy.id.clone();
        let is_typed = !(inputs.is_empty() && name.is_empty());
        is_typed.then_some(Draft { strategy, name, inputs, focus, saved, origin, own_budgets, remedies })
    }

    /// Remembers what was typed, once the plan is started.
    pub fn remember(&self, memory: &mut Memory, now: Timestamp) {
        for (name, typed) in &self.inputs {
            memory.remember_value(name, typed);
        }
        memory.used.insert(self.strategy.id.clone(), now);
    }

    /// The plan to be started, before any remedy.
    pub fn new_plan(&self, record: &[Suggestion]) -> NewPlan {
        let commands = if self.own_budgets { own_budgets(&self.strategy, record) } else { Vec::new() };
        let new = NewPlan::new(Arc::clone(&self.strategy), self.given(), self.plan_name());
        NewPlan { origin: self.origin.clone(), commands, ..new }
    }

    /// The plan that they would start; `record` are the budgets of the person's own, where there are any.
    ///
    /// # Errors
    /// As [`StartPreview::of`].
    pub fn preview(
        &self,
        record: &[Suggestion],
        thresholds: &Thresholds,
        now: Timestamp,
    ) -> Result<StartPreview, NotStarted> {
        StartPreview::of(self.new_plan(record), &self.remedies, thresholds, now)
    }
}

/// The plan that would be started, after the remedies that were taken, and what speaks against it.
#[derive(Debug)]
pub struct StartPreview {
    /// What is handed to the store, the remedies among its commands.
    pub new: NewPlan,
    /// The plan.
    pub plan: Plan,
    /// What speaks against it, and what spoke against it before the remedies.
    pub points: Vec<Point>,
    /// Rules whose remedies were applied.
    applied: BTreeSet<Rule>,
}

/// Something that speaks against the plan.
#[derive(Debug)]
pub struct Point {
    /// What the review found.
    pub finding: Finding,
    /// Whether it still does.
    pub stands: bool,
    /// Whether its own remedy was taken; where it neither stands nor was taken, another one did for it.
    pub taken: bool,
}

impl Point {
    /// Whether its remedy can be taken, or was.
    pub fn has_remedy(&self) -> bool {
        self.taken || self.stands && !self.finding.remedy.commands.is_empty()
    }
}

impl StartPreview {
    /// `new` after the remedies of these rules: a set, applied in the order of the findings, so that the same ones
    /// make the same plan however they were asked for.
    ///
    /// # Errors
    /// Where a value is missing or wrong, or a command does not fit.
    pub fn of(
        mut new: NewPlan,
        remedies: &BTreeSet<Rule>,
        thresholds: &Thresholds,
        now: Timestamp,
    ) -> Result<Self, NotStarted> {
        let mut plan = new.plan("new", now)?;
        let found = review(&plan, thresholds);
        let (mut left, mut applied) = (found.clone(), BTreeSet::new());
        for _ in 0..MAX_REMEDIES {
            let mut wanted = left.iter().filter(|finding| remedies.contains(&finding.rule));
            let next = wanted.find_map(|finding| Some((finding.rule, finding.remedy.command()?)));
            let Some((rule, command)) = next else { break };
            plan = plan.apply(&command, now)?.plan;
            new.commands.push(command);
            applied.insert(rule);
            left = review(&plan, thresholds);
        }
        // Each keeps its place, also where a remedy changes the words of another finding: numbers choose them.
        let same = |a: &Finding, b: &Finding| (a.rule, &a.session, &a.what) == (b.rule, &b.session, &b.what);
        let (old, mut new_words): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|left| found.iter().any(|before| same(before, left)));
        let mut points: Vec<Point> = Vec::new();
        for before in found {
            let is_alike = |after: &Finding| (after.rule, &after.session) == (before.rule, &before.session);
            let now = match old.iter().find(|left| same(left, &before)) {
                Some(now) => Some(now.clone()),
                None => new_words.iter().position(is_alike).map(|at| new_words.remove(at)),
            };
            let (stands, taken) = (now.is_some(), now.is_none() && remedies.contains(&before.rule));
            points.push(Point { finding: now.unwrap_or(before), stands, taken });
        }
        points.extend(new_words.into_iter().map(|finding| Point { finding, stands: true, taken: false }));
        Ok(Self { new, plan, points, applied })
    }

    /// What speaks against the plan.
    pub fn findings(&self) -> Vec<Finding> {
        self.points.iter().filter(|point| point.stands).map(|point| point.finding.clone()).collect()
    }

    /// Whether this rule had a remedy that was taken.
    pub fn has_taken(&self, rule: Rule) -> bool {
        self.applied.contains(&rule) || self.points.iter().any(|point| point.taken && point.finding.rule == rule)
    }

    /// The rules that have a remedy to take, each with what its first one does.
    pub fn offered(&self) -> Vec<(Rule, &str)> {
        let mut offered: Vec<(Rule, &str)> = Vec::new();
        for point in self.points.iter().filter(|point| point.stands && point.has_remedy()) {
            if !offered.iter().any(|(rule, _)| *rule == point.finding.rule) {
                offered.push((point.finding.rule, &point.finding.remedy.label));
            }
        }
        offered
    }
}

/// Everything that is wrong: the `unread`, which are no values of their kind, then what is missing or wrong beside them.
pub fn faults(strategy: &Strategy, given: &Values, unread: Vec<Fault>) -> Vec<Fault> {
    let mut faults = unread;
    for fault in placeholder::faults(strategy, given) {
        if !faults.iter().any(|other| other.name == fault.name) {
            faults.push(fault);
        }
    }
    faults
}

/// Why there are no budgets of the person's own for a strategy, where there are none.
pub fn no_own_budgets(strategy: &Strategy, record: &Stats) -> String {
    let finished = record.strategy(&strategy.id).map_or(0, |record| record.figures.finished);
    let why = if finished < ENOUGH {
        format!("{finished} of the {ENOUGH} finished plans that they need")
    } else {
        "no clock ran in its finished plans".into()
    };
    format!("there are no budgets of your own for `{}`: {why}", strategy.id)
}

/// The strategy of a plan that is queued in `plan`: as it is today, or that plan's own copy where it is gone.
pub fn strategy_of(library: &Library, plan: &Plan) -> Arc<Strategy> {
    library.strategy(&plan.strategy.id).cloned().unwrap_or_else(|| Arc::new(plan.strategy.clone()))
}

/// Where a plan started from `queued` comes from.
pub fn origin(plan: &Plan, queued: &Queued) -> Origin {
    Origin { plan: plan.id.clone(), name: plan.name.clone(), queued: queued.id.clone() }
}

/// Whether what is queued is offered in `session`: it is for afterwards. Whoever names it, as a command does, may start
/// it at any time.
pub fn offers_queued(session: Option<&Session>) -> bool {
    session.is_some_and(Session::is_over)
}

/// The values of a plan started from `queued`: those that `plan` was given, with the queued goal in
/// the place of its own. Where the placeholder does not take the goal, it gets the title.
pub fn values_for(plan: &Plan, queued: &Queued) -> Values {
    let mut values = placeholder::without_defaults(&plan.strategy, &plan.values);
    let name = if queued.placeholder.is_empty() { goal_placeholder(plan) } else { queued.placeholder.clone() };
    let Some(taker) = plan.strategy.placeholder(&name) else { return values };
    let value = |text: &str| match taker.kind {
        PlaceholderKind::List => Value::List(vec![text.into()]),
        PlaceholderKind::Multiline => Value::Text(text.into()),
        PlaceholderKind::Text
        | PlaceholderKind::Number
        | PlaceholderKind::Choice
        | PlaceholderKind::Flag
        | PlaceholderKind::Path
        | PlaceholderKind::Url => Value::Text(text.split_whitespace().collect::<Vec<_>>().join(" ")),
    };
    let (goal, title) = (value(&queued.goal), value(&queued.title));
    let fits = taker.fault(Some(&goal)).is_none() || taker.fault(Some(&title)).is_some();
    values.insert(name, if fits { goal } else { title });
    values
}
