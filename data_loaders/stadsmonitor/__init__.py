"""Editions of the survey among inhabitants, in the official layouts and in our own."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from data_loaders.kind import Kind, Table
from data_loaders.plan import Key, Plan, Present, RowPlan, Wanted, make_plan
from data_loaders.sheets import Column, Sheet
from data_loaders.stadsmonitor.reading import read
from data_loaders.stadsmonitor.tables import KnownPartner, known_in
from portal.commands.survey import Observed, record_observations
from portal.db.models import Indicator, Observation, Partner, ReferenceArea
from portal.permissions import Permission, Viewer
from portal.values import Prose, Share, Whole


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    """Only the indicators and years of the file; other editions are not looked at."""
    return make_plan(wanted, _present(session, {(row.key[0], row.key[2]) for row in wanted}), versioned=False)


def _present(session: Session, asked: set[tuple[str, int]]) -> dict[Key, Present]:
    found = session.execute(
        select(
            *(Indicator.code, Indicator.short, Observation.year, Observation.value, Observation.respondents),
            *(Partner.slug, Partner.title, ReferenceArea.code.label("nis"), ReferenceArea.title.label("area")),
        )
        .join(Indicator, Observation.indicator_id == Indicator.id)
        .outerjoin(Partner, Observation.partner_id == Partner.id)
        .outerjoin(ReferenceArea, Observation.reference_area_id == ReferenceArea.id)
        .where(tuple_(Indicator.code, Observation.year).in_(sorted(asked)))
        .order_by(Indicator.code, Observation.year, Observation.id)
    )
    return {
        (row.code, row.slug or f"nis {row.nis}", row.year): Present(
            f"{row.title or row.area}, {row.short} ({row.code}), {row.year}",
            {"value": row.value, "respondents": row.respondents},
        )
        for row in found
    }


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    record_observations(session, viewer, rows=[_observed(row) for row in plan.to_write])


def _observed(row: RowPlan) -> Observed:
    indicator, place, source = row.wanted.carry
    return Observed(
        indicator_id=indicator.id,
        place=place.id if isinstance(place, KnownPartner) else place,
        year=row.wanted.key[2],
        fields=row.wanted.values,
        source=source,
        seen=None if row.present is None else row.present.values,
    )


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
    keys = [column.key for column in LONG.columns]
    return (Table(LONG, [dict(zip(keys, row, strict=True)) for row in rows], choices),)


STADSMONITOR = Kind(
    name="stadsmonitor",
    description="waarden van de Gemeente- en Stadsmonitor (.xlsx of .csv)",
    right=Permission.IMPORT_DATA,
    everything=True,
    known=known_in,
    read=read,
    plan=plan,
    apply=apply,
    tables=long_form,
    asks_year=True,
)
