//! The screens: the names under which they are remembered, the keys of each, and how much room there is. The view
//! draws what is decided here; keys move in it.

use crate::keys::Context;

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The strategies.
    Browser,
    /// A form, or its review.
    Form,
    /// A plan's turns.
    Workspace,
    /// A plan's sessions on a time axis.
    Lanes,
    /// The end of a session.
    WrapUp,
    /// The plans.
    Plans,
    /// What finished plans come to.
    Stats,
}

impl Screen {
    /// The name under which it is remembered.
    pub fn name(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Form => "form",
            Self::Workspace => "workspace",
            Self::Lanes => "lanes",
            Self::WrapUp => "wrap-up",
            Self::Plans => "plans",
            Self::Stats => "stats",
        }
    }

    /// Where its keys are looked up, the first first.
    pub fn contexts(self) -> &'static [Context] {
        match self {
            Self::Browser => &[Context::Browser, Context::Move, Context::Global],
            Self::Form => &[Context::Form, Context::Move, Context::Global],
            Self::Workspace => &[Context::Workspace, Context::Move, Context::Global],
            Self::Lanes => &[Context::Lanes, Context::Workspace, Context::Move, Context::Global],
            Self::WrapUp => &[Context::WrapUp, Context::Move, Context::Global],
            Self::Plans => &[Context::Plans, Context::Move, Context::Global],
            Self::Stats => &[Context::Move, Context::Global],
        }
    }

    /// The screen remembered as `name`.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Browser, Self::Form, Self::Workspace, Self::Lanes, Self::WrapUp, Self::Plans, Self::Stats];
        all.into_iter().find(|screen| screen.name() == name)
    }
}

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breakpoint {
    /// One pane with a tab strip.
    Narrow,
    /// Two columns.
    Normal,
    /// Two columns and panes below.
    Roomy,
    /// Three columns.
    Wide,
}

/// How much room `size` (columns, rows) gives.
pub fn breakpoint((columns, rows): (u16, u16)) -> Breakpoint {
    match (columns, rows) {
        (160.., 30..) => Breakpoint::Wide,
        (100.., 30..) => Breakpoint::Roomy,
        (66.., 12..) => Breakpoint::Normal,
        _ => Breakpoint::Narrow,
    }
}

/// The pane `by` places further, round the ends.
pub fn pane_step<P: Copy + PartialEq>(panes: &[P], pane: P, by: isize) -> P {
    let at = panes.iter().position(|other| *other == pane).unwrap_or(0) as isize;
    panes[(at + by).rem_euclid(panes.len() as isize) as usize]
}
