//! `setlist schema`: the JSON Schema of what is printed under `--json`.

use crate::domain::nearest::near_or;
use crate::export::schemas::{self, Published};

use super::complete;
use super::context::Context;
use super::error::{CliError, Result, Status};
use super::output::Tone;
use super::table::Table;

/// Print the JSON Schema of an output, or list them all
///
/// Everything that is printed under --json says in its key `schema` which schema it follows.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its name, such as setlist.plan/1, or plan for short
    #[arg(value_name = "NAME", add = complete::schemas())]
    pub name: Option<String>,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    match &args.name {
        Some(name) => ctx.out.value(&find(name)?.schema())?,
        None if ctx.out.is_json() => ctx.out.json(&schemas::list())?,
        None => print(ctx)?,
    }
    Ok(Status::Success)
}

fn print(ctx: &mut Context) -> Result<()> {
    let mut table = Table::new(&["name", "what it describes"]);
    for published in schemas::all() {
        table.row(vec![(published.name.to_owned(), Some(Tone::Key)), (published.about(), None)]);
    }
    table.print(&mut ctx.out)
}

/// The schema called `name`, in full or without what all names share.
fn find(name: &str) -> Result<Published> {
    let all = schemas::all();
    let found = all.iter().find(|published| published.name == name || published.short() == name);
    found.copied().ok_or_else(|| {
        let known = all.iter().flat_map(|known| [known.short(), known.name]);
        let hint = near_or(name, known, "`setlist schema` lists them; `setlist strategy schema` is that of a file");
        CliError::not_found(format!("there is no schema `{name}`"), hint)
    })
}
