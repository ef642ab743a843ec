//! A finished plan as a strategy of the person's own: what was planned, corrected by what was done.
//!
//! What stays and what goes:
//!
//! - A prompt that is still the strategy's stays the strategy's template. One that a person wrote is
//!   made a template again, see `words`.
//! - Turns that were added stay, as turns like the others. A turn that was skipped goes, with its
//!   gate, unless an earlier iteration of it was done, or the strategy would show an anti-pattern
//!   without it that it does not show with it: a skipped validation is no way of working.
//! - A session that was given up goes; sessions that waited for it wait for what it waited for.
//! - Budgets follow the time worked, see `budgets`.
//! - Gates, evidence slots and checklist items stay, those that were added too.
//! - Placeholders that nothing uses any more go. What was filled in becomes the example, unless it
//!   looks like a secret, see `values`.

mod budgets;
mod values;
mod words;

use std::collections::BTreeMap;

use super::checklist::{ChecklistSpec, StandardItem};
use super::command::TurnRef;
use super::id;
use super::plan::{Evidence, Plan, PlanState, Session, SessionState, Turn, TurnState};
use super::refusal::Refusal;
use super::review::{Finding, Thresholds, review_strategy};
use super::strategy::{EvidenceSpec, ExpectedExit, SessionSpec, Strategy, TurnSpec};
use super::template;

/// What came of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Distilled {
    pub strategy: Strategy,
    /// What the person should know about it, one line each: what was left out, what to look at.
    pub remarks: Vec<String>,
}

/// The id of the only session of a strategy that is written without sessions.
const ONLY: &str = "main";

/// The strategy that `plan` makes, called `id` and `title`.
///
/// # Errors
/// [`ErrorCode::Refused`](super::refusal::ErrorCode::Refused) where the plan is not finished or nothing of it was
/// done, [`ErrorCode::Invalid`](super::refusal::ErrorCode::Invalid) where id or title are none.
pub fn distil(plan: &Plan, id: &str, title: &str) -> Result<Distilled, Refusal> {
    if !id::is_valid(id) {
        let hint = format!("small letters, digits and hyphens, at most {}: {}", id::MAX_ID, id::slug(id, id::MAX_ID));
        return Err(Refusal::invalid(format!("`{id}` is not an id"), hint));
    }
    if title.trim().is_empty() {
        return Err(Refusal::invalid("a strategy needs a title", "say what it is for"));
    }
    check_state(plan)?;
    let skipped = skipped(plan);
    let mut left_out = skipped.clone();
    if made(plan, id, title, &left_out).strategy.sessions.is_empty() {
        return Err(Refusal::rule("every turn of the plan was skipped", "there is nothing to make a strategy of"));
    }
    let with_all = findings(&made(plan, id, title, &[]).strategy);
    // What is wrong without these turns and was not wrong with them.
    let new = |left_out: &[TurnRef]| {
        let known = |new: &Finding| with_all.iter().any(|old| old.rule == new.rule && old.session == new.session);
        findings(&made(plan, id, title, left_out).strategy).into_iter().find(|finding| !known(finding))
    };
    let mut kept = Vec::new();
    if new(&left_out).is_some() {
        left_out.clear();
        for at in skipped {
            left_out.push(at.clone());
            if let Some(finding) = new(&left_out) {
                left_out.pop();
                let turn = plan.session(&at.session).and_then(|session| session.turn(&at.turn));
                let title = turn.map_or(at.turn.as_str(), |turn| turn.title.as_str());
                kept.push(format!("kept: the turn '{title}', though it was skipped; without it, {}", finding.what));
            }
        }
    }
    let mut made = made(plan, id, title, &left_out);
    made.remarks.extend(kept);
    made.remarks.extend(findings(&made.strategy).into_iter().map(|finding| format!("look at it: {}", finding.what)));
    Ok(made)
}

/// The turns that were skipped, and of which no earlier iteration was done.
fn skipped(plan: &Plan) -> Vec<TurnRef> {
    let finished = plan.sessions.iter().filter(|session| session.state != SessionState::Abandoned);
    let turns = finished.flat_map(|session| session.turns.iter().map(move |turn| (session, turn)));
    let skipped = turns.filter(|(_, turn)| turn.state == TurnState::Skipped && turn.iterations.is_empty());
    skipped.map(|(session, turn)| TurnRef::new(&session.id, &turn.id)).collect()
}

/// The anti-patterns that a strategy shows.
fn findings(strategy: &Strategy) -> Vec<Finding> {
    review_strategy(strategy, &Thresholds::default())
}

/// The strategy without the turns in `left_out`.
fn made(plan: &Plan, id: &str, title: &str, left_out: &[TurnRef]) -> Distilled {
    let mut remarks = Vec::new();
    let mut sessions = sessions(plan, left_out, &mut remarks);
    if let [only] = sessions.as_mut_slice()
        && only.id == ONLY
        && only.title == plan.strategy.title
    {
        // Without sessions, the file has no title for this one but the strategy's.
        title.trim().clone_into(&mut only.title);
    }
    let mut strategy = Strategy {
        id: id.into(),
        title: title.trim().into(),
        category: if plan.strategy.category.is_empty() { "other".into() } else { plan.strategy.category.clone() },
        sessions,
        ..plan.strategy.clone()
    };
    values::settle(&mut strategy, plan, &mut remarks);
    Distilled { strategy, remarks }
}

