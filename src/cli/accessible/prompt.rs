//! The prompt of a turn: heard, copied, written to a file, sent.

use std::path::PathBuf;

use crate::domain::command::Command;
use crate::domain::follow_up::follow_up;
use crate::domain::settings::Clipboard;
use crate::domain::untrusted::outgoing;
use crate::os::clipboard::{self, Via};
use crate::os::detect;

use super::super::error::{CliError, Kind};
use super::super::output::one_line;
use super::super::send;
use super::super::talk::{Menu, Question, Said, Talk, sentence};
use super::words;
use super::workspace::Workspace;

/// The prompt of the turn that is looked at.
fn prompt(workspace: &Workspace) -> Said<String> {
    let none = || CliError::not_found("the plan has no turns", "");
    let (session, turn) = workspace.at().ok_or_else(none)?;
    Ok(workspace.plan.prompt(session, turn)?)
}

/// Says the prompt, between two lines that say where it begins and ends.
pub fn read(talk: &mut Talk<'_>, workspace: &Workspace) -> Said<()> {
    let text = prompt(workspace)?;
    say_text(talk, "prompt", &text)
}

/// Says a text, between two lines that say where it begins and ends.
pub fn say_text(talk: &mut Talk<'_>, what: &str, text: &str) -> Said<()> {
    talk.say(&format!("The {what}, {}:", words::count(text.trim_end().lines().count(), "line")))?;
    talk.say(text.trim_end())?;
    talk.say(&format!("End of the {what}."))
}

/// Copies the prompt and notes that it was sent.
pub fn copy(talk: &mut Talk<'_>, workspace: &mut Workspace) -> Said<()> {
    let text = prompt(workspace)?;
    if let Some(via) = hand_out(talk, "prompt", &text)? {
        let turn = workspace.turn_ref();
        workspace.apply(talk, &Command::MarkSent { turn, via: via.into() })?;
    }
    Ok(())
}

/// Copies the message for a turn that was sent back.
pub fn copy_message(talk: &mut Talk<'_>, workspace: &Workspace) -> Said<()> {
    match workspace.at().and_then(|(_, turn)| follow_up(turn)) {
        Some(text) => hand_out(talk, "message", &text).map(|_| ()),
        None => talk.say("This turn was not sent back with a reason."),
    }
}

/// Where a text goes that no clipboard takes.
#[derive(Debug, Clone, Copy)]
enum Way {
    Here,
    File,
}

/// Copies a text; where there is no clipboard, says it or writes it to a file. How it went,
/// if it went anywhere.
fn hand_out(talk: &mut Talk<'_>, what: &str, text: &str) -> Said<Option<&'static str>> {
    let clean = outgoing(text);
    if clean.removed + clean.hidden > 0 {
        let (removed, hidden) = (clean.removed, clean.hidden);
        talk.say(&format!("The {what} had {removed} control characters, left out, and has {hidden} hidden ones."))?;
    }
    let mode = match talk.ctx.store()?.settings().settings.clipboard {
        // Nothing is written to the terminal that is not said.
        Clipboard::Auto | Clipboard::System => Clipboard::System,
        Clipboard::Osc52 => Clipboard::Osc52,
        Clipboard::Screen => Clipboard::Screen,
    };
    let copied = clipboard::copy(&clean.text, mode, &detect::process_env);
    if copied.how != Via::None {
        talk.say(&sentence(&format!("the {what} is {}", copied.message())))?;
        return Ok(Some("copied"));
    }
    if let Some(warning) = &copied.warning {
        talk.say(&sentence(&one_line(warning)))?;
    }
    talk.say("No clipboard was found.")?;
    let menu = Menu::of([
        (format!("Say the {what} here, to be selected"), Way::Here),
        (format!("Write the {what} to a file"), Way::File),
    ]);
    match talk.choose(&Question::new(format!("What to do with the {what}: ")), &menu)? {
        Way::Here => say_text(talk, what, &clean.text)?,
        Way::File => write(talk, &format!("{what}.md"), &clean.text)?,
    }
    Ok(Some("shown"))
}

/// Asks for a file and writes a text to it; one that is there is replaced only where the person says so.
pub fn write(talk: &mut Talk<'_>, default: &str, text: &str) -> Said<()> {
    let question = Question::new(format!("File to write, Enter for {default}: "));
    loop {
        let typed = talk.line(&question)?;
        let name = if typed.trim().is_empty() { default } else { typed.trim() };
        let path = PathBuf::from(name);
        let store = talk.ctx.store()?;
        let written = match store.export_to(&path, text.as_bytes()).map_err(CliError::from) {
            Err(error) if error.kind == Kind::Conflict => {
                if !talk.agrees(&format!("{} Replace it?", sentence(&one_line(&error.message))))? {
                    continue;
                }
                store.export_over(&path, text.as_bytes()).map_err(CliError::from)
            }
            written => written,
        };
        match written {
            Ok(()) => {
                return talk.say(&format!("Written to {}.", one_line(name)));
            }
            Err(error) => talk.sorry(&error)?,
        }
    }
}

/// Hands the prompt to the send command, as `setlist send` does.
pub fn send(talk: &mut Talk<'_>, workspace: &mut Workspace) -> Said<()> {
    let result = talk.agrees("Keep what comes back as the turn's result?")?;
    talk.say("Sending. What the command says follows; Ctrl-C ends it.")?;
    let args = send::Args::of(workspace.target(), result);
    let sent = send::run(talk.ctx, &args);
    talk.ctx.forget();
    workspace.reload(talk)?;
    match sent {
        // The command was interrupted, not the conversation.
        Err(error) if error.kind == Kind::Interrupted => talk.say("\nInterrupted; the prompt counts as sent."),
        Err(error) => talk.sorry(&error),
        Ok(_) => talk.say("The command has ended."),
    }
}
