//! The situation that a strategy is wanted for: five questions, each of which may stay open.

use crate::domain::strategy::Codebase;
use crate::domain::words::words;

/// What stands for 'not answered', where an answer is written as a word.
pub const ANY: &str = "any";

words! {
    /// One of the five questions; a table `[fit]` of a strategy has a key for each.
    Aspect:
    /// Whether there is code already.
    #[default] Codebase = "codebase",
    /// How much code changes.
    Scope = "scope",
    /// Whether the parts depend on each other.
    Dependencies = "dependencies",
    /// The damage of a wrong approach.
    Risk = "risk",
    /// How hard correctness is to prove.
    Validation = "validation",
}

words! {
    /// How much code changes.
    Scope:
    /// One place.
    #[default] Small = "small",
    /// Several places.
    Medium = "medium",
    /// Many places, or a whole system.
    Large = "large",
}

words! {
    /// Whether the parts of the work depend on each other.
    Dependencies:
    /// Each can be made and merged alone.
    #[default] Independent = "independent",
    /// They build on each other.
    Coupled = "coupled",
}

words! {
    /// The damage of a wrong approach.
    Risk:
    /// Easily taken back.
    #[default] Low = "low",
    /// Costs days.
    Medium = "medium",
    /// Harms users, data or money.
    High = "high",
}

words! {
    /// How hard correctness is to prove.
    Validation:
    /// A test or a look tells.
    #[default] Easy = "easy",
    /// It has to be measured or played through.
    Medium = "medium",
    /// It shows rarely, or only under real load or data.
    Hard = "hard",
}

impl Aspect {
    /// The answers there are, as files and the command line spell them. Where there is an order, the
    /// least comes first.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::Codebase => &["new", "existing"],
            Self::Scope => &["small", "medium", "large"],
            Self::Dependencies => &["independent", "coupled"],
            Self::Risk => &["low", "medium", "high"],
            Self::Validation => &["easy", "medium", "hard"],
        }
    }

    /// The question as a person is asked it.
    pub fn question(self) -> &'static str {
        match self {
            Self::Codebase => "Is there code already?",
            Self::Scope => "How much of the code changes?",
            Self::Dependencies => "Do the parts of the work depend on each other?",
            Self::Risk => "How much damage would a wrong approach do?",
            Self::Validation => "How hard is it to prove that the result is right?",
        }
    }

    /// What the answer at `place` means; for a place beyond them, that the question stays open.
    pub fn meaning(self, place: usize) -> &'static str {
        let meanings: &[&'static str] = match self {
            Self::Codebase => &["nothing is there yet", "code that is changed or examined"],
            Self::Scope => &["one place, some hours", "several places, a day or two", "many places, or a whole system"],
            Self::Dependencies => &["each can be merged alone", "they build on each other"],
            Self::Risk => &["easily taken back", "costs days of work", "harms users, data or money"],
            Self::Validation => {
                &["a test or a look tells", "to be measured or played through", "it shows rarely or only under load"]
            }
        };
        meanings.get(place).copied().unwrap_or("not known, or it does not matter")
    }
}

/// What is known of the work that a strategy is wanted for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Situation {
    /// New or existing code; `Any` where that is open.
    pub codebase: Codebase,
    /// How much code changes.
    pub scope: Option<Scope>,
    /// Whether the parts depend on each other.
    pub dependencies: Option<Dependencies>,
    /// The damage of a wrong approach.
    pub risk: Option<Risk>,
    /// How hard correctness is to prove.
    pub validation: Option<Validation>,
}

impl Situation {
    /// Every situation there is, the open one first.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::default()];
        for aspect in Aspect::ALL {
            let places = 0..aspect.words().len();
            let more = all.iter().flat_map(|situation| {
                places.clone().map(|place| {
                    let mut situation = *situation;
                    situation.answer(*aspect, Some(place));
                    situation
                })
            });
            let more: Vec<Self> = more.collect();
            all.extend(more);
        }
        all
    }

    /// The answer to a question, as files spell it; nothing where it is open.
    pub fn word(self, aspect: Aspect) -> Option<&'static str> {
        match aspect {
            Aspect::Codebase => Some(self.codebase).filter(|code| *code != Codebase::Any).map(Codebase::word),
            Aspect::Scope => self.scope.map(Scope::word),
            Aspect::Dependencies => self.dependencies.map(Dependencies::word),
            Aspect::Risk => self.risk.map(Risk::word),
            Aspect::Validation => self.validation.map(Validation::word),
        }
    }

    /// The answer's place among those there are.
    pub fn place(self, aspect: Aspect) -> Option<usize> {
        let word = self.word(aspect)?;
        aspect.words().iter().position(|other| *other == word)
    }

    /// Answers a question by the place of the answer; without one, or with one that there is not, it
    /// stays open.
    pub fn answer(&mut self, aspect: Aspect, place: Option<usize>) {
        let word = place.and_then(|place| aspect.words().get(place)).copied().unwrap_or(ANY);
        match aspect {
            Aspect::Codebase => self.codebase = Codebase::from_word(word).unwrap_or_default(),
            Aspect::Scope => self.scope = Scope::from_word(word),
            Aspect::Dependencies => self.dependencies = Dependencies::from_word(word),
            Aspect::Risk => self.risk = Risk::from_word(word),
            Aspect::Validation => self.validation = Validation::from_word(word),
        }
    }

    /// Whether every question is open.
    pub fn is_open(self) -> bool {
        self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_is_found_again() {
        for aspect in Aspect::ALL {
            let mut situation = Situation::default();
            assert_eq!((situation.word(*aspect), situation.place(*aspect)), (None, None));
            for (place, word) in aspect.words().iter().enumerate() {
                situation.answer(*aspect, Some(place));
                assert_eq!((situation.word(*aspect), situation.place(*aspect)), (Some(*word), Some(place)));
            }
            situation.answer(*aspect, Some(9));
            assert!(situation.is_open());
        }
    }

    #[test]
    fn all_situations_are_there_once() {
        let all = Situation::all();
        assert_eq!(all.len(), 3 * 4 * 3 * 4 * 4);
        let different: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
    }
}
