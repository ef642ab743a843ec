//! Dialogs that record evidence and readings, and that add or change what a plan holds.

use crate::app::dialog::{Dialog, Input, Paragraph};
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::purpose::{ADDITIONS, Addition, Chosen, Purpose, QUEUE_OR_ADD, verdicts};
use crate::app::workspace::{EvidenceRow, Pane, Workspace};
use crate::domain::command::Command;
use crate::domain::placeholder::Value;
use crate::domain::plan::{Plan, SessionState, Turn};
use crate::domain::review::{Rule, Thresholds, goal_placeholder, review};
use crate::domain::strategy::{ExpectedExit, SlotInput, TurnKind};
use crate::domain::words::capital;

use super::overlay::open;
use super::workspace::refuses;
use crate::workflow::availability::Act;

pub(super) fn record(model: &mut Model) {
    let Some(place) = model.workspace.as_ref().and_then(Workspace::slot_place) else { return };
    if refuses(model, Act::Record(place)) {
        return;
    }
    let Some(workspace) = &model.workspace else { return };
    let Some((_, slot)) = workspace.slot() else { return };
    let recorded = slot.recorded.as_ref();
    let text = recorded.map(|recorded| recorded.text.clone()).unwrap_or_default();
    let inputs = match slot.kind.input() {
        SlotInput::Text => vec![Input::lines("What it shows", &text)],
        SlotInput::Line => vec![Input::line(&capital(slot.kind.noun()), &text)],
        SlotInput::Number => vec![Input::line("Figure", &text)],
        SlotInput::Choice => {
            vec![Input::answer(&capital(slot.kind.noun()), &verdicts(slot), &Some(text.as_str()))]
        }
        SlotInput::Run => {
            let command = recorded.and_then(|recorded| recorded.command.clone()).unwrap_or_default();
            let code =
                recorded.and_then(|recorded| recorded.exit_code).map(|code| code.to_string()).unwrap_or_default();
            vec![
                Input::line("Command", &command),
                Input::line(exit_label(slot.exit), &code),
                Input::lines("End of its output", &text),
            ]
        }
    };
    let mut intro = Vec::new();
    if let Some(metric) = workspace.plan.strategy.metrics.iter().find(|metric| metric.id == slot.metric) {
        intro.push(format!(
            "A reading of '{}', in {}.",
            metric.label,
            if metric.unit.is_empty() { "its unit" } else { &metric.unit }
        ));
    }
    if slot.kind.wants_run() {
        intro.push(format!("What was run to show it, and what came of it. The command {}.", slot.exit.wanted()));
    }
    let purpose = Purpose::Evidence(workspace.turn_ref(), Box::new(slot.clone()));
    let dialog = Dialog::new(slot.label.clone(), "Record", purpose, inputs);
    open(model, dialog.explained(intro));
}

/// The name of the field for an exit code, with the one that shows what is wanted.
fn exit_label(exit: ExpectedExit) -> &'static str {
    match exit {
        ExpectedExit::Zero => "Exit code (0: it succeeded)",
        ExpectedExit::Nonzero => "Exit code (not 0: it failed, as it has to)",
        ExpectedExit::Any => "Exit code",
    }
}

pub(super) fn metric(model: &mut Model) {
    if refuses(model, Act::Reading) {
        return;
    }
    let Some(workspace) = &model.workspace else { return };
    let metrics = &workspace.plan.strategy.metrics;
    let selected = match workspace.evidence_rows().get(workspace.row) {
        Some(EvidenceRow::Metric(at)) if workspace.pane == Pane::Evidence => *at,
        Some(_) | None => 0,
    };
    let offered: Vec<(String, String)> =
        metrics.iter().map(|metric| (metric.label.clone(), metric.id.clone())).collect();
    let unit = |at: usize| metrics[at].unit.clone();
    let mut inputs = Vec::new();
    if metrics.len() > 1 {
        inputs.push(Input::answer("Metric", &offered, &metrics[selected].id));
    }
    inputs.push(Input::line("Reading", ""));
    let title =
        if metrics.len() > 1 { "Reading of a metric".into() } else { format!("Reading of '{}'", metrics[0].label) };
    let intro = if metrics.len() > 1 { String::new() } else { format!("In {}.", unit(0)) };
    let mut dialog = Dialog::new(title, "Record", Purpose::Metric(workspace.turn_ref(), offered), inputs);
    // The figure is what is typed; which metric is often the selected one.
    dialog.focus = dialog.inputs.len() - 1;
    open(model, dialog.explained(Some(intro).filter(|intro| intro.len() > 4)));
}

pub(super) fn add(model: &mut Model) {
    let Some(workspace) = &model.workspace else { return };
    let purpose = Purpose::Add(workspace.turn_ref());
    let chosen = match workspace.pane {
        Pane::Timeline => Addition::Turn,
        Pane::Checklist => Addition::Item,
        Pane::Prompt | Pane::Evidence => Addition::Note,
    };
    open(model, Dialog::new("Add", "Go on", purpose, vec![Input::answer("What", &ADDITIONS, &chosen)]));
}

