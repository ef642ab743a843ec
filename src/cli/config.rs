//! `setlist config` and `setlist doctor`: settings, read and changed, and whether everything is in order.

use clap::Subcommand;
use serde_json::Value;

use crate::domain::nearest::near_or_all;
use crate::export::json::{self, Check, Checks, SettingsDocument};
use crate::keys::Keymap;
use crate::os::{detect, editor};

use super::complete;
use super::context::Context;
use super::error::{CliError, Result, Status};
use super::output::{Tone, one_line};
use super::report::{Examined, draw};

/// Look at the settings and change them.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print where the settings file is, whether it exists or not
    Path,
    /// Print one setting, or all of them, as they hold now
    Get {
        /// The setting
        #[arg(add = complete::settings())]
        key: Option<String>,
    },
    /// Change one setting; comments and the rest of the file stay
    Set {
        /// The setting, such as `theme`, `send` or `keys.workspace.done`
        #[arg(add = complete::settings())]
        key: String,
        /// Its value: a word, or TOML such as true, 1000 or a list of texts
        value: String,
    },
    /// Open the settings file in your editor
    Edit,
}

/// Check directories, files and settings
#[derive(Debug, clap::Args)]
pub struct DoctorArgs {}

pub(super) fn run(ctx: &mut Context, command: &ConfigCommand) -> Result {
    match command {
        ConfigCommand::Path => path(ctx),
        ConfigCommand::Get { key } => get(ctx, key.as_deref()),
        ConfigCommand::Set { key, value } => set(ctx, key, value),
        ConfigCommand::Edit => edit(ctx),
    }
}

fn path(ctx: &mut Context) -> Result {
    let path = ctx.store()?.dirs().config.join("config.toml");
    ctx.out.path(&path)?;
    Ok(Status::Success)
}

fn get(ctx: &mut Context, key: Option<&str>) -> Result {
    let file = ctx.store()?.settings();
    let name = file.path.display().to_string();
    let examined = Examined { name, text: file.text, problems: file.problems };
    for problem in &examined.problems {
        // Settings that cannot be read have their defaults; which ones is said beside the data.
        ctx.out.note(&draw(&examined, problem, false, ctx.is_ascii()));
    }
    let all = json::settings(&file.settings)?;
    let chosen: Vec<(&String, &Value)> = match key {
        None => all.iter().collect(),
        Some(key) => {
            let unknown = || {
                let hint = near_or_all(key, all.keys().map(String::as_str));
                CliError::not_found(format!("there is no setting `{key}`"), hint)
            };
            vec![all.iter().find(|(name, _)| *name == key).ok_or_else(unknown)?]
        }
    };
    if ctx.out.is_json() {
        let settings = chosen.into_iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        ctx.out.json(&SettingsDocument { settings })?;
        return Ok(Status::Success);
    }
    for (name, value) in chosen {
        // A JSON text, number, flag or list of texts is written the same in TOML.
        let line = match (key, value) {
            (Some(_), Value::String(text)) => one_line(text),
            (Some(_), value) => value.to_string(),
            (None, value) => format!("{name} = {value}"),
        };
        ctx.out.line(&line)?;
    }
    Ok(Status::Success)
}

fn set(ctx: &mut Context, key: &str, value: &str) -> Result {
    let path = ctx.store()?.set_setting(key, value)?;
    ctx.out.note(&format!("{key} is set in {}", path.display()));
    print_all(ctx)?;
    Ok(Status::Success)
}

fn edit(ctx: &mut Context) -> Result {
    if !ctx.may_ask() {
        let hint = "`setlist config path` says where the file is, `setlist config set` changes it";
        return Err(CliError::refused("an editor needs a terminal", hint));
    }
    let store = ctx.store()?;
    let file = store.settings();
    store.begin_settings()?;
    let words = editor::resolve(&file.settings.editor, &detect::process_env);
    let (program, arguments) =
        words.split_first().ok_or_else(|| CliError::usage("there is no editor", "set $EDITOR"))?;
    let status = std::process::Command::new(program).args(arguments).arg(&file.path).status().map_err(|error| {
        let message = format!("the editor `{}` did not start: {error}", one_line(program));
        CliError::new(super::error::ErrorCode::Failure, message, "set $VISUAL or $EDITOR, or `editor` in config.toml")
    })?;
    let after = store.settings();
    let examined = Examined { name: after.path.display().to_string(), text: after.text, problems: after.problems };
    for problem in &examined.problems {
        ctx.out.note(&draw(&examined, problem, false, ctx.is_ascii()));
    }
    print_all(ctx)?;
    Ok(if status.success() && examined.problems.is_empty() { Status::Success } else { Status::Problems })
}

/// Under `--json`, the settings as they are after a change.
fn print_all(ctx: &mut Context) -> Result<()> {
    if !ctx.out.is_json() {
        return Ok(());
    }
    let settings = json::settings(&ctx.store()?.settings().settings)?;
    ctx.out.json(&SettingsDocument { settings })
}

pub(super) fn doctor(ctx: &mut Context, _: &DoctorArgs) -> Result {
    let store = ctx.store()?;
    let (_, keys) = Keymap::with(&store.settings().settings.keys);
    let checks = store.doctor(&keys);
    let healthy = checks.iter().all(|check| check.ok);
    let ended = if healthy { Status::Success } else { Status::Problems };
    if ctx.out.is_json() {
        let item = |check: crate::store::Check| Check {
            name: check.name,
            ok: check.ok,
            detail: check.detail,
            hint: Some(check.hint).filter(|hint| !hint.is_empty()),
        };
        ctx.out.json(&Checks { items: checks.into_iter().map(item).collect() })?;
        return Ok(ended);
    }
    for check in &checks {
        let word = if check.ok { ctx.out.paint(Tone::Good, "ok      ") } else { ctx.out.paint(Tone::Bad, "problem ") };
        ctx.out.line(&format!("{word}{}: {}", one_line(&check.name), one_line(&check.detail)))?;
        if !check.ok && !check.hint.is_empty() {
            ctx.out.line(&format!("        {}", one_line(&check.hint)))?;
        }
    }
    Ok(ended)
}
