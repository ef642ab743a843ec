//! `setlist strategy render`: a strategy's prompts as they would read.

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::{CliError, ErrorCode, Result, Status};
use crate::cli::output::{Tone, one_line};
use crate::cli::values::ValueArgs;
use crate::domain::nearest::{near_or, there_are};
use crate::domain::placeholder::{self, Values};
use crate::domain::prompt;
use crate::domain::strategy::{Numbered, Strategy, TurnSpec};
use crate::domain::template::Origin;
use crate::domain::untrusted::shown_lines;
use crate::export::json::{Prompt, Prompts};

/// Print a strategy's prompts as they would read
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The strategy's id
    #[arg(add = complete::strategies())]
    id: String,
    #[command(flatten)]
    values: ValueArgs,
    /// Only this turn: its id, its number, or `session/turn`
    #[arg(short, long, value_name = "T", add = complete::turns_of_strategy())]
    turn: Option<String>,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let library = ctx.store()?.library();
    let strategy = super::usable(&library, &args.id)?;
    let (values, mut wrong) = args.values.read(&strategy)?;
    let faults = placeholder::faults(&strategy, &values);
    let (bad, missing): (Vec<_>, Vec<_>) = faults.into_iter().partition(|fault| values.contains_key(&fault.name));
    wrong.extend(bad);
    if !wrong.is_empty() {
        return Err(CliError::faults(wrong));
    }
    let chosen = choose(&strategy, args.turn.as_deref())?;
    print(ctx, &strategy, &values, &chosen)?;
    if !missing.is_empty() {
        ctx.out.flush()?;
        let names: Vec<&str> = missing.iter().map(|fault| fault.name.as_str()).collect();
        ctx.out.note(&format!("not filled in: {}", names.join(", ")));
    }
    Ok(Status::Success)
}

fn choose<'s>(strategy: &'s Strategy, wanted: Option<&str>) -> Result<Vec<Numbered<'s>>> {
    let all = strategy.numbered();
    let Some(wanted) = wanted else { return Ok(all) };
    let (session, turn) = wanted.split_once('/').map_or((None, wanted), |(session, turn)| (Some(session), turn));
    let fits = |found: &&Numbered<'s>| session.is_none_or(|session| found.0.id == session);
    let by_id: Vec<Numbered<'s>> = all.iter().filter(fits).filter(|found| found.1.id == turn).cloned().collect();
    let found = if by_id.is_empty() {
        all.iter().filter(fits).filter(|found| found.2 == turn).cloned().collect()
    } else {
        by_id
    };
    match found.len() {
        1 => Ok(found),
        0 => {
            let known = all.iter().map(|found| found.1.id.as_str());
            let hint = near_or(turn, known, there_are(&names(&all)));
            Err(CliError::not_found(format!("there is no turn `{wanted}` in `{}`", strategy.id), hint))
        }
        _ => {
            let hint = format!("write session/turn: {}", names(&found).join(", "));
            Err(CliError::new(ErrorCode::Ambiguous, format!("several sessions have a turn `{turn}`"), hint))
        }
    }
}

fn names(turns: &[Numbered<'_>]) -> Vec<String> {
    turns.iter().map(|(session, turn, _)| format!("{}/{}", session.id, turn.id)).collect()
}

/// Writes the prompts of `turns`; a single one as it is, several under headings.
pub(in crate::cli) fn print(
    ctx: &mut Context,
    strategy: &Strategy,
    values: &Values,
    turns: &[Numbered<'_>],
) -> Result<()> {
    if ctx.out.is_json() {
        let items = items(strategy, values, turns)?;
        return ctx.out.json(&Prompts { items });
    }
    for (index, (session, turn, number)) in turns.iter().enumerate() {
        let text = read(strategy, turn, values)?;
        if turns.len() > 1 {
            let of =
                if strategy.is_multi_session() { format!("{}: ", one_line(&session.title)) } else { String::new() };
            let heading = ctx.out.paint(Tone::Title, &format!("{of}{number} {}", one_line(&turn.title)));
            ctx.out.line(&format!("{}{heading}\n", if index > 0 { "\n" } else { "" }))?;
        }
        ctx.out.line(&shown_lines(text.trim_end()))?;
    }
    Ok(())
}

/// The prompts of `turns` as JSON.
pub(in crate::cli) fn items(strategy: &Strategy, values: &Values, turns: &[Numbered<'_>]) -> Result<Vec<Prompt>> {
    let item = |(session, turn, number): &Numbered<'_>| {
        Ok(Prompt {
            session: session.id.clone(),
            turn: turn.id.clone(),
            number: number.clone(),
            title: turn.title.clone(),
            prompt: read(strategy, turn, values)?,
            budget: turn.budget.as_ref().map(ToString::to_string),
            own_budget: None,
        })
    };
    turns.iter().map(item).collect()
}

/// The prompt of a turn, with `<label>` where a value is still missing.
fn read(strategy: &Strategy, turn: &TurnSpec, values: &Values) -> Result<String> {
    let piece = |piece: crate::domain::template::Piece| match piece.origin {
        Origin::Template | Origin::Inserted(_) => piece.text,
        Origin::Unfilled(_) => format!("<{}>", piece.text),
    };
    Ok(prompt::preview(strategy, turn, values)?.into_iter().map(piece).collect())
}
