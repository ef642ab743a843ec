//! Builds again when a file is added to the built-in strategies, which are embedded.

#![allow(clippy::print_stdout, reason = "how a build script speaks to cargo")]

fn main() {
    println!("cargo::rerun-if-changed=strategies");
}
