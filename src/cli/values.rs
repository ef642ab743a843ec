//! Values for placeholders: from `--set`, from files, and from a person at a terminal.

use std::path::Path;

use crate::domain::nearest::near_or_all;
use crate::domain::placeholder::{self, Fault, Placeholder, PlaceholderKind, Value, Values};
use crate::domain::strategy::Strategy;
use crate::workflow::start;

use super::complete;
use super::context::Context;
use super::dialogue::{Dialogue, Interruption};
use super::error::{CliError, Result};
use super::input;
use super::output::one_line;
use super::questions::{self, Asked, Given};

/// Where values come from. `--set` wins over `--values`, later over earlier.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ValueArgs {
    /// A value for a placeholder; `k=@FILE` reads it from a file, `k=@-` from standard input
    #[arg(long = "set", value_name = "K=V", add = complete::values())]
    set: Vec<String>,
    /// Values in TOML or JSON; `-` for standard input
    #[arg(long, value_name = "FILE|-")]
    values: Vec<String>,
}

impl ValueArgs {
    /// The same as `--set` with each of these pairs.
    pub fn of(pairs: &[String]) -> Self {
        Self { set: pairs.to_vec(), values: Vec::new() }
    }

    /// The values that were given, read by the kinds of their placeholders, and beside them every
    /// name that is unknown and every value that is none of its kind.
    ///
    /// # Errors
    /// Where a file cannot be read, or an option is none.
    pub fn read(&self, strategy: &Strategy) -> Result<(Values, Vec<Fault>)> {
        let mut values = Values::new();
        let mut faults = Vec::new();
        for file in &self.values {
            for (name, given) in file_values(file)? {
                take(strategy, &name, &given, &mut values, &mut faults);
            }
        }
        for pair in &self.set {
            let (name, text) = pair
                .split_once('=')
                .ok_or_else(|| CliError::usage(format!("`{pair}` has no `=`"), "write name=value, or name=@FILE"))?;
            let text = if text == "-" { text.to_owned() } else { input::text(text)? };
            take(strategy, name.trim(), &serde_json::Value::String(text), &mut values, &mut faults);
        }
        Ok((values, faults))
    }
}

/// The values of a file as JSON, whichever of the two it is written in.
fn file_values(file: &str) -> Result<serde_json::Map<String, serde_json::Value>> {
    let (name, text) = match file {
        "-" => ("standard input", input::stdin()?),
        path => (path, input::file(Path::new(path))?),
    };
    let wrong = |what: &str, why: String| {
        CliError::invalid(
            format!("{name} is no {what}: {why}"),
            "write one `name = \"value\"` a line (TOML), or a JSON object",
        )
    };
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(&text).map_err(|error| wrong("JSON object", error.to_string()));
    }
    toml::from_str(&text).map_err(|error| {
        let at = error.span().map(|span| crate::domain::problem::position(&text, span.start));
        let at = at.map(|at| format!("line {}, column {}: ", at.line, at.column)).unwrap_or_default();
        wrong("TOML", format!("{at}{}", error.message()))
    })
}

/// Puts one given value among the others, or says what is wrong with it.
fn take(strategy: &Strategy, name: &str, given: &serde_json::Value, values: &mut Values, faults: &mut Vec<Fault>) {
    let fault = |label: &str, message: String| Fault { name: name.into(), label: label.into(), message };
    let Some(placeholder) = strategy.placeholder(name) else {
        let names = strategy.placeholders.iter().map(|placeholder| placeholder.name.as_str());
        let near = match names.len() {
            0 => "this strategy asks for nothing".into(),
            _ => near_or_all(name, names),
        };
        faults.push(fault("", format!("no such placeholder; {near}")));
        return;
    };
    match value(placeholder, given) {
        Ok(Some(value)) => {
            values.insert(name.into(), value);
        }
        Ok(None) => {
            values.remove(name);
        }
        Err(message) => faults.push(fault(&placeholder.label, message)),
    }
}

