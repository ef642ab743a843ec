//! What is written down: evidence, readings, notes.

use jiff::Timestamp;

use crate::domain::command::{EvidenceInput, TurnRef};
use crate::domain::metric::{self, Course};
use crate::domain::plan::{Answer, Evidence, Kept, Note, Plan, Reading, Recorded, TurnState};
use crate::domain::quality;
use crate::domain::refusal::Refusal;
use crate::domain::strategy::EvidenceKind;

/// Most of a command's output that is kept, in bytes: its end, which is where results stand.
pub const MAX_OUTPUT: usize = 64 * 1024;

impl Plan {
    pub(super) fn record_evidence(
        &mut self,
        at: &TurnRef,
        slot: &str,
        input: &EvidenceInput,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        self.open_session_mut(&at.session)?;
        let turn = self.turn_mut(at)?;
        if turn.state == TurnState::Pending {
            return Err(Refusal::rule(format!("turn '{}' has not begun", turn.title), "start it first"));
        }
        let iteration = turn.iteration;
        let index = super::place("evidence slot", slot, &turn.evidence, |found| &found.id)?;
        let slot = &mut turn.evidence[index];
        let recorded = read(slot, input, now)?;
        let figure = recorded.number;
        let before = slot.recorded.replace(recorded);
        let (label, metric) = (slot.label.clone(), slot.metric.clone());
        let recorded = &self.turn_of(at)?.1.evidence[index];
        let summary = match recorded.unexpected_exit() {
            Some(_) => format!("recorded{}: {label}", recorded.how_it_ended()),
            None => format!("evidence recorded: {label}{}", recorded.how_it_ended()),
        };
        let place = before.and_then(|before| self.reading_of(at, iteration, &metric, &before));
        if let Some(value) = figure.filter(|_| !metric.is_empty()) {
            let (session, turn) = (at.session.clone(), at.turn.clone());
            let reading = Reading { at: now, metric, value, session, turn, iteration };
            // A figure that is corrected keeps its place among the readings.
            match place {
                Some(place) => self.readings[place] = reading,
                None => self.readings.push(reading),
            }
        }
        Ok(summary)
    }

    /// The place of the reading that a recorded figure is, if it is one.
    fn reading_of(&self, at: &TurnRef, iteration: u32, metric: &str, recorded: &Recorded) -> Option<usize> {
        self.readings.iter().position(|reading| {
            let taken_here = reading.session == at.session && reading.turn == at.turn && reading.iteration == iteration;
            let same = reading.at == recorded.at && Some(reading.value) == recorded.number;
            taken_here && same && reading.metric == metric
        })
    }

    pub(super) fn clear_evidence(&mut self, at: &TurnRef, slot: &str) -> Result<String, Refusal> {
        self.open_session_mut(&at.session)?;
        let turn = self.turn_mut(at)?;
        let index = super::place("evidence slot", slot, &turn.evidence, |found| &found.id)?;
        let slot = &mut turn.evidence[index];
        let Some(recorded) = slot.recorded.take() else {
            return Err(Refusal::rule(format!("'{}' is empty", slot.label), "there is nothing to remove"));
        };
        let (label, metric, iteration) = (slot.label.clone(), slot.metric.clone(), turn.iteration);
        // A figure taken back is no reading either.
        if let Some(place) = self.reading_of(at, iteration, &metric, &recorded) {
            self.readings.remove(place);
        }
        Ok(format!("evidence removed: {label}"))
    }

    pub(super) fn read_metric(
        &mut self,
        metric: &str,
        value: f64,
        turn: Option<&TurnRef>,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        let metrics = &self.strategy.metrics;
        let spec = &metrics[super::place("metric", metric, metrics, |spec| &spec.id)?];
        if !value.is_finite() {
            return Err(Refusal::invalid(format!("{value} is not a reading"), "write a number such as 45 or 0.93"));
        }
        let told = format!("{}: {}", spec.name(), metric::with_unit(value, &spec.unit));
        let turn = match turn {
            Some(turn) => Some(turn.clone()),
            None => self
                .current_session()
                .and_then(|session| session.current_turn().map(|turn| TurnRef::new(&session.id, &turn.id))),
        };
        let iteration = match &turn {
            Some(turn) => self.turn_of(turn)?.1.iteration,
            None => 1,
        };
        let turn = turn.unwrap_or_else(|| TurnRef::new("", ""));
        self.readings.push(Reading {
            at: now,
            metric: metric.into(),
            value,
            session: turn.session,
            turn: turn.turn,
            iteration,
        });
        let course = self.course(metric).filter(Course::is_compared);
        let change = match course.and_then(|course| course.change_in_words()) {
            Some(change) if change == "unchanged" => ", as the baseline".into(),
            Some(change) => format!(", {change} than the baseline"),
            None => String::new(),
        };
        let reached = self.course(metric).and_then(|course| course.reached_in_words());
        Ok(format!("{told}{change}{}", reached.map(|reached| format!("; {reached}")).unwrap_or_default()))
    }

