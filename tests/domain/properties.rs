//! Whatever is done in whatever order: no panic, no way around a rule, and a plan survives its file.

use jiff::ToSpan;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use setlist::domain::budget::Budget;
use setlist::domain::claims::PHRASES;
use setlist::domain::command::{Command, EvidenceInput, TurnRef};
use setlist::domain::contradiction::contradictions;
use setlist::domain::metric::chart;
use setlist::domain::placeholder::Value;
use setlist::domain::plan::{GateState, Kept, Outcome, Plan, SessionState, Turn, TurnState};
use setlist::domain::quality::{QualityIndicator, Verdict, judge};
use setlist::domain::strategy::{ExpectedExit, TurnKind};

use super::given::{Workspace, start};
pub use super::nasty::{cases, text};

pub const STRATEGIES: [&str; 4] =
    ["greenfield-from-scratch", "systematic-optimization", "parallel-development", "distributed-systems"];

/// A turn, mostly one of the first few of the first sessions, by number.
type Pick = (prop::sample::Index, prop::sample::Index);

#[derive(Debug, Clone)]
pub struct Step {
    kind: u8,
    at: Pick,
    other: prop::sample::Index,
    words: String,
    flag: bool,
    seconds: i64,
}

pub fn step() -> impl Strategy<Value = Step> {
    let words = prop_oneof![2 => "[a-z]{1,6}", 1 => text(), 1 => Just("7".to_owned())];
    let seconds = prop_oneof![8 => 0..4000i64, 1 => -100_000..0i64, 1 => Just(4_000_000)];
    (any::<u8>(), any::<Pick>(), any::<prop::sample::Index>(), words, any::<bool>(), seconds)
        .prop_map(|(kind, at, other, words, flag, seconds)| Step { kind, at, other, words, flag, seconds })
}

/// The command that a step means on this plan. Turns are worked more often than the rest is done.
pub fn command(plan: &Plan, step: &Step) -> Command {
    let Step { kind, at, other, words, flag, .. } = step;
    let session = at.0.get(&plan.sessions);
    let chosen = if *flag { session.current_turn().unwrap() } else { at.1.get(&session.turns) };
    let (turn, words, id) = (TurnRef::new(&session.id, &chosen.id), words.clone(), session.id.clone());
    let slot = match chosen.evidence.as_slice() {
        [] => "none".to_owned(),
        slots => other.get(slots).id.clone(),
    };
    let choice = chosen.evidence.iter().find_map(|slot| slot.choices.first()).cloned();
    let item = other.get(&session.checklist).id.clone();
    let by = "ada".to_owned();
    // Half of the steps are plain work, so that sessions come to their end.
    match if *kind < 192 { kind % 48 } else { kind % 64 } {
        0..=5 => Command::StartTurn(turn),
        6..=9 => Command::FinishTurn(turn),
        10..=12 => Command::ApproveGate { turn, note: words, by },
        13 => Command::RejectGate { turn, note: words, by },
        14..=16 => Command::SkipTurn { turn, reason: words },
        17 => Command::ReopenTurn { turn, reason: words },
        18 | 19 => Command::RepeatTurn(turn),
        20 => Command::PauseTurn(turn),
        21..=24 => Command::RecordEvidence { turn, slot, input: EvidenceInput::Text(choice.unwrap_or(words)) },
        25..=27 => {
            let input = EvidenceInput::Command { command: words.clone(), exit_code: -i32::from(*flag), output: words };
            Command::RecordEvidence { turn, slot, input }
        }
        28 => Command::ClearEvidence { turn, slot },
        29..=31 => Command::FinishSession { session: id, unverified: flag.then_some(words) },
        32 => Command::ReopenSession(id),
        33 => Command::Abandon { session: Some(id), reason: words },
        34 => Command::AddTurn {
            session: id,
            after: flag.then(|| chosen.id.clone()),
            title: words.clone(),
            kind: TurnKind::Other,
            budget: None,
            prompt: words,
        },
        35 => Command::RemoveTurn(turn),
        36 => Command::SetPrompt { turn, prompt: flag.then_some(words) },
        37 => Command::MarkSent { turn, via: words },
        38 => Command::SetResult { turn, result: words },
        39 => Command::SetBudget { turn, budget: Budget::parse(&format!("{}m", words.len())).ok() },
        40 => Command::ReadMetric {
            metric: plan.strategy.metrics.first().map_or(words, |metric| metric.id.clone()),
            value: step.seconds as f64,
            turn: flag.then_some(turn),
        },
        41 => Command::AddNote { session: if *flag { id } else { String::new() }, turn: String::new(), text: words },
        42 => Command::Tick { session: id, item, note: words, by },
        43 => Command::Untick { session: id, item },
        44 => Command::AddItem { session: id, text: words },
        45 => Command::SetValue {
            name: other.get(&plan.strategy.placeholders).name.clone(),
            value: flag.then_some(Value::Text(words)),
        },
        46 => Command::SetReflection { outcome: Outcome::No, helped: words.clone(), change: words },
        47 => Command::AddValidation { session: id },
        48 => Command::AddDiscovery { session: id },
        49 => Command::AddGate { turn, text: words },
        50 => Command::SplitSession {
            session: id,
            goals: vec![words.clone(), "b".into()],
            placeholder: placeholder(plan, *other, *flag),
        },
        51 => Command::WaitFor { session: id, other: other.get(&plan.sessions).id.clone() },
        52 => Command::SetSessionBudget { session: id, budget: Budget::parse("1h").ok() },
        53 => Command::Queue { title: words.clone(), goal: words, placeholder: placeholder(plan, *other, *flag) },
        54 => Command::QueueTurn { turn, placeholder: String::new() },
        55 => Command::Unqueue(plan.queue.first().map_or(words, |queued| queued.id.clone())),
        56 => Command::StartQueued {
            queued: plan.queue.first().map_or(words, |queued| queued.id.clone()),
            plan: "x".into(),
        },
        57 => Command::KeepIteration { turn, iteration: u32::from(*kind) % 3 + 1, kept: *other.get(Kept::ALL) },
        58 => Command::AnswerIndicator {
            indicator: other.get(QualityIndicator::ALL).word().into(),
            good: Some(*flag),
            note: words,
        },
        59 => Command::Repair,
        60 => Command::Follow(words),
        _ => [Command::Rename(words), Command::Archive, Command::Unarchive][at.1.index(3)].clone(),
    }
}

