//! The list of plans: in progress, finished, archived, in the trash, and files that are none.

use crate::domain::memory::Draft;
use crate::domain::summary::{Listing, PlanSummary};

use super::field::Field;

/// The state of the list of plans.
#[derive(Debug)]
pub struct Plans {
    pub rows: Vec<Row>,
    pub cursor: usize,
    pub query: Field,
    /// Whether keys go to the search.
    pub searching: bool,
    pub sort: Sort,
    /// Whether the preview pane has the focus.
    pub on_preview: bool,
    /// Whether the focused pane has the whole screen.
    pub zoomed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A section with its count.
    Section(&'static str, usize),
    /// A plan, by its place in the listing.
    Plan(usize),
    /// A form left half-way, by its place among the drafts.
    Draft(usize),
    /// A file that cannot be read, by its place in the listing.
    Broken(usize),
    /// A copy that a sync tool left, by its place in the listing.
    Conflict(usize),
    /// A plan in the trash, by its place in the listing.
    Trashed(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Last worked on first.
    Updated,
    /// Newest first.
    Created,
    Name,
}

impl Sort {
    /// How the status line says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Updated => "last worked on first",
            Self::Created => "newest first",
            Self::Name => "by name",
        }
    }

    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Updated => Self::Created,
            Self::Created => Self::Name,
            Self::Name => Self::Updated,
        }
    }
}

impl Default for Plans {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            cursor: 0,
            query: Field::line(""),
            searching: false,
            sort: Sort::Updated,
            on_preview: false,
            zoomed: false,
        }
    }
}

impl Plans {
    /// Makes the rows anew; the cursor stays on its plan where that is still there.
    pub fn refresh(&mut self, listing: &Listing, drafts: &[Draft], selected: Option<&str>) {
        let query = self.query.text().to_lowercase();
        let wanted = |plan: &PlanSummary| {
            let words = format!("{} {} {}", plan.name, plan.id, plan.strategy_title).to_lowercase();
            query.split_whitespace().all(|word| words.contains(word))
        };
        let mut order: Vec<usize> = (0..listing.plans.len()).collect();
        match self.sort {
            Sort::Updated => order.sort_by_key(|at| std::cmp::Reverse(listing.plans[*at].updated)),
            Sort::Created => order.sort_by_key(|at| std::cmp::Reverse(listing.plans[*at].created)),
            Sort::Name => order.sort_by_key(|at| listing.plans[*at].name.to_lowercase()),
        }
        let of = |chosen: &dyn Fn(&PlanSummary) -> bool| -> Vec<Row> {
            let chosen = order.iter().filter(|at| chosen(&listing.plans[**at]) && wanted(&listing.plans[**at]));
            chosen.map(|at| Row::Plan(*at)).collect()
        };
        let all = |count: usize, row: fn(usize) -> Row| -> Vec<Row> {
            if query.is_empty() { (0..count).map(row).collect() } else { Vec::new() }
        };
        let trashed = listing.trashed.iter().enumerate().filter(|(_, plan)| wanted(plan));
        let sections = [
            ("In progress", of(&|plan| plan.is_open())),
            ("Drafts", all(drafts.len(), Row::Draft)),
            ("Finished", of(&|plan| !plan.is_open() && !plan.archived)),
            ("Archived", of(&|plan| plan.archived)),
            ("Cannot be read", all(listing.broken.len(), Row::Broken)),
            ("Sync conflicts", all(listing.conflicts.len(), Row::Conflict)),
            ("Trash", trashed.map(|(at, _)| Row::Trashed(at)).collect()),
        ];
        self.rows.clear();
        for (title, rows) in sections {
            if !rows.is_empty() {
                self.rows.push(Row::Section(title, rows.len()));
                self.rows.extend(rows);
            }
        }
        let found = selected.and_then(|id| {
            self.rows.iter().position(|row| matches!(row, Row::Plan(at) if listing.plans[*at].id == id))
        });
        self.cursor = found.unwrap_or(self.cursor).min(self.rows.len().saturating_sub(1));
        if matches!(self.rows.get(self.cursor), Some(Row::Section(..))) {
            self.step(1);
        }
    }

    /// Puts the cursor on a plan, where the list shows it.
    pub fn select(&mut self, listing: &Listing, id: &str) {
        let here = |row: &Row| matches!(row, Row::Plan(at) if listing.plans.get(*at).is_some_and(|plan| plan.id == id));
        self.cursor = self.rows.iter().position(here).unwrap_or(self.cursor);
    }

    /// Moves the cursor by `by` rows, over the headings of sections.
    pub fn step(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1) as isize;
        let mut at = (self.cursor as isize).saturating_add(by).clamp(0, last);
        let direction = if by < 0 { -1 } else { 1 };
        while matches!(self.rows.get(at as usize), Some(Row::Section(..))) {
            let next = at + direction;
            if !(0..=last).contains(&next) {
                // Above the first heading there is nothing: stay on the first plan.
                at = self.rows.iter().position(|row| !matches!(row, Row::Section(..))).unwrap_or(0) as isize;
                break;
            }
            at = next;
        }
        self.cursor = at as usize;
    }

    pub fn row(&self) -> Option<&Row> {
        self.rows.get(self.cursor)
    }

    /// The selected plan.
    pub fn plan<'l>(&self, listing: &'l Listing) -> Option<&'l PlanSummary> {
        match self.row()? {
            Row::Plan(at) => listing.plans.get(*at),
            Row::Section(..) | Row::Draft(_) | Row::Broken(_) | Row::Conflict(_) | Row::Trashed(_) => None,
        }
    }
}
