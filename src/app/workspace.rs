//! An open plan: what is selected in it, and the rows of its panes.

use std::cell::Cell;
use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::domain::claims::{self, Claim};
use crate::domain::command::TurnRef;
use crate::domain::memory::Place;
use crate::domain::metric::Course;
use crate::domain::plan::{Evidence, Plan, Session, Standing, Turn, TurnState, WayPast};
use crate::domain::quality::{JudgedIndicator, QualityIndicator, judge};
use crate::domain::review::{Drift, Thresholds, drift};
use crate::workflow::findings::{Finding, findings};
use crate::workflow::next::{Step, of_turn};

/// An open plan.
#[derive(Debug)]
pub struct Workspace {
    /// The plan, with changes that are not on disk.
    pub plan: Plan,
    /// The plan as it is on disk, as far as is known.
    pub on_disk: Plan,
    /// Why it cannot be changed.
    pub read_only: Option<String>,
    /// From where on the review speaks.
    thresholds: Thresholds,
    /// What speaks against the plan as it is shown.
    pub findings: Vec<Finding>,
    /// What was added to the plan since its start.
    pub drift: Drift,
    /// The selected session's id.
    pub session: String,
    /// The selected turn's id.
    pub turn: String,
    pub pane: Pane,
    /// Which of checklist and evidence shares a place where there is no room for both.
    pub lower_pane: Pane,
    /// The selected row of the checklist.
    pub item: usize,
    /// The selected row of evidence and notes.
    pub row: usize,
    pub scroll: usize,
    /// Whether the focused pane has the whole screen.
    pub zoomed: bool,
    pub axis: Axis,
    /// The selected row of the wrap-up.
    pub wrap_row: usize,
    /// How far the summary of the wrap-up is scrolled.
    pub summary_scroll: usize,
    /// How far it can be scrolled, as the view last found.
    pub summary_max_scroll: Cell<usize>,
    pub report_scroll: usize,
    /// Whether the report has the whole of the wrap-up's screen.
    pub reading: bool,
    /// The send command's output so far; nothing while none runs or ran.
    pub sending: Option<Sending>,
    /// Budgets that were announced as used up, by turn and iteration.
    pub announced: BTreeSet<(String, String, u32)>,
}

/// A run of the send command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The turn whose prompt was sent.
    pub turn: TurnRef,
    /// The end of the output so far.
    pub output: String,
    /// Whether it is over, and with which exit code.
    pub done: Option<Option<i32>>,
}

