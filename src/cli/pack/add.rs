//! `setlist pack add`: take a pack after a look at it.

use std::path::Path;

use crate::cli::clock;
use crate::cli::context::Context;
use crate::cli::error::{CliError, ErrorCode, Result, Status};
use crate::cli::output::one_line;
use crate::domain::id;
use crate::domain::pack::{Kind, Pack, kind_of, name_of};
use crate::export::pack::{self as shapes, PackDocument};
use crate::store::{Store, pack_digest};

use super::look::Look;
use super::{agree, version};

/// Take a pack: shows what it brings, and asks
///
/// A pack is a folder or a git repository with strategy files (*.toml) in its folder strategies, or at its top.
/// Its files are copied. A folder is taken as it is on disk; a repository is read by git as its main
/// branch is, and nothing of it is run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A folder, or the address of a git repository
    #[arg(value_name = "PATH|GIT-URL")]
    address: String,
    /// What to call it; without, the last part of the address
    #[arg(long, value_name = "N")]
    name: Option<String>,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let store = ctx.store()?;
    let (kind, source) = locate(&store, &args.address)?;
    let name = args.name.clone().unwrap_or_else(|| name_of(&source));
    if !id::is_valid(&name) {
        let hint =
            format!("small letters, digits and hyphens, at most {}: {}", id::MAX_ID, id::slug(&name, id::MAX_ID));
        return Err(CliError::invalid(format!("`{name}` cannot be the name of a pack"), hint));
    }
    if store.packs()?.iter().any(|pack| pack.name == name) {
        let hint = format!("`setlist pack update {name}` takes its changes; --name adds this one beside it");
        return Err(CliError::new(ErrorCode::Conflict, format!("there is a pack `{name}` already"), hint));
    }
    let content = store.fetch_pack(kind, &source)?;
    let now = clock::now();
    let digest = pack_digest(&content.files);
    let pack = Pack { name, kind, source, revision: content.revision.clone(), digest, added: now, updated: now };
    let look = Look::of(ctx, &store, &pack, None, &content);
    if !ctx.out.is_json() {
        ctx.out.line(&format!("{} {} from {} ({kind})", pack.name, version(&pack), one_line(&pack.source)))?;
        look.print(ctx)?;
    }
    let agreed = agree(ctx, &format!("Take {}?", look.count()));
    let taken = agreed.and_then(|()| Ok(store.take_pack(&pack, &content, None)?));
    if ctx.out.is_json() {
        let strategies = content.files.iter().map(|file| file.stem().to_owned()).collect();
        ctx.out.json(&PackDocument {
            pack: shapes::pack(&pack, &store.pack_folder(&pack), strategies),
            taken: Some(taken.is_ok()),
            changes: Some(look.changes()),
            left_out: Some(look.left_out()),
            trash: None,
            broken: None,
        })?;
    }
    taken?;
    ctx.out.note(&format!("the pack `{}` was taken; `setlist pack update` looks for changes", pack.name));
    Ok(Status::Success)
}

/// What an address names, with folders by their whole path.
fn locate(store: &Store, address: &str) -> Result<(Kind, String)> {
    let path = Path::new(address);
    let kind = match kind_of(address) {
        // A folder may be called `a:b`.
        Ok(Kind::Git) if !address.contains("://") && path.is_dir() => Kind::Folder,
        Ok(kind) => kind,
        Err(bad) => return Err(CliError::refused(bad.message, bad.hint)),
    };
    if kind == Kind::Git {
        return Ok((kind, address.to_owned()));
    }
    let whole = path.canonicalize().map_err(|_| {
        CliError::not_found(format!("there is no folder {address}"), "see its path and spelling, or give a git address")
    })?;
    if !whole.is_dir() {
        return Err(CliError::invalid(format!("{address} is not a folder"), "give the folder that it is in"));
    }
    let kind = if store.is_bare_repository(&whole) { Kind::Git } else { Kind::Folder };
    match whole.to_str() {
        Some(text) => Ok((kind, text.to_owned())),
        None => Err(CliError::invalid(format!("the path of {address} is not UTF-8"), "give the folder another name")),
    }
}
