//! The English words that the estimate of goals knows.

/// Orders for work that stands on its own wherever they are given.
const MAJOR: &str = "\
    implement build develop refactor rewrite restructure redesign rearchitect migrate port fix optimise optimize \
    upgrade modernise modernize replace integrate introduce";

/// Orders that, in the middle of a sentence, are as often a detail of what was ordered before.
const MINOR: &str = "\
    add create write update improve extend remove delete drop convert move rename extract split merge simplify \
    clean automate configure set setup support enable document deploy release publish harden secure translate \
    localise localize rework repair resolve tune speed import export expose generate design provide";

/// What is done to one kind of thing is one goal: create, update and delete bookings.
const UPKEEP: &str = "\
    add create read list show view update edit delete remove";

/// Between clauses, and before a clause.
const CONNECTORS: &str = "\
    and then also plus next finally afterwards additionally please first firstly second secondly third lastly \
    now later besides midway";

/// Connectors that announce something more.
const MORE: &str = "\
    also plus additionally besides";

/// How a wish begins, before its verb; the longest first.
const WISHES: &[&str] = &[
    "i would like you to",
    "we would like you to",
    "i want you to",
    "your task is to",
    "the goal is to",
    "the task is to",
    "i would like to",
    "we would like to",
    "we have to",
    "we need to",
    "we want to",
    "we should",
    "we must",
    "i need to",
    "i want to",
    "i'd like to",
    "you should",
    "let us",
    "let's",
    "need to",
    "trying to",
    "try to",
    "to",
];

/// After these a sentence explains what was ordered; it orders nothing more.
const EXPLAINS: &str = "\
    so which that who whose when whenever where because since if while until unless after before by without \
    instead including like e.g i.e such as but";

/// What goes with a piece of work and is no goal of its own, unless it is all of it.
const ACCOMPANIES: &str = "\
    test tests doc docs documentation readme changelog comment comments docstring docstrings coverage types \
    benchmark benchmarks pr request commit notes callers examples example logging";

/// What stands for something said before.
const PRONOUNS: &str = "\
    it them this that these those everything all both so";

/// Before a noun.
const ARTICLES: &str = "\
    the a an our some its their my your new unit up";

/// All of something.
const WHOLE: &str = "\
    all every entire whole complete full each";

/// What comes in large numbers in a plan that does too much.
const ITEMS: &str = "\
    feature features bug bugs bugfix bugfixes fixes issue issues ticket tickets file files module modules \
    service services component components screen screens page pages endpoint endpoints package packages \
    dependency dependencies library libraries story stories refactoring refactorings migration migrations doc \
    docs documentation code codebase project projects";

/// Numbers in words.
const NUMBERS: &str = "\
    two three four five six seven eight nine ten twelve fifteen twenty thirty fifty hundred several many dozens";

/// Ends a noun.
const PREPOSITIONS: &str = "\
    for to in of with on from at into between across behind over under via using per through";

/// Words that say nothing about what a text is about.
const FILLERS: &str = "\
    is are be has have it all with without not no or can";

/// Heads of a list that is a list of goals.
const LIST_HEADS: &str = "\
    session sprint todo to-do goals tasks trying need want work backlog week today";

/// Heads of what describes rather than orders.
const ASIDES: &str = "\
    steps step reproduce reproduction repro expected actual observed example examples acceptance requirements \
    context background notes note log logs error environment constraints scenario given when details criteria \
    trace traceback output";

fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// The base form of an order for work: "implement" and "implementing", else nothing.
pub(super) fn order(word: &str) -> Option<&'static str> {
    let find = |word: &str| MAJOR.split(' ').chain(MINOR.split(' ')).find(|verb| *verb == word);
    find(word).or_else(|| {
        let stem = word.strip_suffix("ing")?;
        let single = || {
            let mut letters = stem.chars();
            let last = letters.next_back()?;
            letters.as_str().ends_with(last).then(|| find(letters.as_str())).flatten()
        };
        find(stem).or_else(|| find(&format!("{stem}e"))).or_else(single)
    })
}

pub(super) fn is_major(verb: &str) -> bool {
    has(MAJOR, verb)
}

pub(super) fn is_upkeep(verb: &str) -> bool {
    has(UPKEEP, verb)
}

pub(super) fn is_connector(word: &str) -> bool {
    has(CONNECTORS, word)
}

/// Whether a clause may begin with the word in the middle of a sentence.
pub(super) fn joins(word: &str) -> bool {
    matches!(word, "and" | "then" | "also" | "plus")
}

pub(super) fn announces_more(word: &str) -> bool {
    has(MORE, word)
}

pub(super) fn explains(word: &str) -> bool {
    has(EXPLAINS, word)
}

pub(super) fn accompanies(word: &str) -> bool {
    has(ACCOMPANIES, word)
}

pub(super) fn is_pronoun(word: &str) -> bool {
    has(PRONOUNS, word)
}

pub(super) fn is_article(word: &str) -> bool {
    has(ARTICLES, word)
}

pub(super) fn is_preposition(word: &str) -> bool {
    has(PREPOSITIONS, word)
}

pub(super) fn is_item(word: &str) -> bool {
    has(ITEMS, word)
}

/// "all", or a number of two or more.
pub(super) fn is_many(word: &str) -> bool {
    has(WHOLE, word) || has(NUMBERS, word) || word.parse::<u32>().is_ok_and(|number| number > 1)
}

pub(super) fn heads_list(word: &str) -> bool {
    has(LIST_HEADS, word)
}

pub(super) fn heads_aside(word: &str) -> bool {
    has(ASIDES, word)
}

/// How many of `words` are the beginning of a wish: "we want to".
pub(super) fn wish(words: &[&str]) -> usize {
    let mut wishes = WISHES.iter().map(|wish| wish.split(' ').collect::<Vec<_>>());
    wishes.find(|wish| words.starts_with(wish)).map_or(0, |wish| wish.len())
}

/// Whether a word says what a text is about.
pub(super) fn says_something(word: &str) -> bool {
    let lists = [CONNECTORS, EXPLAINS, PRONOUNS, ARTICLES, PREPOSITIONS, FILLERS];
    word.chars().count() > 1 && !lists.iter().any(|list| has(list, word))
}
