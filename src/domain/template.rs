//! Templates: Jinja by `minijinja`, with limits, so that a hostile one ends in an error.
//!
//! Values are never expanded again: they are data to the engine, and what they contain comes out
//! as those very characters.

use std::ops::Range;

use minijinja::value::{Value as Jinja, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Output, OutputSpanKind};

use super::placeholder::{PlaceholderKind, Value, Values};
use super::strategy::Strategy;
use super::template_limits;

/// Fuel for one template. The engine takes one for every instruction and one for every 64 bytes that
/// it writes or makes on the way, before it makes them: 32 MiB in all, so that a pasted log still
/// fits and a hostile template stays below 100 MB. The longest built-in prompt needs under 200.
const FUEL: u64 = 512 * 1024;

/// Most items of a list that are written out: a list may be made lazily, far longer than what the
/// engine has counted.
const MAX_ITEMS: usize = 100_000;

/// Stands for a value not given yet, until the preview has learned which.
const UNFILLED: &str = "\u{fffc}";

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// One line.
    pub message: String,
    /// Bytes of the template, where known.
    pub range: Option<Range<usize>>,
}

impl From<Error> for TemplateError {
    fn from(error: Error) -> Self {
        let message = match (error.kind(), error.detail()) {
            (ErrorKind::OutOfFuel, _) => "the template runs too long".to_owned(),
            (kind, Some(detail)) => format!("{kind}: {detail}"),
            (kind, None) => kind.to_string(),
        };
        Self { message, range: error.range() }
    }
}

impl std::fmt::Display for TemplateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

/// A stretch of a rendered template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What is shown.
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a stretch of a rendered template comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The template's own words.
    Template,
    /// A value of the placeholder so named, or an expression over several.
    Inserted(String),
    /// A placeholder that has no value yet; the text is its label.
    Unfilled(String),
}

/// A template with its values put in. White space at the template's own end is dropped.
///
/// # Errors
/// Where the template is wrong or runs past its limits.
pub fn render(template: &str, strategy: &Strategy, values: &Values) -> Result<String, TemplateError> {
    if !template.contains("{{") && !template.contains("{%") && !template.contains("{#") {
        return Ok(template.trim_end().to_owned());
    }
    template_limits::check(template.trim_end())?;
    let environment = environment("");
    let compiled = environment.template_from_str(template.trim_end())?;
    Ok(compiled.render(context(strategy, values, true))?)
}

/// A template with its values put in and marked, and slots without a value marked as such.
///
/// # Errors
/// Where the template is wrong or runs past its limits.
pub fn preview(template: &str, strategy: &Strategy, values: &Values) -> Result<Vec<Piece>, TemplateError> {
    template_limits::check(template.trim_end())?;
    let environment = environment(UNFILLED);
    let compiled = environment.template_from_str(template.trim_end())?;
    let (output, spans) = compiled.render_with_spans(context(strategy, values, false))?;
    let mut pieces: Vec<Piece> = Vec::new();
    for span in spans {
        let text = &output[span.output_range()];
        let (text, origin) = match span.kind() {
            OutputSpanKind::Raw => (text.to_owned(), Origin::Template),
            _ => {
                let name = placeholder_in(&compiled.source()[span.source_range()], strategy);
                if text == UNFILLED && strategy.placeholder(&name).is_some() && !values.contains_key(&name) {
                    let label = strategy.placeholder(&name).map_or(name.clone(), |found| found.label.clone());
                    (label, Origin::Unfilled(name))
                } else if text == UNFILLED && !values.values().any(holds_mark) {
                    // Nothing by any other name, such as an item past the end of a list: so it is in the prompt.
                    (String::new(), Origin::Inserted(name))
                } else {
                    (text.to_owned(), Origin::Inserted(name))
                }
            }
        };
        match pieces.last_mut() {
            Some(last) if last.origin == origin && origin == Origin::Template => last.text.push_str(&text),
            _ => pieces.push(Piece { text, origin }),
        }
    }
    Ok(pieces)
}

/// Whether the mark of what is unfilled stands in a value of its own accord.
fn holds_mark(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.contains(UNFILLED),
        Value::List(items) => items.iter().any(|item| item.contains(UNFILLED)),
        Value::Number(_) | Value::Flag(_) => false,
    }
}

/// Whether an expression over the values holds.
///
/// # Errors
/// Where the expression is wrong or runs past its limits.
pub fn holds(expression: &str, strategy: &Strategy, values: &Values) -> Result<bool, TemplateError> {
    template_limits::check_expression(expression)?;
    let environment = environment("");
    let compiled = environment.compile_expression(expression)?;
    Ok(compiled.eval(context(strategy, values, true))?.is_true())
}

/// The names a template uses, each with the bytes where it first stands.
pub fn names(template: &str) -> Result<Vec<(String, Range<usize>)>, TemplateError> {
    template_limits::check(template)?;
    let environment = environment("");
    let compiled = environment.template_from_str(template)?;
    let globals: Vec<&str> = environment.globals().map(|(name, _)| name).collect();
    let used = compiled.undeclared_variables(false).into_iter();
    let mut found: Vec<(String, Range<usize>)> = used
        .filter(|name| !globals.contains(&name.as_str()))
        .map(|name| {
            let at = find_name(template, &name);
            (name, at)
        })
        .collect();
    found.sort_by_key(|(_, range)| range.start);
    Ok(found)
}

