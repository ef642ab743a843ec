//! Every link in the documents leads to a file of the repository and to a heading that is there, and every file that
//! they name is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::{file, pages, root};

/// The lines of a page that are not in a code block.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut code = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    })
}

/// A line without what stands between backticks.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

/// Where the links of a page lead, addresses of the web left out.
fn targets(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in prose(text).map(without_code) {
        let inline = line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
        let defined = line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, target)| target.trim());
        let all = inline.chain(defined).filter(|target| !target.contains("://") && !target.starts_with("mailto:"));
        found.extend(all.map(str::to_owned));
    }
    found
}

/// The anchors of a page's headings, as GitHub makes them: small letters, blanks as hyphens, punctuation left out, and
/// a number where the same heading comes again.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in prose(text).filter(|line| line.starts_with('#')) {
        let heading = line.trim_start_matches('#').trim();
        // Of a link, its text is part of the anchor.
        let heading = heading
            .split("](")
            .enumerate()
            .map(|(at, part)| if at == 0 { part } else { part.split_once(')').map_or(part, |(_, rest)| rest) });
        let kept = heading.collect::<String>().to_lowercase().replace(' ', "-");
        let slug: String = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect();
        let again = (1..).map(|count| format!("{slug}-{count}"));
        let free = std::iter::once(slug.clone()).chain(again).find(|slug| !found.contains(slug));
        found.extend(free);
    }
    found
}

/// What is wrong with a link to `target` on `page`.
fn fault(page: &str, target: &str) -> Option<String> {
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let place = if path.is_empty() { root().join(page) } else { root().join(page).parent().unwrap().join(path) };
    let Ok(place) = place.canonicalize() else { return Some(format!("{page}: there is no {target}")) };
    if !place.starts_with(root().canonicalize().unwrap()) {
        return Some(format!("{page}: {target} is not in the repository"));
    }
    let there = |anchor: &str| std::fs::read_to_string(&place).is_ok_and(|text| anchors(&text).contains(anchor));
    anchor.filter(|anchor| !there(anchor)).map(|_| format!("{page}: no heading makes {target}"))
}

#[test]
fn every_link_leads_somewhere() {
    let mut links = 0;
    let mut faults = Vec::new();
    for page in pages() {
        let targets = targets(&file(&page));
        links += targets.len();
        faults.extend(targets.iter().filter_map(|target| fault(&page, target)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(links > 50, "the links were not found: {links}");
}

/// Where a file or folder that is named between backticks lies, from the top of the repository; nothing where the words
/// name none. Paths of sources may leave `src` out: `store/swap.rs`, `tui/runtime/input`.
fn place(words: &str) -> Option<PathBuf> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '.');
    if !words.contains('/') || !words.chars().all(is_plain) {
        return None;
    }
    match words.split('/').next()? {
        "src" | "tests" | "docs" | "assets" | "benches" | "examples" | ".ci" => Some(words.into()),
        first => root().join("src").join(first).is_dir().then(|| Path::new("src").join(words)),
    }
}

#[test]
fn every_file_that_is_named_is_there() {
    let mut named = 0;
    for page in pages().iter().filter(|page| *page != "CHANGELOG.md") {
        let text = file(page);
        for words in prose(&text).flat_map(|line| line.split('`').skip(1).step_by(2)) {
            let Some(place) = place(words) else { continue };
            named += 1;
            let place = root().join(place);
            assert!(place.exists() || place.with_extension("rs").exists(), "{page}: there is no {words}");
        }
    }
    assert!(named > 50, "the names of files were not found: {named}");
}

#[test]
fn every_page_is_in_the_index() {
    let index = targets(&file("docs/README.md"));
    for page in pages().iter().filter(|page| *page != "docs/README.md") {
        let name = page.strip_prefix("docs/").map_or_else(|| format!("../{page}"), str::to_owned);
        assert!(index.contains(&name), "docs/README.md does not link {name}");
    }
}

#[test]
fn anchors_are_those_of_the_web_page() {
    let text = "# What `--json` prints\n## Hello, [World](x.md)!\n```\n# no heading\n```\n## One_two  three\n## Größe\n# A\n# A\n";
    let wanted = ["a", "a-1", "größe", "hello-world", "one_two--three", "what---json-prints"];
    assert_eq!(anchors(text), wanted.map(str::to_owned).into());
}

#[test]
fn a_link_that_leads_nowhere_is_found_out() {
    let text = "[a](nowhere.md) `[b](code.md)` [c](https://example.org)\n```\n[d](code.md)\n```\n[e]: other.md\n";
    assert_eq!(targets(text), ["nowhere.md", "other.md"]);
    assert_eq!(fault("docs/README.md", "nowhere.md").unwrap(), "docs/README.md: there is no nowhere.md");
    assert!(fault("README.md", "#nothing").is_some() && fault("README.md", "../..").is_some());
    assert_eq!(fault("docs/README.md", "../README.md#run-it-and-test-it"), None);
}
