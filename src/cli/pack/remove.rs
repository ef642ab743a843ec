//! `setlist pack remove`: a pack goes to the trash.

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result, Status};
use crate::cli::output::one_line;
use crate::domain::library::Entry;
use crate::domain::pack::Pack;
use crate::export::pack::{Broken, PackDocument};

/// Move a pack to the trash
///
/// It can be taken again from the trash, so without a terminal nobody is asked. Strategies outside of the pack that
/// extend one of it, and cannot be used without it, are named first; then --yes is needed where nobody can be asked.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The pack
    #[arg(add = complete::packs())]
    name: String,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let store = ctx.store()?;
    let pack = store.pack(&args.name)?;
    let shape = super::shape(&store, &pack);
    let broken = store.broken_without(&pack);
    agree(ctx, &pack, &broken)?;
    let place = store.remove_pack(&pack.name)?;
    if ctx.out.is_json() {
        let trash = Some(place.display().to_string());
        let broken = Some(broken.iter().map(|entry| Broken { id: entry.id.clone(), path: path(entry) }).collect());
        ctx.out.json(&PackDocument { pack: shape, taken: None, changes: None, left_out: None, trash, broken })?;
        return Ok(Status::Success);
    }
    let place = one_line(&place.display().to_string());
    ctx.out.note(&format!("it is in the trash; `setlist pack add '{place}' --name {}` takes it again", pack.name));
    Ok(Status::Success)
}

/// Whether the person lets it go, once they know which strategies go with it.
fn agree(ctx: &mut Context, pack: &Pack, broken: &[Entry]) -> Result<()> {
    let named: Vec<String> = broken.iter().map(|entry| format!("{} ({})", one_line(&entry.id), path(entry))).collect();
    let named = named.join(", ");
    if !broken.is_empty() && !ctx.globals.yes && !ctx.may_ask() {
        let message = format!("nothing was changed: these extend strategies of '{}': {named}", pack.name);
        let hint = "they cannot be used without it; --yes removes it all the same";
        return Err(CliError::refused(message, hint));
    }
    if !broken.is_empty() {
        ctx.out.warn(&format!("these extend strategies of '{}' and cannot be used without it: {named}", pack.name));
    }
    match ctx.confirm(&format!("Move the pack '{}' to the trash? Plans keep their strategies.", pack.name))? {
        true => Ok(()),
        false => Err(CliError::refused("nothing was changed", "")),
    }
}

fn path(entry: &Entry) -> String {
    entry.path.as_deref().map(|path| path.display().to_string()).unwrap_or_default()
}
