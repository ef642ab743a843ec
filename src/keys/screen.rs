//! The screens, and the names under which they are remembered.

use super::Context;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Browser,
    /// A form, or its review.
    Form,
    Workspace,
    /// A plan's sessions on a time axis.
    Lanes,
    /// The end of a session.
    WrapUp,
    Plans,
    /// What finished plans come to.
    Stats,
}

impl Screen {
    pub const ALL: &'static [Self] =
        &[Self::Browser, Self::Form, Self::Workspace, Self::Lanes, Self::WrapUp, Self::Plans, Self::Stats];

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

    /// The screen remembered as `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|screen| screen.name() == name)
    }
}
