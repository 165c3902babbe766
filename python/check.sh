#!/bin/sh
# Builds the Python module and tests it in a virtual environment of its own, which is thrown away. `check.sh --cluster` tests
# Spark and Ray, too, which it installs for that; it takes some minutes more, and Spark needs Java 17.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}
if ! "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
    echo "left out: the Python module needs Python 3.10 with venv"
    exit 0
fi
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$(cd .. && pwd)/target}
TOPLINE=${TOPLINE:-$CARGO_TARGET_DIR/debug/topline}
export CARGO_TARGET_DIR TOPLINE

cargo fmt --check

env=$(mktemp -d)
trap 'rm -rf "$env"' EXIT
"$python" -m venv "$env"
pip="$env/bin/pip --disable-pip-version-check --quiet"
$pip install 'maturin>=1.9,<2' mypy pytest duckdb pandas polars pyarrow
PATH=$env/bin:$PATH maturin build --locked --quiet --profile dev --out "$env/wheels"
$pip install "$env"/wheels/*.whl

if [ "${1:-}" = --cluster ]; then
    $pip install 'pandas<3' 'pyspark>=4,<5' 'ray[data]>=2.40'
fi
# As a program, so that the module is the one that was installed and not this folder.
"$env/bin/pytest" --quiet -p no:cacheprovider --doctest-modules --pyargs topline
"$env/bin/pytest" --quiet -p no:cacheprovider "$@"
"$env/bin/mypy" --strict --allow-untyped-calls --ignore-missing-imports --cache-dir /dev/null -p topline
