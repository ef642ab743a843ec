//! `setlist review|repair`: what speaks against a plan, and what to do about it.

use crate::domain::budget::compact;
use crate::domain::command::Command;
use crate::domain::plan::Plan;
use crate::domain::review::{Rule, drift};
use crate::domain::words::count;
use crate::export;
use crate::workflow::findings::{Finding, findings, of_review};

use super::complete;
use super::context::Context;
use super::error::{Result, Status};
use super::lifecycle::PlanOnly;
use super::output::{Output, Tone, one_line};
use super::quality;
use super::remedy;
use super::show::named;
use super::target::{SessionArg, apply};

/// Show what speaks against a plan, what shows it, and the remedy
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Apply the remedy of this rule
    #[arg(long, value_name = "RULE", value_parser = remedy::rule, add = complete::words(Rule::ALL, Rule::word))]
    remedy: Option<Rule>,
    /// Exit with 6 where something speaks against the plan
    #[arg(long, conflicts_with = "remedy")]
    exit_code: bool,
    #[command(flatten)]
    session: SessionArg,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let plan = args.session.plan.load(ctx)?;
    let thresholds = ctx.thresholds();
    let mut findings = findings(&plan, &thresholds);
    if args.session.session.is_some() {
        let wanted = args.session.of(&plan)?.id.clone();
        // What cannot be concerns the whole file.
        findings.retain(|finding| match finding {
            Finding::Contradiction(_) => true,
            Finding::Review(finding) => finding.session == wanted,
        });
    }
    if let Some(rule) = args.remedy {
        let found: Vec<_> = of_review(&findings).cloned().collect();
        let finding = remedy::chosen(&found, rule, args.session.session.as_deref())?;
        let command = finding.remedy.command().unwrap_or_else(|| Command::All(Vec::new()));
        return apply(ctx, &plan.id, &command);
    }
    if ctx.out.is_json() {
        ctx.out.json(&export::review::document(&plan, &findings, &thresholds.claims))?;
    } else {
        print(&mut ctx.out, &plan, &findings, &thresholds.claims)?;
    }
    Ok(if args.exit_code && !findings.is_empty() { Status::No } else { Status::Success })
}

pub(super) fn repair(ctx: &mut Context, args: &PlanOnly) -> Result {
    let plan = args.plan.load(ctx)?;
    apply(ctx, &plan.id, &Command::Repair)
}

fn print(out: &mut Output, plan: &Plan, findings: &[Finding], phrases: &[String]) -> Result<()> {
    let name = out.paint(Tone::Title, &one_line(&plan.name));
    let id = out.paint(Tone::Key, &one_line(&plan.id));
    out.line(&format!("{name}  {id}"))?;
    contradictions(out, findings)?;
    anti_patterns(out, plan, findings)?;
    moved(out, plan)?;
    quality::print(out, plan, phrases)
}

fn anti_patterns(out: &mut Output, plan: &Plan, findings: &[Finding]) -> Result<()> {
    out.line("")?;
    if of_review(findings).next().is_none() {
        return out.line("No anti-pattern was found.");
    }
    out.line(&out.paint(Tone::Title, "Anti-patterns"))?;
    for finding in of_review(findings) {
        let rule = out.paint(Tone::Warn, finding.rule.word());
        out.line(&format!("  {rule}: {}", one_line(&finding.what)))?;
        for line in &finding.shows {
            out.line(&format!("    - {}", one_line(line)))?;
        }
        let label = one_line(&finding.remedy.label);
        if finding.remedy.commands.is_empty() {
            out.line(&format!("    what to do: {label}"))?;
            continue;
        }
        let of_rule =
            of_review(findings).filter(|other| other.rule == finding.rule && !other.remedy.commands.is_empty());
        let session = if of_rule.count() > 1 && plan.is_multi_session() {
            format!(" --session {}", finding.session)
        } else {
            String::new()
        };
        let command = out.paint(Tone::Key, &format!("setlist review --remedy {}{session}", finding.rule));
        out.line(&format!("    remedy: {label}"))?;
        out.line(&format!("      {command}"))?;
    }
    Ok(())
}

fn contradictions(out: &mut Output, findings: &[Finding]) -> Result<()> {
    let mut found = findings.iter().filter(|finding| finding.is_contradiction()).peekable();
    if found.peek().is_none() {
        return Ok(());
    }
    out.line("")?;
    out.line(&out.paint(Tone::Title, "What cannot be: the file was edited by hand"))?;
    for one in found {
        out.line(&format!("  {}: {}", named(out, one), one_line(one.what())))?;
        out.line(&match one.command() {
            None => format!("    what to do: {}", one.remedy()),
            Some(_) => format!("    repair: {}  ({})", one_line(one.remedy()), out.paint(Tone::Key, "setlist repair")),
        })?;
    }
    Ok(())
}

fn moved(out: &mut Output, plan: &Plan) -> Result<()> {
    let drift = drift(plan);
    out.line("")?;
    out.line(&out.paint(Tone::Title, "Since the start"))?;
    let planned = format!("{} planned, {}", count(drift.planned_turns, "turn"), compact(drift.planned_seconds));
    if drift.added_turns == 0 && drift.added_goals.is_empty() {
        return out.line(&format!("  {planned}; nothing was added"));
    }
    out.line(&format!("  {planned}; {} added, {}", count(drift.added_turns, "turn"), compact(drift.added_seconds)))?;
    for goal in &drift.added_goals {
        out.line(&format!("  goal added: {}", one_line(goal)))?;
    }
    Ok(())
}
