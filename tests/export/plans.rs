//! Plans worth a report: with rework, with measurements, with several sessions, with nothing yet.

use setlist::domain::budget::Budget;
use setlist::domain::command::{Command, EvidenceInput, TurnRef};
use setlist::domain::plan::{Kept, Outcome};
use setlist::domain::strategy::TurnKind;

use super::given::{Workspace, approve, finish, record, reject, small};

/// One session: an analysis that has to be confirmed, a change, a proof.
const FIX: &str = r#"goal = "Stop {{ fault }}"
[[placeholders]]
name = "fault"
label = "Fault"
example = "the mails that are sent twice"
[[placeholders]]
name = "log"
label = "Log"
kind = "multiline"
example = """
queue: lock lost
queue: job 17 taken again"""
[[turns]]
id = "analyse"
title = "Find the cause"
kind = "research"
budget = "20m-30m"
prompt = """
Find out why: {{ fault }}. Change nothing yet.

The log says:
{{ log }}
"""
gate = "The cause is shown, not guessed"
[[turns.evidence]]
id = "cause"
label = "Cause, with file and line"
[[turns.evidence]]
id = "reproduction"
label = "Reproduction"
kind = "command"
exit = "nonzero"
[[turns]]
id = "fix"
title = "Fix it"
kind = "implement"
budget = "30m"
prompt = "Fix the cause, and nothing else."
[[turns.evidence]]
id = "commit"
label = "Commit"
kind = "link"
[[turns.evidence]]
id = "suite"
label = "Full test suite"
kind = "command"
[[turns]]
id = "judge"
title = "Judge the fix"
kind = "validate"
budget = "15m"
prompt = "Is it gone? Argue against it."
[[turns.evidence]]
id = "verdict"
label = "Release it"
kind = "verdict"
choices = ["go", "no-go"]
[[turns.evidence]]
id = "edge-cases"
label = "Edge cases tried"
[[turns.evidence]]
id = "remarks"
label = "Remarks"
required = false
[[turns]]
id = "announce"
title = "Tell the users"
kind = "deliver"
budget = "10m"
prompt = "Write two sentences for the users."
[[checklist]]
id = "cleaned"
text = "Debug output removed"
"#;

/// Measure, change one thing at a time, decide.
const FASTER: &str = r#"goal = "Make {{ component }} faster"
[[placeholders]]
name = "component"
label = "Component"
example = "GET /api/orders"
[[metrics]]
id = "latency"
label = "p95 latency"
unit = "ms"
baseline = 500
target = 100
[[metrics]]
id = "throughput"
label = "Throughput"
unit = "requests/s"
better = "higher"
target = 900
[[metrics]]
id = "memory"
label = "Peak memory"
unit = "MB"
[[turns]]
id = "profile"
title = "Profile"
kind = "research"
budget = "30m-60m"
prompt = "Profile {{ component }} under load."
[[turns.evidence]]
id = "rate"
label = "Throughput before"
kind = "number"
metric = "throughput"
[[turns]]
id = "optimize"
title = "One optimization"
kind = "implement"
repeat = "optimization"
budget = "45m"
prompt = "Make the next optimization, and no other."
[[turns.evidence]]
id = "latency"
label = "p95 latency"
kind = "number"
metric = "latency"
[[turns.evidence]]
id = "kept"
label = "This optimization"
kind = "verdict"
choices = ["confirmed", "not confirmed"]
[[turns.evidence]]
id = "suite"
label = "Test suite"
kind = "command"
"#;

