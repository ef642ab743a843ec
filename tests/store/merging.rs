//! Other people's keys and comments survive whatever is done to a plan.

use proptest::prelude::*;
use setlist::domain::command::{Command, EvidenceInput, TurnRef};
use setlist::domain::placeholder::{Value, Values};
use setlist::domain::strategy::TurnKind;

use crate::common::*;

/// `text` with a key, a comment line or a trailing comment after some of its lines, and what was put in.
fn decorated(text: &str, choices: &[u8]) -> (String, Vec<String>) {
    let (mut out, mut put) = (String::new(), Vec::new());
    let (mut inside, mut values) = (false, false);
    let mut choices = choices.iter().cycle();
    for (n, line) in text.lines().enumerate() {
        let opens = line.matches("\"\"\"").count() % 2 == 1;
        inside ^= opens;
        if line.starts_with('[') {
            values = line == "[values]";
        }
        out.push_str(line);
        let code = !inside && !line.trim().is_empty() && !line.starts_with('#');
        let new = match choices.next() {
            Some(0) if code && !values => format!("\nx_{n} = {{ of = \"them\", n = [1, 2] }}"),
            Some(1) if code => format!("\n# remark {n}."),
            Some(2) if code => format!(" # beside {n}."),
            Some(3) if code && !values => format!("\nx_{n} = '''\nraw\n''' # and {n}."),
            _ => String::new(),
        };
        out.push_str(&new);
        out.push('\n');
        put.extend(new.lines().map(|line| line.trim().to_owned()).filter(|line| line.contains(&n.to_string())));
    }
    (out, put)
}

fn command(pick: u8, text: &str) -> Command {
    let look = || TurnRef::new("one", "look");
    let added = || TurnRef::new("one", "new");
    let text = text.to_owned();
    let evidence = |input| Command::RecordEvidence { turn: look(), slot: "seen".into(), input };
    match pick % 22 {
        0 => Command::StartTurn(look()),
        1 => Command::PauseTurn(look()),
        2 => Command::FinishTurn(look()),
        3 => Command::ReopenTurn { turn: look(), reason: text },
        4 => Command::RepeatTurn(look()),
        5 => Command::AddTurn {
            session: "one".into(),
            after: Some("look".into()),
            title: "new".into(),
            kind: TurnKind::Other,
            budget: None,
            prompt: text,
        },
        6 => Command::RemoveTurn(added()),
        7 => Command::SetPrompt { turn: TurnRef::new("one", "mend"), prompt: Some(text) },
        8 => Command::MarkSent { turn: look(), via: "copied".into() },
        9 => Command::SetResult { turn: look(), result: text },
        10 => evidence(EvidenceInput::Text(text)),
        11 => Command::ClearEvidence { turn: look(), slot: "seen".into() },
        12 => Command::ApproveGate { turn: look(), note: text, by: "ada".into() },
        13 => Command::RejectGate { turn: look(), note: text, by: "ada".into() },
        14 => Command::ReadMetric { metric: "latency".into(), value: 12.5, turn: None },
        15 => note(&text),
        16 => Command::Tick { session: "one".into(), item: "edge-cases-handled".into(), note: text, by: "ada".into() },
        17 => Command::Untick { session: "one".into(), item: "edge-cases-handled".into() },
        18 => Command::AddItem { session: "two".into(), text },
        19 => Command::SetBudget { turn: look(), budget: None },
        20 => Command::SetValue { name: "topic".into(), value: Some(Value::Text(text)) },
        _ => Command::Rename(text),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keys_and_comments_survive_any_commands(
        choices in prop::collection::vec(0u8..8, 60..90),
        steps in prop::collection::vec((any::<u8>(), any::<String>()), 1..14),
    ) {
        let place = Place::new();
        let id = place.plan().id;
        let (text, put) = decorated(&place.text(&id), &choices);
        place.edit(&id, |_| text);
        for (n, (pick, text)) in steps.iter().enumerate() {
            let now = later(n as i64 * 10);
            let changed = match pick {
                0..200 => place.store.update(&id, &command(*pick, text), now),
                200..230 => place.store.undo(&id, now),
                _ => place.store.redo(&id, now),
            };
            let loaded = place.store.load(&id).map_err(|error| TestCaseError::fail(error.to_string()))?;
            if let Ok(change) = changed {
                prop_assert_eq!(loaded.plan, change.plan);
            }
        }
        let after = place.text(&id);
        for kept in put {
            prop_assert!(after.contains(&kept), "{} is not in\n{}", kept, after);
        }
    }

    #[test]
    fn a_plan_comes_back_from_its_file_as_it_was(name in any::<String>(), topic in "\\PC{1,40}(\n\\PC*){0,3}", words in any::<String>()) {
        let place = Place::new();
        let values = Values::from([("topic".to_owned(), Value::Text(topic))]);
        let Ok(plan) = place.store.create(&strategy(), &values, &name, &now()) else { return Ok(()) };
        prop_assert_eq!(&place.store.load(&plan.id).unwrap().plan, &plan);
        if let Ok(change) = place.store.update(&plan.id, &note(&words), later(1)) {
            prop_assert_eq!(place.store.load(&plan.id).unwrap().plan, change.plan);
        }
    }
}
