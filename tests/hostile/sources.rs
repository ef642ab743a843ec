//! Packs as an attacker would make them: what git, a shell, a file system or a template would act on.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::common::effort::Chance;

/// A strategy that is sound, with `extra` in its prompt.
fn strategy(id: &str, extra: &str) -> String {
    format!(
        "schema = 1\nid = \"{id}\"\ntitle = \"Pack {id}\"\n[[turns]]\nid = \"t\"\ntitle = \"T\"\nprompt = '''\nDo it.\n{extra}\n'''\n"
    )
}

/// What is done to a pack: its folder, and a command that leaves a trace outside if anybody runs it.
type Trick = (&'static str, fn(&Path, &str));

/// Before the files are committed.
const FILES: &[Trick] = &[
    ("attributes", |dir, _| write(dir, ".gitattributes", "*.toml filter=evil diff=evil merge=evil ident\n")),
    ("submodules", |dir, run| {
        write(
            dir,
            ".gitmodules",
            &format!("[submodule \"s\"]\n\tpath = strategies/s\n\turl = ext::sh -c {run}\n\tupdate = !{run}\n"),
        );
    }),
    ("links", |dir, _| {
        let _ = symlink("/etc/passwd", dir.join("strategies/passwd.toml"));
        let _ = symlink("../../../data/plans", dir.join("strategies/plans.toml"));
        let _ = symlink("..", dir.join("strategies/up"));
        let _ = symlink("loop.toml", dir.join("strategies/loop.toml"));
    }),
    ("a folder that is a link", |dir, _| {
        let _ = fs::rename(dir.join("strategies"), dir.join("real"));
        let _ = symlink("/etc", dir.join("strategies"));
        write(dir, "top.toml", &strategy("top", ""));
    }),
    ("things that are no files", |dir, _| {
        write(dir, "strategies/folder.toml/x.toml", &strategy("x", ""));
        let _ = rustix::fs::mkfifoat(rustix::fs::CWD, dir.join("strategies/pipe.toml"), rustix::fs::Mode::RWXU);
    }),
    ("giants", |dir, _| {
        write(dir, "strategies/giant.toml", &"#".repeat(2 << 20));
        write(dir, "strategies/deep.toml", &format!("x = {}", "[".repeat(20_000)));
        write(dir, "strategies/lines.toml", &"=\n".repeat(500_000));
    }),
    ("bombs", |dir, _| {
        let loops = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
        write(dir, "strategies/loops.toml", &strategy("loops", loops));
        write(dir, "strategies/large.toml", &strategy("large", "{{ 'a' * 999999999 }}"));
        let doubled = format!("{{% set a = 'aaaaaaaa' %}}{}{{{{ a }}}}", "{% set a = a ~ a %}".repeat(40));
        write(dir, "strategies/doubled.toml", &strategy("doubled", &doubled));
        write(dir, "strategies/include.toml", &strategy("include", "{% include '/etc/passwd' %}{% import 'x' as y %}"));
    }),
    ("hidden characters", |dir, run| {
        let acts = format!("\u{1b}]52;c;eA==\u{7}\u{1b}[2J\u{202e}\u{200b}\u{e0041}$({run})`{run}`");
        let quoted = acts.replace('\u{1b}', "\\u001b").replace('\u{7}', "\\u0007");
        write(dir, "strategies/hidden.toml", &strategy("hidden", "").replace("Pack hidden", &quoted));
        write(dir, "strategies/raw.toml", &strategy("raw", &acts));
    }),
    ("names", |dir, _| {
        for name in [
            "..x",
            "CON",
            "nul",
            "Flaky",
            "a b",
            "-rf",
            "--yes",
            "\u{1b}[2J",
            "a\nb",
            "\u{202e}x",
            "...",
            "x;id",
            "packs",
        ] {
            write(dir, &format!("strategies/{name}.toml"), &strategy("named", ""));
        }
        write(dir, &format!("strategies/{}.toml", "x".repeat(200)), &strategy("long", ""));
        write(dir, "strategies/outside.toml", &strategy("../../../plans/x", ""));
    }),
    ("circles", |dir, _| {
        for (id, base) in [("one", "two"), ("two", "three"), ("three", "one"), ("self", "self"), ("far", "../../x")] {
            let text = format!("schema = 1\nid = \"{id}\"\nextends = \"{base}\"\nremove = [\"turns/t\"]\n");
            write(dir, &format!("strategies/{id}.toml"), &text);
        }
        let over = "schema = 1\nid = \"bug-investigation\"\nextends = \"bug-investigation\"\ntitle = \"Mine now\"\n";
        write(dir, "strategies/bug-investigation.toml", over);
    }),
    ("too many", |dir, _| {
        for n in 0..230 {
            write(dir, &format!("strategies/s{n:03}.toml"), &strategy(&format!("s{n:03}"), ""));
        }
    }),
    ("a file for git's folder", |dir, _| {
        if !dir.join(".git").exists() {
            write(dir, ".git", "gitdir: /etc\n");
        }
    }),
    ("programs", |dir, run| {
        for name in ["git", "strategies/git", "post-install.sh", "setlist.toml", ".envrc"] {
            write(dir, name, &format!("#!/bin/sh\n{run}\n"));
            let _ = fs::set_permissions(dir.join(name), fs::Permissions::from_mode(0o755));
        }
    }),
];

/// Once there is a repository.
const REPOSITORY: &[Trick] = &[
    ("hooks", |dir, run| {
        let hooks = "post-checkout post-merge pre-auto-gc reference-transaction post-index-change fsmonitor-watchman \
                     post-rewrite proc-receive update post-update pre-receive";
        for hook in hooks.split_whitespace() {
            write(dir, &format!(".git/hooks/{hook}"), &format!("#!/bin/sh\n{run}\n"));
            let _ = fs::set_permissions(dir.join(".git/hooks").join(hook), fs::Permissions::from_mode(0o755));
        }
    }),
    ("settings", |dir, run| {
        let settings = format!(
            "[core]\n\tfsmonitor = {run}\n\tsshCommand = {run}\n\tpager = {run}\n\thooksPath = hooks\n\
             \talternateRefsCommand = {run}\n\taskPass = {run}\n\tgitProxy = {run}\n\
             [filter \"evil\"]\n\tsmudge = {run}\n\tclean = {run}\n\tprocess = {run}\n\
             [uploadpack]\n\tpackObjectsHook = {run}\n[diff \"evil\"]\n\ttextconv = {run}\n\
             [alias]\n\tcat-file = !{run}\n\tls-tree = !{run}\n[protocol \"ext\"]\n\tallow = always\n\
             [url \"ext::sh -c {run} \"]\n\tinsteadOf = file\n[include]\n\tpath = /tmp/none-of-these\n"
        );
        let path = dir.join(".git/config");
        let before = fs::read_to_string(&path).unwrap_or_default();
        write(dir, ".git/config", &format!("{before}{settings}"));
    }),
    ("alternates", |dir, _| write(dir, ".git/objects/info/alternates", "/etc\n../../../nowhere\n")),
    ("references", |dir, _| {
        let head = fs::read_to_string(dir.join(".git/refs/heads/main")).unwrap_or_default();
        for name in ["refs/heads/a;id", "refs/tags/$(id)", "refs/heads/--upload-pack=x"] {
            write(dir, &format!(".git/{name}"), &head);
        }
    }),
];

fn write(dir: &Path, name: &str, text: &str) {
    let path = dir.join(name);
    // A trick before it may have put something else there.
    let _ = fs::create_dir_all(path.parent().unwrap());
    let _ = fs::write(path, text);
}

/// A pack that was made, and how it is to be named.
pub struct Source {
    pub folder: PathBuf,
    pub address: String,
    pub tricks: Vec<&'static str>,
}

/// Makes a pack below `home`, with a few tricks at once. `canary` is what must never come to be.
pub fn make(home: &Path, n: usize, canary: &Path) -> Source {
    let mut chance = Chance::of(n + 1);
    let run = format!("touch {}", canary.display());
    // A name that a shell would act on.
    let name = ["pack", "a pack", "p;id", "p`id`", "p'q", "-p", "p\u{202e}", "P\u{e9}"][chance.below(8)];
    let folder = home.join("sources").join(name);
    for id in ["good", "flaky"] {
        write(&folder, &format!("strategies/{id}.toml"), &strategy(id, "{{ 1 + 1 }}"));
    }
    let mut tricks = Vec::new();
    for at in 0..3 {
        // Each of them comes up, others by chance.
        let pick = if at == 0 { n % FILES.len() } else { chance.below(FILES.len()) };
        let (what, play) = FILES[pick];
        play(&folder, &run);
        tricks.push(what);
    }
    let mut address = folder.display().to_string();
    let way = n % 3;
    if way > 0 && !folder.join(".git").is_file() {
        git(&folder, &["init", "-q", "-b", "main"]);
        git(&folder, &["add", "-A", "--", "."]);
        git(&folder, &["commit", "-q", "-m", "x", "--allow-empty"]);
        for at in 0..2 {
            let pick = if at == 0 { (n / 3) % REPOSITORY.len() } else { chance.below(REPOSITORY.len()) };
            let (what, play) = REPOSITORY[pick];
            play(&folder, &run);
            tricks.push(what);
        }
        if way == 2 {
            address = format!("file://{address}");
        }
    }
    Source { folder, address, tricks }
}

/// Addresses that would run or reach something.
pub fn addresses(canary: &Path) -> Vec<String> {
    let run = format!("touch {}", canary.display());
    let spaced = run.replace(' ', "% ");
    vec![
        format!("ext::sh -c {spaced}"),
        format!("ext::{spaced} %S"),
        "fd::7,8".into(),
        format!("--upload-pack={run}"),
        format!("-u{run}"),
        format!("-c core.sshCommand='{run}'"),
        format!("ssh://-oProxyCommand={run}/x"),
        format!("-oProxyCommand={run}:x"),
        format!("git@-oProxyCommand={run}:x"),
        format!("file:///nowhere;{run}"),
        format!("file:///nowhere$({run})"),
        format!("/nowhere`{run}`"),
        "transport::address".into(),
        "testgit::x".into(),
        "..".repeat(4000),
    ]
}

fn git(folder: &Path, args: &[&str]) {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(args).env("HOME", folder).env("GIT_CONFIG_NOSYSTEM", "1");
    for (name, value) in [("NAME", "a"), ("EMAIL", "a@b.c")] {
        git.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
    }
    // What git itself does not take makes no pack.
    let _ = git.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}
