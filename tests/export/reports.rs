//! Reports as the reader of a pull request gets them.

use jiff::tz::TimeZone;
use setlist::export::{json, markdown};

use super::given::Workspace;
use super::plans;

fn report(workspace: &Workspace) -> String {
    markdown::report(&workspace.plan, &workspace.now.to_zoned(TimeZone::UTC), &plans::phrases())
}

#[test]
fn rework_and_a_rejected_gate() {
    insta::assert_snapshot!(report(&plans::reworked()));
}

#[test]
fn an_optimization_in_three_steps() {
    insta::assert_snapshot!(report(&plans::faster()));
}

#[test]
fn several_sessions_half_way() {
    insta::assert_snapshot!(report(&plans::half_way()));
}

#[test]
fn a_plan_that_has_not_begun() {
    insta::assert_snapshot!(report(&plans::empty()));
}

#[test]
fn json_carries_what_the_report_concludes() {
    let workspace = plans::reworked();
    let value = json::value(&json::plan(&workspace.plan, workspace.now)).unwrap();
    insta::assert_snapshot!(json::text(&value["computed"]["report"]));
}
