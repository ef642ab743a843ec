//! The end of a session: checklist, quality indicators, looking back, what was queued, finishing, the report.

use crate::domain::command::Command;
use crate::domain::plan::{Outcome, Plan, Queued, Session};
use crate::domain::quality::{JudgedIndicator, Verdict, judge};
use crate::export::markdown::report;
use crate::workflow::availability::Act;
use crate::workflow::finish::{queued_now, reasons_wanted};
use crate::workflow::start::{Answers, offers_queued};

use super::super::clock;
use super::super::dialogue::{Answer, Dialogue, Menu, Question, Wanted, sentence};
use super::super::output::one_line;
use super::form::Form;
use super::workspace::{self, Workspace};
use super::{back, checklist, prompt, start, words};

/// What may be done at the end.
#[derive(Debug, Clone)]
enum End {
    Checklist,
    Quality,
    Outcome,
    Helped,
    Change,
    Finish,
    Hear,
    Write,
    Queued(Box<Queued>),
    Reopen,
    Abandon,
}

/// Wraps up the session that is looked at until the person goes back.
pub fn wrap_up(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let Some(id) = workspace.at().map(|(session, _)| session.id.clone()) else { return Ok(()) };
    loop {
        let Some(session) = workspace.plan.session(&id).cloned() else { return Ok(()) };
        dialogue.say(&format!("Wrap-up of '{}': {}.", one_line(&session.title), session.state))?;
        let menu = menu(dialogue, workspace, &session);
        let question = Question::new("What to do at the end, b goes back to the turns: ");
        let done = match dialogue.choose(&question, &menu)? {
            End::Checklist => checklist::go_through(dialogue, workspace, &id),
            End::Quality => quality(dialogue, workspace),
            End::Outcome => outcome(dialogue, workspace),
            End::Helped => words_on(dialogue, workspace, true),
            End::Change => words_on(dialogue, workspace, false),
            End::Finish => finish(dialogue, workspace, &session),
            End::Hear => dialogue.say(&text(dialogue, &workspace.plan)),
            End::Write => {
                let text = text(dialogue, &workspace.plan);
                prompt::write(dialogue, &format!("{}.md", workspace.plan.id), &text)
            }
            End::Queued(queued) => {
                let store = dialogue.ctx.store()?;
                match Answers::of_queued(&store.library(), &store.drafts(), &workspace.plan, &queued) {
                    Err(why) => dialogue.say(&sentence(&one_line(&why))),
                    Ok(answers) => {
                        let started = back(start::fill_in_and_start(dialogue, &mut Form { answers }))?;
                        workspace.reload(dialogue)?;
                        match started {
                            Some(plan) => return workspace::work(dialogue, &plan),
                            None => Ok(()),
                        }
                    }
                }
            }
            End::Reopen => workspace.apply(dialogue, &Command::ReopenSession(id.clone())).map(|_| ()),
            End::Abandon => abandon(dialogue, workspace, &session),
        };
        let done = dialogue.or_report(done);
        back(done)?;
    }
}

fn menu(dialogue: &Dialogue<'_>, workspace: &Workspace, session: &Session) -> Menu<End> {
    let mut menu = Menu::default();
    let ticked = session.checklist.len() - session.open_items().len();
    menu.offer(format!("Checklist, {ticked} of {} ticked", session.checklist.len()), End::Checklist);
    let judged = judge(&workspace.plan, &dialogue.ctx.thresholds().claims);
    let asked = judged.iter().filter(|judged| judged.verdict == Verdict::Asked).count();
    let asked = if asked == 0 { String::new() } else { format!(", {asked} to be answered by you") };
    menu.offer(format!("Quality indicators{asked}"), End::Quality);
    let review = &workspace.plan.reflection;
    menu.offer(format!("Whether the plan did what it was for, {}", outcome_word(review.outcome)), End::Outcome);
    menu.offer(format!("What helped, {}", filled(&review.helped)), End::Helped);
    menu.offer(format!("What to change next time, {}", filled(&review.change)), End::Change);
    // Once it is over, the turn that is looked at is one of another session.
    let against = |act| workspace.against_in(session, session.current_turn()?, act);
    menu.offer_unless("Finish the session", against(Act::Finish), End::Finish);
    menu.offer("Hear the report", End::Hear);
    menu.offer("Write the report to a file", End::Write);
    for queued in workspace.plan.waiting() {
        let over = (!offers_queued(Some(session))).then(|| "this session is not over".to_owned());
        let label = format!("Start '{}', which was queued", one_line(&queued.title));
        menu.offer_unless(label, over, End::Queued(Box::new(queued.clone())));
    }
    menu.offer_unless("Reopen the session", against(Act::ReopenSession), End::Reopen);
    menu.offer_unless("Give the session up", against(Act::Abandon), End::Abandon);
    menu
}

fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Unsaid => "not said",
        Outcome::Yes => "yes",
        Outcome::Partly => "in part",
        Outcome::No => "no",
    }
}

fn filled(text: &str) -> &'static str {
    if text.trim().is_empty() { "empty" } else { "written" }
}

fn text(dialogue: &Dialogue<'_>, plan: &Plan) -> String {
    report(plan, &clock::zoned(), &dialogue.ctx.thresholds().claims)
}

/// Says every indicator, and asks what the record cannot tell.
fn quality(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let phrases = dialogue.ctx.thresholds().claims;
    for judged in judge(&workspace.plan, &phrases) {
        dialogue.say(&indicator(&judged))?;
        if judged.verdict != Verdict::Poor || judged.how_to_fix.is_empty() {
            continue;
        }
        dialogue.say(&format!("To make it good: {}", sentence(&one_line(&judged.how_to_fix))))?;
    }
    for judged in judge(&workspace.plan, &phrases).into_iter().filter(JudgedIndicator::is_answerable) {
        let menu = Menu::of([
            ("Yes".to_owned(), Some(true)),
            ("No".to_owned(), Some(false)),
            ("Leave it as it is".to_owned(), None),
        ]);
        dialogue.say(&format!("Your answer is wanted: {}?", one_line(judged.indicator.good())))?;
        let Some(good) = dialogue.choose(&Question::new("Is it so: ").about(sentence(&judged.why)), &menu)? else {
            continue;
        };
        let note = dialogue.line(&Question::new("What the answer rests on, Enter for nothing: "))?;
        workspace.apply(
            dialogue,
            &Command::AnswerIndicator { indicator: judged.indicator.word().into(), good: Some(good), note },
        )?;
    }
    Ok(())
}

fn indicator(judged: &JudgedIndicator) -> String {
    let verdict = match judged.verdict {
        Verdict::Good => "Good",
        Verdict::Poor => "Poor",
        Verdict::Asked => "Asked of you",
        Verdict::NotApplicable => "Does not apply",
    };
    let why = sentence(&one_line(&judged.why));
    format!("{verdict}: {}. {why}", one_line(judged.headline().trim_end_matches('?')))
}

fn outcome(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let menu = Menu::of(
        [Outcome::Yes, Outcome::Partly, Outcome::No].map(|outcome| (outcome_word(outcome).to_owned(), outcome)),
    );
    let outcome = dialogue.choose(&Question::new("Did the plan do what it was for: "), &menu)?;
    let review = workspace.plan.reflection.clone();
    workspace.apply(dialogue, &Command::SetReflection { outcome, helped: review.helped, change: review.change })?;
    Ok(())
}

/// What helped, or what to change next time.
fn words_on(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, helped: bool) -> Answer<()> {
    let review = workspace.plan.reflection.clone();
    let (ask, before, what) = match helped {
        true => ("What helped", &review.helped, "helped"),
        false => ("What to change next time", &review.change, "change"),
    };
    let question = Question::new(format!("{ask}, several lines, a dot alone ends them: "));
    let wanted = Wanted { question, before: before.clone(), suffix: ".md" };
    workspace::text(dialogue, workspace, what, wanted, &mut |dialogue, workspace, text| {
        // The other words as they are now.
        let now = workspace.plan.reflection.clone();
        let (helped, change) = if helped { (text, now.change) } else { (now.helped, text) };
        workspace.apply(dialogue, &Command::SetReflection { outcome: now.outcome, helped, change })
    })
}

/// Finishes the session; a reason is asked for where turns are unverified.
fn finish(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, session: &Session) -> Answer<()> {
    let mut unverified = None;
    let missing = reasons_wanted(session, one_line);
    if !missing.is_empty() {
        missing.iter().try_for_each(|line| dialogue.say(&format!("{line}.")))?;
        let question = Question::new("Why may it be finished so: ").about("The report says the reason.");
        unverified = Some(dialogue.line(&question)?);
    }
    let finished = workspace.apply(dialogue, &Command::FinishSession { session: session.id.clone(), unverified })?;
    if finished {
        workspace.look_at(None);
    }
    let waiting = queued_now(&workspace.plan).len();
    if finished && waiting > 0 {
        dialogue.say(&format!(
            "{} in the queue to be started.",
            if waiting == 1 { "1 plan waits".into() } else { words::count(waiting, "plan") + " wait" }
        ))?;
    }
    Ok(())
}

fn abandon(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, session: &Session) -> Answer<()> {
    let question = Question::new("Why is it given up, Enter for no reason: ").about("What was recorded stays.");
    let reason = dialogue.line(&question)?;
    if dialogue.agrees(&format!("Give '{}' up?", one_line(&session.title)))? {
        workspace.apply(dialogue, &Command::Abandon { session: Some(session.id.clone()), reason })?;
    }
    Ok(())
}
