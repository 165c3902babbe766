"""Spark and Ray, each on a real cluster on this machine: `pytest --cluster`.

The workers are processes of their own, started by Spark's and Ray's own local clusters, and one is killed at its work.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import warnings

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet
import pytest
from conftest import parse
from test_project import panel

import topline

pytestmark = pytest.mark.cluster
SERIES = int(os.environ.get("TOPLINE_SERIES", "200"))


@pytest.fixture(scope="module")
def parquet(tmp_path_factory):
    path = tmp_path_factory.mktemp("clusters") / "revenue.parquet"
    pyarrow.parquet.write_table(panel(SERIES), path, row_group_size=501)
    return path


@pytest.fixture(scope="module")
def expected(binary, parquet):
    """What the program makes of the panel, in the order of names."""
    out, _ = binary("project", parquet, "--format", "csv", "--currency", "USD", "--method", "theta")
    asked = pa.table(topline.project(panel(2), currency="USD"))
    return in_order(parse(out, asked.schema))


def in_order(table: pa.Table) -> pa.Table:
    return table.sort_by([("series", "ascending"), ("measure", "ascending"), ("period", "ascending")]).combine_chunks()


def same(table: pa.Table, expected: pa.Table) -> bool:
    assert pc.all(pc.is_null(table["notice"])).as_py(), table["notice"].drop_null()
    return in_order(table.select(expected.column_names).cast(expected.schema)).equals(expected)


def die_at_first(marker, seconds):
    """Kills this worker at its work, the first time that it is called anywhere."""
    try:
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return
    threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL)).start()


def slow_and_mortal(task, marker):
    def of_part(table):
        die_at_first(marker, 0.02)
        result = task(table)
        time.sleep(0.1)
        return result

    return of_part


@pytest.fixture(scope="module")
def spark():
    pyspark_sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed: pip install 'pyspark>=4,<5'")
    os.environ.update(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    builder = pyspark_sql.SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.sql.execution.arrow.maxRecordsPerBatch", "300")
    try:
        session = builder.getOrCreate()
    except Exception as error:  # Java's own, of many kinds.
        pytest.skip(f"Spark does not start, which needs Java 17: {error}")
    session.sparkContext.setLogLevel("OFF")
    # Workers do not find the module of these tests.
    from pyspark import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    yield session
    session.stop()


def test_spark_has_the_numbers_of_the_program(spark, parquet, expected):
    from topline import spark as on_spark

    df = spark.read.parquet(str(parquet))
    planned = {"step": "month", "until": "2026-12"}
    for options in ({}, planned, {"segments": "off"}, {**planned, "partitions": 3}):
        result = on_spark.project(df, series_column="unique_id", method="theta", currency="USD", **options)
        assert same(result.toArrow(), expected)


def test_spark_goes_on_where_a_worker_is_killed(spark, parquet, expected, tmp_path, monkeypatch):
    from topline import spark as on_spark

    whole, marker = on_spark._whole, str(tmp_path / "killed")
    monkeypatch.setattr(on_spark, "_whole", lambda task: whole(slow_and_mortal(task, marker)))
    df = spark.read.parquet(str(parquet))
    options = {"step": "month", "until": "2026-12", "method": "theta", "currency": "USD"}
    assert same(on_spark.project(df, series_column="unique_id", **options).toArrow(), expected)
    assert os.path.exists(marker)


def test_spark_says_what_is_left_out(spark):
    from topline import spark as on_spark

    rows = [(name, "revenue", str(year), float(year)) for name in "AB" for year in range(2018, 2025)]
    rows.append(("A pace alone", "run-rate", "2024-06", 5.0))
    df = spark.createDataFrame(rows, "customer string, kind string, period string, value double")
    options = {"series_column": "customer", "step": "year", "until": "2026", "method": "ets"}
    with pytest.warns(topline.ReadingWarning, match="no currency is given"):
        result = on_spark.project(df, **options).toArrow()
    assert set(result["series"].drop_null().to_pylist()) == {"A", "B"}
    assert any("A pace alone" in one for one in result["notice"].drop_null().to_pylist())
    # In one partition with others as by itself.
    together = on_spark.project(df, partitions=1, currency="USD", **options).toArrow()
    assert in_order(together.drop_columns(["notice"])).equals(in_order(result.drop_columns(["notice"])))
    with pytest.raises(Exception, match="A pace alone"):
        on_spark.project(df, strict=True, currency="USD", **options).toArrow()


def test_what_cannot_be_done_in_parts(spark):
    from topline import spark as on_spark

    df = spark.createDataFrame([("A", None, "2024", 3.0)], "customer string, parent string, period string, value double")
    with pytest.raises(topline.UsageError, match="say which column names the series"):
        on_spark.project(df, currency="USD")
    with pytest.raises(topline.UsageError, match="there is no column client"):
        on_spark.project(df, currency="USD", by="client")
    with pytest.raises(topline.UsageError, match="wholes and parts must stay together"):
        on_spark.project(df, currency="USD", by="customer")


@pytest.fixture(scope="module")
def ray():
    ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'ray[data]'")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
        import ray.data

        ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
        ray.data.DataContext.get_current().enable_progress_bars = False
        yield ray
        ray.shutdown()


def test_ray_has_the_numbers_of_the_program(ray, parquet, expected):
    from topline import ray as on_ray

    dataset = ray.data.read_parquet(str(parquet))
    planned = {"step": "month", "until": "2026-12"}
    for options in ({}, {**planned, "buckets": 3}, {**planned, "segments": "off"}):
        result = on_ray.project(dataset, series_column="unique_id", method="theta", currency="USD", **options)
        assert same(whole(result), expected)


def whole(dataset) -> pa.Table:
    import ray

    tables = [table for table in ray.get(dataset.to_arrow_refs()) if table.num_rows]
    return pa.concat_tables(tables, promote_options="default")


def test_ray_goes_on_where_a_worker_is_killed(ray, parquet, expected, tmp_path, monkeypatch):
    from topline import ray as on_ray
    from topline._parts import Asked

    project, marker = Asked.project, str(tmp_path / "killed")

    class Mortal(Asked):
        def project(self, table):
            return slow_and_mortal(lambda rows: project(self, rows), marker)(table)

    monkeypatch.setattr(on_ray, "Asked", Mortal)
    dataset = ray.data.read_parquet(str(parquet))
    options = {"step": "month", "until": "2026-12", "method": "theta", "currency": "USD"}
    assert same(whole(on_ray.project(dataset, series_column="unique_id", **options)), expected)
    assert os.path.exists(marker)


def test_buckets_are_the_same_everywhere():
    from topline._parts import Asked

    table = pa.table({"unique_id": ["A", "B", "A / x", None], "y": np.arange(4)})
    asked = Asked({"series_column": "unique_id", "currency": "USD"}, table.column_names)
    buckets = asked.buckets(table, 97)
    assert buckets == [asked.buckets(table.slice(at, 1), 97)[0] for at in range(4)]
    assert buckets[0] == buckets[2] != buckets[1]
