//! `setlist send`: hands a turn's prompt to the send command, or to the clipboard where there is none.

use std::ffi::OsString;

use crate::domain::budget::Budget;
use crate::domain::command::{Command, EvidenceInput, TurnRef};
use crate::domain::plan::{Plan, Session};
use crate::domain::settings::{Clipboard, Settings};
use crate::domain::strategy::EvidenceKind;
use crate::domain::untrusted::outgoing;
use crate::os::Input;
use crate::os::{clipboard, detect};

use super::clock;
use super::complete;
use super::context::Context;
use super::error::{CliError, ErrorCode, Result, Status};
use super::record::duration;
use super::run::{self, Ran};
use super::target::{TurnArg, apply};

/// Hand a turn's prompt to the send command of config.toml, or to the clipboard
#[derive(Debug, Default, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    #[command(flatten)]
    turn: TurnArg,
    /// Keep the end of what comes back as evidence in this slot
    #[arg(long, value_name = "SLOT", conflicts_with = "copy", add = complete::slots())]
    keep: Option<String>,
    /// Keep the end of what comes back as the turn's result
    #[arg(long, conflicts_with = "copy")]
    result: bool,
    /// Copy it to the clipboard, whatever config.toml says
    #[arg(long)]
    copy: bool,
    /// End the command after this time (90s, 10m, 1h30m)
    #[arg(long, value_name = "TIME", value_parser = duration, conflicts_with = "copy")]
    timeout: Option<Budget>,
    /// Hand it to this command instead of the one in config.toml
    #[arg(last = true, value_name = "CMD", conflicts_with = "copy")]
    argv: Vec<OsString>,
}

impl Args {
    /// To hand the prompt of a turn to the command of config.toml.
    pub fn of(turn: TurnArg, result: bool) -> Self {
        Self { turn, result, ..Self::default() }
    }
}

const HELP: &str = "\
The command is run without a shell; it reads the exact bytes of the prompt from standard input, but for control
characters, which could act where it types them: they are left out, and you are told. What it says is shown on
standard error while it runs, and Ctrl-C ends it. The prompt of a turn under way is frozen as it was sent.

Examples:
  setlist send                                   # the command of config.toml
  setlist send --result -- claude -p             # keep the answer as the turn's result
  setlist send --keep steps --timeout 20m -- codex exec -
  setlist send -- tee prompt.md                  # into a file";

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let store = ctx.store()?;
    let plan = args.turn.session.plan.load(ctx)?;
    let (session, turn) = args.turn.of(&plan, Session::current_turn)?;
    let prompt = plan.prompt(session, turn)?;
    let at = TurnRef::new(&session.id, &turn.id);
    // Refused before anything leaves: a turn that has not begun, a slot that takes no text.
    let sent = Command::MarkSent { turn: at.clone(), via: if args.copy { "copied" } else { "command" }.into() };
    let after = plan.apply(&sent, clock::now())?.plan;
    let keep = Keep::of(args, &after, &at)?;
    let settings = store.settings().settings;
    let command = command(args, &settings);
    if args.copy || command.is_empty() {
        if keep.wants_anything() {
            return Err(CliError::invalid(
                "the clipboard gives nothing back to keep",
                "name a command after `--`, or set `send` in config.toml",
            ));
        }
        copy(ctx, &prompt, settings.clipboard)?;
        let sent = Command::MarkSent { turn: keep.turn, via: "copied".into() };
        return apply(ctx, &plan.id, &sent);
    }
    // A command may type it into a terminal, where control characters would end a paste and begin a command line.
    let clean = outgoing(&prompt);
    if clean.removed + clean.hidden > 0 {
        ctx.out.warn(&format!(
            "{} control characters were left out, and {} hidden ones are in it; `setlist prompt` prints the exact bytes",
            clean.removed, clean.hidden
        ));
    }
    // Frozen before it leaves: whatever becomes of the command, this is what it was given.
    let frozen = store.update(&plan.id, &sent, clock::now())?;
    let ran = run::run_with(&ctx.out, &command, Input::Text(clean.text), args.timeout.as_ref())?;
    let mut commands = keep.commands(&ran);
    if ran.interrupted {
        commands.clear();
    }
    let mut plan = frozen;
    for command in &commands {
        plan = store.update(&plan.plan.id, command, clock::now())?;
        ctx.out.note(&plan.summary);
    }
    if ctx.out.is_json() {
        super::target::report(ctx, &plan)?;
    }
    ended(&ran)
}

