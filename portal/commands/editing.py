"""How a command edits a row: by the version the person saw, in the words of the field, never over somebody else's."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.base import Clash, Conflict, Refused, changed
from portal.commands.codes import REMEMBERED, RESERVED, code_meant
from portal.db.base import Base, ValueRefused, Versioned
from portal.db.models import Audit, Partner, User
from portal.entities.fields import Field, Pointer, Shape
from portal.field_labels import field_label
from portal.permissions import RowNotFound

Values = Mapping[str, object]
"""What somebody typed, by key: a value of Python, or for a key that points at another row that row's code (or slug)."""

R = TypeVar("R", bound=Base)
PORTAL = "Portaal"


def hold(session: Session, model: type[R], row_id: int, *, archived: bool = False) -> R:
    """The row, locked until the command ends. Raises RowNotFound when there is none, or it is archived and that is not
    asked.

    Others may still point at it: two who change rows that point at each other would wait for each other for ever.
    """
    row = session.get(model, row_id, with_for_update={"key_share": True}, populate_existing=True)
    if row is None or (getattr(row, "archived_at", None) is not None and not archived):
        raise RowNotFound(f"{model.__tablename__} {row_id}")
    return row


def partner_named(session: Session, slug: str, *, held: bool = False) -> Partner:
    """Held, whoever adds something of this partner at the same moment waits. Raises Refused when there is none."""
    found = select(Partner).where(Partner.slug == slug, Partner.archived_at.is_(None))
    row = session.scalars(found.with_for_update(key_share=True) if held else found).one_or_none()
    if row is None:
        raise Refused(f"Partner ‘{slug}’ bestaat niet; kies er een uit de lijst.")
    return row


def edit(session: Session, row: Versioned, version: int, values: Values, shape: Shape) -> bool:
    """Sets what differs; True when anything did. The row is held.

    Raises Conflict with both values when the row is no longer of this version, Refused with a sentence when a value
    cannot be.
    """
    columns = columns_of(session, values, shape)
    if row.version != version:
        raise conflict(session, row, values, shape)
    return put(row, columns)


def put(row: Any, columns: Mapping[str, Any]) -> bool:
    """`changed`, with the database's refusals as sentences of the field."""
    try:
        return changed(row, **columns)
    except ValueRefused as refused:
        raise Refused(f"{_named(refused.column, type(row))} {refused.why}; er is niets gewijzigd.") from refused


def columns_of(session: Session, values: Values, shape: Shape) -> dict[str, Any]:
    """The values by column, codes replaced by ids. Raises Refused for a key, a code or an emptiness that cannot be."""
    columns: dict[str, Any] = {}
    for key, value in values.items():
        field = shape.fields.get(key)
        if field is None:
            raise Refused(f"{_named(key, shape.model)} kan hier niet gewijzigd worden; er is niets gewijzigd.")
        nothing = value is None or (isinstance(value, str) and not value.strip())
        if nothing and field.required:
            raise Refused(f"{field.label} mag niet leeg zijn; er is niets gewijzigd.")
        columns[field.attribute] = field.empty if nothing else _pointed(session, field, value)
    return columns


@contextmanager
def many_at_once(session: Session, codes: Collection[str] = ()) -> Iterator[None]:
    """For a command that edits many rows: what a code points at is looked up once. `codes` are those that its new rows
    bring along: no other gets one of them."""
    session.info[REMEMBERED] = {RESERVED: codes}
    try:
        with session.no_autoflush:
            yield
    finally:
        del session.info[REMEMBERED]


def _pointed(session: Session, field: Field, value: object) -> object:
    """The id of the row with this code; the value itself where the field points at nothing."""
    if field.points_at is None:
        return value
    remembered: dict[Any, int] = session.info.get(REMEMBERED, {})
    known = (field.points_at.model.__tablename__, value)
    if known not in remembered:
        remembered[known] = _looked_up(session, field.label, field.points_at, value)
    return remembered[known]


def _looked_up(session: Session, label: str, pointer: Pointer, code: object) -> int:
    model, codes = pointer.model, getattr(pointer.model, pointer.code)
    there = (model.archived_at.is_(None),) if hasattr(model, "archived_at") else ()
    found = session.scalar(select(model.id).where(codes == str(code), *there))
    if found is None and (meant := code_meant(session, codes, code, *there)):
        found = session.scalar(select(model.id).where(codes == meant, *there))
    if found is None:
        raise Refused(f"{label} ‘{code}’ bestaat niet; kies er een uit de lijst.")
    return cast(int, found)


def conflict(session: Session, row: Any, values: Values, shape: Shape) -> Conflict:
    """What to raise when `row` is not of the version that was seen: both values, who changed it last, and when."""
    present = {key: _present(session, row, shape.fields[key]) for key in values}
    clashes = tuple(Clash(key, present[key], mine) for key, mine in values.items() if present[key] != mine)
    who, at = last_change(session, row)
    return Conflict.between(clashes, who=who, at=at, version=row.version)


def last_change(session: Session, row: Any) -> tuple[str, datetime | None]:
    """Who changed the row last, and when (UTC); the portal itself where nobody did."""
    last = session.execute(
        select(Audit.at, User.name)
        .outerjoin(User, User.id == Audit.user_id)
        .where(Audit.entity == row.__tablename__, Audit.entity_id == row.id)
        .order_by(Audit.sequence.desc())
        .limit(1)
    ).one_or_none()
    return (last.name or PORTAL, last.at) if last else (PORTAL, None)


def _present(session: Session, row: Any, field: Field) -> object:
    value = getattr(row, field.attribute)
    if field.points_at is None:
        return value
    model = field.points_at.model
    return session.scalar(select(getattr(model, field.points_at.code)).where(model.id == value))


def _named(key: str, model: Any) -> str:
    label = field_label(key, model.__tablename__)
    return label[:1].upper() + label[1:]
