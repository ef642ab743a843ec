//! Metrics: what counts, what is compared with what, targets in words, iterations, charts.

use setlist::domain::command::{Command, TurnRef};
use setlist::domain::metric::Course;
use setlist::domain::metric::chart::{self, Mark};
use setlist::domain::placeholder::Value;
use setlist::domain::plan::{Kept, Plan};
use setlist::domain::strategy::Strategy;

use super::given::{Workspace, small};

/// A turn that measures first, one that repeats per optimization, and a metric with these lines.
fn strategy(metric: &str) -> Strategy {
    small(&format!(
        "[[turns]]\nid = \"base\"\ntitle = \"Baseline\"\nprompt = \"p\"\n[[turns]]\nid = \"fix\"\nrepeat = \"optimization\"\n\
         prompt = \"p\"\n[[metrics]]\nid = \"time\"\nlabel = \"Time\"\nunit = \"ms\"\n{metric}\n"
    ))
}

fn workspace(metric: &str) -> Workspace {
    let mut workspace = Workspace::with(&strategy(metric));
    workspace.starts("base");
    workspace
}

fn read(workspace: &mut Workspace, value: f64) -> String {
    workspace.does(Command::ReadMetric { metric: "time".into(), value, turn: None })
}

fn keep(workspace: &mut Workspace, iteration: u32, kept: Kept) -> String {
    let turn = workspace.at_turn("fix");
    workspace.does(Command::KeepIteration { turn, iteration, kept })
}

/// A baseline of 500 ms, then optimizations with these readings.
fn optimized(metric: &str, readings: &[f64]) -> Workspace {
    let mut workspace = workspace(metric);
    read(&mut workspace, 500.0);
    workspace.finishes("base");
    workspace.starts("fix");
    for (at, value) in readings.iter().enumerate() {
        if at > 0 {
            workspace.does(Command::RepeatTurn(workspace.at_turn("fix")));
        }
        read(&mut workspace, *value);
    }
    workspace
}

fn course(plan: &Plan) -> Course<'_> {
    plan.course("time").unwrap()
}

#[test]
fn figures_that_are_none_count_nowhere_and_break_nothing() {
    let mut workspace = workspace("baseline = 500\ntarget = 100");
    read(&mut workspace, 200.0);
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        // As somebody may have written it into the file.
        let odd = setlist::domain::plan::Reading { value, ..workspace.plan.readings[0].clone() };
        workspace.plan.readings.insert(0, odd.clone());
        workspace.plan.readings.push(odd);
    }
    let found = course(&workspace.plan);
    assert_eq!((found.readings.len(), found.last()), (1, Some(200.0)));
    assert_eq!(found.change_in_words().unwrap(), "60 % lower");
    assert_eq!(found.reached_in_words().unwrap(), "100 ms (100 %) above the target");
    let (bars, _) = chart::bars(&workspace.plan, &found, 10);
    assert!(bars.iter().all(|bar| bar.value.is_finite() && (0.0..=1.0).contains(&bar.share)));

    for odd in [Value::Number(f64::NAN), Value::Number(f64::INFINITY), Value::Text("inf".into()), Value::Flag(true)] {
        let mut plan = workspace.plan.clone();
        plan.strategy.metrics[0].baseline = Some(odd.clone());
        plan.strategy.metrics[0].target = Some(odd);
        let found = course(&plan);
        assert_eq!((found.baseline, found.declared, found.target), (Some(200.0), false, None));
        assert_eq!((found.is_compared(), found.reached_in_words()), (false, None));
    }
}

#[test]
fn a_baseline_of_nothing_is_compared_in_the_unit() {
    let mut workspace = workspace("baseline = 0\ntarget = 0");
    assert_eq!(read(&mut workspace, 5.0), "Time: 5 ms, 5 ms higher than the baseline; 5 ms above the target");
    assert_eq!(course(&workspace.plan).change(), None, "no percentage");
    assert_eq!(read(&mut workspace, -2.5), "Time: -2.5 ms, 2.5 ms lower than the baseline; target reached");
    assert_eq!(read(&mut workspace, 0.0), "Time: 0 ms, as the baseline; target reached");
}

