//! `setlist turn ...`: what may be done with turns.

use clap::Subcommand;

use crate::domain::budget::Budget;
use crate::domain::command::{Command, TurnRef};
use crate::domain::plan::{Kept, Session, Turn, TurnState};
use crate::domain::strategy::TurnKind;

use super::complete;
use super::context::Context;
use super::error::{CliError, Result};
use super::input;
use super::target::{SessionArg, TurnArg, apply, report};
use super::{clock, quality};

/// Start, pause, close, skip, reopen, repeat, add or remove turns.
#[derive(Debug, Subcommand)]
pub enum TurnCommand {
    /// Begin a turn, or let its clock run again
    Start(Plain),
    /// Stop its clock
    Pause(Plain),
    /// Close it; unverified where required evidence is missing
    Done(Plain),
    /// Leave it out, for a reason
    Skip(Reasoned),
    /// Go back to a closed turn; its gate is open again
    Reopen(Reasoned),
    /// Set aside what it showed and begin its next iteration
    Repeat(Plain),
    /// Keep what an iteration of a turn that repeats did
    Keep(Iteration),
    /// Say that an iteration was rolled back; its readings do not count
    Rollback(Iteration),
    /// Write down what came back; `@FILE` or `-` reads it
    Result(Words),
    /// Add a turn
    Add(Add),
    /// Take out a turn that was added and has not begun
    Remove(Plain),
}

/// A turn, and nothing else to say.
#[derive(Debug, clap::Args)]
pub struct Plain {
    #[command(flatten)]
    turn: TurnArg,
}

/// An iteration of a turn.
#[derive(Debug, clap::Args)]
pub struct Iteration {
    #[command(flatten)]
    turn: TurnArg,
    /// Which iteration, from 1; the current one where none is named
    #[arg(long, value_name = "N")]
    iteration: Option<u32>,
    /// Leave it undecided again
    #[arg(long)]
    clear: bool,
}

/// A turn and what came of it.
#[derive(Debug, clap::Args)]
pub struct Words {
    /// The words
    #[arg(value_name = "TEXT|@FILE|-", allow_hyphen_values = true)]
    text: String,
    #[command(flatten)]
    turn: TurnArg,
}

/// A turn and a reason.
#[derive(Debug, clap::Args)]
pub struct Reasoned {
    #[command(flatten)]
    turn: TurnArg,
    /// Why
    #[arg(long, value_name = "R")]
    reason: Option<String>,
}

/// A new turn.
#[derive(Debug, clap::Args)]
pub struct Add {
    #[command(flatten)]
    session: SessionArg,
    /// Its title
    #[arg(long, value_name = "T")]
    title: String,
    /// Its prompt, word for word; `@FILE` or `-` reads it
    #[arg(long, value_name = "TEXT|@FILE|-", allow_hyphen_values = true)]
    prompt: String,
    /// What it is for: research, design, implement, validate, deliver, other
    #[arg(long, value_name = "K", value_parser = kind, default_value = "other", add = complete::words(TurnKind::ALL, TurnKind::word))]
    kind: TurnKind,
    /// Time it should take: 45m, 30m-1h
    #[arg(long, value_name = "B", value_parser = Budget::parse)]
    budget: Option<Budget>,
    /// The turn it follows; without, it comes last
    #[arg(long, value_name = "TURN", add = complete::turns())]
    after: Option<String>,
}

fn kind(word: &str) -> Result<TurnKind, String> {
    TurnKind::from_word(word).ok_or_else(|| {
        let words: Vec<&str> = TurnKind::ALL.iter().map(|kind| kind.word()).collect();
        format!("one of: {}", words.join(", "))
    })
}

