//! Where a path leads: through what the modules on its way hand on with `use`, to where a thing is defined.

use std::collections::{HashMap, HashSet};

use crate::paths::{Import, Named, Source};

/// Longer paths go round in a circle.
const LONGEST: usize = 20;

/// A path in parts; one of the crate's own begins with `crate`.
type Path = Vec<String>;

/// What the modules of the crate have and hand on.
#[derive(Default)]
pub struct Modules {
    /// Every module, with what is imported into it.
    imports: HashMap<Path, Vec<(Import, Path)>>,
    /// Items by module and name.
    items: HashSet<Path>,
}

impl Modules {
    /// Adds a file, which is the module `module`.
    pub fn add(&mut self, module: &[&str], source: &Source) {
        let module = module.iter().map(ToString::to_string).collect::<Path>();
        for module in std::iter::once(&module).chain(&source.modules) {
            self.imports.entry(rooted(module)).or_default();
        }
        for Named { path, module, import, .. } in &source.named {
            let path = path.split("::").map(str::to_owned).collect();
            let into = self.imports.entry(rooted(module)).or_default();
            into.extend(import.clone().map(|import| (import, path)));
        }
        self.items.extend(source.items.iter().map(|(module, name)| joined(&rooted(module), name)));
    }

    /// Every path of the crate that `named` leads to: as it is written, and through each module that hands it on.
    pub fn leads_to(&self, named: &Named) -> Vec<String> {
        let from = rooted(&named.module);
        let path: Path = named.path.split("::").map(str::to_owned).collect();
        let mut seen: Vec<Path> = Vec::new();
        let mut to_do = Vec::from_iter(self.absolute(&path, &from).map(|path| (path, from)));
        while let Some((path, from)) = to_do.pop() {
            if !seen.contains(&path) && path.len() <= LONGEST {
                to_do.extend(self.handed_on(&path, &from));
                seen.push(path);
            }
        }
        seen.into_iter().map(|path| path.join("::")).collect()
    }

    /// The path from the root of the crate; nothing where it leads out of it.
    fn absolute(&self, path: &[String], module: &[String]) -> Option<Path> {
        match path[0].as_str() {
            "crate" | "setlist" => Some(rooted(&path[1..])),
            name => self.has(module, name, &mut Vec::new()).then(|| [module, path].concat()),
        }
    }

