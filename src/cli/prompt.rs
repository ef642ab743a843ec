//! `setlist prompt`: the exact bytes of a turn's prompt.

use crate::domain::follow_up::follow_up;
use crate::domain::plan::Session;
use crate::domain::untrusted::{outgoing, shown_lines};
use crate::export::json::PromptDocument;

use super::context::Context;
use super::error::{CliError, ErrorCode, Result, Status};
use super::target::TurnArg;

/// Print the exact prompt of a turn, and nothing else
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    turn: TurnArg,
    /// Print the message for a turn that was sent back instead: why, and what would be accepted
    #[arg(long)]
    follow_up: bool,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let plan = args.turn.session.plan.load(ctx)?;
    let (session, turn) = args.turn.of(&plan, Session::current_turn)?;
    let prompt = plan.prompt(session, turn)?;
    let message = follow_up(turn);
    if ctx.out.is_json() {
        ctx.out.json(&PromptDocument {
            prompt,
            plan: plan.id.clone(),
            session: session.id.clone(),
            turn: turn.id.clone(),
            sent: turn.sent.as_ref().map(|sent| sent.at),
            follow_up: message,
        })?;
        return Ok(Status::Success);
    }
    let prompt = match (args.follow_up, message) {
        (false, _) => prompt,
        (true, Some(message)) => message,
        (true, None) => {
            let message = format!("turn '{}' was not sent back with a reason", turn.title);
            return Err(CliError::new(ErrorCode::Refused, message, "`setlist prompt` prints its prompt"));
        }
    };
    let safe = outgoing(&prompt);
    if safe.removed + safe.hidden > 0 {
        let what = if ctx.out.is_terminal() { "shown as escapes" } else { "in it as they are" };
        ctx.out.warn(&format!(
            "this prompt holds {} control characters and {} hidden ones ({what})",
            safe.removed, safe.hidden
        ));
    }
    // A file or a program gets every byte; a terminal would act on some of them.
    let text = if ctx.out.is_terminal() { shown_lines(&prompt) } else { prompt.as_str().into() };
    ctx.out.raw(text.as_bytes())?;
    Ok(Status::Success)
}
