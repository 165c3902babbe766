"""Types of arguments, for type checkers."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from typing import Any, Protocol, Union


class SpeaksArrow(Protocol):
    """Whatever hands its rows over as an Arrow stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Table = Union[SpeaksArrow, "str", "os.PathLike[str]"]
Input = Union[Table, "Sequence[Table]"]
How = Union[str, bool, int, float, "Sequence[str]", datetime.date, None]
Dict = dict[str, Any]
