//! The whole state of the terminal interface.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::command::Command;
use crate::domain::library::Library;
use crate::domain::memory::{Draft, Memory, Place};
use crate::domain::settings::Settings;
use crate::domain::summary::Listing;

use super::browser::Browser;
use super::compare::Compare;
use super::dialog::Dialog;
use super::field::Field;
use super::form::Form;
use super::plans::Plans;
use super::stats::Statistics;
use super::workspace::Workspace;
pub use crate::keys::Screen;
use crate::keys::{Chord, Context, Keymap};

/// How long typed text may wait before it is saved as a draft.
const DRAFT_DELAY: Duration = Duration::from_millis(700);

/// The whole state of the terminal interface.
#[derive(Debug)]
pub struct Model {
    /// The time of the last message.
    pub now: Timestamp,
    /// The user's time zone, for times of day.
    pub zone: TimeZone,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The user's name, for ticks and approvals.
    pub user: String,
    pub library: Library,
    /// What the plans directory holds.
    pub listing: Listing,
    /// Forms left half-way.
    pub drafts: Vec<Draft>,
    pub memory: Memory,
    pub settings: Settings,
    pub keymap: Keymap,
    pub screen: Screen,
    pub browser: Browser,
    pub form: Option<Form>,
    pub workspace: Option<Workspace>,
    pub plans: Plans,
    /// The screen of statistics, and the figures it shows.
    pub stats: Statistics,
    pub overlay: Option<Overlay>,
    /// Keys pressed of a longer sequence.
    pub pending: Vec<Chord>,
    pub status: Option<Status>,
    /// When something was last saved.
    pub saved: Option<Timestamp>,
    /// Commands that are not on disk, by plan, oldest first: they are applied in memory and wait.
    pub unsaved: Vec<(String, Command)>,
    /// What is tried again at this moment; its outcome is not known.
    pub trying: Vec<(String, Command)>,
    /// Changes made meanwhile.
    pub queued: Vec<(String, Command)>,
    /// Strategies whose drafts are not on disk: they are in `drafts` and wait.
    pub unsaved_drafts: BTreeSet<String>,
    pub not_saved_why: String,
    /// Whether the person was told that leaving loses what is not saved.
    pub warned_of_loss: bool,
    /// Whether it was said that nothing can be remembered: once is enough.
    pub told_not_remembered: bool,
    /// How the last prompt was copied, until that is noted in its plan.
    pub copied: Option<String>,
    /// Whether the terminal has the focus.
    pub focused: bool,
    /// Whether the mouse is captured.
    pub mouse: bool,
    /// Texts of dialogs that were closed without saving, by purpose.
    pub kept: BTreeMap<String, Vec<String>>,
    /// The texts of the dialog that was saved last, until they are.
    pub submitted: Option<(String, Vec<String>)>,
    /// Since when a dialog holds something that is not saved.
    pub dialog_unsaved: Option<Timestamp>,
    /// Whether the library was read from disk yet.
    pub library_loaded: bool,
    pub plans_listed: bool,
    /// The place to go back to once its plan is opened.
    pub returning: Option<Place>,
}

/// What lies over the screen.
#[derive(Debug)]
pub enum Overlay {
    /// The keys of the screen.
    Help {
        /// The first line shown.
        scroll: usize,
    },
    /// Actions by their names.
    Palette {
        query: Box<Field>,
        cursor: usize,
    },
    Dialog(Box<Dialog>),
    Findings {
        cursor: usize,
    },
    /// A copy compared with its plan.
    Compare(Box<Compare>),
    /// What the send command prints.
    Sending {
        /// The first line shown, counted from the end.
        scroll: usize,
    },
    /// The first-run card.
    Welcome,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub text: String,
    pub tone: Tone,
}

/// How bad a message is. What is worse than information stays until Esc or the next success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done; gone at the next key.
    Info,
    /// A rule stands against it.
    Refused,
    /// Something broke.
    Error,
}

#[derive(Debug)]
pub struct Start {
    /// The time.
    pub now: Timestamp,
    pub zone: TimeZone,
    /// Columns and rows.
    pub size: (u16, u16),
    pub user: String,
    /// The built-in strategies; the others come later.
    pub library: Library,
    pub memory: Memory,
    pub settings: Settings,
    /// What is wrong with them, one line each.
    pub settings_problems: Vec<String>,
    pub keymap: Keymap,
}

impl Model {
    pub fn new(start: Start) -> Self {
        let browser = Browser::new(&start.library, &start.memory);
        let mouse = start.settings.mouse && !start.memory.mouse_off;
        let mut model = Self {
            now: start.now,
            zone: start.zone,
            size: start.size,
            user: start.user,
            browser,
            library: start.library,
            listing: Listing::default(),
            drafts: Vec::new(),
            keymap: start.keymap,
            settings: start.settings,
            screen: Screen::Browser,
            form: None,
            workspace: None,
            plans: Plans::default(),
            stats: Statistics::default(),
            overlay: None,
            pending: Vec::new(),
            status: None,
            saved: None,
            unsaved: Vec::new(),
            trying: Vec::new(),
            queued: Vec::new(),
            unsaved_drafts: BTreeSet::new(),
            not_saved_why: String::new(),
            copied: None,
            submitted: None,
            dialog_unsaved: None,
            warned_of_loss: false,
            told_not_remembered: false,
            focused: true,
            mouse,
            kept: start.memory.kept.clone(),
            library_loaded: false,
            plans_listed: false,
            returning: None,
            memory: start.memory,
        };
        if !model.memory.welcomed {
            model.overlay = Some(Overlay::Welcome);
        }
        if let Some(problem) = start.settings_problems.first() {
            let more = start.settings_problems.len() - 1;
            let more = if more == 0 { String::new() } else { format!(" (and {more} more: setlist doctor)") };
            model.fail(format!("{problem}{more}"));
        }
        model
    }

