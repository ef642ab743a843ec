//! The built-in strategies, held to what each must carry.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]
#![allow(clippy::format_collect, clippy::format_push_string, reason = "short calls read better than fast ones here")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use setlist::domain::placeholder::{PlaceholderKind, Value, Values, effective, faults};
use setlist::domain::plan::Plan;
use setlist::domain::prompt;
use setlist::domain::strategy::{SessionSpec, Strategy, TurnSpec};
use setlist::domain::strategy_file;

/// Every strategy's category, what it cannot do without, and its turns in order: `x3` for a span,
/// `per` for what it repeats, `gate`, the verdict's choices, `<-` for the sessions it waits for.
const OUTLINE: &str = "\
api-performance-optimization | performance | -
  main: profile, analyse-queries, join, cache, full-benchmark
bug-investigation | debugging | bug_report
  main: reproduce, evidence, hypotheses, experiments, fix, validate
codebase-discovery | existing-code | repo_url
  main: understand gate, discuss-changes
competitive-analysis | research | -
  main: shortlist, analyse, prototypes, benchmark, failures, recommend
database-migration | migration | -
  preparation: clone, document-schema, inventory-queries, test-dataset
  schema-migration <- preparation: convert-schema, migration-scripts, sample-run, verify-integrity
  code-migration <- schema-migration: update-queries, system-specific-syntax, transactions, connection-pooling, validate-code
  validation <- code-migration: full-suite, benchmark, large-integrity, edge-cases gate (go/no-go)
  deployment-planning <- validation: runbook, rollback, monitoring, package gate
distributed-systems | domain | system
  service-definition: contracts, data-models, protocols, boundaries gate
  core-service <- service-definition: core-implementation, core-unit-tests, core-integration-tests, core-errors, core-validate
  secondary-services <- service-definition: dependent-services, inter-service, failure-handling, retry-logic, secondary-validate
  system-integration <- core-service, secondary-services: end-to-end, load-testing, failure-modes, monitoring, acceptance
feature-poorly-tested | existing-code | feature
  main: understand, baseline-tests, verify-baseline, design gate, implement, verify-and-deliver
feature-well-tested | existing-code | feature
  main: understand, locate, design gate, implement, verify, pull-request
greenfield-from-scratch | greenfield | project_type
  main: research, architecture gate, implementation, validation
incremental-integration | existing-code | -
  main: analyse, capture, baseline, implement, regression, new-tests, benchmark gate
machine-learning | domain | problem
  data-pipeline: load, clean, features, split, pipeline-check
  model-development <- data-pipeline: architecture, training-loop, tuning, tracking
  evaluation <- model-development: metrics gate, test-set, performance-analysis, error-analysis (go/go with guards/back)
  production-readiness <- evaluation: serialize, inference-api, monitoring, serving-check, deployment
parallel-development | multi-session | -
  authentication: auth-boundaries, auth-logic, auth-tokens, auth-validate, auth-pull-request
  payments: pay-boundaries, pay-flow, pay-provider, pay-validate, pay-pull-request
  notifications: mail-boundaries, mail-templates, mail-provider, mail-validate, mail-pull-request
rest-api | greenfield | -
  main: research, specification gate, implementation x3, validation, package
serial-deep-work | multi-session | feature
  foundation: data-models, schema, api-structure, foundation-tests
  business-logic <- foundation: core-features, rules, errors, logic-tests
  integration <- business-logic: external-services, monitoring, performance, documentation, integration-check
  polish <- integration: final-review, final-performance, complete-documentation, readiness
system-migration | migration | old_system, new_system
  main: assessment, parallel-implementation, integration, validation gate (go/no-go), cutover
systematic-optimization | performance | -
  main: baseline, bottlenecks, proposals, implement per optimization, decide (confirmed/not confirmed)
technical-due-diligence | research | library
  main: documentation, maintenance, benchmarks, integration, limitations, verdict (adopt/investigate further/avoid)
";

