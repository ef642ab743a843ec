//! Packs by the command line: looked at, taken, updated and removed; from folders, from git, from enemies.

use std::os::unix::fs::symlink;
use std::process::Command;

use serde_json::Value;

use crate::conversation::type_into;
use crate::home::{Home, Ran, SMALL, ran, tree};

/// The small strategy under another id.
fn small(id: &str) -> String {
    SMALL.replace("id = \"small\"", &format!("id = \"{id}\""))
}

/// A pack in `work/pack`: one strategy of its own, one over a built-in one.
fn pack(home: &Home) {
    home.write("work/pack/strategies/flaky.toml", &small("flaky"));
    let over = "schema = 1\nid = \"bug-investigation\"\nextends = \"bug-investigation\"\ntitle = \"Our bugs\"\n";
    home.write("work/pack/strategies/bug-investigation.toml", over);
    home.write("work/pack/rustfmt.toml", "max_width = 120\n");
}

/// What lies in the data directory.
fn kept(home: &Home) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    tree(&home.path("data"))
}

/// Runs git in `work`; it has to be there, since packs may come by it.
pub fn git(home: &Home, args: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(home.path("work")).args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"]);
    command.args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]).args(args);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.output().unwrap_or_else(|error| panic!("these tests need git, install it: {error}"));
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The program with git at hand.
pub fn with_git(home: &Home, args: &[&str]) -> Ran {
    let mut command = home.command(args);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    ran(command.output().unwrap())
}

fn commit(home: &Home, what: &str) {
    git(home, &["-C", "pack", "add", "-A"]);
    git(home, &["-C", "pack", "commit", "-q", "-m", what]);
}

#[test]
fn a_folder_is_looked_at_taken_updated_and_removed() {
    let home = Home::new();
    pack(&home);
    let mut told = home.told(&["pack", "add", "pack"]);
    assert_eq!(kept(&home), [], "nothing is taken unasked");
    told += &home.told(&["pack", "add", "pack", "--name", "ours", "--yes"]);
    told += &home.told(&["pack", "add", "pack", "--name", "ours", "--yes"]);
    told += &home.told(&["pack", "list"]);
    told += &home.told(&["strategy", "list", "bug"]);
    told += &home.told(&["pack", "update", "ours"]);
    home.write("work/pack/strategies/flaky.toml", &small("flaky").replace("Fix it.", "Fix it \u{202e}fast. Show it."));
    std::fs::remove_file(home.path("work/pack/strategies/bug-investigation.toml")).unwrap();
    home.write("work/pack/strategies/new.toml", &small("new"));
    let before = kept(&home);
    told += &home.told(&["pack", "update"]);
    assert_eq!(kept(&home), before, "an update that is refused changes nothing");
    told += &home.told(&["pack", "update", "--yes"]);
    assert!(home.ok(&["strategy", "render", "flaky", "--set", "problem=xyz"]).contains("Show it."));
    told += &home.told(&["pack", "remove", "our"]);
    told += &home.told(&["pack", "remove", "ours"]);
    told += &home.told(&["pack", "list"]);
    insta::assert_snapshot!(told);
    assert_eq!(home.json(&["strategy", "show", "bug-investigation"])["source"], "built-in");
    let trash = home.path("state/trash/packs/ours");
    home.ok(&["pack", "add", trash.to_str().unwrap(), "--yes"]);
    assert_eq!(home.json(&["strategy", "show", "flaky"])["pack"], "ours");
}

#[test]
fn a_person_is_asked_and_no_is_no() {
    let home = Home::new();
    pack(&home);
    let (code, shown) = type_into(&home, &["pack", "add", "pack"], &[("Take these 2 strategies? [y/N]", "n")]);
    assert_eq!(code, 5, "{shown}");
    assert_eq!(kept(&home), []);
    let (code, shown) = type_into(&home, &["pack", "add", "pack"], &[("[y/N]", "y")]);
    assert_eq!(code, 0, "{shown}");
    home.write("work/pack/strategies/flaky.toml", &small("flaky").replace("Fix it.", "Fix \u{1b}[2Jit."));
    let before = kept(&home);
    let (code, shown) = type_into(&home, &["pack", "update"], &[("Take the new version of pack? [y/N]", "")]);
    assert_eq!(code, 5, "{shown}");
    assert!(shown.contains("+prompt = \"Fix ^[[2Jit.\"") && !shown.contains("\u{1b}[2J"), "{shown}");
    assert_eq!(kept(&home), before);
}