/// The time axis of the lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axis {
    /// Seconds of a column; 0 to fit everything.
    pub scale: i64,
    /// Columns moved to the right.
    pub pan: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// Turns, gates, budgets.
    Timeline,
    /// The prompt as it will be sent.
    Prompt,
    Checklist,
    /// What the turn must show, what came back, notes, readings.
    Evidence,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceRow {
    /// A slot, by its place.
    Slot(usize),
    /// What came back.
    Result,
    /// A metric, by its place in the strategy.
    Metric(usize),
    /// A note, by its place in the plan.
    Note(usize),
    /// An iteration of a turn that repeats, by its number; the last one is under way.
    Iteration(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrapRow {
    /// A checklist item, by its place.
    Item(usize),
    Indicator(QualityIndicator),
    /// Did it work?
    Outcome,
    /// What helped, what to change.
    Words,
    /// The button.
    Finish,
    /// What waits to become a plan of its own, by its place among them.
    Queued(usize),
}

impl Workspace {
    /// An open plan, where it was left if `place` says so.
    pub fn new(plan: Plan, read_only: Option<String>, place: Option<&Place>, thresholds: &Thresholds) -> Self {
        let mut workspace = Self {
            thresholds: thresholds.clone(),
            findings: Vec::new(),
            drift: Drift::default(),
            session: String::new(),
            turn: String::new(),
            on_disk: plan.clone(),
            plan,
            read_only,
            pane: Pane::Timeline,
            lower_pane: Pane::Evidence,
            item: 0,
            row: 0,
            scroll: 0,
            zoomed: false,
            axis: Axis { scale: 0, pan: 0 },
            wrap_row: 0,
            summary_scroll: 0,
            summary_max_scroll: Cell::new(0),
            report_scroll: 0,
            reading: false,
            sending: None,
            announced: BTreeSet::new(),
        };
        if let Some(place) = place {
            workspace.session.clone_from(&place.session);
            workspace.turn.clone_from(&place.turn);
            (workspace.row, workspace.item, workspace.wrap_row, workspace.scroll) =
                (place.row, place.item, place.wrap_row, place.scroll);
            workspace.pane = workspace.pane_at(place.pane);
            if matches!(workspace.pane, Pane::Checklist | Pane::Evidence) {
                workspace.lower_pane = workspace.pane;
            }
        }
        workspace.judge();
        workspace.settle();
        workspace
    }

    /// Takes in the plan as it is on disk now; the selection stays where it still exists.
    pub fn update(&mut self, plan: Plan) {
        self.on_disk = plan.clone();
        self.show(plan);
    }

    /// Shows the plan with changes that are not on disk.
    pub fn show(&mut self, plan: Plan) {
        self.plan = plan;
        self.judge();
        self.settle();
    }

    /// Looks for what speaks against the plan: once per change of it, not once per frame.
    fn judge(&mut self) {
        self.findings = findings(&self.plan, &self.thresholds);
        self.drift = drift(&self.plan);
    }

    /// Puts the selection on something that exists.
    fn settle(&mut self) {
        if self.plan.session(&self.session).is_none() {
            self.session = self.plan.current_session().map(|session| session.id.clone()).unwrap_or_default();
            self.turn = String::new();
        }
        let current = self.plan.session(&self.session).filter(|session| session.turn(&self.turn).is_none());
        if let Some(turn) = current.and_then(Session::current_turn) {
            self.turn = turn.id.clone();
        }
        self.item =
            self.item.min(self.selected_session().map_or(0, |session| session.checklist.len().saturating_sub(1)));
        self.row = self.row.min(self.evidence_rows().len().saturating_sub(1));
        self.wrap_row = self.wrap_row.min(self.wrap_rows().len().saturating_sub(1));
    }

    pub fn selected_session(&self) -> Option<&Session> {
        self.plan.session(&self.session)
    }

    /// The selected turn, with its session.
    pub fn selected(&self) -> Option<(&Session, &Turn)> {
        let session = self.selected_session()?;
        Some((session, session.turn(&self.turn)?))
    }

    /// The selected turn's name.
    pub fn turn_ref(&self) -> TurnRef {
        TurnRef::new(&self.session, &self.turn)
    }

    /// Selects the turn `by` places further in the session.
    pub fn step_turn(&mut self, by: isize) {
        let Some(session) = self.selected_session() else { return };
        let at = session.turns.iter().position(|turn| turn.id == self.turn).unwrap_or(0) as isize;
        let next = at.saturating_add(by).clamp(0, session.turns.len() as isize - 1) as usize;
        self.select_turn(session.turns[next].id.clone());
    }

    /// Selects a turn of the selected session.
    pub fn select_turn(&mut self, turn: String) {
        self.turn = turn;
        self.row = 0;
        self.scroll = 0;
    }

    /// Selects the session `by` places further, at its current turn.
    pub fn step_session(&mut self, by: isize) {
        let at = self.plan.sessions.iter().position(|session| session.id == self.session).unwrap_or(0) as isize;
        let next = at.saturating_add(by).clamp(0, self.plan.sessions.len() as isize - 1) as usize;
        let id = self.plan.sessions[next].id.clone();
        self.select_session(&id);
    }

    /// Selects a session at its current turn.
    pub fn select_session(&mut self, id: &str) {
        if id == self.session {
            return;
        }
        id.clone_into(&mut self.session);
        self.turn = String::new();
        self.item = 0;
        self.wrap_row = 0;
        self.row = 0;
        self.scroll = 0;
        self.settle();
    }

    /// The panes in the order of their numbers.
    pub const PANES: [Pane; 4] = [Pane::Timeline, Pane::Prompt, Pane::Checklist, Pane::Evidence];

    /// The pane with number `at`, from 0; the last one past the end.
    pub fn pane_at(&self, at: usize) -> Pane {
        Self::PANES[at.min(Self::PANES.len() - 1)]
    }

    /// The number of the focused pane, from 0.
    pub fn pane_number(&self) -> usize {
        Self::PANES.iter().position(|pane| *pane == self.pane).unwrap_or(0)
    }

    pub fn focus(&mut self, pane: Pane) {
        self.pane = pane;
        if matches!(pane, Pane::Checklist | Pane::Evidence) {
            self.lower_pane = pane;
        }
    }

    pub fn evidence_rows(&self) -> Vec<EvidenceRow> {
        let Some((session, turn)) = self.selected() else { return Vec::new() };
        let slots = (0..turn.evidence.len()).map(EvidenceRow::Slot);
        let metrics = (0..self.plan.strategy.metrics.len()).map(EvidenceRow::Metric);
        let notes = self.plan.notes.iter().enumerate().filter(|(_, note)| {
            note.turn == turn.id && note.session == session.id
                || note.turn.is_empty() && (note.session.is_empty() || note.session == session.id)
        });
        let notes = notes.map(|(at, _)| EvidenceRow::Note(at));
        let iterations = if turn.has_iterations() { turn.iteration_numbers() } else { Vec::new() };
        let iterations = iterations.into_iter().map(EvidenceRow::Iteration);
        slots.chain([EvidenceRow::Result]).chain(iterations).chain(metrics).chain(notes).collect()
    }

    /// The place of the selected evidence slot.
    pub fn slot_place(&self) -> Option<usize> {
        match self.evidence_rows().get(self.row)? {
            EvidenceRow::Slot(at) => Some(*at),
            EvidenceRow::Result | EvidenceRow::Metric(_) | EvidenceRow::Note(_) | EvidenceRow::Iteration(_) => None,
        }
    }

    /// The selected evidence slot.
    pub fn slot(&self) -> Option<(&Turn, &Evidence)> {
        let (_, turn) = self.selected()?;
        Some((turn, turn.evidence.get(self.slot_place()?)?))
    }

    /// The iteration that is meant: the one selected in the evidence, else the one under way.
    pub fn iteration(&self) -> u32 {
        let current = self.selected().map_or(1, |(_, turn)| turn.iteration);
        match self.evidence_rows().get(self.row) {
            Some(EvidenceRow::Iteration(number)) if self.pane == Pane::Evidence => *number,
            Some(_) | None => current,
        }
    }

    /// What an iteration of the selected turn did to each metric, and whether it made it better.
    pub fn steps(&self, iteration: u32) -> Vec<(String, Option<bool>)> {
        let at = self.turn_ref();
        let step = |course: &Course<'_>| {
            let step = course.step(&at, iteration);
            let text = course.step_in_words(step, "->")?;
            Some((format!("{}: {text}", course.spec.name()), course.step_improved(step)))
        };
        self.plan.courses().iter().filter_map(step).collect()
    }

    /// Goes on from a slot just filled: to the next required one that is empty, else back to the
    /// timeline, where Enter closes the turn.
    pub fn next_slot(&mut self) {
        let Some((_, turn)) = self.selected() else { return };
        match turn.evidence.iter().position(Evidence::is_wanting) {
            Some(at) => self.row = at,
            None => self.pane = Pane::Timeline,
        }
    }

    pub fn wrap_rows(&self) -> Vec<WrapRow> {
        let items = self.selected_session().map_or(0, |session| session.checklist.len());
        let queued = (0..self.plan.waiting().len()).map(WrapRow::Queued);
        let indicators = QualityIndicator::ALL.iter().copied().map(WrapRow::Indicator);
        let end = [WrapRow::Outcome, WrapRow::Words, WrapRow::Finish];
        (0..items).map(WrapRow::Item).chain(indicators).chain(end).chain(queued).collect()
    }

    /// What the selected turn claims without showing, in words; empty where it does not.
    pub fn claimed(&self) -> String {
        self.selected().map_or_else(String::new, |(_, turn)| claims::in_words(turn, &self.claims(turn)))
    }

    /// The phrases that claim without showing, by the person's settings.
    pub fn phrases(&self) -> &[String] {
        &self.thresholds.claims
    }

    /// The phrases of a turn that claim without showing.
    pub fn claims(&self, turn: &Turn) -> Vec<Claim> {
        claims::claims(turn, &self.thresholds.claims)
    }

    /// What one quality indicator says.
    pub fn judged_by(&self, indicator: QualityIndicator) -> Option<JudgedIndicator> {
        self.judged().into_iter().find(|judged| judged.indicator == indicator)
    }

    /// What the quality indicators say.
    pub fn judged(&self) -> Vec<JudgedIndicator> {
        judge(&self.plan, &self.thresholds.claims)
    }

    /// The turn whose clock the header shows: the selected one if it runs, else any that runs.
    pub fn clock(&self) -> Option<(&Session, &Turn)> {
        let runs = |turn: &Turn| turn.running_since.is_some();
        if let Some((session, turn)) = self.selected().filter(|(_, turn)| runs(turn)) {
            return Some((session, turn));
        }
        let all = self.plan.sessions.iter().flat_map(|session| session.turns.iter().map(move |turn| (session, turn)));
        all.into_iter().find(|(_, turn)| runs(turn))
    }

    /// Turns that run and have used up their budget for the first time: what to announce.
    pub fn newly_over(&mut self, now: Timestamp) -> Vec<String> {
        let mut told = Vec::new();
        let mut keys = Vec::new();
        for session in &self.plan.sessions {
            for turn in session.turns.iter().filter(|turn| turn.running_since.is_some()) {
                let key = (session.id.clone(), turn.id.clone(), turn.iteration);
                if turn.budget_used(now).is_some_and(|used| used >= 100) && !self.announced.contains(&key) {
                    told.push(format!("the budget of '{}' is used up", turn.title));
                    keys.push(key);
                }
            }
        }
        self.announced.extend(keys);
        told
    }

    /// What the selected turn counts as.
    pub fn standing(&self) -> Option<Standing> {
        self.selected().map(|(session, turn)| self.plan.standing(session, turn))
    }

    /// The next step of the selected turn; nothing where the plan is over.
    pub fn next(&self) -> Option<Step<'_>> {
        let (session, turn) = self.selected()?;
        of_turn(&self.plan, session, turn)
    }

    /// What the last row says of Enter.
    pub fn next_label(&self) -> &'static str {
        match self.next() {
            Some(Step::Start(_)) => "start",
            Some(Step::Resume(_)) => "resume",
            Some(Step::Copy(_)) => "copy prompt",
            Some(Step::Record(..)) => "record evidence",
            Some(Step::Close(_)) => "close turn",
            Some(Step::Decide(..)) => "decide gate",
            Some(Step::GoTo(session, _)) if session.id == self.session => "next turn",
            Some(Step::GoTo(..)) => "next session",
            Some(Step::Unblock(..)) if self.leads_to().is_none() => "why it waits",
            Some(Step::Unblock(..)) => "what it waits for",
            Some(Step::WrapUp(_)) => "wrap up",
            Some(Step::StartQueued(_)) | None => "wrap-up",
        }
    }

    /// The session that the next step leads to, and the turn of it; its current turn where none is named.
    pub fn leads_to(&self) -> Option<(String, Option<String>)> {
        match self.next()? {
            Step::GoTo(session, turn) => Some((session.id.clone(), Some(turn.id.clone()))),
            Step::Unblock(_, blocker) => match blocker.way_past() {
                WayPast::Reopen(session) | WayPast::Finish(session) if session.id == self.session => None,
                WayPast::Reopen(session) | WayPast::Finish(session) => Some((session.id.clone(), None)),
                WayPast::Close(turn) | WayPast::Approve(turn) => Some((self.session.clone(), Some(turn.id.clone()))),
            },
            _ => None,
        }
    }

    /// Goes where work goes on after the selected turn was closed or its gate decided.
    pub fn advance(&mut self) {
        let Some((_, turn)) = self.selected() else { return };
        let settled = turn.is_closed() && turn.open_gate().is_none();
        if settled || turn.state == TurnState::Pending {
            if let Some((session, Some(turn))) = self.leads_to()
                && session == self.session
            {
                self.select_turn(turn);
                self.pane = Pane::Timeline;
            }
        } else if turn.open_gate().is_some() {
            self.pane = Pane::Timeline;
        }
    }

    /// Selects the first queued plan in the wrap-up, where one waits; gives back its title.
    pub(in crate::app) fn offer_queued(&mut self) -> Option<String> {
        let at = self.wrap_rows().iter().position(|row| matches!(row, WrapRow::Queued(_)))?;
        self.wrap_row = at;
        Some(self.plan.waiting().first()?.title.clone())
    }
}
