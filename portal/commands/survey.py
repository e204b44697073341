"""What an edition of the survey observed, as a file brings it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.base import Conflict, changed, command
from portal.db.models import Observation, ReferenceArea
from portal.permissions import Permission, PermissionDenied, Viewer, scope

MOVED = "Iemand wijzigde intussen een van deze waarden; er is niets geladen, probeer opnieuw."


@dataclass(frozen=True, slots=True)
class Area:
    """A place that is not a partner, by its NIS code."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Observed:
    """One value of one edition for one place: a partner's id, or an area.

    `fields` are the columns to set; `seen` is what the database had when this was decided (None: no row).
    """

    indicator_id: int
    place: int | Area
    year: int
    fields: Mapping[str, float | int]
    source: str
    seen: Mapping[str, float | int | None] | None


@command(Permission.IMPORT_DATA)
def record_observations(session: Session, by: Viewer, *, rows: Sequence[Observed]) -> list[Observation]:
    """Adds and corrects; a row of another year is never touched.

    Raises Conflict when a value is no longer what was seen.
    """
    if not scope(by, Permission.IMPORT_DATA).everything:
        raise PermissionDenied(Permission.IMPORT_DATA, "observations of every place")
    areas = _areas(session, [row.place for row in rows if isinstance(row.place, Area)])
    return [_record(session, row, areas) for row in rows]


def _record(session: Session, observed: Observed, areas: Mapping[str, int]) -> Observation:
    place = (
        {"reference_area_id": areas[observed.place.code]}
        if isinstance(observed.place, Area)
        else {"partner_id": observed.place}
    )
    key = {"indicator_id": observed.indicator_id, "year": observed.year, **place}
    row = session.scalars(select(Observation).filter_by(**key).with_for_update()).one_or_none()
    now = None if row is None else {name: getattr(row, name) for name in observed.seen or observed.fields}
    if now != observed.seen:
        raise Conflict(MOVED)
    if row is None:
        row = Observation(**key, **observed.fields, source=observed.source)
        session.add(row)
    else:
        changed(row, **observed.fields, source=observed.source)
    return row


def _areas(session: Session, wanted: Sequence[Area]) -> dict[str, int]:
    """Ids by code; an area that is new is added."""
    titles = {area.code: area.title for area in wanted}
    known = session.scalars(select(ReferenceArea).where(ReferenceArea.code.in_(titles))).all()
    new = [ReferenceArea(code=code, title=titles[code]) for code in sorted(titles.keys() - {row.code for row in known})]
    session.add_all(new)
    session.flush()
    return {row.code: row.id for row in (*known, *new)}
