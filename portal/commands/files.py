"""What a file brings in: rows that people edit, each a new one or a change of one that is there, and what an edition of
the survey observed; all of them or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.acts import Acts
from portal.commands.base import Conflict, changed, command
from portal.commands.editing import Values, many_at_once
from portal.commands.inventory.likeness import likeness_at_once
from portal.db.models import Observation, ReferenceArea
from portal.permissions import Permission, PermissionDenied, Viewer, scope


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a file: all that is `said` of it by key, what names it too, and what of that `changes` the row that was
    seen, of which this was the version, and this what it said. Without a row it is a new one."""

    said: Mapping[str, Any]
    changes: Values = field(default_factory=dict)
    row_id: int | None = None
    version: int | None = None
    was: Mapping[str, Any] = field(default_factory=dict)


Put: TypeAlias = Callable[[Session, Viewer, Entry], object]


def put_by(acts: Acts[Any]) -> Put:
    """Adds or changes the row as people do."""

    def put(session: Session, by: Viewer, one: Entry) -> object:
        if one.row_id is None:
            return acts.add_said(session, by, one.said)
        return acts.change(session, by, one.row_id, one.version, one.changes)

    return put


@command(Permission.IMPORT_DATA)
def load_rows(
    session: Session,
    by: Viewer,
    *,
    rows: Sequence[tuple[Put, Sequence[Entry]]],
    holds: Callable[[Session], object] = lambda _: None,
) -> None:
    """Each in the order they come, by what puts it. What is alike is worked out once. `holds` is done first.

    Raises Refused, Conflict, RowNotFound or PermissionDenied as the commands on one row do; then nothing is loaded.
    """
    holds(session)
    new = (one.said.get("code") for _, those in rows for one in those if one.row_id is None)
    with many_at_once(session, {str(code) for code in new if code}), likeness_at_once(session):
        for put, those in rows:
            for one in those:
                put(session, by, one)
            session.flush()  # what follows holds these rows, and holding reads them anew


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
