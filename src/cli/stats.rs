//! `setlist stats`: what finished plans come to, as tables with bars or as JSON.

use crate::domain::budget::compact;
use crate::domain::nearest::near_or;
use crate::domain::stats::{Course, Figures, Stats, StrategyStats, Times, TurnStats, share};
use crate::domain::words::{self, count};
use crate::export::stats as json;

use super::clock;
use super::complete;
use super::context::Context;
use super::error::{CliError, Result, Status};
use super::output::{Output, Tone, one_line};
use super::table::Table;

/// Columns of a bar.
const BAR: u64 = 20;
/// Most checklist items that are named; JSON has all of them.
const MISSES: usize = 10;

/// Planned against worked time, rework, evidence and checklists of finished plans
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Time is measured against the upper end of the budgets. Plans under way do not count; archived \
                        ones do.\n\nExample: setlist stats --strategy bug-investigation"
)]
pub struct Args {
    /// Only plans of this strategy, turn by turn
    #[arg(short, long, value_name = "ID", add = complete::strategies())]
    strategy: Option<String>,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let stats = ctx.store()?.stats(&clock::zoned())?;
    let nothing = StrategyStats::default();
    let one = match &args.strategy {
        Some(id) => Some(find(ctx, &stats, id)?.unwrap_or(&nothing)),
        None => None,
    };
    if ctx.out.is_json() {
        let document = one.map_or_else(|| json::stats(&stats), |one| json::of_strategy(&stats, one));
        ctx.out.json(&document)?;
        return Ok(Status::Success);
    }
    let bars = Bars::new(ctx);
    let figures = one.map_or(&stats.total, |one| &one.figures);
    if figures.finished > 0 {
        let out = &mut ctx.out;
        match one {
            Some(one) => of_turns(out, one, bars)?,
            None => of_strategies(out, &stats, bars)?,
        }
        summary(out, figures)?;
        misses(out, figures, bars, one.is_none())?;
        course(out, one.map_or(&stats.course, |one| &one.course), bars)?;
    }
    ctx.out.flush()?;
    remarks(ctx, &stats, figures, args.strategy.as_deref());
    Ok(Status::Success)
}

/// What there is of the strategy `id`; nothing where no plan of it is over.
fn find<'s>(ctx: &Context, stats: &'s Stats, id: &str) -> Result<Option<&'s StrategyStats>> {
    let found = stats.strategy(id);
    if found.is_some() {
        return Ok(found);
    }
    let library = ctx.store()?.library();
    if library.entry(id).is_some() {
        return Ok(None);
    }
    let known = library.entries.iter().map(|entry| entry.id.as_str());
    let known = known.chain(stats.strategies.iter().map(|strategy| strategy.id.as_str()));
    let hint = near_or(id, known, "`setlist stats` shows the strategies that have figures");
    Err(CliError::not_found(format!("there is no strategy `{}`, and no plan of one", one_line(id)), hint))
}

fn title(out: &mut Output, text: &str) -> Result<()> {
    let painted = out.paint(Tone::Title, text);
    out.line(&painted)
}

fn of_strategies(out: &mut Output, stats: &Stats, bars: Bars) -> Result<()> {
    title(out, "Planned and worked, by strategy")?;
    let longest = stats.strategies.iter().map(|strategy| longest(&strategy.figures.times)).max().unwrap_or(0);
    let mut table = Table::new(&["strategy", "plans", "planned", "worked", "used", ""]);
    for strategy in stats.strategies.iter().filter(|strategy| strategy.figures.finished > 0) {
        let times = &strategy.figures.times;
        table.row(vec![
            (one_line(&strategy.id), Some(Tone::Key)),
            (strategy.figures.finished.to_string(), None),
            (seconds(times.planned), None),
            (seconds(times.worked), None),
            (used(times.ratio()), Some(tone(times.ratio()))),
            (bars.times(times, longest), Some(tone(times.ratio()))),
        ]);
    }
    table.print(out)
}

fn of_turns(out: &mut Output, strategy: &StrategyStats, bars: Bars) -> Result<()> {
    title(out, &format!("{}: planned and worked, by turn", one_line(&strategy.title)))?;
    let longest = strategy.turns.iter().map(|turn| longest(&turn.times)).max().unwrap_or(0);
    let mut table = Table::new(&["turn", "timed", "planned", "worked", "median", "yours", "used", ""]);
    let mut row = |name: String, times: &Times, own: String| {
        table.row(vec![
            (name, Some(Tone::Key)),
            (times.timed.to_string(), None),
            (seconds(times.planned), None),
            (seconds(times.worked), None),
            (times.median_worked.map_or_else(|| "-".into(), compact), None),
            (own, None),
            (used(times.ratio()), Some(tone(times.ratio()))),
            (bars.times(times, longest), Some(tone(times.ratio()))),
        ]);
    };
    for turn in &strategy.turns {
        let own = strategy.own_budget(turn).map_or_else(|| "-".into(), |own| own.budget.to_string());
        row(name(turn), &turn.times, own);
    }
    if strategy.figures.added > 0 {
        row("(added turns)".into(), &strategy.added, "-".into());
    }
    table.print(out)?;
    if strategy.is_enough() {
        out.line("yours: the budget that your own median comes to; `setlist new --budgets own` takes it")?;
    }
    Ok(())
}

