//! Times in whole seconds. What a person writes into a plan file may be finer; the program keeps, compares and
//! prints whole seconds only.

use jiff::Timestamp;

use crate::domain::apply::whole_second;

use super::{Evidence, Gate, Iteration, Plan, Session, Turn};

impl Plan {
    /// The plan with every time cut to whole seconds.
    #[must_use]
    pub fn in_whole_seconds(mut self) -> Self {
        cut([&mut self.created, &mut self.updated]);
        cut(self.reflection.answers.iter_mut().map(|answer| &mut answer.at));
        cut(self.notes.iter_mut().map(|note| &mut note.at));
        cut(self.readings.iter_mut().map(|reading| &mut reading.at));
        cut(self.queue.iter_mut().map(|queued| &mut queued.at));
        self.sessions.iter_mut().for_each(session);
        self
    }
}

fn cut<'t>(times: impl IntoIterator<Item = &'t mut Timestamp>) {
    for time in times {
        *time = whole_second(*time);
    }
}

fn session(session: &mut Session) {
    cut(session.started.iter_mut().chain(&mut session.ended));
    cut(session.checklist.iter_mut().filter_map(|item| Some(&mut item.ticked.as_mut()?.at)));
    session.turns.iter_mut().for_each(turn);
}

fn turn(turn: &mut Turn) {
    cut(turn.started.iter_mut().chain(&mut turn.ended).chain(&mut turn.running_since));
    cut(turn.sent.iter_mut().map(|sent| &mut sent.at));
    turn.gate.iter_mut().for_each(gate);
    evidence(&mut turn.evidence);
    turn.iterations.iter_mut().for_each(iteration);
}

fn gate(gate: &mut Gate) {
    cut(gate.at.iter_mut().chain(&mut gate.asked));
    cut(gate.rejections.iter_mut().map(|rejection| &mut rejection.at));
}

fn evidence(slots: &mut [Evidence]) {
    cut(slots.iter_mut().filter_map(|slot| Some(&mut slot.recorded.as_mut()?.at)));
}

fn iteration(iteration: &mut Iteration) {
    cut(iteration.started.iter_mut().chain(&mut iteration.ended));
    cut(iteration.sent.iter_mut().map(|sent| &mut sent.at));
    evidence(&mut iteration.evidence);
}
