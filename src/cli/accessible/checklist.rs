//! The checklist: each item is ticked, or its tick taken back, by its number.

use crate::domain::checklist::ChecklistItem;
use crate::domain::command::Command;

use super::super::context::user;
use super::super::dialogue::{Answer, Dialogue, Menu, Question};
use super::super::output::one_line;
use super::workspace::Workspace;

/// What may be done with the checklist.
#[derive(Debug, Clone)]
enum Tick {
    Item(Box<ChecklistItem>),
    Add,
}

/// Goes through the checklist of a session until the person goes back.
pub fn go_through(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, session: &str) -> Answer<()> {
    loop {
        let items = workspace.plan.session(session).map(|session| session.checklist.clone()).unwrap_or_default();
        let label = |item: &ChecklistItem| {
            let state = match &item.ticked {
                Some(tick) if tick.note.is_empty() => "ticked".to_owned(),
                Some(tick) => format!("ticked: {}", one_line(&tick.note)),
                None => "open".to_owned(),
            };
            format!("{}, {state}", one_line(&item.text))
        };
        let mut menu = Menu::of(items.into_iter().map(|item| (label(&item), Tick::Item(Box::new(item)))));
        menu.offer("Add an item", Tick::Add);
        let question = Question::new("Item to tick or to open again, b when done: ");
        match dialogue.choose(&question, &menu)? {
            Tick::Item(item) if item.ticked.is_some() => {
                workspace.apply(dialogue, &Command::Untick { session: session.into(), item: item.id })?;
            }
            Tick::Item(item) => {
                let note = dialogue.line(&Question::new("What the tick rests on, Enter for nothing: "))?;
                workspace
                    .apply(dialogue, &Command::Tick { session: session.into(), item: item.id, note, by: user() })?;
            }
            Tick::Add => {
                let text = dialogue.line(&Question::new("What is to be true: "))?;
                workspace.apply(dialogue, &Command::AddItem { session: session.into(), text })?;
            }
        }
    }
}
