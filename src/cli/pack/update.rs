//! `setlist pack update`: take the changes of packs after a look at them.

use crate::cli::clock;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::{CliError, ErrorCode, Result, Status};
use crate::domain::pack::{Kind, Pack, kind_of};
use crate::export::pack::{PackUpdate, PackUpdates};
use crate::store::{Store, pack_digest};

use super::look::Look;
use super::{agree, shape, version};

/// Take the changes of a pack: shows them, and asks
///
/// Shows which strategies are added, removed and changed, whose prompts differ, and every line that does. Plans under
/// way keep the strategy that they were started with.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The pack; without, all of them
    #[arg(add = complete::packs())]
    name: Option<String>,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let store = ctx.store()?;
    let packs = match &args.name {
        Some(name) => vec![store.pack(name)?],
        None => store.packs()?,
    };
    if packs.is_empty() {
        ctx.out.note("no packs; `setlist pack add` takes a folder or a git repository of strategies");
    }
    let mut items = Vec::new();
    let mut failures: Vec<CliError> = Vec::new();
    for pack in &packs {
        match one(ctx, &store, pack, &mut items) {
            Ok(()) => {}
            Err(error) if error.code == ErrorCode::ClosedPipe || error.code == ErrorCode::Interrupted => {
                return Err(error);
            }
            // The others are looked at all the same.
            Err(error) => failures.push(error),
        }
    }
    if ctx.out.is_json() {
        ctx.out.json(&PackUpdates { items })?;
    }
    ctx.out.flush()?;
    let last = failures.pop();
    for error in failures {
        ctx.out.warn(&error.message);
    }
    last.map_or(Ok(Status::Success), Err)
}

/// Looks at one pack and takes what it has become.
fn one(ctx: &mut Context, store: &Store, pack: &Pack, items: &mut Vec<PackUpdate>) -> Result<()> {
    let stays = |error: CliError| CliError { message: format!("{}: {}", pack.name, error.message), ..error };
    // The record may have been edited since.
    if pack.kind == Kind::Git
        && !pack.source.starts_with('/')
        && let Err(bad) = kind_of(&pack.source)
    {
        return Err(stays(CliError::refused(bad.message, bad.hint)));
    }
    let fetched = store.fetch_pack(pack.kind, &pack.source);
    let content = match fetched {
        Ok(content) => content,
        Err(error) => {
            let pack = shape(store, pack);
            items.push(PackUpdate { pack, changes: Vec::new(), left_out: Vec::new(), taken: false });
            return Err(stays(error.into()));
        }
    };
    let digest = pack_digest(&content.files);
    let new = Pack { digest, revision: content.revision.clone(), updated: clock::now(), ..pack.clone() };
    let look = Look::of(ctx, store, &new, Some(pack), &content);
    let same = new.digest == pack.digest;
    let taken = if same && new.revision == pack.revision {
        Ok(())
    } else {
        if !ctx.out.is_json() && !same {
            ctx.out.line(&format!("{} {} -> {}", pack.name, version(pack), version(&new)))?;
            look.print(ctx)?;
        }
        // Another commit with the same strategies changes nothing that anybody would have to look at.
        let agreed = if same { Ok(()) } else { agree(ctx, &format!("Take the new version of {}?", pack.name)) };
        agreed.and_then(|()| Ok(store.take_pack(&new, &content, Some(&pack.digest))?))
    };
    let is_taken = taken.is_ok() && !same;
    let now = if taken.is_ok() && new.digest != pack.digest { &new } else { pack };
    items.push(PackUpdate {
        pack: shape(store, now),
        changes: look.changes(),
        left_out: look.left_out(),
        taken: is_taken,
    });
    taken.map_err(stays)?;
    ctx.out.note(&match same {
        true => format!("{} has no changes", pack.name),
        false => format!("the new version of {} was taken", pack.name),
    });
    Ok(())
}
