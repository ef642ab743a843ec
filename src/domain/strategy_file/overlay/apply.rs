//! Laying one table over another: keys replace keys, items of lists find their like by id.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::nearest::near_or_all;
use crate::domain::toml_reader::{Reader, Table};

use super::lists::{List, SHORTHAND, TOP, id_of, set, take};
use super::remove::remove;

/// Lays the overlay `over` over `base`, a whole strategy called `name`.
pub(super) fn apply<'i>(reader: &mut Reader<'_>, base: &mut DeTable<'i>, mut over: DeTable<'i>, name: &str) {
    over.remove("extends");
    alike(reader, base, &mut over, name);
    lay(reader, base, over, &Held { lists: TOP, what: "a strategy", span: 0..0, name });
}

/// Brings base and overlay to one form: both with `sessions`, or both with the shorthand.
fn alike<'i>(reader: &mut Reader<'_>, base: &mut DeTable<'i>, over: &mut DeTable<'i>, name: &str) {
    let shorthand = SHORTHAND.iter().copied().find(|key| over.contains_key(*key));
    let place = |over: &DeTable<'i>, key: &str| over.get(key).map_or(0..0, Spanned::span);
    match (over.contains_key("sessions"), base.contains_key("sessions"), shorthand) {
        (true, _, Some(key)) => {
            let hint = format!("put it inside a session: [[sessions.{key}]]");
            reader.error(place(over, key), format!("`{key}` stands beside `sessions`"), hint);
        }
        (true, false, None) => {
            let at = place(over, "extends");
            let mut session = DeTable::new();
            session.insert(Spanned::new(at.clone(), "id".into()), Spanned::new(at.clone(), text("main")));
            if let Some(title) = base.get("title").cloned() {
                session.insert(Spanned::new(at.clone(), "title".into()), title);
            }
            wrap(base, session, &at);
        }
        (false, true, Some(key)) => {
            let ids: Vec<String> = match base.get("sessions").and_then(|value| value.get_ref().as_array()) {
                Some(items) => items.iter().map(|item| id_of(item, sessions()).to_owned()).collect(),
                None => Vec::new(),
            };
            if let [only] = ids.as_slice() {
                let at = place(over, key);
                let mut session = DeTable::new();
                session.insert(Spanned::new(at.clone(), "id".into()), Spanned::new(at.clone(), text(only)));
                wrap(over, session, &at);
            } else {
                let hint = format!("put it inside [[sessions]] with the id of one: {}", ids.join(", "));
                reader.error(place(over, key), format!("`{key}` fits no session: \"{name}\" has several"), hint);
            }
        }
        (true, true, None) | (false, _, None) | (false, false, Some(_)) => {}
    }
}

fn sessions() -> &'static List {
    TOP.iter().find(|list| list.key == "sessions").unwrap_or(&TOP[0])
}

fn text<'i>(text: &str) -> DeValue<'i> {
    DeValue::String(Cow::Owned(text.to_owned()))
}

/// Moves the shorthand of `table` into `session`, and that into `table` as its only session.
fn wrap<'i>(table: &mut DeTable<'i>, mut session: DeTable<'i>, at: &Range<usize>) {
    for key in SHORTHAND {
        if let Some((key, value)) = table.remove_entry(*key) {
            session.insert(key, value);
        }
    }
    let items = [Spanned::new(at.clone(), DeValue::Table(session))].into_iter().collect();
    table.insert(Spanned::new(at.clone(), "sessions".into()), Spanned::new(at.clone(), DeValue::Array(items)));
}

/// What a table that is laid over another is.
struct Held<'n> {
    /// Its lists with ids.
    lists: &'static [List],
    /// What it is, for messages.
    what: &'static str,
    /// Its place in the overlay.
    span: Range<usize>,
    /// The name of the base.
    name: &'n str,
}

/// Lays `over` over `base`: lists with ids item by item, all else key by key.
fn lay<'i>(reader: &mut Reader<'_>, base: &mut DeTable<'i>, mut over: DeTable<'i>, held: &Held<'_>) {
    if !held.lists.is_empty() {
        let table = Table { map: &over, span: held.span.clone(), what: held.what };
        remove(reader, base, &table, held.lists, held.name);
        over.remove("remove");
    }
    for (key, value) in over {
        match held.lists.iter().find(|list| list.key == key.get_ref().as_ref()) {
            Some(list) if value.get_ref().is_array() => {
                let span = value.span();
                let DeValue::Array(items) = value.into_inner() else { continue };
                let mut merge = Merge { list, name: held.name, items: take(base, list), behind: BTreeMap::new() };
                merge.all(reader, items.into_iter().collect());
                set(base, key, Spanned::new(span, DeValue::Array(merge.items.into_iter().collect())));
            }
            // Of a wrong type: the check of the whole says so.
            Some(_) | None => set(base, key, value),
        }
    }
}

