//! The tools: what an agent can read and record.

use std::sync::Arc;

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::domain::command::{Command, EvidenceInput};
use crate::domain::plan::Plan;
use crate::export::{json as shapes, now};

use super::arguments::{Evidence, FollowUp, Item, OfPlan, OfTurn, Reading, Words};
use super::error::Failure;
use super::server::Server;
use super::target;

/// What a tool changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Touches {
    Nothing,
    Plan,
}

/// Every tool with its description and the schema of its arguments.
pub(super) fn all() -> Vec<Tool> {
    vec![
        tool::<OfTurn>(
            "current_turn",
            Touches::Nothing,
            "Read the turn to work on now: its prompt, the evidence it has to show, its gate, what blocks it, and the \
             next step. Begin here.",
        ),
        tool::<OfPlan>(
            "show_plan",
            Touches::Nothing,
            "Read a whole plan: values, sessions, turns, evidence, gates, readings, checklist, and what is computed.",
        ),
        tool::<OfPlan>("list_plans", Touches::Nothing, "List the plans, the one last worked on first."),
        tool::<OfTurn>(
            "start_turn",
            Touches::Plan,
            "Start a turn's clock. Refused while a gate before it is open: a person approves gates, you cannot.",
        ),
        tool::<Evidence>(
            "record_evidence",
            Touches::Plan,
            "Record evidence in a slot of a turn. For a command give the command line, its exit code and the end of \
             its output as it was; never a summary of it.",
        ),
        tool::<Words>("record_result", Touches::Plan, "Write down what came of a turn, in a few sentences."),
        tool::<OfTurn>(
            "finish_turn",
            Touches::Plan,
            "Close a turn. Without its required evidence it counts as unverified, and the answer says what is missing.",
        ),
        tool::<Words>(
            "ask_for_gate",
            Touches::Plan,
            "Ask a person to decide the gate after a closed turn; `text` says what the request rests on. Then stop and \
             wait: the decision is theirs.",
        ),
        tool::<Words>("add_note", Touches::Plan, "Write a remark about a turn: a decision, a surprise, a risk."),
        tool::<Reading>("record_reading", Touches::Plan, "Record a measured figure as a reading of a metric."),
        tool::<Item>("tick_item", Touches::Plan, "Tick a checklist item that holds; `note` says what shows it."),
        tool::<Item>("untick_item", Touches::Plan, "Take the tick of a checklist item back."),
        tool::<FollowUp>(
            "queue_follow_up",
            Touches::Plan,
            "Keep an idea or an extra wish out of this plan: it is queued and offered as a plan of its own afterwards.",
        ),
    ]
}

fn tool<A: JsonSchema>(name: &'static str, touches: Touches, description: &'static str) -> Tool {
    let reads = touches == Touches::Nothing;
    let hints = ToolAnnotations::new().read_only(reads).destructive(false).open_world(false);
    Tool::new(name, description, Arc::new(schema::<A>())).with_annotations(hints)
}

fn schema<A: JsonSchema>() -> JsonObject {
    match schemars::schema_for!(A).to_value() {
        Value::Object(mut object) => {
            // Names of our own types say nothing to a client.
            object.remove("title");
            object.remove("description");
            object
        }
        _ => JsonObject::new(),
    }
}

/// Performs the tool called `name`; `client` is who asks. Nothing where there is no such tool.
pub(super) fn call(server: &Server, client: &str, name: &str, given: JsonObject) -> Option<Result<Value, Failure>> {
    Some(match name {
        "current_turn" => read(given).and_then(|args| current_turn(server, &args)),
        "show_plan" => read(given).and_then(|args: OfPlan| {
            let plan = server.plan(args.plan.as_deref())?;
            Ok(shapes::value(&shapes::plan(&plan, server.now().timestamp()))?)
        }),
        "list_plans" => read(given).and_then(|_: OfPlan| {
            let listing = server.store.list();
            let open: Vec<_> = listing.plans.iter().filter(|plan| !plan.archived).collect();
            Ok(shapes::value(&shapes::plans(&open, &listing))?)
        }),
        "start_turn" => read(given).and_then(|args| on_turn(server, &args, Command::StartTurn)),
        "finish_turn" => read(given).and_then(|args| on_turn(server, &args, Command::FinishTurn)),
        "record_evidence" => read(given).and_then(|args| record_evidence(server, args)),
        "record_result" => read(given).and_then(|args| words(server, args, Destination::Result, client)),
        "ask_for_gate" => read(given).and_then(|args| words(server, args, Destination::Gate, client)),
        "add_note" => read(given).and_then(|args| words(server, args, Destination::Note, client)),
        "record_reading" => read(given).and_then(|args| record_reading(server, args)),
        "tick_item" => read(given).and_then(|args| tick(server, args, Some(client))),
        "untick_item" => read(given).and_then(|args| tick(server, args, None)),
        "queue_follow_up" => read(given).and_then(|args: FollowUp| {
            let plan = server.plan(args.plan.as_deref())?;
            let command = Command::Queue { title: args.title, goal: args.goal, placeholder: String::new() };
            change(server, &plan, &command)
        }),
        _ => return None,
    })
}

