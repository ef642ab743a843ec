//! A finished plan as the file of a strategy, checked before anybody writes it.

use crate::domain::distil::distil;
use crate::domain::plan::Plan;
use crate::domain::problem::position;
use crate::domain::refusal::Refusal;
use crate::domain::strategy_file;

use super::strategy_toml;

/// The file that a plan makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub text: String,
    /// What the person should know about it, one line each.
    pub remarks: Vec<String>,
}

/// The file of the strategy that `plan` makes, called `id` and `title`: `strategy lint` finds nothing
/// in it.
///
/// # Errors
/// As [`distil`]; and where the plan holds what no strategy may, the first finding.
pub fn file(plan: &Plan, id: &str, title: &str) -> Result<File, Refusal> {
    let made = distil(plan, id, title)?;
    let head = [
        format!("Made from the finished plan '{}' ({}), a use of `{}`.", plan.name, plan.id, plan.strategy.id),
        "Added turns and rewritten prompts are part of it; budgets follow the time worked.".to_owned(),
        "Look through prompts and examples before you hand it on.".to_owned(),
    ];
    let text = strategy_toml::text(&made.strategy, &head);
    let read = strategy_file::check(&text, Some(id));
    if let Some(problem) = read.problems.first() {
        let line = position(&text, problem.span.start).line;
        return Err(Refusal::rule(
            format!("the plan makes no sound strategy: {} (line {line} of the file)", problem.message),
            problem.hint.clone(),
        ));
    }
    Ok(File { text, remarks: made.remarks })
}
