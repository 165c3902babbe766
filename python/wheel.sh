#!/bin/sh
# Builds the wheel that is published, for any Linux of 2014 or later (manylinux2014), into the folder that is given: the linker comes
# from PyPI (ziglang), so that no old system is needed.
set -eu
out=$(mkdir -p "${1:?the folder for the wheel}" && cd "$1" && pwd)
cd "$(dirname "$0")"
env=$(mktemp -d)
trap 'rm -rf "$env"' EXIT
"${PYTHON:-python3}" -m venv "$env"
"$env/bin/pip" --disable-pip-version-check --quiet install 'maturin>=1.9,<2' ziglang
PATH=$env/bin:$PATH VIRTUAL_ENV=$env maturin build --locked --release --zig --compatibility manylinux2014 --out "$out"
