//! `setlist new`: starts a plan.

use clap::ValueEnum;

use crate::domain::budget::Budget;
use crate::domain::command::Command;
use crate::domain::placeholder::{self, Values};
use crate::domain::plan::Plan;
use crate::domain::review::{Finding, Rule, Thresholds, review};
use crate::domain::stats::{ENOUGH, Own, Stats, Suggestion, own_budgets};
use crate::domain::strategy::Strategy;
use crate::export::json;

use super::clock;
use super::complete;
use super::context::Context;
use super::error::{CliError, Result, Status};
use super::output::{Tone, one_line};
use super::remedy;
use super::strategy;
use super::table::Table;
use super::values::{self, ValueArgs};

/// Most remedies of one rule that are applied at the start.
const ROUNDS: usize = 20;

/// Start a plan; print its id
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The strategy's id
    #[arg(add = complete::strategies())]
    strategy: String,
    /// What to call the plan; the strategy's title where nothing is given
    #[arg(short, long, value_name = "N")]
    name: Option<String>,
    #[command(flatten)]
    values: ValueArgs,
    /// Whose budgets the turns get: the strategy's, or your own median times
    #[arg(long, value_enum, default_value_t, value_name = "WHOSE")]
    budgets: Whose,
    /// Apply the remedy of this rule of the review at the start; may be given several times
    #[arg(long, value_name = "RULE", value_parser = remedy::rule, add = complete::words(Rule::ALL, Rule::word))]
    remedy: Vec<Rule>,
    /// Print the prompts as they would read, and the budgets; write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Whose budgets a new plan gets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Whose {
    /// The strategy's.
    #[default]
    Guide,
    /// The median times of your finished plans, rounded; from three plans on.
    Own,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let store = ctx.store()?;
    let strategy = strategy::usable(&store.library(), &args.strategy)?;
    if args.name.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(CliError::invalid("a plan needs a name", "give --name some words, or leave it out"));
    }
    let values = values::complete(ctx, &strategy, &args.values)?;
    // The record is read where it is asked for, so that nobody waits for it otherwise.
    let record = if args.dry_run || args.budgets == Whose::Own { Some(store.stats(&clock::zoned())?) } else { None };
    let suggestions = record.as_ref().and_then(|record| record.suggested_budgets(&strategy));
    if args.budgets == Whose::Own && suggestions.is_none() {
        return Err(no_record(&strategy, record.as_ref()));
    }
    let name = args.name.as_deref().unwrap_or(&strategy.title);
    let suggestions = suggestions.unwrap_or_default();
    let mut commands = match args.budgets {
        Whose::Guide => Vec::new(),
        Whose::Own => own_budgets(&strategy, &suggestions),
    };
    let findings = reviewed(&strategy, &values, &args.remedy, &mut commands, &ctx.thresholds())?;
    if args.dry_run {
        dry_run(ctx, &strategy, &values, &suggestions)?;
        remedy::warn(&ctx.out, &findings, "--remedy");
        return Ok(Status::Success);
    }
    let plan = store.create_with(&strategy, &values, name, &commands, &clock::zoned())?;
    if ctx.out.is_json() {
        ctx.out.json(&json::plan(&plan, clock::now()))?;
    } else {
        ctx.out.line(&plan.id)?;
        ctx.out.flush()?;
        ctx.out.note(&format!("plan '{}' started; next: `setlist turn start`, then `setlist prompt`", plan.name));
    }
    remedy::warn(&ctx.out, &findings, "setlist review --remedy");
    Ok(Status::Success)
}

/// What speaks against the plan that is about to start, the remedies of these rules applied and put behind
/// `commands`.
///
/// # Errors
/// Where a value is missing or wrong, a command does not fit, or a rule has no remedy to apply.
pub(super) fn reviewed(
    strategy: &Strategy,
    values: &Values,
    remedies: &[Rule],
    commands: &mut Vec<Command>,
    thresholds: &Thresholds,
) -> Result<Vec<Finding>> {
    let now = clock::now();
    let mut plan = Plan::start(strategy, values, "new", &strategy.title, now).map_err(CliError::faults)?;
    for command in commands.iter() {
        plan = plan.apply(command, now)?.plan;
    }
    for rule in remedies {
        // Several sessions may need it, and each remedy changes what is found next.
        for round in 0..ROUNDS {
            let findings = review(&plan, thresholds);
            let mut able = findings.iter().filter(|finding| finding.rule == *rule);
            let finding = match able.find(|finding| !finding.remedy.commands.is_empty()) {
                Some(finding) => finding,
                None if round == 0 => remedy::chosen(&findings, *rule, None)?,
                None => break,
            };
            let Some(command) = finding.remedy.command() else { break };
            plan = plan.apply(&command, now)?.plan;
            commands.push(command);
        }
    }
    Ok(review(&plan, thresholds))
}

fn no_record(strategy: &Strategy, record: Option<&Stats>) -> CliError {
    let finished = record.and_then(|record| record.strategy(&strategy.id)).map_or(0, |record| record.figures.finished);
    let why = if finished < ENOUGH {
        format!("{finished} of the {ENOUGH} finished plans that they need")
    } else {
        "no clock ran in its finished plans".into()
    };
    CliError::refused(
        format!("there are no budgets of your own for `{}`: {why}", strategy.id),
        "leave --budgets out to take the strategy's",
    )
}

/// The prompts, and beside the strategy's budgets those from the record, where there is one.
fn dry_run(ctx: &mut Context, strategy: &Strategy, values: &Values, suggestions: &[Suggestion]) -> Result {
    let values = placeholder::effective(strategy, values);
    let turns = strategy::render::numbered(strategy);
    if ctx.out.is_json() {
        let mut items = strategy::render::items(strategy, &values, &turns)?;
        for prompt in &mut items {
            let own = own_of(suggestions, &prompt.session, &prompt.turn);
            prompt.own_budget = own.map(|own| own.budget.to_string());
        }
        ctx.out.json(&json::Prompts { items })?;
        return Ok(Status::Success);
    }
    strategy::render::print(ctx, strategy, &values, &turns)?;
    if !suggestions.is_empty() {
        let heading = ctx.out.paint(Tone::Title, "Budgets");
        ctx.out.line(&format!("\n{heading}"))?;
        let mut table = Table::new(&["turn", "guide", "yours"]);
        for (session, turn, number) in &turns {
            let guide = turn.budget.as_ref().map_or_else(|| "-".into(), Budget::short);
            let own = own_of(suggestions, &session.id, &turn.id)
                .map_or_else(|| "no time yet".into(), |own| format!("{} ({})", own.budget, own.basis()));
            let of = if strategy.is_multi_session() { format!("{}: ", session.title) } else { String::new() };
            let name = one_line(&format!("{of}{number} {}", turn.title));
            table.row(vec![(name, None), (guide, None), (format!("yours: {own}"), None)]);
        }
        table.print(&mut ctx.out)?;
    }
    ctx.out.flush()?;
    ctx.out.note("nothing was written");
    Ok(Status::Success)
}

fn own_of<'s>(suggestions: &'s [Suggestion], session: &str, turn: &str) -> Option<&'s Own> {
    let of = |found: &&Suggestion| found.turn.session == session && found.turn.turn == turn;
    suggestions.iter().find(of)?.own.as_ref()
}
