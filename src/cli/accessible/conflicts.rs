//! Copies that sync tools left: compared with their plan item by item, each taken or left, the copy put away.

use std::path::Path;

use crate::domain::compare::{Changed, Comparison, Difference};

use super::super::clock;
use super::super::dialogue::{Answer, Dialogue, Interruption, Menu, Question, sentence};
use super::super::output::one_line;

/// What may be done with a copy.
#[derive(Debug, Clone)]
enum Do {
    Look(Box<Difference>),
    TakeChanged,
    PutAway,
}

/// Asks for a copy, where there are several, and brings it together with its plan.
pub fn compare(dialogue: &mut Dialogue<'_>) -> Answer<()> {
    let copies = dialogue.ctx.store()?.list().conflicts;
    let path = match copies.as_slice() {
        [(_, only)] => only.clone(),
        several => {
            let menu = Menu::of(several.iter().map(|(_, path)| (name(path), path.clone())));
            dialogue.choose(&Question::new("Which copy: "), &menu)?
        }
    };
    go_through(dialogue, &path)
}

fn name(path: &Path) -> String {
    one_line(&path.file_name().unwrap_or_default().to_string_lossy())
}

fn go_through(dialogue: &mut Dialogue<'_>, path: &Path) -> Answer<()> {
    dialogue.say(&format!("The copy is called {}.", name(path)))?;
    loop {
        let found = dialogue.ctx.store()?.compare(path);
        let Some(found) = dialogue.or_report(found.map_err(Interruption::from))? else {
            // What cannot be compared can still be put away.
            return put_away(dialogue, path);
        };
        dialogue.say(&summary(&found))?;
        let changed: Vec<Difference> =
            found.differences.iter().filter(|one| one.changed == Some(Changed::There)).cloned().collect();
        let label = |one: &Difference| format!("{}{}", one_line(&one.label), who(one));
        let items = found.differences.iter().map(|one| (label(one), Do::Look(Box::new(one.clone()))));
        let mut menu = Menu::of(items);
        if !changed.is_empty() {
            menu.offer(
                format!("Take all that was changed in the copy alone, {} of these", changed.len()),
                Do::TakeChanged,
            );
        }
        menu.offer("Put the copy away", Do::PutAway);
        match dialogue.choose(&Question::new("Which item, or what to do: "), &menu)? {
            Do::Look(one) => look(dialogue, path, *one)?,
            Do::TakeChanged => take(dialogue, path, &changed)?,
            Do::PutAway => return put_away(dialogue, path),
        }
    }
}

fn summary(found: &Comparison) -> String {
    let plan = one_line(&found.name);
    match (found.differences.len(), found.is_older) {
        (0, _) => format!("Nothing in it differs from the plan '{plan}'."),
        (1, false) => format!("One item differs from the plan '{plan}'."),
        (items, false) => format!("{items} items differ from the plan '{plan}'."),
        (_, true) => format!("It is an older state of the plan '{plan}': nothing in it is missing there."),
    }
}

fn who(one: &Difference) -> String {
    one.changed.map(|changed| format!(", {}", changed.words())).unwrap_or_default()
}

fn look(dialogue: &mut Dialogue<'_>, path: &Path, one: Difference) -> Answer<()> {
    for (whose, text) in [("The plan has", &one.here), ("The copy has", &one.there)] {
        match text.as_deref().filter(|text| !text.trim().is_empty()) {
            None => dialogue.say(&format!("{whose} nothing."))?,
            Some(text) => {
                let mut lines = text.lines();
                dialogue.say(&format!("{whose}: {}", one_line(lines.next().unwrap_or_default())))?;
                lines.try_for_each(|line| dialogue.say(&one_line(line)))?;
            }
        }
    }
    if dialogue.agrees("Take it from the copy?")? {
        take(dialogue, path, &[one])
    } else {
        dialogue.say("It stays as it is.")
    }
}

fn take(dialogue: &mut Dialogue<'_>, path: &Path, items: &[Difference]) -> Answer<()> {
    let done = dialogue.ctx.store()?.take(path, items, clock::now(), true).map_err(Interruption::from);
    match dialogue.or_report(done)? {
        Some(change) => dialogue.say(&sentence(&one_line(&change.summary))),
        None => Ok(()),
    }
}

fn put_away(dialogue: &mut Dialogue<'_>, path: &Path) -> Answer<()> {
    if !dialogue.agrees("Put the copy away? It is kept beside the history.")? {
        return dialogue.say("It stays where it is.");
    }
    let done = dialogue.ctx.store()?.put_away(path).map_err(Interruption::from);
    match dialogue.or_report(done)? {
        Some(kept) => dialogue.say(&sentence(&format!("It is kept as {}", one_line(&kept.to_string_lossy())))),
        None => Ok(()),
    }
}
