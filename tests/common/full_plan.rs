//! A plan in which everything that a plan may hold is there: made by commands, then given other people's texts.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a harness may fail loudly")]

use std::path::Path;

use jiff::{Timestamp, ToSpan as _, Zoned};
use setlist::domain::command::{Command, EvidenceInput, TurnRef};
use setlist::domain::placeholder::{Value, Values};
use setlist::domain::plan::{Kept, Outcome};
use setlist::domain::strategy::TurnKind;
use setlist::domain::strategy_file;
use setlist::store::{Dirs, Store};

use crate::hostile::{FULL, payload, poisoned, toml_escaped};

/// The program's directories below `home`, as every harness has them.
pub fn store(home: &Path) -> Store {
    Store::new(Dirs { data: home.join("data"), config: home.join("config"), state: home.join("state"), project: None })
}

/// When it was begun.
pub fn begun() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

/// Two plans of the full strategy in `home`, one under way and one finished; their ids.
pub fn make(home: &Path) -> (String, String) {
    let store = store(home);
    let strategy = strategy_file::check(FULL, Some("full")).strategy.unwrap();
    let mut values = Values::new();
    values.insert("what".into(), Value::Text("the login that fails".into()));
    values.insert("risk".into(), Value::Text("high".into()));
    values.insert("ticket".into(), Value::Text("https://example.org/1".into()));
    values.insert("files".into(), Value::List(vec!["a.rs".into(), "b.rs".into()]));
    let zoned: Zoned = begun().to_zoned(jiff::tz::TimeZone::UTC);
    let one = |name: &str, commands: &[Command]| {
        let plan = store.create(&strategy, &values, name, &zoned).unwrap();
        for (minute, command) in commands.iter().enumerate() {
            let now = begun() + i64::try_from(minute + 1).unwrap().minutes();
            store.update(&plan.id, command, now).unwrap_or_else(|error| panic!("{command:?}: {error:?}"));
        }
        plan.id
    };
    let mut all = worked();
    let open = one("Open", &all);
    all.extend(closed());
    (open, one("Closed", &all))
}

fn worked() -> Vec<Command> {
    let look = || TurnRef::new("first", "look");
    let mend = || TurnRef::new("first", "mend");
    let text = |text: &str| EvidenceInput::Text(text.into());
    let record = |slot: &str, input| Command::RecordEvidence { turn: look(), slot: slot.into(), input };
    let command = EvidenceInput::Command { command: "make check".into(), exit_code: 1, output: "no\nluck".into() };
    vec![
        Command::StartTurn(look()),
        Command::MarkSent { turn: look(), via: "copied".into() },
        record("seen", text("The log of the second node.")),
        record("run", command),
        record("page", text("https://example.org/2")),
        record("time", text("480")),
        record("verdict", text("bad")),
        Command::SetResult { turn: look(), result: "It is slow.\nIt should work now.".into() },
        Command::RepeatTurn(look()),
        Command::KeepIteration { turn: look(), iteration: 1, kept: Kept::RolledBack },
        record("seen", text("Once more.")),
        Command::ReadMetric { metric: "latency".into(), value: 300.0, turn: Some(look()) },
        Command::AddNote { session: String::new(), turn: String::new(), text: "For the plan.".into() },
        Command::AddNote { session: "first".into(), turn: "look".into(), text: "For the turn.".into() },
        Command::FinishTurn(look()),
        Command::StartTurn(mend()),
        Command::SetPrompt { turn: mend(), prompt: Some("In my own words.".into()) },
        Command::MarkSent { turn: mend(), via: "command".into() },
        Command::FinishTurn(mend()),
        Command::RejectGate { turn: mend(), note: "Not yet".into(), by: "ada".into() },
        Command::FinishTurn(mend()),
        Command::AskForGate { turn: mend(), note: "It holds".into(), by: "agent".into() },
        Command::AddTurn {
            session: "first".into(),
            after: Some("mend".into()),
            title: "More".into(),
            kind: TurnKind::Other,
            budget: None,
            prompt: "One thing more.".into(),
        },
        Command::Queue { title: "Later".into(), goal: "Another day".into(), placeholder: "what".into() },
        Command::AddItem { session: "first".into(), text: "An item of mine".into() },
        Command::Tick { session: "first".into(), item: "told".into(), note: "by mail".into(), by: "ada".into() },
    ]
}

