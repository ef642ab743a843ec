//! What statistics keep of one plan: a few figures, small enough to be kept for thousands of plans.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::budget::Budget;
use crate::domain::plan::{Outcome, Plan, PlanState, Session, SessionState, Turn, TurnState};
use crate::domain::words::words;

/// Most turns of a plan, iterations of a turn and checklist items of a session that are kept. A file
/// with more was made by a program; the figures of its first ones are as good as those of all.
const MOST: usize = 1000;

/// Most characters kept of a title or an id.
const LONGEST: usize = 200;

/// What statistics keep of one plan that is over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanFacts {
    /// The strategy's id.
    pub strategy: String,
    pub title: String,
    /// Whether it was finished; else it was abandoned as a whole.
    pub finished: bool,
    /// When its last session ended.
    pub ended: Timestamp,
    /// Whether it did what it was for.
    #[serde(default)]
    pub outcome: Outcome,
    /// Its turns, in order, over all sessions.
    pub turns: Vec<TurnFacts>,
    /// The checklists of its finished sessions.
    #[serde(default)]
    pub items: Vec<ItemFacts>,
}

/// What is kept of one turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TurnFacts {
    /// The id of the strategy's session.
    pub session: String,
    /// Its title; empty where the strategy has one session, which no screen mentions.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub session_title: String,
    /// The turn's id.
    pub turn: String,
    pub title: String,
    /// How it ended.
    #[serde(default, skip_serializing_if = "is_default")]
    pub end: TurnEnd,
    /// Whether it was added after the plan was started.
    #[serde(default, skip_serializing_if = "is_default")]
    pub added: bool,
    /// The upper end of its budget for one iteration, in seconds; 0 for none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub budget: u64,
    /// Seconds worked in each iteration that was closed, oldest first; 0 where no clock ran.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub worked: Vec<u64>,
    /// How often it was gone back to: sent back by its gate, or reopened.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rework: u32,
    /// How often its gate was rejected.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rejected: u32,
    /// Whether it has a gate.
    #[serde(default, skip_serializing_if = "is_default")]
    pub gate: bool,
}

/// An item of a checklist, counted over the finished sessions of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFacts {
    /// The session's id; empty for the standard items, which all sessions share.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub session: String,
    pub id: String,
    /// What is to be true; empty for the standard items, and where it was ticked everywhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// In how many sessions it was on the list.
    pub listed: u32,
    /// In how many of these it was left unticked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub missed: u32,
}

words! {
    /// How a turn ended.
    TurnEnd:
    /// Closed, with all required evidence.
    #[default] Done = "done",
    /// Closed without all required evidence.
    Unverified = "unverified",
    /// Left out.
    Skipped = "skipped",
    /// Not closed: its session was given up.
    Open = "open",
}

/// What says nothing is left out of the cache.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl PlanFacts {
    /// The facts of `plan`; nothing while it is planned or under way.
    pub fn of(plan: &Plan) -> Option<Self> {
        let finished = match plan.state() {
            PlanState::Planned | PlanState::InProgress => return None,
            PlanState::Finished => true,
            PlanState::Abandoned => false,
        };
        let turns = plan.sessions.iter().flat_map(|session| {
            let (id, title) = session_of(plan, session);
            session.turns.iter().take(MOST).map(move |turn| TurnFacts::of(id, title, turn))
        });
        Some(Self {
            strategy: short(&plan.strategy.id),
            title: short(&plan.strategy.title),
            finished,
            ended: plan.sessions.iter().filter_map(|session| session.ended).max().unwrap_or(plan.updated),
            outcome: plan.reflection.outcome,
            turns: turns.take(MOST).collect(),
            items: items(plan),
        })
    }
}

/// The id and the title of a session as the strategy has it: parts of a session that was split are
/// its turns again. The title is empty where the strategy has one session only.
fn session_of<'p>(plan: &'p Plan, session: &'p Session) -> (&'p str, &'p str) {
    let spec = plan.strategy.sessions.iter().find(|spec| spec.id == session.spec_id());
    let title = match spec {
        _ if !plan.strategy.is_multi_session() => "",
        Some(spec) if spec.title.is_empty() => &spec.id,
        Some(spec) => &spec.title,
        None => &session.title,
    };
    (session.spec_id(), title)
}

impl TurnFacts {
    fn of(session: &str, session_title: &str, turn: &Turn) -> Self {
        let end = match turn.state {
            TurnState::Pending | TurnState::Active => TurnEnd::Open,
            TurnState::Skipped => TurnEnd::Skipped,
            TurnState::Done if turn.all_missing().is_empty() => TurnEnd::Done,
            TurnState::Done => TurnEnd::Unverified,
        };
        // A skipped turn was not worked; what was worked in its earlier iterations was closed and counts.
        let last = matches!(end, TurnEnd::Done | TurnEnd::Unverified).then_some(turn.worked);
        let earlier = turn.iterations.iter().take(MOST - 1).map(|iteration| iteration.worked);
        Self {
            session: short(session),
            session_title: short(session_title),
            turn: short(&turn.id),
            title: short(&turn.title),
            end,
            added: turn.added,
            budget: turn.budget.as_ref().map_or(0, Budget::high),
            worked: earlier.chain(last).collect(),
            rework: turn.rework,
            rejected: turn.gate.as_ref().map_or(0, |gate| gate.rejections.len() as u32),
            gate: turn.gate.is_some(),
        }
    }

    /// Whether it was closed as done, verified or not.
    pub fn is_done(&self) -> bool {
        matches!(self.end, TurnEnd::Done | TurnEnd::Unverified)
    }
}

/// The items of the finished sessions' checklists, each once.
fn items(plan: &Plan) -> Vec<ItemFacts> {
    let mut found: Vec<ItemFacts> = Vec::new();
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for session in plan.sessions.iter().filter(|session| session.state == SessionState::Finished) {
        for item in session.checklist.iter().take(MOST) {
            let of = if item.standard { "" } else { session.spec_id() };
            let at = *places.entry((of, &item.id)).or_insert_with(|| {
                let (session, id, text) = (short(of), short(&item.id), String::new());
                found.push(ItemFacts { session, id, text, listed: 0, missed: 0 });
                found.len() - 1
            });
            let facts = &mut found[at];
            facts.listed += 1;
            if item.ticked.is_none() {
                facts.missed += 1;
                facts.text = if item.standard { String::new() } else { short(&item.text) };
            }
        }
    }
    found.truncate(MOST);
    found
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
