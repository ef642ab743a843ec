//! The loop: events in, messages to the model, effects out, a frame when nothing waits any more.

mod outside;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crossterm::event::{Event as Input, MouseButton, MouseEventKind};
use jiff::Timestamp;

use crate::app::model::{Model, Start};
use crate::app::msg::{Effect, Failure, Msg};
use crate::app::{farewell, start, update};
use crate::domain::settings::Theme as ThemeSetting;
use crate::keys::Keymap;
use crate::store::{SettingsFile, Store};

use super::effects::{Clock, EffectRunner};
use super::runtime::background::ask_background;
use super::runtime::plain::plain_screen;
use super::runtime::send::SendHandle;
use super::runtime::suspend::{Suspension, WHY_NOT, suspend};
use super::runtime::{Event, Events, Options as ScreenOptions, Screen, Sender, Signal, panic};
use super::start::{one_line, theme, user};
use super::view::theme::Theme;
use super::view::{HitMap, draw};
use super::worker::{FromThread, worker};
use crate::os::detect::{self, Depth};

/// How long to wait for the disk once the terminal is gone.
const LONGEST_FAREWELL: Duration = Duration::from_millis(1500);
/// While keys keep coming, draw at least this often.
const LONGEST_WITHOUT_FRAME: Duration = Duration::from_millis(40);

/// What the command line says of the interface.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub ascii: bool,
    pub no_colour: bool,
}

/// Runs the terminal interface until the person leaves; gives back the exit code. All times are `clock`'s.
///
/// # Errors
/// The terminal is none, cannot show the interface, or is gone.
///
/// # Panics
/// Where the program itself is wrong. The terminal is given back before, and what was typed is saved.
pub fn run(store: Store, options: &Options, clock: Clock) -> io::Result<u8> {
    detect::can_draw(&detect::process_env).map_err(io::Error::other)?;
    let settings = store.settings();
    store.start_log();
    panic::install_panic_hook(Some(store.log_path()));
    let (events, sender) = Events::open()?;
    let modern = detect::modern(&detect::process_env);
    let memory = store.memory();
    let mouse = settings.settings.mouse && !memory.mouse_off;
    let screen = Screen::enter(ScreenOptions { mouse, keyboard: modern, title: modern.then(|| "setlist".into()) })?;
    let theme = theme(&settings, options, detect::background(&detect::process_env));
    let (keymap, key_problems) = Keymap::with(&settings.settings.keys);
    let problems = settings.problems.iter().chain(&key_problems).map(|problem| one_line(problem, &settings)).collect();
    let size = screen.size()?;
    let now = clock();
    let (model, effects) = start(Start {
        now: now.timestamp(),
        zone: now.time_zone().clone(),
        size: (size.width, size.height),
        user: user(),
        library: Store::builtin(),
        memory,
        settings: settings.settings.clone(),
        settings_problems: problems,
        keymap,
    });
    let folder = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let runner = EffectRunner::new(store.clone(), clock, folder);
    let mut program = Loop {
        work: worker(runner.clone(), &sender),
        model,
        theme,
        options: options.clone(),
        settings,
        screen,
        events,
        sender,
        hits: HitMap::default(),
        sending: None,
        store,
        clock,
        pending_work: 0,
        leaving: None,
    };
    let result = catch_unwind(AssertUnwindSafe(|| program.run(effects, &runner)));
    program.screen.leave();
    result.unwrap_or_else(|panic| {
        // The terminal was given back before the message. What was typed is on its way to the disk
        // or in the model; a second panic on this way changes nothing.
        let _ = catch_unwind(AssertUnwindSafe(|| program.save_without_terminal()));
        resume_unwind(panic)
    })
}

struct Loop {
    model: Model,
    theme: Theme,
    options: Options,
    settings: SettingsFile,
    screen: Screen,
    events: Events<FromThread>,
    sender: Sender<FromThread>,
    hits: HitMap,
    sending: Option<SendHandle>,
    store: Store,
    work: mpsc::Sender<Effect>,
    clock: Clock,
    /// Effects that the worker has not performed yet.
    pending_work: usize,
    /// The exit code, once the person or a signal wants to leave.
    leaving: Option<u8>,
}

