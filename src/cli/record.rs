//! `setlist evidence|metric|note|check|uncheck`: what is written down about a plan.

use std::ffi::OsString;

use crate::domain::budget::Budget;
use crate::domain::command::{Command, EvidenceInput, TurnRef};
use crate::domain::metric::number;
use crate::domain::nearest::near_or_all;
use crate::domain::plan::{Plan, Session, Turn};
use crate::domain::strategy::EvidenceKind;
use crate::domain::words::capital;

use super::complete;
use super::context::{Context, user};
use super::error::{CliError, ErrorCode, Result};
use super::input;
use super::run;
use super::target::{SessionArg, TurnArg, apply, report};
use super::{clock, error::Status};

/// Record what a turn showed
#[derive(Debug, clap::Args)]
#[command(after_help = EVIDENCE_HELP)]
pub struct EvidenceArgs {
    /// The evidence slot
    #[arg(add = complete::slots())]
    id: String,
    #[arg(value_name = "VALUE|@FILE|-", allow_hyphen_values = true, help = value_help())]
    value: Option<String>,
    /// The command that was run
    #[arg(long, value_name = "CMD", requires = "exit_code")]
    command: Option<String>,
    /// Its exit code
    #[arg(long, value_name = "N", requires = "command", allow_negative_numbers = true)]
    exit_code: Option<i32>,
    /// Empty the slot
    #[arg(long, conflicts_with_all = ["value", "command"])]
    clear: bool,
    /// Run the command after `--` and record it
    ///
    /// It is run without a shell, with this terminal; what it says is shown on standard error while it
    /// runs, and the end of it is kept. Setlist exits with 0 once the run is recorded, whatever the
    /// command's own exit code, which is told and kept: 128 and the signal's number where a signal ended it.
    #[arg(long, conflicts_with_all = ["value", "command", "clear"], requires = "argv")]
    run: bool,
    /// With --run: end it after this time (90s, 10m, 1h30m)
    #[arg(long, value_name = "TIME", value_parser = duration, requires = "run")]
    timeout: Option<Budget>,
    /// With --run: record it even if Ctrl-C ends it; else nothing is recorded then
    #[arg(long, requires = "run")]
    keep_interrupted: bool,
    /// With --run: the command and its arguments
    #[arg(last = true, value_name = "CMD", requires = "run")]
    argv: Vec<OsString>,
    #[command(flatten)]
    turn: TurnArg,
}

/// Record a reading of a metric
#[derive(Debug, clap::Args)]
pub struct MetricArgs {
    /// The metric
    #[arg(add = complete::metrics())]
    id: String,
    /// The figure, in the metric's unit
    #[arg(allow_hyphen_values = true)]
    value: String,
    #[command(flatten)]
    turn: TurnArg,
}

/// Write a remark
#[derive(Debug, clap::Args)]
pub struct NoteArgs {
    /// The words; `-` reads them from standard input
    #[arg(value_name = "TEXT|-", allow_hyphen_values = true)]
    text: String,
    #[command(flatten)]
    turn: TurnArg,
}

/// Tick checklist items
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// The items
    #[arg(required = true, add = complete::items())]
    items: Vec<String>,
    /// What the ticks rest on
    #[arg(long, value_name = "N", default_value = "")]
    note: String,
    #[command(flatten)]
    session: SessionArg,
}

/// Take ticks back
#[derive(Debug, clap::Args)]
pub struct UncheckArgs {
    /// The items
    #[arg(required = true, add = complete::items())]
    items: Vec<String>,
    #[command(flatten)]
    session: SessionArg,
}

const EVIDENCE_HELP: &str = "\
Examples:
  setlist evidence steps 'Kill one session pod, log in 20 times'
  setlist evidence full-suite --run -- cargo test
  setlist evidence full-suite --run --timeout 20m -- sh -c 'make && make check'
  ./attempt.sh | setlist evidence script - --command ./attempt.sh --exit-code 1";

