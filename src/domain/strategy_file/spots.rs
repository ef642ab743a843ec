//! Where the parts of a strategy stand in the text of its file.

use std::ops::Range;

/// Where things stand in the text, for checks that need the whole strategy first. Parallel to the
/// vectors of the strategy.
#[derive(Debug, Default)]
pub(super) struct Spots {
    pub(super) goal: Range<usize>,
    pub(super) placeholders: Vec<PlaceholderSpot>,
    pub(super) sessions: Vec<SessionSpot>,
    pub(super) metrics: Vec<MetricSpot>,
}

#[derive(Debug, Default)]
pub(super) struct PlaceholderSpot {
    pub(super) name: Range<usize>,
    pub(super) default: Range<usize>,
    pub(super) pattern: Range<usize>,
    pub(super) show_if: Range<usize>,
}

#[derive(Debug, Default)]
pub(super) struct SessionSpot {
    /// Where it is named.
    pub(super) at: Range<usize>,
    pub(super) goal: Range<usize>,
    pub(super) after: Vec<Range<usize>>,
    pub(super) turns: Vec<TurnSpot>,
}

#[derive(Debug, Default)]
pub(super) struct TurnSpot {
    /// Where it is named.
    pub(super) at: Range<usize>,
    pub(super) prompt: Range<usize>,
    pub(super) evidence: Vec<Range<usize>>,
}

#[derive(Debug, Default)]
pub(super) struct MetricSpot {
    pub(super) baseline: Range<usize>,
    pub(super) target: Range<usize>,
}
