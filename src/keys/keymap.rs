//! Finds the action of the keys pressed, with the user's changes to the table.

use std::ops::Range;

use crate::domain::nearest::near_or_all;
use crate::domain::problem::Problem;
use crate::domain::settings::KeySetting;

use super::chord::Chord;
use super::table::{Action, Context, TABLE};

/// The key table in force.
#[derive(Debug, Clone)]
pub struct Keymap {
    lines: Vec<Line>,
}

#[derive(Debug, Clone)]
struct Line {
    action: Action,
    context: Context,
    chords: Vec<Vec<Chord>>,
}

/// What the keys pressed so far mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyMatch {
    Action(Action),
    /// The beginning of longer ones.
    Prefix,
    Nothing,
}

impl Default for Keymap {
    fn default() -> Self {
        let chords = |keys: &[&str]| keys.iter().filter_map(|key| sequence(key).ok()).collect();
        let line = |binding: &super::Binding| Line {
            action: binding.action,
            context: binding.context,
            chords: chords(binding.keys),
        };
        Self { lines: TABLE.iter().map(line).collect() }
    }
}

impl Keymap {
    /// The table with the user's changes, and what is wrong with these. A key taken for one action
    /// of a context is taken away from the others of that context.
    pub fn with(settings: &[KeySetting]) -> (Self, Vec<Problem>) {
        let mut map = Self::default();
        let mut problems = Vec::new();
        for setting in settings {
            map.change(setting, &mut problems);
        }
        (map, problems)
    }

    fn change(&mut self, setting: &KeySetting, problems: &mut Vec<Problem>) {
        let Some(context) = Context::ALL.iter().find(|context| context.name() == setting.context) else {
            let names: Vec<&str> = Context::ALL.iter().map(|context| context.name()).collect();
            problems.push(unknown("key context", &setting.context, &names, setting.span.clone()));
            return;
        };
        let Some(at) = TABLE.iter().position(|line| line.context == *context && line.name == setting.action) else {
            let lines = TABLE.iter().filter(|line| line.context == *context);
            let names: Vec<&str> = lines.map(|line| line.name).collect();
            problems.push(unknown("key action", &setting.action, &names, setting.span.clone()));
            return;
        };
        let mut chords = Vec::new();
        for (key, span) in &setting.keys {
            match sequence(key) {
                Ok(chord) => chords.push(chord),
                Err(message) => problems.push(Problem::error(span.clone(), message, "see the help topic on keys")),
            }
        }
        if chords.is_empty() && !setting.keys.is_empty() {
            return;
        }
        for line in self.lines.iter_mut().filter(|line| line.context == *context) {
            line.chords.retain(|chord| !chords.contains(chord));
        }
        self.lines[at].chords = chords;
    }

    /// What `pressed` means where `contexts` apply, the first one first.
    pub fn find(&self, contexts: &[Context], pressed: &[Chord]) -> KeyMatch {
        let mut prefix = false;
        for context in contexts {
            for line in self.lines.iter().filter(|line| line.context == *context) {
                if line.chords.iter().any(|chords| chords == pressed) {
                    return KeyMatch::Action(line.action);
                }
                prefix |= line.chords.iter().any(|chords| chords.starts_with(pressed));
            }
        }
        if prefix { KeyMatch::Prefix } else { KeyMatch::Nothing }
    }

    /// The actions that go on from `pressed`, each with the key that is left to press.
    pub fn continuations(&self, contexts: &[Context], pressed: &[Chord]) -> Vec<(String, Action)> {
        let lines = self.lines.iter().filter(|line| contexts.contains(&line.context));
        let mut found = Vec::new();
        for line in lines {
            for chords in
                line.chords.iter().filter(|chords| chords.len() > pressed.len() && chords.starts_with(pressed))
            {
                found.push((spell(&chords[pressed.len()..]), line.action));
            }
        }
        found
    }

    /// The first key of an action, as it is written; nothing where it has none.
    pub fn key(&self, action: Action) -> Option<String> {
        self.lines[action as usize].chords.first().map(|chords| spell(chords))
    }

    /// All keys of an action, as they are written.
    pub fn keys(&self, action: Action) -> Vec<String> {
        self.lines[action as usize].chords.iter().map(|chords| spell(chords)).collect()
    }
}

fn sequence(text: &str) -> Result<Vec<Chord>, String> {
    let chords = text.split_whitespace().map(Chord::parse).collect::<Result<Vec<_>, _>>()?;
    if chords.is_empty() { Chord::parse(text).map(|chord| vec![chord]) } else { Ok(chords) }
}

fn spell(chords: &[Chord]) -> String {
    let spelled: Vec<String> = chords.iter().map(ToString::to_string).collect();
    // `gg` reads better than `g g`; only single characters run together.
    let joint = if spelled.iter().all(|key| key.chars().count() == 1) { "" } else { " " };
    spelled.join(joint)
}

fn unknown(what: &str, name: &str, known: &[&str], span: Range<usize>) -> Problem {
    let hint = near_or_all(name, known.iter().copied());
    Problem::error(span, format!("there is no {what} `{name}`"), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROWSER: &[Context] = &[Context::Browser, Context::Move, Context::Global];

    fn chords(text: &str) -> Vec<Chord> {
        sequence(text).unwrap()
    }

    #[test]
    fn no_two_actions_of_a_context_share_a_key_and_none_hides_a_longer_one() {
        for context in Context::ALL {
            let lines: Vec<_> = TABLE.iter().filter(|line| line.context == *context).collect();
            let all: Vec<(Vec<Chord>, &str)> =
                lines.iter().flat_map(|line| line.keys.iter().map(|key| (chords(key), line.name))).collect();
            for (at, (chord, name)) in all.iter().enumerate() {
                for (other, other_name) in &all[at + 1..] {
                    assert!(!other.starts_with(chord) && !chord.starts_with(other), "{name} and {other_name}");
                }
            }
        }
    }

    #[test]
    fn a_prefix_waits_for_its_continuation() {
        let map = Keymap::default();
        assert_eq!(map.find(BROWSER, &chords("g")), KeyMatch::Prefix);
        assert_eq!(map.find(BROWSER, &chords("g p")), KeyMatch::Action(Action::GoPlans));
        assert_eq!(map.find(BROWSER, &chords("g x")), KeyMatch::Nothing);
        let next: Vec<String> = map.continuations(BROWSER, &chords("g")).into_iter().map(|(key, _)| key).collect();
        assert_eq!(next, ["g", "b", "p", "w", "t", "h"]);
    }

    #[test]
    fn a_user_may_move_a_key_and_hears_of_mistakes() {
        let setting = |context: &str, action: &str, key: &str| KeySetting {
            context: context.into(),
            action: action.into(),
            keys: vec![(key.into(), 4..5)],
            span: 0..9,
        };
        let (map, problems) = Keymap::with(&[
            setting("workspace", "done", "t"),
            setting("workspace", "dine", "t"),
            setting("kitchen", "done", "t"),
            setting("global", "quit", "hyper-q"),
        ]);
        let workspace = [Context::Workspace];
        assert_eq!(map.find(&workspace, &chords("t")), KeyMatch::Action(Action::Done));
        assert_eq!(map.key(Action::Timer), None);
        assert_eq!(map.key(Action::Quit).as_deref(), Some("q"));
        let hints: Vec<&str> = problems.iter().map(|problem| problem.hint.as_str()).collect();
        assert_eq!(hints[0], "did you mean `done`?");
        assert_eq!(problems.len(), 3);
        assert_eq!(problems[2].span, 4..5);
    }
}