#[test]
fn the_target_is_told_in_unit_and_per_cent() {
    let mut workspace = workspace("target = 100");
    assert_eq!(read(&mut workspace, 155.0), "Time: 155 ms; 55 ms (55 %) above the target");
    assert_eq!(read(&mut workspace, 100.0), "Time: 100 ms, 35 % lower than the baseline; target reached");
    let mut workspace = self::workspace("better = \"higher\"\ntarget = 80\nbaseline = 60");
    assert_eq!(
        read(&mut workspace, 79.6),
        "Time: 79.6 ms, 33 % higher than the baseline; 0.4 ms (0.5 %) below the target"
    );
    assert_eq!(course(&workspace.plan).improved(), Some(true));
    assert_eq!(course(&workspace.plan).target_in_words().unwrap(), ">= 80 ms");
}

#[test]
fn what_was_rolled_back_is_not_the_latest() {
    let mut workspace = optimized("target = 100", &[120.0, 80.0]);
    assert_eq!(course(&workspace.plan).reached(), Some(true));
    assert_eq!(keep(&mut workspace, 2, Kept::RolledBack), "optimization 2 is rolled back; its readings do not count");
    let found = course(&workspace.plan);
    assert_eq!((found.last(), found.reached(), found.readings.len()), (Some(120.0), Some(false), 3));
    assert_eq!(found.reached_in_words().unwrap(), "20 ms (20 %) above the target");
    keep(&mut workspace, 2, Kept::Yes);
    assert_eq!(course(&workspace.plan).last(), Some(80.0));
    keep(&mut workspace, 2, Kept::RolledBack);
    keep(&mut workspace, 2, Kept::Undecided);
    assert_eq!(course(&workspace.plan).last(), Some(80.0), "what nobody has decided counts");
}

#[test]
fn each_iteration_has_its_before_and_after() {
    let mut workspace = optimized("", &[120.0, 150.0, 80.0]);
    keep(&mut workspace, 2, Kept::RolledBack);
    let at = workspace.at_turn("fix");
    let told = |workspace: &Workspace, iteration| {
        let found = course(&workspace.plan);
        let step = found.step(&at, iteration);
        (found.step_in_words(step, "->").unwrap_or_default(), found.step_improved(step))
    };
    assert_eq!(told(&workspace, 1), ("500 -> 120 ms, 76 % lower".into(), Some(true)));
    assert_eq!(
        told(&workspace, 2),
        ("120 -> 150 ms, 25 % higher".into(), Some(false)),
        "its own reading, rolled back or not"
    );
    assert_eq!(told(&workspace, 3), ("120 -> 80 ms, 33 % lower".into(), Some(true)), "compared with what was kept");
    read(&mut workspace, 70.0);
    assert_eq!(told(&workspace, 3).0, "120 -> 70 ms, 42 % lower", "its last reading against what was before its first");
    workspace.does(Command::RepeatTurn(at.clone()));
    assert_eq!(told(&workspace, 4), (String::new(), None), "nothing read yet");
    assert_eq!(course(&workspace.plan).step(&at, 4).before, Some(70.0));
}

#[test]
fn an_iteration_without_a_reading_is_not_given_the_next_one_s_before() {
    let mut workspace = optimized("", &[120.0]);
    let at = workspace.at_turn("fix");
    workspace.does(Command::RepeatTurn(at.clone()));
    workspace.does(Command::RepeatTurn(at.clone()));
    read(&mut workspace, 90.0);
    let found = course(&workspace.plan);
    assert_eq!((found.step(&at, 2).before, found.step(&at, 2).after), (Some(120.0), None));
    assert_eq!(found.step(&at, 3).before, Some(120.0));
}

#[test]
fn a_declared_baseline_is_before_the_first_reading() {
    let mut workspace = Workspace::with(&strategy("baseline = 500"));
    workspace.skips("base");
    workspace.starts("fix");
    read(&mut workspace, 400.0);
    let step = course(&workspace.plan).step(&workspace.at_turn("fix"), 1);
    assert_eq!((step.before, step.after), (Some(500.0), Some(400.0)));
}

#[test]
fn a_clock_set_back_does_not_reorder_readings() {
    let mut workspace = workspace("");
    for (minute, value) in [(60, 300.0), (5, 200.0), (-100, 100.0)] {
        workspace.at(minute);
        read(&mut workspace, value);
    }
    let found = course(&workspace.plan);
    assert_eq!(found.readings.iter().map(|reading| reading.value).collect::<Vec<_>>(), [300.0, 200.0, 100.0]);
    assert_eq!((found.baseline, found.last()), (Some(300.0), Some(100.0)));
}

