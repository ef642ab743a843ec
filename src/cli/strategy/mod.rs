//! `setlist strategy ...`: look at, check and write strategies.

pub(super) mod advise;
mod lint;
pub(super) mod list;
mod new;
pub(super) mod render;
mod schema;
mod show;

use std::sync::Arc;

use clap::Subcommand;

use crate::domain::library::{Entry, Library};
use crate::domain::nearest::near_or;
use crate::domain::strategy::Strategy;

use super::context::Context;
use super::error::{CliError, ErrorCode, Result};

/// Look at, check and write strategies.
#[derive(Debug, Subcommand)]
pub enum StrategyCommand {
    /// List the strategies at hand
    List(list::Args),
    /// Show one strategy
    Show(show::Args),
    /// Print its prompts as they would read
    Render(render::Args),
    /// Say which strategy fits, and why
    Advise(advise::Args),
    /// Report every problem in strategy files
    Lint(lint::Args),
    /// Write a commented file to start from; print its path
    New(new::Args),
    /// Print the JSON Schema of a strategy file
    Schema(schema::Args),
}

pub fn run(ctx: &mut Context, command: &StrategyCommand) -> Result {
    match command {
        StrategyCommand::List(args) => list::run(ctx, args),
        StrategyCommand::Show(args) => show::run(ctx, args),
        StrategyCommand::Render(args) => render::run(ctx, args),
        StrategyCommand::Advise(args) => advise::run(ctx, args),
        StrategyCommand::Lint(args) => lint::run(ctx, args),
        StrategyCommand::New(args) => new::run(ctx, args),
        StrategyCommand::Schema(args) => schema::run(ctx, args),
    }
}

/// The entry called `id`.
pub(super) fn entry<'l>(library: &'l Library, id: &str) -> Result<&'l Entry> {
    library.entry(id).ok_or_else(|| {
        let known = library.entries.iter().map(|entry| entry.id.as_str());
        let hint = near_or(id, known, "`setlist strategy list` shows them all");
        CliError::not_found(format!("there is no strategy `{id}`"), hint)
    })
}

/// The usable strategy called `id`.
pub(super) fn usable(library: &Library, id: &str) -> Result<Arc<Strategy>> {
    let entry = entry(library, id)?;
    entry.strategy.clone().ok_or_else(|| {
        let file = entry.path.as_ref().map_or_else(|| id.to_owned(), |path| path.display().to_string());
        let first = entry.problems.iter().find(|problem| problem.is_error()).map_or("", |problem| &problem.message);
        CliError::new(
            ErrorCode::Corrupt,
            format!("the strategy `{id}` has errors: {first}"),
            format!("`setlist strategy lint {file}` shows all of them"),
        )
    })
}
