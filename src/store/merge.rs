//! A change of a plan, written into the text on disk: the leaves that changed, and nothing else.
//!
//! `old` and `new` are the plan before and after, as this version writes them; `base` is what stands
//! in the file, which may be laid out differently and hold keys and comments of other people. Where
//! `old` and `new` agree, `base` stays as it is.

use toml_edit::{
    Array, ArrayOfTables, Decor, DocumentMut, InlineTable, Item, RawString, Table, TableLike, TomlError, Value,
};

/// The text of `base` with the change from `old` to `new` in it.
pub(super) fn merge(base: &str, old: &str, new: &str) -> Result<String, TomlError> {
    let mut document: DocumentMut = base.parse()?;
    let old: DocumentMut = old.parse()?;
    let new: DocumentMut = new.parse()?;
    let root = document.as_table_mut();
    let place = root.position();
    tables(root, place, old.as_table(), new.as_table());
    Ok(document.to_string())
}

/// Whether a change can be merged into this text at all.
pub(super) fn can_merge(base: &str) -> bool {
    base.parse::<DocumentMut>().is_ok()
}

/// `place` is where the header of `base` stands in the document, if it has one.
fn tables(base: &mut dyn TableLike, place: Option<isize>, old: &dyn TableLike, new: &dyn TableLike) {
    for (key, _) in old.iter().filter(|(key, _)| !new.contains_key(key)) {
        remove(base, key);
    }
    // The tables of a new key come after those of the key before it, as in a new file.
    let mut place = place;
    for (key, wanted) in new.iter() {
        match (base.get_mut(key), old.get(key)) {
            (Some(found), Some(before)) => {
                if let Some(changed) = item(found, before, wanted) {
                    replace(base, key, put(changed, place));
                }
            }
            // A key that the file leaves out stands for what `old` says.
            (None, Some(before)) if same(before, wanted) => {}
            (Some(_), None) => replace(base, key, put(wanted.clone(), place)),
            (None, _) => {
                base.insert(key, put(wanted.clone(), place));
            }
        }
        place = base.get(key).and_then(last_place).or(place);
    }
}

/// Where the last header of an item stands.
fn last_place(item: &Item) -> Option<isize> {
    match item {
        Item::Table(table) => table.iter().filter_map(|(_, item)| last_place(item)).chain(table.position()).max(),
        Item::ArrayOfTables(array) => array
            .iter()
            .flat_map(|table| table.iter().filter_map(|(_, item)| last_place(item)).chain(table.position()))
            .max(),
        Item::Value(_) | Item::None => None,
    }
}

/// Brings `base` from `old` to `new` in place, or says what is to stand there instead.
fn item(base: &mut Item, old: &Item, new: &Item) -> Option<Item> {
    let place = base.as_table().and_then(Table::position);
    if let (Some(base), Some(old), Some(new)) = (base.as_table_like_mut(), old.as_table_like(), new.as_table_like()) {
        tables(base, place, old, new);
        return None;
    }
    if same(old, new) {
        return None;
    }
    match (&mut *base, list(old), list(new)) {
        (Item::ArrayOfTables(array), Some(old), Some(new)) if !new.is_empty() && new.iter().all(Element::is_table) => {
            array_of_tables(array, &old, &new);
            None
        }
        (Item::Value(Value::Array(array)), Some(old), Some(new)) if !array.is_empty() && !new.is_empty() => {
            inline_array(array, &old, &new);
            None
        }
        _ => Some(new.clone()),
    }
}

/// Whether two items, both as this version writes them, say the same.
fn same(a: &Item, b: &Item) -> bool {
    if let (Some(a), Some(b)) = (a.as_table_like(), b.as_table_like()) {
        return a.len() == b.len() && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)));
    }
    if let (Some(a), Some(b)) = (list(a), list(b)) {
        return a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a.same(b));
    }
    match (a.as_value(), b.as_value()) {
        (Some(a), Some(b)) => same_scalar(a, b),
        (None, None) => true,
        _ => false,
    }
}

fn same_scalar(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.value() == b.value(),
        (Value::Integer(a), Value::Integer(b)) => a.value() == b.value(),
        (Value::Float(a), Value::Float(b)) => a.value().to_bits() == b.value().to_bits(),
        (Value::Boolean(a), Value::Boolean(b)) => a.value() == b.value(),
        (Value::Datetime(a), Value::Datetime(b)) => a.value() == b.value(),
        _ => false,
    }
}

