"""Projections on Ray Data: `topline.ray.project(dataset, by="customer", until="2027-12", step="month")`.

The rows are shuffled into buckets of series, and each bucket is one call of the engine on one core.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from topline._parts import Asked

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset

__all__ = ["project"]

BUCKETS_PER_CORE = 4
"""More buckets than cores, so that those that are done early go on with others."""

BUCKET = "__topline_bucket"


def project(dataset: Dataset, *, buckets: int | None = None, **options: Any) -> Dataset:
    """Projects every series of a Dataset of Ray 2, with the bits of a single run.

    Args:
        dataset: The figures.
        buckets: In how many parts; four for each core of the cluster if None. Ray's own 200 are too many for one machine.
        **options: As for `topline.project`, of which `by` or `series_column` must name the series. With `step` and `until` the
            rows are read once; without, all of them are looked at before, for the step and the end that they have in common.

    The result has the columns of `topline.project`, and `notice`: null but in the rows that say which series are left out and why.
    """
    import ray

    schema = dataset.schema()
    asked = Asked(options, list(schema.names) if schema else [])
    count = buckets or BUCKETS_PER_CORE * max(1, int(ray.cluster_resources().get("CPU", 1)))

    def with_bucket(rows: pa.Table) -> pa.Table:
        import pyarrow as pa

        return rows.append_column(BUCKET, pa.array(asked.buckets(rows, count), pa.int32()))

    def survey(rows: pa.Table) -> pa.Table:
        import pyarrow as pa

        return pa.table({"survey": [asked.survey(rows.drop_columns([BUCKET]))]})

    def projected(rows: pa.Table) -> pa.Table:
        return asked.project(rows.drop_columns([BUCKET]))

    parts = dataset.map_batches(with_bucket, batch_format="pyarrow").groupby(BUCKET, num_partitions=count)
    if not asked.is_planned:
        surveys = parts.map_groups(survey, batch_format="pyarrow").take_all()
        asked.plan(row["survey"] for row in surveys)
    return parts.map_groups(projected, batch_format="pyarrow")
