//! The report of a plan in Markdown: what it was for, what was done, what showed it.
//!
//! Words that come from files are other people's text: what would command a terminal is made
//! visible, and what would mark up the page is escaped.

use jiff::Zoned;

use crate::domain::budget::{Budget, compact};
use crate::domain::metric::Course;
use crate::domain::plan::{Evidence, Gate, GateState, Note, Outcome, Plan, PlanState, Recorded, Session, Turn};
use crate::domain::untrusted::{shown, shown_lines};

use super::markup::{code_span, escape, inline, longest_run};

/// The report of `plan` as it stands at `now`, times in the zone of `now`.
pub fn report(plan: &Plan, now: &Zoned) -> String {
    let mut page = Page { text: String::new(), now, plan };
    page.head();
    page.open_points();
    page.metrics();
    for session in &plan.sessions {
        page.session(session);
    }
    page.values();
    page.general_notes();
    page.review();
    page.text.trim_end().to_owned() + "\n"
}

struct Page<'a> {
    text: String,
    now: &'a Zoned,
    plan: &'a Plan,
}

impl Page<'_> {
    fn line(&mut self, text: &str) {
        self.text += text;
        self.text.push('\n');
    }

    /// One empty line, where there is none yet.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.line("");
        }
    }

    /// A line of its own, with an empty one on either side.
    fn alone(&mut self, text: &str) {
        self.gap();
        self.line(text);
        self.line("");
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.alone(&format!("{} {text}", "#".repeat(level)));
    }

    fn when(&self, time: jiff::Timestamp) -> String {
        time.to_zoned(self.now.time_zone().clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    fn head(&mut self) {
        let plan = self.plan;
        self.heading(1, &inline(&plan.name));
        let archived = if plan.archived { ", archived" } else { "" };
        self.line(&format!("- Strategy: {} (`{}`)", inline(&plan.strategy.title), shown(&plan.strategy.id)));
        self.line(&format!("- Plan: `{}`, revision {}", shown(&plan.id), plan.revision));
        self.line(&format!(
            "- State: {}{}{archived}",
            plan.state().word(),
            if is_unverified(plan) { ", unverified" } else { "" }
        ));
        self.line(&format!("- Started: {}; last changed: {}", self.when(plan.created), self.when(plan.updated)));
        self.line(&format!("- Time: {}", time(plan.worked(self.now.timestamp()), plan.budget().as_ref())));
        let goal = plan.goal();
        if !goal.trim().is_empty() {
            self.heading(2, "Goal");
            self.quote(&goal);
        }
    }

    /// What a reader must know first: what is missing.
    fn open_points(&mut self) {
        let mut points = Vec::new();
        for session in &self.plan.sessions {
            let of = if self.plan.is_multi_session() { format!("{}: ", inline(&session.title)) } else { String::new() };
            for turn in session.unverified() {
                let slots: Vec<String> = turn.all_missing().iter().map(|slot| inline(&slot.lack())).collect();
                points.push(format!("{of}{} is unverified: no evidence for {}", inline(&turn.title), slots.join(", ")));
            }
            for turn in session.open_gates() {
                let gate = turn.gate.as_ref().map(|gate| inline(&gate.text)).unwrap_or_default();
                points.push(format!("{of}the gate after {} is open: {gate}", inline(&turn.title)));
            }
            for turn in session.turns.iter().filter(|turn| !turn.is_closed()) {
                points.push(format!("{of}{} is {}", inline(&turn.title), turn.state));
            }
            for item in session.open_items() {
                points.push(format!("{of}not ticked: {}", inline(&item.text)));
            }
        }
        if points.is_empty() {
            return;
        }
        self.heading(2, "Open points");
        for point in points {
            self.line(&format!("- {point}"));
        }
    }

    fn metrics(&mut self) {
        let courses = self.plan.courses();
        if courses.is_empty() {
            return;
        }
        self.heading(2, "Metrics");
        self.line("| Metric | Baseline | Last | Change | Target | Reached | Readings |");
        self.line("|---|---:|---:|---:|---:|---|---:|");
        for course in &courses {
            let row = metric_row(course);
            self.line(&row);
        }
    }

    fn session(&mut self, session: &Session) {
        let several = self.plan.is_multi_session();
        if several {
            self.heading(2, &format!("Session: {}", inline(&session.title)));
            self.line(&format!("- State: {}", session.state));
            self.line(&format!(
                "- Time: {}",
                time(session.worked(self.now.timestamp()), session.whole_budget().as_ref())
            ));
            if !session.after.is_empty() {
                self.line(&format!("- After: {}", inline(&session.after.join(", "))));
            }
            if !session.goal.trim().is_empty() {
                self.line(&format!("- Goal: {}", inline(&session.goal)));
            }
        } else {
            self.heading(2, "Turns");
        }
        if let Some(reason) = &session.reason {
            let what = if session.unverified().is_empty() { "Reason" } else { "Finished unverified, because" };
            self.line(&format!("- {what}: {}", inline(reason)));
        }
        for (turn, number) in session.turns.iter().zip(session.turn_numbers()) {
            self.turn(session, turn, &number);
        }
        self.heading(3, "Checklist");
        for item in &session.checklist {
            let mark = if item.ticked.is_some() { "x" } else { " " };
            let tick = item.ticked.as_ref().map(|tick| {
                let by = if tick.by.is_empty() { String::new() } else { format!(" by {}", inline(&tick.by)) };
                let note = if tick.note.is_empty() { String::new() } else { format!(": {}", inline(&tick.note)) };
                format!(" ({}{by}{note})", self.when(tick.at))
            });
            self.line(&format!("- [{mark}] {}{}", inline(&item.text), tick.unwrap_or_default()));
        }
    }

    fn turn(&mut self, session: &Session, turn: &Turn, number: &str) {
        self.heading(3, &format!("{number} {}", inline(&turn.title)));
        let mut facts = vec![self.plan.standing(session, turn).word().to_owned(), turn.kind.to_string()];
        if turn.started.is_some() || turn.budget.is_some() {
            facts.push(time(turn.total_worked(self.now.timestamp()), turn.budget.as_ref()));
        }
        if turn.rework > 0 {
            facts.push(format!("sent back {} times", turn.rework));
        }
        if turn.added {
            facts.push("added to the plan".into());
        }
        self.line(&format!("- State: {}", facts.join(", ")));
        if let Some(started) = turn.started {
            let ended = turn.ended.map(|ended| format!("; closed: {}", self.when(ended))).unwrap_or_default();
            self.line(&format!("- Started: {}{ended}", self.when(started)));
        }
        if let Some(reason) = &turn.reason {
            self.line(&format!("- Reason: {}", inline(reason)));
        }
        if let Some(gate) = &turn.gate {
            let gate = self.gate(gate);
            self.line(&gate);
        }
        for iteration in &turn.iterations {
            let per = if turn.repeat.is_empty() { "iteration" } else { &turn.repeat };
            self.alone(&format!("**{} {}**, {} worked", inline(per), iteration.number, compact(iteration.worked)));
            self.outcome(&iteration.result, &iteration.evidence);
        }
        if turn.iteration > 1 {
            let per = if turn.repeat.is_empty() { "iteration" } else { &turn.repeat };
            self.alone(&format!("**{} {}**", inline(per), turn.iteration));
        }
        if turn.started.is_some() {
            self.outcome(&turn.result, &turn.evidence);
        }
        self.notes(|note| note.session == session.id && note.turn == turn.id);
        if let Some(sent) = &turn.sent {
            // Closing a turn keeps its prompt too, but nobody saw it leave.
            let what = if sent.via == "closed" { "Prompt as it stood at the close" } else { "Prompt as sent" };
            self.alone(&format!("{what}, {}:", self.when(sent.at)));
            self.fence(&sent.prompt);
        }
    }

    fn gate(&self, gate: &Gate) -> String {
        let mut line = format!("- Gate: {}; {}", inline(&gate.text), gate.state);
        if gate.state != GateState::Open {
            if !gate.by.is_empty() {
                line += " by ";
                line += &inline(&gate.by);
            }
            line += &gate.at.map(|at| format!(", {}", self.when(at))).unwrap_or_default();
            if !gate.note.is_empty() {
                line += ": ";
                line += &inline(&gate.note);
            }
        }
        line
    }

    /// What came back, and what it showed.
    fn outcome(&mut self, result: &str, evidence: &[Evidence]) {
        if !result.trim().is_empty() {
            self.alone("Result:");
            self.quote(result);
        }
        if evidence.is_empty() {
            return;
        }
        self.alone("Evidence:");
        for slot in evidence {
            match (&slot.recorded, slot.required) {
                (Some(recorded), _) => self.recorded(&inline(&slot.label), recorded),
                (None, true) => self.line(&format!("- {}: **missing**", inline(&slot.label))),
                (None, false) => self.line(&format!("- {}: not given", inline(&slot.label))),
            }
        }
    }

    fn recorded(&mut self, label: &str, recorded: &Recorded) {
        if let (Some(command), Some(code)) = (&recorded.command, recorded.exit_code) {
            self.line(&format!("- {label}: {}, exit code {code}", code_span(command)));
            if !recorded.text.trim().is_empty() {
                self.indented_fence(&recorded.text);
            }
            return;
        }
        if recorded.text.trim().lines().count() <= 1 {
            self.line(&format!("- {label}: {}", inline(&recorded.text)));
            return;
        }
        self.line(&format!("- {label}:"));
        self.indented_fence(&recorded.text);
    }

    fn values(&mut self) {
        let plan = self.plan;
        let given: Vec<_> = plan
            .strategy
            .placeholders
            .iter()
            .filter_map(|placeholder| Some((placeholder, plan.values.get(&placeholder.name)?)))
            .collect();
        if given.is_empty() {
            return;
        }
        self.heading(2, "Values");
        for (placeholder, value) in given {
            let text = value.as_input();
            if text.trim().lines().count() <= 1 {
                self.line(&format!("- {}: {}", inline(&placeholder.label), inline(&text)));
            } else {
                self.line(&format!("- {}:", inline(&placeholder.label)));
                self.indented_fence(&text);
            }
        }
    }

    fn general_notes(&mut self) {
        let plan = self.plan;
        let belongs =
            |note: &Note| plan.session(&note.session).is_some_and(|session| session.turn(&note.turn).is_some());
        if plan.notes.iter().any(|note| !belongs(note)) {
            self.heading(2, "Notes");
            self.notes(|note| !belongs(note));
        }
    }

    fn notes(&mut self, wanted: impl Fn(&Note) -> bool) {
        let notes: Vec<&Note> = self.plan.notes.iter().filter(|note| wanted(note)).collect();
        for note in notes {
            self.alone(&format!("Note, {}:", self.when(note.at)));
            self.quote(&note.text);
        }
    }

    fn review(&mut self) {
        let review = &self.plan.review;
        if review.outcome == Outcome::Unsaid && review.helped.is_empty() && review.change.is_empty() {
            return;
        }
        self.heading(2, "Review");
        if review.outcome != Outcome::Unsaid {
            self.line(&format!("- Reached its goal: {}", review.outcome));
        }
        for (label, text) in [("What helped", &review.helped), ("What to change", &review.change)] {
            if !text.trim().is_empty() {
                self.alone(&format!("{label}:"));
                self.quote(text);
            }
        }
    }

    /// Words of several lines as a quotation.
    fn quote(&mut self, text: &str) {
        for line in shown_lines(text.trim_end()).lines() {
            let quoted = format!("> {}", escape(line));
            self.line(quoted.trim_end());
        }
    }

    fn fence(&mut self, text: &str) {
        self.fenced(text, "");
    }

    /// A fence inside a list item.
    fn indented_fence(&mut self, text: &str) {
        self.fenced(text, "  ");
    }

    /// Text as it is, in a fence longer than any in it.
    fn fenced(&mut self, text: &str, indent: &str) {
        self.gap();
        let fence = "`".repeat(longest_run(text).max(2) + 1);
        self.line(&format!("{indent}{fence}text"));
        for line in shown_lines(text.trim_end()).lines() {
            self.line(format!("{indent}{line}").trim_end());
        }
        self.line(&format!("{indent}{fence}"));
        self.line("");
    }
}

fn is_unverified(plan: &Plan) -> bool {
    plan.state() == PlanState::Finished && plan.sessions.iter().any(|session| !session.unverified().is_empty())
}

/// Time worked against its budget.
fn time(worked: u64, budget: Option<&Budget>) -> String {
    match budget {
        Some(budget) => {
            let percent = worked.saturating_mul(100) / budget.high().max(1);
            format!("{} worked of {} planned ({percent} %)", compact(worked), budget.short())
        }
        None => format!("{} worked", compact(worked)),
    }
}

fn metric_row(course: &Course<'_>) -> String {
    let unit = inline(&course.spec.unit);
    let figure = |value: Option<f64>| {
        value.map_or_else(|| "-".to_owned(), |value| format!("{value} {unit}").trim_end().to_owned())
    };
    let change = match course.readings.len() {
        0 => None,
        1 if course.spec.baseline.is_none() => None,
        _ => course.change_in_words(),
    };
    let reached = match course.reached() {
        None => "-",
        Some(true) => "yes",
        Some(false) => "no",
    };
    let cells = [
        inline(&course.spec.label),
        figure(course.baseline),
        figure(course.last()),
        change.unwrap_or_else(|| "-".into()),
        figure(course.target),
        reached.to_owned(),
        course.readings.len().to_string(),
    ];
    format!("| {} |", cells.join(" | "))
}