    pub(super) fn keep_iteration(&mut self, at: &TurnRef, iteration: u32, kept: Kept) -> Result<String, Refusal> {
        self.open_session_mut(&at.session)?;
        let turn = self.turn_mut(at)?;
        if turn.repeat.is_empty() && turn.iterations.is_empty() {
            return Err(Refusal::rule(
                format!("turn '{}' is not one that repeats", turn.title),
                "what it did is kept; reopen it to do it otherwise",
            ));
        }
        if turn.state == TurnState::Pending {
            return Err(Refusal::rule(format!("turn '{}' has not begun", turn.title), "start it first"));
        }
        let per = turn.per().to_owned();
        let name = format!("{per} {iteration}");
        let place = if iteration == turn.iteration {
            &mut turn.kept
        } else if let Some(earlier) = turn.iterations.iter_mut().find(|earlier| earlier.number == iteration) {
            &mut earlier.kept
        } else {
            let message = format!("'{}' has no {name}", turn.title);
            return Err(Refusal::not_found(message, format!("it is at {per} {}", turn.iteration)));
        };
        *place = kept;
        Ok(match kept {
            Kept::Undecided => format!("{name} is undecided again"),
            Kept::Yes => format!("{name} is kept"),
            Kept::RolledBack => format!("{name} is rolled back; its readings do not count"),
        })
    }

    pub(super) fn answer_indicator(
        &mut self,
        indicator: &str,
        good: Option<bool>,
        note: &str,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        let known = quality::QualityIndicator::ALL.iter().map(|known| known.word());
        let judged = quality::judge(self, &[]).into_iter().find(|judged| judged.indicator.word() == indicator);
        let Some(judged) = judged else { return Err(super::unknown("quality indicator", indicator, known)) };
        if good.is_some() && !judged.is_answerable() {
            let how = if judged.how_to_fix.is_empty() {
                "only what it cannot tell is asked".into()
            } else {
                judged.how_to_fix
            };
            return Err(Refusal::rule(format!("the record tells `{indicator}` itself: {}", judged.why), how));
        }
        let before = self.reflection.answers.len();
        self.reflection.answers.retain(|answer| answer.indicator != indicator);
        let Some(good) = good else {
            return if self.reflection.answers.len() == before {
                Err(Refusal::rule(format!("`{indicator}` was not answered"), "there is nothing to take back"))
            } else {
                Ok(format!("answer taken back: {indicator}"))
            };
        };
        self.reflection.answers.push(Answer { indicator: indicator.into(), at: now, good, note: note.trim().into() });
        Ok(format!("answered: {indicator}, {}", if good { "yes" } else { "no" }))
    }

    pub(super) fn add_note(
        &mut self,
        session: &str,
        turn: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        if text.trim().is_empty() {
            return Err(Refusal::invalid("the note says nothing", "write something"));
        }
        if !session.is_empty() {
            let session = self.session_mut(session)?;
            if !turn.is_empty() {
                session.known_turn(turn)?;
            }
        }
        self.notes.push(Note { at: now, session: session.into(), turn: turn.into(), text: text.trim_end().into() });
        Ok("note added".into())
    }
}

/// What a slot of this kind makes of the input.
fn read(slot: &Evidence, input: &EvidenceInput, now: Timestamp) -> Result<Recorded, Refusal> {
    let recorded = |text: &str| Recorded { at: now, text: text.into(), command: None, exit_code: None, number: None };
    let text = match input {
        EvidenceInput::Command { command, exit_code, output } => {
            if !slot.kind.keeps_output() {
                return Err(Refusal::invalid(format!("'{}' takes a {}, not a command", slot.label, slot.kind), ""));
            }
            if command.trim().is_empty() {
                return Err(Refusal::invalid("the command line is empty", "write what was run"));
            }
            if !slot.kind.wants_run() && output.trim().is_empty() {
                return Err(Refusal::invalid(
                    format!("'{}' wants words, and the command said nothing", slot.label),
                    "write what it showed",
                ));
            }
            return Ok(Recorded {
                command: Some(command.trim().into()),
                exit_code: Some(*exit_code),
                ..recorded(end_of(output))
            });
        }
        EvidenceInput::Text(text) => text.trim(),
    };
    if text.is_empty() {
        return Err(Refusal::invalid(format!("nothing was given for '{}'", slot.label), "clear the slot to empty it"));
    }
    match slot.kind {
        // Words would hide a run that failed.
        EvidenceKind::Command if let Some(code) = slot.unexpected_exit() => Err(Refusal::invalid(
            format!("'{}' holds a run with exit code {code}, and words do not take its place", slot.label),
            "run it again and record that: the command line, its exit code and its output; or clear the slot first",
        )),
        EvidenceKind::Text | EvidenceKind::Command => Ok(recorded(end_of(text))),
        EvidenceKind::Link => {
            if text.contains(char::is_whitespace) {
                return Err(Refusal::invalid(
                    format!("'{}' takes one address without spaces", slot.label),
                    "for example https://host/path or a file's path",
                ));
            }
            Ok(recorded(text))
        }
        EvidenceKind::Number => Ok(Recorded { number: Some(metric::number(text)?), ..recorded(text) }),
        EvidenceKind::Verdict => {
            let choice = slot.choices.iter().find(|choice| choice.eq_ignore_ascii_case(text));
            let choice = choice.ok_or_else(|| {
                Refusal::invalid(
                    format!("`{text}` is none of the verdicts"),
                    format!("choose: {}", slot.choices.join(", ")),
                )
            })?;
            Ok(recorded(choice))
        }
    }
}

/// The last [`MAX_OUTPUT`] bytes of `text`, from a character on.
fn end_of(text: &str) -> &str {
    let mut from = text.len().saturating_sub(MAX_OUTPUT);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}
