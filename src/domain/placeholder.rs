//! Placeholders: what a strategy asks for, and the values people give.

use regex::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::strategy::Strategy;
use super::template;
pub use super::value::{Value, Values};
use super::words::words;

/// A value that the user fills in once and that prompts use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Placeholder {
    /// The name that templates use.
    pub name: String,
    /// What the form calls it; the name, where the file has no label.
    #[serde(default)]
    pub label: String,
    /// What values it takes.
    #[serde(default)]
    pub kind: PlaceholderKind,
    /// A sentence on what to write.
    #[serde(default)]
    pub help: String,
    /// A good answer.
    #[serde(default)]
    pub example: String,
    /// Whether a plan needs it; the file's default is true where there is no `default`.
    #[serde(default)]
    pub required: bool,
    /// Used where the user gives nothing; text may use earlier placeholders.
    #[serde(default)]
    pub default: Option<Value>,
    /// The answers of a choice.
    #[serde(default)]
    pub choices: Vec<String>,
    /// Regular expression for the whole value.
    #[serde(default)]
    pub pattern: Option<String>,
    /// Least number, characters or items.
    #[serde(default)]
    pub min: Option<f64>,
    /// Most.
    #[serde(default)]
    pub max: Option<f64>,
    /// Expression over earlier placeholders; where it is false this one is not asked.
    #[serde(default)]
    pub show_if: Option<String>,
}

words! {
    /// What values a placeholder takes.
    PlaceholderKind:
    /// One line.
    #[default] Text = "text",
    /// Several lines.
    Multiline = "multiline",
    /// A number.
    Number = "number",
    /// One of `choices`.
    Choice = "choice",
    /// Yes or no.
    Flag = "flag",
    /// Several lines, each an item.
    List = "list",
    /// A file or folder.
    Path = "path",
    /// An address.
    Url = "url",
}

impl Placeholder {
    /// Reads what a person typed, before any check but that of the kind.
    ///
    /// # Errors
    /// Says what is expected where the text is no value of this kind.
    pub fn read(&self, input: &str) -> Result<Value, String> {
        Ok(match self.kind {
            PlaceholderKind::Number => {
                let number = input.trim().parse::<f64>().ok().filter(|number| number.is_finite());
                Value::Number(number.ok_or_else(|| format!("`{}` is not a number", input.trim()))?)
            }
            PlaceholderKind::Flag => match input.trim().to_lowercase().as_str() {
                "yes" | "y" | "true" | "on" | "1" => Value::Flag(true),
                "no" | "n" | "false" | "off" | "0" => Value::Flag(false),
                other => return Err(format!("`{other}` is neither yes nor no")),
            },
            PlaceholderKind::List => {
                let items = input.lines().map(|line| line.trim().trim_start_matches("- ").trim());
                Value::List(items.filter(|item| !item.is_empty()).map(Into::into).collect())
            }
            PlaceholderKind::Multiline => Value::Text(input.into()),
            PlaceholderKind::Text | PlaceholderKind::Choice | PlaceholderKind::Path | PlaceholderKind::Url => {
                Value::Text(input.trim().into())
            }
        })
    }

    /// What is wrong with `value`, in one sentence; nothing where it is fine.
    pub fn fault(&self, value: Option<&Value>) -> Option<String> {
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return self.required.then(|| match self.min {
                Some(min) if self.measures_length() => format!("required: at least {min} {}", self.unit(min)),
                _ => "required".into(),
            });
        };
        let size = match (self.kind, value) {
            (PlaceholderKind::Number, Value::Number(number)) if number.is_finite() => *number,
            (PlaceholderKind::Flag, Value::Flag(_)) => return None,
            (PlaceholderKind::List, Value::List(items)) => items.len() as f64,
            (PlaceholderKind::Number | PlaceholderKind::Flag | PlaceholderKind::List, _) => {
                return Some(format!("wants {}", self.kind.wants()));
            }
            (PlaceholderKind::Choice, Value::Text(text)) if self.choices.contains(text) => return None,
            (PlaceholderKind::Choice, _) => return Some(format!("choose one of: {}", self.choices.join(", "))),
            (_, Value::Text(text)) => text.chars().count() as f64,
            (_, Value::Flag(_) | Value::Number(_) | Value::List(_)) => {
                return Some(format!("wants {}", self.kind.wants()));
            }
        };
        self.out_of_bounds(size).or_else(|| self.mismatch(value))
    }

    fn out_of_bounds(&self, size: f64) -> Option<String> {
        let has = if self.kind == PlaceholderKind::Number { String::new() } else { format!(" (has {size})") };
        match (self.min, self.max) {
            (Some(min), _) if size < min => Some(format!("needs at least {min}{}{has}", self.spaced_unit(min))),
            (_, Some(max)) if size > max => Some(format!("takes at most {max}{}{has}", self.spaced_unit(max))),
            _ => None,
        }
    }

    fn mismatch(&self, value: &Value) -> Option<String> {
        let Value::Text(text) = value else { return None };
        if self.kind == PlaceholderKind::Url && !is_address(text) {
            return Some("is not an address: write https://host/path or git@host:path".into());
        }
        let pattern = self.pattern.as_deref()?;
        let matches = whole_match(pattern).is_ok_and(|regex| regex.is_match(text));
        (!matches).then(|| format!("does not match the pattern {pattern}"))
    }

    fn measures_length(&self) -> bool {
        matches!(self.kind, PlaceholderKind::Text | PlaceholderKind::Multiline | PlaceholderKind::List)
    }

    fn unit(&self, count: f64) -> &'static str {
        let one = (count - 1.0).abs() < f64::EPSILON;
        match self.kind {
            PlaceholderKind::Number => "",
            PlaceholderKind::List if one => "item",
            PlaceholderKind::List => "items",
            _ if one => "character",
            _ => "characters",
        }
    }

    fn spaced_unit(&self, count: f64) -> String {
        match self.unit(count) {
            "" => String::new(),
            unit => format!(" {unit}"),
        }
    }
}

