//! A plan as the text of its file, and back.

use std::path::Path;

use serde::Deserialize;

use crate::domain::plan::{MAX_PARTS, Plan, SCHEMA};
use crate::domain::toml_parts::{excess, excess_message};

use super::error::{ErrorCode, StoreError, show};
use super::files;

/// What stands at the top of a new plan file, for people who open it.
const HEADER: &str = "\
# A plan of setlist. Edit it freely, also while the program runs: your changes, comments and keys are kept.
# Times are RFC 3339, time worked is in seconds. [strategy] at the end is the strategy as it was at the start.

";

/// What to do about a broken one.
const MEND: &str = "mend that line in an editor; where history holds a good revision, it can be put back";

/// What to do about a newer file.
const UPDATE: &str = "update setlist to change it; the file is left as it is";

/// The last number of a revision; TOML has none after it.
pub(super) const LAST_REVISION: u64 = i64::MAX as u64;

/// A plan file that was understood.
pub(super) struct Parsed {
    pub(super) plan: Plan,
    /// Why it may be read but not written.
    pub(super) read_only: Option<String>,
}

/// The text of a new file for `plan`.
pub(super) fn render(plan: &Plan) -> Result<String, StoreError> {
    Ok(format!("{HEADER}{}", body(plan)?))
}

/// `plan` as TOML, without the header.
pub(super) fn body(plan: &Plan) -> Result<String, StoreError> {
    toml::to_string_pretty(plan).map_err(|error| {
        let hint = "this is a mistake of the program; nothing on disk has changed";
        StoreError::new(ErrorCode::Io, format!("the plan cannot be written as TOML: {error}"), hint)
    })
}

/// Reads the text of the plan file at `path`. Keys that this version does not know are passed over.
pub(super) fn parse(path: &Path, text: &str) -> Result<Parsed, StoreError> {
    let parsed = parse_any(path, text)?;
    check_id(path, text, &parsed.plan.id)?;
    Ok(parsed)
}

/// As [`parse`], whatever the file is called.
pub(super) fn parse_any(path: &Path, text: &str) -> Result<Parsed, StoreError> {
    if let Some(at) = excess(text, MAX_PARTS) {
        let message = files::complaint(path, text, Some(at), &excess_message(MAX_PARTS));
        let hint = "look at what is in it; it is left as it is";
        return Err(StoreError::new(ErrorCode::Corrupt, message, hint).at(path));
    }
    let parsed = toml::from_str::<Plan>(text);
    let schema = parsed.as_ref().map_or_else(|_| schema(text), |plan| i64::from(plan.schema));
    let newer = schema > i64::from(SCHEMA);
    let why = || format!("{} has schema {schema}; this version writes schema {SCHEMA}", show(path));
    match parsed {
        Ok(plan) => {
            if plan.revision > LAST_REVISION {
                let at = text.find("\nrevision").map(|at| at + 1);
                let message = files::complaint(path, text, at, "no plan has so many revisions");
                return Err(StoreError::new(ErrorCode::Corrupt, message, MEND).at(path));
            }
            let plan = plan.in_whole_seconds().with_stale_gates();
            Ok(Parsed { plan, read_only: newer.then(|| format!("{}: {UPDATE}", why())) })
        }
        Err(_) if newer => Err(StoreError::new(ErrorCode::Newer, why(), UPDATE).at(path)),
        Err(error) => Err(corrupt(path, text, &error)),
    }
}

/// The file's name decides which plan it is; a file that says otherwise is nobody's.
fn check_id(path: &Path, text: &str, id: &str) -> Result<(), StoreError> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    if stem == id {
        return Ok(());
    }
    let at = text.find(&format!("\"{id}\""));
    let message =
        files::complaint(path, text, at, &format!("the plan says its id is `{id}`, its file is called {stem}.toml"));
    let hint = format!("call the file {}.toml, or write id = \"{stem}\" in it", crate::domain::untrusted::shown(id));
    Err(StoreError::new(ErrorCode::Corrupt, message, hint).at(path))
}

/// The schema alone, so that a newer file is told from a broken one; 0 where there is none.
fn schema(text: &str) -> i64 {
    #[derive(Deserialize)]
    struct Head {
        schema: i64,
    }
    toml::from_str::<Head>(text).map_or(0, |head| head.schema)
}

/// The id that the text of a plan says it has.
pub(super) fn id(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Head {
        id: String,
    }
    if excess(text, MAX_PARTS).is_some() {
        return None;
    }
    toml::from_str::<Head>(text).ok().map(|head| head.id)
}

fn corrupt(path: &Path, text: &str, error: &toml::de::Error) -> StoreError {
    let message = files::toml_complaint(path, text, error);
    StoreError::new(ErrorCode::Corrupt, message, MEND).at(path)
}

/// A text that can be read as a plan, and that no change can be merged into.
pub(super) fn unmergeable(path: &Path, text: &str, error: &toml_edit::TomlError) -> StoreError {
    let message = files::complaint(path, text, error.span().map(|span| span.start), error.message());
    StoreError::new(ErrorCode::Corrupt, message, "mend that line in an editor; nothing has changed").at(path)
}
