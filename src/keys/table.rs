//! The one key table.

use super::Screen;

/// Declares the actions with their table line: context (and on which of its screens, if not on all), name in `config.toml`, keys, short label
/// for the hints, sentence for help and palette.
macro_rules! table {
    ($($action:ident: $context:ident $(on [$($screen:ident),+])?, $name:literal, [$($key:literal),*], $label:literal, $help:literal;)+) => {
        /// What a key may do. Where it does anything depends on the screen.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $help] $action,)+
        }

        pub const TABLE: &[Binding] = &[
            $(Binding { action: Action::$action, context: Context::$context, screens: &[$($(Screen::$screen),+)?], name: $name, keys: &[$($key),*], label: $label, help: $help },)+
        ];
    };
}

#[derive(Debug, Clone, Copy)]
pub struct Binding {
    pub action: Action,
    pub context: Context,
    /// Those screens of its context on which it means something; all where none is named.
    pub screens: &'static [Screen],
    /// Its name in `config.toml`.
    pub name: &'static str,
    /// Its default keys; several chords in one text are pressed one after another.
    pub keys: &'static [&'static str],
    /// A word or two for the last row.
    pub label: &'static str,
    /// A sentence for help and the palette.
    pub help: &'static str,
}

/// Where a key applies. A screen looks in its own context first, then in `Move`, then in `Global`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Everywhere but in a field.
    Global,
    /// Moving in lists and panes.
    Move,
    Browser,
    /// A form between its fields.
    Form,
    /// A field that takes text.
    Edit,
    Workspace,
    /// A plan's sessions on a time axis.
    Lanes,
    /// The end of a session.
    WrapUp,
    Plans,
}

impl Context {
    /// Every context, in the order of help.
    pub const ALL: &'static [Self] = &[
        Self::Move,
        Self::Global,
        Self::Browser,
        Self::Form,
        Self::Edit,
        Self::Workspace,
        Self::Lanes,
        Self::WrapUp,
        Self::Plans,
    ];

    /// Its name in `config.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Move => "move",
            Self::Browser => "browser",
            Self::Form => "form",
            Self::Edit => "edit",
            Self::Workspace => "workspace",
            Self::Lanes => "lanes",
            Self::WrapUp => "wrap-up",
            Self::Plans => "plans",
        }
    }

    /// Its heading in help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Global => "Everywhere",
            Self::Move => "Moving",
            Self::Browser => "Strategies",
            Self::Form => "Form, between fields",
            Self::Edit => "In a field",
            Self::Workspace => "Workspace",
            Self::Lanes => "Lanes",
            Self::WrapUp => "Wrap-up",
            Self::Plans => "Plans",
        }
    }
}

