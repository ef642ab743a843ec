//! Where a session stands, in a word and in a sentence.

use jiff::Timestamp;
use ratatui::style::Style;

use crate::app::model::Model;
use crate::domain::budget::compact;
use crate::domain::plan::{Plan, Session, SessionState, Turn, TurnState};
use crate::domain::schedule::Lane;
use crate::tui::view::theme::Theme;
use crate::tui::view::words::{count, letter_of, lettered, listed, moment, of_budget};

/// Where a session stands, for a row of the lanes.
pub(super) struct State {
    pub(super) glyph: &'static str,
    pub(super) word: String,
    pub(super) style: Style,
}

/// Seconds that a turn has been worked beyond its budget; nothing where it has none or keeps it.
pub(super) fn beyond(turn: &Turn, now: Timestamp) -> Option<u64> {
    turn.total_worked(now).checked_sub(turn.budget_seconds()?).filter(|over| *over > 0)
}

/// The turn under way, the running one first.
fn active(session: &Session) -> Option<&Turn> {
    let turns = || session.turns.iter().filter(|turn| turn.state == TurnState::Active);
    turns().find(|turn| turn.running_since.is_some()).or_else(|| turns().next())
}

/// A session's state in a glyph and a word or two.
pub(super) fn of(theme: &Theme, plan: &Plan, session: &Session, now: Timestamp) -> State {
    let (glyph, style) = (&theme.glyph, &theme.style);
    let state = |glyph, word: &str, style| State { glyph, word: word.into(), style };
    match session.state {
        SessionState::Abandoned => return state(glyph.skipped, "given up", style.dim),
        SessionState::Finished if session.unverified().is_empty() => return state(glyph.done, "done", style.good),
        SessionState::Finished => return state(glyph.unverified, "unverified", style.warn),
        SessionState::Planned | SessionState::Running | SessionState::WrapUp => {}
    }
    if let Some(turn) = active(session) {
        if let Some(over) = beyond(turn, now) {
            return state("!", &format!("over {}", compact(over)), style.bad);
        }
        if turn.running_since.is_none() {
            return state(glyph.paused, "paused", style.warn);
        }
        let worked = turn.total_worked(now);
        let word = turn.budget_seconds().map_or_else(|| compact(worked), |budget| of_budget(worked, budget));
        return state(
            glyph.running,
            &word,
            turn.budget_used(now).map_or(style.running, |used| theme.budget_style(used)),
        );
    }
    let waits: Vec<String> = plan.waits_for(session).iter().map(|other| letter_of(plan, other)).collect();
    if !waits.is_empty() {
        return state(glyph.waiting, &format!("waits {}", waits.join(",")), style.dim);
    }
    match session.open_gates().first().and_then(|turn| turn.gate.as_ref()) {
        Some(gate) if gate.is_stale() => return state(glyph.gate_open, "gate stale", style.warn),
        Some(_) => return state(glyph.gate_open, "gate open", style.warn),
        None => {}
    }
    match session.state {
        SessionState::WrapUp => state(glyph.ready, "wrap up", style.accent),
        SessionState::Planned | SessionState::Running | SessionState::Finished | SessionState::Abandoned => {
            state(glyph.ready, "ready", style.text)
        }
    }
}

/// The one thing to look at in a session, and how urgent it is: the lower the sooner.
pub(super) fn attention(
    theme: &Theme,
    model: &Model,
    plan: &Plan,
    session: &Session,
    lane: Option<&Lane>,
) -> (u8, State) {
    let now = model.now;
    let at = |time: Timestamp| moment(time, now, &model.zone);
    let row = of(theme, plan, session, now);
    let name = lettered(plan, session);
    let told =
        |rank: u8, text: String| (rank, State { word: format!("{name}: {text}"), glyph: row.glyph, style: row.style });
    let ends = || lane.and_then(|lane| Timestamp::from_second(lane.ends).ok()).map(at);
    match session.state {
        SessionState::Abandoned => return told(7, "given up".into()),
        SessionState::Finished => {
            let when = session.ended.map(|time| format!(" {}", at(time))).unwrap_or_default();
            let missing = session.unverified().len();
            return match missing {
                0 => told(7, format!("finished{when}")),
                missing => told(6, format!("finished{when}, {} unverified", count(missing, "turn"))),
            };
        }
        SessionState::Planned | SessionState::Running | SessionState::WrapUp => {}
    }
    let gate = session.open_gates().first().map(|turn| {
        let stale = turn.gate.as_ref().filter(|gate| gate.is_stale());
        stale.map_or_else(
            || format!("gate waits for you, after '{}'", turn.title),
            |gate| format!("gate stale after '{}', {}", turn.title, gate.stale),
        )
    });
    if let Some(turn) = active(session) {
        if let Some(over) = beyond(turn, now) {
            return told(0, format!("{} over budget", compact(over)));
        }
        if turn.running_since.is_none() {
            return told(2, format!("paused in '{}'", turn.title));
        }
        return told(4, ends().map_or("running".into(), |ends| format!("ends {ends} if on time")));
    }
    let waits: Vec<String> = plan.waits_for(session).iter().map(|other| letter_of(plan, other)).collect();
    match (waits.is_empty(), gate) {
        (false, _) => told(5, format!("waits for {}", listed(&waits))),
        (true, Some(gate)) => told(1, gate),
        (true, None) if session.state == SessionState::WrapUp => {
            match (session.unverified().len(), session.open_items().len()) {
                (0, 0) => told(3, "ready to finish".into()),
                (0, items) => told(3, format!("wrap up, {} open", count(items, "checklist item"))),
                (turns, _) => told(3, format!("wrap up, {} unverified", count(turns, "turn"))),
            }
        }
        (true, None) => told(3, "ready to start".into()),
    }
}
