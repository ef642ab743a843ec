//! What was done, turn by turn: what came back first, then what showed it.

use crate::domain::budget::compact;
use crate::domain::command::TurnRef;
use crate::domain::metric::Course;
use crate::domain::plan::{Evidence, GateState, Kept, Note, Session, SessionState, Standing, Turn, TurnState};
use crate::domain::strategy::ExpectedExit;
use crate::domain::words::times;
use crate::export::markup::{code_span, inline};
use crate::workflow::describe::{self, SlotState};

use super::page::{Page, end_of};
use super::time::time;

/// The sessions side by side, where there are several.
pub(super) fn sessions(page: &mut Page<'_>) {
    let plan = page.plan;
    if !plan.is_multi_session() {
        return;
    }
    page.heading(2, "Sessions");
    page.table_head(&["Session", "State", "After", "Turns closed:", "Gates approved:", "Time"]);
    for session in &plan.sessions {
        let unverified = if session.unverified().is_empty() { "" } else { ", **unverified**" };
        let after: Vec<String> = session
            .after
            .iter()
            .map(|id| plan.session(id).map_or_else(|| inline(id), |other| inline(&other.title)))
            .collect();
        let closed = session.turns.iter().filter(|turn| turn.is_closed()).count();
        let (approved, gates) = session.gate_count();
        page.row(&[
            inline(&session.title),
            format!("{}{unverified}", session.state),
            if after.is_empty() { "-".into() } else { after.join(", ") },
            format!("{closed} of {}", session.turns.len()),
            if gates == 0 { "-".into() } else { format!("{approved} of {gates}") },
            time(session.started.map(|_| session.worked(page.now())), session.whole_budget().as_ref())
                .unwrap_or_else(|| "-".into()),
        ]);
    }
}

/// Every turn that has begun or was left out, below its session where there are several.
pub(super) fn turns(page: &mut Page<'_>) {
    let plan = page.plan;
    let began = |session: &Session| session.turns.iter().any(|turn| turn.state != TurnState::Pending);
    if !plan.sessions.iter().any(began) {
        return;
    }
    page.heading(2, "What was done");
    for session in plan.sessions.iter().filter(|session| began(session)) {
        if plan.is_multi_session() {
            page.heading(3, &format!("{} ({})", inline(&session.title), session.state));
            if !session.goal.trim().is_empty() {
                page.line(&format!("Goal: {}", inline(&session.goal)));
                page.line("");
            }
        }
        for (turn, number) in session.turns.iter().zip(session.turn_numbers()) {
            if turn.state != TurnState::Pending {
                one(page, session, turn, &number);
            }
        }
        let later = session.turns.iter().filter(|turn| turn.state == TurnState::Pending);
        let later: Vec<String> = later.map(|turn| inline(&turn.title)).collect();
        if !later.is_empty() && session.state != SessionState::Planned {
            page.alone(&format!("Not begun: {}.", later.join("; ")));
        }
    }
}

fn one(page: &mut Page<'_>, session: &Session, turn: &Turn, number: &str) {
    let level = if page.plan.is_multi_session() { 4 } else { 3 };
    let standing = page.plan.standing(session, turn);
    let added = if turn.added { ", added to the plan" } else { "" };
    page.heading(level, &format!("{number} {} ({}{added})", inline(&turn.title), standing.word()));
    trouble(page, turn, standing);
    for iteration in &turn.iterations {
        print_iteration(page, session, turn, iteration.number, iteration.worked);
        outcome(page, &iteration.result, &iteration.evidence);
    }
    if turn.iteration > 1 {
        print_iteration(page, session, turn, turn.iteration, turn.worked(page.now()));
    }
    if turn.started.is_some() {
        outcome(page, &turn.result, &turn.evidence);
    }
    let is_here = |note: &Note| note.session == session.id && note.turn == turn.id;
    let says_nothing = turn.result.trim().is_empty() && turn.evidence.iter().all(|slot| slot.recorded.is_none());
    let notes_here = page.plan.notes.iter().any(is_here);
    if standing == Standing::Done && says_nothing && turn.iterations.is_empty() && !notes_here {
        page.alone("Nothing was written down about it.");
    }
    notes(page, is_here);
}

