//! What a reader must know first: what came of it, on what that rests, and what is open.

use crate::domain::claims::{in_words, of_plan};
use crate::domain::metric::{Course, with_unit};
use crate::domain::plan::{Outcome, Plan, PlanState, Session, SessionState, TurnState};
use crate::export::facts::{self, Answer, Required, Verdict};
use crate::export::markup::{code_span, inline};
use crate::workflow::finish;

use super::page::Page;
use super::time::time;

/// Most characters of a goal that stand in the summary; a longer one has a section of its own.
const SHORT: usize = 240;

/// Most verdicts, or failed commands, that a line of the summary names.
const NAMED: usize = 5;

/// The name, how it stands, and a line for each thing that decides.
pub(super) fn head(page: &mut Page<'_>) {
    let plan = page.plan;
    page.heading(1, &inline(&plan.name));
    page.line(&standing(plan));
    page.line("");
    let goal = plan.goal();
    if !goal.trim().is_empty() {
        page.line(&format!("- **Goal:** {}", inline(&beginning(goal.trim()))));
    }
    if let Some(outcome) = outcome(plan.reflection.outcome) {
        page.line(&format!("- **Outcome:** {outcome}"));
    }
    for verdict in facts::verdicts(plan) {
        page.line(&format!("- **{}:** {}", inline(verdict.label), answers(&verdict)));
    }
    for course in plan.courses() {
        if course.last().is_some() {
            page.line(&format!("- **{}:** {}", inline(course.spec.name()), course_in_words(&course)));
        }
    }
    let lines = [tests(plan), evidence(plan), gates(plan), Some(turns(plan)), checklist(plan)];
    for line in lines.iter().flatten() {
        page.line(line);
    }
    if let Some(worked) = time(began(plan).then(|| plan.worked(page.now())), plan.budget().as_ref()) {
        page.line(&format!("- **Time:** {worked}"));
    }
}

/// The goal in full, where the summary has only its beginning.
pub(super) fn goal(page: &mut Page<'_>) {
    let goal = page.plan.goal();
    if beginning(goal.trim()) != goal.trim() || goal.trim().contains('\n') {
        page.heading(2, "Goal");
        page.quote(goal.trim());
    }
}

/// What is missing, and why it was accepted.
pub(super) fn open_points(page: &mut Page<'_>) {
    let plan = page.plan;
    let points = finish::of_plan(plan);
    let claimed = of_plan(plan, page.phrases);
    if points.is_empty() && claimed.is_empty() {
        return;
    }
    page.heading(2, "Open points");
    for point in points {
        let of = point.session().filter(|_| plan.is_multi_session());
        let of = of.map(|session| format!("{}: ", inline(&session.title))).unwrap_or_default();
        page.line(&format!("- {of}{}", point.text(inline)));
    }
    for (at, turn, claims) in claimed {
        let of = plan.session(&at.session).filter(|_| plan.is_multi_session());
        let of = of.map(|session| format!("{}: ", inline(&session.title))).unwrap_or_default();
        let claims = inline(&in_words(turn, &claims));
        page.line(&format!("- {of}{} claims without showing: {claims}", inline(&turn.title)));
    }
}

/// How the plan stands, in a line of its own: the word in bold, then why.
fn standing(plan: &Plan) -> String {
    let archived = if plan.archived { " The plan is archived." } else { "" };
    let reasons: Vec<String> = plan.sessions.iter().filter_map(|session| reason(plan, session)).collect();
    let reasons = if reasons.is_empty() { String::new() } else { format!(" {}", reasons.join(" ")) };
    let word = match plan.state() {
        PlanState::Planned => "**Planned:** no turn has begun.".to_owned(),
        PlanState::InProgress => {
            let current = plan.current_session().and_then(|session| Some((session, session.current_turn()?)));
            let at = current.map_or_else(String::new, |(session, turn)| {
                let of = if plan.is_multi_session() { format!("{}, ", inline(&session.title)) } else { String::new() };
                let title = inline(&turn.title);
                match (session.state, turn.open_gate()) {
                    (_, Some(gate)) => format!(" {of}the gate after '{title}' is {}", gate.word()),
                    (SessionState::WrapUp, None) => format!(" {of}every turn is closed, the checklist is next"),
                    (_, None) => format!(" {of}turn '{title}' is {}", plan.standing(session, turn).word()),
                }
            });
            format!("**In progress:**{at}.")
        }
        PlanState::Finished if plan.sessions.iter().any(|session| !session.unverified().is_empty()) => {
            "**Finished, unverified:** not everything was shown that had to be.".to_owned()
        }
        PlanState::Finished => "**Finished.**".to_owned(),
        PlanState::Abandoned => "**Abandoned.**".to_owned(),
    };
    format!("{word}{reasons}{archived}")
}

