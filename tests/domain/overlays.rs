//! Overlays over the built-in strategies: nothing said changes nothing, and nothing said breaks the rules.

use proptest::prelude::*;
use setlist::domain::strategy_file::{check, check_over};

fn over(id: &str, base: &str, rest: &str) -> String {
    format!("schema = 1\nid = \"{id}\"\nextends = \"{base}\"\n{rest}\n")
}

fn built_in() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("strategies");
    let read = |entry: std::fs::DirEntry| {
        let id = entry.path().file_stem()?.to_str()?.to_owned();
        Some((id, std::fs::read_to_string(entry.path()).ok()?))
    };
    let mut all: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().filter_map(read).collect();
    all.sort();
    all
}

#[test]
fn every_built_in_strategy_stands_an_overlay_that_says_nothing_and_the_loss_of_any_turn() {
    let all = built_in();
    assert!(!all.is_empty());
    for (id, text) in &all {
        let plain = check(text, Some(id)).strategy.unwrap();
        let empty = check_over(text, &over(id, id, ""), Some(id), None);
        assert_eq!((empty.read.problems.as_slice(), empty.read.strategy.as_ref()), (&[][..], Some(&plain)), "{id}");
        for session in &plain.sessions {
            for turn in &session.turns {
                let remove = match plain.is_multi_session() {
                    true => format!("[[sessions]]\nid = \"{}\"\nremove = [\"turns/{}\"]\n", session.id, turn.id),
                    false => format!("remove = [\"{}\"]\n", turn.id),
                };
                let read = check_over(text, &over("mine", id, &remove), None, None).read;
                let mut wanted = plain.clone();
                wanted.id = "mine".into();
                for other in wanted.sessions.iter_mut().filter(|other| other.id == session.id) {
                    other.turns.retain(|kept| kept.id != turn.id);
                }
                let alone = session.turns.len() == 1;
                assert_eq!(read.strategy.is_none(), alone, "{id} {}: {:?}", turn.id, read.problems);
                assert!(alone || read.strategy == Some(wanted), "{id} {}", turn.id);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Overlays of any sort, over any built-in strategy: never a panic; what is usable is whole.
    #[test]
    fn any_overlay_of_any_strategy_ends_in_a_whole_strategy_or_in_problems_within_its_text(
        which in any::<prop::sample::Index>(),
        parts in prop::collection::vec((0_usize..9, 0_usize..8, 0_usize..8), 0..6),
    ) {
        let all = built_in();
        let (id, base) = which.get(&all);
        let plain = check(base, Some(id)).strategy.unwrap();
        let ids: Vec<&str> = plain.turns().map(|turn| turn.id.as_str()).collect();
        let some = |at: usize| ids[at % ids.len()];
        let of = if plain.is_multi_session() {
            format!("[[sessions]]\nid = \"{}\"\n", plain.sessions[0].id)
        } else {
            String::new()
        };
        let list = if plain.is_multi_session() { "sessions.turns" } else { "turns" };
        let mut rest = of;
        for (kind, a, b) in parts {
            rest += &match kind {
                0 => format!("[[{list}]]\nid = \"n{a}\"\nprompt = \"p\"\nafter = \"{}\"\n", some(b)),
                1 => format!("[[{list}]]\nid = \"n{a}\"\nprompt = \"p\"\nbefore = \"{}\"\n", some(b)),
                2 => format!("[[{list}]]\nid = \"n{a}\"\nprompt = \"p\"\nreplaces = \"{}\"\n", some(b)),
                3 => format!("[[{list}]]\nid = \"{}\"\nafter = \"{}\"\n", some(a), some(b)),
                4 => format!("[[{list}]]\nid = \"{}\"\ngate = \"g{b}\"\n", some(a)),
                5 => format!("[[placeholders]]\nname = \"p{a}\"\nrequired = false\n"),
                6 => format!("[[metrics]]\nid = \"m{a}\"\n"),
                7 => format!("[[{list}]]\nid = \"{}\"\nprompt = \"\\u202e{{{{ x{b} }}}}\"\n", some(a)),
                _ => format!("[[{list}]]\nid = \"n{a}\"\nkind = {b}\n"),
            };
        }
        let text = over("mine", id, &rest);
        let merged = check_over(base, &text, None, None);
        for problem in &merged.read.problems {
            prop_assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
        }
        match &merged.read.strategy {
            Some(strategy) => prop_assert!(check(&merged.text, None).strategy.as_ref() == Some(strategy)),
            None => prop_assert!(merged.read.has_errors() && merged.text.is_empty()),
        }
    }
}