/// A turn as `-t` takes it: its id, after the session's where there are several.
fn name(turn: &TurnStats) -> String {
    if turn.session_title.is_empty() {
        one_line(&turn.turn)
    } else {
        one_line(&format!("{}/{}", turn.session, turn.turn))
    }
}

fn summary(out: &mut Output, figures: &Figures) -> Result<()> {
    out.line("")?;
    title(out, "How they went")?;
    let times = &figures.times;
    let outcomes = figures.outcomes;
    let lines = [
        ("Plans", format!("{} finished, {} given up", figures.finished, figures.abandoned)),
        ("Time", time(times)),
        ("Not timed", not_timed(times)),
        ("Turns", format!("{} done, {} skipped, {} added", figures.done, figures.skipped, figures.added)),
        (
            "Unverified",
            format!("{} of {} turns{}", figures.unverified, figures.done, percent(figures.unverified_share())),
        ),
        ("Rework", rework(figures)),
        ("Gates", gates(figures)),
        (
            "Outcome",
            format!(
                "{} yes, {} partly, {} no, {} not said",
                outcomes.yes, outcomes.partly, outcomes.no, outcomes.unsaid
            ),
        ),
    ];
    for (word, text) in lines.iter().filter(|(_, text)| !text.is_empty()) {
        let word = out.paint(Tone::Dim, &format!("{word:<10}"));
        out.line(&format!("{word}  {text}"))?;
    }
    Ok(())
}

/// Worked against planned, what had no plan, and what a plan takes.
fn time(times: &Times) -> String {
    let mut parts = Vec::new();
    match times.ratio() {
        Some(_) => {
            let (worked, planned) = (compact(times.within()), compact(times.planned));
            parts.push(format!("{worked} of {planned} planned ({})", used(times.ratio())));
            if times.unplanned > 0 {
                parts.push(format!("{} without a budget", compact(times.unplanned)));
            }
        }
        None => parts.push(format!("{} worked, no budget", compact(times.worked))),
    }
    parts.extend(times.median_worked.map(|median| format!("{} a plan (median)", compact(median))));
    parts.join(", ")
}

fn rework(figures: &Figures) -> String {
    match figures.rework {
        0 => "never".into(),
        count => {
            format!("{}: {} sent back by a gate, {} reopened", times_of(count), figures.rejected, figures.reopened())
        }
    }
}

fn gates(figures: &Figures) -> String {
    match figures.gates {
        0 => String::new(),
        gates => format!("{gates} in all, rejected {}", times_of(figures.rejected)),
    }
}

/// What has no part in the times, and why.
fn not_timed(times: &Times) -> String {
    let mut parts = Vec::new();
    if times.untimed > 0 {
        parts.push(format!("{} closed without their clock", count(times.untimed, "turn")));
    }
    if times.implausible > 0 {
        parts.push(format!("{} with a time over 100 days", count(times.implausible, "turn")));
    }
    parts.join(", ")
}

/// The items left unticked, and with `several` strategies whose they are.
fn misses(out: &mut Output, figures: &Figures, bars: Bars, several: bool) -> Result<()> {
    if figures.misses.is_empty() {
        return Ok(());
    }
    out.line("")?;
    title(out, "Checklist items left unticked")?;
    let mut table = Table::new(&["missed", "", "item", if several { "strategy" } else { "" }]);
    for miss in figures.misses.iter().take(MISSES) {
        table.row(vec![
            (format!("{} of {}", miss.missed, miss.listed), None),
            (bars.part(miss.missed, miss.listed), Some(Tone::Warn)),
            (one_line(&miss.text), None),
            (if several { one_line(&miss.strategy) } else { String::new() }, Some(Tone::Dim)),
        ]);
    }
    table.print(out)?;
    match figures.misses.len().saturating_sub(MISSES) {
        0 => Ok(()),
        more => out.line(&format!("and {more} more; --json names them all")),
    }
}

