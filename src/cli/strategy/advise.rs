//! `setlist strategy advise`: which strategy fits, with the reason for each.

use clap::builder::PossibleValuesParser;

use crate::cli::context::Context;
use crate::cli::dialogue::{Answer, Dialogue, Interruption, Question};
use crate::cli::error::{Result, Status};
use crate::cli::output::{Output, Tone, one_line};
use crate::cli::table::wrap;
use crate::domain::advice::{ANY, Advice, Aspect, Ranked, Shape, Situation, advise};
use crate::domain::nearest::near_or;
use crate::export::advice::document;

/// How many strategies are printed unless all are asked for.
const SHOWN: usize = 5;

/// Say which strategy fits, and why
///
/// Every question may stay open. On a terminal the open ones are asked for; `any` leaves one open
/// without being asked.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: setlist strategy advise --codebase existing --scope small --risk high")]
pub struct Args {
    #[arg(long, value_name = "C", help = Aspect::Codebase.question(), value_parser = choices(Aspect::Codebase))]
    codebase: Option<String>,
    #[arg(long, value_name = "S", help = Aspect::Scope.question(), value_parser = choices(Aspect::Scope))]
    scope: Option<String>,
    #[arg(long, value_name = "D", help = Aspect::Dependencies.question(), value_parser = choices(Aspect::Dependencies))]
    dependencies: Option<String>,
    #[arg(long, value_name = "R", help = Aspect::Risk.question(), value_parser = choices(Aspect::Risk))]
    risk: Option<String>,
    #[arg(long, value_name = "V", help = Aspect::Validation.question(), value_parser = choices(Aspect::Validation))]
    validation: Option<String>,
    /// Print every strategy, not only the first five
    #[arg(long)]
    all: bool,
}

/// What an option takes: the answers, or that the question stays open.
fn choices(aspect: Aspect) -> PossibleValuesParser {
    PossibleValuesParser::new(aspect.words().iter().copied().chain([ANY]))
}

impl Args {
    fn given(&self, aspect: Aspect) -> Option<&str> {
        let given = match aspect {
            Aspect::Codebase => &self.codebase,
            Aspect::Scope => &self.scope,
            Aspect::Dependencies => &self.dependencies,
            Aspect::Risk => &self.risk,
            Aspect::Validation => &self.validation,
        };
        given.as_deref()
    }
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let library = ctx.store()?.library();
    let situation = situation(ctx, args)?;
    let advice = advise(situation, library.strategies().map(AsRef::as_ref));
    if ctx.out.is_json() {
        ctx.out.json(&document(&advice, &library))?;
        return Ok(Status::Success);
    }
    print(&mut ctx.out, &advice, if args.all { usize::MAX } else { SHOWN })?;
    ctx.out.flush()?;
    let open: Vec<String> = Aspect::ALL
        .iter()
        .filter(|aspect| situation.word(**aspect).is_none() && args.given(**aspect).is_none())
        .map(|aspect| format!("--{aspect}"))
        .collect();
    if !open.is_empty() {
        ctx.out.note(&format!("not answered: {}", open.join(", ")));
    }
    let more = advice.ranked.len().saturating_sub(SHOWN);
    if !args.all && more > 0 {
        ctx.out.note(&format!("{more} more with --all; `setlist strategy show ID` says more of one"));
    }
    Ok(Status::Success)
}

/// What the options say; what they leave out is asked for where a person is there.
fn situation(ctx: &mut Context, args: &Args) -> Result<Situation> {
    let mut situation = Situation::default();
    let place = |aspect: Aspect, word: &str| aspect.words().iter().position(|other| *other == word);
    for aspect in Aspect::ALL {
        situation.answer(*aspect, args.given(*aspect).and_then(|word| place(*aspect, word)));
    }
    if ctx.may_ask() {
        for aspect in Aspect::ALL.iter().filter(|aspect| args.given(**aspect).is_none()) {
            match ask(ctx, *aspect)? {
                Answered::Place(place) => situation.answer(*aspect, Some(place)),
                Answered::Open => {}
                Answered::NoMore => break,
            }
        }
        // A blank line between the answers and what follows from them.
        if !ctx.out.is_json() && Aspect::ALL.iter().any(|aspect| args.given(*aspect).is_none()) {
            ctx.out.question("\n");
        }
    }
    Ok(situation)
}

enum Answered {
    Place(usize),
    Open,
    /// The end of input: nothing more is asked.
    NoMore,
}