/// A dialog that only chose something is over; the next one is opened, or the thing done.
pub(super) fn chosen(model: &mut Model, chosen: Chosen, effects: &mut Vec<Effect>) {
    match chosen {
        Chosen::Add(turn, addition) => {
            let dialog = match addition {
                Addition::Note => Dialog::new("Note", "Save", Purpose::Note(turn), vec![Input::lines("Note", "")]),
                Addition::Turn => {
                    let kinds: Vec<&str> = TurnKind::ALL.iter().map(|kind| kind.word()).collect();
                    let inputs = vec![
                        Input::line("Title", ""),
                        Input::choice("Kind", &kinds, kinds.len() - 1),
                        Input::line("Budget (may be empty)", ""),
                        Input::lines("Prompt", ""),
                    ];
                    Dialog::new("New turn", "Add", Purpose::AddTurn(turn), inputs)
                }
                Addition::Plan => {
                    let placeholder = model.workspace.as_ref().map(|workspace| goal_placeholder(&workspace.plan));
                    let inputs = vec![Input::line("Title", ""), Input::lines("What it is to reach (may be empty)", "")];
                    let dialog =
                        Dialog::new("Queue a plan", "Queue", Purpose::Queue(placeholder.unwrap_or_default()), inputs);
                    dialog.explained(["It waits until this plan is finished; then its form is offered, filled in."])
                }
                Addition::Item => Dialog::new(
                    "Checklist item",
                    "Add",
                    Purpose::AddItem(turn.session),
                    vec![Input::line("What is to be true", "")],
                ),
            };
            open(model, dialog);
        }
        Chosen::Copy(text, turn) => {
            let plan = model.workspace.as_ref().map(|workspace| workspace.plan.id.clone()).unwrap_or_default();
            effects.push(Effect::Copy(text, turn.map(|turn| (plan, turn))));
        }
        Chosen::Send(text) => super::prompt::hand_over(model, text, effects),
        Chosen::Strategy(id) => super::distil::show(model, &id, effects),
        Chosen::Value(name) => {
            let Some(workspace) = &model.workspace else { return };
            let Some(placeholder) = workspace.plan.strategy.placeholder(&name).cloned() else { return };
            let now = workspace.plan.values.get(&placeholder.name).map(Value::as_input).unwrap_or_default();
            let input = if placeholder.choices.is_empty() {
                Input::lines(&placeholder.label, &now)
            } else {
                let at = placeholder.choices.iter().position(|choice| *choice == now).unwrap_or(0);
                Input::choice(&placeholder.label, &placeholder.choices, at)
            };
            let help = placeholder.help.clone();
            let dialog = Dialog::new("Change a value", "Save", Purpose::Value(Box::new(placeholder)), vec![input]);
            open(model, dialog.explained([help, "Prompts sent already stay as they were sent.".into()]));
        }
    }
}

pub(super) fn choose_value(model: &mut Model) {
    if refuses(model, Act::Value) {
        return;
    }
    let Some(workspace) = &model.workspace else { return };
    let placeholders = &workspace.plan.strategy.placeholders;
    let names = placeholders.iter().map(|placeholder| placeholder.name.clone()).collect();
    let labels: Vec<String> = placeholders.iter().map(|placeholder| placeholder.label.clone()).collect();
    open(
        model,
        Dialog::new("Change a value", "Go on", Purpose::ChooseValue(names), vec![Input::choice("Which", &labels, 0)]),
    );
}

/// Asks what to do with an added turn, in the dialog that adds it, where the review would speak against
/// it. Gives back whether it asked.
pub(super) fn asks_to_queue(model: &Model, dialog: &mut Dialog, command: &Command) -> bool {
    let (Purpose::AddTurn(after), Some(workspace)) = (dialog.purpose.clone(), &model.workspace) else { return false };
    let begun = workspace.plan.session(&after.session).is_some_and(|session| session.state != SessionState::Planned);
    if !begun || !is_creep(&workspace.plan, command, model) {
        return false;
    }
    let goal = workspace.plan.goal();
    let goal = goal.lines().next().unwrap_or_default();
    dialog.intro.push(Paragraph::warning(format!(
        "This reads as a goal of its own. The plan set out to do this: {goal}. Complete that first; what is queued \
         is offered as a plan of its own afterwards."
    )));
    dialog.purpose = Purpose::AddOrQueue(after, goal_placeholder(&workspace.plan));
    dialog.verb = "Go on";
    dialog.focus = dialog.inputs.len();
    dialog.inputs.push(Input::answer("What to do with it", &QUEUE_OR_ADD, &true));
    true
}

/// Whether the rule against scope creep names the turn that `command` adds.
fn is_creep(plan: &Plan, command: &Command, model: &Model) -> bool {
    let thresholds: &Thresholds = &model.settings.review;
    let Ok(change) = plan.apply(command, model.now) else { return false };
    let is_new =
        |session: &str, turn: &Turn| plan.session(session).is_some_and(|before| before.turn(&turn.id).is_none());
    let found = review(&change.plan, thresholds).into_iter().filter(|finding| finding.rule == Rule::ScopeCreep);
    found.flat_map(|finding| finding.turns).any(|at| {
        let turn = change.plan.session(&at.session).and_then(|session| session.turn(&at.turn));
        turn.is_some_and(|turn| is_new(&at.session, turn))
    })
}
