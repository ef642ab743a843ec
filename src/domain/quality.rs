//! Quality indicators: the guide's good signs of a session and the poor ones that face them.

/// A quality indicator: a good sign and its poor counterpart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// Identifier.
    pub id: &'static str,
    /// What a good session shows.
    pub good: &'static str,
    /// What a poor one shows.
    pub poor: &'static str,
}

/// The guide's indicators, in its order; reusable knowledge has no poor counterpart there.
pub const SIGNS: [Sign; 5] = [
    Sign { id: "working-code", good: "working code, all tests pass", poor: "code that should work, not tested" },
    Sign { id: "performance", good: "performance shown by benchmarks", poor: "optimization without measurements" },
    Sign { id: "documentation", good: "comprehensive documentation", poor: "missing documentation" },
    Sign { id: "understanding", good: "clear what was accomplished", poor: "unclear accomplishments" },
    Sign { id: "knowledge", good: "knowledge that can be used again", poor: "nothing written down for next time" },
];
