//! `setlist answer`, and what `setlist review` prints of quality: the indicators, and the words that
//! claim without showing.

use clap::ValueEnum;

use crate::domain::claims::{claims, in_words, of_plan};
use crate::domain::command::{Command, TurnRef};
use crate::domain::plan::{Plan, PlanState, Turn};
use crate::domain::quality::{QualityIndicator, Verdict, judge};

use super::complete;
use super::context::Context;
use super::error::{CliError, Result};
use super::output::{Output, Tone, one_line};
use super::target::{PlanArg, apply};

/// Answer a quality indicator that the record cannot tell
#[derive(Debug, clap::Args)]
pub struct AnswerArgs {
    /// The indicator: working-code, performance, documentation, understanding, knowledge
    #[arg(value_name = "SIGN", add = complete::words(QualityIndicator::ALL, QualityIndicator::word))]
    indicator: String,
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
    apply(ctx, &id, &Command::AnswerIndicator { indicator: args.indicator.clone(), good, note: args.note.clone() })
}

/// Every indicator with what it says and why, and what would make a poor one good.
pub fn print(out: &mut Output, plan: &Plan, phrases: &[String]) -> Result<()> {
    out.line("")?;
    let over = plan.sessions.iter().all(|session| session.turns.iter().all(Turn::is_closed));
    out.line(&out.paint(Tone::Title, if over { "Quality" } else { "Quality so far" }))?;
    let judged = judge(plan, phrases);
    if plan.state() == PlanState::Planned {
        return out.line("  nothing has begun: there is nothing to judge yet");
    }
    for judged in judged {
        let (word, tone) = match judged.verdict {
            Verdict::Good => ("good", Tone::Good),
            Verdict::Poor => ("poor", Tone::Bad),
            Verdict::Asked => ("asked", Tone::Warn),
            Verdict::NotApplicable => ("n.a.", Tone::Dim),
        };
        let id = out.paint(Tone::Key, judged.indicator.word());
        out.line(&format!("  {}  {id}  {}", out.paint(tone, &format!("{word:5}")), judged.headline()))?;
        out.line(&format!("         {}", one_line(&judged.why)))?;
        if judged.verdict == Verdict::Asked {
            let command = out.paint(Tone::Key, &format!("setlist answer {} yes|no", judged.indicator.word()));
            out.line(&format!("         answer it: {command}"))?;
        } else if !judged.how_to_fix.is_empty() {
            out.line(&format!("         to make it good: {}", one_line(&judged.how_to_fix)))?;
        }
    }
    let claimed = of_plan(plan, phrases);
    if claimed.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line(&out.paint(Tone::Title, "Claimed without showing"))?;
    for (_, turn, claims) in claimed {
        out.line(&format!("  {}: {}", one_line(&turn.title), one_line(&in_words(turn, &claims))))?;
    }
    Ok(())
}

/// Points at what a turn claims without showing, on standard error.
pub fn warn(ctx: &Context, plan: &Plan, at: &TurnRef) {
    let Some(turn) = plan.session(&at.session).and_then(|session| session.turn(&at.turn)) else { return };
    let claims = claims(turn, &ctx.thresholds().claims);
    if !claims.is_empty() && !ctx.out.is_json() {
        ctx.out.warn(&format!("'{}' claims without showing: {}", turn.title, in_words(turn, &claims)));
    }
}
