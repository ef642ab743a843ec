//! The quality indicators: computed where the record tells, asked where it does not.

use setlist::domain::claims::PHRASES;
use setlist::domain::command::{Command, EvidenceInput};
use setlist::domain::plan::Outcome;
use setlist::domain::quality::{JudgedIndicator, QualityIndicator, Verdict, judge};

use super::given::Workspace;

const SUITE: &str = "[[turns.evidence]]\nid = \"suite\"\nlabel = \"Full suite\"\nkind = \"command\"";
const IMPLEMENT: &str = "title = \"Implement\"\nkind = \"implement\"";
const METRIC: &str = "[[metrics]]\nid = \"time\"\nlabel = \"Response time\"\nunit = \"ms\"";

fn judged(workspace: &Workspace, indicator: &str) -> JudgedIndicator {
    let phrases: Vec<String> = PHRASES.iter().map(|phrase| (*phrase).to_owned()).collect();
    judge(&workspace.plan, &phrases).into_iter().find(|judged| judged.indicator.word() == indicator).unwrap()
}

/// `poor: why -> what to do`.
fn told(workspace: &Workspace, indicator: &str) -> String {
    let JudgedIndicator { verdict, why, how_to_fix, .. } = judged(workspace, indicator);
    let how = if how_to_fix.is_empty() { String::new() } else { format!(" -> {how_to_fix}") };
    format!("{verdict}: {why}{how}")
}

fn ran(workspace: &mut Workspace, turn: &str, slot: &str, exit_code: i32) {
    let input = EvidenceInput::Command { command: "make check".into(), exit_code, output: String::new() };
    workspace.does(Command::RecordEvidence { turn: workspace.at_turn(turn), slot: slot.into(), input });
}

fn says(workspace: &mut Workspace, turn: &str, text: &str) {
    workspace.does(Command::SetResult { turn: workspace.at_turn(turn), result: text.into() });
}

fn ticks(workspace: &mut Workspace, item: &str, note: &str) {
    let session = workspace.session().id.clone();
    workspace.does(Command::Tick { session, item: item.into(), note: note.into(), by: "ada".into() });
}

fn read(workspace: &mut Workspace, value: f64) {
    workspace.does(Command::ReadMetric { metric: "time".into(), value, turn: None });
}

#[test]
fn nothing_is_judged_before_anything_has_begun() {
    let workspace = Workspace::of("feature-well-tested");
    for indicator in QualityIndicator::ALL.iter().copied() {
        assert_eq!(told(&workspace, indicator.word()), "not-applicable: nothing has begun");
    }
}

#[test]
fn working_code_is_shown_by_a_run_after_the_last_change() {
    let mut workspace =
        Workspace::of_turns(&[SUITE, IMPLEMENT, &format!("title = \"Verify\"\nkind = \"validate\"\n{SUITE}")]);
    workspace.starts("a");
    ran(&mut workspace, "a", "suite", 0);
    workspace.finishes("a");
    assert_eq!(told(&workspace, "working-code"), "not-applicable: no turn has implemented anything");
    workspace.starts("b");
    says(&mut workspace, "b", "Done. Should work now.");
    let how = "run the full suite, and record the command in 'Full suite' of 'Verify'";
    assert_eq!(
        told(&workspace, "working-code"),
        format!(
            "poor: 'a' ran tests, but only before 'Implement' changed the code; in 'Implement', the result says \
             'should work' -> {how}"
        )
    );
    workspace.finishes("b");
    workspace.starts("c");
    ran(&mut workspace, "c", "suite", 2);
    let failed = told(&workspace, "working-code");
    assert!(failed.starts_with("poor: 'Full suite' of 'Verify' ended with exit code 2 and has to succeed"), "{failed}");
    ran(&mut workspace, "c", "suite", 0);
    assert_eq!(told(&workspace, "working-code"), "good: 'Full suite' of 'Verify' passed: make check");
    workspace.does(Command::ReopenTurn { turn: workspace.at_turn("b"), reason: String::new() });
    assert_eq!(judged(&workspace, "working-code").verdict, Verdict::Good, "the run stays on the record");
}

