//! Which paths a source file names: a small reader of Rust that knows `use` trees, inline modules,
//! `self`, `super` and `crate`, and passes over comments and literals.

/// A word or sign of the source with its line, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    text: String,
    line: usize,
}

/// A path as the source names it, resolved from the root of the crate where it is one of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// `crate::domain::plan::Plan`, `std::fs::read`, `println!`.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// Whether it stands in a module that only tests are built with.
    pub in_test: bool,
    /// The module that it stands in, from the root of the crate: `["app", "handlers"]`.
    pub module: Vec<String>,
    /// What it is called there, where `use` names it; `*` for everything in it.
    pub import: Option<Import>,
}

/// A name that `use` gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub name: String,
    /// Whether others see it: `pub`, `pub(crate)`.
    pub public: bool,
}

/// What a source says: the paths that it names, and what it defines.
pub struct Source {
    pub named: Vec<Named>,
    /// Modules that stand in the file, from the root of the crate.
    pub modules: Vec<Vec<String>>,
    /// Items by their module and name, those inside of others too.
    pub items: Vec<(Vec<String>, String)>,
}

/// Reads `source`, which is the module `module` (`["app", "handlers"]`; empty for the root).
pub fn read(source: &str, module: &[&str]) -> Source {
    let module = module.iter().map(ToString::to_string).collect();
    let said = Source { named: Vec::new(), modules: Vec::new(), items: Vec::new() };
    let mut reader = Reader { tokens: tokens(source), at: 0, depth: 0, module, inline: Vec::new(), said };
    reader.file();
    reader.said
}

/// Splits a source into words and signs; `::` is one sign, comments and literals are none.
fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let start = at;
        let next = chars.get(at + 1).copied();
        let mut text = None;
        match chars[at] {
            '/' if next == Some('/') => at = find(&chars, at, |rest| rest[0] == '\n'),
            '/' if next == Some('*') => at = block_comment(&chars, at),
            '"' => at = string(&chars, at + 1),
            '\'' => at = character_or_lifetime(&chars, at),
            c if c.is_alphabetic() || c == '_' => {
                at = find(&chars, at, |rest| !rest[0].is_alphanumeric() && rest[0] != '_');
                let word: String = chars[start..at].iter().collect();
                match (word.as_str(), chars.get(at)) {
                    ("r" | "br" | "cr", Some('"' | '#')) if is_raw(&chars, at) => at = raw_string(&chars, at),
                    ("b" | "c", Some('"')) => at = string(&chars, at + 1),
                    // `r#type` is a word.
                    ("r", Some('#')) => at += 1,
                    _ => text = Some(word),
                }
            }
            ':' if next == Some(':') => {
                at += 2;
                text = Some("::".to_owned());
            }
            c => {
                at += 1;
                text = (!c.is_whitespace()).then(|| c.to_string());
            }
        }
        tokens.extend(text.map(|text| Token { text, line }));
        line += chars[start..at].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

/// The first place from `at` on where `is` holds, else the end.
fn find(chars: &[char], at: usize, is: impl Fn(&[char]) -> bool) -> usize {
    (at..chars.len()).find(|at| is(&chars[*at..])).unwrap_or(chars.len())
}

