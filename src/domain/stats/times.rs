//! Planned against worked time: sums, medians and the ratio of the two. Every time is in seconds.

/// Longest time worked in one go that is believed: a hundred days, as for a budget. More is a slip of
/// an editor or of a machine's clock.
pub const LONGEST: u64 = 100 * 24 * 3600;

/// Planned against worked time. The plan is the upper end of a budget, once per iteration, as
/// everywhere else in the program.
///
/// For a turn it is counted in iterations, for a strategy in plans. What no clock measured has no
/// part in any figure but `untimed`: it was worked on, and nobody knows how long.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Times {
    /// Sum of the budgets of what was timed.
    pub planned: u64,
    /// Sum of the time worked.
    pub worked: u64,
    /// The part of `worked` that had no budget.
    pub unplanned: u64,
    /// Median of the budgets of what was timed.
    pub median_planned: Option<u64>,
    /// Median of the time worked.
    pub median_worked: Option<u64>,
    /// How many times the medians are made of.
    pub timed: usize,
    /// Iterations that were closed although their clock never ran.
    pub untimed: usize,
    /// Iterations with a time that cannot be, left out.
    pub implausible: usize,
}

impl Times {
    /// Time worked for each unit planned, of what had a budget: 1.25 is a quarter more than planned.
    pub fn ratio(&self) -> Option<f64> {
        (self.planned > 0).then(|| self.within() as f64 / self.planned as f64)
    }

    /// Time worked on what had a budget: what can be compared with `planned`.
    pub fn within(&self) -> u64 {
        self.worked.saturating_sub(self.unplanned)
    }

    /// Adds sums and counts of `other`; medians cannot be added and stay.
    pub(super) fn add(&mut self, other: &Self) {
        self.planned = self.planned.saturating_add(other.planned);
        self.worked = self.worked.saturating_add(other.worked);
        self.unplanned = self.unplanned.saturating_add(other.unplanned);
        self.untimed += other.untimed;
        self.implausible += other.implausible;
    }
}

/// Gathers times until all are known.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    sums: Times,
    planned: Vec<u64>,
    worked: Vec<u64>,
}

impl Gathering {
    /// Adds the iterations of one turn; `budget` is that of each, 0 for none.
    pub(super) fn iterations(&mut self, budget: u64, worked: &[u64]) {
        for seconds in worked {
            let one = sum(budget, &[*seconds]);
            self.sums.add(&one);
            self.sample(&one);
        }
    }

    /// Adds a plan with what its turns come to.
    pub(super) fn whole(&mut self, plan: &Times) {
        self.sums.add(plan);
        self.sample(plan);
    }

    fn sample(&mut self, times: &Times) {
        if times.worked > 0 {
            self.worked.push(times.worked);
        }
        if times.planned > 0 {
            self.planned.push(times.planned);
        }
    }

    /// The figures of all that was added.
    pub(super) fn finish(mut self) -> Times {
        Times {
            median_planned: median(&mut self.planned),
            median_worked: median(&mut self.worked),
            timed: self.worked.len(),
            ..self.sums
        }
    }
}

/// The sums of a turn's iterations.
pub(super) fn sum(budget: u64, worked: &[u64]) -> Times {
    let mut times = Times::default();
    for seconds in worked {
        match *seconds {
            0 => times.untimed += 1,
            1..=LONGEST => {
                times.worked = times.worked.saturating_add(*seconds);
                times.planned = times.planned.saturating_add(budget);
                times.unplanned = times.unplanned.saturating_add(if budget == 0 { *seconds } else { 0 });
            }
            _ => times.implausible += 1,
        }
    }
    times
}

/// The middle of `values`; between two middles, half way, rounded down. Nothing of nothing.
pub fn median(values: &mut [u64]) -> Option<u64> {
    if values.is_empty() {
        return None;
    }
    values.sort_unstable();
    let upper = values[values.len() / 2];
    let lower = values[(values.len() - 1) / 2];
    Some(lower + (upper - lower) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_count_lies_between_the_two_middles() {
        assert_eq!(median(&mut []), None);
        assert_eq!(median(&mut [7]), Some(7));
        assert_eq!(median(&mut [9, 1, 5]), Some(5));
        assert_eq!(median(&mut [10, 1, 4, 100]), Some(7));
        assert_eq!(median(&mut [3, 4]), Some(3), "rounded down");
        assert_eq!(median(&mut [u64::MAX, u64::MAX]), Some(u64::MAX), "no overflow");
    }

    #[test]
    fn what_was_not_timed_is_in_no_figure() {
        let times = sum(600, &[0, 300, u64::MAX, 900]);
        assert_eq!((times.planned, times.worked, times.untimed, times.implausible), (1200, 1200, 1, 1));
        assert_eq!(times.ratio(), Some(1.0));
        assert_eq!(sum(0, &[300]).ratio(), None);
        assert_eq!(sum(0, &[300]).unplanned, 300);
    }
}
