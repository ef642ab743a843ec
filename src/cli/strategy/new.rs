//! `setlist strategy new`: a commented file to start from.

use toml_edit::DocumentMut;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::{CliError, ErrorCode, Result, Status};
use crate::domain::id;
use crate::domain::library::Source;
use crate::domain::strategy::{SessionSpec, Strategy};
use crate::domain::words::capital;

/// Write a commented strategy file to start from; print its path
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id of the new strategy: small letters, digits, hyphens
    id: String,
    /// Start from a copy of this strategy
    #[arg(long, value_name = "ID", add = complete::strategies())]
    from: Option<String>,
    /// Change this strategy only where the new file says so: its later versions still count
    #[arg(long, value_name = "BASE", conflicts_with = "from", add = complete::strategies())]
    extends: Option<String>,
}

/// The file that a new strategy starts from.
const TEMPLATE: &str = include_str!("../../../assets/new-strategy.toml");

/// The file that changes another strategy.
const OVERLAY: &str = include_str!("../../../assets/new-overlay.toml");

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    if !id::is_valid(&args.id) {
        let hint =
            format!("small letters, digits and hyphens, at most {}: {}", id::MAX_ID, id::slug(&args.id, id::MAX_ID));
        return Err(CliError::invalid(format!("`{}` is not an id", args.id), hint));
    }
    let store = ctx.store()?;
    let library = store.library();
    let text = match (&args.from, &args.extends) {
        (_, Some(base)) => overlay(super::usable(&library, base)?.as_ref(), &args.id),
        (Some(from), None) => copy(&super::entry(&library, from)?.text, &args.id)?,
        (None, None) => TEMPLATE
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

/// A file that changes nothing of `base` yet, and shows how it could.
fn overlay(base: &Strategy, id: &str) -> String {
    let turns =
        |session: &SessionSpec| session.turns.iter().map(|turn| turn.id.as_str()).collect::<Vec<_>>().join(", ");
    let ids = match base.sessions.as_slice() {
        [only] => format!("# Its turns: {}", turns(only)),
        several => several
            .iter()
            .map(|session| format!("# Its turns in the session {}: {}", session.id, turns(session)))
            .collect::<Vec<_>>()
            .join("\n"),
    };
    let last = base.sessions.last().and_then(|session| session.turns.last().map(|turn| (session, turn)));
    let (session, turn) = last.map_or(("", ""), |(session, turn)| (session.id.as_str(), turn.id.as_str()));
    let (head, list) = match base.is_multi_session() {
        true => (format!("# [[sessions]]\n# id = \"{session}\"\n"), "sessions.turns"),
        false => (String::new(), "turns"),
    };
    OVERLAY
        .replace("# SESSION\n", &head)
        .replace("[[turns", &format!("[[{list}"))
        .replace("# TURNS", &ids)
        .replace("ID.toml", &format!("{id}.toml"))
        .replace("\"ID\"", &format!("\"{id}\""))
        .replace("\"TITLE\"", &toml_edit::Value::from(base.title.as_str()).to_string())
        .replace("BASE", &base.id)
        .replace("LAST", turn)
}

/// `fix-login` as a title: `Fix login`.
fn title(id: &str) -> String {
    capital(&id.replace('-', " "))
}

/// `text` with another id, all else (comments too) as it is.
fn copy(text: &str, id: &str) -> Result<String> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        CliError::new(
            ErrorCode::Corrupt,
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
    use crate::domain::review::Thresholds;
    use crate::domain::strategy_file;

    #[test]
    fn the_file_to_start_from_has_no_problems() {
        let text = TEMPLATE.replace("TITLE", "New").replace("ID", "new");
        let read = strategy_file::check(&text, Some("new"));
        assert_eq!(read.problems, vec![]);
        assert!(read.strategy.is_some());
    }

    #[test]
    fn an_overlay_to_start_from_changes_nothing_and_its_comments_are_true() {
        for entry in crate::store::Store::builtin().entries {
            let base = entry.strategy.unwrap();
            let text = overlay(&base, "mine");
            let plain = strategy_file::check_over(&entry.text, &text, Some("mine"), Some(&Thresholds::default()));
            assert_eq!(plain.read.problems, vec![], "{text}");
            assert_eq!(plain.read.strategy.unwrap().sessions, base.sessions);
            // What is commented out works once it is not.
            let code = |line: &str| line.starts_with("# [[") || line.split(' ').nth(2) == Some("=");
            let on: Vec<&str> = text.lines().map(|line| if code(line) { &line[2..] } else { line }).collect();
            let on = on.join("\n").replace("remove = [", "# remove = [");
            let all = strategy_file::check_over(&entry.text, &on, Some("mine"), None);
            assert_eq!(all.read.problems, vec![], "{on}");
            assert_eq!(all.read.strategy.unwrap().turns().count(), base.turns().count() + 1, "{on}");
        }
    }

    #[test]
    fn a_copy_keeps_comments() {
        let copied = copy("# mine\nschema = 1\nid = \"old\" # short\ntitle = \"T\"\n", "new").unwrap();
        assert_eq!(copied, "# mine\nschema = 1\nid = \"new\" # short\ntitle = \"T\"\n");
    }
}
