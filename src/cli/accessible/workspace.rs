//! A plan under way: where it stands in a few sentences, and what may be done now. Each time the plan is read from
//! disk, so that what others did meanwhile is told.

use crate::domain::command::{Command, TurnRef};
use crate::domain::plan::{Plan, Session, Turn};
use crate::domain::refusal::Refusal;
use crate::workflow::availability::{Act, Here};
use crate::workflow::next;

use super::super::clock;
use super::super::context::Context;
use super::super::dialogue::{Answer, Dialogue, Menu, Question, Wanted, sentence};
use super::super::error::{CliError, ErrorCode};
use super::super::output::one_line;
use super::super::target::{PlanArg, SessionArg, TurnArg};
use super::{back, more, session, turn, words, wrap_up};

/// A plan and the turn that is looked at.
pub struct Workspace {
    /// The plan as it was read last.
    pub plan: Plan,
    read_only: Option<String>,
    /// The turn that was chosen; without one, the one that is current.
    chosen: Option<TurnRef>,
}

/// What may be done with a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    Turn(turn::Doing),
    /// Look at another turn or session.
    Another,
    /// Checklist, quality, outcome, report, finish.
    WrapUp,
    /// What is done less often.
    More,
}

/// What is said where another program changed the plan; what it did is kept.
const ELSEWHERE: &str = "The plan was changed elsewhere meanwhile.";

impl Workspace {
    /// Reads the plan.
    pub fn open(dialogue: &Dialogue<'_>, id: &str) -> Answer<Self> {
        let loaded = dialogue.ctx.store()?.load(id)?;
        Ok(Self { plan: loaded.plan, read_only: loaded.read_only, chosen: None })
    }

    /// Reads the plan again; says so where it was changed elsewhere.
    fn refresh(&mut self, dialogue: &mut Dialogue<'_>) -> Answer<()> {
        let before = self.plan.revision;
        let fresh = Self::open(dialogue, &self.plan.id)?;
        if fresh.plan.revision != before {
            dialogue.say(ELSEWHERE)?;
        }
        self.plan = fresh.plan;
        self.read_only = fresh.read_only;
        let gone = |at: &TurnRef| self.plan.session(&at.session).and_then(|session| session.turn(&at.turn)).is_none();
        if self.chosen.as_ref().is_some_and(gone) {
            self.chosen = None;
        }
        Ok(())
    }

    /// The session and turn that are looked at; nothing in a plan without turns.
    pub fn at(&self) -> Option<(&Session, &Turn)> {
        if let Some(at) = &self.chosen {
            let session = self.plan.session(&at.session)?;
            return Some((session, session.turn(&at.turn)?));
        }
        let session = self.plan.current_session()?;
        Some((session, session.current_turn()?))
    }

    /// The turn that is looked at, as commands name it.
    pub fn turn_ref(&self) -> TurnRef {
        self.at().map_or_else(|| TurnRef::new("", ""), |(session, turn)| TurnRef::new(&session.id, &turn.id))
    }

    /// The turn that is looked at, as subcommands name it.
    pub fn target(&self) -> TurnArg {
        let at = self.turn_ref();
        let plan = PlanArg { plan: Some(self.plan.id.clone()) };
        TurnArg { session: SessionArg { plan, session: Some(at.session) }, turn: Some(at.turn) }
    }

    /// Looks at this turn from now on; at the current one where none is named.
    pub fn look_at(&mut self, turn: Option<TurnRef>) {
        self.chosen = turn;
    }

    /// Why this may not be done now; nothing where it may.
    pub fn against(&self, act: Act) -> Option<String> {
        let (session, turn) = self.at()?;
        self.against_in(session, turn, act)
    }

    /// Why this may not be done now with a turn, or with a session that has it.
    pub fn against_in(&self, session: &Session, turn: &Turn, act: Act) -> Option<String> {
        self.here(session, turn).against(act).map(in_words)
    }

    /// Why the plan would refuse this now; nothing where it would take it.
    pub fn against_command(&self, command: &Command) -> Option<String> {
        let (session, turn) = self.at()?;
        self.here(session, turn).against_command(command).map(in_words)
    }

    fn here<'w>(&'w self, session: &'w Session, turn: &'w Turn) -> Here<'w> {
        Here { plan: &self.plan, read_only: self.read_only.as_deref(), session, turn, now: clock::now() }
    }

    /// Changes the plan on disk and says what was done, or why not. Where the disk does not take it, it is tried as
    /// often as the person likes.
    pub fn apply(&mut self, dialogue: &mut Dialogue<'_>, command: &Command) -> Answer<bool> {
        loop {
            let error = match dialogue.ctx.store()?.update(&self.plan.id, command, clock::now()) {
                Ok(change) => {
                    dialogue.say(&sentence(&one_line(&change.summary)))?;
                    if change.plan.revision > self.plan.revision + 1 {
                        dialogue.say(ELSEWHERE)?;
                    }
                    self.plan = change.plan;
                    return Ok(true);
                }
                Err(error) => CliError::from(error),
            };
            dialogue.report(&error)?;
            if !matches!(error.code, ErrorCode::NotSaved | ErrorCode::Io | ErrorCode::Conflict) {
                return Ok(false);
            }
            let menu = Menu::of([("Try again".to_owned(), true), ("Go on without it".to_owned(), false)]);
            dialogue.ctx.unsaved = true;
            let again = dialogue.choose(&Question::new("This change is NOT SAVED: "), &menu)?;
            dialogue.ctx.unsaved = false;
            if !again {
                return Ok(false);
            }
        }
    }

    /// Takes over what a subcommand did to the plan.
    pub fn reload(&mut self, dialogue: &Dialogue<'_>) -> Answer<()> {
        let fresh = Self::open(dialogue, &self.plan.id)?;
        self.plan = fresh.plan;
        self.read_only = fresh.read_only;
        Ok(())
    }
}

