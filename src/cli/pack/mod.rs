//! `setlist pack ...`: strategies that somebody else wrote, taken as a folder or a git repository.

mod add;
mod look;
mod remove;
mod update;

use clap::Subcommand;

use crate::domain::pack::Pack;
use crate::export::pack::{self as shapes, Packs, TakenPack};
use crate::store::Store;

use super::clock;
use super::context::Context;
use super::error::{CliError, Result, Status};
use super::output::{Tone, one_line};
use super::table::Table;

/// Take, update and remove packs of strategies.
#[derive(Debug, Subcommand)]
pub enum PackCommand {
    /// Take a pack: shows what it brings, and asks
    Add(add::Args),
    /// List the packs
    List,
    /// Take the changes of a pack: shows them, and asks
    Update(update::Args),
    /// Move a pack to the trash
    Remove(remove::Args),
}

pub fn run(ctx: &mut Context, command: &PackCommand) -> Result {
    match command {
        PackCommand::Add(args) => add::run(ctx, args),
        PackCommand::List => list(ctx),
        PackCommand::Update(args) => update::run(ctx, args),
        PackCommand::Remove(args) => remove::run(ctx, args),
    }
}

/// `setlist pack list`.
fn list(ctx: &mut Context) -> Result {
    let store = ctx.store()?;
    let packs = store.packs()?;
    if ctx.out.is_json() {
        ctx.out.json(&Packs { items: packs.iter().map(|pack| shape(&store, pack)).collect() })?;
        return Ok(Status::Success);
    }
    let mut table = Table::new(&["name", "kind", "version", "strategies", "taken", "from"]);
    for pack in &packs {
        table.row(vec![
            (one_line(&pack.name), Some(Tone::Key)),
            (pack.kind.to_string(), None),
            (version(pack), None),
            (ids(&store, pack).len().to_string(), None),
            (clock::local(pack.updated), None),
            (one_line(&pack.source), Some(Tone::Dim)),
        ]);
    }
    table.print(&mut ctx.out)?;
    ctx.out.flush()?;
    if packs.is_empty() {
        ctx.out.note("no packs; `setlist pack add` takes a folder or a git repository of strategies");
    }
    Ok(Status::Success)
}

fn shape(store: &Store, pack: &Pack) -> TakenPack {
    shapes::pack(pack, &store.pack_folder(pack), ids(store, pack))
}

/// The files of a pack, without `.toml`.
fn ids(store: &Store, pack: &Pack) -> Vec<String> {
    store.kept_pack(pack).files.iter().map(|file| file.stem().to_owned()).collect()
}

/// A version that people can tell from another: the beginning of the commit, else of the digest.
fn version(pack: &Pack) -> String {
    let whole = if pack.revision.is_empty() { &pack.digest } else { &pack.revision };
    one_line(&whole.chars().take(7).collect::<String>())
}

/// Whether the person takes what was shown.
///
/// # Errors
/// Refused where the answer is no, or where nobody is there to be asked.
fn agree(ctx: &mut Context, question: &str) -> Result<()> {
    ctx.out.flush()?;
    if ctx.globals.yes {
        return Ok(());
    }
    if !ctx.may_ask() {
        let hint = "look at what it brings, then run it again with --yes";
        return Err(CliError::refused("nothing was changed: nobody is there to be asked", hint));
    }
    match ctx.confirm(question)? {
        true => Ok(()),
        false => Err(CliError::refused("nothing was changed", "")),
    }
}