/// Asks one question until the answer is one.
fn ask(ctx: &mut Context, aspect: Aspect) -> Result<Answered> {
    let mut question = format!("{}\n{}\n{ANSWER}", aspect.question(), choices_of(aspect).join("\n"));
    loop {
        let Some(text) = ctx.ask(&question)? else {
            ctx.out.question("\n");
            return Ok(Answered::NoMore);
        };
        match understood(aspect, &text) {
            Ok(Some(place)) => return Ok(Answered::Place(place)),
            Ok(None) => return Ok(Answered::Open),
            Err(why) => question = format!("  {why}: "),
        }
    }
}

/// How a question is answered.
const ANSWER: &str = "Number or word, nothing to leave it open: ";

/// The answers to a question, each a line with its number.
fn choices_of(aspect: Aspect) -> Vec<String> {
    let words = aspect.words().iter().enumerate();
    words.map(|(at, word)| format!("{}. {word}: {}", at + 1, aspect.meaning(at))).collect()
}

/// Which answer is meant, nothing where it is left open; or why it is none.
fn understood(aspect: Aspect, text: &str) -> Result<Option<usize>, String> {
    let words = aspect.words();
    let text = text.trim().to_lowercase();
    let numbered = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let place = words.iter().position(|word| *word == text).or(numbered.filter(|at| *at < words.len()));
    if place.is_some() || text.is_empty() || text == ANY {
        return Ok(place);
    }
    let near = near_or(&text, words.iter().copied(), format!("1 to {} are", words.len()));
    Err(format!("`{}` is no answer; {near}", one_line(&text)))
}

/// Asks every question in a conversation; `b` goes back to the one before.
pub fn ask_all(dialogue: &mut Dialogue<'_>) -> Answer<Situation> {
    let mut situation = Situation::default();
    let mut at = 0;
    while let Some(aspect) = Aspect::ALL.get(at).copied() {
        let (number, of) = (at + 1, Aspect::ALL.len());
        dialogue.say(&format!("Question {number} of {of}: {}", aspect.question()))?;
        choices_of(aspect).iter().try_for_each(|line| dialogue.say(line))?;
        match dialogue.line(&Question::new(ANSWER)) {
            Ok(text) => match understood(aspect, &text) {
                Ok(place) => {
                    situation.answer(aspect, place);
                    at += 1;
                }
                Err(why) => dialogue.say(&format!("{why}."))?,
            },
            Err(Interruption::Back) if at > 0 => at -= 1,
            Err(interruption) => return Err(interruption),
        }
    }
    Ok(situation)
}

fn print(out: &mut Output, advice: &Advice, most: usize) -> Result<()> {
    // What is piped is for `grep` and the like: a line each.
    let width = if out.is_terminal() { out.width().min(100) } else { usize::MAX };
    shape(out, &advice.shape, width)?;
    let shown = || advice.ranked.iter().take(most);
    let ids = shown().map(|ranked| one_line(&ranked.id).chars().count()).max().unwrap_or(0);
    for ranked in shown() {
        out.line("")?;
        strategy(out, ranked, advice.situation.is_open(), ids, width)?;
    }
    Ok(())
}

fn shape(out: &mut Output, shape: &Shape, width: usize) -> Result<()> {
    for line in wrap(&one_line(&shape.statement), width) {
        let line = out.paint(Tone::Title, &line);
        out.line(&line)?;
    }
    for (label, text) in [("plan", &shape.planning), ("oversee", &shape.oversight), ("prove", &shape.evidence)] {
        indented(out, &format!("{label:<9}"), text, width)?;
    }
    Ok(())
}

fn strategy(out: &mut Output, ranked: &Ranked, open: bool, ids: usize, width: usize) -> Result<()> {
    let id = out.paint(Tone::Key, &format!("{:<ids$}", one_line(&ranked.id)));
    // With every question open a score says nothing yet.
    let line = if open { id } else { format!("{id}  {:>3}  {}", ranked.score, ranked.grade) };
    out.line(line.trim_end())?;
    indented(out, "  ", &ranked.reason, width)
}

/// Text wrapped behind a label that its further lines leave free.
fn indented(out: &mut Output, label: &str, text: &str, width: usize) -> Result<()> {
    let before = label.chars().count();
    for (at, part) in wrap(&one_line(text), width.saturating_sub(before).max(20)).iter().enumerate() {
        let label = if at == 0 { out.paint(Tone::Dim, label) } else { " ".repeat(before) };
        out.line(&format!("{label}{part}"))?;
    }
    Ok(())
}