fn read<A: DeserializeOwned>(given: JsonObject) -> Result<A, Failure> {
    Ok(serde_json::from_value(Value::Object(given))?)
}

fn current_turn(server: &Server, args: &OfTurn) -> Result<Value, Failure> {
    let plan = server.plan(args.plan.as_deref())?;
    let named = args.session.is_some() || args.turn.is_some();
    let asked = named.then(|| target::turn(&plan, args.session.as_deref(), args.turn.as_deref())).transpose()?;
    Ok(shapes::value(&now::turn(&plan, asked))?)
}

fn on_turn(
    server: &Server,
    args: &OfTurn,
    command: fn(crate::domain::command::TurnRef) -> Command,
) -> Result<Value, Failure> {
    let plan = server.plan(args.plan.as_deref())?;
    let turn = target::reference(target::turn(&plan, args.session.as_deref(), args.turn.as_deref())?);
    change(server, &plan, &command(turn))
}

fn record_evidence(server: &Server, args: Evidence) -> Result<Value, Failure> {
    let plan = server.plan(args.plan.as_deref())?;
    let turn = target::reference(target::turn(&plan, args.session.as_deref(), args.turn.as_deref())?);
    let input = match (args.command, args.exit_code) {
        (Some(command), Some(exit_code)) => EvidenceInput::Command { command, exit_code, output: args.value },
        (None, None) => EvidenceInput::Text(args.value),
        (Some(_), None) | (None, Some(_)) => {
            let hint = "give `command`, `exit_code` and the output as `value`";
            return Err(Failure::invalid("a command line and its exit code belong together", hint));
        }
    };
    change(server, &plan, &Command::RecordEvidence { turn, slot: args.slot, input })
}

/// Where words go.
#[derive(Debug, Clone, Copy)]
enum Destination {
    Result,
    Gate,
    Note,
}

fn words(server: &Server, args: Words, to: Destination, client: &str) -> Result<Value, Failure> {
    let plan = server.plan(args.plan.as_deref())?;
    let turn = target::reference(target::turn(&plan, args.session.as_deref(), args.turn.as_deref())?);
    let command = match to {
        Destination::Result => Command::SetResult { turn, result: args.text },
        Destination::Gate => Command::AskForGate { turn, note: args.text, by: client.into() },
        Destination::Note => Command::AddNote { session: turn.session, turn: turn.turn, text: args.text },
    };
    change(server, &plan, &command)
}

fn record_reading(server: &Server, args: Reading) -> Result<Value, Failure> {
    let plan = server.plan(args.plan.as_deref())?;
    let turn = target::reference(target::turn(&plan, args.session.as_deref(), args.turn.as_deref())?);
    change(server, &plan, &Command::ReadMetric { metric: args.metric, value: args.value, turn: Some(turn) })
}

fn tick(server: &Server, args: Item, by: Option<&str>) -> Result<Value, Failure> {
    let plan = server.plan(args.plan.as_deref())?;
    let session = target::session(&plan, args.session.as_deref())?.id.clone();
    let command = match by {
        Some(by) => Command::Tick { session, item: args.item, note: args.note, by: by.into() },
        None => Command::Untick { session, item: args.item },
    };
    change(server, &plan, &command)
}

/// Applies a command to the plan's file; what was done and what is next.
fn change(server: &Server, plan: &Plan, command: &Command) -> Result<Value, Failure> {
    let change = server.store.update(&plan.id, command, server.now().timestamp())?;
    Ok(shapes::value(&now::change(&change.plan, &change.summary))?)
}
