//! Statistics: what finished plans come to, turn by turn, and the budgets that follow from them.

mod any;
mod course;

use jiff::ToSpan;
use jiff::tz::TimeZone;
use setlist::domain::command::{Command, TurnRef};
use setlist::domain::plan::{Outcome, Plan};
use setlist::domain::stats::{ENOUGH, PlanFacts, Stats, own_budgets, with_own};

use crate::given::{Workspace, finish, reject, start, strategy};

/// `a` with a budget of half an hour at most, `b` with none, `c` that repeats.
const TURNS: [&str; 3] = ["budget = \"15m-30m\"", "", "budget = \"10m\"\nrepeat = \"file\""];

/// A plan whose turns took so many minutes each; without a clock where 0, skipped where negative.
fn worked(minutes: [i64; 3]) -> Workspace {
    let mut workspace = Workspace::of_turns(&TURNS);
    let mut now = 0;
    for (turn, minutes) in ["a", "b", "c"].into_iter().zip(minutes) {
        if minutes < 0 {
            workspace.skips(turn);
            continue;
        }
        workspace.starts(turn);
        now += minutes;
        workspace.at(now).finishes(turn);
    }
    workspace
}

fn finished(minutes: [i64; 3]) -> Plan {
    let mut workspace = worked(minutes);
    workspace.does(finish("main"));
    workspace.plan
}

fn stats(plans: &[Plan]) -> Stats {
    let facts: Vec<PlanFacts> = plans.iter().filter_map(PlanFacts::of).collect();
    of(&facts)
}

fn of(facts: &[PlanFacts]) -> Stats {
    Stats::of(facts, &TimeZone::UTC, start() + 240.hours())
}

const MINUTE: u64 = 60;