table! {
    Up: Move, "up", ["k", "up"], "up", "Move up";
    Down: Move, "down", ["j", "down"], "down", "Move down";
    Left: Move, "left", ["h", "left"], "left", "Move left, close a group";
    Right: Move, "right", ["l", "right"], "right", "Move right, open a group";
    First: Move, "first", ["g g", "home"], "first", "Go to the first line";
    Last: Move, "last", ["G", "end"], "last", "Go to the last line";
    HalfDown: Move, "half-down", ["ctrl-d"], "half page down", "Move half a page down";
    HalfUp: Move, "half-up", ["ctrl-u"], "half page up", "Move half a page up";
    PageDown: Move, "page-down", ["pgdn"], "page down", "Move a page down";
    PageUp: Move, "page-up", ["pgup"], "page up", "Move a page up";
    NextPane: Move, "next-pane", ["tab"], "pane", "Go to the next pane";
    PrevPane: Move, "previous-pane", ["S-tab"], "pane back", "Go to the previous pane";
    Pane1: Move, "pane-1", ["1"], "pane 1", "Go to pane 1";
    Pane2: Move, "pane-2", ["2"], "pane 2", "Go to pane 2";
    Pane3: Move, "pane-3", ["3"], "pane 3", "Go to pane 3";
    Pane4: Move, "pane-4", ["4"], "pane 4", "Go to pane 4";
    Pane5: Move, "pane-5", ["5"], "pane 5", "Go to pane 5";
    ScrollDown: Move, "scroll-down", ["J"], "scroll", "Scroll the preview or the prompt down";
    ScrollUp: Move, "scroll-up", ["K"], "scroll up", "Scroll the preview or the prompt up";

    GoBrowser: Global, "go-strategies", ["g b"], "strategies", "Go to the strategies";
    GoPlans: Global, "go-plans", ["g p"], "plans", "Go to the plans";
    GoWorkspace: Global, "go-workspace", ["g w"], "workspace", "Go to the open plan";
    GoStats: Global, "go-stats", ["g t"], "statistics", "Go to the statistics";
    GoHelp: Global, "go-help", ["g h"], "help", "Go to help";
    Help: Global, "help", ["?", "f1"], "help", "Show every key of this screen";
    Palette: Global, "palette", [":", "ctrl-p"], "palette", "Find an action by its name";
    Findings: Global on [Form, Workspace, Lanes, WrapUp], "findings", ["!"], "findings", "Show what speaks against the plan, with a remedy for each";
    Search: Global on [Browser, Plans], "search", ["/"], "search", "Search";
    SearchNext: Global on [Browser, Plans], "search-next", ["n"], "next hit", "Go to the next hit";
    SearchPrevious: Global on [Browser, Plans], "search-previous", ["N"], "previous hit", "Go to the previous hit";
    Back: Global, "back", ["esc"], "back", "Go back; never leaves the program";
    Quit: Global, "quit", ["q"], "quit", "Leave; everything is saved";
    Interrupt: Global, "interrupt", ["ctrl-c"], "leave", "Close what is on top, else leave";
    Suspend: Global, "suspend", ["ctrl-z"], "suspend", "Go back to the shell for a while";
    Redraw: Global, "redraw", ["ctrl-l"], "redraw", "Draw the whole screen again";
    Undo: Global, "undo", ["u"], "undo", "Undo the last change of the open plan";
    Redo: Global, "redo", ["U"], "redo", "Redo what was undone";
    Copy: Global on [Browser, Form, Workspace, Lanes, WrapUp, Plans], "copy", ["y"], "copy", "Copy the prompt or the selected text";
    CopyWhat: Global on [Workspace], "copy-what", ["Y"], "copy what", "Choose what to copy";
    Send: Global on [Workspace], "send", ["S"], "send", "Hand the prompt to the send command of config.toml";
    Editor: Global on [Browser, Form, Workspace], "editor", ["e"], "editor", "Take the selected text to your editor";
    Enter: Global, "primary", ["enter"], "go on", "Do the next thing on this screen";
    Edit: Global on [Form, Workspace, WrapUp], "edit", ["i"], "edit", "Edit the selected text or field";
    Toggle: Global on [Browser, Form, Workspace, WrapUp], "toggle", ["space"], "toggle", "Tick, choose, open or close";
    Add: Global on [Workspace, WrapUp, Plans], "add", ["a"], "add", "Add a note, a turn or a checklist item";
    Delete: Global on [Form, Workspace, WrapUp, Plans], "delete", ["D"], "delete", "Empty, remove or delete the selected thing";
    Zoom: Global on [Browser, Workspace, Lanes, WrapUp, Plans, Stats], "zoom", ["z"], "zoom", "Give the focused pane the whole screen";
    View: Global on [Browser, Workspace, Lanes, WrapUp], "view", ["v"], "view", "Switch the view: timeline or lanes, wide or narrow preview";
    Sort: Global on [Browser, Plans], "sort", [","], "sort", "Sort the list another way";
    Distil: Global, "distil", ["s"], "make strategy", "Make a strategy of your own of a finished plan";
    Mouse: Global, "mouse", ["M"], "mouse", "Switch the mouse on or off";
    SaveAgain: Global, "save-again", ["ctrl-s"], "save again", "Try again to save what is not saved";

    Favourite: Browser, "favourite", ["*"], "star", "Mark as a favourite, or take the mark away";
    Advise: Browser, "advise", ["A"], "advise", "Find which strategy fits your work";

    Review: Form, "review", ["r"], "review", "Review answers and prompts before the start";
    NextPrompt: Form, "next-prompt", ["]"], "next prompt", "Preview the next turn's prompt";
    PreviousPrompt: Form, "previous-prompt", ["["], "previous prompt", "Preview the previous turn's prompt";
    OwnBudgets: Form, "own-budgets", ["b"], "own budgets", "Take your own median times as budgets, or the strategy's again (review)";
    ResetField: Form, "reset", ["R"], "reset", "Put the field back to its default";

    EditDone: Edit, "done", ["esc"], "done", "Leave the field; what was typed stays";
    EditNext: Edit, "next-field", ["tab"], "next", "Go to the next field";
    EditPrevious: Edit, "previous-field", ["S-tab"], "back", "Go to the previous field";
    EditEnter: Edit, "enter", ["enter"], "next", "Go to the next field; where text has several lines, start a new one";
    EditNewline: Edit, "newline", ["ctrl-j"], "newline", "Start a new line";
    EditUndo: Edit, "undo", ["ctrl-_", "ctrl-7"], "undo", "Undo typing";
    EditEditor: Edit, "editor", ["f4", "ctrl-x ctrl-e"], "editor", "Take the text to your editor";
    EditEarlier: Edit, "earlier-value", ["ctrl-r"], "earlier values", "Put in a value used before, the newest first";
    EditSave: Edit, "save", ["ctrl-s"], "save", "Save: a dialog and close it, a form as a draft";
    EditPreviewDown: Edit, "preview-down", ["pgdn"], "scroll", "Scroll the preview down";
    EditPreviewUp: Edit, "preview-up", ["pgup"], "scroll up", "Scroll the preview up";
    EditHelp: Edit, "help", ["f1"], "help", "Show the keys of a field";

    Timer: Workspace, "timer", ["t"], "timer", "Start the turn, or pause and resume its clock";
    Done: Workspace, "done", ["d"], "done", "Close the turn";
    Approve: Workspace, "approve", ["p"], "approve", "Approve the gate after the turn";
    Reject: Workspace, "reject", ["f"], "reject", "Reject the gate and send the turn back";
    Skip: Workspace, "skip", ["x"], "skip", "Skip the turn, with a reason";
    Reopen: Workspace, "reopen", ["o"], "reopen", "Reopen a closed turn or a finished session";
    Repeat: Workspace, "repeat", ["R"], "repeat", "Begin the next iteration of a turn that repeats";
    KeepIteration: Workspace, "keep", ["P"], "keep", "Keep what this iteration did, or take that back";
    RollBackIteration: Workspace, "roll-back", ["F"], "roll back", "Mark this iteration rolled back, or take it back";
    Result: Workspace, "result", ["r"], "result", "Write down what came back";
    Metric: Workspace, "metric", ["m"], "metric", "Record a reading of a metric";
    Budget: Workspace, "budget", ["b"], "budget", "Change the turn's budget";
    Checklist: Workspace on [Workspace], "checklist", ["c"], "checklist", "Go to the checklist";
    Values: Workspace, "values", ["V"], "values", "Change a value; prompts not sent yet follow";
    WrapUp: Workspace, "wrap-up", ["w"], "wrap up", "Wrap up the session";
    PreviousTurn: Workspace, "previous-turn", ["["], "previous turn", "Select the previous turn";
    NextTurn: Workspace, "next-turn", ["]"], "next turn", "Select the next turn";
    PreviousSession: Workspace, "previous-session", ["{"], "previous session", "Select the previous session";
    NextSession: Workspace, "next-session", ["}"], "next session", "Select the next session";

    PanLeft: Lanes, "pan-left", ["H"], "pan left", "Show earlier times";
    PanRight: Lanes, "pan-right", ["L"], "pan right", "Show later times";
    ScaleUp: Lanes, "finer", ["+", "="], "finer", "Show less time, in more detail";
    ScaleDown: Lanes, "coarser", ["-"], "coarser", "Show more time";

    Finish: WrapUp, "finish", ["F"], "finish", "Finish the session";
    Export: WrapUp, "export", ["E"], "export", "Write the report to a Markdown file";

    Rename: Plans, "rename", ["r"], "rename", "Give the plan another name";
    Archive: Plans, "archive", ["A"], "archive", "Archive the plan, or bring it back";
    Restore: Plans, "restore", ["T"], "restore", "Restore a plan from the trash";
}

impl Binding {
    /// Whether its key means something on `screen`.
    pub fn applies(&self, screen: Screen) -> bool {
        screen.contexts().contains(&self.context) && (self.screens.is_empty() || self.screens.contains(&screen))
    }
}

impl Action {
    /// Its line in the table.
    pub fn binding(self) -> &'static Binding {
        // The macro writes the table in the order of the enum.
        &TABLE[self as usize]
    }

    /// The pane that a digit goes to, from 0.
    pub fn pane(self) -> Option<usize> {
        [Self::Pane1, Self::Pane2, Self::Pane3, Self::Pane4, Self::Pane5].iter().position(|pane| *pane == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_finds_its_own_line() {
        for (at, binding) in TABLE.iter().enumerate() {
            assert_eq!(binding.action as usize, at);
            assert_eq!(binding.action.binding().name, binding.name);
        }
    }
}
