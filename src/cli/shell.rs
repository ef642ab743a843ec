//! `setlist completions` and `setlist man`: what a package installs beside the program.

use clap_complete::Shell;

use super::complete;
use super::context::Context;
use super::error::{Result, Status};

/// Print completions for a shell
#[derive(Debug, clap::Args)]
pub struct CompletionArgs {
    /// Which shell
    shell: Shell,
}

/// Print the manual page
#[derive(Debug, clap::Args)]
pub struct ManArgs {}

pub(super) fn completions(ctx: &mut Context, args: &CompletionArgs) -> Result {
    let text = complete::script(&args.shell.to_string()).transpose()?.unwrap_or_default();
    ctx.out.raw(&text)?;
    Ok(Status::Success)
}

pub(super) fn man(ctx: &mut Context, _: &ManArgs) -> Result {
    let mut text = Vec::new();
    clap_mangen::Man::new(super::command()).render(&mut text)?;
    ctx.out.raw(&text)?;
    Ok(Status::Success)
}
