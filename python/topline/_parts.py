"""A table that is projected part by part, on a cluster: what all parts must have in common, and one part.

A part holds whole series, and a family of series whole. What a single run decides by looking at all series (how far, how finely) is
decided once, from what each part says of itself; what it decides by looking at the whole table (which column says what) is checked
to be the same for all parts.
"""

from __future__ import annotations

import json
import warnings
import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import topline
from topline import _topline

if TYPE_CHECKING:
    import pyarrow as pa

BETWEEN = " / "
"""What stands between the name of a whole and that of its part."""

NOTICE = "notice"
"""The last column: null, or in a row of its own what there is to say of a series that is left out."""

PARENTS = {"parent", "part of", "part_of", "parent series", "parent_series"}


class Asked:
    """The options of a run in parts."""

    def __init__(self, options: dict[str, Any], columns: Sequence[str]) -> None:
        by, series = options.get("by"), options.get("series_column")
        keys = [by] if isinstance(by, str) else list(by or ())
        self.keys = keys or ([series] if series else [])
        if not self.keys:
            raise topline.UsageError(
                "by and series_column are not given\n"
                "hint: say which column names the series, by=\"customer\", so that each stays in one part"
            )
        for key in self.keys:
            if key not in columns:
                raise topline.UsageError(f"there is no column {key}\nhint: the table has {', '.join(columns)}")
        self.families = options.get("segments", "auto") != "off"
        if self.families and any(column.lower() in PARENTS for column in columns):
            raise topline.UsageError(
                "a column says what each series is a part of, and wholes and parts must stay together\n"
                "hint: project such a table with topline.project, or give segments=\"off\""
            )
        if options.get("currency") is None:
            told = "no currency is given: USD is assumed for amounts without one; currency= says another"
            warnings.warn(told, topline.ReadingWarning, stacklevel=3)
        if self.families:
            # Wholes and parts share what stands before the first " / ".
            self.keys = self.keys[:1]
        self.options = dict(options, levels=sorted(set(options.get("levels") or (50, 80, 95))))

    @property
    def is_planned(self) -> bool:
        """Whether nothing is left that only all series together decide."""
        return bool(self.options.get("step") and self.options.get("until"))

    def plan(self, surveys: Iterable[str]) -> None:
        """Decides how far and how finely, as a run of all parts together would."""
        found = [json.loads(survey) for survey in surveys]
        if not found:
            raise topline.ProjectionError("there are no figures in the input\nhint: give the figures themselves")
        for one in found:
            for (what, here), (_, there) in zip(one["read"][0], found[0]["read"][0]):
                if here != there:
                    raise topline.ReadingError(
                        f"parts of the table would be read differently: {what} is {there!r} in one and {here!r} in another\n"
                        "hint: say it for all parts, with the options of topline.read"
                    )
        steps = {one["step"] for one in found}
        step = self.options.get("step") or (steps.pop() if len(steps) == 1 else "year")
        self.options["step"] = step
        if not self.options.get("until"):
            self.options["until"] = max(one["ends"][step] for one in found if one["ends"][step])
        self.options["horizon"] = None

    def survey(self, table: pa.Table) -> str:
        """What one part says of the plan."""
        return json.dumps(_topline._survey(table, dict(self.options)))

    def columns(self) -> list[tuple[str, str]]:
        """The names of the result's columns, and what they hold: text, date or number."""
        levels = [f"{end}_{level:g}" for level in self.options["levels"] for end in ("lo", "hi")]
        before = [("series", "text"), ("measure", "text"), ("period", "text"), ("period_start", "date"), ("period_end", "date")]
        numbers = [(name, "number") for name in ["median", "mean", *levels]]
        after = [(name, "text") for name in ["currency", "method", "origin"]]
        return [*before, *numbers, *after, *[("parent", "text")] * self.families, (NOTICE, "text")]

    def schema(self) -> pa.Schema:
        """The result's schema."""
        import pyarrow as pa

        types = {"text": pa.string(), "date": pa.date32(), "number": pa.float64()}
        return pa.schema([(name, types[of]) for name, of in self.columns()])

    def project(self, table: pa.Table) -> pa.Table:
        """One part, projected on the thread that asks for it."""
        import pyarrow as pa

        schema = self.schema()
        if table.num_rows == 0:
            return schema.empty_table()
        try:
            result = _quietly(table, dict(self.options, threads=1))
        except topline.NothingProjected as error:
            if self.options.get("strict"):
                raise
            # None of the part's series can be projected; those of others may.
            return pa.Table.from_pylist([{NOTICE: str(error)}], schema)
        rows = pa.table(result)
        for name in ("parent", NOTICE):
            if name in schema.names and name not in rows.column_names:
                rows = rows.append_column(name, pa.nulls(rows.num_rows, pa.string()))
        told = [{NOTICE: str(notice)} for notice in result.notices if notice.weight == "warning"]
        return pa.concat_tables([rows.select(schema.names).cast(schema), pa.Table.from_pylist(told, schema)])

    def buckets(self, table: pa.Table, count: int) -> list[int]:
        """Of each row the bucket of its series: the same on every machine."""
        buckets: list[int] = [0] * table.num_rows
        for key in self.keys:
            codes = table[key].combine_chunks().dictionary_encode()
            names = codes.dictionary.to_pylist()
            if self.families:
                names = [str(name).split(BETWEEN, 1)[0] for name in names]
            sums = [zlib.crc32(str(name).encode()) for name in names]
            of_rows = codes.indices.to_pylist()
            buckets = [31 * before + (sums[code] if code is not None else 0) for before, code in zip(buckets, of_rows)]
        return [bucket % count for bucket in buckets]


def _quietly(table: pa.Table, options: dict[str, Any]) -> topline.Projections:
    """Without Python's warnings, which a worker would print where nobody reads them: the result has them as rows."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", topline.ReadingWarning)
        return _topline.project(table, options)
