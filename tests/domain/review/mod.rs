//! The review: each rule with what trips it, what nearly does, and the remedy that clears it.

mod budgets;
mod builtin;
mod discovery;
mod everything;
mod irreversible;
mod parallel;
mod properties;
mod scope;
mod validation;

use setlist::domain::plan::Plan;
use setlist::domain::review::{Finding, Rule, Thresholds, review};
use setlist::domain::strategy::Strategy;

use super::given::{Workspace, small};

/// What one rule finds in a plan.
fn by(rule: Rule, plan: &Plan) -> Vec<Finding> {
    review(plan, &Thresholds::default()).into_iter().filter(|finding| finding.rule == rule).collect()
}

/// The one finding of a rule, which must be there.
fn one(rule: Rule, plan: &Plan) -> Finding {
    let mut found = by(rule, plan);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

/// Applies a finding's remedy, which must be accepted.
fn remedied(workspace: &mut Workspace, finding: Finding) {
    assert!(!finding.remedy.commands.is_empty(), "{finding:#?}");
    for command in finding.remedy.commands {
        workspace.does(command);
    }
}

/// The rule speaks, its remedy is accepted, and it is silent then.
fn clears(rule: Rule, workspace: &mut Workspace) -> Finding {
    let finding = one(rule, &workspace.plan);
    remedied(workspace, finding.clone());
    assert_eq!(by(rule, &workspace.plan), [], "after: {}", finding.remedy.label);
    finding
}

/// A single session with these turns: `id kind budget`, and what follows a `;` as further lines.
fn turns(head: &str, turns: &[&str]) -> Strategy {
    let turn = |line: &&str| {
        let (first, rest) = line.split_once(';').unwrap_or((line, ""));
        let mut words = first.split_whitespace();
        let (id, kind) = (words.next().unwrap(), words.next().unwrap());
        let budget = words.next().map_or_else(String::new, |budget| format!("budget = \"{budget}\"\n"));
        let title = if rest.contains("title") { String::new() } else { format!("title = \"{id}\"\n") };
        let prompt = if rest.contains("prompt") { String::new() } else { format!("prompt = \"Do {id}\"\n") };
        format!("[[turns]]\nid = \"{id}\"\nkind = \"{kind}\"\n{title}{prompt}{budget}{}\n", rest.replace(';', "\n"))
    };
    small(&format!("{head}\n{}", turns.iter().map(turn).collect::<String>()))
}
