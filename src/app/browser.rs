//! The list of strategies: groups, search, favourites, sorting.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::library::{Entry, Library};
use crate::domain::memory::Memory;
use crate::domain::strategy::Strategy;
use crate::domain::words::capital;

use super::advise::Card;
use super::field::Field;
use super::layout::{Breakpoint, breakpoint};
use crate::workflow::search::Index;

#[derive(Debug)]
pub struct Browser {
    pub query: Field,
    /// Whether keys go to the search.
    pub searching: bool,
    pub rows: Vec<Row>,
    pub cursor: usize,
    /// Groups that are closed.
    pub closed: BTreeSet<String>,
    /// The one group that the list is narrowed to, where groups have a pane of their own.
    pub group: Option<String>,
    pub sort: Sort,
    pub pane: Pane,
    /// Whether the focused pane has the whole screen.
    pub zoomed: bool,
    /// How far the preview and the prompts are scrolled.
    pub scroll: usize,
    /// The card that says which strategy fits; it takes the place of the panes.
    pub card: Card,
    index: Index,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The groups, where the screen is wide.
    Groups,
    List,
    /// What a strategy is.
    Preview,
    Prompts,
}

/// The panes that a size has room for, in the order of their numbers.
pub fn panes(size: (u16, u16)) -> Vec<Pane> {
    match breakpoint(size) {
        Breakpoint::Narrow | Breakpoint::Normal => vec![Pane::List, Pane::Preview],
        Breakpoint::Roomy => vec![Pane::List, Pane::Preview, Pane::Prompts],
        Breakpoint::Wide => vec![Pane::Groups, Pane::List, Pane::Preview, Pane::Prompts],
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A group: its key, how many strategies, whether it is open.
    Group(String, usize, bool),
    /// An entry of the library.
    Entry(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// By group, last used first within it.
    Group,
    /// Last used first, then by title.
    Used,
    Title,
}

impl Sort {
    /// The word that is remembered and shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Group => "by category",
            Self::Used => "last used first",
            Self::Title => "by title",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Group => Self::Used,
            Self::Used => Self::Title,
            Self::Title => Self::Group,
        }
    }

    fn from_word(word: &str) -> Self {
        [Self::Used, Self::Title].into_iter().find(|sort| sort.word() == word).unwrap_or(Self::Group)
    }
}

/// The key of the group of favourites.
pub const FAVOURITES: &str = "favourites";

/// The guide's order of groups; others follow by name.
const ORDER: [&str; 8] =
    ["greenfield", "existing-code", "research", "migration", "performance", "debugging", "multi-session", "domain"];

/// A group's key as people read it.
pub fn group_title(key: &str) -> String {
    // A name that people write with its hyphen.
    let spaced = if key == "multi-session" { key.to_owned() } else { key.replace('-', " ") };
    capital(&spaced)
}

impl Browser {
    pub fn new(library: &Library, memory: &Memory) -> Self {
        let mut browser = Self {
            query: Field::line(""),
            searching: false,
            rows: Vec::new(),
            cursor: 0,
            closed: BTreeSet::new(),
            group: None,
            sort: Sort::from_word(&memory.sort),
            pane: Pane::List,
            zoomed: false,
            scroll: 0,
            card: Card::default(),
            index: Index::new(&library.entries),
        };
        browser.refresh(library, memory);
        browser.cursor = browser.rows.iter().position(|row| matches!(row, Row::Entry(_))).unwrap_or(0);
        browser
    }

    /// Takes in another library.
    pub fn reload(&mut self, library: &Library, memory: &Memory, selected: Option<&str>) {
        self.index = Index::new(&library.entries);
        self.refresh(library, memory);
        if self.card.open {
            self.card.rank(library);
        }
        if let Some(id) = selected {
            self.select(library, id);
        }
    }

    /// Puts the cursor on a strategy, opening its group.
    pub fn select(&mut self, library: &Library, id: &str) {
        let at = |rows: &[Row]| {
            rows.iter().position(|row| matches!(row, Row::Entry(entry) if library.entries[*entry].id == id))
        };
        if let Some(found) = at(&self.rows) {
            self.cursor = found;
        }
    }

    /// Puts the cursor on a strategy that what is searched for, a group or a closed one may hide.
    pub fn reveal(&mut self, library: &Library, memory: &Memory, id: &str) {
        self.query.set("");
        self.searching = false;
        self.group = None;
        self.scroll = 0;
        self.pane = Pane::List;
        if let Some(entry) = library.entry(id) {
            self.closed.remove(category(entry));
        }
        self.refresh(library, memory);
        self.select(library, id);
    }

    /// Makes the rows anew.
    pub fn refresh(&mut self, library: &Library, memory: &Memory) {
        let query = self.query.text();
        let found = self.index.find(&query);
        let mut entries: Vec<usize> = found.iter().map(|hit| hit.entry).collect();
        if let Some(group) = &self.group {
            entries.retain(|entry| in_group(&library.entries[*entry], group, memory));
        }
        if query.trim().is_empty() {
            self.sort_entries(&mut entries, library, memory);
        }
        let flat = !query.trim().is_empty() || self.sort != Sort::Group || self.group.is_some();
        self.rows =
            if flat { entries.into_iter().map(Row::Entry).collect() } else { self.grouped(&entries, library, memory) };
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
    }

