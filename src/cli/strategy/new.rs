//! `setlist strategy new`: a commented file to start from.

use toml_edit::DocumentMut;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Kind, Result, Status};
use crate::domain::id;
use crate::domain::library::Source;

/// Write a commented strategy file to start from; print its path
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id of the new strategy: small letters, digits, hyphens
    id: String,
    /// Start from a copy of this strategy
    #[arg(long, value_name = "ID")]
    from: Option<String>,
}

/// The file that a new strategy starts from.
const TEMPLATE: &str = include_str!("../../../assets/new-strategy.toml");

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    if !id::is_valid(&args.id) {
        let hint =
            format!("small letters, digits and hyphens, at most {}: {}", id::MAX_ID, id::slug(&args.id, id::MAX_ID));
        return Err(CliError::invalid(format!("`{}` is not an id", args.id), hint));
    }
    let store = ctx.store()?;
    let library = store.library();
    let text = match &args.from {
        Some(from) => copy(&super::entry(&library, from)?.text, &args.id)?,
        None => TEMPLATE
            .replace("TITLE", &title(&args.id))
            .replace("ID.toml", &format!("{}.toml", args.id))
            .replace("\"ID\"", &format!("\"{}\"", args.id)),
    };
    let path = store.add_strategy(&args.id, &text)?;
    if let Some(entry) = library.entry(&args.id).filter(|entry| entry.source == Source::BuiltIn) {
        ctx.out.note(&format!("it takes the place of the built-in `{}`", entry.id));
    }
    ctx.out.path(&path)?;
    Ok(Status::Success)
}

/// `fix-login` as a title: `Fix login`.
fn title(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or(words)
}

/// `text` with another id, all else (comments too) as it is.
fn copy(text: &str, id: &str) -> Result<String> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        CliError::new(
            Kind::Corrupt,
            format!("the strategy to copy cannot be read: {}", error.message()),
            "copy another one",
        )
    })?;
    let decor = document.get("id").and_then(|item| item.as_value()).map(|value| value.decor().clone());
    document["id"] = toml_edit::value(id);
    if let (Some(decor), Some(value)) = (decor, document["id"].as_value_mut()) {
        *value.decor_mut() = decor;
    }
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::strategy_file;

    #[test]
    fn the_file_to_start_from_has_no_problems() {
        let text = TEMPLATE.replace("TITLE", "New").replace("ID", "new");
        let read = strategy_file::check(&text, Some("new"));
        assert_eq!(read.problems, vec![]);
        assert!(read.strategy.is_some());
    }

    #[test]
    fn a_copy_keeps_comments() {
        let copied = copy("# mine\nschema = 1\nid = \"old\" # short\ntitle = \"T\"\n", "new").unwrap();
        assert_eq!(copied, "# mine\nschema = 1\nid = \"new\" # short\ntitle = \"T\"\n");
    }
}
