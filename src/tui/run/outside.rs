//! What the loop does outside of model and store: bell, clipboard, editor, the send command.

use std::io;
use std::process::Command;

use crate::app::msg::{EditTarget, Failure, Msg};
use crate::domain::command::TurnRef;
use crate::domain::untrusted::outgoing;
use crate::os::clipboard::{self, Via};
use crate::os::{detect, editor};

use super::super::runtime::alert;
use super::super::runtime::foreground::in_foreground;
use super::super::runtime::plain::plain_screen;
use super::super::runtime::send::{self, SendEvent};
use super::super::worker::FromThread;
use super::Loop;

impl Loop {
    pub(super) fn notify(&self, text: &str) -> io::Result<()> {
        let settings = &self.settings.settings;
        let note = (settings.notify && !self.model.focused).then_some(text);
        alert::alert(settings.bell, note)
    }

    pub(super) fn copy(&mut self, text: &str, turn: Option<(String, TurnRef)>) -> io::Result<()> {
        let clean = outgoing(text);
        let copied = clipboard::copy(&clean.text, self.settings.settings.clipboard, &detect::process_env);
        let mut told = copied.message();
        if copied.how == Via::None {
            plain_screen(&mut self.screen, &mut self.events, &clean.text)?;
            told = "shown to be selected".into();
        }
        if clean.removed > 0 {
            told = format!("{told}; {} control characters were taken out", clean.removed);
        }
        if clean.hidden > 0 {
            told = format!("{told}; mind: {} hidden characters are in it", clean.hidden);
        }
        if let Some(warning) = copied.warning {
            told = format!("{told}; {warning}");
        }
        self.update(Msg::Copied(told, turn))
    }

    pub(super) fn edit(&mut self, target: EditTarget, text: &str) -> io::Result<()> {
        let command = editor::resolve(&self.settings.settings.editor, &detect::process_env);
        let run = |command: &mut Command| in_foreground(&mut self.screen, command);
        let result = match &target {
            EditTarget::File(path) => editor::edit_file(&command, path, run).map(|()| None),
            EditTarget::FormField(_) | EditTarget::DialogField(_) | EditTarget::Prompt(..) | EditTarget::Result(..) => {
                editor::edit(&command, text, ".md", run)
            }
        };
        let msg = match result {
            Ok(edited) => Msg::Edited(target, edited),
            Err(error) => {
                Msg::Failed(Failure { message: error.to_string(), hint: error.hint().into(), refused: false })
            }
        };
        self.update(msg)
    }

    pub(super) fn send(&mut self, prompt: &str) -> io::Result<()> {
        let sender = self.sender.clone();
        let settings = &self.settings.settings;
        // The command may type it into another terminal, where control characters would act.
        let clean = outgoing(prompt);
        if clean.removed > 0 {
            self.model.refuse(format!("{} control characters were left out of what is sent", clean.removed));
        }
        let started = send::start(&settings.send, clean.text, settings.send_output_limit, move |event| {
            sender.send(FromThread::Msg(Box::new(match event {
                SendEvent::Output(output) => Msg::SendOutput(output),
                SendEvent::Done { exit_code, output, dropped } => {
                    let note = if dropped == 0 {
                        String::new()
                    } else {
                        format!("(the first {dropped} bytes were dropped)\n")
                    };
                    Msg::SendDone(exit_code, format!("{note}{output}"))
                }
            })));
        });
        match started {
            Ok(handle) => {
                self.sending = Some(handle);
                Ok(())
            }
            Err(why) => {
                self.update(Msg::SendDone(Some(127), why.clone()))?;
                self.update(Msg::Failed(Failure { message: why, hint: String::new(), refused: false }))
            }
        }
    }
}