    fn sort_entries(&self, entries: &mut [usize], library: &Library, memory: &Memory) {
        let used = |entry: usize| memory.used.get(&library.entries[entry].id);
        let title = |entry: usize| title(&library.entries[entry]).to_lowercase();
        match self.sort {
            // The library's order within a group is the author's; what was used comes first.
            Sort::Group => entries.sort_by_key(|entry| std::cmp::Reverse(used(*entry))),
            Sort::Used => entries.sort_by_key(|entry| (std::cmp::Reverse(used(*entry)), title(*entry))),
            Sort::Title => entries.sort_by_key(|entry| title(*entry)),
        }
    }

    fn grouped(&self, entries: &[usize], library: &Library, memory: &Memory) -> Vec<Row> {
        let mut rows = Vec::new();
        for (group, count) in groups(library, memory) {
            let open = !self.closed.contains(&group);
            rows.push(Row::Group(group.clone(), count, open));
            if open {
                let members = entries.iter().filter(|entry| in_group(&library.entries[**entry], &group, memory));
                rows.extend(members.map(|entry| Row::Entry(*entry)));
            }
        }
        rows
    }

    /// The selected entry of the library.
    pub fn entry<'l>(&self, library: &'l Library) -> Option<&'l Entry> {
        match self.rows.get(self.cursor)? {
            Row::Entry(entry) => library.entries.get(*entry),
            Row::Group(..) => None,
        }
    }

    /// The selected usable strategy.
    pub fn strategy(&self, library: &Library) -> Option<Arc<Strategy>> {
        self.entry(library)?.strategy.clone()
    }

    /// Moves the cursor by `by` rows.
    pub fn step(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1) as isize;
        self.cursor = (self.cursor as isize).saturating_add(by).clamp(0, last) as usize;
        self.scroll = 0;
    }

    /// Opens or closes the group under the cursor; from an entry, goes to its group.
    pub fn fold(&mut self, open: Option<bool>, library: &Library, memory: &Memory) {
        match self.rows.get(self.cursor) {
            Some(Row::Group(group, _, is_open)) => {
                if open.unwrap_or(!*is_open) {
                    self.closed.remove(group);
                } else {
                    self.closed.insert(group.clone());
                }
            }
            Some(Row::Entry(_)) if open == Some(false) => {
                let above = self.rows[..self.cursor].iter().rposition(|row| matches!(row, Row::Group(..)));
                self.cursor = above.unwrap_or(self.cursor);
            }
            Some(Row::Entry(_)) | None => {}
        }
        self.refresh(library, memory);
    }

    /// Sorts another way.
    pub fn sort_next(&mut self, library: &Library, memory: &Memory) {
        let selected = self.entry(library).map(|entry| entry.id.clone());
        self.sort = self.sort.next();
        self.refresh(library, memory);
        if let Some(id) = selected {
            self.select(library, &id);
        }
    }

    /// Narrows the list to the next group, or the one before, or all.
    pub fn step_group(&mut self, by: isize, library: &Library, memory: &Memory) {
        let keys: Vec<String> = groups(library, memory).into_iter().map(|(key, _)| key).collect();
        let at = self.group.as_ref().and_then(|group| keys.iter().position(|key| key == group)).map_or(0, |at| at + 1);
        let next = (at as isize).saturating_add(by).clamp(0, keys.len() as isize) as usize;
        self.group = next.checked_sub(1).map(|at| keys[at].clone());
        self.cursor = 0;
        self.scroll = 0;
        self.refresh(library, memory);
    }
}

/// Every group that has strategies, with how many: favourites first, then the guide's order.
pub fn groups(library: &Library, memory: &Memory) -> Vec<(String, usize)> {
    let mut keys: BTreeSet<&str> = library.entries.iter().map(category).collect();
    let mut ordered = vec![FAVOURITES];
    ordered.extend(ORDER.iter().filter(|key| keys.remove(**key)));
    ordered.extend(keys);
    let counted = ordered.into_iter().map(|key| {
        let members = library.entries.iter().filter(|entry| in_group(entry, key, memory)).count();
        (key.to_owned(), members)
    });
    counted.filter(|(_, count)| *count > 0).collect()
}

fn in_group(entry: &Entry, group: &str, memory: &Memory) -> bool {
    if group == FAVOURITES { memory.favourites.contains(&entry.id) } else { category(entry) == group }
}

/// The group of an entry; files that cannot be used have one of their own.
fn category(entry: &Entry) -> &str {
    entry.strategy.as_ref().map_or("not usable", |strategy| strategy.category.as_str())
}

/// What the list calls an entry.
pub fn title(entry: &Entry) -> &str {
    entry.strategy.as_ref().map_or(entry.id.as_str(), |strategy| strategy.title.as_str())
}
