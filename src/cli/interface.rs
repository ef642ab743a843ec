//! `setlist` alone: opens the terminal interface, or asks line by line.

use std::io::IsTerminal;

use super::accessible;
use super::context::Context;
use super::error::{CliError, ErrorCode, Result, Status};
use super::globals::{ColorChoice, Globals};

/// Opens the terminal interface, where it was left.
pub(super) fn open(ctx: &mut Context) -> Result {
    if is_accessible(ctx) {
        return accessible::open(ctx);
    }
    if !std::io::stdin().is_terminal() || !ctx.out.is_terminal() {
        return Err(CliError::usage(
            "the terminal interface needs a terminal",
            "name a command instead: `setlist --help` lists them",
        ));
    }
    let store = ctx.store()?;
    let no_colour = ctx.globals.color == ColorChoice::Never;
    let options = crate::tui::Options { ascii: ctx.globals.ascii, no_colour };
    let left = crate::tui::run(store, &options, super::clock::zoned);
    left.map(Status::Left)
        .map_err(|error| CliError::new(ErrorCode::Io, error.to_string(), "`setlist --help` lists the commands"))
}

/// Whether the person wants plain questions and answers: by the option or the variable, else by the settings.
fn is_accessible(ctx: &Context) -> bool {
    let by_settings = || ctx.store().is_ok_and(|store| store.settings().settings.accessible);
    ctx.globals.accessible || Globals::accessible_by_variable().unwrap_or_else(by_settings)
}
