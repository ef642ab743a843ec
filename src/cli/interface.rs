//! `setlist` alone: opens the terminal interface.

use std::io::IsTerminal;

use super::context::Context;
use super::error::{CliError, Kind, Result, Status};
use super::globals::ColorChoice;

/// Opens the terminal interface, where it was left.
pub(super) fn open(ctx: &mut Context) -> Result {
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
        .map_err(|error| CliError::new(Kind::Io, error.to_string(), "`setlist --help` lists the commands"))
}
