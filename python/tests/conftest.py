"""The program that the results are compared with, and tables to compare them on."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pytest

ROOT = Path(__file__).resolve().parents[2]


def pytest_addoption(parser):
    parser.addoption("--cluster", action="store_true", help="run the tests that start a local Spark or Ray")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--cluster"):
        return
    skip = pytest.mark.skip(reason="starts a local cluster: pytest --cluster runs it")
    for item in items:
        if "cluster" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def binary():
    """The program, which TOPLINE names."""
    path = Path(os.environ.get("TOPLINE", ROOT / "target" / "debug" / "topline"))
    if not path.exists():
        pytest.skip(f"there is no {path}: build it with cargo build, or name it in TOPLINE")

    def run(*args, input=None, cwd=ROOT):
        done = subprocess.run([path, *map(str, args)], capture_output=True, input=input, cwd=cwd, check=False)
        return done.stdout, done.stderr.decode()

    return run


def parse(csv: bytes, like: pa.Schema) -> pa.Table:
    """A CSV of the program, with the types of a result."""
    types = {field.name: field.type for field in like}
    options = pyarrow.csv.ConvertOptions(column_types=types, strings_can_be_null=True)
    return pyarrow.csv.read_csv(pa.BufferReader(csv), convert_options=options)


def same(result, csv: bytes) -> bool:
    """Whether a result is that of the program, to the bit."""
    table = pa.table(result)
    assert table.num_rows > 0
    expected = parse(csv, table.schema)
    assert table.column_names == expected.column_names
    return table.combine_chunks().equals(expected.combine_chunks())