/// What an iteration is, whether it was kept, what it did to the metrics, and its time.
fn print_iteration(page: &mut Page<'_>, session: &Session, turn: &Turn, number: u32, worked: u64) {
    let courses = page.plan.courses();
    let at = TurnRef::new(&session.id, &turn.id);
    let several = courses.len() > 1;
    let step = |course: &Course<'_>| {
        let step = course.step_in_words(course.step(&at, number), "->")?;
        Some(if several { format!(", {} {step}", course.spec.name()) } else { format!(", {step}") })
    };
    let steps: String = courses.iter().filter_map(step).collect();
    let name = inline(&turn.iteration_in_words(number));
    let kept = kept(turn.kept_of(number));
    page.alone(&format!("**{name}**{kept}{}, {} worked", inline(&steps), compact(worked)));
}

fn kept(kept: Kept) -> &'static str {
    match kept {
        Kept::Undecided => "",
        Kept::Yes => ", kept",
        Kept::RolledBack => ", **rolled back**",
    }
}

/// What a reader must not overlook: evidence that is missing, work that was sent back, a turn left out.
fn trouble(page: &mut Page<'_>, turn: &Turn, standing: Standing) {
    let reason = turn.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()).map(inline);
    match standing {
        Standing::Unverified => {
            let mut slots: Vec<String> = turn.all_missing().iter().map(|slot| inline(&slot.lack())).collect();
            slots.dedup();
            page.alone(&format!("**Unverified:** no evidence for {}.", slots.join("; ")));
        }
        Standing::Skipped => page.alone(&format!("**Skipped:** {}", reason.clone().unwrap_or_default())),
        Standing::Ready | Standing::Waiting | Standing::Running | Standing::Paused | Standing::Done => {}
    }
    let rejected = turn.gate.as_ref().is_some_and(|gate| gate.state == GateState::Rejected);
    if turn.rework == 0 {
        return;
    }
    let times = times(turn.rework.into());
    let what = if rejected { "Rejected at its gate; sent back or reopened" } else { "Sent back or reopened" };
    // The reason of a turn that was skipped afterwards is that of the skipping.
    let because = match reason.filter(|_| standing != Standing::Skipped) {
        Some(reason) if turn.rework == 1 => format!(": {reason}"),
        Some(reason) => format!(", the last time: {reason}"),
        None => String::new(),
    };
    page.alone(&format!("**{what} {times}**{because}"));
}

/// What came back, and what it showed.
fn outcome(page: &mut Page<'_>, result: &str, evidence: &[Evidence]) {
    if !result.trim().is_empty() {
        let (left_out, end) = end_of(result.trim_end());
        if let Some(left_out) = left_out {
            page.alone(&format!("({left_out})"));
        }
        page.quote(end);
    }
    page.gap();
    for slot in evidence {
        match describe::slot(slot).state {
            SlotState::Missing => page.line(&format!("- {}: **missing**", inline(&slot.label))),
            // What nobody asked for and nobody gave is no news.
            SlotState::Optional => {}
            state => recorded(page, slot, state),
        }
    }
}

fn recorded(page: &mut Page<'_>, slot: &Evidence, state: SlotState) {
    let Some(recorded) = &slot.recorded else { return };
    let label = inline(&slot.label);
    if let (Some(command), Some(code)) = (&recorded.command, recorded.exit_code) {
        let code = match slot.exit {
            _ if state == SlotState::Failed => format!("**exit code {code}**, which is not what it had to be"),
            ExpectedExit::Nonzero => format!("exit code {code}, as it had to fail"),
            ExpectedExit::Zero | ExpectedExit::Any => format!("exit code {code}"),
        };
        page.line(&format!("- {label}: {}, {code}", code_span(command)));
        if !recorded.text.trim().is_empty() {
            page.output(&recorded.text);
        }
        return;
    }
    // Words where a command was wanted show nothing, and the report must not let them pass.
    let label = if state == SlotState::NoRun { format!("{label} (**no exit code**)") } else { label };
    if recorded.text.trim().lines().count() <= 1 {
        page.line(&format!("- {label}: {}", inline(&recorded.text)));
        return;
    }
    page.line(&format!("- {label}:"));
    page.indented_fence(&recorded.text);
}

/// The remarks that are wanted, oldest first.
pub(super) fn notes(page: &mut Page<'_>, wanted: impl Fn(&Note) -> bool) {
    let plan = page.plan;
    for note in plan.notes.iter().filter(|note| wanted(note)) {
        let when = page.when(note.at);
        page.alone(&format!("Note, {when}:"));
        page.quote(&note.text);
    }
}
