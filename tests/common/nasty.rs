//! Texts as people, agents and attackers write them.

use proptest::prelude::*;
use proptest::test_runner::Config;

/// So many cases, unless `PROPTEST_CASES` says otherwise.
pub fn cases(few: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    Config { cases: asked.unwrap_or(few), failure_persistence: None, ..Config::default() }
}

/// Text as people, agents and attackers write it: template syntax, quotes, backslashes, controls, what hides.
pub fn text() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "{{ x }}",
        "{% if x %}",
        "{%- raw -%}",
        "{# #}",
        "}}",
        "%}",
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "\\",
        "\\n",
        "\\u{0}",
        "\n",
        "\r\n",
        "\t",
        "\u{0}",
        "\u{1b}[2J",
        "\u{7f}",
        "\u{9b}",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{200d}",
        "\u{fe0f}",
        "\u{e0041}",
        "\u{feff}",
        "\u{fffc}",
        "é",
        "日本",
        "👩\u{200d}👧",
        "# x",
        "[a]",
        "= 1",
        " ",
        "45",
        "-1.5e3",
    ]);
    prop::collection::vec(
        prop_oneof![3 => nasty.prop_map(str::to_owned), 1 => any::<String>(), 1 => "[a-z ]{0,8}"],
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

/// Whether a character acts on a terminal or is seen by machines only. A joiner or selector may be part of an emoji.
pub fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
