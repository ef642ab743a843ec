//! `setlist status`: one line on the open plan, for tmux or a shell prompt.

use jiff::Timestamp;

use crate::domain::budget::compact;
use crate::domain::nearest::near_or_all;
use crate::domain::plan::{Plan, PlanState, Session, Standing, Turn};
use crate::export::json::{Status as Line, StatusDocument};
use crate::workflow::next::{Step, of_plan};

use super::clock;
use super::context::Context;
use super::error::{CliError, Result, Status};
use super::output::one_line;
use super::target::PlanArg;

/// Print one line on the open plan, for tmux or a shell prompt
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    plan: PlanArg,
    /// What to print: {plan} {id} {session} {number} {turn} {state} {worked} {budget} {percent} {line}
    #[arg(long, value_name = "TEMPLATE")]
    format: Option<String>,
    /// Exit with 6 where no plan is open
    #[arg(long)]
    exit_code: bool,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    // A slip in the template shows at once, not only once a plan is open.
    let template = args.format.as_deref().map(parse).transpose()?;
    let store = ctx.store()?;
    let id = match args.plan.named() {
        Some(_) => Some(args.plan.id(&store)?),
        None => store.latest()?,
    };
    let plan = id.map(|id| store.load(&id)).transpose()?.map(|loaded| loaded.plan).filter(is_open);
    let line = plan.as_ref().map(status);
    if ctx.out.is_json() {
        ctx.out.json(&StatusDocument { status: line.clone() })?;
    } else if let Some(line) = &line {
        let text = template.map_or_else(|| line.line.clone(), |parts| fill(&parts, line));
        ctx.out.line(&text)?;
    }
    Ok(if line.is_none() && args.exit_code { Status::No } else { Status::Success })
}

fn is_open(plan: &Plan) -> bool {
    !plan.archived && matches!(plan.state(), PlanState::Planned | PlanState::InProgress)
}

/// What a template takes from the line.
type Field = fn(&Line) -> &str;

/// The names that a template may use.
const FIELDS: [(&str, Field); 10] = [
    ("plan", |line| &line.plan),
    ("id", |line| &line.id),
    ("session", |line| &line.session),
    ("number", |line| &line.number),
    ("turn", |line| &line.turn),
    ("state", |line| &line.state),
    ("worked", |line| &line.worked),
    ("budget", |line| &line.budget),
    ("percent", |line| &line.percent),
    ("line", |line| &line.line),
];

/// A piece of a template: words as they are, or a field.
enum Part {
    Words(String),
    Field(Field),
}

/// Takes a template apart. `{{` and `}}` stand for single braces.
fn parse(template: &str) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        words += &rest[..at];
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            words += brace;
            rest = after;
            continue;
        }
        let name = rest.split_once('}').filter(|_| brace == "{");
        let Some((name, after)) = name else {
            return Err(CliError::usage(
                format!("`{brace}` stands alone in the template"),
                "write {plan}, or {{ for a single brace",
            ));
        };
        let field = FIELDS.into_iter().find(|(field, _)| *field == name).ok_or_else(|| {
            let hint = near_or_all(name, FIELDS.map(|(field, _)| field));
            CliError::usage(format!("the template has no field `{name}`"), hint)
        })?;
        parts.push(Part::Words(std::mem::take(&mut words)));
        parts.push(Part::Field(field.1));
        rest = after;
    }
    parts.push(Part::Words(words + rest));
    Ok(parts)
}

/// What is known of the open plan.
fn status(plan: &Plan) -> Line {
    let now = clock::now();
    let session = plan.current_session();
    let turn = session.and_then(|session| session.current_turn());
    let mut at = Place::default();
    if let (Some(session), Some(turn)) = (session, turn) {
        at = match of_plan(plan) {
            Some(Step::WrapUp(session)) => Place::wrap_up(session, now),
            _ => Place::turn(plan, session, turn, now),
        };
    }
    let name = one_line(&plan.name);
    Line {
        line: at.line(&name),
        plan: name,
        id: one_line(&plan.id),
        session: session.map(|session| one_line(&session.title)).unwrap_or_default(),
        number: at.number,
        turn: at.title,
        state: at.state,
        worked: at.worked,
        budget: at.budget,
        percent: at.percent,
    }
}

fn fill(parts: &[Part], line: &Line) -> String {
    let text = |part: &Part| match part {
        Part::Words(words) => words.clone(),
        Part::Field(field) => field(line).to_owned(),
    };
    parts.iter().map(text).collect()
}

/// Where a plan is: a turn, or the end of a session.
#[derive(Debug, Default)]
struct Place {
    number: String,
    title: String,
    state: String,
    worked: String,
    budget: String,
    percent: String,
    /// Whether the clock has anything to say here.
    timed: bool,
    /// Whether the state says more than the time does.
    told: bool,
}

impl Place {
    fn wrap_up(session: &Session, now: Timestamp) -> Self {
        Self {
            title: "Wrap up".into(),
            state: format!("{} of {} items open", session.open_items().len(), session.checklist.len()),
            worked: compact(session.worked(now)),
            told: true,
            ..Self::default()
        }
    }

    fn turn(plan: &Plan, session: &Session, turn: &Turn, now: Timestamp) -> Self {
        let index = session.turns.iter().position(|other| other.id == turn.id).unwrap_or(0);
        let standing = plan.standing(session, turn);
        let gate = turn.open_gate().is_some();
        Self {
            number: session.turn_numbers().swap_remove(index),
            title: one_line(&turn.title),
            state: if gate { "gate open".into() } else { standing.word().into() },
            worked: compact(turn.total_worked(now)),
            budget: turn.budget.as_ref().map(|budget| compact(budget.high())).unwrap_or_default(),
            percent: turn.budget_used(now).map(|percent| percent.to_string()).unwrap_or_default(),
            timed: turn.started.is_some(),
            told: gate || standing != Standing::Running,
        }
    }

    /// `fix-login: 2 Diagnose 12m of 15m (80 %), paused`.
    fn line(&self, plan: &str) -> String {
        let number = if self.number.is_empty() { String::new() } else { format!("{} ", self.number) };
        let time = match (self.timed, self.budget.is_empty()) {
            (false, _) => String::new(),
            (true, true) => format!(" {}", self.worked),
            (true, false) => format!(" {} of {} ({} %)", self.worked, self.budget, self.percent),
        };
        let state = if self.told { format!(", {}", self.state) } else { String::new() };
        format!("{plan}: {number}{}{time}{state}", self.title)
    }
}
