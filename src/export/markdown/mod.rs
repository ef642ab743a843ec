//! The report of a plan in Markdown: what it was for, what came of it, what was done, what showed it.
//!
//! It is made to be pasted into a pull request or handed over as it is: what decides stands on top,
//! the prompts, which few will read, at the end behind a fold. Words that come from files are other
//! people's text: what would command a terminal is made visible, and what would mark up the page is
//! escaped.

mod closing;
mod done;
mod metrics;
mod page;
mod summary;
mod time;

use jiff::Zoned;

use crate::domain::plan::Plan;

use page::Page;

/// The report of `plan` as it stands at `now`, times in the zone of `now`. What says one of `phrases`
/// without showing it is an open point.
pub fn report(plan: &Plan, now: &Zoned, phrases: &[String]) -> String {
    let mut page = Page::new(plan, now, phrases);
    // One function per section, in the order in which a reader asks.
    summary::head(&mut page);
    summary::goal(&mut page);
    summary::open_points(&mut page);
    done::sessions(&mut page);
    done::turns(&mut page);
    metrics::section(&mut page);
    closing::gates(&mut page);
    closing::checklist(&mut page);
    closing::quality(&mut page);
    time::drift(&mut page);
    time::table(&mut page);
    closing::looking_back(&mut page);
    closing::notes(&mut page);
    closing::values(&mut page);
    closing::prompts(&mut page);
    closing::origin(&mut page);
    page.finish()
}
