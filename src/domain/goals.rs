//! How many separate goals a text states: an estimate that rather misses one than invents one.
//!
//! A goal is an order for work ("implement login", "fix 20 bugs"). Most verbs in a text are none:
//! they describe a fault, list what one feature has to do, or order the tests and documents that go
//! with a piece of work. So a clause counts where its verb names work that stands on its own, where
//! it announces more ("also add OAuth"), where it names a quantity of work ("all documentation"), or
//! where it is an item of a list of goals. Everything else belongs to the goal before it.

use std::collections::BTreeSet;
use std::ops::Range;

mod lines;
mod reading;
mod vocabulary;

use super::words::capital;
use reading::Reading;

/// No more is read of a text, in bytes: a goal is a few lines.
const MAX_BYTES: usize = 20_000;

/// A goal that a text states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The order with its details, in the text's words.
    pub text: String,
    /// Where it stands in the text, in bytes, with what joins it to the goal before.
    pub span: Range<usize>,
    /// Whether it names a quantity of work: "fix 20 bugs", "all documentation".
    pub many: bool,
}

/// The separate goals that `text` states, in its order; none where it only describes something.
pub fn goals(text: &str) -> Vec<Goal> {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let mut reading = Reading::default();
    let lines = lines::lines(text);
    for (at, line) in lines.iter().enumerate() {
        reading.line(line, lines.get(at + 1));
    }
    let ends = reading.starts.iter().skip(1).map(|start| start.joint).chain([text.len()]);
    let goal = |(start, end): (&reading::Start, usize)| {
        let said = text[start.at..end].trim_end_matches(|c: char| c.is_whitespace() || ",;.:&".contains(c));
        Goal { text: said.trim_start().into(), span: start.joint..end, many: start.many }
    };
    reading.starts.iter().zip(ends).map(goal).collect()
}

