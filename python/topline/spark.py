"""Projections on Spark: `topline.spark.project(df, by="customer", until="2027-12", step="month")`.

The rows are repartitioned by series, and each partition is one call of the engine on one core (`mapInArrow`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from topline._parts import BETWEEN, Asked

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["project"]

PARTITIONS_PER_CORE = 4
"""More partitions than cores, so that those that are done early go on with others."""

TYPES = {"text": "string", "date": "date", "number": "double"}


def project(df: DataFrame, *, partitions: int | None = None, **options: Any) -> DataFrame:
    """Projects every series of a DataFrame of Spark 4, with the bits of a single run.

    Args:
        df: The figures.
        partitions: In how many parts; four for each core if None.
        **options: As for `topline.project`, of which `by` or `series_column` must name the series. With `step` and `until` the
            rows are read once; without, all of them are looked at before, for the step and the end that they have in common.

    The result has the columns of `topline.project`, and `notice`: null but in the rows that say which series are left out and why.
    """
    asked = Asked(options, df.columns)
    parts = _by_series(df, asked, partitions)
    if not asked.is_planned:
        asked.plan(row.survey for row in parts.mapInArrow(_whole(_surveyed(asked)), "survey string").collect())
    schema = ", ".join(f"`{name}` {TYPES[of]}" for name, of in asked.columns())
    return parts.mapInArrow(_whole(asked.project), schema)


def _by_series(df: DataFrame, asked: Asked, partitions: int | None) -> DataFrame:
    """Every series, and every family, in one partition."""
    from pyspark.sql import functions as f

    def key(name: str) -> Any:
        column = f.col(f"`{name}`").cast("string")
        return f.substring_index(column, BETWEEN, 1) if asked.families else column

    return df.repartition(partitions or _partitions(df), *[key(name) for name in asked.keys])


def _partitions(df: DataFrame) -> int:
    try:
        return PARTITIONS_PER_CORE * int(df.sparkSession.sparkContext.defaultParallelism)
    except Exception:  # Spark Connect has no context, and its own class of errors to say so.
        return int(df.sparkSession.conf.get("spark.sql.shuffle.partitions") or 200)


def _whole(task: Callable[[pa.Table], pa.Table]) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A task on a whole partition, whose batches are gathered first: a series may span two."""

    def of_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        gathered = list(batches)
        if any(batch.num_rows for batch in gathered):
            yield from task(pa.Table.from_batches(gathered)).to_batches()

    return of_batches


def _surveyed(asked: Asked) -> Callable[[pa.Table], pa.Table]:
    def survey(table: pa.Table) -> pa.Table:
        import pyarrow as pa

        return pa.table({"survey": [asked.survey(table)]})

    return survey
