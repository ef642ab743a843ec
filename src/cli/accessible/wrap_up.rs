//! The end of a session: checklist, quality indicators, looking back, what was queued, finishing, the report.

use crate::domain::command::Command;
use crate::domain::plan::{Outcome, Plan, Queued, Session, Turn};
use crate::domain::quality::{Judged, Verdict, judge};
use crate::export::markdown::report;

use super::super::clock;
use super::super::output::one_line;
use super::super::talk::{Menu, Question, Said, Talk, Wanted, sentence};
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
pub fn wrap_up(talk: &mut Talk<'_>, workspace: &mut Workspace) -> Said<()> {
    let Some(id) = workspace.at().map(|(session, _)| session.id.clone()) else { return Ok(()) };
    loop {
        let Some(session) = workspace.plan.session(&id).cloned() else { return Ok(()) };
        talk.say(&format!("Wrap-up of '{}': {}.", one_line(&session.title), session.state))?;
        let menu = menu(talk, workspace, &session);
        let question = Question::new("What to do at the end, b goes back to the turns: ");
        let done = match talk.choose(&question, &menu)? {
            End::Checklist => checklist::go_through(talk, workspace, &id),
            End::Quality => quality(talk, workspace),
            End::Outcome => outcome(talk, workspace),
            End::Helped => words_on(talk, workspace, true),
            End::Change => words_on(talk, workspace, false),
            End::Finish => finish(talk, workspace, &session),
            End::Hear => talk.say(&text(talk, &workspace.plan)),
            End::Write => {
                let text = text(talk, &workspace.plan);
                prompt::write(talk, &format!("{}.md", workspace.plan.id), &text)
            }
            End::Queued(queued) => {
                let mut form = Form::of_queued(&workspace.plan, &queued);
                let started = back(start::fill_in_and_start(talk, &mut form))?;
                workspace.reload(talk)?;
                match started {
                    Some(plan) => return workspace::work(talk, &plan),
                    None => Ok(()),
                }
            }
            End::Reopen => workspace.apply(talk, &Command::ReopenSession(id.clone())).map(|_| ()),
            End::Abandon => abandon(talk, workspace, &session),
        };
        let done = talk.or_sorry(done);
        back(done)?;
    }
}

