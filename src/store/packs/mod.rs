//! Packs on disk: what is taken lies in `packs/<name>/<digest>/`, and `packs.toml` says which digest counts.
//!
//! Writing `packs.toml` is the one step that takes a version; whatever happens before or after it leaves
//! the old pack or the new one.

mod folder;
mod git;
mod pick;
mod record;

use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::id;
use crate::domain::nearest::near_or_all;
use crate::domain::pack::{Content, Kind, Pack, PackFile};
use crate::domain::strategy::MAX_BYTES;

use super::atomic::{self, How};
use super::error::show;
use super::files::{self, Links};
use super::lock::Lock;
use super::{ErrorCode, Store, StoreError};

/// Most characters of a digest that name a folder.
const SHORT: usize = 16;

impl Store {
    /// The packs, in the order they were added; a later one wins by id.
    ///
    /// # Errors
    /// [`ErrorCode::Corrupt`] or [`ErrorCode::Newer`] where `packs.toml` cannot be used.
    pub fn packs(&self) -> Result<Vec<Pack>, StoreError> {
        record::read(&self.dirs().pack_record())
    }

    /// The pack called `name`.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], and as [`Store::packs`].
    pub fn pack(&self, name: &str) -> Result<Pack, StoreError> {
        let packs = self.packs()?;
        let names: Vec<&str> = packs.iter().map(|pack| pack.name.as_str()).collect();
        if let Some(pack) = packs.iter().find(|pack| pack.name == name) {
            return Ok(pack.clone());
        }
        let hint = match names.as_slice() {
            [] => "there are none; `setlist pack add` takes one".to_owned(),
            _ => near_or_all(name, names),
        };
        let name = crate::domain::untrusted::shown(name);
        Err(StoreError::new(ErrorCode::NotFound, format!("there is no pack `{name}`"), hint))
    }

    /// Where the files of a pack lie.
    pub fn pack_folder(&self, pack: &Pack) -> PathBuf {
        self.dirs().packs().join(&pack.name).join(short(&pack.digest))
    }

    /// Reads what a pack's source holds now. Writes nothing that stays.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] where there is no such folder, [`ErrorCode::Io`] where git is missing
    /// or does not reach the repository, [`ErrorCode::Invalid`] where there are no strategies.
    pub fn fetch_pack(&self, kind: Kind, source: &str) -> Result<Content, StoreError> {
        let content = match kind {
            Kind::Folder => folder::read(Path::new(source))?,
            Kind::Git => git::read(source)?,
        };
        if content.files.is_empty() {
            let why: Vec<String> = content.left_out.iter().map(|(name, why)| format!("{name}: {why}")).collect();
            let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join("; ")) };
            let source = crate::domain::untrusted::shown(source);
            return Err(StoreError::new(
                ErrorCode::Invalid,
                format!("there are no strategy files in {source}{why}"),
                "a pack has *.toml files at its top or in a folder strategies",
            ));
        }
        Ok(content)
    }

    /// Whether a folder is a bare git repository, which is read by git.
    pub fn is_bare_repository(&self, path: &Path) -> bool {
        path.join("HEAD").is_file() && path.join("objects").is_dir() && path.join("refs").is_dir()
    }

    /// The files of a pack as they were taken; those that are gone or unreadable are left out.
    pub fn kept_pack(&self, pack: &Pack) -> Content {
        let content = folder::read(&self.pack_folder(pack)).unwrap_or_default();
        Content { revision: pack.revision.clone(), ..content }
    }

    /// Takes `content` as the pack: a new one, or in place of the version with the digest `before`.
    ///
    /// # Errors
    /// [`ErrorCode::Conflict`] where the pack is not as it was, [`ErrorCode::NotSaved`]; the pack is as
    /// it was then.
    pub fn take_pack(&self, pack: &Pack, content: &Content, before: Option<&str>) -> Result<(), StoreError> {
        let _lock = self.lock_packs()?;
        let mut packs = self.packs()?;
        let at = packs.iter().position(|other| other.name == pack.name);
        match (at.map(|at| packs[at].digest.as_str()), before) {
            (None, None) => {}
            (Some(now), Some(before)) if now == before => {}
            (Some(_), None) => {
                let hint =
                    format!("`setlist pack update {0}` takes its changes; --name adds this one beside it", pack.name);
                let message = format!("there is a pack `{}` already", pack.name);
                return Err(StoreError::new(ErrorCode::Conflict, message, hint));
            }
            (Some(_) | None, Some(_)) => {
                let message = format!("the pack `{}` was changed meanwhile", pack.name);
                return Err(StoreError::new(ErrorCode::Conflict, message, "look at it again"));
            }
        }
        let home = self.dirs().packs().join(&pack.name);
        own(&home)?;
        let folder = self.pack_folder(pack);
        if at.is_none_or(|at| packs[at].digest != pack.digest) {
            // What an earlier attempt left behind is in nobody's use.
            clear(&folder)?;
            for file in &content.files {
                self.write(&folder.join(&file.name), file.text.as_bytes(), How::DURABLE)?;
            }
            atomic::sync_dir(&home).map_err(|error| StoreError::not_saved(&home, &error))?;
        }
        match at {
            Some(at) => packs[at] = pack.clone(),
            None => packs.push(pack.clone()),
        }
        self.write_packs(&packs)?;
        sweep_pack(&home, Some(&folder));
        Ok(())
    }

    /// Moves a pack to the trash; where it lies now.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], [`ErrorCode::NotSaved`], [`ErrorCode::Io`] where a file of it cannot be
    /// read; the pack is as it was then.
    pub fn remove_pack(&self, name: &str) -> Result<PathBuf, StoreError> {
        let _lock = self.lock_packs()?;
        let pack = self.pack(name)?;
        let home = self.dirs().packs().join(&pack.name);
        own(&home)?;
        let trash = self.dirs().trash().join("packs");
        let place = |n: u32| trash.join(if n == 1 { pack.name.clone() } else { format!("{}~{n}", pack.name) });
        let free = (1..u32::MAX).map(place).find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| place(1));
        // The copy is safe before the original goes; the two may lie on two disks.
        for file in whole(&self.pack_folder(&pack))? {
            self.write(&free.join(&file.name), file.text.as_bytes(), How { replace: false, ..How::DURABLE })?;
        }
        let mut packs = self.packs()?;
        packs.retain(|other| other.name != name);
        self.write_packs(&packs)?;
        sweep_pack(&home, None);
        Ok(free)
    }

    fn lock_packs(&self) -> Result<Lock, StoreError> {
        Lock::take(&self.dirs().locks(), "packs").map_err(|error| match error.code {
            ErrorCode::Conflict => StoreError { message: "another setlist is changing the packs".into(), ..error },
            _ => error,
        })
    }

    fn write_packs(&self, packs: &[Pack]) -> Result<(), StoreError> {
        let path = self.dirs().pack_record();
        let text = record::text(packs).map_err(|message| StoreError::new(ErrorCode::NotSaved, message, ""))?;
        self.write(&path, text.as_bytes(), How::DURABLE)
    }
}

