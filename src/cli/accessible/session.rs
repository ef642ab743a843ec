//! Another turn, another session.

use crate::domain::command::TurnRef;
use crate::domain::plan::Session;

use super::super::clock;
use super::super::dialogue::{Answer, Dialogue, Menu, Question};
use super::super::output::one_line;
use super::words;
use super::workspace::Workspace;

/// Asks which turn to look at; first which session, where there are several.
pub fn choose(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let plan = &workspace.plan;
    let session = match plan.sessions.as_slice() {
        [only] => only.clone(),
        _ => {
            let menu = Menu::of(plan.sessions.iter().map(|session| (label(workspace, session), session.clone())));
            dialogue.choose(&Question::new("Which session: "), &menu)?
        }
    };
    let now = clock::now();
    let turns = session.turns.iter().map(|turn| {
        let said = words::turn(plan, &session, turn, now);
        // The number of the choice says the place.
        let said = said.split_once(", ").map_or(said.as_str(), |(_, rest)| rest).trim_end_matches('.').to_owned();
        (said, TurnRef::new(&session.id, &turn.id))
    });
    let menu = Menu::of(turns);
    let turn = dialogue.choose(&Question::new("Which turn: "), &menu)?;
    workspace.look_at(Some(turn));
    Ok(())
}

fn label(workspace: &Workspace, session: &Session) -> String {
    let waits = workspace.plan.waits_in_words(session, one_line).map(|waits| format!(", {waits}")).unwrap_or_default();
    let closed = session.turns.iter().filter(|turn| turn.is_closed()).count();
    format!(
        "{}, {}, {closed} of {} closed{waits}",
        one_line(&session.title),
        session.state,
        words::count(session.turns.len(), "turn")
    )
}
