#!/bin/sh
# Tests the page of `topline report` in a real browser without network: Chromium, which it installs with apt where it is absent.
# The tests and their two packages are in a folder that is thrown away; they need node 20.10 and the binary of `cargo test`.
set -eu
cd "$(dirname "$0")/.."

leave_out() {
    echo "left out: the browser tests need $1"
    exit 0
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

find_chromium() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 10) ? 0 : 1)' \
    2>/dev/null || leave_out "node 20.10 or later"
command -v npm >/dev/null || leave_out "npm"
if ! find_chromium >/dev/null; then
    command -v apt-get >/dev/null || leave_out "chromium, and there is no apt to install it with"
    as_root apt-get update -qq
    as_root apt-get install -qq -y --no-install-recommends chromium >/dev/null
fi
CHROMIUM=$(find_chromium)
TOPLINE=$(realpath "${CARGO_TARGET_DIR:-target}")/debug/topline
DATA=$PWD/data
export CHROMIUM TOPLINE DATA

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp tests/browser/*.js* "$folder"
cd "$folder"
npm ci --silent --no-audit --no-fund
node make.js
node --test --test-concurrency=2 --test-reporter=dot ./*.test.js
