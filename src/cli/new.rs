//! `setlist new`: starts a plan.

use std::sync::Arc;

use clap::ValueEnum;

use crate::domain::budget::Budget;
use crate::domain::new_plan::NewPlan;
use crate::domain::placeholder::{self, Values};
use crate::domain::review::Rule;
use crate::domain::stats::{Own, Suggestion, own_budgets};
use crate::domain::strategy::Strategy;
use crate::export::json;
use crate::workflow::start::{StartPreview, no_own_budgets};

use super::clock;
use super::complete;
use super::context::Context;
use super::error::{CliError, Result, Status};
use super::output::{Tone, one_line};
use super::remedy;
use super::strategy;
use super::table::Table;
use super::values::{self, ValueArgs};

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
    if let (Whose::Own, Some(record), None) = (args.budgets, &record, &suggestions) {
        let hint = "leave --budgets out to take the strategy's";
        return Err(CliError::refused(no_own_budgets(&strategy, record), hint));
    }
    let suggestions = suggestions.unwrap_or_default();
    let mut new = NewPlan::new(Arc::clone(&strategy), values, args.name.as_deref().unwrap_or_default());
    if args.budgets == Whose::Own {
        new.commands = own_budgets(&strategy, &suggestions);
    }
    let remedies = args.remedy.iter().copied().collect();
    let preview = StartPreview::of(new, &remedies, &ctx.thresholds(), clock::now())?;
    let findings = preview.findings();
    for rule in remedies.into_iter().filter(|rule| !preview.has_taken(*rule)) {
        remedy::chosen(&findings, rule, None)?;
    }
    if args.dry_run {
        dry_run(ctx, &strategy, &preview.new.values, &suggestions)?;
        remedy::warn(&ctx.out, &findings, "--remedy");
        return Ok(Status::Success);
    }
    let plan = store.start(&preview.new, &clock::zoned())?;
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

/// The prompts, and beside the strategy's budgets those from the record, where there is one.
fn dry_run(ctx: &mut Context, strategy: &Strategy, values: &Values, suggestions: &[Suggestion]) -> Result {
    let values = placeholder::effective(strategy, values);
    let turns = strategy.numbered();
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
