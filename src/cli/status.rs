//! `setlist status`: one line on the open plan, for tmux or a shell prompt.

use serde_json::{Value, json};

use crate::domain::budget::compact;
use crate::domain::nearest::did_you_mean;
use crate::domain::plan::{Plan, PlanState, SessionState};

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
    let line = plan.as_ref().map(Line::of);
    if ctx.out.is_json() {
        let status = line.as_ref().map_or(Value::Null, |line| {
            Value::Object(line.fields.iter().map(|(key, text)| ((*key).to_owned(), json!(text))).collect())
        });
        ctx.out.json(&json!({ "schema": "setlist.status/1", "status": status }))?;
    } else if let Some(line) = &line {
        let text = template.map_or_else(|| line.get("line").to_owned(), |parts| line.fill(&parts));
        ctx.out.line(&text)?;
    }
    Ok(if line.is_none() && args.exit_code { Status::No } else { Status::Success })
}

fn is_open(plan: &Plan) -> bool {
    !plan.archived && matches!(plan.state(), PlanState::Planned | PlanState::InProgress)
}

/// The names that a template may use.
const FIELDS: [&str; 10] = ["plan", "id", "session", "number", "turn", "state", "worked", "budget", "percent", "line"];

/// A piece of a template: words as they are, or a field's name.
enum Part {
    Words(String),
    Field(&'static str),
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
        let field = FIELDS.into_iter().find(|field| *field == name).ok_or_else(|| {
            let hint = match did_you_mean(name, FIELDS) {
                near if near.is_empty() => format!("there are: {}", FIELDS.join(", ")),
                near => near,
            };
            CliError::usage(format!("the template has no field `{name}`"), hint)
        })?;
        parts.push(Part::Words(std::mem::take(&mut words)));
        parts.push(Part::Field(field));
        rest = after;
    }
    parts.push(Part::Words(words + rest));
    Ok(parts)
}

/// What is known of the open plan, by field.
struct Line {
    fields: Vec<(&'static str, String)>,
}

impl Line {
    fn of(plan: &Plan) -> Self {
        let now = clock::now();
        let name = one_line(&plan.name);
        let session = plan.current_session();
        let turn = session.and_then(|session| session.current_turn());
        let wraps_up =
            session.is_some_and(|session| session.state == SessionState::WrapUp && session.open_gates().is_empty());
        let (mut number, mut title, mut state, mut worked, mut budget, mut percent) = Default::default();
        if let (Some(session), true) = (session, wraps_up) {
            title = "Wrap up".to_owned();
            state = format!("{} of {} items open", session.open_items().len(), session.checklist.len());
            worked = session.worked(now);
        } else if let (Some(session), Some(turn)) = (session, turn) {
            let at = session.turns.iter().position(|other| other.id == turn.id).unwrap_or(0);
            number = session.turn_numbers().swap_remove(at);
            title = one_line(&turn.title);
            state = match turn.open_gate() {
                Some(_) => "gate open".to_owned(),
                None => plan.standing(session, turn).word().to_owned(),
            };
            worked = turn.total_worked(now);
            budget = turn.budget.as_ref().map(|budget| compact(budget.high())).unwrap_or_default();
            percent = turn.budget_used(now).map(|percent| percent.to_string()).unwrap_or_default();
        }
        let mut line = format!("{name}: {}", [number.as_str(), title.as_str()].join(" ").trim());
        line += &match (wraps_up, budget.is_empty()) {
            (true, _) => format!(", {state}"),
            (false, true) => format!(" {}", compact(worked)),
            (false, false) => format!(" {} of {budget} ({percent} %)", compact(worked)),
        };
        if state == "gate open" {
            line += ", gate open";
        }
        let session = session.map(|session| one_line(&session.title)).unwrap_or_default();
        let fields = FIELDS.into_iter().zip([
            name,
            one_line(&plan.id),
            session,
            number,
            title,
            state,
            compact(worked),
            budget,
            percent,
            line,
        ]);
        Self { fields: fields.collect() }
    }

    fn get(&self, field: &str) -> &str {
        self.fields.iter().find(|(name, _)| *name == field).map_or("", |(_, text)| text)
    }

    fn fill(&self, parts: &[Part]) -> String {
        let text = |part: &Part| match part {
            Part::Words(words) => words.clone(),
            Part::Field(field) => self.get(field).to_owned(),
        };
        parts.iter().map(text).collect()
    }
}