#[test]
fn a_skipped_validation_shows_nothing() {
    let mut workspace = Workspace::of_turns(&[IMPLEMENT, &format!("title = \"Verify\"\nkind = \"validate\"\n{SUITE}")]);
    workspace.starts("a");
    workspace.finishes("a");
    workspace.skips("b");
    let told = told(&workspace, "working-code");
    assert!(told.starts_with("poor: 'Full suite' of 'Verify' shows no run of tests -> reopen 'Verify', run"), "{told}");
}

#[test]
fn a_test_that_has_to_fail_shows_no_working_code() {
    let slot = format!("{IMPLEMENT}\n{SUITE}\nexit = \"nonzero\"");
    let mut workspace = Workspace::of_turns(&[&slot]);
    workspace.starts("a");
    ran(&mut workspace, "a", "suite", 1);
    assert_eq!(judged(&workspace, "working-code").verdict, Verdict::Poor);
    ran(&mut workspace, "a", "suite", 0);
    assert!(
        told(&workspace, "working-code").contains("exit code 0 and has to fail"),
        "{}",
        told(&workspace, "working-code")
    );
}

#[test]
fn words_in_place_of_a_command_show_no_tests() {
    let mut workspace = Workspace::of_turns(&[&format!("{IMPLEMENT}\n{SUITE}")]);
    workspace.starts("a");
    workspace.writes("a", "suite", "42 passed");
    assert_eq!(judged(&workspace, "working-code").verdict, Verdict::Poor);
}

#[test]
fn where_nobody_asked_for_tests_a_tick_leads_to_a_question() {
    let mut workspace = Workspace::of_turns(&[IMPLEMENT]);
    workspace.starts("a");
    assert!(told(&workspace, "working-code").starts_with("poor: no turn after 'Implement' shows a run of tests"));
    ticks(&mut workspace, "all-tests-passing", "run 214");
    let asked = told(&workspace, "working-code");
    assert!(asked.starts_with("asked: no turn after 'Implement' asks for tests;") && asked.contains("noting: run 214"));
    let answer = |good| Command::AnswerIndicator { indicator: "working-code".into(), good, note: "saw it".into() };
    workspace.does(answer(Some(false)));
    assert!(told(&workspace, "working-code").starts_with("poor: answered no: saw it -> add a turn"));
    workspace.does(answer(Some(true)));
    let good = judged(&workspace, "working-code");
    assert_eq!((good.verdict, good.why.as_str(), good.by_hand), (Verdict::Good, "answered yes: saw it", true));
    workspace.does(answer(None));
    assert_eq!(judged(&workspace, "working-code").verdict, Verdict::Asked);
}

#[test]
fn a_later_session_may_show_it_for_an_earlier_one() {
    let session = |id: &str, rest: &str| format!("[[sessions]]\nid = \"{id}\"\n{rest}\n");
    let turn =
        |kind: &str, rest: &str| format!("[[sessions.turns]]\nid = \"t\"\nprompt = \"p\"\nkind = \"{kind}\"\n{rest}");
    let suite = SUITE.replace("[[turns", "[[sessions.turns");
    let text = [
        session("build", &turn("implement", "")),
        session("check", &format!("after = [\"build\"]\n{}", turn("validate", &suite))),
        session("aside", &turn("implement", "")),
    ];
    let mut workspace = Workspace::with(&super::given::small(&text.concat()));
    workspace.completes("build");
    assert_eq!(judged(&workspace, "working-code").verdict, Verdict::Poor);
    workspace.does(Command::StartTurn(setlist::domain::command::TurnRef::new("check", "t")));
    let input = EvidenceInput::Command { command: "make".into(), exit_code: 0, output: String::new() };
    let turn = setlist::domain::command::TurnRef::new("check", "t");
    workspace.does(Command::RecordEvidence { turn, slot: "suite".into(), input });
    assert_eq!(told(&workspace, "working-code"), "good: 'Full suite' of 't' passed: make");
    workspace.does(Command::StartTurn(setlist::domain::command::TurnRef::new("aside", "t")));
    assert_eq!(judged(&workspace, "working-code").verdict, Verdict::Poor, "the other session is not checked by it");
}

