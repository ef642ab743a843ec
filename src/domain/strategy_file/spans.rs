//! Where the parts of a strategy stand in the text of its file.

use std::ops::Range;

/// Where things stand in the text, for checks that need the whole strategy first. Parallel to the
/// vectors of the strategy.
#[derive(Debug, Default)]
pub(super) struct Spans {
    pub(super) goal: Range<usize>,
    pub(super) placeholders: Vec<PlaceholderSpan>,
    pub(super) sessions: Vec<SessionSpan>,
    pub(super) metrics: Vec<MetricSpan>,
}

#[derive(Debug, Default)]
pub(super) struct PlaceholderSpan {
    pub(super) name: Range<usize>,
    pub(super) default: Range<usize>,
    pub(super) pattern: Range<usize>,
    pub(super) show_if: Range<usize>,
}

#[derive(Debug, Default)]
pub(super) struct SessionSpan {
    /// Where it is named.
    pub(super) at: Range<usize>,
    pub(super) goal: Range<usize>,
    pub(super) after: Vec<Range<usize>>,
    pub(super) turns: Vec<TurnSpan>,
}

#[derive(Debug, Default)]
pub(super) struct TurnSpan {
    /// Where it is named.
    pub(super) at: Range<usize>,
    pub(super) prompt: Range<usize>,
    pub(super) evidence: Vec<Range<usize>>,
}

#[derive(Debug, Default)]
pub(super) struct MetricSpan {
    pub(super) baseline: Range<usize>,
    pub(super) target: Range<usize>,
}