#[test]
fn each_turn_has_its_plan_beside_what_it_took() {
    let plans = [[20, 5, 10], [40, 5, 10], [25, 5, 10], [35, 5, 10]].map(finished);
    let stats = stats(&plans);
    let small = stats.strategy("small").unwrap();
    let names: Vec<&str> = small.turns.iter().map(|turn| turn.turn.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    let a = &small.turns[0].times;
    assert_eq!((a.planned, a.worked, a.ratio()), (4 * 30 * MINUTE, 120 * MINUTE, Some(1.0)));
    assert_eq!((a.median_planned, a.median_worked, a.timed), (Some(30 * MINUTE), Some(30 * MINUTE), 4));
    let b = &small.turns[1].times;
    assert_eq!((b.planned, b.worked, b.unplanned, b.ratio()), (0, 20 * MINUTE, 20 * MINUTE, None));
    let all = &small.figures.times;
    assert_eq!((all.planned, all.worked, all.within()), (160 * MINUTE, 180 * MINUTE, 160 * MINUTE));
    assert_eq!((all.ratio(), all.median_worked, all.timed), (Some(1.0), Some(45 * MINUTE), 4));
    assert_eq!(stats.total.times, *all);
}

#[test]
fn iterations_count_one_by_one() {
    let mut workspace = worked([30, 5, 10]);
    let c = workspace.at_turn("c");
    workspace.does(Command::RepeatTurn(c));
    workspace.at(45 + 20).finishes("c");
    workspace.does(finish("main"));
    let stats = stats(&[workspace.plan]);
    let c = &stats.strategies[0].turns[2];
    assert_eq!((c.done, c.times.timed), (1, 2));
    assert_eq!((c.times.planned, c.times.worked), (20 * MINUTE, 30 * MINUTE));
    assert_eq!((c.times.median_planned, c.times.median_worked), (Some(10 * MINUTE), Some(15 * MINUTE)));
}

#[test]
fn skipped_turns_are_not_worked_and_turns_without_a_clock_have_no_time() {
    let stats = stats(&[[30, 5, -1], [0, 5, 10], [50, 0, 20]].map(finished));
    let turns = &stats.strategies[0].turns;
    assert_eq!((turns[0].times.timed, turns[0].times.untimed), (2, 1));
    assert_eq!((turns[0].times.planned, turns[0].times.median_worked), (60 * MINUTE, Some(40 * MINUTE)));
    assert_eq!((turns[2].done, turns[2].skipped, turns[2].times.timed), (2, 1, 2));
    let all = &stats.total;
    assert_eq!((all.done, all.skipped, all.times.untimed), (8, 1, 2));
}

#[test]
fn the_time_of_a_skipped_turn_is_not_work_but_its_earlier_iterations_are() {
    let mut workspace = worked([30, 5, 10]);
    let c = workspace.at_turn("c");
    workspace.does(Command::RepeatTurn(c));
    workspace.at(45 + 60).skips("c");
    workspace.does(finish("main"));
    let c = stats(&[workspace.plan]).strategies[0].turns[2].clone();
    assert_eq!((c.times.timed, c.times.worked, c.skipped), (1, 10 * MINUTE, 1));
}

#[test]
fn added_turns_stand_apart_from_the_strategy_s() {
    let mut workspace = worked([30, 5, 10]);
    workspace.does(Command::AddTurn {
        session: "main".into(),
        after: None,
        title: "Look again".into(),
        kind: setlist::domain::strategy::TurnKind::Validate,
        budget: setlist::domain::budget::Budget::parse("5m").ok(),
        prompt: "Look again.".into(),
    });
    workspace.starts("look-again");
    workspace.at(45 + 15).finishes("look-again");
    workspace.does(finish("main"));
    let stats = stats(&[workspace.plan]);
    let small = &stats.strategies[0];
    assert_eq!((small.turns.len(), small.figures.added), (3, 1));
    assert_eq!((small.added.planned, small.added.worked), (5 * MINUTE, 15 * MINUTE));
    assert_eq!(small.figures.times.worked, 60 * MINUTE, "it is work all the same");
}

#[test]
fn only_finished_plans_count_and_abandoned_ones_are_counted_apart() {
    let under_way = worked([30, 5, 10]).plan;
    let mut given_up = worked([99, 99, 99]);
    given_up.does(Command::Abandon { session: None, reason: String::new() });
    let mut archived = Workspace { plan: finished([30, 5, 10]), now: start() };
    archived.does(Command::Archive);
    let stats = stats(&[under_way, given_up.plan, archived.plan]);
    assert_eq!((stats.total.finished, stats.total.abandoned), (1, 1));
    assert_eq!(stats.total.times.worked, 45 * MINUTE);
    let empty = of(&[]);
    assert!(empty.is_empty() && empty.course.steps.is_empty());
}

#[test]
fn an_abandoned_session_of_a_finished_plan_keeps_what_was_done_in_it() {
    let mut workspace = Workspace::of("serial-deep-work");
    let first = workspace.plan.sessions[0].id.clone();
    workspace.completes(&first);
    let second = workspace.plan.sessions[1].clone();
    let turn = TurnRef::new(&second.id, &second.turns[0].id);
    workspace.works(&turn);
    workspace.does(Command::Abandon { session: None, reason: String::new() });
    let done = workspace.plan.sessions[0].turns.len() + 1;
    let items = workspace.plan.sessions[0].checklist.len();
    let stats = stats(&[workspace.plan]);
    assert_eq!((stats.total.finished, stats.total.done), (1, done));
    let misses: u64 = stats.total.misses.iter().map(|miss| miss.listed).sum();
    assert_eq!(misses as usize, items, "nobody ticked anything off in a session that was given up");
    assert!(!stats.strategies[0].turns[0].session_title.is_empty());
}

#[test]
fn the_parts_of_a_split_session_are_one_session_again() {
    let mut workspace = Workspace::of_turns(&TURNS);
    let goals = ["First goal", "Second goal"].map(str::to_owned).to_vec();
    workspace.does(Command::SplitSession { session: "main".into(), goals, placeholder: String::new() });
    let parts: Vec<String> = workspace.plan.sessions.iter().map(|session| session.id.clone()).collect();
    for (part, minutes) in parts.iter().zip([10, 40]) {
        let a = TurnRef::new(part, "a");
        workspace.at(0).does(Command::StartTurn(a.clone()));
        workspace.at(minutes).does(Command::FinishTurn(a));
        for turn in ["b", "c"] {
            let turn = TurnRef::new(part, turn);
            workspace.does(Command::SkipTurn { turn, reason: "no need".into() });
        }
        workspace.does(finish(part));
    }
    let stats = stats(&[workspace.plan]);
    let turns = &stats.strategies[0].turns;
    let names: Vec<&str> = turns.iter().map(|turn| turn.turn.as_str()).collect();
    assert_eq!((names, turns[0].session.as_str()), (vec!["a", "b", "c"], "main"));
    assert_eq!((turns[0].times.timed, turns[0].times.worked, turns[0].done), (2, 50 * MINUTE, 2));
    assert_eq!(turns[0].session_title, "");
}

#[test]
fn rework_is_sent_back_or_reopened_and_unverified_is_a_share_of_what_was_done() {
    let slot = "[[turns.evidence]]\nid = \"seen\"";
    let mut workspace = Workspace::of_turns(&["gate = \"It holds\"", slot]);
    workspace.starts("a");
    workspace.finishes("a");
    let a = workspace.at_turn("a");
    workspace.does(reject(a.clone(), "not yet"));
    workspace.finishes("a");
    workspace.does(Command::ReopenTurn { turn: a, reason: String::new() });
    workspace.finishes("a");
    workspace.approves("a");
    workspace.starts("b");
    workspace.finishes("b");
    workspace.does(Command::FinishSession { session: "main".into(), unverified: Some("no time".into()) });
    let stats = stats(&[workspace.plan]);
    let all = &stats.total;
    assert_eq!((all.rework, all.reworked, all.gates), (2, 1, 1));
    assert_eq!((all.rejected, all.reopened()), (1, 1));
    assert_eq!((all.unverified, all.done, all.unverified_plans), (1, 2, 1));
    assert_eq!(all.unverified_share(), Some(50));
    let turns = &stats.strategies[0].turns;
    assert_eq!((turns[0].rework, turns[0].unverified), (2, 0));
    assert_eq!((turns[1].rework, turns[1].unverified), (0, 1));
}

#[test]
fn the_items_left_unticked_most_often_come_first() {
    let mut tidy = worked([1, 1, 1]);
    let ids: Vec<String> = tidy.session().checklist.iter().map(|item| item.id.clone()).collect();
    let tick =
        |id: &str| Command::Tick { session: "main".into(), item: id.into(), note: String::new(), by: "ada".into() };
    for id in &ids[1..] {
        tidy.does(tick(id));
    }
    tidy.does(finish("main"));
    let mut other = worked([1, 1, 1]);
    other.does(tick(&ids[1]));
    other.does(finish("main"));
    let misses = stats(&[tidy.plan, other.plan]).total.misses;
    assert_eq!((misses[0].id.as_str(), misses[0].missed, misses[0].listed), (ids[0].as_str(), 2, 2));
    assert!(misses.iter().all(|miss| miss.id != ids[1]), "what was always ticked is no miss");
    assert_eq!(misses.len(), ids.len() - 1);
    assert_eq!(misses[0].text, setlist::domain::checklist::StandardItem::TestsPass.text());
}

#[test]
fn what_people_said_of_their_plans_is_counted() {
    let plans = [Outcome::Yes, Outcome::Partly, Outcome::Yes, Outcome::Unsaid].map(|outcome| {
        let mut workspace = Workspace { plan: finished([1, 1, 1]), now: start() };
        workspace.does(Command::SetReflection { outcome, helped: String::new(), change: String::new() });
        workspace.plan
    });
    let outcomes = stats(&plans).total.outcomes;
    assert_eq!((outcomes.yes, outcomes.partly, outcomes.no, outcomes.unsaid), (2, 1, 0, 1));
    assert_eq!(outcomes.said(), 3);
}

#[test]
fn a_turn_keeps_its_place_and_its_name_from_the_newest_plan() {
    let mut old = PlanFacts::of(&finished([30, 5, 10])).unwrap();
    old.turns[2].turn = "gone".into();
    old.turns[0].title = "As it was".into();
    old.title = "As it was".into();
    let new = PlanFacts { ended: old.ended + 1.hour(), ..PlanFacts::of(&finished([30, 5, 10])).unwrap() };
    let stats = of(&[old, new]);
    let small = &stats.strategies[0];
    let names: Vec<&str> = small.turns.iter().map(|turn| turn.turn.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "gone"]);
    assert_eq!((small.title.as_str(), small.turns[0].title.as_str()), ("Small", "a"));
}

