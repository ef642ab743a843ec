//! `setlist mcp`: serves an agent over standard input and output.

use super::clock;
use super::context::Context;
use super::error::{CliError, ErrorCode, Result, Status};
use super::target::PlanArg;

/// Serve an agent: a Model Context Protocol server on standard input and output
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    plan: PlanArg,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let store = ctx.store()?;
    // Named here and unknown is better said now than to the agent.
    let plan = args.plan.named().map(|_| args.plan.id(&store)).transpose()?;
    crate::mcp::serve(store, plan, clock::zoned).map_err(|error| {
        CliError::new(
            ErrorCode::Io,
            format!("the connection ended: {error}"),
            "this command speaks JSON-RPC with an agent's program; add it to that program's list of MCP servers",
        )
    })?;
    Ok(Status::Success)
}
