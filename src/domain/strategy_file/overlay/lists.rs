//! The lists of a strategy file whose items are known by an id, and how an overlay reaches into them.

use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

/// A list whose items have an id.
#[derive(Debug)]
pub(super) struct List {
    /// Its key in the table that holds it.
    pub(super) key: &'static str,
    /// The key of an item's id.
    pub(super) id: &'static str,
    /// An item, for messages: `a turn`.
    pub(super) what: &'static str,
    /// The same without its article.
    pub(super) noun: &'static str,
    /// Whether `after` says where an item stands. In a session it says what the session waits for.
    pub(super) after: bool,
    /// The lists within an item.
    pub(super) inside: &'static [List],
}

const PLACEHOLDERS: List =
    List { key: "placeholders", id: "name", what: "a placeholder", noun: "placeholder", after: true, inside: &[] };
const EVIDENCE: List =
    List { key: "evidence", id: "id", what: "an evidence slot", noun: "evidence slot", after: true, inside: &[] };
const TURNS: List = List { key: "turns", id: "id", what: "a turn", noun: "turn", after: true, inside: &[EVIDENCE] };
const CHECKLIST: List =
    List { key: "checklist", id: "id", what: "a checklist item", noun: "checklist item", after: true, inside: &[] };
const SESSIONS: List =
    List { key: "sessions", id: "id", what: "a session", noun: "session", after: false, inside: &[TURNS, CHECKLIST] };
const METRICS: List = List { key: "metrics", id: "id", what: "a metric", noun: "metric", after: true, inside: &[] };

/// The lists of a file, in the order they are merged.
pub(super) const TOP: &[List] = &[PLACEHOLDERS, METRICS, SESSIONS, TURNS, CHECKLIST];

/// The shorthand of a strategy with one session: what stands at top level in place of `sessions`.
pub(super) const SHORTHAND: &[&str] = &["turns", "checklist", "budget"];

/// The id of an item; empty where it has none.
pub(super) fn id_of<'v>(item: &'v Spanned<DeValue<'_>>, list: &List) -> &'v str {
    let table = item.get_ref().as_table();
    table.and_then(|table| table.get(list.id)).and_then(|id| id.get_ref().as_str()).unwrap_or_default()
}

/// Takes the items of `list` out of `table`.
pub(super) fn take<'i>(table: &mut DeTable<'i>, list: &List) -> Vec<Spanned<DeValue<'i>>> {
    match table.remove(list.key).map(Spanned::into_inner) {
        Some(DeValue::Array(items)) => items.into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Sets `key` of `table`, in place of what was there and of the place it had.
pub(super) fn set<'i>(table: &mut DeTable<'i>, key: Spanned<std::borrow::Cow<'i, str>>, value: Spanned<DeValue<'i>>) {
    table.remove(key.get_ref().as_ref());
    table.insert(key, value);
}
