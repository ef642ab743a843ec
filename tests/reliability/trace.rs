//! What a program did to its files, read from the log of `strace`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

/// Calls that are read; another one that changes files would not be seen, so the list is generous.
pub const READ: &[&str] = &[
    "open",
    "openat",
    "openat2",
    "creat",
    "close",
    "write",
    "pwrite64",
    "writev",
    "pwritev",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "symlink",
    "symlinkat",
    "fsync",
    "fdatasync",
    "ftruncate",
    "truncate",
    "dup",
    "dup2",
    "dup3",
    "copy_file_range",
    "sendfile",
    "fallocate",
];

/// One thing done; paths are below the home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    Open {
        path: PathBuf,
        fd: i32,
        create: bool,
        truncate: bool,
    },
    Close {
        fd: i32,
    },
    Write {
        fd: i32,
        bytes: Vec<u8>,
    },
    Sync {
        fd: i32,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
        exchange: bool,
    },
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    Unlink {
        path: PathBuf,
    },
    Mkdir {
        path: PathBuf,
    },
    /// The program said that it was done: acknowledged from here on.
    Said,
}

/// The calls in `log` that succeeded and touch files below `root`, in order; the program is done when it `says` so. Calls that were
/// made up by injection were never carried out.
pub fn calls(log: &str, root: &Path, says: &str) -> Vec<Call> {
    static LINE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\d+ +(\w+)\((.*)\) += (-?\d+)(.*)$").unwrap());
    static TEXT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#""((?:\\x[0-9a-f]{2})*)""#).unwrap());
    // Where each descriptor leads, for those below the root.
    let mut open: HashMap<i32, Option<PathBuf>> = HashMap::new();
    let mut calls = Vec::new();
    for line in log.lines() {
        assert!(!line.contains("unfinished"), "several threads are not modelled: {line}");
        let Some(call) = LINE.captures(line) else { continue };
        let (name, args, result) = (&call[1], &call[2], call[3].parse::<i32>().unwrap());
        if result < 0 || call[4].contains("INJECTED") {
            continue;
        }
        let texts: Vec<Vec<u8>> = TEXT.captures_iter(args).map(|text| bytes(&text[1])).collect();
        let first = args.split(',').next().unwrap().trim().parse::<i32>().ok();
        let path = |at: usize| {
            let path = PathBuf::from(String::from_utf8(texts[at].clone()).unwrap());
            match first.and_then(|fd| open.get(&fd)) {
                Some(folder) if path.is_relative() => folder.as_ref().map(|folder| folder.join(path)),
                _ => path.strip_prefix(root).map(Path::to_owned).ok(),
            }
        };
        let fd = || first.unwrap();
        match name {
            "open" | "openat" | "openat2" | "creat" => {
                let here = path(0);
                open.insert(result, here.clone());
                calls.extend(here.map(|path| Call::Open {
                    path,
                    fd: result,
                    create: name == "creat" || args.contains("O_CREAT"),
                    truncate: name == "creat" || args.contains("O_TRUNC"),
                }));
            }
            "close" => {
                if open.remove(&fd()).flatten().is_some() {
                    calls.push(Call::Close { fd: fd() });
                }
            }
            "write" if fd() <= 2 => {
                calls.extend(String::from_utf8_lossy(&texts[0]).contains(says).then_some(Call::Said));
            }
            "write" if open.get(&fd()).is_some_and(Option::is_some) => {
                assert_eq!(texts[0].len(), result as usize, "a short write");
                calls.push(Call::Write { fd: fd(), bytes: texts[0].clone() });
            }
            "write" => {}
            "fsync" | "fdatasync" => calls.push(Call::Sync { fd: fd() }),
            "rename" | "renameat" | "renameat2" => {
                let (Some(from), Some(to)) = (path(0), path(1)) else { panic!("out of the home: {line}") };
                calls.push(Call::Rename { from, to, exchange: args.contains("RENAME_EXCHANGE") });
            }
            "link" | "linkat" => {
                calls.push(Call::Link { from: path(0).unwrap(), to: path(1).unwrap() });
            }
            "unlink" | "unlinkat" | "rmdir" => calls.extend(path(0).map(|path| Call::Unlink { path })),
            "mkdir" | "mkdirat" => calls.extend(path(0).map(|path| Call::Mkdir { path })),
            other => panic!("{other} is not modelled: {line}"),
        }
    }
    calls
}

/// The bytes of `\x41\x42`.
fn bytes(text: &str) -> Vec<u8> {
    let digits = text.split("\\x").skip(1);
    digits.map(|digits| u8::from_str_radix(digits, 16).unwrap()).collect()
}
