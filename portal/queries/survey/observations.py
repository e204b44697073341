"""What inhabitants say in the survey: one edition as a page needs it, honest ranks, how sure a difference is, and what
changed between two editions."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import sqrt

import pandas as pd
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.db.lookups import survey_years
from portal.db.models import Indicator, Observation, Partner, ReferenceArea
from portal.db.types import bytewise
from portal.permissions import Viewer
from portal.queries.frames import SHARE, WHOLE, frame
from portal.queries.visible import is_municipality

CHANCE_POINTS = 8.0
CERTAINTY = 1.96
_EXACT = 6  # decimals: 69.3 - 61.3 is 8 points, not a hair less


class Comparison(StrEnum):
    """How two values of one indicator compare."""

    DIFFERENT = "verschillend"
    ALIKE = "niet te onderscheiden"
    MAYBE_CHANCE = "mogelijk toeval"


def margin(percentage: float, respondents: int | None, population: int | None) -> float | None:
    """Half the width of the 95 % interval, in points; None without respondents. A whole population asked has none."""
    if not respondents or respondents < 0:
        return None
    unasked = max(0.0, 1 - respondents / population) if population else 1.0
    return CERTAINTY * sqrt(percentage * (100 - percentage) / respondents) * sqrt(unasked)


def compared(one: float, other: float, margin_one: float | None, margin_other: float | None) -> Comparison:
    """By their intervals where both are known; else a difference below 8 points may be chance."""
    difference = round(abs(one - other), _EXACT)
    if margin_one is None or margin_other is None:
        return Comparison.MAYBE_CHANCE if difference < CHANCE_POINTS else Comparison.DIFFERENT
    return Comparison.ALIKE if difference <= round(margin_one + margin_other, _EXACT) else Comparison.DIFFERENT


def editions(session: Session, viewer: Viewer) -> list[int]:
    """The years in which partners were surveyed, newest first."""
    return list(session.scalars(survey_years()))


def observations(session: Session, viewer: Viewer, year: int | None = None) -> pd.DataFrame:
    """One edition (the newest unless a year is given): every municipality and every other partner that was surveyed,
    for each indicator of that edition; indicators as the list has them, partners by name.

    Columns: indicator_code, indicator, short, unit (str), higher_is_better (bool), partner_slug, partner (str),
    population, year, respondents (Int64), value (float64, NaN: geen gegevens), rank (Int64, 1 is best, equal values
    share it), shared_rank, best (bool; all that share the first rank), region_mean, difference (float64: unweighted
    mean of the values there are, and value minus mean), margin (float64, NaN without respondents).
    """
    columns = (
        *("indicator_code", "indicator", "short", "unit", "higher_is_better", "partner_slug", "partner"),
        *("population", "year", "respondents", "value"),
    )
    year = year if year is not None else next(iter(editions(session, viewer)), None)
    whole = dict.fromkeys(("population", "year", "respondents"), WHOLE)
    rows = [] if year is None else _observed(session, year)
    made = frame(columns, rows, **whole, value=SHARE, higher_is_better="bool")
    return ranked(made)


def _observed(session: Session, year: int) -> list[tuple[object, ...]]:
    surveyed = select(Observation.partner_id).where(Observation.year == year, Observation.partner_id.is_not(None))
    asked = select(Observation.indicator_id).where(Observation.year == year, Observation.partner_id.is_not(None))
    of_both = and_(
        Observation.indicator_id == Indicator.id, Observation.partner_id == Partner.id, Observation.year == year
    )
    found = (
        select(
            *(Indicator.code, Indicator.title, Indicator.short, Indicator.unit, Indicator.higher_is_better),
            *(Partner.slug, Partner.title, Partner.population, Observation.respondents, Observation.value),
        )
        .select_from(Indicator)
        .join(Partner, or_(is_municipality(), Partner.id.in_(surveyed)))
        .outerjoin(Observation, of_both)
        .where(Indicator.id.in_(asked))
        .order_by(Indicator.position, Indicator.id, bytewise(Partner.title_key), Partner.id)
    )
    return [(*row[:8], year, *row[8:]) for row in session.execute(found)]


def ranked(made: pd.DataFrame) -> pd.DataFrame:
    """What was observed, with what follows from it: see `observations`. Equal values share the best rank of them."""
    signed = made["value"].where(made["higher_is_better"], -made["value"])
    per_indicator = signed.groupby(made["indicator_code"])
    rank = per_indicator.rank(method="min", ascending=False)
    mean = made.groupby("indicator_code")["value"].transform("mean")
    together = made.assign(rank=rank).groupby(["indicator_code", "rank"])["value"].transform("size")
    return made.assign(
        rank=rank.astype(WHOLE),
        shared_rank=(together > 1).fillna(False).astype(bool),
        best=(rank == 1).astype(bool),
        region_mean=mean.astype(SHARE),
        difference=(made["value"] - mean).astype(SHARE),
        margin=_margins(made),
    )


def _margins(made: pd.DataFrame) -> "pd.Series[float]":
    known = zip(made["value"], made["respondents"], made["population"], strict=True)
    found = [
        None if pd.isna(value) or pd.isna(asked) else margin(value, int(asked), None if pd.isna(all_) else int(all_))
        for value, asked, all_ in known
    ]
    return pd.Series(found, index=made.index, dtype=SHARE)


@dataclass(frozen=True, slots=True)
class Edition:
    """`rows` are those of `observations`; `indicators` of `indicators_asked`; `areas` of `area_values`."""

    year: int | None
    rows: pd.DataFrame
    indicators: pd.DataFrame
    areas: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        return bool(self.rows.empty)


def edition(session: Session, viewer: Viewer, wanted: int | None = None) -> Edition:
    """The edition of that year, or the newest when there is none of that year."""
    known = editions(session, viewer)
    year = wanted if wanted in known else next(iter(known), None)
    return Edition(
        year,
        observations(session, viewer, year),
        indicators_asked(session, viewer, year),
        area_values(session, viewer, year),
    )


def indicators_asked(session: Session, viewer: Viewer, year: int | None) -> pd.DataFrame:
    """What partners' inhabitants were asked in that edition, in the order of the list.

    Columns: code, title, short, question, unit, source (str), higher_is_better (bool).
    """
    columns = ("code", "title", "short", "question", "unit", "source", "higher_is_better")
    asked = select(Observation.indicator_id).where(Observation.year == year, Observation.partner_id.is_not(None))
    found = (
        select(*(getattr(Indicator, name) for name in columns))
        .where(Indicator.id.in_(asked))
        .order_by(Indicator.position, Indicator.id)
    )
    return frame(columns, session.execute(found).all() if year is not None else (), higher_is_better="bool")


def area_values(session: Session, viewer: Viewer, year: int | None) -> pd.DataFrame:
    """What areas outside the region scored in that edition; by title. They have no rank.

    Columns: indicator_code, area_code, area (str), year, respondents (Int64), value (float64).
    """
    columns = ("indicator_code", "area_code", "area", "year", "respondents", "value")
    found = (
        select(
            *(Indicator.code, ReferenceArea.code, ReferenceArea.title),
            *(Observation.year, Observation.respondents, Observation.value),
        )
        .join(Indicator, Indicator.id == Observation.indicator_id)
        .join(ReferenceArea, ReferenceArea.id == Observation.reference_area_id)
        .where(Observation.year == year)
        .order_by(bytewise(ReferenceArea.title), ReferenceArea.id, Indicator.position, Indicator.id)
    )
    rows = session.execute(found).all() if year is not None else ()
    return frame(columns, rows, year=WHOLE, respondents=WHOLE, value=SHARE)


def map_places(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Where partners stand on the tile map. Columns: partner_slug (str), tile_row, tile_col (int64)."""
    found = select(Partner.slug, Partner.tile_row, Partner.tile_col).where(
        Partner.tile_row.is_not(None), Partner.tile_col.is_not(None), Partner.archived_at.is_(None)
    )
    rows = session.execute(found.order_by(Partner.id)).all()
    return frame(("partner_slug", "tile_row", "tile_col"), rows, tile_row="int64", tile_col="int64")


CHANGE_COLUMNS = (
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
    rows = made[list(CHANGE_COLUMNS)].itertuples(index=False)
    return frame(CHANGE_COLUMNS, rows, **typed, beyond_chance="bool", improved="bool")


def _how(before: float, after: float, margin_before: float, margin_after: float) -> str | None:
    if pd.isna(before) or pd.isna(after):
        return None
    return compared(float(before), float(after), known(margin_before), known(margin_after)).value


def known(margin: float) -> float | None:
    return None if pd.isna(margin) else float(margin)


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
        compared(ours, theirs, *map(known, margins))
        for (ours, theirs), margins in zip(
            product(first["value"], second["value"]), product(first["margin"], second["margin"]), strict=True
        )
    ]
    return next((how for how in found if how is not Comparison.DIFFERENT), Comparison.DIFFERENT)