/// A value as its placeholder takes it. Null takes back what an earlier file gave.
fn value(placeholder: &Placeholder, given: &serde_json::Value) -> Result<Option<Value>, String> {
    use serde_json::Value as Json;
    let text = match given {
        Json::Null => return Ok(None),
        Json::String(text) => text.clone(),
        Json::Bool(flag) if placeholder.kind == PlaceholderKind::Flag => return Ok(Some(Value::Flag(*flag))),
        Json::Bool(flag) => flag.to_string(),
        Json::Number(number) => number.to_string(),
        Json::Array(items) => {
            let text = |item: &Json| match item {
                Json::String(text) => Ok(text.clone()),
                Json::Number(number) => Ok(number.to_string()),
                Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => {
                    Err("wants a list of texts".to_owned())
                }
            };
            let items: Vec<String> = items.iter().map(text).collect::<Result<_, _>>()?;
            if placeholder.kind == PlaceholderKind::List {
                return Ok(Some(Value::List(items)));
            }
            return Err(format!("wants {}, not a list", placeholder.kind.wants()));
        }
        Json::Object(_) => return Err(format!("wants {}, not a table", placeholder.kind.wants())),
    };
    if text.is_empty() { Ok(None) } else { placeholder.read(&text).map(Some) }
}

/// Every value checked; what is missing is asked for, one by one, where a person is there.
///
/// # Errors
/// All that is missing or wrong, where nobody can be asked, or where something given was wrong
/// already.
pub fn complete(ctx: &mut Context, strategy: &Strategy, given: &ValueArgs) -> Result<Values> {
    beside(ctx, strategy, Values::new(), given)
}

/// The same, where some values are there already; what is given wins over them.
pub fn beside(ctx: &mut Context, strategy: &Strategy, there: Values, given: &ValueArgs) -> Result<Values> {
    let (read, unread) = given.read(strategy)?;
    let mut values = there;
    values.extend(read);
    let is_readable = unread.is_empty();
    let faults = start::faults(strategy, &values, unread);
    if faults.is_empty() {
        return Ok(values);
    }
    if !(is_readable && ctx.may_ask()) {
        return Err(CliError::faults(faults));
    }
    ask(&mut Dialogue::new(ctx), strategy, values)
}

/// Asks for all that is missing or wrong, question by question; `b` goes back to the one before.
fn ask(dialogue: &mut Dialogue<'_>, strategy: &Strategy, mut values: Values) -> Result<Values> {
    let mut answered: Vec<(String, Option<Value>)> = Vec::new();
    loop {
        let faults = placeholder::faults(strategy, &values);
        let Some(first) = faults.first() else { return Ok(values) };
        let Some(placeholder) = strategy.placeholder(&first.name) else { return Err(CliError::faults(faults)) };
        let given = values.contains_key(&first.name);
        if given {
            dialogue.ctx.out.tell(&format!("{}: {}.", one_line(&first.label), first.message))?;
        }
        let asked = Asked {
            placeholder,
            place: (answered.len() + 1, answered.len() + faults.len()),
            answer: None,
            default: placeholder::default_of(placeholder, strategy, &values).filter(|_| !given),
            before: &[],
        };
        match questions::ask(dialogue, &asked, &mut |_, _| {}) {
            Ok(Given::Value(value)) => {
                let before = values.insert(first.name.clone(), value);
                answered.push((first.name.clone(), before));
            }
            // What was wrong is left out; what is missing cannot be.
            Ok(Given::Same | Given::Taken) if values.remove(&first.name).is_some() => {}
            Ok(Given::Same | Given::Taken) => return Err(CliError::faults(faults)),
            Err(Interruption::Back) => match answered.pop() {
                None => dialogue.ctx.out.tell("This is the first question; q leaves.")?,
                Some((name, before)) => {
                    match before {
                        Some(before) => values.insert(name, before),
                        None => values.remove(&name),
                    };
                }
            },
            Err(Interruption::Leave) => return Err(CliError::faults(faults)),
            Err(Interruption::Signal(signal)) => return Err(CliError::told(signal)),
            Err(Interruption::Failed(error)) => return Err(error),
        }
    }
}