/// Two sessions side by side, one that waits for both.
const RELEASE: &str = r#"goal = "Release {{ version }}"
[[placeholders]]
name = "version"
label = "Version"
example = "2.0"
[[sessions]]
id = "backend"
title = "Backend"
goal = "Serve the new orders of {{ version }}"
budget = "2h-4h"
[[sessions.turns]]
id = "api"
title = "API"
kind = "design"
budget = "30m"
prompt = "Design the API of {{ version }}."
gate = "The API is agreed"
[[sessions.turns.evidence]]
id = "contract"
label = "Contract"
[[sessions.turns]]
id = "code"
title = "Code"
kind = "implement"
budget = "2h"
prompt = "Write it."
[[sessions.turns]]
id = "load"
title = "Load test"
kind = "validate"
prompt = "Load it."
[[sessions]]
id = "frontend"
title = "Frontend"
[[sessions.turns]]
id = "screens"
title = "Screens"
kind = "implement"
budget = "1h"
prompt = "Draw them."
[[sessions.turns.evidence]]
id = "shot"
label = "Picture"
kind = "link"
[[sessions]]
id = "ship"
title = "Ship"
after = ["backend", "frontend"]
[[sessions.turns]]
id = "ship"
title = "Ship it"
kind = "deliver"
prompt = "Ship {{ version }}."
gate = "A person has tried it"
"#;

fn ran(turn: TurnRef, slot: &str, command: &str, exit_code: i32, output: &str) -> Command {
    let input = EvidenceInput::Command { command: command.into(), exit_code, output: output.into() };
    Command::RecordEvidence { turn, slot: slot.into(), input }
}

fn result(turn: TurnRef, text: &str) -> Command {
    Command::SetResult { turn, result: text.into() }
}

fn tick(session: &str, item: &str, note: &str) -> Command {
    Command::Tick { session: session.into(), item: item.into(), note: note.into(), by: "ada".into() }
}

/// The phrases that claim without showing, as they are set where nobody has set them.
pub fn phrases() -> Vec<String> {
    setlist::domain::review::Thresholds::default().claims
}

/// Rejected once, reopened once, a turn added, one skipped, finished with a slot empty.
pub fn reworked() -> Workspace {
    let mut workspace = Workspace::with(&small(FIX));
    workspace.plan.name = "Mails sent twice".into();
    let at = |turn: &str| TurnRef::new("main", turn);
    let (analyse, fix, judge) = (at("analyse"), at("fix"), at("judge"));
    workspace.starts("analyse");
    workspace.does(Command::MarkSent { turn: analyse.clone(), via: "copied".into() });
    workspace.does(record(analyse.clone(), "cause", "Probably the retry."));
    workspace.does(ran(analyse.clone(), "reproduction", "./twice.sh", 1, "2 mails for job 17"));
    workspace.at(25).finishes("analyse");
    workspace.does(reject(analyse.clone(), "Probably is a guess: show the line that takes the job twice"));
    workspace.at(26).starts("analyse");
    workspace.does(record(analyse.clone(), "cause", "The lock expires after 30 s, src/queue.rs:88"));
    let words = "The lock of a job expires while a *slow* job still runs.\nA second worker then takes the job again.";
    workspace.does(result(analyse.clone(), words));
    workspace.at(44).finishes("analyse");
    workspace.at(50).does(approve(analyse));
    workspace.starts("fix");
    workspace.does(record(fix.clone(), "commit", "https://example.org/mails/commit/4f2a1"));
    let suite: String = (1..=60).map(|n| format!("test queue::case_{n} ... ok\n")).collect();
    workspace.does(ran(fix.clone(), "suite", "cargo test", 101, "test queue::renews ... FAILED"));
    workspace.at(70).finishes("fix");
    workspace.does(Command::ReopenTurn { turn: fix.clone(), reason: "the suite fails".into() });
    workspace.starts("fix");
    workspace.does(ran(fix.clone(), "suite", "cargo test", 0, &(suite + "test result: ok. 60 passed")));
    workspace.does(result(fix, "A worker renews its lock every 10 s. Looks good."));
    workspace.at(95).finishes("fix");
    workspace.does(Command::AddTurn {
        session: "main".into(),
        after: Some("fix".into()),
        title: "Look for the same fault elsewhere".into(),
        kind: TurnKind::Research,
        budget: Budget::parse("10m").ok(),
        prompt: "Where else does a lock expire while work goes on?".into(),
    });
    let elsewhere = workspace.session().turns[2].id.clone();
    workspace.starts(&elsewhere);
    workspace.does(result(at(&elsewhere), "Nowhere: the import has no lock."));
    workspace.at(103).finishes(&elsewhere);
    workspace.starts("judge");
    workspace.does(record(judge.clone(), "verdict", "go"));
    workspace.does(Command::AddNote {
        session: "main".into(),
        turn: "judge".into(),
        text: "Try it on the slow node.".into(),
    });
    workspace.at(110).finishes("judge");
    workspace.does(Command::SkipTurn { turn: at("announce"), reason: "nobody noticed".into() });
    workspace.does(tick("main", "all-tests-passing", "60 passed"));
    workspace.does(tick("main", "cleaned", ""));
    let reason = "the edge cases are tried in the nightly run".to_owned();
    workspace.does(Command::FinishSession { session: "main".into(), unverified: Some(reason) });
    let helped = "The rejection: the first cause was wrong.".into();
    workspace.does(Command::SetReflection { outcome: Outcome::Yes, helped, change: String::new() });
    workspace
}