impl Loop {
    fn run(&mut self, effects: Vec<Effect>, runner: &EffectRunner) -> io::Result<u8> {
        let result = self.turns(effects, runner);
        if result.is_err() {
            self.save_without_terminal();
        }
        result
    }

    fn now(&self) -> Timestamp {
        (self.clock)().timestamp()
    }

    /// The terminal failed before any signal said so, or the loop itself: what is to be saved is saved all the same.
    fn save_without_terminal(&mut self) {
        let begun = Instant::now();
        if self.leaving.is_none() {
            // Saving needs no terminal; a second failure changes nothing.
            let _ = self.leave(129);
        }
        while self.pending_work > 0 && begun.elapsed() < LONGEST_FAREWELL {
            if let Event::Message(FromThread::Done) = self.events.next(Some(LONGEST_FAREWELL)) {
                self.pending_work -= 1;
            }
        }
    }

    fn turns(&mut self, effects: Vec<Effect>, runner: &EffectRunner) -> io::Result<u8> {
        // The plan or the form that was left is on the first frame: keys typed ahead must not reach
        // another screen. These are small files; everything else comes after the frame.
        let (first, later): (Vec<Effect>, Vec<Effect>) =
            effects.into_iter().partition(|effect| matches!(effect, Effect::Open(_) | Effect::LoadDrafts));
        for msg in first.into_iter().filter_map(|effect| runner.perform(effect)).flatten() {
            self.update(msg)?;
        }
        self.draw()?;
        for effect in later {
            self.perform(effect)?;
        }
        let watch = self.watch();
        let wants_background = self.settings.settings.theme == ThemeSetting::Auto
            && detect::depth(&detect::process_env) == Depth::True
            && detect::background(&detect::process_env).is_none()
            && detect::modern(&detect::process_env)
            && !self.options.no_colour;
        if wants_background {
            ask_background()?;
        }
        let mut drawn = Instant::now();
        // What changed stays to be drawn, whatever comes after it.
        let mut stale = false;
        loop {
            let timeout = self.model.next_wake(self.now());
            let event = self.events.next(timeout);
            stale |= self.handle(event)?;
            if let Some(code) = self.leaving.filter(|_| self.pending_work == 0) {
                if code != 0 || self.model.may_leave() {
                    drop(watch);
                    return Ok(code);
                }
                self.leaving = None;
                stale = true;
            }
            if stale && (!self.events.has_pending() || drawn.elapsed() > LONGEST_WITHOUT_FRAME) {
                self.draw()?;
                drawn = Instant::now();
                stale = false;
            }
        }
    }

    fn watch(&self) -> Option<crate::store::Watch> {
        let sender = self.sender.clone();
        let told = self.store.watch(move |changed| {
            if !changed.plans.is_empty() {
                sender.send(FromThread::Msg(Box::new(Msg::OutsidePlans(changed.plans))));
            }
            if changed.strategies {
                sender.send(FromThread::Msg(Box::new(Msg::OutsideStrategies)));
            }
        });
        // Without a watch, changes show when the terminal gets the focus and before each write.
        told.ok()
    }

    fn draw(&mut self) -> io::Result<()> {
        let (model, theme, hits) = (&self.model, &self.theme, &mut self.hits);
        self.screen.draw(|frame| *hits = draw(frame, model, theme))
    }

    /// Takes in one event; gives back whether there may be something to draw.
    fn handle(&mut self, event: Event<FromThread>) -> io::Result<bool> {
        match event {
            Event::Input(input) => return self.input(input),
            Event::Resize => {
                let size = self.screen.size()?;
                self.update(Msg::Resize(size.width, size.height))?;
            }
            Event::Background(red, green, blue) => {
                self.theme = theme(&self.settings, &self.options, Some(detect::background_of(red, green, blue)));
            }
            Event::Message(FromThread::Msg(msg)) => self.update(*msg)?,
            Event::Message(FromThread::Done) => {
                self.pending_work = self.pending_work.saturating_sub(1);
                return Ok(false);
            }
            Event::Signal(signal) => self.signal(signal)?,
            Event::Tick => self.update(Msg::Tick)?,
        }
        Ok(true)
    }

