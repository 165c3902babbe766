"""topline.project: the numbers of the program, from every kind of table."""

from __future__ import annotations

import datetime
import decimal
import warnings

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from conftest import ROOT, same

import topline

YEARS = (2021, 2025)


def panel(series: int = 12, months: int = 48) -> pa.Table:
    """Months of illustrative series, some with a season, as dates and numbers."""
    draw = np.random.default_rng(1)
    start = np.datetime64("2021-01", "M")
    dates = np.tile((start + np.arange(months)).astype("datetime64[D]"), series)
    names = np.repeat([f"Series {number:04}" for number in range(series)], months)
    growth = np.repeat(draw.uniform(0.0, 0.03, series), months)
    season = np.repeat(draw.uniform(0.0, 0.2, series), months) * np.sin(np.tile(np.arange(months), series) * np.pi / 6)
    noise = draw.normal(0, 0.02, series * months)
    amounts = 1e6 * np.exp(growth * np.tile(np.arange(months), series) + season + noise)
    return pa.table({"unique_id": names, "ds": dates, "y": np.round(amounts, 2)})


@pytest.fixture(scope="module")
def parquet(tmp_path_factory):
    path = tmp_path_factory.mktemp("panel") / "revenue.parquet"
    pyarrow.parquet.write_table(panel(), path)
    return path


@pytest.fixture(scope="module")
def csv(binary, parquet):
    """What the program makes of the panel."""
    out, _ = binary("project", parquet, "--format", "csv", "--currency", "USD")
    return out


def test_the_numbers_of_the_program_at_any_number_of_threads(csv):
    for threads in (1, 2, 5, None):
        assert same(topline.project(panel(), currency="USD", threads=threads), csv)


@pytest.mark.parametrize("file", ["revenue.csv", "ai-and-cloud.csv", "saas-months.csv", "shop-months.csv"])
def test_files_and_their_tables_of_text(binary, file):
    path = ROOT / "data" / file
    out, _ = binary("project", path, "--format", "csv")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert same(topline.project(path), out)
        text = pl.read_csv(path, infer_schema=False)
        assert same(topline.project(text, name=path.stem), out)
    assert all(issubclass(one.category, topline.ReadingWarning) for one in told)


@pytest.mark.parametrize(
    ("options", "arguments"),
    [
        (["--method", "combine"], {"method": "combine"}),
        (["--until", "2026-06", "--level", "80,90"], {"until": "2026-06", "levels": [90, 80]}),
        (["--until", "2026-12"], {"until": datetime.date(2026, 12, 31)}),
        (["--step", "quarter", "--horizon", "8q"], {"step": "quarter", "horizon": "8q"}),
        (["--derive"], {"derive": "all"}),
        (["--peers", "software"], {"peers": "software"}),
        (["--sum"], {"sum": True}),
        (["--fiscal-year-end", "June", "--step", "year"], {"fiscal_year_end": 6, "step": "year"}),
    ],
)
def test_options(binary, parquet, options, arguments):
    out, _ = binary("project", parquet, "--format", "csv", "--currency", "USD", *options)
    assert same(topline.project(panel(), currency="USD", **arguments), out)


def text_as(kind: pa.DataType) -> pa.Table:
    table = panel()
    return table.set_column(0, "unique_id", table["unique_id"].cast(kind))


def with_dates(kind: pa.DataType) -> pa.Table:
    table = panel()
    return table.set_column(1, "ds", table["ds"].cast(kind))


def with_amounts(kind: pa.DataType) -> pa.Table:
    table = panel()
    cents = pa.array([None if y is None else decimal.Decimal(str(round(y, 2))) for y in table["y"].to_pylist()])
    return table.set_column(2, "y", cents.cast(kind))


def period(freq: str) -> pd.DataFrame:
    frame = panel().to_pandas()
    frame["ds"] = pd.PeriodIndex(frame["ds"], freq=freq)
    return frame


