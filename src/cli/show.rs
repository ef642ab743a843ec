//! `setlist show`: where a plan stands, as a timeline.

use jiff::Timestamp;

use crate::domain::budget::{Budget, compact};
use crate::domain::contradiction::contradictions;
use crate::domain::plan::{Evidence, Gate, GateState, Plan, Session, Standing, Turn};
use crate::domain::review::{Finding, review};
use crate::domain::untrusted::shown_lines;
use crate::export::{self, json};
use crate::workflow::next;

use super::clock;
use super::context::Context;
use super::error::{Result, Status};
use super::output::{Output, Tone, one_line};
use super::table::cut;
use super::target::PlanArg;

/// Show where a plan stands and what to do next
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    plan: PlanArg,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let plan = args.plan.load(ctx)?;
    let now = clock::now();
    let findings = review(&plan, &ctx.thresholds());
    let out = &mut ctx.out;
    if out.is_json() {
        out.json(&json::plan(&plan, now).with(export::review::brief(&plan, &findings)))?;
        return Ok(Status::Success);
    }
    head(out, &plan, now)?;
    for session in &plan.sessions {
        print_session(out, &plan, session, now)?;
    }
    super::readings::print(out, &plan)?;
    notes(out, &plan)?;
    against(out, &plan, &findings)?;
    queued(out, &plan)?;
    if let Some(next) = next::of_plan(&plan) {
        out.line("")?;
        let label = out.paint(Tone::Title, "Next");
        let command = next.command(one_line).map(|command| format!("  ({})", out.paint(Tone::Key, &command)));
        out.line(&format!("{label}: {}{}", next.sentence(one_line), command.unwrap_or_default()))?;
    }
    Ok(Status::Success)
}

fn head(out: &mut Output, plan: &Plan, now: Timestamp) -> Result<()> {
    let name = out.paint(Tone::Title, &one_line(&plan.name));
    let id = out.paint(Tone::Key, &one_line(&plan.id));
    out.line(&format!("{name}  {id}"))?;
    let archived = if plan.archived { ", archived" } else { "" };
    let time = time_of(plan.worked(now), plan.budget().as_ref());
    out.line(&format!("{}: {}{archived}, {time}", one_line(&plan.strategy.title), plan.state().word()))?;
    out.line(&format!("Started {}, last changed {}", clock::local(plan.created), clock::local(plan.updated)))?;
    if !plan.follows.is_empty() {
        out.line(&format!("Follows {}", one_line(&plan.follows)))?;
    }
    let goal = plan.goal();
    if !goal.trim().is_empty() {
        out.line(&format!("Goal: {}", one_line(&goal)))?;
    }
    Ok(())
}

/// Time worked against its budget: `12m of 15m (80 %)`.
pub(super) fn time_of(worked: u64, budget: Option<&Budget>) -> String {
    match budget {
        Some(budget) => {
            let percent = worked.saturating_mul(100) / budget.high().max(1);
            format!("{} of {} ({percent} %)", compact(worked), budget.short())
        }
        None => format!("{} worked", compact(worked)),
    }
}

fn print_session(out: &mut Output, plan: &Plan, session: &Session, now: Timestamp) -> Result<()> {
    out.line("")?;
    if plan.is_multi_session() {
        let title = out.paint(Tone::Title, &one_line(&session.title));
        let waits: Vec<String> = plan.waits_for(session).iter().map(|other| one_line(&other.title)).collect();
        let waits = if waits.is_empty() || session.is_over() {
            String::new()
        } else {
            format!(", waits for {}", waits.join(" and "))
        };
        out.line(&format!("{title}  {}  {}{waits}", out.paint(Tone::Key, &session.id), session.state))?;
    }
    if let Some(reason) = &session.reason {
        out.line(&format!("  {}: {}", session.state, one_line(reason)))?;
    }
    for (turn, number) in session.turns.iter().zip(session.turn_numbers()) {
        print_turn(out, plan, session, turn, &number, now)?;
    }
    let ticked = session.checklist.len() - session.open_items().len();
    out.line(&format!("  Checklist: {ticked} of {} ticked", session.checklist.len()))?;
    for item in &session.checklist {
        let mark = if item.ticked.is_some() { "[x]" } else { "[ ]" };
        let note = item.ticked.as_ref().map(|tick| one_line(&tick.note)).filter(|note| !note.is_empty());
        let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
        out.line(&format!("    {mark} {}  {}{note}", out.paint(Tone::Key, &one_line(&item.id)), one_line(&item.text)))?;
    }
    Ok(())
}

fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Done => Tone::Good,
        Standing::Unverified => Tone::Warn,
        Standing::Running | Standing::Paused | Standing::Ready => Tone::Key,
        Standing::Waiting | Standing::Skipped => Tone::Dim,
    }
}

