//! `setlist completions` and `setlist man`: what a package installs beside the program.

use std::path::PathBuf;

use clap_complete::Shell;

use super::context::Context;
use super::error::{CliError, ErrorCode, Result, Status};
use super::{complete, help};

/// Print completions for a shell
#[derive(Debug, clap::Args)]
pub struct CompletionArgs {
    /// Which shell
    shell: Shell,
}

/// Print a manual page, or write all of them
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// The command; the program itself where none is named
    #[arg(value_name = "COMMAND", conflicts_with = "dir", add = complete::commands())]
    words: Vec<String>,
    /// Write the pages of all commands into this directory: setlist.1, setlist-turn-add.1, ...
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(super) fn completions(ctx: &mut Context, args: &CompletionArgs) -> Result {
    let text = complete::script(&args.shell.to_string()).transpose()?.unwrap_or_default();
    ctx.out.raw(&text)?;
    Ok(Status::Success)
}

pub(super) fn man(ctx: &mut Context, args: &ManArgs) -> Result {
    let mut command = super::command();
    command.build();
    if let Some(dir) = &args.dir {
        clap_mangen::generate_to(command, dir).map_err(|error| {
            let message = format!("the pages cannot be written to {}: {error}", dir.display());
            CliError::new(ErrorCode::Io, message, "name a directory that exists and may be written to")
        })?;
        ctx.out.note(&format!("the manual pages are in {}", dir.display()));
        return Ok(Status::Success);
    }
    let found = help::find(&command, &args.words).ok_or_else(|| help::unknown(&command, &args.words))?;
    let mut text = Vec::new();
    clap_mangen::Man::new(found.clone()).render(&mut text)?;
    ctx.out.raw(&text)?;
    Ok(Status::Success)
}
