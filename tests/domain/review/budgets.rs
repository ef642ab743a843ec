//! `budget-exceeded`: when it speaks, when it does not, and how it is cleared.

use setlist::domain::review::{Rule, Thresholds, review, review_strategy};

use super::super::given::Workspace;
use super::{by, clears, turns};

#[test]
fn turns_that_need_more_than_their_session_has_are_found() {
    let strategy =
        turns("budget = \"1h-2h\"", &["look research 30m", "make implement 1h-2h", "check validate 30m-60m"]);
    let finding = clears(Rule::BudgetExceeded, &mut Workspace::with(&strategy));
    assert_eq!(finding.what, "the turns of the session may take 3h30, its budget ends at 2h");
    assert_eq!(finding.shows, ["turn 'make': 1h-2h", "turn 'check': 30m-1h", "turn 'look': 30m"]);
    assert_eq!(finding.remedy.label, "set the session's budget to 2h-3h30, the sum of its turns");
    let lint = review_strategy(&strategy, &Thresholds::default());
    assert_eq!((lint.len(), lint[0].rule, lint[0].remedy.commands.len()), (1, Rule::BudgetExceeded, 0));
}

#[test]
fn turns_that_just_fit_are_no_finding() {
    let strategy = turns("budget = \"1h-2h30\"", &["look research 30m", "make implement 1h-2h"]);
    assert_eq!(by(Rule::BudgetExceeded, &Workspace::with(&strategy).plan), []);
    let strategy = turns("", &["look research 30m", "make implement 100h"]);
    assert_eq!(by(Rule::BudgetExceeded, &Workspace::with(&strategy).plan), [], "no budget of its own to exceed");
}

#[test]
fn a_skipped_turn_takes_no_time() {
    let mut workspace = Workspace::with(&turns("budget = \"2h\"", &["look research 30m", "make implement 2h"]));
    assert_eq!(by(Rule::BudgetExceeded, &workspace.plan).len(), 1);
    workspace.skips("look");
    assert_eq!(by(Rule::BudgetExceeded, &workspace.plan), []);
}

#[test]
fn what_a_person_allows_or_puts_off_is_left_alone() {
    let workspace = Workspace::with(&turns("budget = \"100m\"", &["look research 50m", "more research 1h"]));
    let allowing = |budget_percent| Thresholds { budget_percent, ..Thresholds::default() };
    assert_eq!(review(&workspace.plan, &allowing(10)), []);
    assert_eq!(review(&workspace.plan, &allowing(9)).len(), 1);
    let off = Thresholds { off: vec![Rule::BudgetExceeded], ..Thresholds::default() };
    assert_eq!(review(&workspace.plan, &off), []);
}
