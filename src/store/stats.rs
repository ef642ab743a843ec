//! The facts of all plans for statistics, from a cache of their own: the listing must stay quick to read.

use jiff::Zoned;
use serde::{Deserialize, Serialize};

use crate::domain::stats::{PlanFacts, Stats};
use crate::domain::summary::Listing;

use super::cache::{Cache, PlanFile};
use super::{ErrorCode, Store, StoreError, plan_text};

/// What a plan file says to statistics.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum What {
    /// Over: it counts.
    Over(Box<PlanFacts>),
    Open,
    /// Not a plan that can be read.
    Broken,
}

impl Store {
    /// What all plans come to at `now`, archived ones too; the trash does not count. One plan is read
    /// at a time in each of two threads, and only its facts stay in memory, until the figures are made.
    ///
    /// # Errors
    /// [`ErrorCode::Io`] where the plans directory cannot be read. A file that cannot be read is
    /// counted in [`Stats::unreadable`].
    pub fn stats(&self, now: &Zoned) -> Result<Stats, StoreError> {
        let mut listing = Listing::default();
        let mut files = self.plan_files(&mut listing);
        if let Some(failure) = listing.failure {
            let hint = "`setlist doctor` looks at every directory";
            return Err(StoreError::new(ErrorCode::Io, failure, hint));
        }
        // The order of the directory differs from run to run; figures must not.
        files.sort_by(|a, b| a.key.cmp(&b.key));
        let path = self.dirs().state.join("stats.json");
        let mut cache: Cache<What> = Cache::read(&path);
        let all: Vec<&PlanFile> = files.iter().collect();
        cache.refresh(&path, &all, read_one);
        let mut facts = Vec::new();
        let mut unreadable = listing.broken.len();
        for file in &files {
            match cache.get(&file.key).map(|known| &known.what) {
                Some(What::Over(plan)) => facts.push(plan.as_ref()),
                Some(What::Broken) => unreadable += 1,
                Some(What::Open) | None => {}
            }
        }
        let stats = Stats::of(facts, now.time_zone(), now.timestamp());
        Ok(Stats { unreadable, ..stats })
    }
}

fn read_one(file: &PlanFile) -> What {
    let parsed = file.read().and_then(|(path, text)| plan_text::parse(&path, &text));
    match parsed.map(|parsed| PlanFacts::of(&parsed.plan)) {
        Ok(Some(facts)) => What::Over(Box::new(facts)),
        Ok(None) => What::Open,
        Err(_) => What::Broken,
    }
}
