//! `setlist queue`: what is kept out of a plan, to become plans of its own.

use crate::domain::command::Command;
use crate::domain::nearest::near_or_all;
use crate::domain::new_plan::NewPlan;
use crate::domain::plan::{Plan, Queued};
use crate::domain::review::goal_placeholder;
use crate::export::{self, json};
use crate::workflow::start::{origin, strategy_of, values_for};

use super::clock;
use super::complete;
use super::context::Context;
use super::error::{CliError, Result, Status};
use super::input;
use super::output::{Tone, one_line};
use super::table::Table;
use super::target::{PlanArg, apply};
use super::values::{self, ValueArgs};

/// Keep additions out of a plan, and start plans from them
#[derive(Debug, clap::Subcommand)]
pub enum QueueCommand {
    /// Keep an addition for a plan of its own
    Add(Add),
    /// List what waits, and what was started from it
    List(ListArgs),
    /// Start a plan from what was queued; print its id
    Start(Start),
    /// Forget what was queued
    Drop(Named),
}

/// What to keep.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// What the new plan is to be called
    title: String,
    /// What it is to reach; `@FILE` or `-` reads it; the title where nothing is given
    #[arg(long, value_name = "TEXT|@FILE|-", allow_hyphen_values = true)]
    goal: Option<String>,
    #[command(flatten)]
    plan: PlanArg,
}

/// Which plan's queue.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    plan: PlanArg,
}

/// Something that was queued.
#[derive(Debug, clap::Args)]
pub struct Named {
    /// Its id; `setlist queue list` shows it
    #[arg(add = complete::queued())]
    id: String,
    #[command(flatten)]
    plan: PlanArg,
}

/// How to start it.
#[derive(Debug, clap::Args)]
pub struct Start {
    #[command(flatten)]
    queued: Named,
    /// What to call the new plan; the queued title where nothing is given
    #[arg(short, long, value_name = "N")]
    name: Option<String>,
    #[command(flatten)]
    values: ValueArgs,
}

pub(super) fn run(ctx: &mut Context, command: &QueueCommand) -> Result {
    match command {
        QueueCommand::Add(args) => add(ctx, args),
        QueueCommand::List(args) => list(ctx, args),
        QueueCommand::Start(args) => start(ctx, args),
        QueueCommand::Drop(args) => {
            let plan = args.plan.load(ctx)?;
            let id = find(&plan, &args.id)?.id.clone();
            apply(ctx, &plan.id, &Command::Unqueue(id))
        }
    }
}

fn add(ctx: &mut Context, args: &Add) -> Result {
    let plan = args.plan.load(ctx)?;
    let goal = args.goal.as_deref().map(input::text).transpose()?.unwrap_or_default();
    let placeholder = goal_placeholder(&plan);
    apply(ctx, &plan.id, &Command::Queue { title: args.title.clone(), goal, placeholder })
}

fn list(ctx: &mut Context, args: &ListArgs) -> Result {
    let plan = args.plan.load(ctx)?;
    if ctx.out.is_json() {
        ctx.out.json(&export::review::queue(&plan))?;
        return Ok(Status::Success);
    }
    if plan.queue.is_empty() {
        ctx.out.note("nothing is queued; `setlist queue add TITLE` keeps an addition for a plan of its own");
        return Ok(Status::Success);
    }
    let mut table = Table::new(&["id", "what", "state"]);
    for queued in &plan.queue {
        let (state, tone) = match queued.plan.as_str() {
            "" => ("waits".to_owned(), Tone::Warn),
            plan => (format!("started as {plan}"), Tone::Dim),
        };
        let title = one_line(&queued.title);
        table.row(vec![(queued.id.clone(), Some(Tone::Key)), (title, None), (state, Some(tone))]);
    }
    table.print(&mut ctx.out)?;
    Ok(Status::Success)
}

fn start(ctx: &mut Context, args: &Start) -> Result {
    let plan = args.queued.plan.load(ctx)?;
    let queued = find(&plan, &args.queued.id)?;
    // Before anything is asked.
    plan.apply(&Command::StartQueued { queued: queued.id.clone(), plan: "-".into() }, clock::now())
        .map_err(|refusal| CliError { hint: format!("setlist show -p {}", queued.plan), ..refusal.into() })?;
    let store = ctx.store()?;
    let strategy = strategy_of(&store.library(), &plan);
    let values = values::beside(ctx, &strategy, values_for(&plan, queued), &args.values)?;
    let name = args.name.as_deref().unwrap_or(&queued.title);
    let new = NewPlan { origin: Some(origin(&plan, queued)), ..NewPlan::new(strategy, values, name) };
    let started = store.start(&new, &clock::zoned())?;
    if ctx.out.is_json() {
        ctx.out.json(&json::plan(&started, clock::now()))?;
    } else {
        ctx.out.line(&started.id)?;
        ctx.out.flush()?;
        ctx.out.note(&format!("plan '{}' started; it follows '{}'", started.name, plan.name));
    }
    Ok(Status::Success)
}

fn find<'p>(plan: &'p Plan, id: &str) -> Result<&'p Queued> {
    plan.queue.iter().find(|queued| queued.id == id).ok_or_else(|| {
        let known = plan.queue.iter().map(|queued| queued.id.as_str());
        let hint = match known.len() {
            0 => "nothing is queued".into(),
            _ => near_or_all(id, known),
        };
        CliError::not_found(format!("nothing queued is called `{id}`"), hint)
    })
}

/// What waits in a plan's queue, in a sentence, with the command that starts the first of it; nothing
/// where nothing does.
pub fn waiting(plan: &Plan) -> Option<String> {
    let waiting = plan.waiting();
    let first = waiting.first()?;
    let titles: Vec<String> = waiting.iter().map(|queued| format!("'{}'", one_line(&queued.title))).collect();
    let count = if titles.len() == 1 { "1 plan waits" } else { &format!("{} plans wait", titles.len()) };
    Some(format!("{count} in the queue: {}; `setlist queue start {}` starts the first", titles.join(", "), first.id))
}
