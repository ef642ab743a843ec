//! `setlist strategy show`: one strategy, for people or as JSON.

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::{Result, Status};
use crate::cli::output::{Output, Tone, one_line};
use crate::domain::library::Source;
use crate::domain::metric::MetricSpec;
use crate::domain::placeholder::{Placeholder, Value};
use crate::domain::strategy::{Fit, SessionSpec, Strategy, TurnSpec, turn_numbers};
use crate::domain::untrusted::shown_lines;
use crate::export::json;

/// Show one strategy
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The strategy's id
    #[arg(add = complete::strategies())]
    id: String,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let library = ctx.store()?.library();
    let strategy = super::usable(&library, &args.id)?;
    let entry = super::entry(&library, &args.id)?;
    if ctx.out.is_json() {
        ctx.out.json(&json::strategy(&strategy, entry))?;
        return Ok(Status::Success);
    }
    let out = &mut ctx.out;
    head(out, &strategy)?;
    placeholders(out, &strategy)?;
    let numbers = |session: &SessionSpec| turn_numbers(session.turns.iter().map(|turn| turn.span));
    for session in &strategy.sessions {
        heading(out, &session_heading(&strategy, session))?;
        for (turn, number) in session.turns.iter().zip(numbers(session)) {
            print_turn(out, turn, &number)?;
        }
        if !session.checklist.is_empty() {
            out.line("  Checklist, beside the six standard items:")?;
            for item in &session.checklist {
                out.line(&format!("    {}", one_line(&item.text)))?;
            }
        }
    }
    metrics(out, &strategy.metrics)?;
    out.line("")?;
    match (entry.source, &entry.path) {
        (Source::BuiltIn, _) | (_, None) => out.line("Built in"),
        (Source::Pack, Some(path)) => {
            let pack = one_line(entry.pack.as_deref().unwrap_or_default());
            out.line(&format!("From {} (the pack {pack})", one_line(&path.display().to_string())))
        }
        (source, Some(path)) => out.line(&format!("From {} ({source})", one_line(&path.display().to_string()))),
    }?;
    if let Some(base) = &entry.extends {
        let base = out.paint(Tone::Key, &one_line(base));
        out.line(&format!("Extends {base}"))?;
    }
    Ok(Status::Success)
}

fn heading(out: &mut Output, text: &str) -> Result<()> {
    out.line("")?;
    let painted = out.paint(Tone::Title, text);
    out.line(&painted)
}

fn head(out: &mut Output, strategy: &Strategy) -> Result<()> {
    let title = out.paint(Tone::Title, &one_line(&strategy.title));
    let id = out.paint(Tone::Key, &one_line(&strategy.id));
    out.line(&format!("{title}  {id}"))?;
    let turns: u32 = strategy.turns().map(|turn| turn.span.max(1)).sum();
    let mut facts = vec![one_line(&strategy.category), format!("{turns} turns")];
    if strategy.is_multi_session() {
        facts.push(format!("{} sessions", strategy.sessions.len()));
    }
    match strategy.gates() {
        0 => {}
        1 => facts.push("1 gate".into()),
        gates => facts.push(format!("{gates} gates")),
    }
    facts.extend(strategy.budget().map(|budget| budget.short()));
    out.line(&facts.join(", "))?;
    for text in [&strategy.summary, &strategy.when] {
        if !text.trim().is_empty() {
            out.line("")?;
            paragraph(out, text)?;
        }
    }
    let facts = [
        ("Goal", one_line(&strategy.goal)),
        ("Tags", one_line(&strategy.tags.join(", "))),
        ("Fits", fit(&strategy.fit)),
    ];
    if facts.iter().any(|(_, text)| !text.is_empty()) {
        out.line("")?;
    }
    for (label, text) in facts.iter().filter(|(_, text)| !text.is_empty()) {
        out.line(&format!("{label}: {text}"))?;
    }
    for benefit in &strategy.benefits {
        out.line(&format!("+ {}", one_line(benefit)))?;
    }
    Ok(())
}

