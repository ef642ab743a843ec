//! `setlist pack remove`: a pack goes to the trash.

use crate::cli::context::Context;
use crate::cli::error::{CliError, Result, Status};
use crate::cli::output::one_line;
use crate::export::pack::PackDocument;

/// Move a pack to the trash
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The pack
    name: String,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let store = ctx.store()?;
    let pack = store.pack(&args.name)?;
    let shape = super::shape(&store, &pack);
    if !ctx.confirm(&format!("Move the pack '{}' to the trash? Plans keep their strategies.", pack.name))? {
        return Err(CliError::refused("nothing was changed", ""));
    }
    let place = store.remove_pack(&pack.name)?;
    if ctx.out.is_json() {
        let trash = Some(place.display().to_string());
        ctx.out.json(&PackDocument { pack: shape, taken: None, changes: None, left_out: None, trash })?;
        return Ok(Status::Success);
    }
    let place = one_line(&place.display().to_string());
    ctx.out.note(&format!("it is in the trash; `setlist pack add '{place}' --name {}` takes it again", pack.name));
    Ok(Status::Success)
}