#[test]
fn performance_is_shown_by_a_before_and_an_after() {
    let mut workspace = Workspace::of_turns(&["kind = \"research\"", &format!("{IMPLEMENT}\n{METRIC}\ntarget = 100")]);
    workspace.starts("a");
    assert_eq!(told(&workspace, "performance"), "not-applicable: nothing was implemented or optimized");
    read(&mut workspace, 500.0);
    workspace.finishes("a");
    workspace.starts("b");
    let how = "measure again with the same test case, and record a reading of 'Response time'";
    let once = "'Response time' was read once: there is nothing to compare it with";
    assert_eq!(told(&workspace, "performance"), format!("poor: {once} -> {how}"));
    read(&mut workspace, 45.0);
    let good = "good: 'Response time' was read before and after: 91 % lower; target reached";
    assert_eq!(told(&workspace, "performance"), good);
}

#[test]
fn two_readings_before_the_change_are_no_after() {
    let mut workspace = Workspace::of_turns(&["", &format!("{IMPLEMENT}\n{METRIC}")]);
    workspace.starts("a");
    read(&mut workspace, 500.0);
    read(&mut workspace, 490.0);
    workspace.finishes("a");
    workspace.starts("b");
    assert!(told(&workspace, "performance").starts_with("poor: 'Response time' was read only before the code changed"));
}

#[test]
fn what_was_rolled_back_shows_no_performance() {
    let mut workspace = Workspace::of_turns(&["", &format!("{IMPLEMENT}\nrepeat = \"try\"\n{METRIC}")]);
    workspace.starts("a");
    read(&mut workspace, 500.0);
    workspace.finishes("a");
    workspace.starts("b");
    read(&mut workspace, 45.0);
    let kept = setlist::domain::plan::Kept::RolledBack;
    workspace.does(Command::KeepIteration { turn: workspace.at_turn("b"), iteration: 1, kept });
    assert_eq!(judged(&workspace, "performance").verdict, Verdict::Poor);
}

#[test]
fn a_benchmark_as_evidence_shows_performance_and_coverage_does_not() {
    let slot = "[[turns.evidence]]\nid = \"load\"\nlabel = \"Benchmark under load\"\nkind = \"command\"";
    let coverage = METRIC.replace("Response time", "Line coverage").replace("ms", "%").replace("time", "coverage");
    let mut workspace = Workspace::of_turns(&[&format!("{IMPLEMENT}\n{slot}\n{coverage}")]);
    workspace.starts("a");
    workspace.does(Command::ReadMetric { metric: "coverage".into(), value: 80.0, turn: None });
    workspace.does(Command::ReadMetric { metric: "coverage".into(), value: 85.0, turn: None });
    assert!(told(&workspace, "performance").starts_with("poor: 'Benchmark under load' of 'Implement' is empty"));
    ran(&mut workspace, "a", "load", 1);
    assert_eq!(judged(&workspace, "performance").verdict, Verdict::Poor, "it failed");
    ran(&mut workspace, "a", "load", 0);
    assert_eq!(told(&workspace, "performance"), "good: 'Benchmark under load' of 'Implement' is recorded");
}

#[test]
fn where_a_plan_measures_no_performance_a_person_is_asked() {
    let mut workspace = Workspace::of_turns(&[IMPLEMENT]);
    workspace.starts("a");
    assert!(told(&workspace, "performance").starts_with("asked: the plan measures no performance"));
    let mut workspace = Workspace::of_turns(&[&format!("{IMPLEMENT}\n{METRIC}")]);
    workspace.starts("a");
    assert!(
        told(&workspace, "performance").starts_with("asked: 'Response time' was never read"),
        "nobody aimed at anything"
    );
    let mut workspace = Workspace::of_turns(&[&format!("{IMPLEMENT}\n{METRIC}\ntarget = 100")]);
    workspace.starts("a");
    assert!(told(&workspace, "performance").starts_with("poor: 'Response time' was never read"), "there was a target");
}