/// An element of a list, whichever of TOML's two ways the list is written in.
#[derive(Clone, Copy)]
enum Element<'a> {
    Table(&'a Table),
    Value(&'a Value),
}

impl<'a> Element<'a> {
    fn table(self) -> Option<&'a dyn TableLike> {
        match self {
            Self::Table(table) => Some(table),
            Self::Value(value) => value.as_inline_table().map(|table| table as &dyn TableLike),
        }
    }

    fn is_table(&self) -> bool {
        self.table().is_some()
    }

    fn id(self) -> Option<&'a str> {
        self.table()?.get("id")?.as_str()
    }

    fn same(self, other: &Self) -> bool {
        match (self.table(), other.table()) {
            (Some(a), Some(b)) => {
                a.len() == b.len() && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
            }
            _ => match (self, *other) {
                (Self::Value(a), Self::Value(b)) => same(&Item::Value(a.clone()), &Item::Value(b.clone())),
                _ => false,
            },
        }
    }

    /// As an element of an array of tables.
    fn to_table(self) -> Table {
        match self {
            Self::Table(table) => placed(table.clone(), None),
            Self::Value(value) => value.as_inline_table().cloned().map(InlineTable::into_table).unwrap_or_default(),
        }
    }

    /// As an element of an inline array.
    fn to_value(self) -> Value {
        match self {
            Self::Table(table) => Value::InlineTable(table.clone().into_inline_table()),
            Self::Value(value) => value.clone().decorated("", ""),
        }
    }
}

fn list(item: &Item) -> Option<Vec<Element<'_>>> {
    match item {
        Item::ArrayOfTables(array) => Some(array.iter().map(Element::Table).collect()),
        Item::Value(Value::Array(array)) => Some(array.iter().map(Element::Value).collect()),
        _ => None,
    }
}

/// For each element of `new`, the element of `old` it was: by `id` where all have one, else the
/// same from the front, the same from the back, and what is left by its place.
fn origins(old: &[Element<'_>], new: &[Element<'_>]) -> Vec<Option<usize>> {
    let all_named = old.iter().chain(new).all(|element| element.id().is_some());
    if all_named {
        let mut free: Vec<Option<&str>> = old.iter().map(|element| element.id()).collect();
        let mut claim = |id: &str| {
            let at = free.iter().position(|other| *other == Some(id))?;
            free[at] = None;
            Some(at)
        };
        return new.iter().map(|element| element.id().and_then(&mut claim)).collect();
    }
    let front = old.iter().zip(new).take_while(|(a, b)| a.same(b)).count();
    let (old_rest, new_rest) = (&old[front..], &new[front..]);
    let back = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a.same(b)).count();
    let (old_middle, new_middle) = (old_rest.len() - back, new_rest.len() - back);
    let origin = |at: usize| match at {
        at if at < front => Some(at),
        at if at < front + new_middle => (at - front < old_middle).then_some(at),
        at => Some(at + old.len() - new.len()),
    };
    // `at + old.len() - new.len()` cannot fall below zero: `at` is among the last `back` elements.
    (0..new.len()).map(origin).collect()
}

fn array_of_tables(base: &mut ArrayOfTables, old: &[Element<'_>], new: &[Element<'_>]) {
    let origins = origins(old, new);
    if origins.len() == base.len() && origins.iter().enumerate().all(|(at, origin)| *origin == Some(at)) {
        for ((base, old), new) in base.iter_mut().zip(old).zip(new) {
            element_table(base, *old, *new);
        }
        return;
    }
    let moved = !origins.iter().flatten().is_sorted();
    let mut result = ArrayOfTables::new();
    for (origin, new) in origins.iter().zip(new) {
        let kept = origin.and_then(|at| Some((base.get(at)?.clone(), old.get(at)?)));
        let table = match kept {
            Some((mut table, old)) => {
                element_table(&mut table, *old, *new);
                if moved { placed(table, None) } else { table }
            }
            None => new.to_table(),
        };
        result.push(table);
    }
    *base = result;
}

fn element_table(base: &mut Table, old: Element<'_>, new: Element<'_>) {
    if let (Some(old), Some(new)) = (old.table(), new.table()) {
        let place = base.position();
        tables(base, place, old, new);
    }
}

fn inline_array(base: &mut Array, old: &[Element<'_>], new: &[Element<'_>]) {
    let origins = origins(old, new);
    let mut result = base.clone();
    result.clear();
    for (place, (origin, new)) in origins.iter().zip(new).enumerate() {
        let kept = origin.and_then(|at| Some((base.get(at)?.clone(), old.get(at)?)));
        let value = match kept {
            Some((mut value, old)) => {
                match (value.as_inline_table_mut(), old.table(), new.table()) {
                    (Some(base), Some(old), Some(new)) => tables(base, None, old, new),
                    _ if old.same(new) => {}
                    _ => value = with_decor(new.to_value(), value.decor()),
                }
                if (place == 0) != (origin == &Some(0)) {
                    respace(&mut value, place);
                }
                value
            }
            // Laid out like its neighbours.
            None => match base.get(place.min(base.len().saturating_sub(1))) {
                Some(neighbour) => new.to_value().decorated(space(neighbour.decor().prefix(), place), ""),
                None => new.to_value(),
            },
        };
        result.push_formatted(value);
    }
    *base = result;
}

/// The white space of a neighbour's prefix, without its comments.
fn space(prefix: Option<&RawString>, place: usize) -> String {
    let prefix = prefix.and_then(RawString::as_str).unwrap_or_default();
    match prefix.rfind('\n') {
        Some(at) => format!("\n{}", prefix[at + 1..].split('#').next().unwrap_or_default()),
        None if place == 0 => String::new(),
        None => " ".into(),
    }
}

