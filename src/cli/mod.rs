//! The command line: one file per subcommand, each with its `Args` and a `run` that returns how it
//! ended. Everything that changes a plan becomes a `domain::command::Command`.

mod accessible;
mod arg_order;
mod clock;
mod complete;
mod config;
mod conflict;
mod context;
mod dialogue;
mod distil;
mod edit;
mod error;
mod examples;
mod export;
mod gate;
mod globals;
mod help;
mod history;
mod input;
mod interface;
mod lifecycle;
mod lines;
mod list;
#[cfg(feature = "mcp")]
mod mcp;
mod new;
mod outcome;
mod output;
mod pack;
mod prompt;
mod quality;
mod questions;
mod queue;
mod readings;
mod record;
mod remedy;
mod report;
mod review;
mod run;
mod schema;
mod send;
mod shell;
mod show;
mod stats;
mod status;
mod strategy;
mod table;
mod target;
mod turn;
mod values;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::domain::untrusted::shown_lines;

use context::Context;
use error::{CliError, ErrorCode, Result, exit_code};
use globals::{ColorChoice, Globals};
use output::Output;

/// Plan and conduct sessions with coding agents.
///
/// Without a command it opens the terminal interface, where it was left.
#[derive(Debug, Parser)]
#[command(name = "setlist", version, about, after_help = AFTER_HELP, max_term_width = 100, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Option<Commands>,
}

const AFTER_HELP: &str = "\
Commands that act on a plan take -p PLAN (an id, the beginning of one, or a name), before the command
or behind it, else $SETLIST_PLAN, else the plan most recently worked on.

Exit codes: 0 ok, 1 failure, 2 usage, 3 not found or several fit, 4 missing or invalid values,
5 refused or conflict, 6 --exit-code says no, 130 interrupted.";

#[derive(Debug, Subcommand)]
enum Commands {
    /// Look at, check and write strategies
    #[command(subcommand)]
    Strategy(strategy::StrategyCommand),
    /// Take, update and remove packs of strategies
    #[command(subcommand)]
    Pack(pack::PackCommand),
    /// Start a plan; print its id
    New(new::Args),
    /// List plans, last worked on first
    List(list::Args),
    /// Show where a plan stands and what to do next
    Show(show::Args),
    /// Print the exact prompt of a turn, and nothing else
    Prompt(prompt::Args),
    /// Hand a turn's prompt to the send command, or to the clipboard
    Send(send::Args),
    /// Start, pause, close, skip, reopen, repeat, add or remove turns
    #[command(subcommand)]
    Turn(turn::TurnCommand),
    /// Change values of a plan; prompts not sent yet follow
    Set(edit::SetArgs),
    /// Give a plan another name; its id stays
    Rename(edit::RenameArgs),
    /// Go on with a session that was finished or abandoned
    Reopen(edit::ReopenArgs),
    /// Record what a turn showed
    Evidence(record::EvidenceArgs),
    /// Ask for a gate; approve or reject one at a terminal
    #[command(subcommand)]
    Gate(gate::GateCommand),
    /// Record a reading of a metric
    Metric(record::MetricArgs),
    /// Write a remark
    Note(record::NoteArgs),
    /// Tick checklist items
    Check(record::CheckArgs),
    /// Take ticks back
    Uncheck(record::UncheckArgs),
    /// Say whether it worked, what helped, and what to change next time
    Outcome(outcome::Args),
    /// Answer a quality indicator that the record cannot tell
    Answer(quality::AnswerArgs),
    /// Finish a session
    Finish(lifecycle::FinishArgs),
    /// Give up a session, or all of a plan
    ///
    /// Asks on a terminal. Without one nobody is asked, with or without --yes: `setlist undo` takes it back, and
    /// `setlist reopen` goes on with a session.
    Abandon(lifecycle::AbandonArgs),
    /// Put a plan out of the way
    Archive(lifecycle::PlanOnly),
    /// Move a plan to the trash
    ///
    /// Asks on a terminal. Without one nobody is asked, with or without --yes: `setlist restore` brings the plan back.
    Delete(lifecycle::PlanOnly),
    /// Bring a plan back from the trash or the archive
    Restore(lifecycle::PlanOnly),
    /// Show what speaks against a plan, what shows it, and the remedy
    Review(review::Args),
    /// Mend what cannot be in a plan whose file was edited by hand
    Repair(lifecycle::PlanOnly),
    /// Keep additions out of a plan, and start plans from them
    #[command(subcommand)]
    Queue(queue::QueueCommand),
    /// Write a report of a plan, or the plan itself
    Export(export::Args),
    /// Compare copies that a sync tool left with their plans, and take items from them
    #[command(subcommand)]
    Conflict(conflict::ConflictCommand),
    /// Make a strategy of a finished plan; print its path
    Distil(distil::Args),
    /// Take the last change back
    Undo(lifecycle::PlanOnly),
    /// Make an undone change again
    Redo(lifecycle::PlanOnly),
    /// List the changes of a plan, newest first
    Log(lifecycle::PlanOnly),
    /// Planned against worked time, rework, evidence and checklists of finished plans
    Stats(stats::Args),
    /// Print one line on the open plan, for tmux or a shell prompt
    Status(status::Args),
    /// Print the JSON Schema of an output, or list them all
    Schema(schema::Args),
    /// Check directories, files and settings
    Doctor(config::DoctorArgs),
    /// Look at the settings and change them
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Serve an agent: a Model Context Protocol server on standard input and output
    #[cfg(feature = "mcp")]
    Mcp(mcp::Args),
    /// Print completions for a shell
    Completions(shell::CompletionArgs),
    /// Print a manual page, or write all of them
    Man(shell::ManArgs),
    /// Print the help of a command, or of a topic: environment, exit-codes, keys, strategy-files
    Help(help::Args),
}

