//! Findings of the review on the command line, and the remedy that is chosen by its rule.

use crate::domain::review::{Finding, Rule};

use super::error::{CliError, ErrorCode, Result};
use super::output::{Output, one_line};

/// A rule, as people type it.
///
/// # Errors
/// The rules there are.
pub fn rule(word: &str) -> Result<Rule, String> {
    Rule::from_word(word).ok_or_else(|| {
        let words: Vec<&str> = Rule::ALL.iter().map(|rule| rule.word()).collect();
        format!("one of: {}", words.join(", "))
    })
}

/// The one finding of `rule` whose remedy can be applied.
///
/// # Errors
/// Where the rule finds nothing, where only a person can do something about it, and where several
/// findings fit.
pub fn chosen<'f>(findings: &'f [Finding], rule: Rule, session: Option<&str>) -> Result<&'f Finding> {
    let of = |finding: &&Finding| finding.rule == rule && session.is_none_or(|wanted| finding.session == wanted);
    let found: Vec<&Finding> = findings.iter().filter(of).collect();
    let Some(first) = found.first() else {
        return Err(CliError::refused(
            format!("`{rule}` finds nothing in this plan"),
            "`setlist review` shows what does",
        ));
    };
    let able: Vec<&&Finding> = found.iter().filter(|finding| !finding.remedy.commands.is_empty()).collect();
    match able.as_slice() {
        [] => Err(CliError::refused(one_line(&first.what), format!("only you can: {}", one_line(&first.remedy.label)))),
        [one] => Ok(one),
        several if session.is_none() => {
            let sessions: Vec<&str> = several.iter().map(|finding| finding.session.as_str()).collect();
            let hint = format!("name its session: --session {}", sessions.join(" or --session "));
            Err(CliError::new(ErrorCode::Ambiguous, format!("`{rule}` has several findings"), hint))
        }
        // One session, several findings: one after the other.
        [first, ..] => Ok(first),
    }
}

/// Says what speaks against a plan that starts, and how `command` applies each remedy.
pub fn warn(out: &Output, findings: &[Finding], command: &str) {
    for finding in findings {
        let way = if finding.remedy.commands.is_empty() {
            format!("what to do: {}", finding.remedy.label)
        } else {
            format!("remedy: {}\n  apply it: {command} {}", finding.remedy.label, finding.rule)
        };
        out.warn(&format!("{}: {}\n  {way}", finding.rule, finding.what));
    }
}