/// The names an expression uses.
pub fn names_in_expression(expression: &str) -> Result<Vec<String>, TemplateError> {
    template_limits::check_expression(expression)?;
    let environment = environment("");
    let mut names: Vec<String> =
        environment.compile_expression(expression)?.undeclared_variables(false).into_iter().collect();
    names.sort();
    Ok(names)
}

/// The engine within its limits; what is undefined reads as `undefined`.
fn environment<'source>(undefined: &'static str) -> Environment<'source> {
    let mut environment = Environment::new();
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.set_formatter(move |out, _state, value| insert(out, value, undefined));
    for name in template_limits::REMOVED_FUNCTIONS {
        environment.remove_global(name);
    }
    for name in template_limits::REMOVED_FILTERS {
        environment.remove_filter(name);
    }
    environment
}

/// Writes a value as people read it: a list with commas. The engine counts what is written.
fn insert(out: &mut Output, value: &Jinja, undefined: &str) -> Result<(), Error> {
    match value.kind() {
        ValueKind::Undefined => out.write_str(undefined)?,
        ValueKind::Seq | ValueKind::Iterable => {
            let mut items = Vec::new();
            for item in value.try_iter()?.take(MAX_ITEMS + 1) {
                items.push(item.to_string());
            }
            if items.len() > MAX_ITEMS {
                return Err(Error::new(ErrorKind::InvalidOperation, "a list is too long to be written out"));
            }
            out.write_str(&items.join(", "))?;
        }
        _ => write!(out, "{value}")?,
    }
    Ok(())
}

/// The values as the engine takes them. With `complete`, what has no value is an empty text, so
/// that nothing is undefined; without, it stays undefined, so that a preview can mark it.
fn context(strategy: &Strategy, values: &Values, complete: bool) -> Jinja {
    let pairs = strategy.placeholders.iter().filter_map(|placeholder| {
        let value = match values.get(&placeholder.name) {
            Some(Value::Flag(flag)) => Jinja::from(*flag),
            Some(Value::Number(n)) if n.fract() == 0.0 && n.abs() < 9e15 => Jinja::from(*n as i64),
            Some(Value::Number(number)) => Jinja::from(*number),
            Some(Value::Text(text)) => Jinja::from(text.as_str()),
            Some(Value::List(items)) => items.iter().map(String::as_str).collect(),
            None if !complete => return None,
            None if placeholder.kind == PlaceholderKind::List => Jinja::from(Vec::<Jinja>::new()),
            None if placeholder.kind == PlaceholderKind::Flag => Jinja::from(false),
            None => Jinja::from(""),
        };
        Some((placeholder.name.clone(), value))
    });
    Jinja::from_pairs(pairs)
}

/// The declared placeholder that an expression is about: its first name that is one.
fn placeholder_in(expression: &str, strategy: &Strategy) -> String {
    let words = expression.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    let mut names = words.filter(|word| strategy.placeholder(word).is_some());
    names.next().unwrap_or(expression.trim()).to_owned()
}

/// Where `name` first stands as a word inside `{{ }}` or `{% %}` of `text`, which may be a template
/// or the raw TOML around one; the whole text where it does not.
pub fn find_name(text: &str, name: &str) -> Range<usize> {
    let mut at = 0;
    while let Some(open) = text[at..].find("{{").into_iter().chain(text[at..].find("{%")).min().map(|found| found + at)
    {
        let close = if text[open..].starts_with("{{") { "}}" } else { "%}" };
        let end = text[open + 2..].find(close).map_or(text.len(), |found| found + open + 2);
        if let Some(found) = find_word(&text[open + 2..end], name) {
            let start = open + 2 + found;
            return start..start + name.len();
        }
        at = (end + 2).min(text.len());
    }
    0..text.len()
}

fn find_word(text: &str, word: &str) -> Option<usize> {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).map(|(at, _)| at).find(|&at| {
        !text[..at].chars().next_back().is_some_and(part) && !text[at + word.len()..].chars().next().is_some_and(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::strategy_file;

    #[test]
    fn a_value_is_put_in_once_and_never_expanded() {
        let text = "schema = 1\nid = \"a\"\ntitle = \"A\"\n[[placeholders]]\nname = \"topic\"\n[[turns]]\nid = \"t\"\nprompt = \"x\"\n";
        let strategy = strategy_file::read(text, None).strategy.unwrap();
        let values = Values::from([("topic".to_owned(), Value::Text("{{ topic }} {% if %}".into()))]);
        assert_eq!(render("On {{ topic }}.", &strategy, &values).unwrap(), "On {{ topic }} {% if %}.");
        assert_eq!(render("On {{ topic }}.", &strategy, &Values::new()).unwrap(), "On .");
    }
}