fn in_words(refusal: Refusal) -> String {
    let way = if refusal.hint.is_empty() { String::new() } else { format!("; {}", refusal.hint) };
    one_line(&format!("{}{way}", refusal.message.trim_end_matches('.')))
}

/// Works on a plan until the person goes back.
pub fn work(dialogue: &mut Dialogue<'_>, id: &str) -> Answer<()> {
    let mut workspace = Workspace::open(dialogue, id)?;
    if let Some(why) = &workspace.read_only {
        dialogue.say(&format!("This plan can be read but not changed: {}", sentence(&one_line(why))))?;
    }
    loop {
        workspace.refresh(dialogue)?;
        stand(dialogue, &workspace)?;
        let mut menu = Menu::default();
        turn::offer(&workspace, &mut menu, &dialogue.ctx.store()?.settings().settings);
        menu.offer("Another turn or session", Doing::Another);
        menu.offer("Wrap-up: checklist, quality, report, finish", Doing::WrapUp);
        menu.offer("More: notes, readings, answers, what speaks against it, undo", Doing::More);
        let question = Question::new("What to do: ").about("b leaves this plan as it is and goes to the beginning.");
        let chosen = dialogue.choose(&question, &menu)?;
        let done = match chosen {
            Doing::Turn(doing) => turn::perform(dialogue, &mut workspace, doing),
            Doing::Another => session::choose(dialogue, &mut workspace),
            Doing::WrapUp => wrap_up::wrap_up(dialogue, &mut workspace),
            Doing::More => more::more(dialogue, &mut workspace),
        };
        let done = dialogue.or_report(done);
        back(done)?;
        if !dialogue.ctx.store()?.plan_path(id).exists() {
            // It is in the trash now.
            return Ok(());
        }
    }
}

/// Where the plan and its turn stand, and what comes next.
fn stand(dialogue: &mut Dialogue<'_>, workspace: &Workspace) -> Answer<()> {
    let plan = &workspace.plan;
    dialogue.say("")?;
    dialogue.say(&format!("Plan '{}', {}.", one_line(&plan.name), plan.state().word().replace('-', " ")))?;
    let Some((session, turn)) = workspace.at() else { return dialogue.say("It has no turns.") };
    if plan.is_multi_session() {
        let place = plan.sessions.iter().position(|other| other.id == session.id).map_or(1, |at| at + 1);
        let (title, of) = (one_line(&session.title), plan.sessions.len());
        dialogue.say(&format!("Session {place} of {of}, {title}: {}.", session.state))?;
    }
    dialogue.say(&words::turn(plan, session, turn, clock::now()))?;
    if let Some(reason) = turn.reason.as_ref().filter(|reason| !reason.trim().is_empty()) {
        dialogue.say(&format!("Reason: {}", sentence(&one_line(reason))))?;
    }
    let wanted = turn.evidence.iter().filter(|slot| slot.required).count();
    if wanted > 0 && turn.started.is_some() {
        let there = wanted - turn.missing().len();
        dialogue.say(&format!("Required evidence: {there} of {wanted} recorded."))?;
    }
    let told = words::waits(plan, session, turn).into_iter().chain(words::gate(turn));
    told.map(|line| sentence(&line)).try_for_each(|line| dialogue.say(&line))?;
    match next::of_plan(plan) {
        Some(next) => dialogue.say(&format!("Next: {}", sentence(&next.sentence(one_line)))),
        None => dialogue.say("Nothing is left to do."),
    }
}

/// The words under which a text that is half typed is kept.
pub fn key(workspace: &Workspace, what: &str) -> String {
    let at = workspace.turn_ref();
    format!("{} accessible {} {} {what}", workspace.plan.id, at.session, at.turn)
}

/// A text for the plan, with what was typed of it before and not saved; it is forgotten once `done` says that it is.
pub fn text(
    dialogue: &mut Dialogue<'_>,
    workspace: &mut Workspace,
    what: &str,
    wanted: Wanted,
    done: &mut dyn FnMut(&mut Dialogue<'_>, &mut Workspace, String) -> Answer<bool>,
) -> Answer<()> {
    let key = key(workspace, what);
    let kept = dialogue.ctx.store()?.memory().kept.remove(&key).and_then(|texts| texts.into_iter().next());
    let mut wanted = wanted;
    if let Some(kept) = kept.filter(|kept| *kept != wanted.before) {
        dialogue.say("You typed this before, and it was not saved.")?;
        wanted.before = kept;
    }
    let typed = dialogue.text(&wanted, &mut |ctx, typed| keep(ctx, &key, typed))?;
    // Kept until it is saved, whatever comes between.
    keep(dialogue.ctx, &key, &typed);
    if done(dialogue, workspace, typed)? {
        keep(dialogue.ctx, &key, "");
    }
    Ok(())
}

/// Keeps a text that is not saved, or forgets it where it is empty.
pub fn keep(ctx: &mut Context, key: &str, text: &str) {
    let Ok(store) = ctx.store() else { return };
    let mut memory = store.memory();
    let before = memory.kept.remove(key);
    if !text.trim().is_empty() {
        memory.kept.insert(key.to_owned(), vec![text.to_owned()]);
    }
    if before.as_deref() == memory.kept.get(key).map(Vec::as_slice) {
        return;
    }
    let saved = store.save_memory(&memory);
    ctx.unsaved = saved.is_err();
    if let Err(error) = saved {
        ctx.out.warn(&format!("what you typed is NOT SAVED: {}", error.message));
    }
}

impl From<turn::Doing> for Doing {
    fn from(doing: turn::Doing) -> Self {
        Self::Turn(doing)
    }
}