fn block_comment(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        match chars[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

fn is_raw(chars: &[char], at: usize) -> bool {
    chars[at..].iter().find(|c| **c != '#') == Some(&'"')
}

fn raw_string(chars: &[char], at: usize) -> usize {
    let hashes = chars[at..].iter().take_while(|c| **c == '#').count();
    let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let end = find(chars, at + hashes + 1, |rest| rest.starts_with(&close));
    (end + close.len()).min(chars.len())
}

fn character_or_lifetime(chars: &[char], at: usize) -> usize {
    match chars[at..] {
        ['\'', '\\', ..] => (find(chars, at + 3, |rest| rest[0] == '\'') + 1).min(chars.len()),
        ['\'', _, '\'', ..] => at + 3,
        _ => at + 1,
    }
}

/// What begins an item with a name.
const ITEMS: &[&str] = &["struct", "enum", "union", "trait", "fn", "type", "const", "static"];

/// An inline module that the reader is in.
struct Inline {
    /// How many braces were open where it began.
    depth: usize,
    is_test: bool,
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    module: Vec<String>,
    inline: Vec<Inline>,
    said: Source,
}

impl Reader {
    fn text(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |token| &token.text)
    }

    fn is_word(&self, ahead: usize) -> bool {
        self.text(ahead).starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    fn file(&mut self) {
        let mut is_test = false;
        while self.at < self.tokens.len() {
            match self.text(0) {
                // `use<'a>` in a type names nothing.
                "use" if self.text(1) != "<" => {
                    let before = self.at.checked_sub(1).map_or("", |at| &self.tokens[at].text);
                    let public = matches!(before, "pub" | ")");
                    self.at += 1;
                    self.tree(&[], public);
                }
                word if ITEMS.contains(&word) => {
                    self.said.items.push((self.module.clone(), self.text(1).to_owned()));
                    self.at += 1;
                }
                "mod" if self.is_word(1) && self.text(2) == "{" => {
                    self.module.push(self.text(1).to_owned());
                    self.said.modules.push(self.module.clone());
                    self.inline.push(Inline { depth: self.depth, is_test });
                    is_test = false;
                    self.at += 2;
                }
                "cfg" if self.text(1) == "(" && self.text(2) == "test" => {
                    is_test = true;
                    self.at += 3;
                }
                ";" => {
                    is_test = false;
                    self.at += 1;
                }
                "{" => {
                    self.depth += 1;
                    self.at += 1;
                }
                "}" => self.close(),
                _ if self.is_word(0) => self.expression(),
                _ => self.at += 1,
            }
        }
    }

    fn close(&mut self) {
        self.at += 1;
        self.depth = self.depth.saturating_sub(1);
        if self.inline.last().is_some_and(|inline| inline.depth == self.depth) {
            self.inline.pop();
            self.module.pop();
        }
    }

    /// A path in code: `crate::store::Store::new`, or the name of a macro.
    fn expression(&mut self) {
        let line = self.tokens[self.at].line;
        let mut path = vec![self.text(0).to_owned()];
        self.at += 1;
        while self.text(0) == "::" && self.is_word(1) {
            path.push(self.text(1).to_owned());
            self.at += 2;
        }
        if self.text(0) == "!" && self.text(1) != "=" {
            path.last_mut().expect("it has one word").push('!');
        } else if path.len() == 1 {
            return;
        }
        self.name(&path, line, None);
    }

    /// What follows `use`, or a part of it in braces.
    fn tree(&mut self, before: &[String], public: bool) {
        let mut path = before.to_vec();
        let mut renamed = None;
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        loop {
            match self.text(0) {
                "{" => {
                    self.at += 1;
                    while !matches!(self.text(0), "}" | "") {
                        self.tree(&path, public);
                        self.at += usize::from(self.text(0) == ",");
                    }
                    self.at += 1;
                    return;
                }
                "::" => self.at += 1,
                "as" => {
                    renamed = Some(self.text(1).to_owned());
                    self.at += 2;
                }
                "self" if !path.is_empty() => self.at += 1,
                "*" => {
                    path.push("*".to_owned());
                    self.at += 1;
                }
                _ if self.is_word(0) => {
                    path.push(self.text(0).to_owned());
                    self.at += 1;
                }
                _ => break,
            }
        }
        let name = renamed.or_else(|| path.last().cloned()).unwrap_or_default();
        self.name(&path, line, Some(Import { name, public }));
    }

    fn name(&mut self, path: &[String], line: usize, import: Option<Import>) {
        let in_test = self.inline.iter().any(|inline| inline.is_test);
        let path = self.resolve(path).join("::");
        self.said.named.push(Named { path, line, in_test, module: self.module.clone(), import });
    }

    /// The path from the root of the crate, where it begins with `self` or `super`.
    fn resolve(&self, path: &[String]) -> Vec<String> {
        let supers = path.iter().take_while(|word| *word == "super").count();
        let rest = match path[0].as_str() {
            "self" => &path[1..],
            "super" => &path[supers..],
            _ => return path.to_vec(),
        };
        let above = &self.module[..self.module.len().saturating_sub(supers)];
        std::iter::once("crate".to_owned()).chain(above.iter().chain(rest).cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, read};

    fn named(source: &str) -> Vec<Named> {
        read(source, &["app", "handlers"]).named
    }

    fn paths(source: &str) -> Vec<String> {
        named(source).into_iter().map(|named| named.path).collect()
    }

    #[test]
    fn trees_are_taken_apart() {
        let source = "use crate::{domain::{self, plan::Plan as P}, store::*}; use std::fs;";
        assert_eq!(paths(source), ["crate::domain", "crate::domain::plan::Plan", "crate::store::*", "std::fs"]);
    }

    #[test]
    fn relative_paths_are_resolved_inline_modules_counted() {
        let source = "use super::model::Model; fn f() { self::g(); super::super::store::open() }
            #[cfg(test)] mod tests { use super::*; fn t() { super::super::hit(); } }";
        let wanted = [
            "crate::app::model::Model",
            "crate::app::handlers::g",
            "crate::store::open",
            "crate::app::handlers::*",
            "crate::app::hit",
        ];
        assert_eq!(paths(source), wanted);
        let in_test: Vec<bool> = named(source).iter().map(|named| named.in_test).collect();
        assert_eq!(in_test, [false, false, false, true, true]);
    }

    #[test]
    fn imports_have_names_and_what_is_defined_is_noted() {
        let source = "use a::{self as b, c}; pub use d::*; pub(crate) use self::e as f; g::h();
            pub const fn one() {} mod inner { pub struct Two<const N: usize>; }";
        let imports: Vec<String> = named(source)
            .into_iter()
            .map(|named| {
                named
                    .import
                    .map_or_else(String::new, |it| format!("{}{}", if it.public { "pub " } else { "" }, it.name))
            })
            .collect();
        assert_eq!(imports, ["b", "c", "pub *", "pub f", ""]);
        let said = read(source, &["app"]);
        let items: Vec<String> =
            said.items.iter().map(|(module, name)| format!("{}::{name}", module.join("::"))).collect();
        assert!(items.contains(&"app::one".into()) && items.contains(&"app::inner::Two".into()), "{items:?}");
        assert_eq!(said.modules, [["app", "inner"]]);
    }

    #[test]
    fn comments_and_literals_name_nothing() {
        let source = r##"// crate::store::a
            /* crate::tui /* crate::cli */ */ fn f<'a>(x: &'a str) -> impl Sized + use<'a> { let _ = ("crate::store", r#"a " crate::tui"#, b'\'', '"'); '\\' }
            fn g() { crate::app::real() }"##;
        let found = named(source);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].path.as_str(), found[0].line), ("crate::app::real", 3));
    }
}
