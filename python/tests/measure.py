"""How long Spark and Ray take over the bare engine: `python tests/measure.py spark|ray|engine [SERIES] [METHOD]`, for docs/scale.md.

The same rows go through the same shuffle with a function that does nothing, and with the engine; the engine goes by itself, too.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet

PLAN = {"step": "month", "until": "2026-12", "currency": "USD"}


def timed(what: str, task: Callable[[], int]) -> None:
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        rows = task()
        times.append(time.perf_counter() - begin)
    print(f"{what:40} {min(times):7.2f} s (of 3: {', '.join(f'{one:.2f}' for one in times)}), {rows} rows", flush=True)


def nothing(asked):
    """The engine's schema, and no row."""
    return lambda table: asked.schema().empty_table()


def on_spark(path: str, options: dict) -> None:
    from pyspark.sql import SparkSession

    from topline import spark

    os.environ.update(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    begin = time.perf_counter()
    session = builder.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    print(f"start of Spark {time.perf_counter() - begin:.1f} s")
    df = session.read.parquet(path)
    asked = spark.Asked(options, df.columns)
    schema = ", ".join(f"`{name}` {spark.TYPES[of]}" for name, of in asked.columns())
    parts = spark._by_series(df, asked, None)
    timed("Spark, doing nothing", lambda: parts.mapInArrow(spark._whole(nothing(asked)), schema).toArrow().num_rows)
    timed("Spark, step and until given", lambda: spark.project(df, **options).toArrow().num_rows)
    unplanned = {name: value for name, value in options.items() if name not in ("step", "until")}
    timed("Spark, with a look at all before", lambda: spark.project(df, **unplanned).toArrow().num_rows)


def on_ray(path: str, options: dict) -> None:
    import ray
    import ray.data

    from topline import ray as topline_ray

    begin = time.perf_counter()
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    print(f"start of Ray {time.perf_counter() - begin:.1f} s")
    ray.data.DataContext.get_current().enable_progress_bars = False
    dataset = ray.data.read_parquet(path)

    class Nothing(topline_ray.Asked):
        def project(self, table):
            return nothing(self)(table)

    def run(asked, options) -> int:
        topline_ray.Asked, before = asked, topline_ray.Asked
        try:
            return sum(table.num_rows for table in ray.get(topline_ray.project(dataset, **options).to_arrow_refs()))
        finally:
            topline_ray.Asked = before

    timed("Ray, doing nothing", lambda: run(Nothing, options))
    timed("Ray, step and until given", lambda: run(topline_ray.Asked, options))


def main() -> None:
    which, series, method = (sys.argv[1:] + ["engine", "2000", "growth"][len(sys.argv) - 1 :])[:3]
    from test_project import panel

    import topline

    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "revenue.parquet")
        table: pa.Table = panel(int(series))
        pyarrow.parquet.write_table(table, path, row_group_size=10_000)
        options = {**PLAN, "method": method, "series_column": "unique_id"}
        print(f"{series} series of 48 months, method {method}")
        if which == "engine":
            for threads in (1, 2):
                timed(f"engine, {threads} threads", lambda: topline.project(table, threads=threads, **options).num_rows)
            timed("engine, reading alone", lambda: pa.table(topline.read(table, currency="USD")).num_rows)
        else:
            {"spark": on_spark, "ray": on_ray}[which](path, options)


if __name__ == "__main__":
    main()