    /// Where the first module on the way that has a part of the path from elsewhere has it from, and that module.
    /// Others than what is in it, such as `from`, see only what is public.
    fn handed_on(&self, path: &[String], from: &[String]) -> Vec<(Path, Path)> {
        for at in 1..path.len() {
            let (module, name, rest) = (&path[..at], &path[at], &path[at + 1..]);
            let Some(imports) = self.imports.get(module) else { continue };
            if !rest.is_empty() && self.imports.contains_key(&path[..=at]) {
                continue;
            }
            let own = self.has_by_name(module, name);
            let seen = imports.iter().filter(|(import, _)| import.public || from.starts_with(module));
            let found: Vec<_> = seen
                .filter_map(|(import, target)| match (name.as_str(), import.name.as_str()) {
                    (_, "*") if own => None,
                    (_, "*") => self.through_glob(&self.all_of(target, module)?, name),
                    ("*", _) => self.absolute(target, module),
                    (name, import) if name == import => self.absolute(target, module),
                    _ => None,
                })
                .map(|target| ([&target, rest].concat(), module.to_vec()))
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The module or type whose names `target`, which ends with `*`, takes all.
    fn all_of(&self, target: &[String], module: &[String]) -> Option<Path> {
        let all = &target[..target.len() - 1];
        match all.first()?.as_str() {
            "crate" | "setlist" => Some(rooted(&all[1..])),
            first => self.has_by_name(module, first).then(|| [module, all].concat()),
        }
    }

    /// `name` in `all`; nothing where that is a module without such a name.
    fn through_glob(&self, all: &[String], name: &str) -> Option<Path> {
        let may = name == "*" || !self.imports.contains_key(all) || self.has(all, name, &mut Vec::new());
        may.then(|| joined(all, name))
    }

    /// Whether a module has something of this name, of its own or from elsewhere; one that was `asked` has not.
    fn has(&self, module: &[String], name: &str, asked: &mut Vec<Path>) -> bool {
        if self.has_by_name(module, name) {
            return true;
        }
        if asked.iter().any(|asked| asked == module) {
            return false;
        }
        asked.push(module.to_vec());
        let imports = self.imports.get(module).into_iter().flatten();
        let mut globs = imports.filter(|(import, _)| import.name == "*");
        globs.any(|(_, target)| self.all_of(target, module).is_some_and(|all| self.has(&all, name, asked)))
    }

    fn has_by_name(&self, module: &[String], name: &str) -> bool {
        let own = joined(module, name);
        let imports = self.imports.get(module).into_iter().flatten();
        self.imports.contains_key(&own)
            || self.items.contains(&own)
            || imports.into_iter().any(|(import, _)| import.name == name)
    }
}

fn rooted(path: &[String]) -> Path {
    std::iter::once("crate".to_owned()).chain(path.iter().cloned()).collect()
}

fn joined(path: &[String], name: &str) -> Path {
    [path, &[name.to_owned()]].concat()
}

#[cfg(test)]
mod tests {
    use super::Modules;
    use crate::paths;

    /// Where the last path of the last of `files` leads to.
    fn leads(files: &[(&[&str], &str)]) -> Vec<String> {
        let mut modules = Modules::default();
        let sources: Vec<_> = files.iter().map(|(module, source)| paths::read(source, module)).collect();
        for ((module, _), source) in files.iter().zip(&sources) {
            modules.add(module, source);
        }
        modules.leads_to(sources.last().unwrap().named.last().unwrap())
    }

    const KEYS: (&[&str], &str) = (&["app", "keys"], "pub struct Keymap; pub enum Action { Quit }");
    const APP: (&[&str], &str) = (&["app"], "pub mod keys;");

    #[test]
    fn a_path_is_followed_to_where_it_is_defined() {
        let through = [
            ("pub use crate::app::keys;", "crate::tui::keys::Keymap"),
            ("pub(crate) use crate::app::keys;", "crate::tui::keys::Keymap"),
            ("pub use crate::app::keys as table;", "crate::tui::table::Keymap"),
            ("pub use crate::app::{self as model, keys::*};", "crate::tui::model::keys::Keymap"),
            ("pub use crate::app::*;", "crate::tui::keys::Keymap"),
            ("use crate::app; pub use app::keys;", "crate::tui::keys::Keymap"),
            ("use crate::app::*; pub use keys as table;", "crate::tui::table::Keymap"),
            ("pub use self::inner::*; mod inner { pub use crate::app::keys; }", "crate::tui::keys::Keymap"),
            ("mod inner { pub use super::super::app::keys; } pub use inner::keys as k;", "crate::tui::k::Keymap"),
            ("pub mod inner { pub use crate::app::keys::*; }", "crate::tui::inner::Keymap"),
        ];
        for (tui, named) in through {
            let user = format!("fn f(_: {named}) {{}}");
            let leads = leads(&[APP, KEYS, (&["tui"], tui), (&["cli"], &user)]);
            assert!(leads.contains(&"crate::app::keys::Keymap".into()), "{named} through {tui}: {leads:?}");
        }
    }

    #[test]
    fn a_path_is_followed_from_where_it_begins() {
        let tui = (&["tui"] as &[&str], "pub use crate::app::keys;");
        for user in ["use crate::tui; fn f(_: tui::keys::Keymap) {}", "use crate::tui::*; fn f() { keys::Keymap }"] {
            let leads = leads(&[APP, KEYS, tui, (&["cli"], user)]);
            assert!(leads.contains(&"crate::app::keys::Keymap".into()), "{user}: {leads:?}");
        }
        let leads = leads(&[APP, KEYS, tui, (&["cli"], "use crate::tui::*;")]);
        assert!(leads.contains(&"crate::app::keys".into()), "{leads:?}");
    }

    #[test]
    fn globs_of_enums_are_followed_and_circles_end() {
        let tui = (&["tui"] as &[&str], "pub use crate::app::keys::Action::*; pub use crate::cli::*; pub fn run() {}");
        let circle = "pub use crate::tui::*; fn f() { crate::tui::Quit }";
        let found = leads(&[APP, KEYS, tui, (&["cli"], circle)]);
        assert!(found.contains(&"crate::app::keys::Action::Quit".into()), "{found:?}");
    }

    #[test]
    fn what_a_module_defines_or_keeps_to_itself_leads_nowhere_else() {
        let cases = [
            ("use crate::app::keys; pub fn keys() {}", "fn f() { crate::tui::keys() }"),
            ("pub use crate::app::keys::*; pub struct Own;", "fn f(_: crate::tui::Own) {}"),
            ("pub use crate::app::keys::*; pub mod own { pub struct Keymap; }", "fn f(_: crate::tui::own::Keymap) {}"),
        ];
        for (tui, user) in cases {
            let leads = leads(&[APP, KEYS, (&["tui"], tui), (&["cli"], user)]);
            assert_eq!(leads.len(), 1, "{user} through {tui}: {leads:?}");
        }
        assert_eq!(leads(&[(&["cli"], "use std::fs; fn f() { std::fs::read() }")]), [] as [String; 0]);
    }
}
