//! What a file system may have kept when the power goes: a model that is as unkind as the rules allow.
//!
//! Changes of one directory arrive in order, and may stop anywhere after its last sync; directories do not wait for
//! each other. What was written to a file after its last sync may be there whole, half, as zeros, or not at all. A
//! sync of a file says nothing about its name.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::place::Tree;
use crate::trace::Call;

/// Number of a file or directory.
type Node = usize;

/// Something that reaches the disk sooner or later.
#[derive(Debug, Clone)]
enum Op {
    /// Names of one directory change together.
    Names {
        dir: Node,
        set: Vec<(String, Option<Node>)>,
    },
    /// Bytes are put behind what the file holds.
    Append {
        file: Node,
        bytes: Vec<u8>,
    },
    /// The file becomes empty.
    Empty {
        file: Node,
    },
    Sync {
        node: Node,
    },
    Said,
}

/// A file or directory as it was at the beginning, all of it on the disk.
#[derive(Debug, Clone)]
enum Kept {
    Dir(BTreeMap<String, Node>),
    File(Vec<u8>),
}

/// The disk with everything that was done to it.
pub struct Disk {
    nodes: Vec<Kept>,
    ops: Vec<Op>,
}

const ROOT: Node = 0;

impl Disk {
    /// Does `calls` to a disk that holds `tree`.
    pub fn new(tree: &Tree, calls: &[Call]) -> Self {
        let mut disk = Self { nodes: vec![Kept::Dir(BTreeMap::new())], ops: Vec::new() };
        for (path, bytes) in tree {
            let node = disk.nodes.len();
            disk.nodes.push(match bytes {
                None => Kept::Dir(BTreeMap::new()),
                Some(bytes) => Kept::File(bytes.clone()),
            });
            let (dir, name) = disk.place(path);
            let Kept::Dir(names) = &mut disk.nodes[dir] else { panic!("{} is below a file", path.display()) };
            names.insert(name, node);
        }
        let mut open: HashMap<i32, Node> = HashMap::new();
        for call in calls {
            disk.take(call, &mut open);
        }
        disk
    }

    fn take(&mut self, call: &Call, open: &mut HashMap<i32, Node>) {
        match call {
            Call::Open { path, fd, create, truncate } => {
                let node = self.find(path).unwrap_or_else(|| {
                    assert!(create, "{} was opened and is not there", path.display());
                    self.add(path, Kept::File(Vec::new()))
                });
                if *truncate {
                    self.ops.push(Op::Empty { file: node });
                }
                open.insert(*fd, node);
            }
            Call::Close { fd } => {
                open.remove(fd);
            }
            Call::Write { fd, bytes } => self.ops.push(Op::Append { file: open[fd], bytes: bytes.clone() }),
            Call::Sync { fd } => self.ops.push(Op::Sync { node: open[fd] }),
            Call::Rename { from, to, exchange } => {
                let node = self.find(from);
                assert!(node.is_some(), "{} was renamed and is not there", from.display());
                let other = if *exchange { self.find(to) } else { None };
                let (dir, old) = self.place(from);
                let (there, new) = self.place(to);
                assert_eq!(dir, there, "renaming to another directory is not modelled");
                self.ops.push(Op::Names { dir, set: vec![(old, other), (new, node)] });
            }
            Call::Link { from, to } => {
                let node = self.find(from);
                let (dir, name) = self.place(to);
                self.ops.push(Op::Names { dir, set: vec![(name, node)] });
            }
            Call::Unlink { path } => {
                let (dir, name) = self.place(path);
                self.ops.push(Op::Names { dir, set: vec![(name, None)] });
            }
            Call::Mkdir { path } => {
                self.add(path, Kept::Dir(BTreeMap::new()));
            }
            Call::Said => self.ops.push(Op::Said),
        }
    }

    fn add(&mut self, path: &Path, kept: Kept) -> Node {
        let node = self.nodes.len();
        self.nodes.push(kept);
        let (dir, name) = self.place(path);
        self.ops.push(Op::Names { dir, set: vec![(name, Some(node))] });
        node
    }

    /// The directory that a path is in, as the running program sees it, and the name there.
    fn place(&self, path: &Path) -> (Node, String) {
        let dir = path.parent().and_then(|parent| self.find(parent));
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (dir.unwrap_or_else(|| panic!("there is no directory for {}", path.display())), name)
    }

    /// What is at a path, as the running program sees it.
    fn find(&self, path: &Path) -> Option<Node> {
        path.components()
            .try_fold(ROOT, |dir, name| self.names(dir, self.ops.len()).get(name.as_os_str().to_str()?).copied())
    }

    /// The names in a directory after the first `upto` operations.
    fn names(&self, dir: Node, upto: usize) -> BTreeMap<String, Node> {
        let mut names = match &self.nodes[dir] {
            Kept::Dir(names) => names.clone(),
            Kept::File(_) => BTreeMap::new(),
        };
        for op in &self.ops[..upto] {
            let Op::Names { dir: changed, set } = op else { continue };
            if *changed == dir {
                for (name, node) in set {
                    match node {
                        Some(node) => names.insert(name.clone(), *node),
                        None => names.remove(name),
                    };
                }
            }
        }
        names
    }

