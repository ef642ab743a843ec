//! Which files of a pack's source are taken: plain files with plain names, few and small enough.

use crate::domain::id;
use crate::domain::pack::{Content, MAX_FILES, MAX_TOTAL, PackFile};
use crate::domain::strategy::MAX_BYTES;

/// What a source has under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) name: String,
    pub(super) what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A plain file with its size in bytes.
    File(u64),
    Link,
    Other,
}

/// Whether a name is that of a strategy file. Hidden files are not.
pub(super) fn is_strategy(name: &str) -> bool {
    name.strip_suffix(".toml").is_some() && !name.starts_with(['.', '#'])
}

/// Reads what may be taken of `candidates`; the rest is left out, with the reason.
pub(super) fn pick(
    mut candidates: Vec<Candidate>,
    mut read: impl FnMut(&str) -> Result<String, &'static str>,
) -> Content {
    candidates.retain(|candidate| is_strategy(&candidate.name));
    candidates.sort_by(|a, b| a.name.cmp(&b.name));
    let mut content = Content::default();
    let mut total = 0;
    for Candidate { name, what } in candidates {
        let taken = match what {
            What::Link => Err("a symbolic link is not followed"),
            What::Other => Err("it is not a file"),
            What::File(size) if size > MAX_BYTES => Err("it is larger than 1 MiB"),
            What::File(_) if !id::is_valid(name.trim_end_matches(".toml")) => {
                Err("its name is no id: small letters, digits and hyphens")
            }
            What::File(_) if content.files.len() >= MAX_FILES => Err("a pack has at most 200 strategies"),
            What::File(size) if total + size > MAX_TOTAL => Err("a pack has at most 16 MiB"),
            What::File(_) => read(&name),
        };
        match taken {
            Ok(text) => {
                total += text.len() as u64;
                content.files.push(PackFile { name, text });
            }
            Err(why) => content.left_out.push((name, why)),
        }
    }
    content
}