fn print_turn(
    out: &mut Output,
    plan: &Plan,
    session: &Session,
    turn: &Turn,
    number: &str,
    now: Timestamp,
) -> Result<()> {
    let standing = plan.standing(session, turn);
    let mut facts = vec![out.paint(tone(standing), standing.word())];
    let worked = turn.total_worked(now);
    match (&turn.budget, turn.started) {
        (Some(budget), None) => facts.push(budget.short()),
        (budget, Some(_)) => facts.push(time_of(worked, budget.as_ref())),
        (None, None) => {}
    }
    if turn.iteration > 1 {
        facts.push(format!("{} {}", one_line(turn.per()), turn.iteration));
    }
    if turn.rework > 0 {
        facts.push(format!("reworked {}x", turn.rework));
    }
    if turn.added {
        facts.push("added".into());
    }
    let title = out.paint(Tone::Title, &one_line(&turn.title));
    let id = out.paint(Tone::Key, &one_line(&turn.id));
    out.line(&format!("  {number:>4}  {title}  {id}  {}", facts.join(", ")))?;
    if let Some(reason) = &turn.reason {
        out.line(&format!("        reason: {}", one_line(reason)))?;
    }
    super::readings::print_iterations(out, plan, session, turn)?;
    if turn.started.is_some() {
        for slot in &turn.evidence {
            out.line(&format!("        {}", evidence(out, slot)))?;
        }
        if !turn.result.trim().is_empty() {
            out.line(&format!("        result: {}", first_line(&turn.result)))?;
        }
    }
    match &turn.gate {
        Some(gate) => out.line(&format!("        {}", gate_line(out, turn, gate))),
        None => Ok(()),
    }
}

fn evidence(out: &Output, slot: &Evidence) -> String {
    let id = out.paint(Tone::Key, &one_line(&slot.id));
    let word = match (&slot.recorded, slot.required) {
        (Some(_), _) if slot.unexpected_exit().is_some() => out.paint(Tone::Bad, "failed"),
        (Some(_), _) if slot.lacks_run() => out.paint(Tone::Warn, "no run"),
        (Some(_), _) => out.paint(Tone::Good, "recorded"),
        (None, true) => out.paint(Tone::Warn, "missing"),
        (None, false) => out.paint(Tone::Dim, "optional"),
    };
    let what = match &slot.recorded {
        None => one_line(&slot.label),
        Some(recorded) => match (&recorded.command, recorded.exit_code) {
            (Some(command), Some(code)) if slot.unexpected_exit().is_some() => {
                format!("`{}` exit code {code}, {}", one_line(command), slot.exit.wanted())
            }
            (Some(command), Some(code)) => format!("`{}` exit code {code}", one_line(command)),
            _ => first_line(&recorded.text),
        },
    };
    format!("{word}  {id}: {what}")
}

fn gate_line(out: &Output, turn: &Turn, gate: &Gate) -> String {
    let text = one_line(&gate.text);
    let note = if gate.note.is_empty() { String::new() } else { format!(" ({})", one_line(&gate.note)) };
    let asked = gate.request().map(|by| format!(", asked for by {}", one_line(&by))).unwrap_or_default();
    match gate.state {
        GateState::Approved if gate.is_approved() => {
            format!("gate {}: {text}{note}", out.paint(Tone::Good, "approved"))
        }
        GateState::Rejected => format!("gate {}: {text}{note}", out.paint(Tone::Bad, "rejected")),
        GateState::Open | GateState::Approved if turn.is_closed() && gate.is_stale() => {
            format!("gate {}, {}{asked}: {text}", out.paint(Tone::Warn, "stale"), one_line(&gate.stale))
        }
        GateState::Open | GateState::Approved if turn.is_closed() => {
            format!("gate {}{asked}: {text}", out.paint(Tone::Warn, "open, waits for a person"))
        }
        GateState::Open | GateState::Approved => format!("gate: {text}"),
    }
}

/// The first line, with a sign that there is more.
fn first_line(text: &str) -> String {
    let mut lines = text.trim().lines();
    let first = cut(&one_line(lines.next().unwrap_or_default()), 120);
    match lines.count() {
        0 => first,
        more => format!("{first} (+{more} lines)"),
    }
}

/// What speaks against the plan, a line each.
fn against(out: &mut Output, plan: &Plan, findings: &[Finding]) -> Result<()> {
    let contradictions = contradictions(plan);
    if findings.is_empty() && contradictions.is_empty() {
        return Ok(());
    }
    out.line("")?;
    let command = out.paint(Tone::Key, "setlist review");
    out.line(&format!("{}  ({command})", out.paint(Tone::Title, "What speaks against it")))?;
    for one in &contradictions {
        out.line(&format!("  {}: {}", out.paint(Tone::Bad, "contradiction"), one_line(&one.what)))?;
    }
    for finding in findings {
        out.line(&format!("  {}: {}", out.paint(Tone::Warn, finding.rule.word()), one_line(&finding.what)))?;
    }
    Ok(())
}

fn queued(out: &mut Output, plan: &Plan) -> Result<()> {
    let waiting = plan.waiting();
    if waiting.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line(&out.paint(Tone::Title, "Queued, each to be a plan of its own"))?;
    for queued in waiting {
        out.line(&format!("  {}  {}", one_line(&queued.title), out.paint(Tone::Key, &queued.id)))?;
    }
    Ok(())
}

fn notes(out: &mut Output, plan: &Plan) -> Result<()> {
    if plan.notes.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line(&out.paint(Tone::Title, "Notes"))?;
    for note in &plan.notes {
        let about = if note.turn.is_empty() { String::new() } else { format!(" {}", one_line(&note.turn)) };
        let when = out.paint(Tone::Dim, &clock::local(note.at));
        out.line(&format!("  {when}{about}: {}", shown_lines(&note.text).replace('\n', "\n    ")))?;
    }
    Ok(())
}