/// Why a session was finished unverified or given up.
fn reason(plan: &Plan, session: &Session) -> Option<String> {
    let of = plan.is_multi_session().then(|| inline(&session.title));
    let reason = session.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    let reason = reason.map(|reason| sentence(&inline(reason)));
    match session.state {
        SessionState::Finished => reason.map(|reason| match of {
            Some(title) => format!("{title} was finished unverified because: {reason}"),
            None => format!("Finished so because: {reason}"),
        }),
        SessionState::Abandoned => match (of, reason) {
            (Some(title), Some(reason)) => Some(format!("{title} was given up because: {reason}")),
            (Some(title), None) => Some(format!("{title} was given up.")),
            (None, Some(reason)) => Some(format!("Because: {reason}")),
            (None, None) => None,
        },
        SessionState::Planned | SessionState::Running | SessionState::WrapUp => None,
    }
}

/// With a full stop, where there is no other end of a sentence.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

/// The first words of a long text.
fn beginning(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(SHORT) {
        Some((at, _)) => {
            let end = one_line[..at].rfind(' ').unwrap_or(at);
            format!("{} ...", &one_line[..end])
        }
        None => one_line,
    }
}

fn outcome(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Unsaid => None,
        Outcome::Yes => Some("it did what it was for"),
        Outcome::Partly => Some("it did in part what it was for"),
        Outcome::No => Some("it did not do what it was for"),
    }
}

/// The answers to a verdict, the last one in bold: `**go**`, `1: confirmed, 2: **not confirmed**`.
fn answers(verdict: &Verdict<'_>) -> String {
    let last = verdict.answers.len() - 1;
    let answer = |(at, Answer { iteration, answer }): (usize, &Answer<'_>)| {
        let answer = answer.map_or_else(|| "missing".to_owned(), inline);
        let answer = if at == last { format!("**{answer}**") } else { answer };
        if last == 0 { answer } else { format!("{iteration}: {answer}") }
    };
    let all: Vec<String> = verdict.answers.iter().enumerate().map(answer).collect();
    let shown = all[all.len().saturating_sub(NAMED)..].join(", ");
    let (session, turn) = verdict.at;
    // A verdict is worth no more than what it rests on.
    let unverified = if session.unverified().iter().any(|other| other.id == turn.id) { ", unverified" } else { "" };
    format!("{shown} ({}{unverified})", inline(&turn.title))
}

/// `500 ms to 45 ms, 91 % lower; target 100 ms reached`.
fn course_in_words(course: &Course<'_>) -> String {
    let figure = |value: f64| inline(&with_unit(value, &course.spec.unit));
    let last = course.last().map(figure).unwrap_or_default();
    let way = match (course.baseline.filter(|_| course.is_compared()), course.change_in_words()) {
        (Some(from), Some(change)) => format!("{} to {last}, {}", figure(from), inline(&change)),
        (Some(from), None) => format!("{} to {last}", figure(from)),
        (None, _) => format!("{last}, one reading"),
    };
    let target = course.target.map(|target| match course.missed_by() {
        None => format!("; target {} **reached**", figure(target)),
        Some(by) => format!("; target {} **missed** by {}", figure(target), inline(&by)),
    });
    way + &target.unwrap_or_default()
}

