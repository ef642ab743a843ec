//! The hints of the last row: only keys that do something now, from the one key table.

mod browser;
mod form;
mod judgement;

use super::availability::{against, in_plan};
use super::compare::Compare;
use super::layout::{Breakpoint, breakpoint};
use super::model::{Model, Overlay, Screen};
use super::plans::Row as PlanRow;
use super::workspace::{Axis, EvidenceRow, Pane, Workspace, WrapRow};
use crate::domain::follow_up::follow_up;
use crate::domain::plan::{PlanState, Turn, TurnState};
use crate::keys::Action;
use crate::workflow::availability::Act;

/// A hint: the key, what it does, the action behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    pub key: String,
    /// What it does, in a word or two.
    pub label: String,
    /// The action, for clicks.
    pub action: Action,
}

/// The hints of the screen as it is, the most useful first.
pub fn hints(model: &Model) -> Vec<Hint> {
    if !model.pending.is_empty() {
        let next = model.keymap.continuations(model.contexts(), &model.pending);
        return next
            .into_iter()
            .map(|(key, action)| Hint { key, label: action.binding().label.into(), action })
            .collect();
    }
    let mut list = List { model, hints: Vec::new() };
    match &model.overlay {
        Some(Overlay::Dialog(dialog)) => {
            if dialog.is_multiline() {
                list.add(Action::EditSave, "save");
                list.add(Action::EditEnter, "newline");
                list.add(Action::EditEditor, "editor");
            } else {
                let label =
                    if dialog.focus + 1 >= dialog.inputs.len() { dialog.verb.to_lowercase() } else { "next".into() };
                list.add(Action::EditEnter, &label);
            }
            if dialog.is_choice() {
                list.hints.push(Hint { key: "space".into(), label: "choose".into(), action: Action::Toggle });
            }
            if !dialog.inputs.is_empty() {
                list.add(Action::EditNext, "next");
            }
            list.add(Action::EditDone, "close");
        }
        Some(Overlay::Palette { .. }) => {
            list.add(Action::EditEnter, "do it");
            list.add(Action::EditNext, "next");
            list.add(Action::EditDone, "close");
        }
        Some(Overlay::Findings { cursor }) => list.findings(*cursor),
        Some(Overlay::Compare(compare)) => list.compare(compare),
        Some(Overlay::Help { .. }) => {
            list.add(Action::Down, "scroll");
            list.add(Action::Back, "close");
        }
        Some(Overlay::Sending { .. }) => {
            let running = model
                .workspace
                .as_ref()
                .and_then(|workspace| workspace.sending.as_ref())
                .is_some_and(|sending| sending.done.is_none());
            if running {
                list.add(Action::Delete, "end the command");
            }
            list.add(Action::Up, "scroll");
            list.add(Action::Back, "close");
        }
        Some(Overlay::Welcome) => list.add(Action::Help, "help"),
        None => list.screen(),
    }
    list.hints
}

struct List<'m> {
    model: &'m Model,
    hints: Vec<Hint>,
}