fn command(args: &Args, settings: &Settings) -> Vec<OsString> {
    if args.copy {
        Vec::new()
    } else if args.argv.is_empty() {
        settings.send.iter().map(OsString::from).collect()
    } else {
        args.argv.clone()
    }
}

fn copy(ctx: &Context, prompt: &str, mode: Clipboard) -> Result<()> {
    // A sequence for the terminal would end up in a file or another program.
    let mode = if ctx.out.is_terminal() { mode } else { Clipboard::System };
    let clean = outgoing(prompt);
    let copied = clipboard::copy(&clean.text, mode, &detect::process_env);
    if let Some(warning) = &copied.warning {
        ctx.out.warn(warning);
    }
    if copied.how == clipboard::Via::None {
        let hint = "`setlist prompt` prints the prompt; or set `send` in config.toml";
        return Err(CliError::new(ErrorCode::Failure, "no clipboard was found", hint));
    }
    ctx.out.note(&copied.message());
    Ok(())
}

/// Where what comes back is kept.
struct Keep {
    turn: TurnRef,
    slot: Option<(String, EvidenceKind)>,
    result: bool,
}

impl Keep {
    fn of(args: &Args, plan: &Plan, turn: &TurnRef) -> Result<Self> {
        let keep =
            |kind| Self { turn: turn.clone(), slot: args.keep.clone().map(|id| (id, kind)), result: args.result };
        let Some(id) = &args.keep else { return Ok(keep(EvidenceKind::Text)) };
        let slots = plan.session(&turn.session).and_then(|session| session.turn(&turn.turn));
        let slot = slots.and_then(|turn| turn.evidence.iter().find(|slot| slot.id == *id));
        let kind = slot.map_or(EvidenceKind::Text, |slot| slot.kind);
        let fits = kind.keeps_output();
        let found = keep(kind);
        if !fits {
            return Err(CliError::invalid(
                format!("the slot `{id}` takes a {kind}, not what a command says"),
                "read the answer and record it yourself",
            ));
        }
        // Nobody waits for an answer that is refused afterwards.
        let trial = Ran { command: "-".into(), exit_code: 0, output: "-".into(), interrupted: false };
        for command in found.commands(&trial) {
            plan.apply(&command, clock::now())?;
        }
        Ok(found)
    }

    fn wants_anything(&self) -> bool {
        self.result || self.slot.is_some()
    }

    fn commands(&self, ran: &Ran) -> Vec<Command> {
        let empty = ran.output.trim().is_empty();
        let evidence = self.slot.as_ref().filter(|(_, kind)| !empty || kind.wants_run());
        let evidence = evidence.map(|(slot, kind)| {
            let input = if kind.wants_run() {
                let (command, exit_code, output) = (ran.command.clone(), ran.exit_code, ran.output.clone());
                EvidenceInput::Command { command, exit_code, output }
            } else {
                EvidenceInput::Text(ran.output.clone())
            };
            Command::RecordEvidence { turn: self.turn.clone(), slot: slot.clone(), input }
        });
        let result =
            (self.result && !empty).then(|| Command::SetResult { turn: self.turn.clone(), result: ran.output.clone() });
        evidence.into_iter().chain(result).collect()
    }
}

fn ended(ran: &Ran) -> Result {
    if ran.interrupted {
        let hint = "the prompt was sent; nothing of the answer was kept";
        return Err(CliError::new(ErrorCode::Interrupted, "interrupted", hint));
    }
    if ran.exit_code == 0 {
        return Ok(Status::Success);
    }
    let message = format!("`{}` ended with exit code {}", ran.command, ran.exit_code);
    Err(CliError::new(ErrorCode::Failure, message, "the prompt was sent; see what the command said"))
}
