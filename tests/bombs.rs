//! Hostile templates: each ends in an error or in a bounded text, soon and in little memory. A test
//! program of its own, because memory is counted by process.

// A test fails loudly; the exception in clippy.toml reaches only functions marked as tests.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use setlist::domain::placeholder::{Value, Values};
use setlist::domain::strategy::Strategy;
use setlist::domain::{strategy_file, template};

fn strategy() -> Strategy {
    let text = "schema = 1\nid = \"a\"\ntitle = \"A\"\n[[placeholders]]\nname = \"x\"\n[[turns]]\nid = \"t\"\nprompt = \"{{ x }}\"\n";
    strategy_file::check(text, None).strategy.unwrap()
}

/// The most memory this process has held, in MiB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

#[test]
fn every_bomb_ends_within_a_second_and_a_hundred_megabytes() {
    let raw = "x".repeat(900_000);
    let doubled = format!("{{% set a = 'aaaaaaaa' %}}{}{{{{ a }}}}", "{% set a = a ~ a %}".repeat(40));
    let added = format!("{{% set a = 'aaaaaaaa' %}}{}{{{{ a }}}}", "{% set a = a + a %}".repeat(40));
    let captured = format!("{{% set a %}}aaaaaaaa{{% endset %}}{}", "{% set a %}{{ a }}{{ a }}{% endset %}".repeat(40));
    let unused = format!("{{% set a = 'aaaaaaaa' %}}{}", "{% set a = a ~ a %}".repeat(40));
    let listed = format!("{{% set a = [1, 2] %}}{}{{{{ a }}}}", "{% set a = a + a %}".repeat(60));
    let nested = format!("{{% set a = ['x'] %}}{}{{{{ a }}}}", "{% set a = [a, a, a, a] %}".repeat(30));
    let replaced = format!("{{% set a = 'aa' %}}{}", "{% set a = a | replace('a', a) %}".repeat(40));
    let bombs = [
        "{% for i in range(10000) %}{% for j in range(10000) %}{% for k in range(10000) %}{% endfor %}{% endfor %}{% endfor %}".to_owned(),
        format!("{{% for i in range(10000) %}}{raw}{{% endfor %}}"),
        format!("{{% for i in range(10000) %}}{{% set a %}}{raw}{{% endset %}}{{% endfor %}}"),
        doubled,
        added,
        captured,
        unused,
        listed,
        nested,
        replaced,
        "{{ 'a' * 100000000 }}".to_owned(),
        "{{ ['a' * 90000000, 'b' * 90000000, 'c' * 90000000] }}".to_owned(),
        "{% set a = 'a' * 99999999 %}{% set b = 'a' * 99999999 %}{% set c = 'a' * 99999999 %}".to_owned(),
        "{{ [1] * 100000000 }}".to_owned(),
        "{{ [[1] * 100000000] }}".to_owned(),
        "{{ ([[1] * 10000] * 10000) | string }}".to_owned(),
        "{{ ([1] * 100000000) | list }}".to_owned(),
        "{{ ([1] * 100000000) | join(',') }}".to_owned(),
        "{{ ([1] * 100000000) | sort }}".to_owned(),
        "{{ ([1] * 100000000) == ([1] * 100000000) }}".to_owned(),
        "{{ 2 in ([1] * 100000000) }}".to_owned(),
        "{{ (1, 2) * 50000000 }}".to_owned(),
        "{{ x * 100000000 == x * 100000000 }}".to_owned(),
        "{{ (1 and [1]) * 100000000 == [2] }}".to_owned(),
        "{{ range(10000) | sum }}".to_owned(),
        "{{ range(100000000) }}".to_owned(),
        "{{ 'x' | indent(100000000) }}".to_owned(),
        "{{ 'x\nx\nx\nx' | indent(99999999) }}".to_owned(),
        "{{ [1] | batch(100000000, 'x') }}".to_owned(),
        "{{ [1] | slice(100000000, 'x') }}".to_owned(),
        "{{ '%999999999s' | format('x') }}".to_owned(),
        "{{ '%.999999999f' | format(1.5) }}".to_owned(),
        "{{ 10 ** 100000000 }}".to_owned(),
        "{% for a in x recursive %}{{ loop(x) }}{% endfor %}".to_owned(),
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}".to_owned(),
        format!("{{{{ {}1{} }}}}", "(".repeat(100_000), ")".repeat(100_000)),
        format!("{{{{ {}1 }}}}", "-".repeat(100_000)),
        format!("{{{{ x{} }}}}", " | upper".repeat(100_000)),
        format!("{{{{ x{} }}}}", " ~ x".repeat(100_000)),
        format!("{{% if x %}}{}{{% endif %}}", "{% elif x %}".repeat(50_000)),
        format!("{{% if x %}}{}{{% endif %}}", "{% else %}{% if x %}".repeat(50_000)),
        format!("{{{{ {}1{} }}}}", "[".repeat(100_000), "]".repeat(100_000)),
        format!("{{{{ x{} }}}}", "[0]".repeat(100_000)),
        format!("{{{{ {} }}}}", "not ".repeat(100_000)),
        format!("{{{{ {}1 }}}}", "1 if 1 else ".repeat(100_000)),
        format!("{{{{ {}1 }}}}", "1 ** ".repeat(100_000)),
        format!("{}{}", "{% if x %}".repeat(50_000), "{% endif %}".repeat(50_000)),
        format!("{}x", "{% for a in [1,2] %}".repeat(40)) + &"{% endfor %}".repeat(40),
    ];
    let strategy = strategy();
    let values = Values::from([("x".to_owned(), Value::Text("some value ".repeat(1000)))]);
    for bomb in &bombs {
        let name = &bomb[..bomb.len().min(90)];
        let start = Instant::now();
        let rendered = template::render(bomb, &strategy, &values);
        let shown = template::preview(bomb, &strategy, &values);
        let _ = template::names(bomb);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(1), "{name}: {took:?}");
        let length = rendered.as_ref().map_or(0, String::len);
        assert!(length < 33 << 20, "{name}: {length}");
        assert_eq!(rendered.is_ok(), shown.is_ok(), "{name}");
    }
    for expression in
        ["'a' * 100000000 == 'b'", "([1] * 100000000) == ([1] * 100000000)", "('a' * 99999999) ~ ('a' * 99999999)"]
    {
        let start = Instant::now();
        let _ = template::holds(expression, &strategy, &values);
        assert!(start.elapsed() < Duration::from_secs(1), "{expression}");
    }
    assert!(peak() < 100, "{} MiB", peak());
}

#[test]
fn a_pasted_log_fits_and_comes_out_as_it_went_in() {
    let log = "2026-11-22 ERROR {{ no template }} \"q\" \\ \u{1b}[0m\n".repeat(100_000);
    let values = Values::from([("x".to_owned(), Value::Text(log.clone()))]);
    assert_eq!(template::render("{{ x }}", &strategy(), &values).unwrap(), log);
}
