//! `setlist` alone: opens the terminal interface.

use std::io::IsTerminal;

use super::context::Context;
use super::error::{CliError, Result};

/// Opens the terminal interface, where it was left.
pub(super) fn open(ctx: &mut Context) -> Result {
    if !std::io::stdin().is_terminal() || !ctx.out.is_terminal() {
        return Err(CliError::usage(
            "the terminal interface needs a terminal",
            "name a command instead: `setlist --help` lists them",
        ));
    }
    let _store = ctx.store()?;
    // The one place to wire the interface in: `crate::tui::run(store, options)`.
    Err(CliError::refused(
        "the terminal interface is not part of this build",
        "use the commands: `setlist --help` lists them",
    ))
}
