//! Plan files as other programs and people leave them: keys of every type in every table, comments everywhere, odd
//! layout. What was put in is known, so that its loss is seen.

use crate::common::effort::Chance;

/// A text with things in it that are not ours.
pub struct Document {
    pub text: String,
    /// Lines that were put in, in their order: keys with their values, comments.
    pub put: Vec<String>,
}

/// Values of every type of TOML; `N` makes each one unlike the others.
const VALUES: &[&str] = &[
    "\"plain N\"",
    "\"esc\\t\\\"N\\\" \\u00e9\"",
    "'literal \\N'",
    "'''raw N'''",
    "N",
    "+N",
    "0xN",
    "1_N",
    "N.5e-3",
    "-inf # inf N",
    "nan # nan N",
    "true # true N",
    "2026-11-22T10:00:00.N+01:00",
    "2026-11-22 10:00:00.N",
    "2026-11-22 # day N",
    "10:00:00.N",
    "[]  # empty N",
    "[N, \"two\", [3.0, [ 4 ]], { five = 5 }, ]",
    "{ of = \"them\", n = [N, 2], deep.er.\"q q\" = { x = 1 } }",
    "{} # none N",
    "\"\" # empty text N",
    "\"\u{65e5}\u{672c} \u{1f468}\u{200d}\u{1f469} N\"",
];

/// Names that keys may have.
const NAMES: &[&str] = &["x_N", "\"x N\"", "'x.N'", "x_N.of.them", "x_N . \"a b\"", "\"\u{fc}_N\"", "X-N", "xN-1"];

/// `text`, a plan file as this program writes it, with other people's keys and comments in it.
pub fn decorated(text: &str, chance: &mut Chance) -> Document {
    let mut made = Making { out: String::new(), put: Vec::new(), number: 1000 };
    let (mut inside, mut table, mut plain) = (false, String::new(), true);
    // From none at all to something at each line.
    let density = [2, 3, 6, 12][chance.below(4)];
    for line in text.lines() {
        let code = !inside && !line.trim().is_empty() && !line.starts_with('#');
        if code && line.starts_with('[') {
            if plain && chance.below(density) == 0 {
                made.foreign_table(&table, chance);
            }
            line.trim_matches(['[', ']']).clone_into(&mut table);
            // What stands there are values, not keys.
            plain = table != "values" && !table.starts_with("strategy.fit");
        }
        inside ^= line.matches("\"\"\"").count() % 2 == 1;
        if code && chance.below(density) == 0 {
            made.comment("", chance);
        }
        made.out.push_str(line);
        if code && !inside && !line.ends_with("\"\"\"") && chance.below(density) == 0 {
            let number = made.next();
            let beside = format!("# beside {number}.");
            made.out.push_str(&format!("  {beside}"));
            made.put.push(beside);
        }
        made.out.push('\n');
        if code && !inside && plain && chance.below(density) == 0 {
            made.key(chance);
        }
    }
    if plain && chance.below(2) == 0 {
        made.foreign_table(&table, chance);
    }
    if chance.below(2) == 0 {
        made.comment("", chance);
    }
    if chance.below(8) == 0 {
        made.out = made.out.replace('\n', "\r\n");
    }
    Document { text: made.out, put: made.put }
}

struct Making {
    out: String,
    put: Vec<String>,
    number: usize,
}

impl Making {
    fn next(&mut self) -> usize {
        self.number += 1;
        self.number
    }

    fn line(&mut self, indent: &str, line: String) {
        self.out.push_str(&format!("{indent}{line}\n"));
        self.put.push(line);
    }

    fn comment(&mut self, indent: &str, chance: &mut Chance) {
        let number = self.next();
        let words = ["remark", "# --- [not.a.table]", "key = \"value\"", "\u{e9}\u{202e}"][chance.below(4)];
        self.line(indent, format!("# {words} {number}."));
    }

    fn key(&mut self, chance: &mut Chance) {
        let number = self.next().to_string();
        let name = NAMES[chance.below(NAMES.len())].replace('N', &number);
        let indent = ["", "", "  ", "\t"][chance.below(4)];
        let sign = [" = ", "=", "   =  "][chance.below(3)];
        if chance.below(8) == 0 {
            self.line(indent, format!("{name}{sign}[ # a list {number}"));
            self.line("    ", format!("{number}0, # first of {number}"));
            self.line("    ", format!("{number}1"));
            self.out.push_str("  ]\n");
            return;
        }
        let value = VALUES[chance.below(VALUES.len())].replace('N', &number);
        self.line(indent, format!("{name}{sign}{value}"));
    }

    /// A table that is nobody's, alone or in the table before it, which may be in a list.
    fn foreign_table(&mut self, table: &str, chance: &mut Chance) {
        let number = self.next();
        let above = if table.is_empty() || chance.below(3) == 0 { String::new() } else { format!("{table}.") };
        let header = match chance.below(3) {
            0 => format!("[[{above}x_{number}]]"),
            _ => format!("[{above}x_{number}]"),
        };
        self.out.push('\n');
        self.line("", header);
        for _ in 0..=chance.below(3) {
            self.key(chance);
        }
        if chance.below(3) == 0 {
            self.line("", format!("[{above}x_{number}.below]"));
            self.key(chance);
        }
        self.out.push('\n');
    }
}