fn placeholder(plan: &Plan, other: prop::sample::Index, wanted: bool) -> String {
    if wanted { other.get(&plan.strategy.placeholders).name.clone() } else { String::new() }
}

/// What holds of every plan, however it came about.
fn check_rules(plan: &Plan) {
    assert_eq!(contradictions(plan), [], "no command leads to what cannot be");
    for session in &plan.sessions {
        if session.is_over() {
            assert!(session.turns.iter().all(|turn| turn.running_since.is_none()), "a clock runs on");
        }
        if session.state == SessionState::Finished {
            assert!(session.open_gates().is_empty(), "finished with an open gate");
            assert!(
                session.unverified().is_empty() || session.reason.is_some(),
                "finished unverified without a reason"
            );
            assert!(session.turns.iter().all(Turn::is_closed), "finished with an open turn");
            for turn in &session.turns {
                finished_rightly(turn, session.reason.is_some());
            }
        }
        for turn in &session.turns {
            assert!(turn.running_since.is_none() || turn.state == TurnState::Active);
            assert!(turn.state != TurnState::Skipped || turn.reason.is_some());
            assert!(turn.state != TurnState::Done || turn.sent.is_some());
            let approved = turn.gate.as_ref().is_some_and(|gate| gate.state == GateState::Approved);
            assert!(!approved || turn.is_closed(), "approved while work goes on");
        }
    }
}

/// What a turn of a finished session must be, told without the program's own judgement.
fn finished_rightly(turn: &Turn, reason: bool) {
    if let Some(gate) = &turn.gate {
        assert!(gate.state == GateState::Approved && gate.at.is_some(), "finished with an open gate");
        assert!(!gate.by.is_empty() && gate.stale.is_empty(), "finished on a stale approval");
    }
    if turn.state != TurnState::Done || reason {
        return;
    }
    for slot in turn.evidence.iter().chain(turn.iterations.iter().flat_map(|iteration| &iteration.evidence)) {
        let shown = slot.recorded.as_ref().is_some_and(|recorded| match (slot.exit, recorded.exit_code) {
            (ExpectedExit::Any, _) | (_, None) => true,
            (ExpectedExit::Zero, Some(code)) => code == 0,
            (ExpectedExit::Nonzero, Some(code)) => code != 0,
        });
        assert!(shown || !slot.required, "finished and verified without '{}'", slot.label);
    }
}

fn total_worked(plan: &Plan, session: &str, turn: &str) -> Option<u64> {
    let turn = plan.session(session)?.turn(turn)?;
    Some(turn.iterations.iter().map(|iteration| iteration.worked).sum::<u64>() + turn.worked)
}

