//! Prompts as they read: of a strategy with values, for every turn.

use super::placeholder::{self, Values};
use super::strategy::{Strategy, TurnSpec};
use super::template::{self, Piece, TemplateError};

/// The prompt of one turn of a strategy, with the given values and the defaults.
pub fn render(strategy: &Strategy, turn: &TurnSpec, given: &Values) -> Result<String, TemplateError> {
    template::render(&turn.prompt, strategy, &placeholder::effective(strategy, given))
}

/// The prompt of one turn with inserted text and unfilled slots marked.
pub fn preview(strategy: &Strategy, turn: &TurnSpec, given: &Values) -> Result<Vec<Piece>, TemplateError> {
    template::preview(&turn.prompt, strategy, &placeholder::effective(strategy, given))
}

/// The turns, by index over all sessions, whose prompts use the placeholder called `name`.
pub fn used_in(strategy: &Strategy, name: &str) -> Vec<usize> {
    let uses =
        |turn: &TurnSpec| template::names(&turn.prompt).is_ok_and(|names| names.iter().any(|(used, _)| used == name));
    strategy.turns().enumerate().filter(|(_, turn)| uses(turn)).map(|(index, _)| index).collect()
}

/// A rough count of tokens: one per four characters, the rule of thumb that model vendors give for
/// English.
pub fn tokens(text: &str) -> usize {
    text.chars().count().div_ceil(4)
}
