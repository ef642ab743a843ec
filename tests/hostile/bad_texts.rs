//! Contents that no file should have.

/// How deep what is nested goes.
const DEPTH: usize = 20_000;

/// A bad text and its name.
pub struct Bad {
    pub name: &'static str,
    pub bytes: Vec<u8>,
}

/// TOML files of at most `size` bytes that begin with `head`: too deep, too many, not text, controls.
pub fn toml(head: &str, size: usize) -> Vec<Bad> {
    let deep = |open: &str, middle: &str, close: &str| {
        let depth = DEPTH.min(size / (2 * (open.len() + close.len()).max(1)));
        format!("{head}x = {}{middle}{}\n", open.repeat(depth), close.repeat(depth))
    };
    let names = vec!["a"; DEPTH].join(".");
    let fill = |line: &str| format!("{head}{}", line.repeat((size - head.len() - 1) / line.len()));
    let keys: String = (0..size.min(6_000_000) / 20).map(|n| format!("key{n} = {n}\n")).collect();
    let tables: String = (0..size.min(4_000_000) / 14).map(|n| format!("[t{n}]\n")).collect();
    let control = "\"a\\u001b[2J\u{202e}\u{e0041}\" = 1\n\u{1b}]0;owned\u{7}\u{9b}31m\u{2028} = \u{8}\n";
    let texts: Vec<(&'static str, String)> = vec![
        ("lists in lists", deep("[", "", "]")),
        ("lists that never end", deep("[", "", "")),
        ("tables in tables", deep("{a=", "1", "}")),
        ("tables that never end", deep("{a=", "", "")),
        ("a key of many names", format!("{head}{names} = 1\n")),
        ("a header of many names", format!("{head}[{names}]\nb = 1\n")),
        ("a list header of many names", format!("{head}[[{names}]]\nb = 1\n")),
        ("many names in braces", format!("{head}x = {{ {names} = 1 }}\n")),
        ("many keys", format!("{head}{keys}")),
        ("many tables", format!("{head}{tables}")),
        ("one key many times", fill("a=1\n")),
        ("many lists of tables", fill("[[a]]\n")),
        ("line ends", fill("\n") + "="),
        ("signs", fill("=\n")),
        ("brackets", fill("[\n")),
        ("quotes", fill("\"\n")),
        ("commas", format!("{head}x = [{}", "1,".repeat((size - head.len() - 8) / 2))),
        ("names", fill("a.") + "b = 1\n"),
        ("one long name", fill("a") + "\n"),
        ("one long comment", format!("{head}#{}", "x".repeat(size - head.len() - 2))),
        ("NULs", fill("\0")),
        ("control characters", format!("{head}{control}")),
        ("control characters in a text", format!("{head}schema = \"\u{1b}]52;c;eA==\u{7}\"\n")),
        ("control characters in escapes", format!("{head}schema = \"\\u001b[2J\\u202e\\u0007\"\n")),
        ("carriage returns", format!("{head}a = 1\rb = 2\r\x1b[1A\r")),
        ("numbers beyond all", format!("{head}schema = 99999999999999999999999999\nrevision = -1\n")),
        ("nothing", String::new()),
        ("a byte order mark", format!("\u{feff}{head}\u{feff}")),
    ];
    let mut all: Vec<Bad> = texts.into_iter().map(|(name, text)| Bad { name, bytes: text.into_bytes() }).collect();
    let bytes: Vec<(&'static str, Vec<u8>)> = vec![
        ("not UTF-8", [head.as_bytes(), b"name = \"caf\xe9\"\n"].concat()),
        ("UTF-16", head.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("half a character", [head.as_bytes(), b"# \xf0\x9f"].concat()),
        ("all bytes", (0..=255).cycle().take(4096).collect()),
        ("too large", vec![b'#'; size + 4096]),
    ];
    all.extend(bytes.into_iter().map(|(name, bytes)| Bad { name, bytes }));
    all
}

/// The same for what the program keeps as JSON.
pub fn json() -> Vec<Bad> {
    let texts: Vec<(&'static str, String)> = vec![
        ("lists in lists", "[".repeat(DEPTH)),
        ("closed lists in lists", "[".repeat(DEPTH) + &"]".repeat(DEPTH)),
        ("tables in tables", "{\"a\":".repeat(DEPTH)),
        ("tables in an unknown key", format!("{{\"x\":{}1{}}}", "{\"a\":".repeat(DEPTH), "}".repeat(DEPTH))),
        ("NULs", "\0".repeat(1_000_000)),
        ("nothing", String::new()),
        ("a word", "true".into()),
        ("half", "{\"version\":\"3 0.1.0\",\"files\":{\"plans/".into()),
        ("numbers beyond all", "{\"entries\":[],\"next\":18446744073709551615,\"cursor\":18446744073709551615}".into()),
        (
            "entries beyond all",
            format!(
                "{{\"entries\":[{0},{0}],\"next\":3,\"cursor\":2}}",
                "{\"seq\":18446744073709551615,\"revision\":18446744073709551615,\"at\":\"2026-11-22T10:00:00Z\",\
                 \"summary\":\"\\u001b[2J\\u202e\",\"hash\":\"\",\"bytes\":18446744073709551615,\"change\":true}"
            ),
        ),
        (
            "a circle",
            "{\"entries\":[{\"seq\":1,\"revision\":1,\"at\":\"2026-11-22T10:00:00Z\",\"summary\":\"\\u001b[2J\\u202e\",\
             \"hash\":\"x\",\"bytes\":1,\"parent\":1,\"change\":true}],\"next\":1,\"cursor\":1,\"redo\":[1,1,7]}"
                .into(),
        ),
        ("one long text", format!("{{\"a\":\"{}\"}}", "x".repeat(9_000_000))),
        ("many keys", format!("{{{}\"z\":1}}", (0..300_000).map(|n| format!("\"k{n}\":{n},")).collect::<String>())),
    ];
    let mut all: Vec<Bad> = texts.into_iter().map(|(name, text)| Bad { name, bytes: text.into_bytes() }).collect();
    all.push(Bad { name: "not UTF-8", bytes: b"{\"a\":\"\xff\xfe\"}".to_vec() });
    all
}
