"""Is every row of the tables what the trace tells last of it? What leaves none by rule (`db/traced.py`) is left out.

A row of which the trace tells nothing was put in behind the portal's back, unless the line that began the sealing of an
older database vouches for it. Of a row that is told in part, only the fields that are told are compared.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Numeric, select
from sqlalchemy.orm import Session

from portal.db.models import Audit
from portal.db.traced import DIGESTED, SECRET, as_told, traced_fields, traced_models, untraced_rows, value_of
from portal.db.trail_seal import KeyUnknown, Seals, canonical, fields_of, place_of
from portal.field_labels import field_label
from portal.queries.row_names import CALLED_BY, TOLD_BY, row_name
from portal.queries.trace_words import Names
from portal.vocabulary import AuditAction

AT_ONCE = 1000


class RowMisfit(NamedTuple):
    """`sequence`: the last row of the trace that tells of it; `sentence` names the row, and its field."""

    sequence: int
    sentence: str


@dataclass(slots=True)
class _Told:
    """What the trace tells of one row in the end; `whole`: it was told from its first day."""

    whole: bool
    sequence: int = 0
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Vouched:
    """What the lines about the trace itself say: rows that were there without one, and the digests of secrets."""

    rows: Mapping[str, frozenset[int]]
    secrets: Mapping[str, tuple[str, str]]  # by place: the id of the key, the digest


def verify_rows(session: Session, seals: Seals, models: Iterable[Any] | None = None) -> RowMisfit | None:
    """The first row that is not what the trace tells, table by table (default: all that leave a trace); None when they
    all are.
    """
    vouched = _vouched(session)
    found = (_misfit_in(session, seals, model, vouched) for model in models or traced_models())
    return next((misfit for misfit in found if misfit), None)


def _vouched(session: Session) -> _Vouched:
    rows: dict[str, frozenset[int]] = {}
    about = select(Audit.after).where(Audit.entity == Audit.__tablename__).order_by(Audit.sequence)
    for after in session.scalars(about):
        told = json.loads(fields_of(after).get("untold") or "{}")
        rows |= {entity: rows.get(entity, frozenset()) | frozenset(ids) for entity, ids in told.items()}
    secrets: dict[str, tuple[str, str]] = {}
    sealed = select(Audit.key_id, Audit.secrets).where(Audit.secrets.is_not(None)).order_by(Audit.sequence)
    for key_id, digests in session.execute(sealed):
        secrets |= {place: (key_id or "", digest) for place, digest in fields_of(digests or "{}").items()}
    return _Vouched(rows, secrets)


def _misfit_in(session: Session, seals: Seals, model: Any, vouched: _Vouched) -> RowMisfit | None:
    entity, fields = model.__tablename__, traced_fields(model)
    told = _told_of(session, entity, vouched.rows.get(entity, frozenset()))
    present = select(model.id, *(getattr(model, name) for name in fields)).where(~untraced_rows(model))
    with session.execute(present.order_by(model.id).execution_options(yield_per=AT_ONCE)) as found:
        for row_id, *values in found:
            row = dict(zip(fields, values, strict=True))
            last = told.pop(row_id, None)
            if last is None:
                return RowMisfit(0, f"{_called(entity, row_id, row)} is buiten het portaal toegevoegd.")
            for name in _differing(model, row_id, row, last, seals=seals, vouched=vouched):
                named = f"het veld ‘{field_label(name, entity)}’"
                why = f"{named} is buiten het portaal gewijzigd; het spoor zegt iets anders"
                return RowMisfit(last.sequence, f"{_called(entity, row_id, row)}: {why} (rij {last.sequence}).")
    gone = next(iter(sorted(told)), None)
    if gone is None:
        return None
    return RowMisfit(
        told[gone].sequence, f"{_called(entity, gone, told[gone].values)} is buiten het portaal verwijderd."
    )


def _told_of(session: Session, entity: str, untold: Iterable[int]) -> dict[int, _Told]:
    told = {row_id: _Told(whole=False) for row_id in untold}
    lines = select(Audit.entity_id, Audit.action, Audit.after, Audit.sequence).where(Audit.entity == entity)
    ordered = lines.order_by(Audit.sequence).execution_options(yield_per=AT_ONCE)
    for row_id, action, after, sequence in session.execute(ordered):
        if action is AuditAction.REMOVED:
            told.pop(row_id, None)
            continue
        if action is AuditAction.CREATED or row_id not in told:
            told[row_id] = _Told(whole=action is AuditAction.CREATED)
        told[row_id].sequence = sequence
        told[row_id].values |= fields_of(after)
    return told


def _differing(
    model: Any, row_id: int, row: Mapping[str, Any], last: _Told, *, seals: Seals, vouched: _Vouched
) -> Iterator[str]:
    for name, value in row.items():
        place = place_of(model.__tablename__, row_id, name)
        if name in SECRET and value is not None and place in vouched.secrets:
            if not _is_the_secret(seals, place, value, *vouched.secrets[place]):
                yield name
        elif (last.whole or name in last.values) and not _is_told(model, name, last.values.get(name), value):
            yield name


def _is_the_secret(seals: Seals, place: str, value: str, key_id: str, digest: str) -> bool:
    try:
        return seals.of_secret(place, value, key_id) == digest
    except KeyUnknown:
        return False


def _is_told(model: Any, name: str, told: Any, value: Any) -> bool:
    if name in SECRET | DIGESTED:
        return bool(told == as_told(name, value))
    try:
        return bool(_kept(model, name, value_of(model, name, told)) == value)
    except ValueError:  # a word of the past
        return False


def _kept(model: Any, name: str, value: Any) -> Any:
    """A number as a column of so many decimals keeps it."""
    kind = model.__mapper__.column_attrs[name].columns[0].type
    if value is None or not isinstance(kind, Numeric) or kind.scale is None:
        return value
    return round(Decimal(str(value)), kind.scale) if kind.asdecimal else round(float(value), kind.scale)


def _called(entity: str, row_id: int, values: Mapping[str, Any]) -> str:
    fields = {name for names in CALLED_BY for name in names} | set(TOLD_BY.get(entity, ()))
    known = json.loads(canonical({name: values[name] for name in sorted(fields) if name in values}))
    said = row_name(entity, row_id, known, Names())
    return said if said.endswith(f"nr. {row_id}") else f"{said} (nr. {row_id})"