/// What was run, and who says that all tests pass.
fn tests(plan: &Plan) -> Option<String> {
    let runs = facts::runs(plan);
    let ticked: Vec<&str> = plan
        .sessions
        .iter()
        .flat_map(|session| &session.checklist)
        .filter(|item| item.id == "all-tests-passing")
        .filter_map(|item| item.ticked.as_ref().map(|tick| tick.by.as_str()))
        .collect();
    if runs.is_empty() && ticked.is_empty() {
        return (plan.state() == PlanState::Finished).then(|| "- **Tests:** none recorded".to_owned());
    }
    let mut parts = Vec::new();
    if !runs.is_empty() {
        let failed: Vec<String> = runs
            .iter()
            .filter(|run| !run.expected)
            .map(|run| {
                let (command, turn) = (code_span(run.command), inline(&run.at.1.title));
                format!("{command} ended with exit code **{}** ({turn})", run.exit_code)
            })
            .collect();
        let ended = if runs.len() == 1 { "command ended as it" } else { "commands ended as they" };
        parts.push(format!("{} of {} recorded {ended} had to", runs.len() - failed.len(), runs.len()));
        parts.extend(failed.iter().take(NAMED).cloned());
        if failed.len() > NAMED {
            parts.push(format!("{} more failed", failed.len() - NAMED));
        }
    }
    match (plan.sessions.len(), ticked.as_slice()) {
        (_, []) => parts.push("nobody ticked 'all tests passing'".into()),
        (1, [""]) => parts.push("'all tests passing' is ticked".into()),
        (1, [by]) => parts.push(format!("'all tests passing' ticked by {}", inline(by))),
        (all, ticked) => parts.push(format!("'all tests passing' ticked in {} of {all} sessions", ticked.len())),
    }
    Some(format!("- **Tests:** {}", parts.join("; ")))
}

fn evidence(plan: &Plan) -> Option<String> {
    match facts::evidence(plan) {
        Required { required: 0, .. } => None,
        Required { required, recorded } => {
            Some(format!("- **Evidence:** {recorded} of {required} required slots filled"))
        }
    }
}

fn gates(plan: &Plan) -> Option<String> {
    let count = facts::gates(plan);
    if count.all == 0 {
        return None;
    }
    let mut line = format!("- **Gates:** {} of {} approved", count.approved, count.all);
    if count.rejected > 0 {
        line += &format!(", **{} rejected**", count.rejected);
    }
    if count.waiting > 0 {
        line += &format!(", **{} waiting for a person**", count.waiting);
    }
    match count.rejections.saturating_sub(count.rejected) {
        0 => {}
        1 => line += ", 1 rejection on the way",
        more => line += &format!(", {more} rejections on the way"),
    }
    Some(line)
}

fn began(plan: &Plan) -> bool {
    facts::turns(plan).any(|(_, turn)| turn.started.is_some())
}

/// How many turns were done, added, left out and done over.
fn turns(plan: &Plan) -> String {
    let all = || facts::turns(plan).map(|(_, turn)| turn);
    let counted = |what: usize, word: &str| (what > 0).then(|| format!(", {what} {word}"));
    let done = all().filter(|turn| turn.state == TurnState::Done).count();
    let rework: u32 = all().map(|turn| turn.rework).fold(0, u32::saturating_add);
    let parts = [
        counted(all().filter(|turn| turn.added).count(), "added"),
        counted(all().filter(|turn| turn.state == TurnState::Skipped).count(), "skipped"),
        match rework {
            0 => None,
            1 => Some(", sent back or reopened once".to_owned()),
            times => Some(format!(", sent back or reopened {times} times")),
        },
    ];
    format!("- **Turns:** {done} of {} done{}", all().count(), parts.into_iter().flatten().collect::<String>())
}

fn checklist(plan: &Plan) -> Option<String> {
    if plan.state() == PlanState::Planned {
        return None;
    }
    let items = || plan.sessions.iter().flat_map(|session| &session.checklist);
    let ticked = items().filter(|item| item.ticked.is_some()).count();
    (items().count() > 0).then(|| format!("- **Checklist:** {ticked} of {} ticked", items().count()))
}
