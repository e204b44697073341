"""Compares what a file observed with what the database has, and hands the difference to the command."""

from collections.abc import Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from data_loaders.plan import Key, Plan, Present, RowPlan, Wanted, make_plan
from data_loaders.stadsmonitor.known import KnownPartner
from portal.commands.stadsmonitor import Observed, record_observations
from portal.db.models import Indicator, Observation, Partner, ReferenceArea
from portal.permissions import Viewer


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