fn value_help() -> String {
    format!("{}; `@FILE` or `-` reads it. For a command: its output", capital(&EvidenceKind::values()))
}

/// A time, and no range of times.
pub(super) fn duration(text: &str) -> Result<Budget, String> {
    let time = Budget::parse(text)?;
    if time.low() == time.high() { Ok(time) } else { Err(format!("`{text}` is a range; write one time, such as 10m")) }
}

pub(super) fn evidence(ctx: &mut Context, args: &EvidenceArgs) -> Result {
    let plan = args.turn.session.plan.load(ctx)?;
    let (session, turn) = args.turn.of(&plan, Session::current_turn)?;
    if args.turn.turn.is_none() {
        elsewhere(session, turn, &args.id)?;
    }
    let slot = args.id.clone();
    let turn = TurnRef::new(&session.id, &turn.id);
    if args.clear {
        return apply(ctx, &plan.id, &Command::ClearEvidence { turn, slot });
    }
    if args.run {
        let how = Run { argv: &args.argv, timeout: args.timeout.as_ref(), keep_interrupted: args.keep_interrupted };
        return run_and_record(ctx, &slot, &how, &plan, &turn);
    }
    let value = args.value.as_deref().map(input::text).transpose()?;
    let input = match (&args.command, args.exit_code, value) {
        (Some(command), Some(exit_code), value) => {
            EvidenceInput::Command { command: command.clone(), exit_code, output: value.unwrap_or_default() }
        }
        (_, _, Some(text)) => EvidenceInput::Text(text),
        (_, _, None) => {
            let hint = "write a value, @FILE or -, or --run -- CMD, or --command CMD --exit-code N";
            return Err(CliError::invalid(format!("nothing was given for `{slot}`"), hint));
        }
    };
    let is_text = matches!(input, EvidenceInput::Text(_));
    let command = Command::RecordEvidence { turn: turn.clone(), slot: slot.clone(), input };
    if is_text && wants_run(&plan, &turn, &slot) {
        // The plan refuses it for every face; here the words that do it are known.
        if let Err(refusal) = plan.apply(&command, clock::now())
            && refusal.code == ErrorCode::Invalid
        {
            return Err(CliError::invalid(refusal.message, how_to_show(&slot)));
        }
    }
    apply(ctx, &plan.id, &command)
}

/// Whether the slot is for a command with its exit code.
fn wants_run(plan: &Plan, at: &TurnRef, slot: &str) -> bool {
    let turn = plan.session(&at.session).and_then(|session| session.turn(&at.turn));
    let slot = turn.and_then(|turn| turn.evidence.iter().find(|found| found.id == slot));
    slot.is_some_and(|slot| slot.kind.wants_run())
}

/// How a slot for a command is filled.
fn how_to_show(slot: &str) -> String {
    format!(
        "`setlist evidence {slot} --run -- CMD` runs one and records it; for one that was run elsewhere: \
         --command CMD --exit-code N, and the end of its output as the value"
    )
}

/// A command that is to be run and recorded.
pub struct Run<'a> {
    pub argv: &'a [OsString],
    pub timeout: Option<&'a Budget>,
    /// Whether it is recorded even if Ctrl-C ends it.
    pub keep_interrupted: bool,
}