#[test]
fn budgets_are_suggested_from_three_finished_plans_on() {
    let strategy = worked([0, 0, 0]).plan.strategy;
    let plans = [[41, 0, 10], [23, 0, 12], [63, 0, 13]].map(finished);
    assert_eq!(plans.len(), ENOUGH);
    assert!(stats(&plans[..2]).suggested_budgets(&strategy).is_none());
    let mut given_up = worked([1, 1, 1]);
    given_up.does(Command::Abandon { session: None, reason: String::new() });
    let two = [plans[0].clone(), plans[1].clone(), given_up.plan];
    assert!(stats(&two).suggested_budgets(&strategy).is_none(), "an abandoned plan is no record");
    let suggestions = stats(&plans).suggested_budgets(&strategy).unwrap();
    let a = suggestions[0].own.as_ref().unwrap();
    assert_eq!(
        (suggestions[0].guide.as_ref().unwrap().to_string(), a.budget.to_string()),
        ("15m-30m".into(), "40m".into())
    );
    assert_eq!((a.basis(), a.median), ("median of 3".into(), 41 * MINUTE));
    assert_eq!((suggestions[1].own.as_ref(), suggestions[1].guide.as_ref()), (None, None), "its clock never ran");
    assert_eq!(suggestions[2].own.as_ref().unwrap().budget.to_string(), "10m");
    let mut fresh = Workspace::with(&strategy);
    let commands = own_budgets(&strategy, &suggestions);
    assert_eq!(commands.len(), 1, "what stays as it is needs no change");
    for command in commands {
        fresh.does(command);
    }
    assert_eq!(fresh.turn("a").budget.as_ref().unwrap().to_string(), "40m");
    assert!(stats(&plans).suggested_budgets(&self::strategy("rest-api")).is_none(), "another strategy");
    let untimed = [[0, 0, 0]; 3].map(finished);
    assert!(stats(&untimed).suggested_budgets(&strategy).is_none(), "nothing was timed");
}