/// Words of the guide that a strategy must hold in its prompts (filled in with defaults), slots and advice,
/// without regard to case. `a|b` is either.
const FACTS: &[(&str, &[&str])] = &[
    (
        "greenfield-from-scratch",
        &["python", "diagram", "data model", "endpoint", "rationale", "80 %", "public api", "deployment"],
    ),
    (
        "rest-api",
        &[
            "10,000|10k",
            "fastapi",
            "flask",
            "django",
            "jwt",
            "100 requests",
            "postgresql",
            "crud|create, read",
            "benchmark|under load",
        ],
    ),
    ("codebase-discovery", &["clone", "architecture", "authentication", "business logic", "coverage", "integrations"]),
    ("feature-well-tested", &["pattern", "conflict", "coverage", "pull request"]),
    ("feature-poorly-tested", &["before", "regression", "tests", "pull request"]),
    ("incremental-integration", &["connection pool", "unchanged", "realistic load|realistic"]),
    (
        "competitive-analysis",
        &["redis", "memcached", "in-memory|in memory", "cost", "complexity", "effort", "traffic", "proof"],
    ),
    ("technical-due-diligence", &["documentation", "open issues", "alternatives", "benchmark", "investigate further"]),
    (
        "system-migration",
        &[
            "baseline",
            "parity",
            "percentage|per cent|%",
            "roll",
            "toggle|flag",
            "edge cases",
            "deprecated|old code",
            "fixtures",
        ],
    ),
    ("systematic-optimization", &["latency", "throughput", "three|top 3", "trade-off", "same", "one"]),
    (
        "api-performance-optimization",
        &["500 ms", "100 ms", "450 ms", "n+1", "join", "50 ms (90 %", "redis", "10 ms", "45 ms", "91 %"],
    ),
    (
        "bug-investigation",
        &["50 tries", "server logs", "cpu, memory", "three hypotheses", "regression test", "likelihood"],
    ),
    (
        "database-migration",
        &[
            "schema",
            "quer",
            "representative",
            "transaction",
            "locking|locks",
            "pool",
            "runbook",
            "rollback",
            "dashboard",
        ],
    ),
    (
        "parallel-development",
        &[
            "jwt",
            "permission",
            "stripe",
            "sendgrid",
            "template",
            "independent",
            "capacity",
            "focus",
            "at the same time|parallel|side by side",
        ],
    ),
    ("serial-deep-work", &["data model", "schema", "validation", "alert", "cleanup|clean up", "production"]),
    (
        "machine-learning",
        &["feature", "hyperparameter|tuning", "experiment", "test set", "error analysis|errors", "inference"],
    ),
    ("distributed-systems", &["openapi", "grpc", "boundar", "retry|retries", "load", "alert", "end-to-end|end to end"]),
];

/// The guide's own names, where each belongs.
const NAMES: &[(&str, &[&str])] = &[
    (
        "greenfield-from-scratch",
        &["project_type", "team_expertise", "expected_scale", "performance_requirements", "deployment_constraints"],
    ),
    ("codebase-discovery", &["repo_url"]),
    ("feature-well-tested", &["feature"]),
    ("feature-poorly-tested", &["feature"]),
    ("technical-due-diligence", &["library"]),
    ("system-migration", &["old_system", "new_system"]),
    ("database-migration", &["old_system", "new_system"]),
    ("bug-investigation", &["bug_report"]),
];

fn all() -> BTreeMap<String, Strategy> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("strategies");
    let read = |file: std::io::Result<fs::DirEntry>| {
        let path = file.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let read = strategy_file::check(&fs::read_to_string(&path).unwrap(), Some(&stem));
        assert_eq!(read.problems, [], "{stem}");
        (stem, read.strategy.unwrap())
    };
    fs::read_dir(folder).unwrap().map(read).collect()
}

