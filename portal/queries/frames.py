"""Rows into frames: Python values as they are, numbers typed where a query promises it."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd

COUNT: Final = "int64"
WHOLE: Final = "Int64"  # an integer that may be unknown
SHARE: Final = "float64"


def frame(columns: Sequence[str], rows: Iterable[Sequence[Any]], **typed: Any) -> pd.DataFrame:
    """A frame with exactly these columns, also when there are no rows. What is not `typed` keeps its Python value."""
    values = [tuple(row) for row in rows]
    made = pd.DataFrame(values, columns=list(columns), dtype=object)
    for name, kind in typed.items():  # one by one: `astype` of the whole frame takes several times as long
        place = columns.index(name)
        made[name] = pd.array([row[place] for row in values], dtype=kind)
    return made
