//! `setlist config` and `setlist doctor`: settings, read and changed, and whether everything is in order.

use clap::Subcommand;
use serde_json::{Value, json};

use crate::domain::nearest::did_you_mean;
use crate::domain::settings::Settings;
use crate::export::json::list;
use crate::tui::runtime::{detect, editor};

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
        key: Option<String>,
    },
    /// Change one setting; comments and the rest of the file stay
    Set {
        /// The setting, such as `theme`, `send` or `keys.workspace.done`
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
        ctx.out.note(&draw(&examined, problem, false, ctx.globals.ascii));
    }
    let all = pairs(&file.settings);
    let chosen: Vec<&(&str, Value)> = match key {
        None => all.iter().collect(),
        Some(key) => {
            let unknown = || {
                let hint = match did_you_mean(key, all.iter().map(|(name, _)| *name)) {
                    near if near.is_empty() => {
                        format!("there are: {}", all.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "))
                    }
                    near => near,
                };
                CliError::not_found(format!("there is no setting `{key}`"), hint)
            };
            vec![all.iter().find(|(name, _)| *name == key).ok_or_else(unknown)?]
        }
    };
    if ctx.out.is_json() {
        let settings: serde_json::Map<String, Value> =
            chosen.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        ctx.out.json(&json!({ "schema": "setlist.settings/1", "settings": settings }))?;
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
        CliError::new(super::error::Kind::Failure, message, "set $VISUAL or $EDITOR, or `editor` in config.toml")
    })?;
    let after = store.settings();
    let examined = Examined { name: after.path.display().to_string(), text: after.text, problems: after.problems };
    for problem in &examined.problems {
        ctx.out.note(&draw(&examined, problem, false, ctx.globals.ascii));
    }
    Ok(if status.success() && examined.problems.is_empty() { Status::Success } else { Status::Problems })
}

/// The settings by the names they have in the file.
fn pairs(settings: &Settings) -> Vec<(&'static str, Value)> {
    vec![
        ("theme", json!(settings.theme)),
        ("glyphs", json!(settings.glyphs)),
        ("mouse", json!(settings.mouse)),
        ("bell", json!(settings.bell)),
        ("notify", json!(settings.notify)),
        ("clipboard", json!(settings.clipboard)),
        ("send", json!(settings.send)),
        ("send_output_limit", json!(settings.send_output_limit)),
        ("editor", json!(settings.editor)),
    ]
}

pub(super) fn doctor(ctx: &mut Context, _: &DoctorArgs) -> Result {
    let checks = ctx.store()?.doctor();
    let healthy = checks.iter().all(|check| check.ok);
    let ended = if healthy { Status::Success } else { Status::Problems };
    if ctx.out.is_json() {
        let item = |check: &crate::store::Check| {
            let hint = Some(&check.hint).filter(|hint| !hint.is_empty());
            json!({ "name": check.name, "ok": check.ok, "detail": check.detail, "hint": hint })
        };
        ctx.out.json(&list("checks", checks.iter().map(item)))?;
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
