//! `setlist show`: where a plan stands, as a timeline.

use jiff::Timestamp;

use crate::domain::budget::{Budget, compact};
use crate::domain::plan::{Evidence, GateStanding, Plan, Session, Standing, Turn};
use crate::domain::untrusted::shown_lines;
use crate::export::{self, json};
use crate::workflow::describe::{self, Gate, SlotState};
use crate::workflow::findings::{Finding, findings};
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
    let findings = findings(&plan, &ctx.thresholds());
    let out = &mut ctx.out;
    if out.is_json() {
        out.json(&json::plan(&plan, now).with(export::review::brief(&findings)))?;
        return Ok(Status::Success);
    }
    head(out, &plan, now)?;
    for session in &plan.sessions {
        print_session(out, &plan, session, now)?;
    }
    super::readings::print(out, &plan)?;
    notes(out, &plan)?;
    print_findings(out, &findings)?;
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
        let waits = plan.waits_in_words(session, one_line).map(|waits| format!(", {waits}")).unwrap_or_default();
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
    match describe::gate(turn) {
        Some(gate) => out.line(&format!("        {}", gate_line(out, &gate))),
        None => Ok(()),
    }
}

fn evidence(out: &Output, slot: &Evidence) -> String {
    let id = out.paint(Tone::Key, &one_line(&slot.id));
    let told = describe::slot(slot);
    let tone = match told.state {
        SlotState::Failed => Tone::Bad,
        SlotState::NoRun | SlotState::Missing => Tone::Warn,
        SlotState::Recorded => Tone::Good,
        SlotState::Optional => Tone::Dim,
    };
    let what = match (&slot.recorded, told.ended("exit code")) {
        (None, _) => one_line(&slot.label),
        (Some(recorded), Some(ended)) if recorded.command.is_some() && recorded.exit_code.is_some() => {
            format!("`{}` {ended}", one_line(told.gist))
        }
        (Some(recorded), _) => first_line(&recorded.text),
    };
    format!("{}  {id}: {what}", out.paint(tone, told.state.word()))
}

fn gate_line(out: &Output, gate: &Gate<'_>) -> String {
    let text = one_line(&gate.of.text);
    let note = if gate.of.note.is_empty() { String::new() } else { format!(" ({})", one_line(&gate.of.note)) };
    let asked = one_line(&gate.request());
    match gate.standing {
        GateStanding::Approved => format!("gate {}: {text}{note}", out.paint(Tone::Good, gate.word())),
        GateStanding::Rejected => format!("gate {}: {text}{note}", out.paint(Tone::Bad, gate.word())),
        GateStanding::Stale if gate.waits => {
            format!("gate {}, {}{asked}: {text}", out.paint(Tone::Warn, gate.word()), one_line(&gate.of.stale))
        }
        GateStanding::Open if gate.waits => {
            format!("gate {}{asked}: {text}", out.paint(Tone::Warn, "open, waits for a person"))
        }
        GateStanding::Open | GateStanding::Stale => format!("gate: {text}"),
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
fn print_findings(out: &mut Output, findings: &[Finding]) -> Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    out.line("")?;
    let command = out.paint(Tone::Key, "setlist review");
    out.line(&format!("{}  ({command})", out.paint(Tone::Title, "What speaks against it")))?;
    for finding in findings {
        out.line(&format!("  {}: {}", named(out, finding), one_line(finding.what())))?;
    }
    Ok(())
}

/// The rule of a finding in its colour.
pub(super) fn named(out: &Output, finding: &Finding) -> String {
    out.paint(if finding.is_contradiction() { Tone::Bad } else { Tone::Warn }, finding.rule())
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