fn closed() -> Vec<Command> {
    let more = TurnRef::new("first", "more");
    vec![
        Command::ApproveGate { turn: TurnRef::new("first", "mend"), note: "Good".into(), by: "ada".into() },
        Command::SkipTurn { turn: more, reason: "not needed".into() },
        Command::SetReflection { outcome: Outcome::Partly, helped: "The log".into(), change: "Ask before".into() },
        Command::FinishSession { session: "first".into(), unverified: Some("out of time".into()) },
        Command::Abandon { session: None, reason: "given up".into() },
    ]
}

/// Puts payloads into every text of the plan's file that may be any text; how many.
pub fn poison(home: &Path, id: &str, turn: usize) -> usize {
    let path = store(home).plan_path(id);
    let whole: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
    let accepts = |text: &str| {
        std::fs::write(&path, text).unwrap();
        store(home).load(id).is_ok_and(|loaded| loaded.plan.id == id && loaded.read_only.is_none())
    };
    let (table, count) = poisoned(&whole, turn, accepts);
    std::fs::write(&path, table.to_string()).unwrap();
    count
}

/// The full strategy's file with payloads in every text that may be any text; how many.
pub fn poisoned_strategy(turn: usize) -> (String, usize) {
    let whole: toml::Table = FULL.parse().unwrap();
    let (table, count) = poisoned(&whole, turn, |text| strategy_file::check(text, Some("full")).strategy.is_some());
    (table.to_string(), count)
}

/// The plan as another machine may have left it: other texts, and nothing shown.
fn changed_elsewhere(plan: &str, turn: usize) -> String {
    let mut plan: toml::Table = plan.parse().unwrap();
    plan.insert("name".into(), payload(turn + 9).into());
    plan.insert("notes".into(), toml::Value::Array(Vec::new()));
    for session in plan["sessions"].as_array_mut().unwrap() {
        for one in session["turns"].as_array_mut().unwrap() {
            let one = one.as_table_mut().unwrap();
            one.insert("result".into(), payload(turn + 10).into());
            for slot in one.get_mut("evidence").and_then(toml::Value::as_array_mut).into_iter().flatten() {
                slot.as_table_mut().unwrap().remove("recorded");
            }
        }
    }
    plan.to_string()
}

/// A home full of somebody else's words: the full strategy and two plans of it, payloads as keys and as names of
/// files, a plan that is wrong where a payload stands. The ids of the plan under way and of the finished one.
pub fn surroundings(home: &Path, turn: usize) -> (String, String) {
    let (open, closed) = make(home);
    for plan in [&open, &closed] {
        let count = poison(home, plan, turn);
        assert!(count > 100, "{count}");
    }
    let (strategy, count) = poisoned_strategy(turn);
    assert!(count > 30, "{count}");
    let write = |name: &str, text: &str| {
        let path = home.join("data").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("strategies/full.toml", &strategy);
    // A key that is a payload, in a file that is wrong right after it.
    let wrong = format!("schema = 1\n\"{}\" = [", toml_escaped(&payload(turn + 1)));
    write("strategies/wrong.toml", &strategy.replace("schema = 1", &wrong));
    for (at, folder) in [(2, "strategies"), (3, "plans")] {
        let name: String = payload(turn + at).replace(['/', '\0'], "").chars().take(50).collect();
        write(&format!("{folder}/x{name}.toml"), "wrong = ");
    }
    let plan = std::fs::read_to_string(home.join(format!("data/plans/{open}.toml"))).unwrap();
    let broken = plan.replacen("schema = 1", &format!("schema = \"{}\"", toml_escaped(&payload(turn + 4))), 1);
    write("plans/2026-11-20-broken-0000.toml", &broken);
    let name: String = payload(turn + 5).replace(['/', '\0'], "").chars().take(50).collect();
    write(&format!("plans/{open} (copy {name}).toml"), &changed_elsewhere(&plan, turn));
    (open, closed)
}
