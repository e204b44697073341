"""What changed between two editions, who comes first, what of it is more than chance. Pure: frames in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import pandas as pd

from portal.queries.frames import SHARE, WHOLE, frame
from portal.queries.survey.observations import Comparison, compared

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


@dataclass(frozen=True, slots=True)
class Place:
    """Who shares a place, by name, and the value that brought them there."""

    slugs: tuple[str, ...]
    names: tuple[str, ...]
    value: float


@dataclass(frozen=True, slots=True)
class Podium:
    """The first two places on an indicator. `lead` in points; nothing where nobody is behind, or nobody has a value."""

    code: str
    title: str
    short: str
    unit: str
    first: Place | None
    second: Place | None
    lead: float | None
    comparison: Comparison | None

    @property
    def sure(self) -> bool:
        return self.comparison is Comparison.DIFFERENT


def podiums(rows: pd.DataFrame) -> list[Podium]:
    """One for each indicator of a frame of `observations`, in its order."""
    return [_podium(group) for _, group in rows.groupby("indicator_code", sort=False)]


def _podium(group: pd.DataFrame) -> Podium:
    known = group.dropna(subset=["value"])
    ranks = sorted({int(rank) for rank in known["rank"]})[:2]
    first, second = ([known[known["rank"] == rank] for rank in ranks] + [None, None])[:2]
    head = group.iloc[0]
    lead = None if first is None or second is None else abs(float(first["value"].iloc[0] - second["value"].iloc[0]))
    how = None if first is None or second is None else _least_sure(first, second)
    named = (head["indicator_code"], head["indicator"], head["short"], head["unit"])
    return Podium(*named, _place(first), _place(second), lead, how)


def _place(those: pd.DataFrame | None) -> Place | None:
    if those is None:
        return None
    return Place(tuple(those["partner_slug"]), tuple(those["partner"]), float(those["value"].iloc[0]))


def _least_sure(first: pd.DataFrame, second: pd.DataFrame) -> Comparison:
    """Of every pair, as who share a place may have asked different numbers of people."""
    found = [
        compared(ours, theirs, *(None if pd.isna(margin) else float(margin) for margin in margins))
        for (ours, theirs), margins in zip(
            product(first["value"], second["value"]), product(first["margin"], second["margin"]), strict=True
        )
    ]
    return next((how for how in found if how is not Comparison.DIFFERENT), Comparison.DIFFERENT)