/// Runs the command and records in `slot` how it ended.
///
/// # Errors
/// Where the slot does not take it, it does not start, or it was interrupted.
pub fn run_and_record(ctx: &mut Context, slot: &str, how: &Run<'_>, plan: &Plan, turn: &TurnRef) -> Result {
    let record = |command: &str, exit_code, output: &str| {
        let input = EvidenceInput::Command { command: command.into(), exit_code, output: output.into() };
        Command::RecordEvidence { turn: turn.clone(), slot: slot.to_owned(), input }
    };
    // Nobody waits for a command whose result is refused afterwards.
    plan.apply(&record("-", 0, "-"), clock::now())?;
    if let Some(why) = ctx.store()?.load(&plan.id)?.read_only {
        return Err(CliError::new(ErrorCode::Newer, format!("this plan is read-only: {why}"), "nothing was run"));
    }
    let ran = run::run(&ctx.out, how.argv, how.timeout)?;
    if ran.interrupted && !how.keep_interrupted {
        let hint = "with --keep-interrupted it is recorded all the same";
        return Err(CliError::new(ErrorCode::Interrupted, "interrupted; nothing was recorded", hint));
    }
    ctx.out.note(&format!("`{}` ended with exit code {}", ran.command, ran.exit_code));
    apply(ctx, &plan.id, &record(&ran.command, ran.exit_code, &ran.output))
}

/// Says so where the current turn has no such slot and another one has.
fn elsewhere(session: &Session, turn: &Turn, slot: &str) -> Result<()> {
    let has = |turn: &&Turn| turn.evidence.iter().any(|found| found.id == slot);
    if has(&turn) {
        return Ok(());
    }
    match session.turns.iter().find(has) {
        Some(other) => Err(CliError::not_found(
            format!("the current turn '{}' has no evidence slot `{slot}`", turn.title),
            format!("'{}' has: add -t {}", other.title, other.id),
        )),
        None => Ok(()),
    }
}

pub(super) fn metric(ctx: &mut Context, args: &MetricArgs) -> Result {
    let plan = args.turn.session.plan.load(ctx)?;
    let turn = args.turn.reference(&plan, Session::current_turn)?;
    let value = number(&args.value)?;
    apply(ctx, &plan.id, &Command::ReadMetric { metric: args.id.clone(), value, turn: Some(turn) })
}

pub(super) fn note(ctx: &mut Context, args: &NoteArgs) -> Result {
    let plan = args.turn.session.plan.load(ctx)?;
    let text = if args.text == "-" { input::stdin()? } else { args.text.clone() };
    let (session, turn) = args.turn.of(&plan, Session::current_turn)?;
    apply(ctx, &plan.id, &Command::AddNote { session: session.id.clone(), turn: turn.id.clone(), text })
}

pub(super) fn check(ctx: &mut Context, args: &CheckArgs) -> Result {
    each(ctx, &args.session, &args.items, |session, item| Command::Tick {
        session,
        item,
        note: args.note.clone(),
        by: user(),
    })
}

pub(super) fn uncheck(ctx: &mut Context, args: &UncheckArgs) -> Result {
    each(ctx, &args.session, &args.items, |session, item| Command::Untick { session, item })
}

/// One command per item, after all of them have been found: a slip in the last one ticks nothing.
fn each(ctx: &mut Context, target: &SessionArg, items: &[String], build: impl Fn(String, String) -> Command) -> Result {
    let plan = target.plan.load(ctx)?;
    let session = target.of(&plan)?.id.clone();
    known(&plan, &session, items)?;
    let mut last = None;
    for item in items {
        let change = ctx.store()?.update(&plan.id, &build(session.clone(), item.clone()), clock::now())?;
        if !ctx.out.is_json() {
            ctx.out.note(&change.summary);
        }
        last = Some(change);
    }
    match last.filter(|_| ctx.out.is_json()) {
        Some(change) => report(ctx, &change),
        None => Ok(Status::Success),
    }
}

fn known(plan: &Plan, session: &str, items: &[String]) -> Result<()> {
    let ids: Vec<&str> =
        plan.session(session).iter().flat_map(|session| &session.checklist).map(|item| item.id.as_str()).collect();
    let unknown: Vec<&str> = items.iter().map(String::as_str).filter(|item| !ids.contains(item)).collect();
    let Some(first) = unknown.first() else { return Ok(()) };
    let hint = near_or_all(first, ids.iter().copied());
    Err(CliError::not_found(format!("there is no checklist item `{}`", unknown.join("`, `")), hint))
}