#[test]
fn a_plan_keeps_its_strategy_whatever_becomes_of_the_pack() {
    let home = Home::new();
    pack(&home);
    home.ok(&["pack", "add", "pack", "--yes"]);
    home.strategy("mine", "schema = 1\nid = \"mine\"\nextends = \"flaky\"\nremove = [\"turns/fix\"]\n");
    home.ok(&["new", "mine", "--set", "problem=slow"]);
    home.write("work/pack/strategies/flaky.toml", &small("flaky").replace("Measure {{", "Weigh {{"));
    home.ok(&["pack", "update", "--yes"]);
    assert!(home.ok(&["prompt"]).starts_with("Measure slow"));
    assert!(home.ok(&["strategy", "render", "mine", "--set", "problem=slow"]).contains("Weigh slow"));
    home.ok(&["pack", "remove", "pack", "--yes"]);
    assert!(home.ok(&["prompt"]).starts_with("Measure slow"));
    assert!(home.run(&["strategy", "list"]).err.contains("there is no strategy \"flaky\" to extend"));
}

#[test]
fn a_pack_that_others_build_on_is_not_removed_unasked() {
    let home = Home::new();
    pack(&home);
    home.ok(&["pack", "add", "pack", "--yes"]);
    let before = kept(&home);
    // What the pack only stands before has a base without it too.
    home.strategy("bugs", "schema = 1\nid = \"bugs\"\nextends = \"bug-investigation\"\n");
    home.strategy("mine", "schema = 1\nid = \"mine\"\nextends = \"flaky\"\n");
    home.strategy("ours", "schema = 1\nid = \"ours\"\nextends = \"mine\"\n");
    home.strategy("bad", "schema = 1\nid = \"bad\"\nextends = \"flaky\"\nremove = [\"nothing\"]\n");
    let mut told = home.told(&["pack", "remove", "pack"]);
    let question = [("Move the pack 'pack' to the trash? Plans keep their strategies. [y/N]", "n")];
    let (code, shown) = type_into(&home, &["pack", "remove", "pack"], &question);
    assert_eq!(code, 5, "{shown}");
    assert!(shown.contains("mine (") && shown.contains("ours (") && !shown.contains("bugs ("), "{shown}");
    assert!(before.iter().all(|file| kept(&home).contains(file)), "nothing was removed");
    let removed: Value = serde_json::from_str(&home.ok(&["pack", "remove", "pack", "--yes", "--json"])).unwrap();
    let ids: Vec<&str> = removed["broken"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["mine", "ours"]);
    let trash = home.path("state/trash/packs/pack");
    home.ok(&["pack", "add", trash.to_str().unwrap(), "--yes"]);
    told += &home.told(&["pack", "remove", "pack", "--yes"]);
    insta::assert_snapshot!(told);
}

#[test]
fn what_cannot_be_kept_in_the_trash_is_not_removed() {
    let home = Home::new();
    pack(&home);
    home.ok(&["pack", "add", "pack", "--yes"]);
    let name = |path: &std::path::Path| path.file_name().unwrap() == "flaky.toml";
    let file = kept(&home).into_iter().find(|(path, _)| name(path)).unwrap().0;
    std::fs::write(&file, [0xff, 0xfe]).unwrap();
    let before = kept(&home);
    let told = home.fails(1, &["pack", "remove", "pack", "--yes"]);
    assert!(told.contains("flaky.toml cannot be kept in the trash: it is no text in UTF-8"), "{told}");
    assert_eq!(kept(&home), before);
    // What is gone altogether holds nothing up.
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
    home.ok(&["pack", "remove", "pack", "--yes"]);
}

