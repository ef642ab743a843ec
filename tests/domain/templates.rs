//! Templates: values come out as they went in, previews read as prompts do.

use proptest::prelude::*;
use setlist::domain::placeholder::{Value, Values};
use setlist::domain::template::{Origin, names, preview, render};

use super::given::small;
use super::properties::{cases, text};

const TWO: &str = "[[placeholders]]\nname = \"x\"\nrequired = false\n[[placeholders]]\nname = \"items\"\nkind = \"list\"\nrequired = false\n[[turns]]\nid = \"t\"\nprompt = \"{{ x }}{{ items }}\"\n";

fn rendered(template: &str, values: &Values) -> String {
    render(template, &small(TWO), values).unwrap()
}

fn error(template: &str) -> String {
    render(template, &small(TWO), &Values::new()).unwrap_err().message
}

#[test]
fn conditions_loops_and_filters_work() {
    let list = vec!["one".to_owned(), "two".to_owned()];
    let values = Values::from([("items".to_owned(), Value::List(list)), ("x".to_owned(), Value::Number(3.0))]);
    assert_eq!(rendered("{% if x %}yes{% else %}no{% endif %}", &values), "yes");
    assert_eq!(
        rendered("{% for i in items %}{{ loop.index + 1 }}. {{ i | upper }} {% endfor %}", &values),
        "2. ONE 3. TWO "
    );
    assert_eq!(rendered("{{ items }} {{ items | length }} {{ items | join('/') }}", &values), "one, two 2 one/two");
    assert_eq!(rendered("{{ x }} {{ x|int * 2 + 1 }} {{ 'a' ~ x }}", &values), "3 7 a3");
    assert_eq!(rendered("{% if x in [3, 4] %}{% set y = x ~ '!' %}{{ y }}{% endif %}", &values), "3!");
    assert_eq!(rendered("<{{ items[9] }}{{ x.y }}>", &values), "<>", "nothing, not a mark of it");
    assert_eq!(rendered("{% for n in range(3) %}{{ n }}{% endfor %}", &values), "012");
    assert_eq!(rendered("{ \"json\": { \"a\": 1 } } ${HOME} {x}", &values), "{ \"json\": { \"a\": 1 } } ${HOME} {x}");
    assert_eq!(rendered("{# not said #}said {% raw %}{{ x }}{% endraw %}", &values), "said {{ x }}");
}

#[test]
fn what_a_template_may_not_say_is_refused_with_a_way_out() {
    assert_eq!(error("{{ items + items }}"), "`+` may join lists here: write a|float + b, or a ~ b for text");
    assert_eq!(error("{{ items * 3 }}"), "`*` may repeat a list here: write a|float * 2");
    assert_eq!(error("{{ [items, items] }}"), "a list in a template holds words and figures only, no names");
    assert_eq!(error("{{ x.upper() }}"), "only range() and the functions of `loop` can be called");
    assert!(error("{{ items | batch(2) }}").contains("unknown filter"));
    assert!(error("{% include 'other' %}").contains("syntax error"));
    assert!(error("{{ debug() }}").contains("only range()"));
}

#[test]
fn a_preview_marks_what_is_inserted_and_what_is_missing() {
    let strategy = small(TWO);
    let values = Values::from([("items".to_owned(), Value::Text("\u{fffc}".into()))]);
    let pieces = preview("a {{ x }} b {{ items }}", &strategy, &values).unwrap();
    let origins: Vec<(&str, &Origin)> = pieces.iter().map(|piece| (piece.text.as_str(), &piece.origin)).collect();
    let (x, items) = (Origin::Unfilled("x".into()), Origin::Inserted("items".into()));
    let said = &Origin::Template;
    assert_eq!(origins, [("a ", said), ("x", &x), (" b ", said), ("\u{fffc}", &items)]);
}

#[test]
fn a_preview_shows_nothing_for_what_does_not_exist() {
    let list = Value::List(vec!["one".into()]);
    let values = Values::from([("items".to_owned(), list), ("x".to_owned(), Value::Text("y".into()))]);
    for template in ["a{{ nobody }}b", "a{{ x.nothing }}b", "a{{ items[7] }}b"] {
        let pieces = preview(template, &small(TWO), &values).unwrap();
        let shown: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!((shown.as_str(), rendered(template, &values).as_str()), ("ab", "ab"), "{template}");
    }
}

#[test]
fn the_names_a_template_uses_have_their_places() {
    let found =
        names("x {% if x %}{{ y|upper }}{% endif %}{% for i in items %}{{ i }}{{ loop.index }}{% endfor %}").unwrap();
    let found: Vec<(&str, usize)> = found.iter().map(|(name, at)| (name.as_str(), at.start)).collect();
    assert_eq!(found, [("x", 8), ("y", 15), ("items", 48)]);
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_value_comes_out_exactly_as_it_went_in(value in text()) {
        let values = Values::from([("x".to_owned(), Value::Text(value.clone()))]);
        prop_assert_eq!(rendered("a {{ x }} b", &values), format!("a {value} b"));
    }

    #[test]
    fn the_items_of_a_list_come_out_exactly_too(items in proptest::collection::vec(text(), 0..5)) {
        let values = Values::from([("items".to_owned(), Value::List(items.clone()))]);
        let each = rendered("<{% for i in items %}[{{ i }}]{% endfor %}>", &values);
        prop_assert_eq!(each, format!("<{}>", items.iter().map(|item| format!("[{item}]")).collect::<String>()));
        prop_assert_eq!(rendered("<{{ items }}>", &values), format!("<{}>", items.join(", ")));
    }

    #[test]
    fn a_preview_reads_as_the_prompt_does(value in text(), items in proptest::collection::vec(text(), 0..4), template in template()) {
        let strategy = small(TWO);
        let values = Values::from([("x".to_owned(), Value::Text(value)), ("items".to_owned(), Value::List(items))]);
        let prompt = render(&template, &strategy, &values);
        let pieces = preview(&template, &strategy, &values);
        let joined = pieces.map(|pieces| pieces.into_iter().map(|piece| piece.text).collect::<String>());
        prop_assert_eq!(prompt.ok(), joined.ok(), "{}", template);
    }
}

/// Templates put together from pieces that mostly fit.
fn template() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{{ x }}".to_owned()),
        Just("{{ items }}".to_owned()),
        Just("{% if x %}given{% endif %}".to_owned()),
        Just("{% for i in items %}- {{ i }}\n{% endfor %}".to_owned()),
        Just("{{ x | upper }} {{ items | length }}".to_owned()),
        Just("{# comment #}".to_owned()),
        "[a-z{}%#\" \\n]{0,12}",
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}
