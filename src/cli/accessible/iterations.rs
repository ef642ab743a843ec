//! Iterations of a turn that repeats: what each did, and whether it is kept.

use crate::domain::command::Command;
use crate::domain::plan::{Kept, Turn};

use super::super::dialogue::{Answer, Dialogue, Menu, Question};
use super::super::output::one_line;
use super::workspace::Workspace;

/// Asks which iteration, and whether it is kept.
pub fn decide(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let turn = workspace.turn_ref();
    let Some((_, of)) = workspace.at() else { return Ok(()) };
    let iterations = of.iteration_numbers();
    let menu = Menu::of(iterations.iter().map(|iteration| (label(workspace, of, *iteration), *iteration)));
    let iteration = match iterations.as_slice() {
        [only] => {
            let line = format!("{}.", label(workspace, of, *only));
            dialogue.say(&line)?;
            *only
        }
        _ => dialogue.choose(&Question::new("Which iteration: "), &menu)?,
    };
    let menu = Menu::of([
        ("Keep it".to_owned(), Kept::Yes),
        ("It was rolled back: its readings do not count".to_owned(), Kept::RolledBack),
        ("Leave it undecided".to_owned(), Kept::Undecided),
    ]);
    let kept = dialogue.choose(&Question::new("What became of it: "), &menu)?;
    workspace.apply(dialogue, &Command::KeepIteration { turn, iteration, kept })?;
    Ok(())
}

/// An iteration with what it did to each metric.
fn label(workspace: &Workspace, turn: &Turn, iteration: u32) -> String {
    let mut parts = vec![one_line(&turn.iteration_in_words(iteration))];
    let kept = turn.kept_of(iteration);
    parts.push(if kept == Kept::Undecided { "undecided".into() } else { kept.told().to_owned() });
    let at = workspace.turn_ref();
    for course in &workspace.plan.courses() {
        let step = course.step_in_words(course.step(&at, iteration), "to");
        parts.extend(step.map(|step| format!("{} {}", one_line(course.spec.name()), one_line(&step))));
    }
    parts.join(", ")
}
