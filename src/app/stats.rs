//! The screen of statistics: strategies with figures, the selected one, and its charts.

use std::cell::Cell;

use crate::domain::stats::{Figures, Stats, StrategyStats, Suggestion};
use crate::domain::strategy::Strategy;

use super::model::Screen;

/// The state of the screen, and the figures that it and the review of a form show.
#[derive(Debug, Default)]
pub struct Statistics {
    /// What finished plans come to; nothing until it was read once.
    pub stats: Option<Box<Stats>>,
    /// Why it could not be read the last time.
    pub failure: Option<String>,
    pub loading: bool,
    /// Whether plans changed since that reading began.
    pub stale: bool,
    /// The selected strategy; nothing for all of them.
    pub selected: Option<String>,
    /// Whether the charts have the focus.
    pub on_charts: bool,
    /// Whether the focused pane has the whole screen.
    pub zoomed: bool,
    pub scroll: usize,
    /// How far they can be scrolled, as the view last found; scrolling goes no further.
    pub max_scroll: Cell<usize>,
    /// The screen to go back to.
    pub from: Option<Screen>,
}

impl Statistics {
    /// The rows of the list: all strategies together, then each.
    pub fn rows(&self) -> usize {
        self.stats.as_ref().map_or(0, |stats| stats.strategies.len() + usize::from(!stats.is_empty()))
    }

    /// The selected row.
    pub fn cursor(&self) -> usize {
        let place = |id: &String| self.stats.as_ref()?.strategies.iter().position(|strategy| strategy.id == *id);
        self.selected.as_ref().and_then(place).map_or(0, |at| at + 1)
    }

    pub fn select(&mut self, row: usize) {
        let strategies = self.stats.as_ref().map_or(&[][..], |stats| &stats.strategies);
        let selected = row.checked_sub(1).and_then(|at| strategies.get(at)).map(|strategy| strategy.id.clone());
        if selected != self.selected {
            self.selected = selected;
            self.scroll = 0;
        }
    }

    /// Moves the selection by `by` rows.
    pub fn step(&mut self, by: isize) {
        let last = self.rows().saturating_sub(1) as isize;
        self.select((self.cursor() as isize).saturating_add(by).clamp(0, last) as usize);
    }

    /// Scrolls the charts by `by` lines.
    pub fn scroll_by(&mut self, by: isize) {
        let max_scroll = self.max_scroll.get();
        self.scroll = self.scroll.min(max_scroll).saturating_add_signed(by).min(max_scroll);
    }

    /// The selected strategy; nothing where all are selected.
    pub fn strategy(&self) -> Option<&StrategyStats> {
        self.stats.as_ref()?.strategy(self.selected.as_ref()?)
    }

    pub fn figures(&self) -> Option<&Figures> {
        let all = self.stats.as_ref().map(|stats| &stats.total);
        self.strategy().map(|strategy| &strategy.figures).or(all)
    }

    /// Budgets for the turns of `strategy` from the record, once that is enough.
    pub fn suggestions(&self, strategy: &Strategy) -> Option<Vec<Suggestion>> {
        self.stats.as_ref()?.suggested_budgets(strategy)
    }

    /// Asks for the figures, unless they are being read; then they are read once more after that.
    /// Gives back whether to read them now.
    pub fn ask(&mut self) -> bool {
        self.stale = self.loading;
        !std::mem::replace(&mut self.loading, true)
    }

    /// Takes in what was read, or why it could not be; gives back whether to read once more.
    pub fn take(&mut self, read: Result<Box<Stats>, String>) -> bool {
        match read {
            Ok(stats) => {
                self.stats = Some(stats);
                self.failure = None;
            }
            Err(why) => self.failure = Some(why),
        }
        self.loading = std::mem::take(&mut self.stale);
        self.loading
    }
}
