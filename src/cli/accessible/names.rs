//! What strategies are called where somebody only hears them.

use std::collections::BTreeMap;

use crate::domain::library::{Library, Source};
use crate::domain::strategy::Strategy;

use super::super::output::one_line;

/// The names of strategies; of those with one title, each also says its id and where it comes from.
pub struct Names<'l> {
    library: &'l Library,
    /// How many have this title.
    titles: BTreeMap<String, usize>,
}

impl<'l> Names<'l> {
    /// The names of the strategies at hand.
    pub fn of(library: &'l Library) -> Self {
        let mut titles = BTreeMap::new();
        for strategy in library.strategies() {
            *titles.entry(heard(&strategy.title)).or_default() += 1;
        }
        Self { library, titles }
    }

    pub fn name(&self, strategy: &Strategy) -> String {
        let title = one_line(&strategy.title);
        if self.titles.get(&heard(&strategy.title)).is_none_or(|count| *count < 2) {
            return title;
        }
        let entry = self.library.entry(&strategy.id);
        let place = match entry.map(|entry| (entry.source, entry.pack.as_deref())) {
            None => String::new(),
            Some((Source::BuiltIn, _)) => ", built in".into(),
            Some((Source::Pack, pack)) => format!(", from the pack {}", one_line(pack.unwrap_or_default())),
            Some((Source::Config, _)) => ", from the config directory".into(),
            Some((Source::Data, _)) => ", from the data directory".into(),
            Some((Source::Project, _)) => ", from the project".into(),
        };
        format!("{title}, id {}{place}", one_line(&strategy.id))
    }
}

/// Titles that sound alike are the same: capitals and spaces are not heard.
fn heard(title: &str) -> String {
    title.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