    /// How many operations there are.
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Whether something was acknowledged in the first `upto` operations.
    pub fn acknowledged(&self, upto: usize) -> bool {
        self.ops[..upto].iter().any(|op| matches!(op, Op::Said))
    }

    /// Up to where a node is on the disk for certain, when the power goes after `upto` operations.
    fn synced(&self, node: Node, upto: usize) -> usize {
        self.ops[..upto].iter().rposition(|op| matches!(op, Op::Sync { node: synced } if *synced == node)).unwrap_or(0)
    }

    /// What a directory may hold.
    fn listings(&self, dir: Node, upto: usize) -> Vec<BTreeMap<String, Node>> {
        let from = self.synced(dir, upto);
        let changes =
            (from..upto).filter(|at| matches!(&self.ops[*at], Op::Names { dir: changed, .. } if *changed == dir));
        std::iter::once(from).chain(changes.map(|at| at + 1)).map(|at| self.names(dir, at)).collect()
    }

    /// What a file may hold.
    fn contents(&self, file: Node, upto: usize) -> Vec<Vec<u8>> {
        let Kept::File(bytes) = &self.nodes[file] else { return Vec::new() };
        let mut now = bytes.clone();
        let synced = self.synced(file, upto);
        let mut found = Vec::new();
        for (at, op) in self.ops[..upto].iter().enumerate() {
            if at == synced {
                found.clear();
            }
            match op {
                Op::Append { file: written, bytes } if *written == file => {
                    let mut half = now.clone();
                    half.extend(&bytes[..bytes.len() / 2]);
                    let zeroed = |mut text: Vec<u8>| {
                        text.resize(now.len() + bytes.len(), 0);
                        text
                    };
                    found.extend([now.clone(), zeroed(now.clone()), zeroed(half.clone()), half]);
                    now.extend(bytes);
                }
                Op::Empty { file: emptied } if *emptied == file => {
                    found.push(std::mem::take(&mut now));
                }
                _ => {}
            }
        }
        found.push(now);
        found.sort();
        found.dedup();
        found
    }

    /// States the disk may be in when the power goes after `upto` operations, each once: all of them, or `most` at random
    /// where there are more.
    pub fn states(&self, upto: usize, most: usize) -> Vec<Tree> {
        let mut whole = vec![(Tree::new(), vec![Part { path: PathBuf::new(), node: ROOT }])];
        let all = self.count(ROOT, upto) <= most as f64;
        let mut random = upto as u64;
        let mut done: HashMap<u64, Tree> = HashMap::new();
        // The extremes come first: no name or all of them, with data of each kind.
        let extremes = [0, 4].into_iter().flat_map(|names| (0..5).map(move |data| (names, data)));
        let mut extremes: Vec<(usize, usize)> = extremes.collect();
        let mut left = most.max(extremes.len());
        while let Some((tree, mut todo)) = whole.pop() {
            let Some(part) = todo.pop() else {
                done.insert(digest(&tree), tree);
                left -= 1;
                extremes.pop();
                if !all && left > 0 {
                    whole.push((Tree::new(), vec![Part { path: PathBuf::new(), node: ROOT }]));
                }
                continue;
            };
            let mut next = self.choices(&part, upto, &tree, &todo);
            if all {
                whole.extend(next);
            } else {
                let is_dir = matches!(self.nodes[part.node], Kept::Dir(_));
                let at = match extremes.last() {
                    Some((names, data)) => (next.len() - 1) * if is_dir { *names } else { *data } / 4,
                    None => crate::place::random(&mut random) as usize % next.len(),
                };
                whole.push(next.swap_remove(at));
            }
        }
        done.into_values().collect()
    }

    /// How many states there are below a node; as a figure that may be too large to count.
    fn count(&self, node: Node, upto: usize) -> f64 {
        match &self.nodes[node] {
            Kept::File(_) => self.contents(node, upto).len() as f64,
            Kept::Dir(_) => {
                let below = |names: &BTreeMap<String, Node>| {
                    names.values().map(|node| self.count(*node, upto)).product::<f64>()
                };
                self.listings(node, upto).iter().map(below).sum()
            }
        }
    }

    /// What a part may be, each with the tree so far and what is still to be chosen.
    fn choices(&self, part: &Part, upto: usize, tree: &Tree, todo: &[Part]) -> Vec<(Tree, Vec<Part>)> {
        let with = |what: Option<Vec<u8>>| {
            let mut tree = tree.clone();
            if part.node != ROOT {
                tree.insert(part.path.clone(), what);
            }
            tree
        };
        match &self.nodes[part.node] {
            Kept::File(_) => {
                self.contents(part.node, upto).into_iter().map(|bytes| (with(Some(bytes)), todo.to_vec())).collect()
            }
            Kept::Dir(_) => {
                let listings = self.listings(part.node, upto).into_iter();
                let below = |names: BTreeMap<String, Node>| {
                    let parts = names.into_iter().map(|(name, node)| Part { path: part.path.join(name), node });
                    (with(None), todo.iter().cloned().chain(parts).collect())
                };
                listings.map(below).collect()
            }
        }
    }
}

/// Something whose state is still to be chosen.
#[derive(Clone)]
struct Part {
    path: PathBuf,
    node: Node,
}

/// What tells two states apart.
pub fn digest(tree: &Tree) -> u64 {
    let mut hasher = DefaultHasher::new();
    tree.hash(&mut hasher);
    hasher.finish()
}
