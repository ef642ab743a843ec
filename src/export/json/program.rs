//! The program itself in JSON: settings, checks, files it wrote, the history of a plan, the status line.

use std::path::Path;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::domain::settings::{Clipboard, Glyphs, Settings, Theme};

use super::Document;
use super::plans::written;

/// Where a file is, or was written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PathDocument {
    /// The file.
    path: String,
}

impl Document for PathDocument {
    const SCHEMA: &'static str = "setlist.path/1";
}

/// Where a file is.
pub fn path(path: &Path) -> PathDocument {
    PathDocument { path: written(path) }
}

/// The settings as they hold now. What `config.toml` leaves out has its default.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SettingsDocument {
    /// The settings by the names that they have in the file: all, or the one that was asked for.
    #[schemars(with = "Shown")]
    pub settings: Map<String, Value>,
}

impl Document for SettingsDocument {
    const SCHEMA: &'static str = "setlist.settings/1";
}

/// The settings that are shown; where one was asked for, it alone.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(extend("required" = []))]
struct Shown {
    /// Whether `setlist` asks line by line instead of drawing a screen.
    accessible: bool,
    /// Colours.
    theme: Theme,
    /// Which glyphs to draw with.
    glyphs: Glyphs,
    /// Whether the mouse is captured.
    mouse: bool,
    /// Whether to ring the bell when a budget is used up.
    bell: bool,
    /// Whether to send a desktop notification then.
    notify: bool,
    /// How text is copied.
    clipboard: Clipboard,
    /// The send command: program and arguments; empty for none.
    send: Vec<String>,
    /// Most bytes of a send command's output that are kept.
    send_output_limit: u64,
    /// The editor command; empty for `$VISUAL`, then `$EDITOR`, then `vi`.
    editor: Vec<String>,
}

/// The settings by the names that they have in the file.
pub fn settings(settings: &Settings) -> Result<Map<String, Value>, serde_json::Error> {
    let shown = Shown {
        accessible: settings.accessible,
        theme: settings.theme,
        glyphs: settings.glyphs,
        mouse: settings.mouse,
        bell: settings.bell,
        notify: settings.notify,
        clipboard: settings.clipboard,
        send: settings.send.clone(),
        send_output_limit: settings.send_output_limit,
        editor: settings.editor.clone(),
    };
    serde_json::from_value(serde_json::to_value(shown)?)
}

/// Whether directories, files and settings are in order.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Checks {
    /// What was looked at.
    pub items: Vec<Check>,
}

impl Document for Checks {
    const SCHEMA: &'static str = "setlist.checks/1";
}

/// One thing that was looked at.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Check {
    /// What it is, in a few words.
    pub name: String,
    /// Whether it is as it should be.
    pub ok: bool,
    /// What was found.
    pub detail: String,
    /// What to do; null where all is well.
    pub hint: Option<String>,
}

/// The changes of a plan, newest first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Revisions {
    /// The changes.
    pub items: Vec<Revision>,
}

impl Document for Revisions {
    const SCHEMA: &'static str = "setlist.revisions/1";
}

/// One change of a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Revision {
    /// The plan's revision.
    pub revision: u64,
    /// When it was written.
    pub at: Timestamp,
    /// What was done.
    pub summary: String,
    /// Whether the plan now is as it was then: the place that undo and redo move.
    pub current: bool,
}

/// The open plan in one line, for tmux or a shell prompt.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StatusDocument {
    /// What is known of the open plan; null where none is open.
    pub status: Option<Status>,
}

impl Document for StatusDocument {
    const SCHEMA: &'static str = "setlist.status/1";
}

/// The fields that a template of `setlist status --format` may use. All are texts; what there is nothing to say
/// of is empty.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Status {
    /// The plan's name.
    pub plan: String,
    /// Its id.
    pub id: String,
    /// The title of the session to go on with.
    pub session: String,
    /// The number of the turn to go on with.
    pub number: String,
    /// Its title.
    pub turn: String,
    /// What it counts as, or that its gate is open; in wrap-up how many items are open.
    pub state: String,
    /// Time worked on it, such as `12m`.
    pub worked: String,
    /// The upper end of its budget, such as `15m`.
    pub budget: String,
    /// Time worked in per cent of that.
    pub percent: String,
    /// The whole line.
    pub line: String,
}
