"""What changed between two editions, and what of it is more than chance. Pure: frames in, frames out."""

from collections.abc import Sequence

import pandas as pd

from portal.queries.frames import SHARE, WHOLE, frame
from portal.queries.stadsmonitor import Comparison, compared

COLUMNS = (
    *("indicator_code", "indicator", "short", "unit", "partner_slug", "partner", "year_before", "value_before"),
    *("year", "value", "change", "comparison", "beyond_chance", "improved"),
)


def edition_pair(known: Sequence[int], chosen: int | None) -> tuple[int, int] | None:
    """The chosen edition with the one before it; the oldest with the one after it. None when there is only one."""
    years = sorted(known)
    if chosen not in years or len(years) < 2:  # noqa: PLR2004
        return None
    place = max(years.index(chosen), 1)
    return years[place - 1], years[place]


def changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Two frames of `observations`, the older first: every indicator and partner of both, in the order of the newer.

    Columns: indicator_code, indicator, short, unit, partner_slug, partner (str), year_before, year (Int64),
    value_before, value, change (float64; NaN where either edition has no value), comparison (str or None: see
    `Comparison`), beyond_chance, improved (bool; rising where higher is better).
    """
    keys = ["indicator_code", "partner_slug"]
    old = before[[*keys, "year", "value", "margin"]]
    both = after.merge(old, on=keys, suffixes=("", "_before"), how="inner")
    change = both["value"] - both["value_before"]
    how = [
        _how(*values) for values in both[["value_before", "value", "margin_before", "margin"]].itertuples(index=False)
    ]
    made = both.assign(
        change=change,
        comparison=pd.Series(how, index=both.index, dtype=object),
        beyond_chance=[word == Comparison.DIFFERENT.value for word in how],
        improved=(change > 0) == both["higher_is_better"],
    )
    typed = {"year_before": WHOLE, "year": WHOLE, "value_before": SHARE, "value": SHARE, "change": SHARE}
    rows = made[list(COLUMNS)].itertuples(index=False)
    return frame(COLUMNS, rows, **typed, beyond_chance="bool", improved="bool")


def _how(before: float, after: float, margin_before: float, margin_after: float) -> str | None:
    if pd.isna(before) or pd.isna(after):
        return None
    margins = (None if pd.isna(margin) else float(margin) for margin in (margin_before, margin_after))
    return compared(float(before), float(after), *margins).value