/// In one line, what comes to stand first has no space before it, and what stood first gets one.
fn respace(value: &mut Value, place: usize) {
    let prefix = value.decor().prefix().and_then(RawString::as_str);
    if prefix.is_some_and(|prefix| prefix.trim_matches(' ').is_empty()) {
        value.decor_mut().set_prefix(if place == 0 { "" } else { " " });
    }
}

fn with_decor(mut value: Value, decor: &Decor) -> Value {
    *value.decor_mut() = decor.clone();
    value
}

/// Puts `wanted` at `key`, with the comments that stood around what was there.
fn replace(base: &mut dyn TableLike, key: &str, mut wanted: Item) {
    let before = comments(base.key(key).and_then(|key| key.leaf_decor().prefix()));
    match (base.get(key), &mut wanted) {
        (Some(Item::Value(found)), Item::Value(value)) => *value.decor_mut() = found.decor().clone(),
        // `notes = []` becomes `[[notes]]`: what stood before the line now stands before the header.
        (Some(Item::Value(found)), Item::ArrayOfTables(array)) => {
            let after = comments(found.decor().suffix());
            if let Some(first) = array.iter_mut().next() {
                prefix(first.decor_mut(), &format!("{before}{after}"));
            }
        }
        (Some(Item::Value(found)), Item::Table(table)) => {
            let after = comments(found.decor().suffix());
            prefix(table.decor_mut(), &format!("{before}{after}"));
        }
        (Some(found), Item::Value(value)) => {
            // And back: the comments of the header go to the line.
            let kept = match found {
                Item::Table(table) => comments(table.decor().prefix()),
                Item::ArrayOfTables(array) => array.iter().map(|table| comments(table.decor().prefix())).collect(),
                Item::Value(_) | Item::None => String::new(),
            };
            if !kept.is_empty() {
                value.decor_mut().set_suffix(format!("\n{}", kept.trim_end()));
            }
        }
        _ => {}
    }
    match base.get_mut(key) {
        // In its slot, with the comments before its key.
        Some(slot) if wanted.is_value() => *slot = wanted,
        _ => {
            // At the end of the tree, so that it comes after tables that share its place.
            base.remove(key);
            base.insert(key, wanted);
        }
    }
}

fn prefix(decor: &mut Decor, lines: &str) {
    if !lines.is_empty() {
        let own = decor.prefix().and_then(RawString::as_str).unwrap_or("\n").to_owned();
        decor.set_prefix(format!("{own}{lines}"));
    }
}

/// The comment lines in a decor's text, each with its new line.
fn comments(text: Option<&RawString>) -> String {
    let lines = text.and_then(RawString::as_str).unwrap_or_default().lines().map(str::trim);
    lines.filter(|line| line.starts_with('#')).flat_map(|line| [line, "\n"]).collect()
}

/// Takes `key` out; comments around its line move to the line before or after.
fn remove(base: &mut dyn TableLike, key: &str) {
    let before = comments(base.key(key).and_then(|key| key.leaf_decor().prefix()));
    let after = comments(base.get(key).and_then(Item::as_value).and_then(|value| value.decor().suffix()));
    let kept = format!("{before}{after}");
    if kept.is_empty() || base.get(key).is_none_or(|item| !item.is_value()) {
        base.remove(key);
        return;
    }
    let lines: Vec<String> = base.iter().filter(|(_, item)| item.is_value()).map(|(key, _)| key.to_owned()).collect();
    let at = lines.iter().position(|line| line == key).unwrap_or_default();
    base.remove(key);
    if let Some(mut next) = lines.get(at + 1).and_then(|next| base.key_mut(next)) {
        prefix_raw(next.leaf_decor_mut(), &kept);
        return;
    }
    let last = at.checked_sub(1).and_then(|at| lines.get(at)).and_then(|last| base.get_mut(last));
    if let Some(value) = last.and_then(Item::as_value_mut) {
        let own = value.decor().suffix().and_then(RawString::as_str).unwrap_or_default().to_owned();
        value.decor_mut().set_suffix(format!("{own}\n{}", kept.trim_end()));
    }
}

fn prefix_raw(decor: &mut Decor, lines: &str) {
    let own = decor.prefix().and_then(RawString::as_str).unwrap_or_default().to_owned();
    decor.set_prefix(format!("{lines}{own}"));
}

/// An item of another document, to be written after the header at `place` of this one.
fn put(item: Item, place: Option<isize>) -> Item {
    match item {
        Item::Table(table) => Item::Table(placed(table, place)),
        Item::ArrayOfTables(array) => {
            Item::ArrayOfTables(array.into_iter().map(|table| placed(table, place)).collect())
        }
        Item::Value(_) | Item::None => item,
    }
}

/// Tables remember their place in the document they come from. Those of one place are written in
/// the order of the tree; one without a place is written after the one before it there.
fn placed(mut table: Table, place: Option<isize>) -> Table {
    table.set_position(place);
    for (_, item) in table.iter_mut() {
        *item = put(std::mem::take(item), place);
    }
    table
}
