"""Revenue projections with prediction intervals, of any data frame.

>>> import polars as pl
>>> import topline
>>> figures = pl.DataFrame({
...     "series": ["OpenAI", "OpenAI"],
...     "kind": ["run-rate", "target"],
...     "period": ["2025-06", "2025"],
...     "value": ["$10B", "$12B"],
... })
>>> projections = topline.project(figures)
>>> projections
<Projections of 1 series (OpenAI): 6 rows>
>>> projections.to_polars().select("measure", "period", "median", "lo_80", "hi_80").row(3)
('run-rate', '2025', 11649506030.0, 10089926720.0, 21566891410.0)

In a notebook `projections` shows its chart. Whatever speaks Arrow goes in and takes the result out: pandas (2.2 or later, with
pyarrow), polars, pyarrow, DuckDB. `topline.spark` and `topline.ray` project on clusters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _topline
from ._topline import (
    Chart,
    NothingProjected,
    Notice,
    Projection,
    ProjectionError,
    Projections,
    Reading,
    ReadingError,
    ReadingWarning,
    Scores,
    ToplineError,
    UsageError,
    __version__,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from ._types import How, Input

__all__ = [
    "Chart",
    "NothingProjected",
    "Notice",
    "Projection",
    "ProjectionError",
    "Projections",
    "Reading",
    "ReadingError",
    "ReadingWarning",
    "Scores",
    "ToplineError",
    "UsageError",
    "__version__",
    "backtest",
    "project",
    "read",
    "target",
]


def project(
    table: Input,
    *,
    by: str | Sequence[str] | None = None,
    method: str = "growth",
    until: str | datetime.date | None = None,
    horizon: str | None = None,
    step: str | None = None,
    levels: Sequence[float] = (50, 80, 95),
    derive: str | Sequence[str] | None = None,
    segments: str = "auto",
    peers: str | Mapping[str, str] | None = None,
    currency: str | None = None,
    strict: bool = False,
    threads: int | None = None,
    name: str = "revenue",
    **reading: How,
) -> Projections:
    """Projects every series of a table.

    Args:
        table: A data frame of pandas or polars, a table of pyarrow, a relation of DuckDB, whatever else speaks Arrow, the path of
            a file (CSV, workbook, Parquet, …), or several of these in a list. A column of periods or dates and one of amounts
            are required.
        by: Columns whose values become the series, with everything else added up.
        method: "growth", "auto", "ets", "theta", "arima", "combine", …: `topline methods` lists them.
        until: Up to which month, for every series: "2027-12", "2027Q4", "2027".
        horizon: How far instead, from the latest figure: "24m", "8q", "3y".
        step: The projected periods: "month", "quarter", "half" or "year".
        levels: Levels of the intervals in percent.
        derive: Derived figures: "all", or "yoy", "cagr", "cmgr", "doubling-months", "ttm", "ntm", "exit-rate", "cumulative".
        segments: How parts of a whole are found, which are projected so that they add up to it: "auto", "names" or "off".
        peers: The kind of company, for all series or by their names: "software", {"OpenAI": "startups"}.
        currency: Of amounts without one, by its ISO 4217 code. Without it dollars are assumed, which is said.
        strict: Raise where there is a warning, or a series that cannot be projected.
        threads: How many; one for each core if None. The results are the same bits at any number.
        name: Of the table: for messages, and for a series that has no name.
        **reading: How figures are read, as the options of the command line have it, with underscores: see `read`.

    Raises:
        ReadingError: The figures cannot be read: every problem, with its place and what to do.
        ProjectionError: What is asked for cannot be had of them; NothingProjected if no series can be projected.
        UsageError: An argument is not understood.

    A series that cannot be projected is left out, and a ReadingWarning says why.

    >>> import pyarrow as pa
    >>> import topline
    >>> sales = pa.table({"ds": ["2025-01", "2025-02", "2025-03"], "y": [100.0, 110.0, 121.0]})
    >>> topline.project(sales, horizon="2m", levels=[80], currency="USD").to_arrow().column_names
    ['series', 'measure', 'period', 'period_start', 'period_end', 'median', 'mean', 'lo_80', 'hi_80', 'currency', 'method', 'origin']
    """
    given = dict(
        reading,
        by=_list(by),
        method=method,
        until=until,
        horizon=horizon,
        step=step,
        levels=_list(levels),
        derive=_list(derive),
        segments=segments,
        peers=_dict(peers),
        currency=currency,
        strict=strict,
        threads=threads,
        name=name,
    )
    return _topline.project(table, given)


def read(
    table: Input,
    *,
    currency: str | None = None,
    strict: bool = False,
    name: str = "revenue",
    **reading: How,
) -> Reading:
    """How the figures of a table or file are understood: a table with a row for each figure.

    The options are those of the command line (`topline project --help`), with underscores:

    - which columns: period_column, value_column, series_column, by, sum, line, sheet;
    - what amounts are: kind, unit, currency, decimal, rates, cumulative (True, False, "half-year", "start");
    - what periods are: each, period_labels, date_order, utc_offset, fiscal_year_end;
    - which figures count: as_of, exclude, drop_last (True or False), trailing_zeros, missing, as_given;
    - of text files: delimiter, encoding, skip, memory_limit.

    >>> import pyarrow as pa
    >>> import topline
    >>> figures = pa.table({"series": ["Example"], "period": ["FY2024"], "value": ["$43.2B"]})
    >>> topline.read(figures).to_pandas()[["series", "kind", "value", "precision"]].values.tolist()
    [['Example', 'revenue', 43200000000.0, 100000000.0]]
    """
    return _topline.read(table, dict(_lists(reading), currency=currency, strict=strict, name=name))


def backtest(
    table: Input,
    *,
    by: str | Sequence[str] | None = None,
    methods: str | Sequence[str] | None = None,
    horizon: str | None = None,
    origins: int = 12,
    every: str | None = None,
    levels: Sequence[float] = (50, 80, 95),
    currency: str | None = None,
    strict: bool = False,
    threads: int | None = None,
    name: str = "revenue",
    **reading: How,
) -> Scores:
    """How accurate methods would have been on the past of each series, beside the naive forecasts.

    Args:
        table: As for `project`.
        by: As for `project`.
        methods: Those to compare: growth, ets, theta and combine if None.
        horizon: How far ahead of each origin: "12m", "4q", "3y".
        origins: The most origins of a series; the latest are used.
        every: Distance between origins: "1m", "1q", "1y".
        levels, currency, strict, threads, name, **reading: As for `project`.

    >>> import polars as pl
    >>> import topline
    >>> months = pl.date_range(pl.date(2020, 1, 1), pl.date(2024, 12, 1), "1mo", eager=True)
    >>> sales = pl.DataFrame({"ds": months, "y": [100.0 * 1.01**k for k in range(60)]})
    >>> scores = topline.backtest(sales, methods="theta", horizon="6m", origins=3, currency="USD")
    >>> [method["method"] for method in scores.overall]
    ['theta', 'naive', 'seasonal-naive']
    """
    given = dict(
        reading,
        by=_list(by),
        methods=_list(methods),
        horizon=horizon,
        origins=origins,
        every=every,
        levels=_list(levels),
        currency=currency,
        strict=strict,
        threads=threads,
        name=name,
    )
    return _topline.backtest(table, given)


def target(
    table: Input,
    *,
    goal: str | Sequence[str] | None = None,
    by: str | Sequence[str] | None = None,
    peers: str | Mapping[str, str] | None = None,
    currency: str | None = None,
    strict: bool = False,
    name: str = "revenue",
    **reading: How,
) -> list[dict[str, Any]]:
    """What growth each target requires, and how likely it is.

    Args:
        table: As for `project`, with rows of kind target unless there is a goal.
        goal: Targets that are not in the table: "OpenAI=20B@2026-12 run-rate".
        by, peers, currency, strict, name, **reading: As for `project`.

    >>> import pyarrow as pa
    >>> import topline
    >>> figures = pa.table({"series": ["OpenAI"], "kind": ["run-rate"], "period": ["2025-06"], "value": ["$10B"]})
    >>> answers = topline.target(figures, goal="OpenAI=20B@2026-12 run-rate")
    >>> [(answer["reading"], round(answer["probability"], 2)) for answer in answers]
    [('run-rate', 0.3)]
    """
    given = dict(
        reading, goal=_list(goal), by=_list(by), peers=_dict(peers), currency=currency, strict=strict, name=name
    )
    return _topline.target(table, given)


def _list(value: Any) -> Any:
    """One value as it is, several as a list."""
    return value if value is None or isinstance(value, (str, int, float)) else list(value)


def _dict(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else dict(value)


def _lists(reading: dict[str, Any]) -> dict[str, Any]:
    return {key: _list(value) if key in ("by", "exclude", "value_column") else value for key, value in reading.items()}
