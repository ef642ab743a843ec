//! The questions that a strategy asks: one a placeholder, numbered, each in one line, its answer checked at once.

use crate::domain::placeholder::{Placeholder, PlaceholderKind, Value};

use super::dialogue::{Answer, Dialogue, Keep, Menu, MenuMatch, Question, Wanted, misunderstood, sentence};
use super::output::one_line;

/// A question with what is known about its answer.
pub struct Asked<'a> {
    pub placeholder: &'a Placeholder,
    /// Which question it is, from 1, and how many there are.
    pub place: (usize, usize),
    pub answer: Option<Value>,
    /// What is taken where nothing is answered.
    pub default: Option<Value>,
    /// Answers that were given in other plans, newest first.
    pub before: &'a [String],
}

#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    Value(Value),
    /// What is there already stays: the answer before, or the default.
    Same,
    /// No answer any more: the default, or none.
    Taken,
}

/// What takes an answer away.
const NOTHING: &str = "-";

/// Asks until the answer is one. Text that is half typed goes to `keep`.
pub fn ask(dialogue: &mut Dialogue<'_>, asked: &Asked<'_>, keep: Keep<'_>) -> Answer<Given> {
    let placeholder = asked.placeholder;
    if !placeholder.help.trim().is_empty() {
        dialogue.say(&sentence(&one_line(&placeholder.help)))?;
    }
    let choices = Menu::of(placeholder.choices.iter().map(|choice| (one_line(choice), choice.clone())));
    if placeholder.kind == PlaceholderKind::Choice {
        dialogue.list(&choices)?;
    }
    let question = question(asked);
    // A text that is not right yet is there to go on with.
    let mut before = asked.answer.as_ref().map(Value::as_input).unwrap_or_default();
    loop {
        let typed = if is_text(placeholder.kind) {
            let wanted = Wanted { question: question.clone(), before: before.clone(), suffix: ".md" };
            dialogue.text(&wanted, keep)?
        } else {
            dialogue.line(&question)?
        };
        let typed = match typed.trim().strip_prefix('=').and_then(|number| number.trim().parse::<usize>().ok()) {
            Some(number) if (1..=asked.before.len()).contains(&number) => asked.before[number - 1].clone(),
            _ => typed,
        };
        if typed.trim().is_empty() && (asked.answer.is_some() || !is_needed(asked)) {
            return Ok(Given::Same);
        }
        if typed.trim() == NOTHING && asked.answer.is_some() && !is_needed(asked) {
            return Ok(Given::Taken);
        }
        let typed = match (placeholder.kind, choices.find(&typed)) {
            (PlaceholderKind::Choice, MenuMatch::One(choice)) => choice.clone(),
            (PlaceholderKind::Choice, _) if typed.trim().is_empty() => typed,
            (PlaceholderKind::Choice, found) => {
                dialogue.say(&misunderstood(&typed, &found, choices.len()))?;
                continue;
            }
            (_, _) => typed,
        };
        let fault = match placeholder.read(&typed) {
            Ok(value) => match placeholder.fault(Some(&value)) {
                None => return Ok(Given::Value(value)),
                Some(fault) => fault,
            },
            Err(fault) => fault,
        };
        keep(dialogue.ctx, &typed);
        before = typed;
        let label = one_line(&placeholder.label);
        dialogue.say(&format!("That is no answer: {}", sentence(&format!("{label}: {fault}"))))?;
    }
}

/// Whether nothing stands in for an answer.
fn is_needed(asked: &Asked<'_>) -> bool {
    asked.placeholder.required && asked.default.is_none()
}

/// Whether its answer may have several lines.
fn is_text(kind: PlaceholderKind) -> bool {
    match kind {
        PlaceholderKind::Multiline | PlaceholderKind::List => true,
        PlaceholderKind::Text
        | PlaceholderKind::Number
        | PlaceholderKind::Choice
        | PlaceholderKind::Flag
        | PlaceholderKind::Path
        | PlaceholderKind::Url => false,
    }
}

/// The question in one line, and what `?` says of it.
fn question(asked: &Asked<'_>) -> Question {
    let placeholder = asked.placeholder;
    let (number, of) = asked.place;
    let mut parts = vec![format!("Question {number} of {of}: {}", one_line(&placeholder.label))];
    match placeholder.kind {
        PlaceholderKind::Multiline => parts.push("several lines, a dot alone ends them".into()),
        PlaceholderKind::List => parts.push("one item a line, a dot alone ends the list".into()),
        PlaceholderKind::Choice => parts.push(format!("1 to {}", placeholder.choices.len())),
        PlaceholderKind::Flag => parts.push("yes or no".into()),
        PlaceholderKind::Number => parts.push("a number".into()),
        PlaceholderKind::Url => parts.push("an address".into()),
        PlaceholderKind::Path => parts.push("a file or folder".into()),
        PlaceholderKind::Text => {}
    }
    parts.push(match (&asked.answer, &asked.default) {
        (Some(_), _) if is_text(placeholder.kind) => "answered".into(),
        (Some(answer), _) => format!("Enter keeps {}", one_line(&answer.to_string())),
        (None, Some(default)) => format!("Enter for {}", one_line(&default.to_string())),
        (None, None) if placeholder.required => "required".into(),
        (None, None) => "Enter leaves it out".into(),
    });
    let mut question = Question::new(format!("{}: ", parts.join(", ")));
    if !placeholder.help.trim().is_empty() {
        question = question.about(sentence(&one_line(&placeholder.help)));
    }
    if !placeholder.example.trim().is_empty() {
        question = question.about(format!("For example: {}", one_line(&placeholder.example)));
    }
    question = question.about(format!("It takes {}.", limits(placeholder)));
    for (at, choice) in placeholder.choices.iter().enumerate() {
        question = question.about(format!("{}. {}", at + 1, one_line(choice)));
    }
    for (at, before) in asked.before.iter().enumerate() {
        question = question.about(format!("Answered before, ={} takes it: {}", at + 1, one_line(before)));
    }
    if asked.answer.is_some() && !is_needed(asked) {
        question = question.about("A hyphen alone takes the answer away.");
    }
    question
}

/// What a placeholder takes, with its bounds: `text, at least 3 characters`.
fn limits(placeholder: &Placeholder) -> String {
    let mut parts = vec![placeholder.kind.wants().to_owned()];
    let unit = match placeholder.kind {
        PlaceholderKind::Number => "",
        PlaceholderKind::List => " items",
        PlaceholderKind::Text
        | PlaceholderKind::Multiline
        | PlaceholderKind::Choice
        | PlaceholderKind::Flag
        | PlaceholderKind::Path
        | PlaceholderKind::Url => " characters",
    };
    parts.extend(placeholder.min.map(|min| format!("at least {min}{unit}")));
    parts.extend(placeholder.max.map(|max| format!("at most {max}{unit}")));
    parts.extend(placeholder.pattern.as_ref().map(|pattern| format!("as the pattern {} says", one_line(pattern))));
    parts.join(", ")
}