/// Refuses a plan that is not finished.
fn check_state(plan: &Plan) -> Result<(), Refusal> {
    match plan.state() {
        PlanState::Finished => Ok(()),
        PlanState::Planned => Err(Refusal::rule(
            format!("the plan '{}' has not begun", plan.name),
            "a strategy is made of what was done: work the plan and finish it first",
        )),
        PlanState::InProgress => {
            let open = plan.sessions.iter().filter(|session| !session.is_over()).count();
            let what = if open == 1 { "1 session is".to_owned() } else { format!("{open} sessions are") };
            Err(Refusal::rule(
                format!("the plan '{}' is not finished: {what} open", plan.name),
                "finish it first; a session that is not wanted any more can be abandoned",
            ))
        }
        PlanState::Abandoned => Err(Refusal::rule(
            format!("the plan '{}' was abandoned", plan.name),
            "a strategy is made of what was finished; reopen a session and finish it",
        )),
    }
}

fn sessions(plan: &Plan, left_out: &[TurnRef], remarks: &mut Vec<String>) -> Vec<SessionSpec> {
    let mut gone: BTreeMap<&str, &[String]> = BTreeMap::new();
    let mut kept = Vec::new();
    for session in &plan.sessions {
        let given_up = session.state == SessionState::Abandoned;
        let turns = if given_up { Vec::new() } else { turns(plan, session, left_out, remarks) };
        if turns.is_empty() {
            let why = if given_up { "it was given up" } else { "every turn of it was skipped" };
            remarks.push(format!("left out: the session '{}', {why}", session.title));
            gone.insert(&session.id, &session.after);
        } else {
            kept.push(one(plan, session, turns));
        }
    }
    for session in &mut kept {
        session.after = bridged(&session.after, &gone);
    }
    kept
}

/// What a session waits for, without those that are gone: what they waited for instead.
fn bridged(after: &[String], gone: &BTreeMap<&str, &[String]>) -> Vec<String> {
    let mut open: Vec<&String> = after.iter().rev().collect();
    let (mut seen, mut kept) = (Vec::new(), Vec::new());
    while let Some(id) = open.pop() {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        match gone.get(id.as_str()) {
            Some(before) => open.extend(before.iter().rev()),
            None => kept.push(id.clone()),
        }
    }
    kept
}

fn one(plan: &Plan, session: &Session, turns: Vec<TurnSpec>) -> SessionSpec {
    let spec = plan.strategy.sessions.iter().find(|spec| spec.id == session.id);
    let goal = spec.filter(|spec| {
        let rendered = template::render(&spec.goal, &plan.strategy, &plan.shown_values());
        rendered.is_ok_and(|rendered| rendered == session.goal)
    });
    let own = session.checklist.iter();
    let own = own.filter(|item| !item.standard && StandardItem::from_word(&item.id).is_none());
    SessionSpec {
        id: session.id.clone(),
        title: session.title.clone(),
        after: session.after.clone(),
        goal: goal.map_or_else(|| words::template_of(plan, &session.goal, ""), |spec| spec.goal.clone()),
        budget: budgets::of_session(session, &turns),
        turns,
        checklist: own.map(|item| ChecklistSpec { id: item.id.clone(), text: item.text.clone() }).collect(),
    }
}

fn turns(plan: &Plan, session: &Session, left_out: &[TurnRef], remarks: &mut Vec<String>) -> Vec<TurnSpec> {
    let mut kept = Vec::new();
    for turn in &session.turns {
        if left_out.contains(&TurnRef::new(&session.id, &turn.id)) {
            let gate = if turn.gate.is_some() { ", and its gate" } else { "" };
            remarks.push(format!("left out: the turn '{}', which was skipped{gate}", turn.title));
            continue;
        }
        kept.push(TurnSpec {
            id: turn.id.clone(),
            title: turn.title.clone(),
            kind: turn.kind,
            span: turn.span,
            repeat: turn.repeat.clone(),
            budget: budgets::of_turn(turn),
            prompt: prompt(plan, session, turn, remarks),
            gate: turn.gate.as_ref().map(|gate| gate.text.trim().to_owned()).unwrap_or_default(),
            evidence: turn.evidence.iter().map(slot).collect(),
        });
    }
    kept
}

/// The strategy's template where the prompt is still what it makes, else the person's words as one.
fn prompt(plan: &Plan, session: &Session, turn: &Turn, remarks: &mut Vec<String>) -> String {
    let spec = plan.strategy.sessions.iter().find(|spec| spec.id == session.spec_id());
    let spec = spec.and_then(|spec| spec.turns.iter().find(|spec| spec.id == turn.id));
    let original = spec.map_or("", |spec| spec.prompt.as_str());
    let rendered = || template::render(original, &plan.strategy, &plan.shown_values()).ok();
    let own = match &turn.prompt {
        Some(own) if spec.is_some() && rendered().as_deref() == Some(own.trim_end()) => None,
        Some(own) => Some(own.clone()),
        // A session that a split made has values or a goal that no other session has.
        None if !session.split_from.is_empty() => {
            let mut unsent = turn.clone();
            unsent.sent = None;
            plan.prompt(session, &unsent).ok()
        }
        None => None,
    };
    let Some(own) = own else { return original.to_owned() };
    if values::holds_secret(&own) {
        remarks.push(format!("look at the prompt of '{}': it seems to hold a password or a key", turn.title));
    }
    match own.trim_end() {
        // A file needs words here.
        "" => words::template_of(plan, &turn.title, ""),
        // White space at the end is dropped; in the file, the closing quotes then stand by themselves.
        text if text.contains('\n') => words::template_of(plan, text, original) + "\n",
        text => words::template_of(plan, text, original),
    }
}

fn slot(slot: &Evidence) -> EvidenceSpec {
    EvidenceSpec {
        id: slot.id.clone(),
        label: slot.label.clone(),
        kind: slot.kind,
        required: slot.required,
        exit: if slot.kind.wants_run() { slot.exit } else { ExpectedExit::default() },
        choices: slot.choices.clone(),
        metric: if slot.kind.has_metric() { slot.metric.clone() } else { String::new() },
    }
}
