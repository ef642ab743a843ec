//! Where things lie: data, config, state and the current project's own directory.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::error::{ErrorCode, StoreError};

/// The directories of one run of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dirs {
    /// Plans, drafts and the person's own strategies.
    pub data: PathBuf,
    /// `config.toml` and strategies kept with the configuration.
    pub config: PathBuf,
    /// History, locks, trash, memory: what can be lost without losing a plan.
    pub state: PathBuf,
    /// The nearest parent's `.setlist`, where there is one.
    pub project: Option<PathBuf>,
}

/// What the command line says about directories.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `--data-dir`.
    pub data_dir: Option<PathBuf>,
    /// The home directory of the account, where `HOME` does not say it.
    pub home: Option<PathBuf>,
}

impl Overrides {
    /// What the command line says, with the account's own home directory as the last resort.
    pub fn new(data_dir: Option<PathBuf>) -> Self {
        Self { data_dir, home: directories::BaseDirs::new().map(|base| base.home_dir().into()) }
    }
}

/// Name of the program's folder in each base directory.
const FOLDER: &str = "setlist";

impl Dirs {
    /// Finds the directories: command line, then the program's variables, then XDG, which holds on
    /// macOS too. Reads nothing but whether a `.setlist` stands above `cwd`.
    ///
    /// # Errors
    /// Where neither a variable nor a home directory says where to put something.
    pub fn resolve(
        overrides: &Overrides,
        env: impl Fn(&str) -> Option<OsString>,
        cwd: &Path,
    ) -> Result<Self, StoreError> {
        let set = |name: &str| env(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let home = set("HOME").or_else(|| overrides.home.clone()).filter(|home| home.is_absolute());
        let base = |own: &str, xdg: &str, below_home: &str| {
            if let Some(own) = set(own) {
                return Ok(cwd.join(own));
            }
            // The XDG specification tells programs to ignore a relative path.
            if let Some(base) = set(xdg).filter(|path| path.is_absolute()) {
                return Ok(base.join(FOLDER));
            }
            match &home {
                Some(home) => Ok(home.join(below_home).join(FOLDER)),
                None => Err(homeless(own)),
            }
        };
        let data = match &overrides.data_dir {
            Some(data) => cwd.join(data),
            None => base("SETLIST_DATA_DIR", "XDG_DATA_HOME", ".local/share")?,
        };
        Ok(Self {
            data,
            config: base("SETLIST_CONFIG_DIR", "XDG_CONFIG_HOME", ".config")?,
            state: base("SETLIST_STATE_DIR", "XDG_STATE_HOME", ".local/state")?,
            project: cwd.ancestors().map(|dir| dir.join(".setlist")).find(|dir| dir.is_dir()),
        })
    }

    pub(super) fn plans(&self) -> PathBuf {
        self.data.join("plans")
    }

    pub(super) fn drafts(&self) -> PathBuf {
        self.data.join("drafts")
    }

    pub(super) fn packs(&self) -> PathBuf {
        self.data.join("packs")
    }

    /// The file that says which packs there are.
    pub(super) fn pack_record(&self) -> PathBuf {
        self.packs().join("packs.toml")
    }

    pub(super) fn trash(&self) -> PathBuf {
        self.state.join("trash")
    }

    /// Where copies that sync tools left go once they are not needed any more.
    pub(super) fn copies(&self) -> PathBuf {
        self.state.join("copies")
    }

    pub(super) fn locks(&self) -> PathBuf {
        self.state.join("locks")
    }

    pub(super) fn history(&self, id: &str) -> PathBuf {
        self.state.join("history").join(id)
    }

    pub(super) fn settings(&self) -> PathBuf {
        self.config.join("config.toml")
    }
}

fn homeless(variable: &str) -> StoreError {
    StoreError::new(
        ErrorCode::Io,
        "there is no home directory to keep files in: HOME is not set",
        format!("set HOME, or {variable} (and with it SETLIST_DATA_DIR, SETLIST_CONFIG_DIR and SETLIST_STATE_DIR)"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(vars: &[(&str, &str)], data_dir: Option<&str>) -> Result<Dirs, StoreError> {
        let env = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value));
        let overrides = Overrides { data_dir: data_dir.map(PathBuf::from), home: None };
        Dirs::resolve(&overrides, env, Path::new("/nowhere/work"))
    }

    #[test]
    fn the_nearer_word_wins() {
        let home = ("HOME", "/home/ada");
        let dirs = resolve(&[home], None).unwrap();
        assert_eq!(dirs.data, Path::new("/home/ada/.local/share/setlist"));
        assert_eq!(dirs.config, Path::new("/home/ada/.config/setlist"));
        assert_eq!(dirs.state, Path::new("/home/ada/.local/state/setlist"));
        let dirs = resolve(&[home, ("XDG_DATA_HOME", "/xdg"), ("XDG_STATE_HOME", "relative")], None).unwrap();
        assert_eq!(dirs.data, Path::new("/xdg/setlist"));
        assert_eq!(dirs.state, Path::new("/home/ada/.local/state/setlist"));
        let own = [home, ("XDG_DATA_HOME", "/xdg"), ("SETLIST_DATA_DIR", "mine")];
        assert_eq!(resolve(&own, None).unwrap().data, Path::new("/nowhere/work/mine"));
        let dirs = resolve(&own, Some("/other")).unwrap();
        assert_eq!(
            (dirs.data.as_path(), dirs.config.as_path()),
            (Path::new("/other"), Path::new("/home/ada/.config/setlist"))
        );
    }

    #[test]
    fn without_a_home_the_variables_are_named() {
        let error = resolve(&[("SETLIST_DATA_DIR", "/d")], None).unwrap_err();
        assert!(error.hint.contains("SETLIST_CONFIG_DIR"), "{error:?}");
        let all = [("SETLIST_CONFIG_DIR", "/c"), ("SETLIST_STATE_DIR", "/s")];
        assert_eq!(resolve(&all, Some("/d")).unwrap().state, Path::new("/s"));
    }
}
