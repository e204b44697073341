"""Who comes first and second on each indicator, and whether the lead can be chance. Pure: frames in, values out."""

from dataclasses import dataclass
from itertools import product

import pandas as pd

from portal.queries.stadsmonitor import Comparison, compared


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
