//! Iterations of a turn that repeats: what each did, and whether it is kept.

use crate::domain::command::Command;
use crate::domain::plan::{Kept, Turn};

use super::super::output::one_line;
use super::super::talk::{Menu, Question, Said, Talk};
use super::workspace::Workspace;

/// Asks which iteration, and whether it is kept.
pub fn decide(talk: &mut Talk<'_>, workspace: &mut Workspace) -> Said<()> {
    let turn = workspace.turn_ref();
    let Some((_, of)) = workspace.at() else { return Ok(()) };
    let rounds = of.rounds();
    let menu = Menu::of(rounds.iter().map(|round| (label(workspace, of, *round), *round)));
    let iteration = match rounds.as_slice() {
        [only] => {
            let line = format!("{}.", label(workspace, of, *only));
            talk.say(&line)?;
            *only
        }
        _ => talk.choose(&Question::new("Which iteration: "), &menu)?,
    };
    let menu = Menu::of([
        ("Keep it".to_owned(), Kept::Yes),
        ("It was rolled back: its readings do not count".to_owned(), Kept::RolledBack),
        ("Leave it undecided".to_owned(), Kept::Undecided),
    ]);
    let kept = talk.choose(&Question::new("What became of it: "), &menu)?;
    workspace.apply(talk, &Command::KeepIteration { turn, iteration, kept })?;
    Ok(())
}

/// An iteration with what it did to each metric.
fn label(workspace: &Workspace, turn: &Turn, round: u32) -> String {
    let mut parts = vec![one_line(&turn.round_in_words(round))];
    let kept = turn.kept_of(round);
    parts.push(if kept == Kept::Undecided { "undecided".into() } else { kept.told().to_owned() });
    let at = workspace.turn_ref();
    for course in &workspace.plan.courses() {
        let step = course.step_in_words(course.step(&at, round), "to");
        parts.extend(step.map(|step| format!("{} {}", one_line(course.spec.name()), one_line(&step))));
    }
    parts.join(", ")
}