#[test]
fn a_figure_that_is_corrected_keeps_its_place() {
    let slot = "[[turns.evidence]]\nid = \"figure\"\nkind = \"number\"\nmetric = \"time\"\n";
    let mut workspace = Workspace::with(&small(&format!(
        "[[turns]]\nid = \"a\"\nprompt = \"p\"\n{slot}[[turns]]\nid = \"b\"\nprompt = \"p\"\n{slot}[[metrics]]\nid = \"time\"\n"
    )));
    workspace.starts("a");
    workspace.records("a", "figure", "50");
    workspace.finishes("a");
    workspace.starts("b");
    workspace.at(10).records("b", "figure", "45");
    workspace.at(20).records("a", "figure", "500");
    let found = course(&workspace.plan);
    assert_eq!((found.readings.len(), found.baseline, found.last()), (2, Some(500.0), Some(45.0)));
    workspace.does(Command::ClearEvidence { turn: workspace.at_turn("a"), slot: "figure".into() });
    assert_eq!(course(&workspace.plan).readings.len(), 1);
}

#[test]
fn a_chart_marks_baseline_target_and_what_was_rolled_back() {
    let mut workspace = optimized("baseline = 500\ntarget = 100", &[125.0, 250.0]);
    keep(&mut workspace, 2, Kept::RolledBack);
    let found = course(&workspace.plan);
    let (bars, left_out) = chart::bars(&workspace.plan, &found, 10);
    let told: Vec<(Mark, &str, f64, &str)> =
        bars.iter().map(|bar| (bar.mark, bar.label.as_str(), bar.share, bar.remark.as_str())).collect();
    assert_eq!(left_out, 0);
    assert_eq!(
        told,
        [
            (Mark::Baseline, "baseline", 1.0, ""),
            (Mark::Reading, "1 Baseline", 1.0, "unchanged"),
            (Mark::Reading, "2 optimization 1", 0.25, "75 % lower"),
            (Mark::RolledBack, "2 optimization 2", 0.5, "rolled back, 50 % lower"),
            (Mark::Target, "target", 0.2, "25 ms (25 %) above the target"),
        ]
    );
    insta::assert_snapshot!(chart::text(&workspace.plan, &found, 10, 20, 30).join("\n"));
}

#[test]
fn a_chart_repeats_no_baseline_and_keeps_the_last_readings() {
    let workspace = optimized("", &[120.0, 80.0]);
    let found = course(&workspace.plan);
    let (bars, _) = chart::bars(&workspace.plan, &found, 10);
    let remarks: Vec<&str> = bars.iter().map(|bar| bar.remark.as_str()).collect();
    assert_eq!(remarks, ["baseline", "76 % lower", "84 % lower"], "the first reading is the baseline, in one row");
    let (bars, left_out) = chart::bars(&workspace.plan, &found, 2);
    assert_eq!((bars.len(), left_out), (2, 1));
    assert_eq!(chart::text(&workspace.plan, &found, 1, 20, 10)[0], "(2 earlier readings are left out)");
}

#[test]
fn a_reading_of_a_turn_that_is_gone_still_counts() {
    let mut workspace = workspace("");
    read(&mut workspace, 7.0);
    workspace.plan.readings[0].turn = "gone".into();
    workspace
        .plan
        .readings
        .push(setlist::domain::plan::Reading { session: String::new(), ..workspace.plan.readings[0].clone() });
    let found = course(&workspace.plan);
    let places: Vec<String> = found.readings.iter().map(|reading| chart::place(&workspace.plan, reading)).collect();
    assert_eq!((found.last(), places), (Some(7.0), vec!["a turn removed".into(), "before the first turn".to_owned()]));
    assert_eq!(found.step(&TurnRef::new("main", "fix"), 1).before, Some(7.0));
}

#[test]
fn the_api_strategy_aims_at_the_figure_that_was_filled_in() {
    let mut workspace = Workspace::of("api-performance-optimization");
    assert_eq!(workspace.plan.course("latency").unwrap().target, Some(100.0), "the example's");
    workspace.does(Command::SetValue { name: "target_ms".into(), value: Some(Value::Number(80.0)) });
    assert_eq!(workspace.plan.course("latency").unwrap().target, Some(80.0));
}
