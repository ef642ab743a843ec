//! Values that a template engine would do something with, if it saw them as a template.
#![allow(dead_code, reason = "each test binary uses its own part")]

use crate::effort::Chance;

const PIECES: [&str; 24] = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "{{ problem }}",
    "{{ what }}",
    "{{ tries }}",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{% endraw %}",
    "{% if problem %}",
    "{% endif %}",
    "{% set x = 1 %}",
    "{%- for i in files -%}",
    "{% endfor %}",
    "{{ problem | upper }}",
    "{# no #}",
    "{{ '{{ x }}' }}",
    "${x}",
    "$(x)",
    "'",
    "\"",
];

/// A value of such pieces on one line, the same for the same number.
pub fn value(number: usize) -> String {
    let mut chance = Chance::of(number);
    let pieces: String = (0..=chance.below(6)).map(|_| PIECES[chance.below(PIECES.len())]).collect();
    format!("|{pieces}|")
}