fn sent(plan: &Plan) -> Vec<(String, usize, String)> {
    let turns = plan.sessions.iter().flat_map(|session| session.turns.iter().map(move |turn| (session, turn)));
    let sent = turns.filter_map(|(session, turn)| {
        Some((format!("{}/{}", session.id, turn.id), turn.iterations.len(), turn.sent.as_ref()?.prompt.clone()))
    });
    sent.collect()
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn no_sequence_of_commands_gets_around_the_rules(which in 0..STRATEGIES.len(), steps in prop::collection::vec(step(), 1..120)) {
        let mut plan = Workspace::of(STRATEGIES[which]).plan;
        let mut now = start();
        for step in &steps {
            now += step.seconds.seconds();
            let command = command(&plan, step);
            let before = plan.clone();
            match plan.apply(&command, now) {
                Ok(change) => {
                    prop_assert_eq!(change.plan.revision, before.revision + 1);
                    prop_assert!(!change.summary.is_empty());
                    plan = change.plan;
                }
                Err(refusal) => {
                    prop_assert!(!refusal.message.is_empty(), "{:?}", command);
                    prop_assert_eq!(&plan, &before);
                }
            }
            check_rules(&plan);
            for session in &before.sessions {
                for turn in &session.turns {
                    let then = total_worked(&before, &session.id, &turn.id);
                    let now = total_worked(&plan, &session.id, &turn.id);
                    prop_assert!(now >= then || now.is_none(), "{:?} took time away", command);
                }
            }
            for (turn, iterations, prompt) in sent(&before) {
                let now = sent(&plan).into_iter().find(|(id, count, _)| *id == turn && *count == iterations);
                prop_assert!(now.is_none_or(|(_, _, now)| now == prompt), "{:?} changed a prompt that was sent", command);
            }
        }
        check_judgement(&plan)?;
        let written = toml::to_string_pretty(&plan).unwrap();
        let read: Plan = toml::from_str(&written).unwrap();
        prop_assert_eq!(&read, &plan);
        prop_assert_eq!(toml::to_string_pretty(&read).unwrap(), written);
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn every_text_survives_its_file_byte_for_byte(text in text(), items in prop::collection::vec(text(), 0..4)) {
        let mut plan = Workspace::of("greenfield-from-scratch").plan;
        plan.values.insert("project_type".into(), Value::Text(text.clone()));
        plan.values.insert("items".into(), Value::List(items));
        let turn = &mut plan.sessions[0].turns[0];
        (turn.prompt, turn.result, turn.reason) = (Some(text.clone()), text.clone(), Some(text.clone()));
        plan.name = text;
        let read: Plan = toml::from_str(&toml::to_string_pretty(&plan).unwrap()).unwrap();
        prop_assert_eq!(read, plan);
    }
}

#[test]
fn random_work_reaches_what_the_rules_are_about() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut finished, mut approved, mut repeated, mut accepted) = (0, 0, 0, 0);
    for round in 0..60 {
        let steps = prop::collection::vec(step(), 300).new_tree(&mut runner).unwrap().current();
        let mut plan = Workspace::of(STRATEGIES[round % STRATEGIES.len()]).plan;
        for step in &steps {
            let Ok(change) = plan.apply(&command(&plan, step), start()) else { continue };
            plan = change.plan;
            accepted += 1;
            finished += usize::from(plan.sessions.iter().any(|session| session.state == SessionState::Finished));
            approved += plan.sessions.iter().map(|session| session.gate_count().0).sum::<usize>();
            repeated += plan
                .sessions
                .iter()
                .flat_map(|session| &session.turns)
                .map(|turn| turn.iterations.len())
                .sum::<usize>();
        }
    }
    assert!(
        finished > 50 && approved > 50 && repeated > 20 && accepted > 2000,
        "{finished} {approved} {repeated} {accepted}"
    );
}

/// Whatever was done: every indicator says why, only what the record cannot tell may be answered, and
/// charts and steps are made of finite figures.
fn check_judgement(plan: &Plan) -> Result<(), TestCaseError> {
    let phrases: Vec<String> = PHRASES.iter().map(|phrase| (*phrase).to_owned()).collect();
    let judged = judge(plan, &phrases);
    prop_assert_eq!(judged.len(), QualityIndicator::ALL.len());
    for one in judged {
        prop_assert!(!one.why.is_empty() && (one.verdict != Verdict::Poor || !one.how_to_fix.is_empty()), "{one:?}");
        let answer =
            Command::AnswerIndicator { indicator: one.indicator.word().into(), good: Some(true), note: String::new() };
        prop_assert_eq!(plan.apply(&answer, start()).is_ok(), one.is_answerable(), "{:?}", one);
    }
    for course in plan.courses() {
        let (bars, _) = chart::bars(plan, &course, 20);
        prop_assert!(bars.iter().all(|bar| bar.value.is_finite() && (0.0..=1.0).contains(&bar.share)));
        prop_assert_eq!(course.last().is_none(), course.counting().next().is_none());
    }
    Ok(())
}