fn outline(strategy: &Strategy) -> String {
    let turn = |turn: &TurnSpec| {
        let verdicts = turn.evidence.iter().filter(|slot| !slot.choices.is_empty());
        let parts = [
            turn.id.clone(),
            if turn.span > 1 { format!(" x{}", turn.span) } else { String::new() },
            if turn.repeat.is_empty() { String::new() } else { format!(" per {}", turn.repeat) },
            if turn.gate.is_empty() { String::new() } else { " gate".into() },
            verdicts.map(|slot| format!(" ({})", slot.choices.join("/"))).collect(),
        ];
        parts.concat()
    };
    let session = |session: &SessionSpec| {
        let after = if session.after.is_empty() { String::new() } else { format!(" <- {}", session.after.join(", ")) };
        format!("  {}{after}: {}\n", session.id, session.turns.iter().map(turn).collect::<Vec<_>>().join(", "))
    };
    let needed: Vec<String> = faults(strategy, &Values::new()).into_iter().map(|fault| fault.name).collect();
    let needed = if needed.is_empty() { "-".into() } else { needed.join(", ") };
    let sessions: String = strategy.sessions.iter().map(session).collect();
    format!("{} | {} | {needed}\n{sessions}", strategy.id, strategy.category)
}

/// The examples, each as a person would type it.
fn examples(strategy: &Strategy) -> Values {
    let answered = strategy.placeholders.iter().filter(|placeholder| !placeholder.example.is_empty());
    answered.map(|placeholder| (placeholder.name.clone(), placeholder.read(&placeholder.example).unwrap())).collect()
}

/// The least that a plan can be started with: examples where something is required.
fn least(strategy: &Strategy) -> Values {
    let needed: Vec<String> = faults(strategy, &Values::new()).into_iter().map(|fault| fault.name).collect();
    examples(strategy).into_iter().filter(|(name, _)| needed.contains(name)).collect()
}

fn prompts(strategy: &Strategy, given: &Values) -> Vec<(String, String)> {
    strategy.turns().map(|turn| (turn.id.clone(), prompt::render(strategy, turn, given).unwrap())).collect()
}

#[test]
fn the_shape_of_every_strategy_is_the_guide_s() {
    let outline: String = all().values().map(outline).collect();
    assert_eq!(outline, OUTLINE);
}

#[test]
fn the_guide_s_placeholders_keep_their_names() {
    let all = all();
    for (id, names) in NAMES {
        for name in *names {
            assert!(all[*id].placeholder(name).is_some(), "{id}: {name}");
        }
    }
}

#[test]
fn the_guide_s_budgets_stand() {
    let all = all();
    let turns = |id: &str| all[id].turns().map(|turn| turn.budget.as_ref().unwrap().to_string()).collect::<Vec<_>>();
    assert_eq!(turns("greenfield-from-scratch"), ["30m-60m", "30m-60m", "2h-8h", "1h-2h"]);
    let sessions = all["serial-deep-work"].sessions.iter().map(|session| session.budget.as_ref().unwrap().to_string());
    assert_eq!(sessions.collect::<Vec<_>>(), ["2h-4h", "3h-6h", "2h-4h", "1h-2h"]);
}

#[test]
fn every_turn_has_a_budget_and_wants_evidence() {
    for strategy in all().values() {
        for turn in strategy.turns() {
            assert!(turn.budget.is_some(), "{}: {}", strategy.id, turn.id);
            assert!(turn.evidence.iter().any(|slot| slot.required), "{}: {}", strategy.id, turn.id);
        }
        assert!(!strategy.when.is_empty() && !strategy.goal.is_empty() && !strategy.tags.is_empty(), "{}", strategy.id);
    }
}

#[test]
fn a_session_s_budget_covers_its_turns() {
    for strategy in all().values() {
        for session in &strategy.sessions {
            let budgets: Vec<_> = session.turns.iter().filter_map(|turn| turn.budget.as_ref()).collect();
            let (low, high) =
                budgets.iter().fold((0, 0), |(low, high), budget| (low + budget.low(), high + budget.high()));
            let Some(own) = &session.budget else { continue };
            assert!(own.low() <= high && own.high() >= low, "{}: {own} for {low}-{high}", strategy.id);
        }
    }
}