#[test]
fn a_repository_is_read_by_git_and_nothing_of_it_acts() {
    let home = Home::new();
    pack(&home);
    symlink("/etc/passwd", home.path("work/pack/strategies/passwd.toml")).unwrap();
    home.write("work/pack/.gitattributes", "*.toml filter=evil\n");
    git(&home, &["init", "-q", "pack"]);
    let evil = home.path("work/evil");
    let hook = format!("#!/bin/sh\ntouch {}\n", evil.display());
    home.write("work/pack/.git/hooks/post-checkout", &hook);
    commit(&home, "First");
    git(&home, &["-C", "pack", "config", "filter.evil.smudge", &format!("touch {}", evil.display())]);
    let url = format!("file://{}", home.path("work/pack").display());
    let added = with_git(&home, &["pack", "add", &url, "--yes", "--json"]);
    assert_eq!(added.code, 0, "{added:?}");
    let added: Value = serde_json::from_str(&added.out).unwrap();
    assert_eq!(added["pack"]["kind"], "git");
    assert_eq!(added["pack"]["revision"].as_str().unwrap().len(), 40);
    assert_eq!(added["left_out"][0]["file"], "passwd.toml");
    assert!(!evil.exists());
    assert!(kept(&home).iter().all(|(path, _)| path.extension().is_some_and(|end| end == "toml")), "no .git, no links");
    home.write("work/pack/strategies/flaky.toml", &small("flaky").replace("Fix it.", "Mend it."));
    assert!(with_git(&home, &["pack", "update"]).err.contains("no changes"), "what is not committed does not count");
    commit(&home, "Second");
    let told = with_git(&home, &["pack", "update", "pack"]);
    assert_eq!(told.code, 5, "{told:?}");
    assert!(told.out.contains("-prompt = \"Fix it.\"\n+prompt = \"Mend it.\""), "{}", told.out);
    let updated = with_git(&home, &["pack", "update", "--yes", "--json"]);
    let updated: Value = serde_json::from_str(&updated.out).unwrap();
    assert_eq!(updated["items"][0]["changes"][0]["prompts"][0], "fix");
    assert_eq!(updated["items"][0]["taken"], true);
    // A bare repository is one, also by its path.
    git(&home, &["clone", "-q", "--bare", "pack", "bare.git"]);
    assert_eq!(with_git(&home, &["pack", "add", "bare.git", "--yes"]).code, 0);
    let packs = home.json(&["pack", "list"]);
    assert_eq!((&packs["items"][1]["name"], &packs["items"][1]["kind"]), (&"bare".into(), &"git".into()));
}

#[test]
fn without_git_or_without_the_repository_the_pack_stays_and_the_way_out_is_said() {
    let home = Home::new();
    pack(&home);
    git(&home, &["init", "-q", "pack"]);
    let url = format!("file://{}", home.path("work/pack").display());
    let told = with_git(&home, &["pack", "add", &url, "--yes"]);
    assert!(told.code == 1 || told.code == 4, "{told:?}");
    commit(&home, "First");
    assert_eq!(with_git(&home, &["pack", "add", &url, "--yes"]).code, 0);
    let before = kept(&home);
    let mut command = home.command(&["pack", "update", "--yes"]);
    let told = ran(command.env("PATH", home.path("nowhere")).output().unwrap());
    assert_eq!(told.code, 1, "{told:?}");
    assert!(told.err.contains("pack: git is not installed") && told.err.contains("install git"), "{}", told.err);
    std::fs::remove_dir_all(home.path("work/pack")).unwrap();
    let told = with_git(&home, &["pack", "update", "--yes"]);
    assert_eq!(told.code, 1, "{told:?}");
    assert!(told.err.contains("git cannot read file://") && told.err.contains("nothing has changed"), "{}", told.err);
    assert_eq!(kept(&home), before);
    assert!(home.json(&["strategy", "show", "flaky"])["strategy"].is_object());
}