impl PlaceholderKind {
    /// What a value of this kind is, with its article.
    pub fn wants(self) -> &'static str {
        match self {
            Self::Text | Self::Path => "one line of text",
            Self::Multiline => "text",
            Self::Number => "a number",
            Self::Choice => "one of its choices",
            Self::Flag => "yes or no",
            Self::List => "a list, one item a line",
            Self::Url => "an address",
        }
    }
}

/// Compiles a pattern that is matched against the whole value.
///
/// # Errors
/// The regular expression's own message.
pub fn whole_match(pattern: &str) -> Result<Regex, regex::Error> {
    regex::RegexBuilder::new(&format!(r"\A(?:{pattern})\z")).size_limit(1 << 20).build()
}

/// A web address, or the short form that git takes for a host reached by ssh.
fn is_address(text: &str) -> bool {
    if text.chars().any(char::is_whitespace) {
        return false;
    }
    let web = text.split_once("://").is_some_and(|(scheme, rest)| {
        scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c)) && !scheme.is_empty() && !rest.is_empty()
    });
    let ssh = text.split_once(':').is_some_and(|(host, path)| host.contains('@') && !path.is_empty());
    web || ssh
}

/// The values that prompts see: what was given, else the default, rendered with the answers before
/// it. A placeholder whose `show_if` is false has none.
pub fn effective(strategy: &Strategy, given: &Values) -> Values {
    let mut values = Values::new();
    for placeholder in &strategy.placeholders {
        if !is_shown(placeholder, strategy, &values) {
            continue;
        }
        let given = given.get(&placeholder.name).filter(|value| !value.is_empty()).cloned();
        if let Some(value) = given.or_else(|| default_of(placeholder, strategy, &values)) {
            values.insert(placeholder.name.clone(), value);
        }
    }
    values
}

/// The values that are not what a default makes anyway: what a person chose.
pub fn without_defaults(strategy: &Strategy, values: &Values) -> Values {
    let mut given = values.clone();
    for placeholder in &strategy.placeholders {
        if values.get(&placeholder.name) == default_of(placeholder, strategy, values).as_ref() {
            given.remove(&placeholder.name);
        }
    }
    given
}

/// The placeholders that are asked for, given these answers.
pub fn shown<'s>(strategy: &'s Strategy, values: &Values) -> Vec<&'s Placeholder> {
    strategy.placeholders.iter().filter(|placeholder| is_shown(placeholder, strategy, values)).collect()
}

/// Whether a placeholder is asked for, given the answers before it. An expression that fails asks.
pub fn is_shown(placeholder: &Placeholder, strategy: &Strategy, values: &Values) -> bool {
    let Some(expression) = placeholder.show_if.as_deref() else { return true };
    template::holds(expression, strategy, values).unwrap_or(true)
}

/// The default, rendered with the answers before it.
pub fn default_of(placeholder: &Placeholder, strategy: &Strategy, values: &Values) -> Option<Value> {
    match placeholder.default.as_ref()? {
        Value::Text(text) => match template::render(text, strategy, values) {
            Ok(rendered) => Some(Value::Text(rendered)),
            Err(_) => Some(Value::Text(text.clone())),
        },
        other => Some(other.clone()),
    }
    .filter(|value| !value.is_empty())
}

