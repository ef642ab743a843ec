//! Two versions of one plan, as a sync tool leaves them: in which items they differ, which of them changed what, and
//! taking items from one into the other.

mod describe;
mod item;
mod take;

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::nearest::near_or;
use super::plan::Plan;
use super::refusal::Refusal;
use item::Item;

/// An item that two versions of a plan have otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// The item: `turn/fix/reproduce/evidence/steps`.
    pub item: String,
    /// What it is, in words.
    pub label: String,
    /// How the plan has it; null where it does not.
    pub here: Option<String>,
    /// How the copy has it; null where it does not.
    pub there: Option<String>,
    /// Which of the two changed it since they were one; null where no such state is known.
    pub changed: Option<Changed>,
}

/// A plan and a copy of it that a sync tool left.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub id: String,
    pub name: String,
    /// The copy's file.
    pub path: PathBuf,
    /// What is in it.
    pub copy: Plan,
    /// In which items the two differ.
    pub differences: Vec<Difference>,
    /// Whether the copy is a state that the plan was in before: nothing in it is missing here.
    pub is_older: bool,
}

/// Which version changed an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Changed {
    /// The plan.
    Here,
    /// The copy.
    There,
    /// Both, and not alike.
    Both,
}

impl Changed {
    /// What it means, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Here => "changed in the plan",
            Self::There => "changed in the copy",
            Self::Both => "changed in both",
        }
    }
}

/// The items in which `there`, a copy of the plan, differs from the plan as it is `here`. `base` is the state that both
/// were made of, where it is known.
pub fn differences(here: &Plan, there: &Plan, base: Option<&Plan>) -> Vec<Difference> {
    let there = &at_rest(here, there);
    let differing = item::differing(here, there).into_iter();
    differing
        .map(|item| Difference {
            item: item.to_string(),
            label: item.label(here, there),
            here: item.said(here),
            there: item.said(there),
            changed: base.map(|base| match (item.differs(base, here), item.differs(base, there)) {
                (false, _) => Changed::There,
                (true, false) => Changed::Here,
                (true, true) => Changed::Both,
            }),
        })
        .map(told_apart)
        .collect()
}

/// How many items two versions have otherwise.
pub fn distance(here: &Plan, there: &Plan) -> usize {
    item::differing(here, &at_rest(here, there)).len()
}

/// Two texts that read alike are told to differ.
fn told_apart(mut difference: Difference) -> Difference {
    if difference.here == difference.there
        && let Some(text) = &mut difference.there
    {
        text.push_str(" (differs in details that are not shown)");
    }
    difference
}

/// A copy whose clocks stand still: nobody knows how long they ran after it was written. One that runs here since the
/// same moment runs on.
fn at_rest(here: &Plan, there: &Plan) -> Plan {
    let mut there = there.clone();
    for session in &mut there.sessions {
        for turn in &mut session.turns {
            let mine = here.session(&session.id).and_then(|session| session.turn(&turn.id));
            if mine.is_none_or(|mine| mine.running_since != turn.running_since) {
                turn.worked = turn.worked(there.updated);
                turn.running_since = None;
            }
        }
    }
    there
}

/// Takes the items `wanted`, as they were seen in [`differences`], from the copy into `plan`.
///
/// # Errors
/// Where one of them differs no more, has changed meanwhile, or does not fit.
pub(super) fn take(plan: &mut Plan, from: &Plan, wanted: &[Difference]) -> Result<(), Refusal> {
    let from = &at_rest(plan, from);
    let open = item::differing(plan, from);
    let found: Result<Vec<&Item>, Refusal> = wanted
        .iter()
        .map(|seen| {
            let item = open.iter().find(|item| item.to_string() == seen.item);
            let item = item.ok_or_else(|| not_there(&seen.item, &open))?;
            if item.said(plan) == seen.here { Ok(item) } else { Err(changed_meanwhile(seen)) }
        })
        .collect();
    // A value brings others with it that were made of it: what is taken after it comes out as it is in the copy.
    found?.into_iter().try_for_each(|item| item.take(plan, from))
}

fn not_there(wanted: &str, open: &[Item]) -> Refusal {
    let known: Vec<String> = open.iter().map(ToString::to_string).collect();
    let hint = near_or(wanted, known.iter().map(String::as_str), "compare the copy again to see in what it differs");
    Refusal::not_found(format!("the copy does not differ in `{wanted}`"), hint)
}

fn changed_meanwhile(seen: &Difference) -> Refusal {
    Refusal::rule(format!("{} has changed meanwhile", seen.label), "compare the copy again, then take it")
}