fn menu(talk: &Talk<'_>, workspace: &Workspace, session: &Session) -> Menu<End> {
    let mut menu = Menu::default();
    let ticked = session.checklist.len() - session.open_items().len();
    menu.offer(format!("Checklist, {ticked} of {} ticked", session.checklist.len()), End::Checklist);
    let judged = judge(&workspace.plan, &talk.ctx.thresholds().claims);
    let asked = judged.iter().filter(|judged| judged.verdict == Verdict::Asked).count();
    let asked = if asked == 0 { String::new() } else { format!(", {asked} to be answered by you") };
    menu.offer(format!("Quality indicators{asked}"), End::Quality);
    let review = &workspace.plan.review;
    menu.offer(format!("Whether the plan did what it was for, {}", outcome_word(review.outcome)), End::Outcome);
    menu.offer(format!("What helped, {}", filled(&review.helped)), End::Helped);
    menu.offer(format!("What to change next time, {}", filled(&review.change)), End::Change);
    let finishing = Command::FinishSession { session: session.id.clone(), unverified: Some("-".into()) };
    menu.offer_unless("Finish the session", workspace.against(&finishing), End::Finish);
    menu.offer("Hear the report", End::Hear);
    menu.offer("Write the report to a file", End::Write);
    for queued in workspace.plan.waiting() {
        let over = (!session.is_over()).then(|| "this session is not over".to_owned());
        let label = format!("Start '{}', which was queued", one_line(&queued.title));
        menu.offer_unless(label, over, End::Queued(Box::new(queued.clone())));
    }
    menu.offer_unless(
        "Reopen the session",
        workspace.against(&Command::ReopenSession(session.id.clone())),
        End::Reopen,
    );
    let giving_up = Command::Abandon { session: Some(session.id.clone()), reason: String::new() };
    let over = session.is_over().then(|| format!("the session is {}", session.state));
    menu.offer_unless("Give the session up", over.or_else(|| workspace.against(&giving_up)), End::Abandon);
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

fn text(talk: &Talk<'_>, plan: &Plan) -> String {
    report(plan, &clock::zoned(), &talk.ctx.thresholds().claims)
}

/// Says every indicator, and asks what the record cannot tell.
fn quality(talk: &mut Talk<'_>, workspace: &mut Workspace) -> Said<()> {
    let phrases = talk.ctx.thresholds().claims;
    for judged in judge(&workspace.plan, &phrases) {
        talk.say(&indicator(&judged))?;
        if judged.verdict != Verdict::Poor || judged.turn_good.is_empty() {
            continue;
        }
        talk.say(&format!("To make it good: {}", sentence(&one_line(&judged.turn_good))))?;
    }
    for judged in judge(&workspace.plan, &phrases).into_iter().filter(Judged::is_answerable) {
        let menu = Menu::of([
            ("Yes".to_owned(), Some(true)),
            ("No".to_owned(), Some(false)),
            ("Leave it as it is".to_owned(), None),
        ]);
        talk.say(&format!("Your answer is wanted: {}?", one_line(judged.sign.good)))?;
        let Some(good) = talk.choose(&Question::new("Is it so: ").about(sentence(&judged.why)), &menu)? else {
            continue;
        };
        let note = talk.line(&Question::new("What the answer rests on, Enter for nothing: "))?;
        workspace.apply(talk, &Command::AnswerSign { sign: judged.sign.id.into(), good: Some(good), note })?;
    }
    Ok(())
}

fn indicator(judged: &Judged) -> String {
    let verdict = match judged.verdict {
        Verdict::Good => "Good",
        Verdict::Poor => "Poor",
        Verdict::Asked => "Asked of you",
        Verdict::NotApplicable => "Does not apply",
    };
    let why = sentence(&one_line(&judged.why));
    format!("{verdict}: {}. {why}", one_line(judged.headline().trim_end_matches('?')))
}

fn outcome(talk: &mut Talk<'_>, workspace: &mut Workspace) -> Said<()> {
    let menu = Menu::of(
        [Outcome::Yes, Outcome::Partly, Outcome::No].map(|outcome| (outcome_word(outcome).to_owned(), outcome)),
    );
    let outcome = talk.choose(&Question::new("Did the plan do what it was for: "), &menu)?;
    let review = workspace.plan.review.clone();
    workspace.apply(talk, &Command::SetReview { outcome, helped: review.helped, change: review.change })?;
    Ok(())
}

/// What helped, or what to change next time.
fn words_on(talk: &mut Talk<'_>, workspace: &mut Workspace, helped: bool) -> Said<()> {
    let review = workspace.plan.review.clone();
    let (ask, before, what) = match helped {
        true => ("What helped", &review.helped, "helped"),
        false => ("What to change next time", &review.change, "change"),
    };
    let question = Question::new(format!("{ask}, several lines, a dot alone ends them: "));
    let wanted = Wanted { question, before: before.clone(), suffix: ".md" };
    workspace::text(talk, workspace, what, wanted, &mut |talk, workspace, text| {
        // The other words as they are now.
        let now = workspace.plan.review.clone();
        let (helped, change) = if helped { (text, now.change) } else { (now.helped, text) };
        workspace.apply(talk, &Command::SetReview { outcome: now.outcome, helped, change })
    })
}

/// Finishes the session; a reason is asked for where turns are unverified.
fn finish(talk: &mut Talk<'_>, workspace: &mut Workspace, session: &Session) -> Said<()> {
    let mut unverified = None;
    let missing: Vec<&Turn> = session.unverified();
    if !missing.is_empty() {
        for turn in missing {
            let slots: Vec<String> = turn.all_missing().iter().map(|slot| one_line(&slot.lack())).collect();
            talk.say(&format!("'{}' shows no evidence for: {}.", one_line(&turn.title), slots.join("; ")))?;
        }
        let question = Question::new("Why may it be finished so: ").about("The report says the reason.");
        unverified = Some(talk.line(&question)?);
    }
    let finished = workspace.apply(talk, &Command::FinishSession { session: session.id.clone(), unverified })?;
    if finished {
        workspace.look_at(None);
    }
    let waiting = workspace.plan.waiting().len();
    if finished && waiting > 0 {
        talk.say(&format!(
            "{} in the queue to be started.",
            if waiting == 1 { "1 plan waits".into() } else { words::count(waiting, "plan") + " wait" }
        ))?;
    }
    Ok(())
}

fn abandon(talk: &mut Talk<'_>, workspace: &mut Workspace, session: &Session) -> Said<()> {
    let question = Question::new("Why is it given up, Enter for no reason: ").about("What was recorded stays.");
    let reason = talk.line(&question)?;
    if talk.agrees(&format!("Give '{}' up?", one_line(&session.title)))? {
        workspace.apply(talk, &Command::Abandon { session: Some(session.id.clone()), reason })?;
    }
    Ok(())
}
