//! `setlist mcp`: an agent's client on the other end of two pipes.

use std::io::Write;

use serde_json::{Value, json};

use crate::client;
use crate::home::{Home, SMALL, gated};
use crate::validated::follows;

fn client(home: &Home, args: &[&str]) -> client::Client {
    client::Client::of(home, args, follows)
}

#[test]
fn an_agent_works_its_turn_and_waits_at_the_gate() {
    let home = Home::new();
    home.strategy("gated", &gated());
    home.ok(&["new", "gated", "--set", "problem=slow", "-q"]);
    let mut client = client(&home, &[]);
    let turn = client.call("current_turn", &json!({}));
    assert_eq!(turn["now"]["turn"]["prompt"], "Measure slow, 3 times.\n");
    assert_eq!(turn["now"]["next"]["command"], "setlist turn start");
    client.call("start_turn", &json!({}));
    assert_eq!(client.call("current_turn", &json!({}))["now"]["turn"]["wanted"], json!(["figure"]));
    let prompt = client.ask("prompts/get", &json!({ "name": "now" }));
    assert_eq!(prompt["result"]["messages"][0]["content"]["text"], "Measure slow, 3 times.\n");
    assert_eq!(home.json(&["show"])["plan"]["sessions"][0]["turns"][0]["sent"]["via"], "mcp", "frozen as sent");
    let done = client.call("record_evidence", &json!({ "slot": "figure", "value": "512" }));
    assert_eq!((&done["done"], &done["now"]["turn"]["wanted"]), (&json!("evidence recorded: Mean time"), &json!([])));
    client.call("record_result", &json!({ "text": "512 ms on average" }));
    client.call("add_note", &json!({ "text": "the cache was cold" }));
    client.call("tick_item", &json!({ "item": "told", "note": "by mail" }));
    client.call("queue_follow_up", &json!({ "title": "Warm the cache" }));
    client.call("finish_turn", &json!({}));
    let asked = client.call("ask_for_gate", &json!({ "text": "three runs agree" }));
    assert_eq!(asked["now"]["next"]["person"], true);
    let refused = client.fails("start_turn", &json!({ "turn": "fix" }));
    assert_eq!(refused["code"], "refused");
    assert!(refused["message"].as_str().unwrap().contains("the gate after 'Measure' is open"), "{refused}");
    client.bye();
    let plan = &home.json(&["show"])["plan"];
    let gate = &plan["sessions"][0]["turns"][0]["gate"];
    assert_eq!(
        (&gate["state"], &gate["asked_by"], &gate["asked_note"]),
        (&json!("open"), &json!("codex"), &json!("three runs agree"))
    );
    assert_eq!(plan["queue"][0]["title"], "Warm the cache");
    assert_eq!(plan["readings"][0]["value"], 512.0);
    let item = plan["sessions"][0]["checklist"].as_array().unwrap().iter().find(|item| item["id"] == "told").unwrap();
    assert_eq!(item["ticked"]["by"], "codex");
}