/// The first words of a goal, for a title.
pub fn title(goal: &str) -> String {
    const MAX: usize = 48;
    let line = goal.lines().next().unwrap_or_default().trim();
    let mut title = String::new();
    for word in line.split_whitespace() {
        if title.chars().count() + word.chars().count() >= MAX {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title += word;
    }
    let title = if title.is_empty() { line.chars().take(MAX).collect() } else { title };
    capital(&title)
}

/// An order without what joins it to others: "Add OAuth" of "and also add OAuth".
pub fn alone(text: &str) -> String {
    let words = lines::words(text, 0);
    let joins = words.iter().take_while(|word| vocabulary::joins(&word.lower)).count();
    match words.get(joins) {
        Some(word) if joins > 0 => capital(&text[word.span.start..]),
        Some(_) | None => text.trim().to_owned(),
    }
}

/// The words that say what a text is about, small and in their singular.
pub(crate) fn subject(text: &str) -> BTreeSet<String> {
    let words = lines::words(text, 0).into_iter().map(|word| word.lower);
    words.filter(|word| vocabulary::says_something(word)).map(|word| singular(&word).to_owned()).collect()
}

/// How much of what `part` is about `whole` says as well, in per cent; 0 where it is about nothing.
pub(crate) fn contained(part: &str, whole: &str) -> u32 {
    let (part, whole) = (subject(part), subject(whole));
    per_cent(part.intersection(&whole).count(), part.len())
}

/// How much two texts are about the same, in per cent of all their words.
pub(crate) fn likeness(one: &str, other: &str) -> u32 {
    let (one, other) = (subject(one), subject(other));
    per_cent(one.intersection(&other).count(), one.union(&other).count())
}

fn per_cent(part: usize, whole: usize) -> u32 {
    u32::try_from(part * 100 / whole.max(1)).unwrap_or(100)
}

fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        goals(text).into_iter().map(|goal| goal.text).collect()
    }

    const FOUR: [&str; 4] = ["implement 5 features", "refactor 10 files", "fix 20 bugs", "update all documentation"];

    #[test]
    fn everything_at_once_is_four_goals_however_it_is_written() {
        for text in [
            "Implement 5 features, refactor 10 files, fix 20 bugs, update all documentation",
            "implement 5 features, refactor 10 files, fix 20 bugs and update all docs.",
            "Implement 5 features; refactor 10 files; fix 20 bugs; update all documentation",
            "Implement 5 features. Refactor 10 files. Fix 20 bugs. Update all documentation.",
            "We want to implement 5 features, then refactor 10 files, fix 20 bugs, and also update all documentation",
            "- Implement 5 features\n- Refactor 10 files\n- Fix 20 bugs\n- Update all documentation\n",
            "Single session trying to:\n  1. Implement 5 features\n  2. Refactor 10 files\n  3. Fix 20 bugs\n  4. Update all documentation",
            "This session: implement 5 features, refactor 10 files, fix 20 bugs, update all documentation",
            "Implementing 5 features, refactoring 10 files, fixing 20 bugs, updating all documentation",
            "5 features, 10 files to refactor, 20 bugs, all documentation",
            "The shop needs work. Implement 5 features, refactor 10 files, fix 20 bugs, update all documentation",
            "Implement 5 features that customers asked for, refactor 10 files, fix 20 bugs, update all documentation",
        ] {
            let found = goals(text);
            assert_eq!(found.iter().filter(|goal| goal.many).count(), 4, "{text}: {found:#?}");
        }
        let exact = found("Implement 5 features, refactor 10 files, fix 20 bugs, and update all documentation.");
        assert_eq!(exact.iter().map(|goal| goal.to_lowercase()).collect::<Vec<_>>(), FOUR);
    }

    #[test]
    fn what_is_announced_as_more_is_a_goal() {
        assert_eq!(found("Implement login. Also add OAuth."), ["Implement login", "add OAuth"]);
        assert_eq!(
            found("Implement login, also add OAuth, plus social login; also 2FA and recovery"),
            ["Implement login", "add OAuth", "social login", "2FA and recovery"]
        );
        assert_eq!(
            found("Users can't log in since Monday. Also add OAuth."),
            ["Users can't log in since Monday", "add OAuth"],
            "what is described is the goal that comes first"
        );
    }

    #[test]
    fn an_object_may_stand_after_a_preposition() {
        assert_eq!(found("Implement login, migrate to Postgres, add to cart fails").len(), 2);
    }

    #[test]
    fn what_goes_with_a_piece_of_work_is_no_goal_of_its_own() {
        for text in [
            "Implement login with tests and docs",
            "Implement login, write the tests, update the docs and the changelog",
            "Add login, add tests, add docs",
            "Add login, document it, deploy it and make sure that nothing breaks",
            "Refactor the database layer to use connection pooling, behaviour unchanged",
            "Build a booking service that lets people create an account, update it and delete it",
            "Implement user management: create, update and delete users, migrate the old ones",
            "Create bookings, update bookings and delete bookings",
            "Add a voucher field (also update the form, fix the layout, build the page)",
            "Refactor the editor state first, then implement the stack, then build the page",
            "Build an order form, add validation, create the table, and update the API",
        ] {
            assert_eq!(found(text).len(), 1, "{text}: {:#?}", found(text));
        }
    }

    #[test]
    fn a_description_of_one_thing_states_no_goals() {
        for text in [
            "",
            " \n\t",
            "an appointment-booking web service for small clinics",
            "Users can't log in, intermittently. Since Monday, about one attempt in ten, all browsers.",
            "Subscription billing: plans, trials, upgrades in mid-month, invoices, reminders.",
            "When I add an item, delete it and update the page, the cart is empty.\n\nSteps to reproduce:\n1. Create an account\n2. Add an item\n3. Delete the item\nExpected: an empty cart\nActual: build 4.12 shows error 500. Fix wanted by Friday, release planned.",
            "Rate-limited REST API for users\n\n- create users\n- update users\n- fix limits per user\n- build on PostgreSQL",
            "Checkout is slow\n* implement nothing yet\n* build from main",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn a_list_under_one_goal_belongs_to_it() {
        let text =
            "Export the orders as CSV:\n- add a button\n- build the file in the background\n- fix the date format\n";
        assert_eq!(found(text).len(), 1);
        assert!(found(text)[0].ends_with("fix the date format"));
        let text = "Implement login:\n- by mail\n\nRefactor billing:\n- split the module\n- rewrite rounding\n";
        assert_eq!(
            found(text),
            ["Implement login:\n- by mail", "Refactor billing:\n- split the module\n- rewrite rounding"]
        );
        let text = "Goals of this week\n- Add login\n  - build the form\n- Create invoices\n- Clean up the repository";
        assert_eq!(found(text), ["Add login\n  - build the form", "Create invoices", "Clean up the repository"]);
    }

    #[test]
    fn strange_texts_are_read_without_harm() {
        let long = "Implement login, ".repeat(10_000);
        assert!(goals(&long).len() > 100);
        for text in ["\u{202e}\u{0}", "-", "1.", "::,;.", "(((", "Implement", "and and and", "日本語、日本", "- \n- \n"]
        {
            assert!(goals(text).len() < 2, "{text}");
        }
    }

    #[test]
    fn an_order_stands_alone_without_what_joined_it() {
        assert_eq!(alone("And also add OAuth"), "Add OAuth");
        assert_eq!(alone("Plus 2FA and recovery"), "2FA and recovery");
        assert_eq!(alone(" Android app "), "Android app");
        assert_eq!((alone("and"), alone("")), ("and".into(), String::new()));
    }

    #[test]
    fn texts_about_the_same_are_told_from_others() {
        assert_eq!(likeness("Build the payments page", "build payment pages"), 100);
        assert_eq!(likeness("Build the payments page", "Build the payments API"), 50);
        assert_eq!(likeness("", ""), 0);
        assert_eq!(contained("add OAuth", "Also add OAuth login"), 100);
        assert_eq!(contained("", "anything"), 0);
    }
}