#[test]
fn a_session_s_own_budget_gives_way_to_those_of_its_turns() {
    let with_budget = |extra: &str| {
        let text = format!(
            "[[sessions]]\nid = \"one\"\nbudget = \"3h\"\n[[sessions.turns]]\nid = \"a\"\nprompt = \"Do a\"\nbudget = \"2h\"\n\
             [[sessions.turns]]\nid = \"b\"\nprompt = \"Do b\"\n{extra}\n"
        );
        crate::given::small(&text)
    };
    let record = |strategy: &setlist::domain::strategy::Strategy| {
        let mut workspace = Workspace::with(strategy);
        workspace.at(0).does(Command::StartTurn(TurnRef::new("one", "a")));
        workspace.at(30).does(Command::FinishTurn(TurnRef::new("one", "a")));
        workspace.skips("b");
        workspace.does(finish("one"));
        let record = stats(&[workspace.plan.clone(), workspace.plan.clone(), workspace.plan]);
        record.suggested_budgets(strategy).unwrap()
    };
    let whole = with_budget("budget = \"1h\"");
    let mut fresh = Workspace::with(&whole);
    for command in own_budgets(&whole, &record(&whole)) {
        fresh.does(command);
    }
    assert_eq!(fresh.session().whole_budget().unwrap().short(), "1h30");
    assert_eq!(with_own(&whole, &record(&whole)).budget().unwrap().short(), "1h30", "the review says the same");
    let partial = with_budget("");
    let mut fresh = Workspace::with(&partial);
    for command in own_budgets(&partial, &record(&partial)) {
        fresh.does(command);
    }
    assert_eq!(fresh.session().whole_budget().unwrap().short(), "3h", "the sum of its turns would be too little");
}

#[test]
fn a_file_of_a_million_turns_and_megabytes_of_titles_is_kept_small() {
    let mut workspace = worked([30, 5, 10]);
    let c = workspace.at_turn("c");
    workspace.does(Command::RepeatTurn(c));
    workspace.finishes("c");
    workspace.does(finish("main"));
    let mut plan = workspace.plan;
    let turn = plan.sessions[0].turns[2].clone();
    plan.sessions[0].turns = vec![turn.clone(); 5000];
    plan.sessions[0].turns[0].title = "日".repeat(100_000);
    plan.sessions[0].turns[1].iterations = vec![turn.iterations[0].clone(); 5000];
    let item = plan.sessions[0].checklist[0].clone();
    plan.sessions[0].checklist = vec![item; 5000];
    let facts = PlanFacts::of(&plan).unwrap();
    assert_eq!((facts.turns.len(), facts.turns[1].worked.len(), facts.items.len()), (1000, 1000, 1));
    assert_eq!(facts.turns[0].title.chars().count(), 200);
}
