//! `setlist strategy schema`: the JSON Schema of the file.

use crate::cli::context::Context;
use crate::cli::error::{Result, Status};
use crate::export::schema::strategy_file;

/// Print the JSON Schema of a strategy file
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(ctx: &mut Context, _: &Args) -> Result {
    ctx.out.value(&strategy_file())?;
    Ok(Status::Success)
}