fn course(out: &mut Output, course: &Course, bars: Bars) -> Result<()> {
    if course.steps.is_empty() {
        return Ok(());
    }
    out.line("")?;
    title(out, &format!("By {}", course.per.word()))?;
    let longest = course.steps.iter().map(|step| longest(&step.times)).max().unwrap_or(0);
    let mut table = Table::new(&[course.per.word(), "plans", "planned", "worked", "used", "unverified", ""]);
    for step in &course.steps {
        let ratio = step.times.ratio();
        let unverified = share(step.unverified as u64, step.done as u64);
        table.row(vec![
            (step.label(), Some(Tone::Key)),
            (step.finished.to_string(), None),
            (seconds(step.times.planned), None),
            (seconds(step.times.worked), None),
            (used(ratio), Some(tone(ratio))),
            (unverified.map_or_else(|| "-".into(), |share| format!("{share} %")), None),
            (bars.times(&step.times, longest), Some(tone(ratio))),
        ]);
    }
    table.print(out)?;
    match course.outside {
        0 => Ok(()),
        outside => out.line(&format!("{outside} older or dated in the future")),
    }
}

/// What is not counted, and what to do where there is nothing.
fn remarks(ctx: &Context, stats: &Stats, figures: &Figures, strategy: Option<&str>) {
    if figures.finished == 0 {
        let of = strategy.map(|id| format!(" of `{}`", one_line(id))).unwrap_or_default();
        let given_up = match figures.abandoned {
            0 => String::new(),
            count => format!(" ({count} given up)"),
        };
        ctx.out.note(&format!("no plan{of} is finished yet{given_up}; figures appear once one is"));
    }
    match stats.unreadable {
        0 => {}
        1 => ctx.out.warn("1 file among the plans cannot be read and is not counted; `setlist list` says why"),
        count => {
            ctx.out.warn(&format!(
                "{count} files among the plans cannot be read and are not counted; `setlist list` says why"
            ));
        }
    }
}

/// A time; nothing of none.
fn seconds(seconds: u64) -> String {
    if seconds == 0 { "-".into() } else { compact(seconds) }
}

fn used(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| "-".into(), |ratio| format!("{:.0} %", ratio * 100.0))
}

fn percent(share: Option<u64>) -> String {
    share.map(|share| format!(" ({share} %)")).unwrap_or_default()
}

fn times_of(count: u64) -> String {
    if count == 0 { "never".into() } else { words::times(count) }
}

/// Within the plan, or over it.
fn tone(ratio: Option<f64>) -> Tone {
    match ratio {
        Some(ratio) if ratio > 1.0 => Tone::Bad,
        Some(_) => Tone::Good,
        None => Tone::Dim,
    }
}

/// What a bar of these times reaches up to.
fn longest(times: &Times) -> u64 {
    times.planned.saturating_add(times.unplanned).max(times.worked)
}

/// Draws bars: worked within the plan, over it, and left of it.
#[derive(Debug, Clone, Copy)]
struct Bars {
    full: &'static str,
    over: &'static str,
    left: &'static str,
}

impl Bars {
    fn new(ctx: &Context) -> Self {
        let (full, over, left) = if ctx.is_ascii() { ("#", "!", "-") } else { ("█", "▓", "░") };
        Self { full, over, left }
    }

    /// Worked against planned, on a scale up to `longest`.
    fn times(self, times: &Times, longest: u64) -> String {
        let room = |seconds: u64| scaled(seconds, longest);
        let planned = times.planned.saturating_add(times.unplanned);
        let (within, over) = (room(times.worked.min(planned)), room(times.worked).saturating_sub(room(planned)));
        let left = room(planned).saturating_sub(within);
        self.full.repeat(within) + &self.over.repeat(over) + &self.left.repeat(left)
    }

    /// `part` of `all`, half as long.
    fn part(self, part: u64, all: u64) -> String {
        let part = scaled(part, all).div_ceil(2);
        self.full.repeat(part) + &self.left.repeat(BAR as usize / 2 - part)
    }
}

/// Columns of `value` where `most` takes them all; at least one of anything.
fn scaled(value: u64, most: u64) -> usize {
    (u128::from(value.min(most)) * u128::from(BAR)).div_ceil(u128::from(most.max(1))) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASCII: Bars = Bars { full: "#", over: "!", left: "-" };

    #[test]
    fn a_bar_shows_what_is_within_over_and_left() {
        let times = |planned, worked| Times { planned, worked, ..Times::default() };
        assert_eq!(ASCII.times(&times(100, 50), 100), "##########----------");
        assert_eq!(ASCII.times(&times(50, 100), 100), "##########!!!!!!!!!!");
        assert_eq!(ASCII.times(&times(50, 50), 100), "##########");
        assert_eq!(ASCII.times(&Times { unplanned: 50, worked: 50, ..Times::default() }, 100), "##########");
        assert_eq!(ASCII.times(&times(u64::MAX, u64::MAX), u64::MAX).len(), 20);
        assert_eq!(ASCII.times(&times(0, 0), 0), "");
        assert_eq!(ASCII.part(1, 4), "###-------");
    }
}
