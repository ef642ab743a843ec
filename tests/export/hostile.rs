//! Reports of plans whose every text was written by somebody who wants to break the page.

use jiff::tz::TimeZone;
use proptest::prelude::*;
use setlist::domain::plan::Plan;
use setlist::export::markdown;

use super::nasty::{cases, is_dangerous, text};
use super::plans;

/// Puts `text` wherever a person, an agent or a file may have put some.
fn poison(plan: &mut Plan, text: &str) {
    let own = || text.to_owned();
    plan.name = own();
    plan.strategy.title = own();
    (plan.reflection.helped, plan.reflection.change) = (own(), own());
    plan.notes.iter_mut().for_each(|note| note.text = own());
    for metric in &mut plan.strategy.metrics {
        (metric.label, metric.unit) = (own(), own());
    }
    for placeholder in &mut plan.strategy.placeholders {
        placeholder.label = own();
    }
    for session in &mut plan.sessions {
        (session.title, session.goal, session.reason) = (own(), own(), Some(own()));
        for item in &mut session.checklist {
            item.text = own();
            if let Some(tick) = &mut item.ticked {
                (tick.by, tick.note) = (own(), own());
            }
        }
        for turn in &mut session.turns {
            (turn.title, turn.result, turn.repeat, turn.reason) = (own(), own(), own(), Some(own()));
            if let Some(gate) = &mut turn.gate {
                (gate.text, gate.by, gate.note) = (own(), own(), own());
                gate.rejections.iter_mut().for_each(|rejection| (rejection.by, rejection.note) = (own(), own()));
            }
            turn.sent.iter_mut().for_each(|sent| sent.prompt = own());
            for slot in &mut turn.evidence {
                slot.label = own();
                if let Some(recorded) = &mut slot.recorded {
                    recorded.text = own();
                    recorded.command = recorded.command.as_ref().map(|_| own());
                }
            }
        }
    }
}

/// The lines outside of fences, and whether every fence was closed.
fn outside(report: &str) -> (Vec<&str>, bool) {
    let (mut lines, mut fence) = (Vec::new(), None::<usize>);
    for line in report.lines() {
        let marks = line.trim_start().chars().take_while(|c| *c == '`').count();
        let rest = line.trim_start()[marks..].trim();
        match fence {
            None if marks >= 3 && rest == "text" => fence = Some(marks),
            None => lines.push(line),
            Some(open) if marks >= open && rest.is_empty() => fence = None,
            Some(_) => {}
        }
    }
    (lines, fence.is_none())
}

/// A line without what is escaped in it or stands in code marks, as readers of Markdown take it.
fn without_code(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some(c) = rest.chars().next() {
        let marks = rest.len() - rest.trim_start_matches('`').len();
        let after = &rest[marks.max(c.len_utf8())..];
        rest = match c {
            '`' => closing(after, marks).map_or(after, |at| &after[at..]),
            '\\' => after.char_indices().nth(1).map_or("", |(at, _)| &after[at..]),
            _ => {
                out.push(c);
                after
            }
        };
    }
    out
}

/// Where the code that so many backticks opened is over.
fn closing(text: &str, marks: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let run = text[at + found..].chars().take_while(|c| *c == '`').count();
        at += found + run;
        if run == marks {
            return Some(at);
        }
    }
    None
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn other_people_s_words_mark_nothing_up(text in text(), which in 0..4usize) {
        let mut workspace = [plans::reworked, plans::faster, plans::half_way, plans::empty][which]();
        let calm = markdown::report(&workspace.plan, &workspace.now.to_zoned(TimeZone::UTC), &plans::phrases());
        // A session that was finished has a reason now, and turns have one of being sent back.
        poison(&mut workspace.plan, &text);
        let report = markdown::report(&workspace.plan, &workspace.now.to_zoned(TimeZone::UTC), &plans::phrases());
        prop_assert!(!report.chars().any(|c| c != '\n' && is_dangerous(c)), "{report}");
        let ((lines, closed), (before, _)) = (outside(&report), outside(&calm));
        prop_assert!(closed, "{report}");
        let count = |lines: &[&str], with: &str| lines.iter().filter(|line| line.starts_with(with)).count();
        for mark in ["# ", "### ", "<details>", "</details>", "|---", "---"] {
            prop_assert_eq!(count(&lines, mark), count(&before, mark), "{} in {}", mark, report);
        }
        let tags = |lines: &[&str]| lines.iter().map(|line| without_code(line).matches('<').count()).sum::<usize>();
        prop_assert_eq!(tags(&lines), tags(&before), "{}", report);
        // Every row of a table has as many cells as its head.
        for line in lines.iter().filter(|line| line.starts_with('|')) {
            let cells = |line: &str| line.replace("\\|", "").matches('|').count();
            prop_assert!([5, 7, 8].contains(&cells(line)), "{line}");
        }
    }
}