#[test]
fn no_tool_approves_and_mistakes_are_told_with_a_way_out() {
    let home = Home::new();
    home.strategy("gated", &gated());
    let mut client = client(&home, &[]);
    assert_eq!(client.fails("current_turn", &json!({}))["message"], "there is no plan yet");
    home.ok(&["new", "gated", "--set", "problem=slow", "-q"]);
    let tools = client.ask("tools/list", &json!({}));
    let tools = tools["result"]["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"ask_for_gate"), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("approve") || name.contains("reject")), "{names:?}");
    for tool in tools {
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
        assert!(tool["description"].as_str().unwrap().len() > 20, "{tool}");
    }
    let gone = client.ask("tools/call", &json!({ "name": "approve_gate", "arguments": {} }));
    assert_eq!(gone["error"]["message"], "there is no tool `approve_gate`");
    client.call("start_turn", &json!({}));
    let near = client.fails("record_evidence", &json!({ "slot": "figrue", "value": "1" }));
    assert_eq!((&near["code"], &near["hint"]), (&json!("not_found"), &json!("did you mean `figure`?")));
    let half = client.fails("record_evidence", &json!({ "slot": "log", "value": "1", "command": "make" }));
    assert!(half["message"].as_str().unwrap().contains("belong together"), "{half}");
    let unknown = client.fails("record_evidence", &json!({ "slot": "log", "value": "1", "exitcode": 0 }));
    assert!(unknown["message"].as_str().unwrap().contains("unknown field `exitcode`"), "{unknown}");
    assert!(client.fails("record_reading", &json!({ "metric": "latency", "value": "fast" }))["message"].is_string());
    assert_eq!(client.fails("show_plan", &json!({ "plan": "nothing-like-it" }))["code"], "not_found");
    client.bye();
}

#[test]
fn an_agents_word_is_no_run() {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=slow", "-q"]);
    home.ok(&["turn", "skip", "--reason", "known"]);
    home.ok(&["turn", "start"]);
    let mut client = client(&home, &[]);
    let words = json!({ "slot": "suite", "value": "all tests pass" });
    let marked = "evidence recorded: Full suite, without a command and its exit code";
    assert_eq!(client.call("record_evidence", &words)["done"], marked);
    let failed = json!({ "slot": "suite", "value": "1 failed", "command": "make check", "exit_code": 1 });
    client.call("record_evidence", &failed);
    let refused = client.fails("record_evidence", &words);
    assert_eq!(refused["code"], "invalid_values", "{refused}");
    assert!(refused["hint"].as_str().unwrap().contains("its exit code"), "{refused}");
    let run = json!({ "slot": "suite", "value": "12 passed", "command": "make check", "exit_code": 0 });
    assert_eq!(client.call("record_evidence", &run)["done"], "evidence recorded: Full suite");
    client.bye();
}

#[test]
fn strategies_plans_and_reports_are_resources() {
    let home = Home::new();
    home.strategy("small", SMALL);
    let id = home.ok(&["new", "small", "--set", "problem=a \u{1b}[2J b", "-q"]).trim().to_owned();
    let mut client = client(&home, &["-p", &id]);
    let list = client.ask("resources/list", &json!({}));
    let uris: Vec<&str> =
        list["result"]["resources"].as_array().unwrap().iter().map(|one| one["uri"].as_str().unwrap()).collect();
    let plan = format!("setlist://plans/{id}");
    let report = format!("{plan}/report");
    for uri in [plan.as_str(), &report, "setlist://strategies/small", "setlist://strategies/bug-investigation"] {
        assert!(uris.contains(&uri), "{uri} in {uris:?}");
        let read = client.ask("resources/read", &json!({ "uri": uri }));
        assert!(!read["result"]["contents"][0]["text"].as_str().unwrap().contains('\u{1b}'), "{uri}");
    }
    for uri in
        ["setlist://plans/../../secret", "setlist://strategies/none", "file:///etc/passwd", "setlist://plans//report"]
    {
        let refused = client.ask("resources/read", &json!({ "uri": uri }));
        assert!(refused["error"]["message"].is_string(), "{uri}: {refused}");
    }
    let prompts = client.ask("prompts/list", &json!({}));
    let names: Vec<&str> =
        prompts["result"]["prompts"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names[0], "now");
    assert!(names.contains(&"measure"), "{names:?}");
    client.bye();
}

#[test]
fn lines_that_are_no_requests_are_answered_and_end_nothing() {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=slow", "-q"]);
    let mut client = client(&home, &[]);
    let deep = "[".repeat(100_000);
    for (line, id, code) in [
        ("this is no JSON", Value::Null, -32700),
        ("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":", Value::Null, -32700),
        (deep.as_str(), Value::Null, -32700),
        ("[]", Value::Null, -32600),
        ("{\"id\":5}", json!(5), -32600),
        ("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"tools/list\"}", Value::Null, -32600),
    ] {
        client.write(line);
        let answer = client.read();
        let begin = &line[..line.len().min(60)];
        assert_eq!((&answer["jsonrpc"], &answer["id"], &answer["error"]["code"]), (&json!("2.0"), &id, &json!(code)));
        assert!(answer["error"]["message"].as_str().unwrap().starts_with("this line is no "), "{begin}: {answer}");
    }
    // These want no answer: the next one is that to the request behind them.
    client.write("");
    client.write(" \r");
    client.write(&json!({ "jsonrpc": "2.0", "method": "notifications/unheard-of" }).to_string());
    client.write(&json!({ "jsonrpc": "2.0", "id": null, "error": { "code": -32700, "message": "echo" } }).to_string());
    assert!(client.ask("tools/list", &json!({}))["result"]["tools"].is_array());
    client.bye();
}

#[test]
fn a_line_without_an_end_is_passed_over() {
    let home = Home::new();
    home.strategy("small", SMALL);
    let id = home.ok(&["new", "small", "--set", "problem=slow", "-q"]).trim().to_owned();
    let mut client = client(&home, &["-p", &id]);
    // What is not too long is read: the answer may well refuse it.
    let large = "x".repeat(15 * 1024 * 1024);
    assert!(client.ask("resources/read", &json!({ "uri": large }))["error"].is_object());
    client.write(&"x".repeat(17 * 1024 * 1024));
    let answer = client.read();
    assert_eq!((&answer["id"], &answer["error"]["code"]), (&Value::Null, &json!(-32700)));
    assert_eq!(answer["error"]["message"], "this line is longer than 16 MiB and was passed over");
    assert!(client.ask("tools/list", &json!({}))["result"]["tools"].is_array());
    client.bye();
}

#[test]
fn the_last_line_needs_no_end() {
    let home = Home::new();
    home.strategy("small", SMALL);
    let mut client = client(&home, &[]);
    let mut input = client.input.take().unwrap();
    input.write_all(b"{\"half\":").unwrap();
    drop(input);
    assert_eq!(client.read()["error"]["code"], -32700);
    client.bye();
}