/// All strategy files in a pack's folder; none where it is gone. One that is left out would be lost with the folder.
fn whole(folder: &Path) -> Result<Vec<PackFile>, StoreError> {
    let content = match folder::read(folder) {
        Err(error) if error.code == ErrorCode::NotFound => return Ok(Vec::new()),
        read => read?,
    };
    match content.left_out.first() {
        None => Ok(content.files),
        Some((name, why)) => {
            let message = format!("{} cannot be kept in the trash: {why}", show(&folder.join(name)));
            Err(StoreError::new(ErrorCode::Io, message, "move it away, then try again"))
        }
    }
}

/// Removes the versions of a pack that do not count any more. What stays harms nothing.
fn sweep_pack(home: &Path, keep: Option<&Path>) {
    for entry in fs::read_dir(home).into_iter().flatten().flatten() {
        if keep != Some(entry.path().as_path())
            && let Err(error) = clear(&entry.path())
        {
            tracing::warn!(path = ?entry.path(), %error, "an old version of a pack stays");
        }
    }
    if keep.is_none()
        && let Err(error) = fs::remove_dir(home)
    {
        tracing::warn!(path = ?home, %error, "the folder of a removed pack stays");
    }
}

/// A digest of what a pack holds: names and texts, each with its length.
pub fn digest(files: &[PackFile]) -> String {
    let mut all = Vec::new();
    for part in files.iter().flat_map(|file| [&file.name, &file.text]) {
        all.extend((part.len() as u64).to_le_bytes());
        all.extend(part.as_bytes());
    }
    files::hash(&all)
}

fn short(digest: &str) -> &str {
    digest.get(..SHORT).unwrap_or(digest)
}

/// Refuses a link where a pack's folder should be: what is written there would land elsewhere.
fn own(home: &Path) -> Result<(), StoreError> {
    if home.symlink_metadata().is_ok_and(|meta| !meta.is_dir()) {
        let message = format!("{} is not a folder of ours", show(home));
        return Err(StoreError::new(ErrorCode::Conflict, message, "move it away, then try again").at(home));
    }
    Ok(())
}

/// Removes a folder with what is in it, or a file or link; fine where there is none.
fn clear(path: &Path) -> Result<(), StoreError> {
    let gone = match path.symlink_metadata() {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(_) => return Ok(()),
    };
    gone.map_err(|error| StoreError::not_saved(path, &error))
}

/// Reads one file of a folder that is taken for a pack.
fn text(path: &Path) -> Result<String, &'static str> {
    files::read_text(path, MAX_BYTES, Links::Refused).map_err(|error| match error.code {
        ErrorCode::Corrupt => "it is no text in UTF-8",
        _ => "it cannot be read",
    })
}

/// Whether `name` may be a pack's.
fn is_name(name: &str) -> bool {
    id::is_valid(name)
}