TABLES = {
    "large_string": lambda: text_as(pa.large_string()),
    "string_view": lambda: text_as(pa.string_view()),
    "dictionary": lambda: text_as(pa.string()).set_column(0, "unique_id", panel()["unique_id"].dictionary_encode()),
    "timestamp s": lambda: with_dates(pa.timestamp("s")),
    "timestamp ns": lambda: with_dates(pa.timestamp("ns")),
    "timestamp utc": lambda: with_dates(pa.timestamp("us", "UTC")),
    "date64": lambda: with_dates(pa.date64()),
    "batches": lambda: pa.Table.from_batches(panel().to_batches(max_chunksize=7)),
    "reader": lambda: panel().to_reader(max_chunksize=100),
    "record batch": lambda: panel().to_batches()[0],
    "pandas": lambda: panel().to_pandas(),
    "pandas datetimes": lambda: panel().to_pandas().astype({"ds": "datetime64[ns]"}),
    "pandas categories": lambda: panel().to_pandas().astype({"unique_id": "category"}),
    "pandas months": lambda: period("M"),
    "pandas days": lambda: period("D"),
    "pandas filtered": lambda: panel().to_pandas().query("y > 0").sort_values(["unique_id", "ds"]),
    "pandas sorted index": lambda: panel().to_pandas().iloc[[*range(1, 3), 0, *range(3, 576)]].sort_index(),
    "polars": lambda: pl.DataFrame(panel()),
    "polars categories": lambda: pl.DataFrame(panel()).with_columns(pl.col("unique_id").cast(pl.Categorical)),
    "duckdb": lambda: duckdb.from_arrow(panel()),
}


@pytest.mark.parametrize("kind", TABLES)
def test_every_kind_of_table(csv, kind):
    assert same(topline.project(TABLES[kind](), currency="USD"), csv)


@pytest.mark.parametrize("kind", [pa.decimal64(15, 2), pa.decimal128(20, 2), pa.decimal256(40, 2)])
def test_decimals(binary, tmp_path, kind):
    pyarrow.parquet.write_table(with_amounts(pa.decimal128(20, 2)), tmp_path / "revenue.parquet")
    out, _ = binary("project", tmp_path / "revenue.parquet", "--format", "csv", "--currency", "USD")
    assert same(topline.project(with_amounts(kind), currency="USD"), out)


def test_integers_floats_of_32_bits_and_quarters(binary, tmp_path):
    for dtype in ("int64", "int32", "uint32", "float32"):
        frame = pd.DataFrame({"series": "A", "quarter": pd.period_range("2019Q1", periods=20, freq="Q"), "revenue": 100})
        frame["revenue"] = (frame["revenue"] + np.arange(20) ** 2).astype(dtype)
        frame.assign(quarter=frame["quarter"].astype(str)).to_parquet(tmp_path / "revenue.parquet", index=False)
        out, _ = binary("project", tmp_path / "revenue.parquet", "--format", "csv", "--currency", "USD")
        assert same(topline.project(frame, currency="USD"), out)


def test_dates_at_the_index(csv):
    frame = panel().to_pandas().set_index("ds")
    assert same(topline.project(frame, currency="USD"), csv)
    nameless = frame.rename_axis(None)
    nameless.index = pd.DatetimeIndex(nameless.index)
    assert same(topline.project(nameless, currency="USD"), csv)


def test_dates_tell_the_length_of_totals():
    ends = pd.date_range("2020-03-31", periods=16, freq="QE")
    quarters = topline.read(pd.DataFrame({"ds": ends, "y": np.arange(16.0) + 10}), currency="USD")
    assert quarters.to_pandas()["period"].tolist()[:2] == ["2020Q1", "2020Q2"]


