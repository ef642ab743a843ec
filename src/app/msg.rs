//! What comes in (`Msg`) and what is to be done outside (`Effect`). Both are data.

use std::path::PathBuf;

use crossterm::event::KeyEvent;

use crate::domain::command::{Command, TurnRef};
use crate::domain::compare::Comparison;
use crate::domain::library::Library;
use crate::domain::memory::{Draft, Memory};
use crate::domain::new_plan::NewPlan;
use crate::domain::plan::Plan;
use crate::domain::stats::Stats;
use crate::domain::summary::Listing;

use crate::keys::Action;

#[derive(Debug, Clone)]
pub enum Msg {
    Key(KeyEvent),
    Paste(String),
    Click(ClickTarget),
    /// The wheel was turned over something, down for positive steps.
    Wheel(ClickTarget, i32),
    /// The terminal has another size, in columns and rows.
    Resize(u16, u16),
    /// The terminal gained or lost the focus.
    Focus(bool),
    Tick,
    Library(Box<Library>),
    Plans(Box<Listing>),
    Stats(Box<Stats>),
    /// Statistics could not be made; why.
    NoStats(Failure),
    /// Forms left half-way were found.
    Drafts(Vec<Draft>),
    /// A plan was opened or read again; why it cannot be changed, if so.
    Opened(Box<Plan>, Option<String>),
    Created(Box<Plan>),
    /// A plan was changed, undone or redone; what was done.
    Applied(Box<Plan>, String),
    /// All that [`Effect::ApplyAll`] handed out was tried.
    Tried,
    /// The draft of a strategy was saved.
    DraftSaved(String),
    /// The draft of a strategy is not on disk; why.
    DraftNotSaved(String, Failure),
    /// What is remembered is not on disk; why.
    NotRemembered(Failure),
    /// A plan could not be started; why.
    NotCreated(Failure),
    /// Something was done that is worth a line.
    Told(String),
    /// A copy was compared with its plan.
    Compared(Box<Comparison>),
    /// A strategy was made of a plan.
    Distilled(Distilled),
    Failed(Failure),
    /// A change of a plan is not on disk: the plan, the command, why.
    NotSaved(String, Box<Command>, Failure),
    /// The editor was closed; nothing where the text is as before.
    Edited(EditTarget, Option<String>),
    /// Text was copied; how. The turn it was the prompt of.
    Copied(String, Option<(String, TurnRef)>),
    /// The send command printed something: the end of it so far.
    SendOutput(String),
    /// The send command is over: exit code, output.
    SendDone(Option<i32>, String),
    /// Files of these plans were changed by somebody else, or plans came or went.
    OutsidePlans(Vec<String>),
    OutsideStrategies,
}

/// A part of the screen that a click or the wheel may be meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClickTarget {
    /// A pane, from 0.
    Pane(usize),
    /// Row `1` of pane `0`'s list, as the screen counts them.
    Row(usize, usize),
    /// A row of the overlay on top.
    OverlayRow(usize),
    /// A hint in the last row, or a button.
    Action(Action),
    /// Nothing in particular.
    Nowhere,
}

/// A strategy that was made of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distilled {
    pub id: String,
    pub path: String,
    /// What the person should know about it, one line each.
    pub remarks: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What broke or stands against it.
    pub message: String,
    pub hint: String,
    /// Whether it was refused by a rule, and nothing broke.
    pub refused: bool,
}

impl Failure {
    /// What happened and what to do, in a line.
    pub fn text(&self) -> String {
        if self.hint.is_empty() { self.message.clone() } else { format!("{}: {}", self.message, self.hint) }
    }
}

/// Something is to be done outside of the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Change a plan: its id.
    Apply(String, Command),
    /// Change plans, in this order; where one cannot be saved, none after it on the same plan is tried.
    ApplyAll(Vec<(String, Command)>),
    /// Undo the last change of a plan.
    Undo(String),
    Redo(String),
    Create(Box<NewPlan>),
    Open(String),
    ListPlans,
    /// Make statistics of all plans; it may take a while.
    LoadStats,
    /// Read the forms left half-way.
    LoadDrafts,
    /// Read the strategies.
    LoadLibrary,
    /// Delete a plan into the trash.
    Trash(String),
    /// Take a plan out of the trash.
    Restore(String),
    /// Delete these plans in the trash for good.
    EmptyTrash(Vec<String>),
    /// Compare the copy that a sync tool left in this file with its plan.
    Compare(PathBuf),
    /// Move the copy in this file out of the plans.
    PutAway(PathBuf),
    /// Put the last good revision of a plan that cannot be read back.
    Recover(String),
    /// Save a form left half-way.
    SaveDraft(Box<Draft>),
    DropDraft(String),
    SaveMemory(Box<Memory>),
    /// Copy text; the turn it is the prompt of, where it is one.
    Copy(String, Option<(String, TurnRef)>),
    /// Copy the report of a plan, as it is in memory.
    CopyReport(Box<Plan>),
    /// Show text on a plain screen, to be selected by hand.
    ShowPlain(String),
    /// Hand a prompt to the send command.
    Send(String),
    CancelSend,
    Edit(EditTarget, String),
    /// Write a report of a plan, as it is in memory, to a file in the current directory.
    Export(Box<Plan>),
    /// Make a strategy of a finished plan and put it among the person's own.
    Distil {
        plan: String,
        id: String,
        title: String,
    },
    /// Ring the bell and, where wanted, send a notification.
    Notify(String),
    SetMouse(bool),
    Redraw,
    /// Go back to the shell for a while.
    Suspend,
    Quit,
}

/// Which text went to the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditTarget {
    FormField(usize),
    DialogField(usize),
    Prompt(String, TurnRef),
    Result(String, TurnRef),
    /// A strategy file of the user's own: opened in place.
    File(PathBuf),
}
