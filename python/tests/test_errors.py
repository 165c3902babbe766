"""Errors are exceptions with the text of the command line."""

from __future__ import annotations

import os
import warnings

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import ROOT

import topline

REFUSED = sorted(path for path in (ROOT / "tests" / "errors").iterdir() if path.suffix in (".csv", ".tsv", ".xlsx", ".parquet"))


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.name)
def test_the_text_of_the_command_line(binary, path):
    path = path.relative_to(ROOT)
    _, told = binary("project", path)
    os.chdir(ROOT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            topline.project(path)
        except topline.ToplineError as error:
            text = str(error)
        else:
            text = ""
    if "error: " in told or " problems; nothing" in told or ": " in told and not text:
        told = "\n".join(line for line in told.splitlines() if "note: " not in line and "warning: " not in line)
    told = "\n".join(line.removeprefix("error: ") for line in told.splitlines() if ": note: " not in line and ": warning: " not in line)
    assert text == told.strip()


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ([1, 2, 3], "int: not a table that topline reads"),
        ({"period": ["2024"], "value": [1]}, "dict: not a table that topline reads"),
        (42, "hint: give a data frame of pandas or polars"),
        (None, "NoneType: not a table"),
        (pd.Series([1.0, 2.0]), "hint: this is a column|Series: cannot be handed over"),
        (pl.Series([1.0]), "Series: cannot be handed over as an Arrow table"),
        (pd.DataFrame({"period": ["2023", "2024"], "value": ["$10B", 5.0]}), "each of whose columns holds values of one type"),
        ([], "there is no table in the list"),
        ("no-such-file.csv", "cannot read no-such-file.csv: "),
    ],
    ids=str,
)
def test_what_is_no_table(table, says):
    with pytest.raises(topline.ToplineError, match=says):
        topline.project(table)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"method": "profet"}, "method=profet: not understood"),
        ({"levels": [0.8]}, "levels are percentages: give 80 for 0.8"),
        ({"until": "soon"}, "until=soon: not a period"),
        ({"until": "2027", "horizon": "2y"}, "horizon and until exclude each other"),
        ({"step": "week"}, "give month, quarter, half or year"),
        ({"each": "day"}, "each=day: not understood"),
        ({"threads": 0}, "threads=0: not understood"),
        ({"by": ["a", "a"]}, "by and by name the same column"),
        ({"peers": {"Nobody": "software"}}, "there is no series Nobody"),
        ({"exclude": "2001"}, "exclude=2001: it matches no figure"),
    ],
    ids=str,
)
def test_arguments(arguments, says):
    table = pa.table({"period": ["2022", "2023", "2024"], "value": [1.0, 2.0, 3.0]})
    with pytest.raises(topline.UsageError, match=says):
        topline.project(table, currency="USD", **arguments)


def test_an_unknown_argument():
    with pytest.raises(TypeError, match="there is no argument untill"):
        topline.project(pa.table({"period": ["2024"], "value": [1.0]}), untill="2027")


def test_columns_that_are_no_figures():
    table = pa.table({"period": ["2024"], "value": pa.array([[1.0]])})
    with pytest.raises(topline.ReadingError, match="lists"):
        topline.project(table)


def test_periods_of_pandas_that_are_not_read():
    frame = pd.DataFrame({"period": pd.period_range("2020", periods=3, freq="Q-MAR"), "value": [1, 2, 3]})
    with pytest.raises(topline.UsageError, match="frequency Q-MAR"):
        topline.project(frame)


def test_a_stream_that_breaks_off():
    schema = pa.schema([("period", pa.string()), ("value", pa.float64())])

    def batches():
        yield pa.record_batch({"period": ["2023"], "value": [1.0]}, schema=schema)
        raise RuntimeError("the disk is gone")

    with pytest.raises(topline.ReadingError, match="the Arrow table cannot be read: .*the disk is gone"):
        topline.project(pa.RecordBatchReader.from_batches(schema, batches()))


def test_nothing_in_it():
    with pytest.raises(topline.ToplineError):
        topline.project(pa.table({"period": pa.array([], pa.string()), "value": pa.array([], pa.float64())}))
    with pytest.raises(topline.ToplineError):
        topline.project(pd.DataFrame())