/// Three optimizations, the second taken out again; one target reached, one missed.
pub fn faster() -> Workspace {
    let mut workspace = Workspace::with(&small(FASTER));
    workspace.plan.name = "Faster orders".into();
    let at = |turn: &str| TurnRef::new("main", turn);
    workspace.starts("profile");
    workspace.records("profile", "rate", "410");
    workspace.at(40).finishes("profile");
    workspace.starts("optimize");
    let rounds = [
        ("480", "confirmed", "An index on orders.customer."),
        ("495.5", "not confirmed", "Larger pages. Taken out."),
        ("45", "confirmed", "One query, not one for each line."),
    ];
    for (round, (latency, kept, words)) in (1..).zip(rounds) {
        workspace.records("optimize", "latency", latency);
        workspace.records("optimize", "kept", kept);
        workspace.does(ran(at("optimize"), "suite", "make check", 0, "ok"));
        workspace.does(result(at("optimize"), words));
        workspace.at(40 + 30 * round);
        let kept = if kept == "confirmed" { Kept::Yes } else { Kept::RolledBack };
        workspace.does(Command::KeepIteration { turn: at("optimize"), iteration: round as u32, kept });
        if round < 3 {
            workspace.does(Command::RepeatTurn(at("optimize")));
        }
    }
    workspace.finishes("optimize");
    for (metric, value) in [("throughput", 640.0), ("memory", 310.5)] {
        workspace.does(Command::ReadMetric { metric: metric.into(), value, turn: None });
    }
    workspace.does(Command::AddTurn {
        session: "main".into(),
        after: None,
        title: "Clean up".into(),
        kind: TurnKind::Other,
        budget: None,
        prompt: "Remove what was only for measuring.".into(),
    });
    workspace.starts("clean-up");
    workspace.at(135).finishes("clean-up");
    workspace.does(tick("main", "performance-validated", ""));
    workspace.does(finish("main"));
    workspace
}

/// One session under way with an open gate, one done, one that waits.
pub fn half_way() -> Workspace {
    let mut workspace = Workspace::with(&small(RELEASE));
    workspace.plan.name = "Release 2.0".into();
    let (api, screens) = (TurnRef::new("backend", "api"), TurnRef::new("frontend", "screens"));
    workspace.does(Command::StartTurn(api.clone()));
    workspace.does(record(api.clone(), "contract", "GET /orders\nPOST /orders\n\n| field | type |\n| --- | --- |"));
    workspace.at(20).does(Command::StartTurn(screens.clone()));
    workspace.at(45).does(Command::FinishTurn(api));
    workspace.at(65).does(Command::FinishTurn(screens));
    let unverified = Some("the picture is in the design tool".to_owned());
    workspace.does(Command::FinishSession { session: "frontend".into(), unverified });
    let (title, goal) = ("Prices in euros".to_owned(), "Show every price in euros too".to_owned());
    workspace.does(Command::Queue { title, goal, placeholder: String::new() });
    workspace.does(Command::AddNote { session: String::new(), turn: String::new(), text: "Freeze on Friday.".into() });
    workspace
}

/// Started, and nothing done.
pub fn empty() -> Workspace {
    let mut workspace = Workspace::with(&small(FIX));
    workspace.plan.name = "Mails sent twice".into();
    workspace
}
