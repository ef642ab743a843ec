//! `packs.toml`: which packs were taken, from where, in which version.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::domain::apply::whole_second;
use crate::domain::pack::Pack;
use crate::domain::toml_parts::{MAX_PARTS, excess, excess_message};
use crate::domain::untrusted::shown;
use crate::store::error::show;
use crate::store::files::{self, Links};
use crate::store::{ErrorCode, StoreError};

use super::is_name;

/// The newest form of the file that this version reads.
const SCHEMA: u32 = 1;

/// Most bytes of the file.
const MAX_BYTES: u64 = 1024 * 1024;

#[derive(Serialize, Deserialize)]
struct Record {
    schema: u32,
    #[serde(default)]
    packs: Vec<Pack>,
}

/// What a file of any version has.
#[derive(Deserialize)]
struct Form {
    schema: u32,
}

/// The packs that the file at `path` lists; none where there is no file.
pub(super) fn read(path: &Path) -> Result<Vec<Pack>, StoreError> {
    let text = match files::read_text(path, MAX_BYTES, Links::Refused) {
        Ok(text) => text,
        Err(error) if error.code == ErrorCode::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let corrupt = |message: String| {
        let hint = "mend it, or move it away and add the packs again";
        StoreError::new(ErrorCode::Corrupt, message, hint).at(path)
    };
    if let Some(at) = excess(&text, MAX_PARTS) {
        return Err(corrupt(files::complaint(path, &text, Some(at), &excess_message(MAX_PARTS))));
    }
    let wrong = |error: toml::de::Error| corrupt(files::toml_complaint(path, &text, &error));
    let form: Form = toml::from_str(&text).map_err(wrong)?;
    if form.schema > SCHEMA {
        let message = format!("{} was written by a newer setlist", show(path));
        return Err(StoreError::new(ErrorCode::Newer, message, "update setlist").at(path));
    }
    let mut record: Record = toml::from_str(&text).map_err(wrong)?;
    for time in record.packs.iter_mut().flat_map(|pack| [&mut pack.added, &mut pack.updated]) {
        *time = whole_second(*time);
    }
    let mut names: Vec<&str> = Vec::new();
    for pack in &record.packs {
        // Both become parts of a path.
        let digest = pack.digest.len() == 64 && pack.digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_name(&pack.name) || !digest || names.contains(&pack.name.as_str()) {
            return Err(corrupt(format!("{}: the pack \"{}\" cannot be used", show(path), shown(&pack.name))));
        }
        names.push(&pack.name);
    }
    Ok(record.packs)
}

/// The text of the file for `packs`.
pub(super) fn text(packs: &[Pack]) -> Result<String, String> {
    let record = Record { schema: SCHEMA, packs: packs.to_vec() };
    toml::to_string(&record).map_err(|error| error.to_string())
}