/// Text wrapped to the terminal.
fn paragraph(out: &mut Output, text: &str) -> Result<()> {
    let width = out.width().min(100);
    for line in shown_lines(text.trim()).lines() {
        for part in crate::cli::table::wrap(line, width) {
            out.line(&part)?;
        }
    }
    Ok(())
}

fn fit(fit: &Fit) -> String {
    let mut parts = vec![format!("{} code", fit.codebase)];
    for (what, words) in [
        ("scope", &fit.scope),
        ("dependencies", &fit.dependencies),
        ("risk", &fit.risk),
        ("validation", &fit.validation),
    ] {
        if !words.is_empty() {
            parts.push(format!("{what} {}", one_line(&words.join(" or "))));
        }
    }
    parts.join(", ")
}

fn placeholders(out: &mut Output, strategy: &Strategy) -> Result<()> {
    if strategy.placeholders.is_empty() {
        return Ok(());
    }
    heading(out, "Asks for")?;
    for placeholder in &strategy.placeholders {
        let name = out.paint(Tone::Key, &one_line(&placeholder.name));
        out.line(&format!("  {name}  {} ({})", one_line(&placeholder.label), traits(placeholder)))?;
        if !placeholder.help.is_empty() {
            out.line(&format!("      {}", one_line(&placeholder.help)))?;
        }
    }
    Ok(())
}

/// The traits of a placeholder in words: `text, required`.
fn traits(placeholder: &Placeholder) -> String {
    let mut traits = vec![placeholder.kind.to_string()];
    if !placeholder.choices.is_empty() {
        traits.push(one_line(&placeholder.choices.join(" or ")));
    }
    match &placeholder.default {
        Some(default) => traits.push(format!("default: {}", one_line(&default.to_string()))),
        None if placeholder.required => traits.push("required".into()),
        None => traits.push("optional".into()),
    }
    if let Some(condition) = &placeholder.show_if {
        traits.push(format!("if {}", one_line(condition)));
    }
    traits.join(", ")
}

fn session_heading(strategy: &Strategy, session: &SessionSpec) -> String {
    if !strategy.is_multi_session() {
        return "Turns".into();
    }
    let mut heading = format!("Session {}: {}", one_line(&session.id), one_line(&session.title));
    if !session.after.is_empty() {
        heading += ", after ";
        heading += &one_line(&session.after.join(" and "));
    }
    if let Some(budget) = session.whole_budget() {
        heading += ", ";
        heading += &budget.short();
    }
    heading
}

fn print_turn(out: &mut Output, turn: &TurnSpec, number: &str) -> Result<()> {
    let title = out.paint(Tone::Title, &one_line(&turn.title));
    let id = out.paint(Tone::Key, &one_line(&turn.id));
    let mut facts = vec![turn.kind.to_string()];
    facts.extend(turn.budget.as_ref().map(crate::domain::budget::Budget::short));
    if !turn.repeat.is_empty() {
        facts.push(format!("repeats per {}", one_line(&turn.repeat)));
    }
    out.line(&format!("  {number:>4}  {title}  {id}  {}", facts.join(", ")))?;
    for slot in &turn.evidence {
        let need = if slot.required { "evidence" } else { "optional evidence" };
        out.line(&format!("        {need} ({}): {}", slot.kind, one_line(&slot.label)))?;
    }
    if !turn.gate.is_empty() {
        out.line(&format!("        gate: {}", one_line(&turn.gate)))?;
    }
    Ok(())
}

fn metrics(out: &mut Output, metrics: &[MetricSpec]) -> Result<()> {
    if metrics.is_empty() {
        return Ok(());
    }
    heading(out, "Measures")?;
    for metric in metrics {
        let mut line = format!("  {} ({} is better)", one_line(&metric.label), metric.better);
        if !metric.unit.is_empty() {
            line += ", in ";
            line += &one_line(&metric.unit);
        }
        let figure = |value: &Option<Value>| value.as_ref().map(|value| one_line(&value.to_string()));
        line += &figure(&metric.baseline).map(|baseline| format!(", baseline {baseline}")).unwrap_or_default();
        line += &figure(&metric.target).map(|target| format!(", target {target}")).unwrap_or_default();
        out.line(&line)?;
    }
    Ok(())
}