/// What a plan is called that nobody gave a name: the first line of its first answer, else the strategy's title.
pub fn plan_name(strategy: &Strategy, given: &Values) -> String {
    /// Most characters of such a name.
    const MOST: usize = 48;
    let mut texts = strategy.placeholders.iter().filter_map(|placeholder| match given.get(&placeholder.name) {
        Some(Value::Text(text)) if placeholder.kind != PlaceholderKind::Choice => Some(text.as_str()),
        _ => None,
    });
    let line = texts.find_map(|text| text.lines().find(|line| !line.trim().is_empty()));
    let line = line.map_or(strategy.title.as_str(), str::trim);
    let mut name: String = line.chars().take(MOST).collect();
    if name.len() < line.len() {
        name.truncate(name.rfind(' ').unwrap_or(name.len()));
    }
    name.trim_end_matches([' ', ',', '.', ':', ';']).to_owned()
}

/// A value that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The placeholder's name.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What is wrong.
    pub message: String,
}

/// Everything wrong with `given`, in the form's order; hidden placeholders are not looked at, nor is
/// a default made of an answer that is itself missing or wrong.
pub fn faults(strategy: &Strategy, given: &Values) -> Vec<Fault> {
    let values = effective(strategy, given);
    let mut faults: Vec<Fault> = Vec::new();
    for placeholder in shown(strategy, &values) {
        let is_given = given.get(&placeholder.name).is_some_and(|value| !value.is_empty());
        if !is_given && default_uses(placeholder, |name| faults.iter().any(|fault| fault.name == name)) {
            continue;
        }
        if let Some(message) = placeholder.fault(values.get(&placeholder.name)) {
            let (name, label) = (placeholder.name.clone(), placeholder.label.clone());
            faults.push(Fault { name, label, message });
        }
    }
    faults
}

fn default_uses(placeholder: &Placeholder, wanted: impl Fn(&str) -> bool) -> bool {
    let Some(Value::Text(default)) = &placeholder.default else { return false };
    template::names(default).is_ok_and(|names| names.iter().any(|(name, _)| wanted(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: PlaceholderKind) -> Placeholder {
        Placeholder {
            name: "it".into(),
            label: "It".into(),
            kind,
            help: String::new(),
            example: String::new(),
            required: true,
            default: None,
            choices: vec!["low".into(), "high".into()],
            pattern: None,
            min: None,
            max: None,
            show_if: None,
        }
    }

    fn fault(placeholder: &Placeholder, input: &str) -> Option<String> {
        match placeholder.read(input) {
            Ok(value) => placeholder.fault(Some(&value)),
            Err(message) => Some(message),
        }
    }

    #[test]
    fn each_kind_refuses_what_it_cannot_take() {
        for (kind, good, bad) in [
            (PlaceholderKind::Text, "x", " "),
            (PlaceholderKind::Number, "-1.5", "many"),
            (PlaceholderKind::Number, "0", "NaN"),
            (PlaceholderKind::Choice, "low", "middle"),
            (PlaceholderKind::Flag, "yes", "perhaps"),
            (PlaceholderKind::List, "- a\n- b", "\n\n"),
            (PlaceholderKind::Url, "https://example.org/x", "example"),
            (PlaceholderKind::Url, "git@example.org:x/y.git", "http://"),
        ] {
            assert_eq!(fault(&of(kind), good), None, "{kind} {good}");
            assert!(fault(&of(kind), bad).is_some(), "{kind} {bad}");
        }
    }

    #[test]
    fn bounds_count_what_the_kind_counts() {
        let text = Placeholder { min: Some(20.0), ..of(PlaceholderKind::Multiline) };
        assert_eq!(fault(&text, "It crashes").unwrap(), "needs at least 20 characters (has 10)");
        assert_eq!(text.fault(None).unwrap(), "required: at least 20 characters");
        let number = Placeholder { max: Some(100.0), ..of(PlaceholderKind::Number) };
        assert_eq!(fault(&number, "101").unwrap(), "takes at most 100");
        let list = Placeholder { min: Some(2.0), ..of(PlaceholderKind::List) };
        assert_eq!(fault(&list, "one").unwrap(), "needs at least 2 items (has 1)");
    }

    #[test]
    fn a_pattern_is_matched_against_the_whole_value() {
        let text = Placeholder { pattern: Some("[a-z]+".into()), ..of(PlaceholderKind::Text) };
        assert_eq!(fault(&text, "abc"), None);
        assert!(fault(&text, "abc1").is_some());
    }
}