#[test]
fn documentation_wants_a_tick_that_says_what_was_written() {
    let slot = "[[turns.evidence]]\nid = \"docs\"\nlabel = \"API documentation\"\nrequired = false";
    let mut workspace = Workspace::of_turns(&[&format!("title = \"Package\"\n{slot}")]);
    workspace.starts("a");
    assert!(told(&workspace, "documentation").starts_with("poor: 'Documentation updated' is not ticked -> bring"));
    ticks(&mut workspace, "documentation-updated", "");
    assert!(
        told(&workspace, "documentation").starts_with("asked: 'Documentation updated' is ticked, but nothing says")
    );
    workspace.records("a", "docs", "docs/api.md");
    let shown = "good: 'Documentation updated' is ticked, and 'API documentation' of 'Package' is recorded";
    assert_eq!(told(&workspace, "documentation"), shown);
    let session = workspace.session().id.clone();
    workspace.does(Command::Untick { session, item: "documentation-updated".into() });
    assert_eq!(judged(&workspace, "documentation").verdict, Verdict::Poor);
    ticks(&mut workspace, "documentation-updated", "README, docs/api.md");
    assert!(told(&workspace, "documentation").ends_with("is ticked: README, docs/api.md"));
}

#[test]
fn what_was_accomplished_is_clear_where_every_turn_says_what_came_back() {
    let mut workspace =
        Workspace::of_turns(&["title = \"Find\"", "title = \"Fix\"\n[[turns.evidence]]\nid = \"cause\""]);
    workspace.starts("a");
    assert!(told(&workspace, "understanding").starts_with("poor: no turn is done"));
    workspace.finishes("a");
    workspace.starts("b");
    workspace.records("b", "cause", "a stale pool");
    workspace.finishes("b");
    assert!(told(&workspace, "understanding").starts_with("poor: nothing says what came back from 'Find' -> write"));
    says(&mut workspace, "a", "The pool.");
    assert!(told(&workspace, "understanding").starts_with("poor: nobody has said whether it worked"));
    let review =
        |outcome, helped: &str| Command::SetReflection { outcome, helped: helped.into(), change: String::new() };
    workspace.does(review(Outcome::No, ""));
    assert_eq!(told(&workspace, "understanding"), "good: all 2 turns done say what came back; did it work: no");
    assert!(told(&workspace, "knowledge").starts_with("poor: neither what helped nor what to change"));
    workspace.does(review(Outcome::No, "logs first"));
    assert_eq!(told(&workspace, "knowledge"), "good: what helped is written down");
}

#[test]
fn what_was_given_up_is_not_judged() {
    let mut workspace = Workspace::of_turns(&[IMPLEMENT]);
    workspace.starts("a");
    workspace.does(Command::Abandon { session: None, reason: "no".into() });
    assert_eq!(judged(&workspace, "working-code").verdict, Verdict::NotApplicable);
}

#[test]
fn sessions_that_wait_for_each_other_are_no_endless_loop() {
    let mut workspace = Workspace::of("parallel-development");
    let ids: Vec<String> = workspace.plan.sessions.iter().map(|session| session.id.clone()).collect();
    let first = workspace.plan.sessions[0].turns.iter().map(|turn| turn.id.clone()).collect::<Vec<_>>();
    for turn in first {
        workspace.works(&setlist::domain::command::TurnRef::new(&ids[0], turn));
    }
    for (at, session) in workspace.plan.sessions.iter_mut().enumerate() {
        session.after = vec![ids[(at + 1) % ids.len()].clone()];
    }
    assert_eq!(judge(&workspace.plan, &[]).len(), QualityIndicator::ALL.len());
}
