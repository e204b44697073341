"""One edition of the survey as a page needs it: the values, what was asked, and the areas beside the region."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Indicator, Observation, Partner, ReferenceArea
from portal.db.sorting import bytewise
from portal.permissions import Viewer
from portal.queries.frames import SHARE, WHOLE, frame
from portal.queries.stadsmonitor import editions, observations


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
