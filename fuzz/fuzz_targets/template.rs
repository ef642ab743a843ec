//! A template: rendered, previewed and looked through within its limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use setlist::domain::placeholder::{Value, Values};
use setlist::domain::{strategy_file, template};

const FILE: &str = "schema = 1\nid = \"a\"\ntitle = \"A\"\n[[placeholders]]\nname = \"x\"\n[[placeholders]]\nname = \"l\"\nkind = \"list\"\n[[turns]]\nid = \"t\"\nprompt = \"{{ x }}{{ l }}\"\n";

fuzz_target!(|text: &str| {
    let Some(strategy) = strategy_file::read(FILE, None).strategy else { return };
    let list = Value::List(vec!["a".into(), "{{ x }}".into()]);
    let values = Values::from([("x".into(), Value::Text("value".into())), ("l".into(), list)]);
    let rendered = template::render(text, &strategy, &values);
    let previewed = template::preview(text, &strategy, &values);
    let _ = (template::names(text), template::holds(text, &strategy, &values));
    if let (Ok(rendered), Ok(pieces)) = (rendered, previewed) {
        assert_eq!(rendered.len(), pieces.iter().map(|piece| piece.text.len()).sum::<usize>());
    }
});
