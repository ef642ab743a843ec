//! The prompts: the turns of the plan in hand, so that clients offer them as slash commands.

use rmcp::model::{GetPromptResult, Prompt, PromptMessage, Role};

use crate::domain::command::Command;
use crate::domain::plan::{Plan, Session, Turn, TurnState};

use super::error::Failure;
use super::server::Server;
use super::target;

/// The prompt of whatever turn is current.
const NOW: &str = "now";

/// How a prompt that left this way is recorded.
const VIA: &str = "mcp";

/// `now`, then every turn of the plan in hand.
pub(super) fn all(server: &Server) -> Vec<Prompt> {
    let mut prompts = vec![Prompt::new(NOW, Some("The prompt of the turn to work on now"), None)];
    // Without a plan there are no turns; that is no error.
    let Ok(plan) = server.plan(None) else { return prompts };
    for session in &plan.sessions {
        for turn in &session.turns {
            let about = format!("{}: {} ({})", plan.name, turn.title, plan.standing(session, turn).word());
            prompts.push(Prompt::new(name(&plan, session, turn), Some(about), None));
        }
    }
    prompts
}

/// The prompt called `wanted`. Where its turn is under way, that is its being sent: the text is frozen.
pub(super) fn get(server: &Server, wanted: &str) -> Result<GetPromptResult, Failure> {
    let plan = server.plan(None)?;
    let (session, turn) = if wanted == NOW {
        target::turn(&plan, None, None)?
    } else {
        let all = plan.sessions.iter().flat_map(|session| session.turns.iter().map(move |turn| (session, turn)));
        all.into_iter().find(|(session, turn)| name(&plan, session, turn) == wanted).ok_or_else(|| {
            Failure::not_found(format!("the plan '{}' has no prompt `{wanted}`", plan.name), "list the prompts")
        })?
    };
    let text =
        plan.prompt(session, turn).map_err(|error| Failure::invalid(error.message, "a person edits the prompt"))?;
    let title = turn.title.clone();
    if turn.state == TurnState::Active && turn.sent.is_none() {
        let sent = Command::MarkSent { turn: target::reference((session, turn)), via: VIA.into() };
        server.store.update(&plan.id, &sent, server.now().timestamp())?;
    }
    Ok(GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)]).with_description(title))
}

/// A turn's name among the prompts: its id, after its session's where there are several.
fn name(plan: &Plan, session: &Session, turn: &Turn) -> String {
    if plan.is_multi_session() { format!("{}-{}", session.id, turn.id) } else { turn.id.clone() }
}
