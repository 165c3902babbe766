#!/bin/sh
# Checks that take longer than .ci/run or need more tools: each feature alone, the oldest Rust, the fuzz targets, what the
# package holds, and the dependencies. What is not installed is left out, and said.
set -eu
cd "$(dirname "$0")/.."

for feature in chart report sheet xlsx parquet arrow toml cli,chart,report; do
    echo "feature $feature"
    cargo check --locked --no-default-features --features "$feature"
done
echo "no feature"
cargo check --locked --no-default-features --lib

oldest=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
if rustup run "$oldest" rustc --version >/dev/null 2>&1; then
    echo "Rust $oldest"
    rustup run "$oldest" cargo check --locked --all-features
else
    echo "left out: Rust $oldest is not installed (rustup toolchain install $oldest)"
fi

echo "lints of the Python module"
(cd python && cargo clippy --locked -- -D warnings)

echo "fuzz targets"
(cd fuzz && cargo check --locked)

echo "package"
listed=$(cargo package --locked --list --allow-dirty)
if echo "$listed" | grep -E '^(tests|benches|fuzz|output)/|^docs/gallery/'; then
    echo "error: the package holds files that nobody needs who uses it" >&2
    exit 1
fi

if cargo deny --version >/dev/null 2>&1; then
    echo "dependencies"
    cargo deny check
else
    echo "left out: cargo-deny is not installed (cargo install --locked cargo-deny)"
fi