pub(super) fn run(ctx: &mut Context, command: &TurnCommand) -> Result {
    match command {
        TurnCommand::Start(args) => with(ctx, &args.turn, to_start, Command::StartTurn),
        TurnCommand::Pause(args) => with(ctx, &args.turn, Session::current_turn, Command::PauseTurn),
        TurnCommand::Done(args) => pointed_at(ctx, &args.turn, Command::FinishTurn),
        TurnCommand::Keep(args) => decide(ctx, args, Kept::Yes),
        TurnCommand::Rollback(args) => decide(ctx, args, Kept::RolledBack),
        TurnCommand::Repeat(args) => with(ctx, &args.turn, to_repeat, Command::RepeatTurn),
        TurnCommand::Skip(args) => {
            let reason = reason(ctx, args.reason.as_deref())?;
            with(ctx, &args.turn, to_start, |turn| Command::SkipTurn { turn, reason })
        }
        TurnCommand::Reopen(args) => {
            let reason = args.reason.clone().unwrap_or_default();
            with(ctx, &args.turn, to_reopen, |turn| Command::ReopenTurn { turn, reason })
        }
        TurnCommand::Result(args) => {
            let result = input::text(&args.text)?;
            pointed_at(ctx, &args.turn, |turn| Command::SetResult { turn, result })
        }
        TurnCommand::Add(args) => add(ctx, args),
        TurnCommand::Remove(args) => with(ctx, &args.turn, Session::current_turn, Command::RemoveTurn),
    }
}

/// Applies what `build` makes of the turn that is meant.
fn with(
    ctx: &mut Context,
    target: &TurnArg,
    default: impl Fn(&Session) -> Option<&Turn>,
    build: impl FnOnce(TurnRef) -> Command,
) -> Result {
    let plan = target.session.plan.load(ctx)?;
    let turn = target.reference(&plan, default)?;
    apply(ctx, &plan.id, &build(turn))
}

/// Applies what `build` makes of the current turn, and points at what the turn claims then.
fn pointed_at(ctx: &mut Context, target: &TurnArg, build: impl FnOnce(TurnRef) -> Command) -> Result {
    let plan = target.session.plan.load(ctx)?;
    let turn = target.reference(&plan, Session::current_turn)?;
    let change = ctx.store()?.update(&plan.id, &build(turn.clone()), clock::now())?;
    let status = report(ctx, &change)?;
    quality::warn(ctx, &change.plan, &turn);
    Ok(status)
}

fn decide(ctx: &mut Context, args: &Iteration, kept: Kept) -> Result {
    let plan = args.turn.session.plan.load(ctx)?;
    let (session, turn) = args.turn.of(&plan, to_repeat)?;
    let iteration = args.iteration.unwrap_or(turn.iteration);
    let kept = if args.clear { Kept::Undecided } else { kept };
    let turn = TurnRef::new(&session.id, &turn.id);
    apply(ctx, &plan.id, &Command::KeepIteration { turn, iteration, kept })
}

/// The turn that is open: active, else the first that has not begun.
fn to_start(session: &Session) -> Option<&Turn> {
    let active = session.turns.iter().find(|turn| turn.state == TurnState::Active);
    active
        .or_else(|| session.turns.iter().find(|turn| turn.state == TurnState::Pending))
        .or_else(|| session.current_turn())
}

/// The turn that was closed last.
fn to_reopen(session: &Session) -> Option<&Turn> {
    let closed = session.turns.iter().enumerate().filter(|(_, turn)| turn.is_closed());
    closed.max_by_key(|(index, turn)| (turn.ended, *index)).map(|(_, turn)| turn).or_else(|| session.current_turn())
}

/// The turn under way, else the last one closed that repeats.
fn to_repeat(session: &Session) -> Option<&Turn> {
    let repeats = |turn: &&Turn| !turn.repeat.is_empty();
    let active = session.turns.iter().find(|turn| turn.state == TurnState::Active);
    active
        .or_else(|| session.turns.iter().filter(|turn| turn.is_closed()).rfind(repeats))
        .or_else(|| session.current_turn())
}

/// The reason that was given, or is asked for where a person is there.
fn reason(ctx: &mut Context, given: Option<&str>) -> Result<String> {
    if let Some(reason) = given.filter(|reason| !reason.trim().is_empty()) {
        return Ok(reason.to_owned());
    }
    let missing = || CliError::invalid("a turn is skipped for a reason", "say why: --reason \"...\"");
    if !ctx.may_ask() {
        return Err(missing());
    }
    ctx.ask("Why is it left out? ")?.filter(|reason| !reason.trim().is_empty()).ok_or_else(missing)
}

fn add(ctx: &mut Context, args: &Add) -> Result {
    let plan = args.session.plan.load(ctx)?;
    let session = args.session.of(&plan)?.id.clone();
    let prompt = input::text(&args.prompt)?;
    let command = Command::AddTurn {
        session,
        after: args.after.clone(),
        title: args.title.clone(),
        kind: args.kind,
        budget: args.budget.clone(),
        prompt,
    };
    apply(ctx, &plan.id, &command)
}