impl List<'_> {
    fn add(&mut self, action: Action, label: &str) {
        if let Some(key) = self.model.keymap.key(action) {
            self.hints.push(Hint { key, label: label.into(), action });
        }
    }

    fn plain(&mut self, actions: &[Action]) {
        for action in actions {
            self.add(*action, action.binding().label);
        }
    }

    fn screen(&mut self) {
        if self.model.is_unsaved() {
            self.plain(&[Action::SaveAgain]);
        }
        match self.model.screen {
            Screen::Browser => self.browser(),
            Screen::Form => {
                if let Some(form) = &self.model.form {
                    self.form(form);
                }
            }
            Screen::Workspace => {
                if let Some(workspace) = &self.model.workspace {
                    self.workspace(workspace);
                }
            }
            Screen::Lanes => self.lanes(),
            Screen::WrapUp => {
                if let Some(workspace) = &self.model.workspace {
                    self.wrap_up(workspace);
                }
            }
            Screen::Plans => self.plans(),
            Screen::Stats => self.stats(),
        }
    }

    fn workspace(&mut self, workspace: &Workspace) {
        let Some((session, turn)) = workspace.selected() else { return };
        let frozen = workspace.read_only.is_some();
        match workspace.pane {
            Pane::Timeline | Pane::Prompt => {
                if !frozen || !workspace.next().is_some_and(|next| next.changes()) {
                    self.add(Action::Enter, workspace.next_label());
                }
            }
            Pane::Checklist if !frozen && !session.is_over() => {
                self.add(Action::Toggle, "tick");
                self.add(Action::Edit, "tick with a note");
            }
            Pane::Checklist => {}
            Pane::Evidence => match workspace.evidence_rows().get(workspace.row) {
                Some(EvidenceRow::Slot(at)) => self.enter(Act::Record(*at), "record"),
                Some(EvidenceRow::Result) => self.enter(Act::Result, "write result"),
                Some(EvidenceRow::Metric(_)) => self.enter(Act::Reading, "record reading"),
                Some(EvidenceRow::Note(_)) => self.enter(Act::Note, "add note"),
                Some(EvidenceRow::Iteration(_)) => self.iterations(workspace),
                None => {}
            },
        }
        self.some_findings(workspace);
        self.add(Action::Copy, if follow_up(turn).is_some() { "copy why" } else { "copy" });
        if !frozen && !session.is_over() {
            self.on_turn(workspace, turn);
        } else if !frozen {
            self.plain(&[Action::Reopen]);
        }
        self.plain(&[Action::NextPane, Action::Checklist]);
        if workspace.plan.is_multi_session() {
            self.add(Action::View, "lanes");
            self.add(Action::NextSession, "session");
        }
        self.plain(&[Action::WrapUp, Action::Help]);
        if !frozen && !self.model.has_waiting() {
            self.plain(&[Action::Undo]);
        }
        self.plain(&[Action::Quit]);
    }

    /// Which of what may be done with a turn has room here, by its state; whether it may be done now is not for the
    /// hints to say.
    fn on_turn(&mut self, workspace: &Workspace, turn: &Turn) {
        self.timer(workspace, turn);
        match turn.state {
            TurnState::Pending => self.offer(workspace, &[Action::Skip]),
            TurnState::Active => {
                self.offer(workspace, &[Action::Done]);
                self.repeat(workspace);
                self.offer(workspace, &[Action::Result]);
            }
            TurnState::Done | TurnState::Skipped => {
                self.offer(workspace, &[Action::Approve, Action::Reject]);
                self.repeat(workspace);
                self.offer(workspace, &[Action::Reopen]);
            }
        }
        self.plain(&[Action::Add]);
    }

    /// The turn's clock.
    fn timer(&mut self, workspace: &Workspace, turn: &Turn) {
        let label = match turn.state {
            TurnState::Active if turn.running_since.is_some() => "pause",
            TurnState::Active => "resume",
            TurnState::Pending | TurnState::Done | TurnState::Skipped => "start",
        };
        if in_plan(self.model, workspace, Action::Timer).is_none() {
            self.add(Action::Timer, label);
        }
    }

    /// Enter, where it does something that the plan would take now.
    fn enter(&mut self, act: Act, label: &str) {
        if against(self.model, act).is_none() {
            self.add(Action::Enter, label);
        }
    }

    /// Those that the plan would take now.
    fn offer(&mut self, workspace: &Workspace, actions: &[Action]) {
        for action in actions {
            if in_plan(self.model, workspace, *action).is_none() {
                self.plain(&[*action]);
            }
        }
    }

    fn lanes(&mut self) {
        self.add(Action::Enter, "open");
        if let Some(workspace) = &self.model.workspace {
            self.some_findings(workspace);
        }
        self.add(Action::NextSession, "lane");
        self.add(Action::NextTurn, "turn");
        if let Some(workspace) = &self.model.workspace
            && let Some((_, turn)) = workspace.selected()
        {
            self.timer(workspace, turn);
        }
        self.plain(&[Action::PanLeft, Action::PanRight]);
        self.add(Action::ScaleUp, "finer");
        self.add(Action::ScaleDown, "coarser");
        if self.model.workspace.as_ref().is_some_and(|workspace| workspace.axis != Axis { scale: 0, pan: 0 }) {
            self.add(Action::Zoom, "show all");
        }
        self.plain(&[Action::Copy]);
        self.add(Action::View, "timeline");
        self.plain(&[Action::Help, Action::Quit]);
    }

    fn wrap_up(&mut self, workspace: &Workspace) {
        if workspace.reading {
            self.add(Action::Down, "scroll");
            self.add(Action::Zoom, "close");
            self.add(Action::Copy, "copy report");
            self.plain(&[Action::Export]);
            return self.plain(&[Action::Help]);
        }
        let over = workspace.selected_session().is_some_and(super::super::domain::plan::Session::is_over);
        if workspace.read_only.is_none() && !over {
            match workspace.wrap_rows().get(workspace.wrap_row) {
                Some(WrapRow::Item(_)) => {
                    self.add(Action::Toggle, "tick");
                    self.add(Action::Edit, "tick with a note");
                }
                Some(WrapRow::Indicator(at)) => self.indicator(workspace, *at),
                Some(WrapRow::Outcome) => self.add(Action::Toggle, "choose"),
                Some(WrapRow::Words) => self.add(Action::Enter, "write"),
                Some(WrapRow::Finish) => self.add(Action::Enter, "finish"),
                Some(WrapRow::Queued(_)) => self.add(Action::Delete, "drop it"),
                None => {}
            }
            if workspace.wrap_rows().get(workspace.wrap_row) != Some(&WrapRow::Finish) {
                self.plain(&[Action::Finish]);
            }
        } else if over {
            if let Some(WrapRow::Indicator(at)) =
                workspace.wrap_rows().get(workspace.wrap_row).filter(|_| workspace.read_only.is_none())
            {
                self.indicator(workspace, *at);
            }
            if let Some(WrapRow::Queued(_)) = workspace.wrap_rows().get(workspace.wrap_row) {
                self.add(Action::Enter, "start it as its own plan");
                self.add(Action::Delete, "drop it");
            }
            self.plain(&[Action::Reopen]);
        }
        self.some_findings(workspace);
        self.add(Action::Copy, "copy report");
        self.plain(&[Action::Export]);
        self.add(Action::Zoom, "read report");
        if workspace.plan.state() == PlanState::Finished {
            self.plain(&[Action::Distil]);
        }
        if breakpoint(self.model.size) >= Breakpoint::Roomy {
            self.add(Action::ScrollDown, "scroll report");
        } else if workspace.summary_max_scroll.get() > 0 {
            self.add(Action::ScrollDown, "scroll summary");
        }
        self.plain(&[Action::Undo, Action::Back, Action::Help]);
    }

    fn stats(&mut self) {
        let screen = &self.model.stats;
        if screen.rows() > 0 {
            if screen.on_charts {
                self.add(Action::Down, "scroll");
                self.add(Action::NextPane, "strategies");
            } else {
                self.add(Action::Down, "next strategy");
                self.add(Action::Enter, "charts");
                if !screen.zoomed && breakpoint(self.model.size) != Breakpoint::Narrow {
                    self.add(Action::ScrollDown, "scroll charts");
                }
            }
            self.plain(&[Action::Zoom]);
        }
        self.plain(&[Action::Back, Action::Help, Action::GoPlans, Action::GoBrowser, Action::Palette, Action::Quit]);
    }

    fn plans(&mut self) {
        if self.model.plans.searching {
            self.add(Action::EditEnter, "keep hits");
            self.add(Action::EditDone, "show all");
            return;
        }
        match self.model.plans.row() {
            Some(PlanRow::Plan(_)) => {
                self.add(Action::Enter, "open");
                self.plain(&[Action::Rename]);
                let plan = self.model.plans.plan(&self.model.listing);
                if plan.is_some_and(|plan| plan.state == PlanState::Finished.word()) {
                    self.plain(&[Action::Distil]);
                }
                let archived = self.model.plans.plan(&self.model.listing).is_some_and(|plan| plan.archived);
                self.add(Action::Archive, if archived { "bring back" } else { "archive" });
                self.plain(&[Action::Delete]);
            }
            Some(PlanRow::Draft(_)) => {
                self.add(Action::Enter, "go on");
                self.add(Action::Delete, "throw away");
            }
            Some(PlanRow::Trashed(_)) => {
                self.plain(&[Action::Restore]);
                self.add(Action::Delete, "empty the trash");
            }
            Some(PlanRow::Broken(_)) => self.add(Action::Enter, "what to do"),
            Some(PlanRow::Conflict(_)) => {
                self.add(Action::Enter, "compare");
                self.add(Action::Delete, "put away");
            }
            Some(PlanRow::Section(..)) | None => {}
        }
        self.plain(&[Action::Search, Action::Sort, Action::GoBrowser, Action::Palette, Action::Help, Action::Quit]);
    }

    fn compare(&mut self, compare: &Compare) {
        if compare.ticked.is_empty() {
            self.add(Action::Enter, "put the copy away");
            self.add(Action::Back, "close");
            return;
        }
        let ticked = compare.ticked.iter().filter(|ticked| **ticked).count();
        if ticked > 0 {
            self.add(Action::Enter, &format!("take {ticked} of {}", compare.ticked.len()));
        }
        let here = compare.ticked.get(compare.cursor) == Some(&true);
        self.add(Action::Toggle, if here { "leave" } else { "take" });
        self.add(Action::Add, if ticked == compare.ticked.len() { "none" } else { "all" });
        if compare.ticked.len() > 1 {
            self.add(Action::Down, "next");
        }
        self.add(Action::Delete, "put the copy away");
        self.add(Action::Back, "close");
    }

    /// The key that shows what speaks against the plan, where something does.
    fn some_findings(&mut self, workspace: &Workspace) {
        if !workspace.findings.is_empty() {
            self.plain(&[Action::Findings]);
        }
    }

    /// In the list of what speaks against the plan.
    fn findings(&mut self, cursor: usize) {
        let Some(workspace) = &self.model.workspace else { return };
        if let Some(finding) = workspace.findings.get(cursor) {
            if finding.command().is_some() && workspace.read_only.is_none() {
                self.add(Action::Findings, "take the remedy");
            }
            if !finding.place().session.is_empty() {
                self.add(Action::Enter, "go there");
            }
        }
        if workspace.findings.len() > 1 {
            self.add(Action::Down, "next");
        }
        self.add(Action::Back, "close");
        if !self.model.has_waiting() {
            self.plain(&[Action::Undo]);
        }
    }
}
