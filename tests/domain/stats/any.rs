//! Figures of any plans: they agree with each other and survive the cache.

use jiff::ToSpan;
use proptest::prelude::*;
use setlist::domain::plan::Outcome;
use setlist::domain::stats::{ItemFacts, LONGEST, PlanFacts, TurnEnd, TurnFacts, share};

use super::of;
use crate::given::start;

fn any_turn() -> impl Strategy<Value = TurnFacts> {
    let seconds = prop_oneof![Just(0), 1..20_000_u64, Just(u64::MAX)];
    let end = prop::sample::select(TurnEnd::ALL);
    let rest = (any::<bool>(), prop_oneof![Just(0), 1..9000_u64, Just(u64::MAX)], 0..4_u32, 0..3_u32, any::<bool>());
    (0..4_u8, prop::collection::vec(seconds, 0..4), end, rest).prop_map(|(turn, worked, end, rest)| TurnFacts {
        session: format!("s{}", turn / 2),
        session_title: String::new(),
        turn: format!("t{turn}"),
        title: format!("T{turn}"),
        end,
        added: rest.0,
        budget: rest.1,
        worked,
        rework: rest.2,
        rejected: rest.3,
        gate: rest.4,
    })
}

fn any_plan() -> impl Strategy<Value = PlanFacts> {
    let outcome = prop::sample::select(Outcome::ALL);
    let item = (0..3_u8, 0..3_u32, 0..3_u32).prop_map(|(id, listed, missed)| ItemFacts {
        session: if id == 0 { String::new() } else { "s0".into() },
        id: format!("i{id}"),
        text: format!("Item {id}"),
        listed: listed + missed,
        missed,
    });
    let parts = (prop::collection::vec(any_turn(), 0..6), prop::collection::vec(item, 0..4));
    (0..3_u8, any::<bool>(), -400_000_000..400_000_000_i64, outcome, parts).prop_map(
        |(strategy, finished, ended, outcome, (turns, items))| PlanFacts {
            strategy: format!("p{strategy}"),
            title: format!("P{strategy}"),
            finished,
            ended: start() + ended.seconds(),
            outcome,
            turns,
            items,
        },
    )
}

proptest! {
    #[test]
    fn figures_of_any_plans_agree_with_each_other(plans in prop::collection::vec(any_plan(), 0..12)) {
        let stats = of(&plans);
        let finished = plans.iter().filter(|plan| plan.finished).count();
        prop_assert_eq!((stats.total.finished, stats.total.abandoned), (finished, plans.len() - finished));
        let sum = |figure: &dyn Fn(&setlist::domain::stats::Figures) -> usize| -> usize {
            stats.strategies.iter().map(|strategy| figure(&strategy.figures)).sum()
        };
        prop_assert_eq!(sum(&|figures| figures.finished), finished);
        prop_assert_eq!(sum(&|figures| figures.done), stats.total.done);
        prop_assert_eq!(sum(&|figures| figures.times.untimed), stats.total.times.untimed);
        prop_assert!(stats.total.unverified <= stats.total.done);
        prop_assert!(stats.total.times.unplanned <= stats.total.times.worked);
        let in_steps: usize = stats.course.steps.iter().map(|step| step.finished).sum();
        prop_assert_eq!(in_steps + stats.course.outside, finished);
        prop_assert!(stats.course.steps.len() <= 60);
        for pair in stats.course.steps.windows(2) {
            prop_assert!(pair[0].from < pair[1].from);
        }
        for strategy in &stats.strategies {
            let of_turns: u64 = strategy.turns.iter().map(|turn| turn.times.worked).sum();
            prop_assert_eq!(of_turns + strategy.added.worked, strategy.figures.times.worked);
            for turn in &strategy.turns {
                let times = &turn.times;
                prop_assert!(times.median_worked.is_none() == (times.timed == 0));
                prop_assert!(times.median_worked.is_none_or(|median| (1..=LONGEST).contains(&median)));
            }
        }
        for miss in &stats.total.misses {
            prop_assert!(miss.missed > 0 && share(miss.missed, miss.listed) <= Some(100));
        }
    }

    #[test]
    fn facts_survive_the_cache(plan in any_plan()) {
        let text = serde_json::to_string(&plan).unwrap();
        prop_assert_eq!(serde_json::from_str::<PlanFacts>(&text).unwrap(), plan);
    }
}