    /// Says that something was done.
    pub fn tell(&mut self, text: impl Into<String>) {
        self.status = Some(Status { text: text.into(), tone: Tone::Info });
    }

    /// Says why something is not done.
    pub fn refuse(&mut self, text: impl Into<String>) {
        self.status = Some(Status { text: text.into(), tone: Tone::Refused });
    }

    /// Says that something broke.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.status = Some(Status { text: text.into(), tone: Tone::Error });
    }

    /// Where keys are looked up, the first first.
    pub fn contexts(&self) -> &'static [Context] {
        if self.is_typing() { &[Context::Edit] } else { self.screen.contexts() }
    }

    /// Whether keys type text.
    pub fn is_typing(&self) -> bool {
        match &self.overlay {
            Some(Overlay::Dialog(_) | Overlay::Palette { .. }) => true,
            Some(
                Overlay::Help { .. }
                | Overlay::Findings { .. }
                | Overlay::Compare(_)
                | Overlay::Sending { .. }
                | Overlay::Welcome,
            ) => false,
            None => match self.screen {
                Screen::Browser => self.browser.searching,
                Screen::Plans => self.plans.searching,
                Screen::Form => self.form.as_ref().is_some_and(|form| form.editing && !form.reviewing),
                Screen::Workspace | Screen::Lanes | Screen::WrapUp | Screen::Stats => false,
            },
        }
    }

    /// Where the person is, to be remembered.
    pub fn place(&self) -> Place {
        let mut place = Place { screen: self.screen.name().into(), ..Place::default() };
        match self.screen {
            Screen::Form => {
                place.strategy = self.form.as_ref().map(|form| form.answers.strategy.id.clone()).unwrap_or_default()
            }
            Screen::Stats => place.strategy = self.stats.selected.clone().unwrap_or_default(),
            Screen::Plans => {
                place.plan = self.plans.plan(&self.listing).map(|plan| plan.id.clone()).unwrap_or_default()
            }
            Screen::Browser => {
                place.strategy = self.browser.entry(&self.library).map(|entry| entry.id.clone()).unwrap_or_default();
                place.scroll = self.browser.scroll;
            }
            Screen::Workspace | Screen::Lanes | Screen::WrapUp => {
                if let Some(workspace) = &self.workspace {
                    place = Place { screen: place.screen, ..Self::workspace_place(workspace) };
                }
            }
        }
        place
    }

    /// Where the person is in an open plan.
    pub fn workspace_place(workspace: &Workspace) -> Place {
        Place {
            screen: Screen::Workspace.name().into(),
            plan: workspace.plan.id.clone(),
            strategy: String::new(),
            session: workspace.session.clone(),
            turn: workspace.turn.clone(),
            pane: workspace.pane_number(),
            row: workspace.row,
            item: workspace.item,
            wrap_row: workspace.wrap_row,
            scroll: workspace.scroll,
        }
    }

    /// How long the loop may sleep before something is to be done without any input; nothing where
    /// it may sleep until there is some.
    pub fn next_wake(&self, now: Timestamp) -> Option<Duration> {
        let clock = self.workspace.as_ref().filter(|workspace| workspace.plan.is_running()).map(|_| {
            // To the next full second, so that the clock moves when a second is over.
            Duration::from_nanos(1_000_000_000 - now.subsec_nanosecond().rem_euclid(1_000_000_000) as u64)
        });
        let form = self.form.as_ref().and_then(|form| form.unsaved);
        let draft = form.into_iter().chain(self.dialog_unsaved).map(|since| draft_wait(since, now)).min();
        clock.into_iter().chain(draft).min()
    }

    /// Whether the form's draft is to be saved now.
    pub fn draft_is_due(&self) -> bool {
        self.form.as_ref().and_then(|form| form.unsaved).is_some_and(|since| draft_wait(since, self.now).is_zero())
    }

    /// Whether a dialog's texts are to be saved now.
    pub fn dialog_is_due(&self) -> bool {
        self.dialog_unsaved.is_some_and(|since| draft_wait(since, self.now).is_zero())
    }

    /// Rows that a page has on this screen, about.
    pub fn page(&self) -> isize {
        isize::try_from(self.size.1.saturating_sub(6).max(2)).unwrap_or(2)
    }
}

/// How long text typed at `since` may still wait before it is saved. A clock that was set back meanwhile
/// says nothing of how long it has waited, so it is saved at once.
fn draft_wait(since: Timestamp, now: Timestamp) -> Duration {
    match Duration::try_from(now.duration_since(since)) {
        Ok(waited) => DRAFT_DELAY.saturating_sub(waited),
        Err(_) => Duration::ZERO,
    }
}
