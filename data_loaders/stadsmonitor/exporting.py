"""The survey's values as our own long form, which the portal takes back unchanged."""

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_loaders.kind import Table
from data_loaders.sheets import Column, Sheet
from portal.db.models import Indicator, Observation, Partner, ReferenceArea
from portal.permissions import Viewer
from portal.queries.frames import frame
from portal.values import Prose, Share, Whole

LONG = Sheet(
    "Stadsmonitor",
    (
        Column("nis", "nis", Prose(), required=False),
        Column("gemeente", "place", Prose(), required=False),
        Column("indicator", "indicator", Prose()),
        Column("jaar", "year", Whole()),
        Column("waarde", "value", Share(whole=100)),
        Column("n", "respondents", Whole(), required=False),
    ),
    ("indicator", "place", "year"),
)


def long_form(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """One sheet, a row per value: newest year first, then by indicator and place."""
    found = session.execute(
        select(
            *(func.coalesce(Partner.nis, ReferenceArea.code), func.coalesce(Partner.title, ReferenceArea.title)),
            *(Indicator.code, Observation.year, Observation.value, Observation.respondents),
        )
        .join(Indicator, Observation.indicator_id == Indicator.id)
        .outerjoin(Partner, Observation.partner_id == Partner.id)
        .outerjoin(ReferenceArea, Observation.reference_area_id == ReferenceArea.id)
        .order_by(Observation.year.desc(), Indicator.position, Indicator.id, Observation.id)
    )
    rows = [(*row[:4], Decimal(format(row.value, ".15g")), row.respondents) for row in found]
    choices = {
        "indicator": tuple(session.scalars(select(Indicator.code).order_by(Indicator.position, Indicator.id))),
        "place": tuple(
            session.scalars(select(Partner.title).where(Partner.archived_at.is_(None)).order_by(Partner.id))
        ),
    }
    return (Table(LONG, frame(tuple(column.key for column in LONG.columns), rows), choices),)