#[test]
fn addresses_and_names_that_act_are_refused() {
    let home = Home::new();
    pack(&home);
    for address in
        ["ext::sh -c touch% evil", "--upload-pack=touch evil", "ssh://-oProxyCommand=touch/x", "https://me:pw@h/p"]
    {
        let told = with_git(&home, &["pack", "add", "--yes", "--", address]);
        assert_eq!(told.code, 5, "{address}: {told:?}");
    }
    for name in ["../x", "A", "", "a b"] {
        assert_eq!(home.run(&["pack", "add", "pack", "--yes", "--name", name]).code, 4, "{name}");
    }
    assert!(home.fails(3, &["pack", "add", "nowhere"]).contains("no folder nowhere"));
    assert!(home.fails(4, &["pack", "add", "pack/rustfmt.toml"]).contains("not a folder"));
    home.write("work/empty/notes.md", "x");
    assert!(home.fails(4, &["pack", "add", "empty"]).contains("no strategy files"));
    assert!(home.fails(3, &["pack", "update", "nowhere"]).contains("no pack `nowhere`"));
    assert_eq!(kept(&home), []);
    // A record that somebody else edited.
    home.ok(&["pack", "add", "pack", "--yes"]);
    let record = home.path("data/packs/packs.toml");
    let good = std::fs::read_to_string(&record).unwrap();
    let folder = home.path("work/pack").display().to_string();
    std::fs::write(&record, good.replace("\"folder\"", "\"git\"").replace(&folder, "ext::sh -c touch% evil")).unwrap();
    assert_eq!(with_git(&home, &["pack", "update", "--yes"]).code, 5);
    std::fs::write(&record, good.replace("name = \"pack\"", "name = \"../../x\"")).unwrap();
    assert_eq!(home.run(&["pack", "list"]).code, 1);
    assert!(home.run(&["strategy", "list"]).err.contains("packs.toml"));
    assert_eq!(home.run(&["strategy", "show", "bug-investigation"]).code, 0);
    assert!(!home.path("work/evil").exists());
}

#[test]
fn what_hides_acts_or_is_too_much_is_left_out_or_made_visible() {
    let home = Home::new();
    home.write("work/pack/good.toml", &small("good"));
    home.write("work/pack/broken.toml", "schema = 1\nid = \"broken\"\n");
    home.write("work/pack/hidden.toml", &small("hidden").replace("Fix it.", "Fix \\u202eit\u{200b}."));
    home.write("work/pack/giant.toml", &"#".repeat(2 * 1024 * 1024));
    home.write("work/pack/\u{1b}[2J\u{202e}.toml", &small("x"));
    home.write("work/pack/...toml", &small("y"));
    home.write("work/pack/nested.toml/inner.toml", &small("z"));
    home.write("work/pack/deep/er/inner.toml", &small("z"));
    std::fs::write(home.path("work/pack/latin.toml"), b"caf\xe9").unwrap();
    symlink("/etc/passwd", home.path("work/pack/passwd.toml")).unwrap();
    symlink("../../../../secret.toml", home.path("work/pack/up.toml")).unwrap();
    symlink("/etc", home.path("work/pack/strategies")).unwrap();
    let told = home.told(&["pack", "add", "pack", "--yes", "--ascii"]);
    assert!(!told.contains(['\u{1b}', '\u{202e}', '\u{200b}']), "{told}");
    insta::assert_snapshot!(told);
    let names: Vec<String> =
        kept(&home).iter().map(|(path, _)| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["broken.toml", "good.toml", "hidden.toml", "packs.toml"]);
    assert!(home.ok(&["strategy", "render", "good", "--set", "problem=xyz"]).contains("Fix it."));
    let json = home.json(&["pack", "update"]);
    assert!(json["items"][0]["left_out"].as_array().unwrap().len() >= 7, "{json}");
    for n in 0..210 {
        home.write(&format!("work/many/s{n:03}.toml"), &small(&format!("s{n:03}")));
    }
    let told = home.run(&["pack", "add", "many", "--yes"]);
    assert!(told.out.contains("left out: s209.toml: a pack has at most 200 strategies"), "{}", told.out);
    assert_eq!(home.json(&["pack", "list"])["items"][1]["strategies"].as_array().unwrap().len(), 200);
}
