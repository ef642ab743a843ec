//! When sessions ran, run and would run: the bars of the lanes.

use jiff::Timestamp;

use super::plan::{Plan, Session, SessionState, Turn};

/// A session's bar on the time axis, in seconds since the epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// The session's id.
    pub session: String,
    /// Its turns, in order of time.
    pub bars: Vec<Bar>,
    /// When the session ends, or would end if everything stays on time.
    pub ends: i64,
}

/// One turn's stretch of a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The turn's id.
    pub turn: String,
    /// The title, for as much of it as fits.
    pub title: String,
    /// From when.
    pub from: i64,
    /// Until when.
    pub to: i64,
    /// What it stands for.
    pub kind: BarKind,
}

/// What a stretch of a lane stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarKind {
    /// Worked, within budget.
    Worked,
    /// Worked beyond the budget.
    Over,
    /// Budget left of the turn under way.
    Left,
    /// Not begun: where it would lie if everything stays on time.
    Planned,
}

/// A turn without a budget is drawn as this many seconds.
const UNBUDGETED: i64 = 15 * 60;

/// No bar is longer, in seconds: a hundred years, whatever a file says.
const LONGEST: u64 = 100 * 366 * 24 * 3600;

/// Every session's lane, in the plan's order. A session that waits for others is drawn after them.
pub fn lanes(plan: &Plan, now: Timestamp) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    // `after` cannot form a circle (the file is refused), so as many rounds as there are sessions
    // settle every lane; files edited by hand into a circle end all the same.
    for _ in 0..plan.sessions.len() {
        for session in &plan.sessions {
            let done = lanes.iter().any(|lane| lane.session == session.id);
            let ready = session
                .after
                .iter()
                .all(|id| plan.session(id).is_none() || lanes.iter().any(|lane| lane.session == *id));
            if !done && ready {
                let lane = lane(session, &lanes, now);
                lanes.push(lane);
            }
        }
    }
    for session in &plan.sessions {
        if !lanes.iter().any(|lane| lane.session == session.id) {
            let lane = lane(session, &lanes, now);
            lanes.push(lane);
        }
    }
    let place = |lane: &Lane| plan.sessions.iter().position(|session| session.id == lane.session);
    lanes.sort_by_key(place);
    lanes
}

fn lane(session: &Session, before: &[Lane], now: Timestamp) -> Lane {
    let now_second = now.as_second();
    let free = before.iter().filter(|lane| session.after.contains(&lane.session)).map(|lane| lane.ends).max();
    let mut at = free.unwrap_or(now_second).max(now_second);
    let mut bars = Vec::new();
    let mut bar = |turn: &Turn, from: i64, to: i64, kind| {
        if to > from {
            bars.push(Bar { turn: turn.id.clone(), title: turn.title.clone(), from, to, kind });
        }
    };
    for turn in &session.turns {
        let budget = turn.budget.as_ref().map_or(UNBUDGETED, |budget| budget.high() as i64);
        let worked = turn.total_worked(now).min(LONGEST) as i64;
        match turn.started {
            Some(started) => {
                let from = started.as_second();
                let within = worked.min(budget);
                bar(turn, from, from + within, BarKind::Worked);
                bar(turn, from + within, from + worked, BarKind::Over);
                if !turn.is_closed() {
                    let left = (budget - worked).max(0);
                    let resume = (from + worked).max(now_second);
                    bar(turn, resume, resume + left, BarKind::Left);
                    at = at.max(resume + left);
                }
            }
            None if turn.is_closed() || session.is_over() => {}
            None => {
                bar(turn, at, at + budget, BarKind::Planned);
                at += budget;
            }
        }
    }
    let ends = match session.state {
        SessionState::Finished | SessionState::Abandoned => session.ended.map_or(now_second, Timestamp::as_second),
        SessionState::Planned | SessionState::Running | SessionState::WrapUp => at,
    };
    Lane { session: session.id.clone(), bars, ends }
}
