"""read, backtest, target and SQL: what the program says, as tables and dicts."""

from __future__ import annotations

import json

import duckdb
import pyarrow as pa
import pyarrow.parquet
import pytest
from conftest import ROOT, same
from test_project import panel

import topline


def test_reading(binary):
    path = ROOT / "data" / "revenue.csv"
    out, _ = binary("inspect", path, "--format", "json")
    figures = [figure for series in json.loads(out)["series"] for figure in series["figures"]]
    reading = topline.read(path)
    table = pa.table(reading).to_pylist()
    assert [row["value"] for row in table] == [figure["value"] for figure in figures]
    assert [row["used_as"] for row in table] == [figure["used_as"] for figure in figures]
    assert [row["line"] for row in table] == [figure["place"]["line"] for figure in figures]
    assert {column["name"]: column["role"] for column in reading.columns}["period"] == "period"


def test_backtest(binary, tmp_path):
    pyarrow.parquet.write_table(panel(3), tmp_path / "revenue.parquet")
    options = ["--methods", "theta,ets", "--horizon", "6m", "--origins", "4", "--currency", "USD"]
    out, _ = binary("backtest", tmp_path / "revenue.parquet", "--format", "csv", *options)
    scores = topline.backtest(panel(3), methods=["theta", "ets"], horizon="6m", origins=4, currency="USD")
    assert same(scores, out)
    out, _ = binary("backtest", tmp_path / "revenue.parquet", "--format", "json", *options)
    assert scores.overall == json.loads(out)["overall"]


def test_backtest_says_what_is_too_short():
    table = pa.concat_tables([panel(1), panel(1, 2).set_column(0, "unique_id", pa.array(["Short"] * 2))])
    with pytest.warns(topline.ReadingWarning, match="Short has 2 observations"):
        topline.backtest(table, methods="naive", currency="USD")
    with pytest.raises(topline.ProjectionError, match="no series can be backtested"):
        topline.backtest(panel(1, 3), currency="USD")


def test_target(binary):
    path = ROOT / "data" / "revenue.csv"
    for goal in (None, "OpenAI=20B@2026-12 run-rate"):
        out, _ = binary("target", path, "--format", "json", *(["--goal", goal] if goal else []))
        assert topline.target(path, goal=goal) == json.loads(out)["targets"]
    with pytest.raises(topline.UsageError, match="which series do you mean"):
        topline.target(path, goal="Nobody=1M@2027")


def test_duckdb_takes_and_keeps_a_projection(binary, tmp_path):
    pyarrow.parquet.write_table(panel(3), tmp_path / "revenue.parquet")
    out, _ = binary("project", tmp_path / "revenue.parquet", "--format", "csv", "--currency", "USD")
    connection = duckdb.connect()
    sales = panel(3)
    connection.execute("create table sales as select * from sales")
    relation = connection.sql("select unique_id as series, ds as period, y as value from sales order by all")
    f = topline.project(relation, currency="USD")
    connection.execute("create table forecast as select * from f")
    assert same(connection.table("forecast").to_arrow_table(), out)
    count = connection.sql("select count(distinct series) from forecast where lo_80 <= median and median <= hi_80")
    assert count.fetchall() == [(3,)]
    del sales
