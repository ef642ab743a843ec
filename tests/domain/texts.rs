//! Texts from outside: damaged strategy files, durations, characters that act or hide.

use std::ops::Range;

use proptest::prelude::*;
use setlist::domain::budget::Budget;
use setlist::domain::strategy_file::check;
use setlist::domain::untrusted::{outgoing, shown, shown_lines};

use super::given::file;
use super::nasty::{cases, is_dangerous, text};

const FILES: [&str; 4] = ["bug-investigation", "parallel-development", "rest-api", "api-performance-optimization"];

/// Damage to a text: at a place between 0 and 1, so long, of this kind.
type Damage = (f64, usize, u8, String);

fn damaged(mut text: String, all: &[Damage]) -> String {
    for (place, length, kind, other) in all {
        let at = floor(&text, (text.len() as f64 * place) as usize);
        let bytes = at..floor(&text, at + length);
        let line = text[..at].rfind('\n').map_or(0, |found| found + 1)
            ..text[at..].find('\n').map_or(text.len(), |found| at + found + 1);
        let copy = |range: &Range<usize>| text[range.clone()].to_owned();
        let (range, new) = match kind % 6 {
            0 => (bytes, String::new()),
            1 => (bytes.clone(), copy(&bytes).repeat(2)),
            2 => (bytes, other.clone()),
            3 => (line, String::new()),
            4 => (line.clone(), copy(&line).repeat(2)),
            _ => (line, format!("{other}\n")),
        };
        text.replace_range(range, &new);
    }
    text
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_damaged_file_never_panics_and_every_problem_lies_in_it(
        which in 0..FILES.len(),
        damage in proptest::collection::vec((0.0..1.0f64, 0..40usize, any::<u8>(), text()), 1..5),
    ) {
        let text = damaged(file(FILES[which]), &damage);
        let read = check(&text, Some("a"));
        prop_assert_eq!(read.strategy.is_none(), read.has_errors());
        for problem in &read.problems {
            prop_assert!(text.get(problem.span.clone()).is_some(), "{:?} in {} bytes", problem, text.len());
            prop_assert!(!problem.message.is_empty() && !problem.message.contains('\n'), "{:?}", problem);
        }
    }

    #[test]
    fn any_text_is_a_budget_or_an_error(text in "[0-9smhd \\-–.e]{0,12}") {
        if let Ok(budget) = Budget::parse(&text) {
            prop_assert!(0 < budget.low() && budget.low() <= budget.high());
            prop_assert_eq!(Budget::parse(&budget.to_string()).unwrap(), budget.clone());
            prop_assert!(Budget::parse(&budget.short()).is_ok(), "{} {}", text, budget.short());
        }
    }

    #[test]
    fn nothing_shown_acts_or_hides(text in text()) {
        let line = shown(&text);
        prop_assert!(!line.chars().any(is_dangerous), "{:?}", line);
        let lines = shown_lines(&text);
        prop_assert!(!lines.chars().any(|c| c != '\n' && is_dangerous(c)), "{:?}", lines);
    }

    #[test]
    fn what_leaves_has_no_controls_and_says_what_hides(text in text()) {
        let out = outgoing(&text);
        prop_assert!(!out.text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
        prop_assert!(out.hidden > 0 || !out.text.chars().any(|c| is_dangerous(c) && !c.is_control()));
    }
}

#[test]
fn joiners_and_selectors_stay_only_inside_emoji() {
    for text in ["👩‍👩‍👧‍👦", "❤️", "1️⃣", "🏳️‍🌈", "☎︎"] {
        assert_eq!(shown(text), text);
    }
    for hidden in
        ["1\u{200d}2", "か\u{200d}き", "1\u{fe0f}\u{fe0e}\u{fe0f}\u{fe0e}", "a\u{fe0f}", "\u{2060}\u{200d}\u{2060}"]
    {
        assert!(shown(hidden).contains("\\u{"), "{hidden:?}");
    }
}

#[test]
fn large_and_hostile_files_are_answered_soon() {
    let sessions = |after: &dyn Fn(usize) -> String| -> String {
        (0..4000)
            .map(|n| {
                format!(
                    "[[sessions]]\nid = \"s{n}\"\nafter = [{}]\n[[sessions.turns]]\nid = \"t\"\nprompt = \"x\"\n",
                    after(n)
                )
            })
            .collect()
    };
    let head = "schema = 1\nid = \"a\"\ntitle = \"A\"\n";
    let long = "x".repeat(200_000);
    let texts = [
        format!("{head}{}", sessions(&|n| if n == 0 { String::new() } else { format!("\"s{}\"", n - 1) })),
        format!("{head}{}", sessions(&|n| format!("\"s{}\"", (n + 1) % 4000))),
        format!(
            "{head}[[sessions]]\nid = \"{long}\"\nafter = [\"{long}y\"]\n[[sessions.turns]]\nid = \"t\"\nprompt = \"x\"\n"
        ),
        format!("{head}{}", (0..40_000).map(|n| format!("k{n} = 1\n")).collect::<String>()),
        format!("{head}x = {}", "[".repeat(100_000)),
        format!("{head}x{} = 1", ".x".repeat(100_000)),
    ];
    for text in texts {
        let start = std::time::Instant::now();
        assert!(!check(&text, None).problems.is_empty());
        assert!(start.elapsed().as_secs_f32() < 2.0, "{:?}: {}", start.elapsed(), &text[..90]);
    }
}

#[test]
fn a_bound_is_within_what_it_allows() {
    let strategy = super::given::small(
        "[[placeholders]]\nname = \"n\"\nkind = \"number\"\nmin = 3\nmax = 5\n[[placeholders]]\nname = \"t\"\nmin = 2\nmax = 4\n[[turns]]\nid = \"a\"\nprompt = \"{{ n }}{{ t }}\"\n",
    );
    let is_good = |name: &str, text: &str| {
        let placeholder = strategy.placeholder(name).unwrap();
        placeholder.fault(Some(&placeholder.read(text).unwrap())).is_none()
    };
    let numbers: Vec<bool> = ["2", "3", "5", "6"].iter().map(|text| is_good("n", text)).collect();
    let texts: Vec<bool> = ["x", "xx", "xxxx", "xxxxx"].iter().map(|text| is_good("t", text)).collect();
    assert_eq!((numbers, texts), (vec![false, true, true, false], vec![false, true, true, false]));
}

#[test]
fn a_placeholder_has_a_name_that_templates_can_use() {
    let with = |name: &str| {
        let text = format!(
            "schema = 1\nid = \"s\"\ntitle = \"S\"\n[[placeholders]]\nname = \"{name}\"\n[[turns]]\nid = \"a\"\nprompt = \"x\"\n"
        );
        let problems = setlist::domain::strategy_file::check(&text, None).problems.into_iter();
        problems.map(|problem| problem.message).filter(|message| message.contains("name")).collect::<Vec<_>>()
    };
    assert_eq!(with("Bug Report"), ["\"Bug Report\" cannot be a placeholder's name"]);
    assert_eq!(with("").len(), 1, "{:?}", with(""));
    assert_eq!(with("bug_report"), [] as [String; 0]);
}