def test_a_series_that_cannot_be_projected_is_left_out_and_said():
    table = pa.table({
        "series": ["Good", "Good", "Only a goal"],
        "kind": ["revenue", "revenue", "target"],
        "period": ["2023", "2024", "2027"],
        "value": [100.0, 110.0, 300.0],
    })
    with pytest.warns(topline.ReadingWarning, match="Only a goal is not projected: it has no revenue"):
        projections = topline.project(table, currency="USD")
    assert projections.names == ["Good"]
    assert any("Only a goal" in notice.text and notice.weight == "warning" for notice in projections.notices)
    with pytest.raises(topline.ReadingError, match="Only a goal is not projected"):
        topline.project(table, currency="USD", strict=True)


def test_a_method_that_refuses_one_series_does_not_stop_the_rest(binary, tmp_path):
    months = [f"2024-{month:02}" for month in range(1, 13)]
    table = pa.table({
        "series": ["Good"] * 12 + ["A pace alone"],
        "kind": ["revenue"] * 12 + ["run-rate"],
        "period": [*months, "2024-06"],
        "value": [100.0 + month for month in range(12)] + [500.0],
    })
    with pytest.warns(topline.ReadingWarning, match="left out: .*A pace alone.*hint"):
        projections = topline.project(table, method="ets", currency="USD")
    assert projections.names == ["Good"]
    path = tmp_path / "revenue.parquet"
    pyarrow.parquet.write_table(table, path)
    _, told = binary("project", path, "--currency", "USD", "--method", "ets", "--strict")
    with pytest.raises(topline.ProjectionError) as error:
        topline.project(path, method="ets", currency="USD", strict=True)
    assert str(error.value) == told.strip().removeprefix("error: ")


def test_the_currency_that_is_assumed_is_said():
    with pytest.warns(topline.ReadingWarning, match="no currency is given; USD is assumed"):
        topline.project(panel(1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        topline.project(panel(1), currency="USD")


def test_a_projection_by_itself(tmp_path):
    projections = topline.project(panel(30), currency="USD")
    assert len(projections) == 30 and [one.name for one in projections] == projections.names
    one = projections["Series 0007"]
    rows = pa.table(projections).filter(pa.compute.equal(pa.table(projections)["series"], "Series 0007"))
    assert pa.table(one).combine_chunks().equals(rows.combine_chunks())
    assert one.to_dict()["series"] == "Series 0007"
    chart = one.chart(theme="dark", size=(800, 450))
    assert chart._repr_svg_().startswith("<svg") and one._repr_svg_().startswith("<svg")
    chart.save(tmp_path / "one.png")
    assert (tmp_path / "one.png").read_bytes()[:4] == b"\x89PNG"
    assert projections._repr_svg_() is None, "as many series are too many for a chart"
    with pytest.raises(topline.ProjectionError, match="too many for charts"):
        projections.chart()
    with pytest.raises(KeyError):
        projections["Series 7"]
    with pytest.raises(IndexError):
        projections[30]


def test_parts_and_wholes(binary, tmp_path):
    frame = panel(3).to_pandas().replace({"Series 0000": "Group / North", "Series 0001": "Group / South", "Series 0002": "Other"})
    group = frame[frame["unique_id"].str.startswith("Group")].groupby("ds", as_index=False)["y"].sum().round(2)
    both = pd.concat([group.assign(unique_id="Group"), frame])
    table = pa.Table.from_pandas(both[["unique_id", "ds", "y"]], preserve_index=False)
    pyarrow.parquet.write_table(table, tmp_path / "revenue.parquet")
    out, _ = binary("project", tmp_path / "revenue.parquet", "--format", "csv", "--currency", "USD")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        projections = topline.project(table, currency="USD")
    assert same(projections, out)
    assert projections.chart().title and projections["Group / North"].chart().title


def test_several_tables():
    both = topline.project([panel(1), pl.DataFrame({"unique_id": "B", "ds": panel(1)["ds"], "y": panel(1)["y"]})], currency="USD")
    assert both.names == ["Series 0000", "B"]
