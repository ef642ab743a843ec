//! `setlist answer`, and what `setlist review` prints of quality: the indicators, and the words that
//! claim without showing.

use clap::ValueEnum;

use crate::domain::claims::{claims, in_words};
use crate::domain::command::{Command, TurnRef};
use crate::domain::plan::Plan;

use super::context::Context;
use super::error::{CliError, Result};
use super::target::{PlanArg, apply};

/// Answer a quality indicator that the record cannot tell
#[derive(Debug, clap::Args)]
pub struct AnswerArgs {
    /// The indicator: working-code, performance, documentation, understanding, knowledge
    sign: String,
    /// Whether it is the good sign
    #[arg(required_unless_present = "clear")]
    answer: Option<Good>,
    /// What the answer rests on
    #[arg(long, value_name = "N", default_value = "")]
    note: String,
    /// Take the answer back
    #[arg(long, conflicts_with_all = ["answer", "note"])]
    clear: bool,
    #[command(flatten)]
    plan: PlanArg,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Good {
    Yes,
    No,
}

pub(super) fn answer(ctx: &mut Context, args: &AnswerArgs) -> Result {
    let store = ctx.store()?;
    let id = args.plan.id(&store)?;
    let good = match (args.answer, args.clear) {
        (_, true) => None,
        (Some(answer), false) => Some(answer == Good::Yes),
        (None, false) => return Err(CliError::usage("nothing was answered", "write yes or no")),
    };
    apply(ctx, &id, &Command::AnswerSign { sign: args.sign.clone(), good, note: args.note.clone() })
}

/// Points at what a turn claims without showing, on standard error.
pub fn warn(ctx: &Context, plan: &Plan, at: &TurnRef) {
    let Some(turn) = plan.session(&at.session).and_then(|session| session.turn(&at.turn)) else { return };
    let claims = claims(turn, &phrases(ctx));
    if !claims.is_empty() && !ctx.out.is_json() {
        ctx.out.warn(&format!("'{}' claims without showing: {}", turn.title, in_words(turn, &claims)));
    }
}

/// The phrases that claim without showing, by the person's settings.
fn phrases(ctx: &Context) -> Vec<String> {
    ctx.store().map(|store| store.settings().settings.review.claims).unwrap_or_default()
}
