//! The prompt of a turn: heard, copied, written to a file, sent.

use std::path::PathBuf;

use crate::domain::command::Command;
use crate::domain::follow_up::follow_up;
use crate::domain::settings::Clipboard;
use crate::domain::untrusted::outgoing;
use crate::os::clipboard::{self, Via};
use crate::os::detect;

use super::super::dialogue::{Answer, Dialogue, Menu, Question, sentence};
use super::super::error::{CliError, ErrorCode};
use super::super::output::one_line;
use super::super::send;
use super::words;
use super::workspace::Workspace;

/// The prompt of the turn that is looked at.
fn prompt(workspace: &Workspace) -> Answer<String> {
    let none = || CliError::not_found("the plan has no turns", "");
    let (session, turn) = workspace.at().ok_or_else(none)?;
    Ok(workspace.plan.prompt(session, turn)?)
}

/// Says the prompt, between two lines that say where it begins and ends.
pub fn read(dialogue: &mut Dialogue<'_>, workspace: &Workspace) -> Answer<()> {
    let text = prompt(workspace)?;
    say_text(dialogue, "prompt", &text)
}

/// Says a text, between two lines that say where it begins and ends.
pub fn say_text(dialogue: &mut Dialogue<'_>, what: &str, text: &str) -> Answer<()> {
    dialogue.say(&format!("The {what}, {}:", words::count(text.trim_end().lines().count(), "line")))?;
    dialogue.say(text.trim_end())?;
    dialogue.say(&format!("End of the {what}."))
}

/// Copies the prompt and notes that it was sent.
pub fn copy(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let text = prompt(workspace)?;
    if let Some(via) = hand_out(dialogue, "prompt", &text)? {
        let turn = workspace.turn_ref();
        workspace.apply(dialogue, &Command::MarkSent { turn, via: via.into() })?;
    }
    Ok(())
}

/// Copies the message for a turn that was sent back.
pub fn copy_message(dialogue: &mut Dialogue<'_>, workspace: &Workspace) -> Answer<()> {
    match workspace.at().and_then(|(_, turn)| follow_up(turn)) {
        Some(text) => hand_out(dialogue, "message", &text).map(|_| ()),
        None => dialogue.say("This turn was not sent back with a reason."),
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
fn hand_out(dialogue: &mut Dialogue<'_>, what: &str, text: &str) -> Answer<Option<&'static str>> {
    let clean = outgoing(text);
    if clean.removed + clean.hidden > 0 {
        let (removed, hidden) = (clean.removed, clean.hidden);
        dialogue
            .say(&format!("The {what} had {removed} control characters, left out, and has {hidden} hidden ones."))?;
    }
    let mode = match dialogue.ctx.store()?.settings().settings.clipboard {
        // Nothing is written to the terminal that is not said.
        Clipboard::Auto | Clipboard::System => Clipboard::System,
        Clipboard::Osc52 => Clipboard::Osc52,
        Clipboard::Screen => Clipboard::Screen,
    };
    let copied = clipboard::copy(&clean.text, mode, &detect::process_env);
    if copied.how != Via::None {
        dialogue.say(&sentence(&format!("the {what} is {}", copied.message())))?;
        return Ok(Some("copied"));
    }
    if let Some(warning) = &copied.warning {
        dialogue.say(&sentence(&one_line(warning)))?;
    }
    dialogue.say("No clipboard was found.")?;
    let menu = Menu::of([
        (format!("Say the {what} here, to be selected"), Way::Here),
        (format!("Write the {what} to a file"), Way::File),
    ]);
    match dialogue.choose(&Question::new(format!("What to do with the {what}: ")), &menu)? {
        Way::Here => say_text(dialogue, what, &clean.text)?,
        Way::File => write(dialogue, &format!("{what}.md"), &clean.text)?,
    }
    Ok(Some("shown"))
}

/// Asks for a file and writes a text to it; one that is there is replaced only where the person says so.
pub fn write(dialogue: &mut Dialogue<'_>, default: &str, text: &str) -> Answer<()> {
    let question = Question::new(format!("File to write, Enter for {default}: "));
    loop {
        let typed = dialogue.line(&question)?;
        let name = if typed.trim().is_empty() { default } else { typed.trim() };
        let path = PathBuf::from(name);
        let store = dialogue.ctx.store()?;
        let written = match store.export_to(&path, text.as_bytes()).map_err(CliError::from) {
            Err(error) if error.code == ErrorCode::Conflict => {
                if !dialogue.agrees(&format!("{} Replace it?", sentence(&one_line(&error.message))))? {
                    continue;
                }
                store.export_over(&path, text.as_bytes()).map_err(CliError::from)
            }
            written => written,
        };
        match written {
            Ok(()) => {
                return dialogue.say(&format!("Written to {}.", one_line(name)));
            }
            Err(error) => dialogue.report(&error)?,
        }
    }
}

/// Hands the prompt to the send command, as `setlist send` does.
pub fn send(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let result = dialogue.agrees("Keep what comes back as the turn's result?")?;
    dialogue.say("Sending. What the command says follows; Ctrl-C ends it.")?;
    let args = send::Args::of(workspace.target(), result);
    let sent = send::run(dialogue.ctx, &args);
    dialogue.ctx.forget();
    workspace.reload(dialogue)?;
    match sent {
        // The command was interrupted, not the conversation.
        Err(error) if error.code == ErrorCode::Interrupted => dialogue.say("\nInterrupted; the prompt counts as sent."),
        Err(error) => dialogue.report(&error),
        Ok(_) => dialogue.say("The command has ended."),
    }
}
