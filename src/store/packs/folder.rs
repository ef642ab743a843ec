//! A pack that is a folder: the strategy files in its `strategies`, else at its top.

use std::fs;
use std::path::Path;

use crate::domain::pack::Content;
use crate::store::StoreError;

use super::pick::{Candidate, What, is_strategy, pick};
use super::text;

/// Reads the strategy files of the folder at `path`. No link below it is followed.
pub(super) fn read(path: &Path) -> Result<Content, StoreError> {
    let below = path.join("strategies");
    let is_link = below.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
    let is_folder = below.symlink_metadata().is_ok_and(|meta| meta.is_dir());
    let inner = if is_folder { candidates(&below)? } else { Vec::new() };
    let (folder, candidates) = match inner.iter().any(|candidate| is_strategy(&candidate.name)) {
        true => (below.as_path(), inner),
        false => (path, candidates(path)?),
    };
    let mut content = pick(candidates, |name| text(&folder.join(name)));
    if is_link {
        content.left_out.push(("strategies".into(), "a symbolic link is not followed"));
    }
    Ok(content)
}

fn candidates(folder: &Path) -> Result<Vec<Candidate>, StoreError> {
    let entries = fs::read_dir(folder).map_err(|error| StoreError::reading(folder, &error))?;
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| StoreError::reading(folder, &error))?;
        let what = match entry.path().symlink_metadata() {
            Ok(meta) if meta.is_file() => What::File(meta.len()),
            Ok(meta) if meta.is_symlink() => What::Link,
            Ok(_) | Err(_) => What::Other,
        };
        all.push(Candidate { name: entry.file_name().to_string_lossy().into_owned(), what });
    }
    Ok(all)
}
