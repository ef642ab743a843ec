//! `setlist gate ask|approve|reject`: anyone asks, a person decides, at a terminal; never a pipe.
//!
//! The answer is read from the controlling terminal, whatever standard input is, and has to be
//! typed: so a program that runs this command cannot approve its own work in passing.

use std::fs::OpenOptions;
use std::io::{IsTerminal, Write};

use clap::Subcommand;

use crate::domain::command::{Command, TurnRef};
use crate::domain::plan::{Gate, Session, Turn};
use crate::domain::untrusted::{shown, shown_lines};
use crate::workflow::describe::{Fact, Manner, decision};

use super::context::{Context, user};
use super::error::{CliError, Result};
use super::lines::Heard;
use super::target::{TurnArg, apply};

/// Ask for a gate, approve or reject it; a decision needs a terminal.
#[derive(Debug, Subcommand)]
pub enum GateCommand {
    /// Ask a person to decide; needs no terminal
    Ask(AskArgs),
    /// Confirm what the gate asks for
    Approve(Args),
    /// Send the turn back
    Reject(Args),
}

/// Which gate, and what the request rests on.
#[derive(Debug, clap::Args)]
pub struct AskArgs {
    #[command(flatten)]
    turn: TurnArg,
    /// What the request rests on
    #[arg(long, value_name = "N", default_value = "")]
    note: String,
    /// Who asks; your name on this machine where nothing is given
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// Which gate, and what to say about it.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub(super) turn: TurnArg,
    /// What to say about it; a rejection needs a reason
    #[arg(long, value_name = "N")]
    pub(super) note: Option<String>,
}

pub(super) fn run(ctx: &mut Context, command: &GateCommand) -> Result {
    let (args, approves) = match command {
        GateCommand::Ask(args) => return ask(ctx, args),
        GateCommand::Approve(args) => (args, true),
        GateCommand::Reject(args) => (args, false),
    };
    if ctx.globals.no_input || !std::io::stdin().is_terminal() {
        return Err(needs_a_person());
    }
    let plan = args.turn.session.plan.load(ctx)?;
    let (session, turn) = args.turn.of(&plan, with_open_gate)?;
    let Some(gate) = &turn.gate else {
        return Err(CliError::refused(
            format!("turn '{}' has no gate", turn.title),
            "the next turn may start as soon as it is closed",
        ));
    };
    let reference = TurnRef::new(&session.id, &turn.id);
    let mut terminal = Terminal::open()?;
    let facts = decision(&plan, session, turn, &ctx.thresholds().claims);
    terminal.say(&describe(turn, gate, &facts))?;
    let by = user();
    if approves {
        let typed = terminal.ask(ctx, &format!("Type {} to approve it: ", shown(&turn.id)))?;
        if typed != turn.id {
            return Err(CliError::refused("the gate was not approved", "type the turn's id as it is shown"));
        }
        let note = args.note.clone().unwrap_or_default();
        return apply(ctx, &plan.id, &Command::ApproveGate { turn: reference, note, by });
    }
    let note = match &args.note {
        Some(note) => {
            let typed = terminal.ask(ctx, &format!("Type {} to reject it: ", shown(&turn.id)))?;
            if typed != turn.id {
                return Err(CliError::refused("the gate was not rejected", "type the turn's id as it is shown"));
            }
            note.clone()
        }
        None => terminal.ask(ctx, "Why is it rejected? ")?,
    };
    apply(ctx, &plan.id, &Command::RejectGate { turn: reference, note, by })
}

fn ask(ctx: &mut Context, args: &AskArgs) -> Result {
    let plan = args.turn.session.plan.load(ctx)?;
    let turn = args.turn.reference(&plan, with_open_gate)?;
    let by = args.by.clone().unwrap_or_else(user);
    apply(ctx, &plan.id, &Command::AskForGate { turn, note: args.note.clone(), by })
}

fn needs_a_person() -> CliError {
    CliError::refused(
        "a gate is decided by a person at a terminal",
        "run this in a terminal, without a pipe and without --no-input, or open `setlist`",
    )
}

/// The turn whose gate is open, else the current one.
fn with_open_gate(session: &Session) -> Option<&Turn> {
    session.turns.iter().find(|turn| turn.open_gate().is_some()).or_else(|| session.current_turn())
}

/// What the person is about to decide on. No pane beside it shows the work, so it stands here whole.
fn describe(turn: &Turn, gate: &Gate, facts: &[Fact]) -> String {
    let mut lines = vec![format!("Gate after '{}': {}\n", shown(&turn.title), shown(&gate.text))];
    for fact in facts {
        let mark = match fact.manner {
            Manner::Plain | Manner::Shown => ' ',
            Manner::Lacking | Manner::Warning => '!',
        };
        lines.push(format!("{mark} {}{}\n", shown(&fact.what), shown(&fact.gist)));
        if !fact.more.trim().is_empty() {
            lines.push(format!("    {}\n", shown_lines(fact.more.trim_end()).replace('\n', "\n    ")));
        }
    }
    lines.concat()
}

/// Whether there is a controlling terminal.
pub(super) fn has_terminal() -> bool {
    Terminal::open().is_ok()
}

/// The controlling terminal.
struct Terminal {
    file: std::fs::File,
}

impl Terminal {
    fn open() -> Result<Self> {
        let file = OpenOptions::new().read(true).write(true).open("/dev/tty").map_err(|_| needs_a_person())?;
        Ok(Self { file })
    }

    fn say(&mut self, text: &str) -> Result<()> {
        Ok(self.file.write_all(text.as_bytes())?)
    }

    fn ask(&mut self, ctx: &mut Context, question: &str) -> Result<String> {
        // What was typed before the question was there does not answer it.
        let _ = rustix::termios::tcflush(&self.file, rustix::termios::QueueSelector::IFlush);
        ctx.forget();
        loop {
            self.say(question)?;
            match ctx.hear_from(&self.file)? {
                Heard::Line(line) => return Ok(line.trim().to_owned()),
                Heard::End => return Ok(String::new()),
                Heard::Signal(signal) => return Err(CliError::told(signal)),
                Heard::NotText | Heard::Again => {}
            }
        }
    }
}