/// A list of the base while items are laid over it.
struct Merge<'i, 'n> {
    list: &'static List,
    name: &'n str,
    items: Vec<Spanned<DeValue<'i>>>,
    /// Ids of items that were put behind another one, with that one's: the next to come behind the same
    /// comes behind them, so that the overlay's order stays.
    behind: BTreeMap<String, String>,
}

/// Where an item is to stand.
enum Place {
    Unsaid,
    Before(String, Range<usize>),
    After(String, Range<usize>),
    Instead(String, Range<usize>),
}

impl<'i> Merge<'i, '_> {
    fn all(&mut self, reader: &mut Reader<'_>, over: Vec<Spanned<DeValue<'i>>>) {
        let mut seen: Vec<String> = Vec::new();
        for item in over {
            let span = item.span();
            let DeValue::Table(mut table) = item.into_inner() else {
                let message = format!("an item of `{}` is no table", self.list.key);
                reader.error(span, message, format!("write [[{}]]", self.list.key));
                continue;
            };
            let held = Table { map: &table, span: span.clone(), what: self.list.what };
            let (id, id_span) = reader.required_text(&held, self.list.id, "that of one in the base, or a new one");
            let place = self.place(reader, &held);
            if id.is_empty() {
                continue;
            }
            if seen.contains(&id) {
                let message = format!("the {} \"{id}\" is said twice", self.list.noun);
                reader.error(id_span, message, "say all of it in one place");
                continue;
            }
            table.remove("before");
            table.remove("replaces");
            if self.list.after {
                table.remove("after");
            }
            self.one(reader, &id, Spanned::new(span, table), place);
            seen.push(id);
        }
    }

    /// Reads where an item is to stand.
    fn place(&self, reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Place {
        let mut said = Vec::new();
        if let Some((id, span)) = reader.text_at(table, "before") {
            said.push(Place::Before(id, span));
        }
        if let Some((id, span)) = reader.text_at(table, "replaces") {
            said.push(Place::Instead(id, span));
        }
        if self.list.after
            && let Some((id, span)) = reader.text_at(table, "after")
        {
            said.push(Place::After(id, span));
        }
        if said.len() > 1 {
            let message = format!("{} stands in one place only", self.list.what);
            reader.error(table.span.clone(), message, "keep one of `before`, `after` and `replaces`");
        }
        said.pop().unwrap_or(Place::Unsaid)
    }

    /// Where the item called `id` is, or what is wrong with the name.
    fn find(&self, reader: &mut Reader<'_>, id: &str, span: Range<usize>) -> Option<usize> {
        let found = self.items.iter().position(|item| id_of(item, self.list) == id);
        if found.is_none() {
            let hint = near_or_all(id, self.items.iter().map(|item| id_of(item, self.list)));
            reader.error(span, format!("there is no {} \"{id}\" in \"{}\"", self.list.noun, self.name), hint);
        }
        found
    }

    /// Lays one item over the list.
    fn one(&mut self, reader: &mut Reader<'_>, id: &str, over: Spanned<DeTable<'i>>, place: Place) {
        let span = over.span();
        let own = self.items.iter().position(|item| id_of(item, self.list) == id);
        let replaced = match &place {
            Place::Instead(of, at) => match self.find(reader, of, at.clone()) {
                None => return,
                Some(_) if own.is_some() && of != id => {
                    let message = format!("\"{}\" has {} \"{id}\" already", self.name, self.list.what);
                    let hint = "give the new one another id, or move the old one with `before` or `after`";
                    return reader.error(at.clone(), message, hint);
                }
                found => found,
            },
            Place::Unsaid | Place::Before(..) | Place::After(..) => None,
        };
        let mut table = match own.filter(|_| replaced.is_none()) {
            Some(at) => match std::mem::replace(self.items[at].get_mut(), DeValue::Boolean(false)) {
                DeValue::Table(table) => table,
                _ => DeTable::new(),
            },
            None => DeTable::new(),
        };
        let held = Held { lists: self.list.inside, what: self.list.what, span: span.clone(), name: self.name };
        lay(reader, &mut table, over.into_inner(), &held);
        let item = Spanned::new(span, DeValue::Table(table));
        if let Some(at) = replaced.or(own.filter(|_| matches!(place, Place::Unsaid))) {
            self.items[at] = item;
            return;
        }
        if let Some(at) = own {
            self.items.remove(at);
        }
        let at = match place {
            Place::Unsaid | Place::Instead(..) => Some(self.items.len()),
            Place::Before(other, span) => self.find(reader, &other, span),
            Place::After(other, span) => self.find(reader, &other, span).map(|mut at| {
                let is_behind = |item: Option<&Spanned<DeValue<'i>>>| {
                    item.is_some_and(|item| self.behind.get(id_of(item, self.list)) == Some(&other))
                };
                at += 1;
                while is_behind(self.items.get(at)) {
                    at += 1;
                }
                self.behind.insert(id.to_owned(), other);
                at
            }),
        };
        if let Some(at) = at {
            self.items.insert(at, item);
        }
    }
}
