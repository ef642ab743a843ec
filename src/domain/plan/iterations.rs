//! The iterations of a repeated turn: what they are called, and which of them were kept.

use super::{Kept, Turn};

impl Turn {
    /// What one iteration is called: `optimization`; `iteration` where the strategy says nothing.
    pub fn per(&self) -> &str {
        if self.repeat.is_empty() { "iteration" } else { &self.repeat }
    }

    /// Whether iterations are told apart: it may be repeated, or was.
    pub fn has_iterations(&self) -> bool {
        !self.repeat.is_empty() || !self.iterations.is_empty()
    }

    /// Whether what an iteration did is kept; undecided where there is no such iteration.
    pub fn kept_of(&self, iteration: u32) -> Kept {
        if iteration == self.iteration {
            return self.kept;
        }
        self.iterations
            .iter()
            .find(|earlier| earlier.number == iteration)
            .map_or(Kept::Undecided, |earlier| earlier.kept)
    }

    /// The numbers of its iterations, the earliest first; none where it has not begun.
    pub fn iteration_numbers(&self) -> Vec<u32> {
        let now = self.started.map(|_| self.iteration);
        self.iterations.iter().map(|earlier| earlier.number).chain(now).collect()
    }

    /// An iteration by its name and place: `optimization 2 of 3`; `optimization 1` where there is no other.
    pub fn iteration_in_words(&self, iteration: u32) -> String {
        let of = if self.iteration > 1 { format!(" of {}", self.iteration) } else { String::new() };
        format!("{} {iteration}{of}", self.per())
    }
}

impl Kept {
    /// What people are told: `kept`, `rolled back`; empty where nobody has said.
    pub fn told(self) -> &'static str {
        match self {
            Self::Undecided => "",
            Self::Yes => "kept",
            Self::RolledBack => "rolled back",
        }
    }
}