    fn input(&mut self, input: Input) -> io::Result<bool> {
        let msg = match input {
            Input::Key(key) => Msg::Key(key),
            Input::Paste(text) => Msg::Paste(text),
            Input::FocusGained => Msg::Focus(true),
            Input::FocusLost => Msg::Focus(false),
            Input::Resize(..) => {
                let size = self.screen.size()?;
                Msg::Resize(size.width, size.height)
            }
            Input::Mouse(mouse) => {
                let target = self.hits.at(mouse.column, mouse.row);
                match mouse.kind {
                    MouseEventKind::Down(MouseButton::Left) => Msg::Click(target),
                    MouseEventKind::ScrollDown => Msg::Wheel(target, 1),
                    MouseEventKind::ScrollUp => Msg::Wheel(target, -1),
                    _ => return Ok(false),
                }
            }
        };
        self.update(msg)?;
        Ok(true)
    }

    fn signal(&mut self, signal: Signal) -> io::Result<()> {
        match signal {
            Signal::Terminate(which) => self.leave(which.exit_code().clamp(0, 255) as u8),
            Signal::Hangup => self.leave(129),
            Signal::Panic => self.leave(101),
            Signal::Suspend => self.suspend(),
            Signal::Continue => self.screen.reassert(),
        }
    }

    /// Saves what is to be saved and leaves with `code`.
    fn leave(&mut self, code: u8) -> io::Result<()> {
        for effect in farewell(&mut self.model) {
            self.perform(effect)?;
        }
        self.leaving = Some(code);
        Ok(())
    }

    fn update(&mut self, msg: Msg) -> io::Result<()> {
        let now = self.now();
        for effect in update(&mut self.model, msg, now) {
            self.perform(effect)?;
        }
        Ok(())
    }

    fn perform(&mut self, effect: Effect) -> io::Result<()> {
        match effect {
            Effect::Quit => self.leaving = Some(0),
            Effect::Redraw => self.screen.redraw_all(),
            Effect::Suspend => self.suspend()?,
            Effect::SetMouse(on) => self.screen.set_mouse(on)?,
            Effect::Notify(text) => self.notify(&text)?,
            Effect::Copy(text, turn) => self.copy(&text, turn)?,
            Effect::CopyReport(plan) => {
                let report =
                    crate::export::markdown::report(&plan, &(self.clock)(), &self.model.settings.review.claims);
                self.copy(&report, None)?;
            }
            Effect::ShowPlain(text) => plain_screen(&mut self.screen, &mut self.events, &text)?,
            Effect::Edit(target, text) => self.edit(target, &text)?,
            Effect::Send(prompt) => self.send(&prompt)?,
            Effect::CancelSend => {
                if let Some(sending) = &self.sending {
                    sending.cancel();
                }
            }
            for_the_store => self.hand_on(for_the_store)?,
        }
        Ok(())
    }

    /// Hands an effect to the worker.
    fn hand_on(&mut self, effect: Effect) -> io::Result<()> {
        self.pending_work += 1;
        let Err(mpsc::SendError(effect)) = self.work.send(effect) else { return Ok(()) };
        self.pending_work -= 1;
        let failure = Failure {
            message: "the program can no longer save".into(),
            hint: "copy what you need and start it again".into(),
            refused: false,
        };
        let msgs = match effect {
            Effect::Apply(plan, command) => vec![Msg::NotSaved(plan, Box::new(command), failure)],
            Effect::ApplyAll(commands) => {
                let not_saved = |(plan, command)| Msg::NotSaved(plan, Box::new(command), failure.clone());
                commands.into_iter().map(not_saved).chain([Msg::Tried]).collect()
            }
            Effect::SaveDraft(draft) => vec![Msg::DraftNotSaved(draft.strategy, failure)],
            _ => vec![Msg::Failed(failure)],
        };
        msgs.into_iter().try_for_each(|msg| self.update(msg))
    }

    fn suspend(&mut self) -> io::Result<()> {
        if suspend(&mut self.screen)? == Suspension::NoJobControl {
            self.model.refuse(WHY_NOT);
        }
        // The clock ran on; files may have changed.
        self.update(Msg::Focus(true))
    }
}
