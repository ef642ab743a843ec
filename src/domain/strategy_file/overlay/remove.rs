//! `remove`: what an overlay takes out of its base.

use serde_spanned::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::domain::nearest::{near_or, there_are};
use crate::domain::toml_reader::{Reader, Table};

use super::lists::{List, id_of};

/// Lists whose items are meant by their plain id only where nothing else has it.
const MINOR: &[&str] = &["placeholders", "metrics"];

/// Something that can be removed.
struct Thing {
    /// What it may be called: its id; `turns/ID`; for what stands within an item, `ITEM/ID`.
    names: Vec<String>,
    /// The lists and items to go through, the thing itself last.
    way: Vec<(&'static str, usize)>,
}

/// Takes what `over` lists in `remove` out of `base`.
pub(super) fn remove(
    reader: &mut Reader<'_>,
    base: &mut DeTable<'_>,
    over: &Table<'_, '_>,
    lists: &'static [List],
    name: &str,
) {
    for (wanted, span) in reader.texts(over, "remove") {
        let mut things = Vec::new();
        gather(base, lists, None, &[], &mut things);
        let mut found: Vec<&Thing> = things.iter().filter(|thing| thing.names.contains(&wanted)).collect();
        // A turn rather than its evidence slot or a placeholder of the same name.
        let rank = |thing: &Thing| (thing.way.iter().any(|(list, _)| MINOR.contains(list)), thing.way.len());
        let first = found.iter().map(|thing| rank(thing)).min();
        found.retain(|thing| Some(rank(thing)) == first);
        match found.as_slice() {
            [one] => take_out(base, &one.way),
            [] => {
                let known: Vec<&str> = things.iter().map(|thing| thing.names[0].as_str()).collect();
                let every = things.iter().flat_map(|thing| &thing.names).map(String::as_str);
                let hint = near_or(&wanted, every, there_are(&known));
                reader.error(span, format!("there is no \"{wanted}\" to remove in \"{name}\""), hint);
            }
            several => {
                let names: Vec<&str> =
                    several.iter().filter_map(|thing| thing.names.get(1)).map(String::as_str).collect();
                let (first, last) = (names.first().copied().unwrap_or_default(), names.last().copied());
                // Turns of several sessions share even the second name.
                let names = match last {
                    Some(last) if last != first => names,
                    _ => several.iter().filter_map(|thing| thing.names.last()).map(String::as_str).collect(),
                };
                let message = format!("several things in \"{name}\" are called \"{wanted}\"");
                reader.error(span, message, format!("say which: {}", names.join(", ")));
            }
        }
    }
}

fn gather(
    table: &DeTable<'_>,
    lists: &'static [List],
    owner: Option<&str>,
    way: &[(&'static str, usize)],
    things: &mut Vec<Thing>,
) {
    for list in lists {
        let items = table.get(list.key).and_then(|value| value.get_ref().as_array());
        for (at, item) in items.into_iter().flat_map(|items| items.iter().enumerate()) {
            let id = id_of(item, list);
            let mut names = vec![id.to_owned(), format!("{}/{id}", list.key)];
            names.extend(owner.map(|owner| format!("{owner}/{id}")));
            let way: Vec<_> = way.iter().copied().chain([(list.key, at)]).collect();
            if let Some(inner) = item.get_ref().as_table() {
                gather(inner, list.inside, Some(id), &way, things);
            }
            things.push(Thing { names, way });
        }
    }
}

fn take_out(table: &mut DeTable<'_>, way: &[(&'static str, usize)]) {
    let Some(((key, at), rest)) = way.split_first() else { return };
    let Some(value) = table.get_mut(*key) else { return };
    let DeValue::Array(items) = value.get_mut() else { return };
    if rest.is_empty() {
        let kept = std::mem::replace(items, DeArray::new()).into_iter().enumerate().filter(|(place, _)| place != at);
        *items = kept.map(|(_, item)| item).collect();
    } else if let Some(DeValue::Table(inner)) = items.get_mut(*at).map(Spanned::get_mut) {
        take_out(inner, rest);
    }
}