#[test]
fn the_guide_s_facts_are_in_the_prompts() {
    let all = all();
    assert_eq!(FACTS.len(), all.len());
    let mut missing = Vec::new();
    for (id, facts) in FACTS {
        let strategy = &all[*id];
        let mut text: String = prompts(strategy, &least(strategy)).into_iter().map(|(_, prompt)| prompt).collect();
        text.push_str(&format!("{} {} ", strategy.when, strategy.benefits.join(" ")));
        let asked = strategy.placeholders.iter();
        text.extend(asked.map(|placeholder| format!("{} {} ", placeholder.help, placeholder.choices.join(" "))));
        for turn in strategy.turns() {
            text.push_str(&format!("{} ", turn.title));
            text.extend(turn.evidence.iter().map(|slot| format!("{} {}\n", slot.label, slot.choices.join(" "))));
        }
        let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        for fact in *facts {
            if !fact.split('|').any(|either| text.contains(either)) {
                missing.push(format!("{id}: nothing says `{fact}`"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_prompt_reads_well_with_defaults_and_with_examples() {
    for strategy in all().values() {
        for given in [least(strategy), examples(strategy)] {
            for (turn, prompt) in prompts(strategy, &given) {
                let of = format!("{}: {turn}:\n{prompt}", strategy.id);
                assert!(!prompt.contains("{{") && !prompt.contains("{%"), "{of}");
                assert!(!prompt.contains("\n\n\n"), "{of}");
                assert!(prompt.lines().all(|line| line.trim_end() == line), "trailing blanks in {of}");
                assert!(!prompt.starts_with(char::is_whitespace) && prompt.chars().count() > 200, "{of}");
                assert!(!prompt.contains('\u{fffc}') && !prompt.contains("  \n"), "{of}");
            }
        }
    }
}

#[test]
fn every_strategy_starts_from_its_least_and_from_its_examples() {
    let now = "2026-11-22T10:00:00Z".parse().unwrap();
    for strategy in all().values() {
        for given in [least(strategy), examples(strategy)] {
            assert_eq!(faults(strategy, &given), [], "{}", strategy.id);
            let plan = Plan::start(strategy, &given, "x", "X", now).unwrap();
            assert!(!plan.goal().contains("{{"), "{}", plan.goal());
            for course in plan.courses() {
                let spec = course.spec;
                assert_eq!(course.baseline.is_some(), spec.baseline.is_some(), "{}: {}", strategy.id, spec.id);
                assert_eq!(course.target.is_some(), spec.target.is_some(), "{}: {}", strategy.id, spec.id);
            }
        }
    }
}

#[test]
fn every_placeholder_has_help_and_an_example_that_it_takes() {
    for strategy in all().values() {
        for placeholder in &strategy.placeholders {
            let of = format!("{}: {}", strategy.id, placeholder.name);
            assert!(!placeholder.help.is_empty(), "{of}");
            if placeholder.kind == PlaceholderKind::Flag {
                continue;
            }
            assert!(!placeholder.example.is_empty(), "{of}");
            assert_eq!(placeholder.fault(Some(&placeholder.read(&placeholder.example).unwrap())), None, "{of}");
            if let Some(default) = effective(strategy, &least(strategy)).get(&placeholder.name) {
                assert_eq!(placeholder.fault(Some(default)), None, "{of}");
            }
        }
    }
}

#[test]
fn the_worked_optimization_measures_from_500_to_under_100() {
    let strategy = &all()["api-performance-optimization"];
    let now = "2026-11-22T10:00:00Z".parse().unwrap();
    let plan = Plan::start(strategy, &Values::new(), "x", "X", now).unwrap();
    let course = plan.course("latency").unwrap();
    assert_eq!((course.baseline, course.target), (Some(500.0), Some(100.0)));
    assert_eq!(plan.course("query-time").unwrap().baseline, Some(450.0));
    let given = Values::from([("baseline_ms".to_owned(), Value::Number(800.0))]);
    let other = Plan::start(strategy, &given, "x", "X", now).unwrap();
    assert_eq!(other.course("latency").unwrap().baseline, Some(800.0));
}