/// Runs the program with these arguments, the first of which is its own name.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(words) = complete::answer(&args) {
        // A shell that went away needs no answer.
        let _ = std::io::Write::write_all(&mut std::io::stdout(), &words);
        return ExitCode::SUCCESS;
    }
    let command = command();
    let args = arg_order::behind(&args, &command);
    match command.try_get_matches_from(&args).and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => finish(cli),
        Err(error) => ExitCode::from(usage(&error, &args)),
    }
}

fn finish(cli: Cli) -> ExitCode {
    let mut ctx = Context::new(cli.globals);
    let ended = run(&mut ctx, cli.command.as_ref()).and_then(|status| {
        ctx.out.flush()?;
        Ok(status)
    });
    match ended {
        Ok(status) => ExitCode::from(status.code()),
        Err(error) => {
            if error.code != ErrorCode::ClosedPipe {
                // What was written before the error is still worth reading.
                let _ = ctx.out.flush();
                ctx.out.error(&error);
            }
            ExitCode::from(exit_code(error.code))
        }
    }
}

fn run(ctx: &mut Context, command: Option<&Commands>) -> Result {
    let Some(command) = command else { return interface::open(ctx) };
    match command {
        Commands::Strategy(command) => strategy::run(ctx, command),
        Commands::Pack(command) => pack::run(ctx, command),
        Commands::New(args) => new::run(ctx, args),
        Commands::List(args) => list::run(ctx, args),
        Commands::Show(args) => show::run(ctx, args),
        Commands::Prompt(args) => prompt::run(ctx, args),
        Commands::Send(args) => send::run(ctx, args),
        Commands::Turn(command) => turn::run(ctx, command),
        Commands::Set(args) => edit::set(ctx, args),
        Commands::Rename(args) => edit::rename(ctx, args),
        Commands::Reopen(args) => edit::reopen(ctx, args),
        Commands::Evidence(args) => record::evidence(ctx, args),
        Commands::Gate(command) => gate::run(ctx, command),
        Commands::Metric(args) => record::metric(ctx, args),
        Commands::Note(args) => record::note(ctx, args),
        Commands::Check(args) => record::check(ctx, args),
        Commands::Uncheck(args) => record::uncheck(ctx, args),
        Commands::Outcome(args) => outcome::run(ctx, args),
        Commands::Answer(args) => quality::answer(ctx, args),
        Commands::Finish(args) => lifecycle::finish(ctx, args),
        Commands::Abandon(args) => lifecycle::abandon(ctx, args),
        Commands::Archive(args) => lifecycle::archive(ctx, args),
        Commands::Delete(args) => lifecycle::delete(ctx, args),
        Commands::Restore(args) => lifecycle::restore(ctx, args),
        Commands::Review(args) => review::run(ctx, args),
        Commands::Repair(args) => review::repair(ctx, args),
        Commands::Queue(command) => queue::run(ctx, command),
        Commands::Export(args) => export::run(ctx, args),
        Commands::Conflict(command) => conflict::run(ctx, command),
        Commands::Distil(args) => distil::run(ctx, args),
        Commands::Undo(args) => history::undo(ctx, args),
        Commands::Redo(args) => history::redo(ctx, args),
        Commands::Log(args) => history::log(ctx, args),
        Commands::Stats(args) => stats::run(ctx, args),
        Commands::Status(args) => status::run(ctx, args),
        Commands::Schema(args) => schema::run(ctx, args),
        Commands::Doctor(args) => config::doctor(ctx, args),
        Commands::Config(command) => config::run(ctx, command),
        #[cfg(feature = "mcp")]
        Commands::Mcp(args) => mcp::run(ctx, args),
        Commands::Completions(args) => shell::completions(ctx, args),
        Commands::Man(args) => shell::man(ctx, args),
        Commands::Help(args) => help::run(ctx, args),
    }
}

/// Reports arguments that do not parse, or prints the help that was asked for; the exit code.
fn usage(error: &clap::Error, args: &[OsString]) -> u8 {
    let guessed = Globals::guess(args);
    if error.use_stderr() && guessed.json {
        let text = error.render().to_string();
        let (message, hint) = text.trim().split_once("\n\n").unwrap_or((text.trim(), ""));
        let message = message.trim_start_matches("error: ");
        Output::new(&guessed).error(&CliError::usage(message, hint));
        return exit_code(ErrorCode::Usage);
    }
    let rendered = error.render();
    // The message quotes words that a script may have taken from anywhere; then it goes without colours.
    let acts = |arg: &OsString| shown_lines(&arg.to_string_lossy()) != arg.to_string_lossy();
    let text = match guessed.color {
        _ if error.use_stderr() && args.iter().any(acts) => Ok(shown_lines(&rendered.to_string()).into_owned()),
        ColorChoice::Always => Ok(rendered.ansi().to_string()),
        ColorChoice::Never => Ok(rendered.to_string()),
        ColorChoice::Auto => Err(()),
    };
    // A closed pipe is no error here either: `setlist --help | head -1`.
    let _ = match text {
        Err(()) => error.print(),
        Ok(text) if error.use_stderr() => std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes()),
        Ok(text) => std::io::Write::write_all(&mut std::io::stdout(), text.as_bytes()),
    };
    if error.use_stderr() { exit_code(ErrorCode::Usage) } else { 0 }
}

/// The whole command line, for completions, the manual and tests.
pub fn command() -> clap::Command {
    examples::attach(Cli::command(), "")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_arguments_are_consistent() {
        super::command().debug_assert();
    }
}
