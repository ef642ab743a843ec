# Recipes for working on Setlist. Everything here runs with plain cargo too.

default:
    @just --list

# Build and open the program.
run *args:
    cargo run --release -- {{args}}

# Pass the tests.
test *args:
    cargo test {{args}}

# Long runs: 100,000 random sequences of commands against the rules, then what `docs/reliability.md` promises.
torture cases="100000":
    PROPTEST_CASES={{cases}} cargo test --profile torture --test domain no_sequence
    SETLIST_TORTURE=1 cargo test --profile torture --test reliability -- --nocapture
    SETLIST_TORTURE=1 cargo test --profile torture --test terminal -- given_back commanding
    SETLIST_TORTURE=1 cargo test --profile torture --test screens -- commanding jumps expanded
    SETLIST_TORTURE=1 cargo test --profile torture --test cli -- commanding pasted expanded
    SETLIST_TORTURE=1 cargo test --profile torture --test domain -- values:: jumps::
    SETLIST_TORTURE=1 cargo test --profile torture --test hostile -- --nocapture

# Let a fuzzer look for a text that breaks a target (strategy, plan, config, template, keys, budget). What breaks it lies
# in fuzz/artifacts; once it is mended, it belongs into fuzz/seeds. Needs cargo-fuzz and a nightly compiler.
fuzz target minutes="20":
    mkdir -p fuzz/found/{{target}}
    cargo +nightly fuzz run {{target}} fuzz/found/{{target}} fuzz/corpus/{{target}} fuzz/seeds/{{target}} -- -max_total_time=$(({{minutes}} * 60)) -rss_limit_mb=2048 -timeout=10 -max_len=16384

# Change the rules and the store in some 3,000 small ways, and name the changes that no test notices; `nth` takes every
# nth alone. All are built at once, into target/mutants.
mutants nth="1":
    #!/usr/bin/env bash
    set -euo pipefail
    tree=$PWD/target/mutants/tree
    export CARGO_TARGET_DIR=$PWD/target/mutants
    rm -rf "$tree"
    mkdir -p "$tree"
    git archive HEAD | tar x -C "$tree"
    cargo build --quiet --manifest-path mutants/Cargo.toml
    "$CARGO_TARGET_DIR/debug/setlist-mutants" write "$tree" src/domain src/store
    cd "$tree"
    cargo test --no-run --lib --test domain --test store --test export 2>&1 | tee build.log
    mapfile -t programs < <(sed -n 's/.*Executable.*(\(.*\))/\1/p' build.log)
    "$CARGO_TARGET_DIR/debug/setlist-mutants" run "$tree" {{nth}} "${programs[@]}"

# What the compiler, clippy and the strategy linter have to say.
lint:
    cargo clippy --all-targets -- -D warnings
    cargo run --quiet -- strategy lint strategies

# The documentation of the library, warnings counted as errors.
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# Write anew what the program says of itself: the JSON Schemas, the table of commands, the example's keys.
bless:
    SETLIST_BLESS=1 cargo test --test cli stored_schema
    SETLIST_BLESS=1 cargo test --test docs -- table_of_commands key_is_in_the_example

alias schemas := bless

# Speed: frames, search, files; then the program as a whole.
bench:
    cargo bench --bench frames
    cargo bench --bench search
    cargo bench --bench store
    cargo bench --bench program

# The picture in the README.
picture:
    cargo build --release
    cargo run --example picture -- target/release/setlist assets/setlist.svg

# All that the continuous integration does.
ci:
    .ci/run
