"""Is the trace still the chain it was written as, and is every row still what the trace tells last of it? What leaves
none by rule (`db/traced.py`) is left out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Numeric, Row, select
from sqlalchemy.orm import Session

from portal.db.models import Audit, PortalInfo
from portal.db.traced import DIGESTED, SECRET, as_told, traced_fields, traced_models, untraced_rows, value_of
from portal.db.trail_seal import Anchor, KeyUnknown, Seals, canonical, current_seals, fields_of, place_of
from portal.field_labels import field_label
from portal.queries.trace.words import CALLED_BY, Names, row_name, told_by
from portal.vocabulary import AuditAction

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Misfit:
    """The first row of the trace that does not fit, or the last that tells of a row that does not; `why` is a Dutch
    sentence."""

    sequence: int
    why: str


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


def verify_rows(session: Session, seals: Seals, models: Iterable[Any] | None = None) -> Misfit | None:
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


def _misfit_in(session: Session, seals: Seals, model: Any, vouched: _Vouched) -> Misfit | None:
    entity, fields = model.__tablename__, traced_fields(model)
    told = _told_of(session, entity, vouched.rows.get(entity, frozenset()))
    present = select(model.id, *(getattr(model, name) for name in fields)).where(~untraced_rows(model))
    with session.execute(present.order_by(model.id).execution_options(yield_per=AT_ONCE)) as found:
        for row_id, *values in found:
            row = dict(zip(fields, values, strict=True))
            last = told.pop(row_id, None)
            if last is None:
                return Misfit(0, f"{_called(entity, row_id, row)} is buiten het portaal toegevoegd.")
            for name in _differing(model, row_id, row, last, seals=seals, vouched=vouched):
                named = f"het veld ‘{field_label(name, entity)}’"
                why = f"{named} is buiten het portaal gewijzigd; het spoor zegt iets anders"
                return Misfit(last.sequence, f"{_called(entity, row_id, row)}: {why} (rij {last.sequence}).")
    gone = next(iter(sorted(told)), None)
    if gone is None:
        return None
    return Misfit(told[gone].sequence, f"{_called(entity, gone, told[gone].values)} is buiten het portaal verwijderd.")


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
    fields = {name for names in CALLED_BY for name in names} | set(told_by(entity))
    known = json.loads(canonical({name: values[name] for name in sorted(fields) if name in values}))
    said = row_name(entity, row_id, known, Names())
    return said if said.endswith(f"nr. {row_id}") else f"{said} (nr. {row_id})"


UNKNOWN_KEY = (
    "is verzegeld met een sleutel die hier niet bekend is: het portaal schreef dit niet, of zijn vroegere sleutel"
    " ontbreekt in PORTAL_TRAIL_KEYS_PAST."
)


def verify(session: Session, *, since: Anchor | None = None, seals: Seals | None = None) -> Misfit | None:
    """The chain, the anchor where there is one, and then the rows of every table; None when everything fits."""
    seals = seals or current_seals()
    return verify_trail(session, since=since, seals=seals) or verify_rows(session, seals)


def trail_anchor(session: Session) -> Anchor:
    """Where the trace stands."""
    head = session.execute(select(PortalInfo.audit_sequence, PortalInfo.audit_hash)).one_or_none()
    return Anchor.at(*head) if head else Anchor(0, "")


def verify_trail(session: Session, *, since: Anchor | None = None, seals: Seals | None = None) -> Misfit | None:
    """Reads the whole chain against its seals and its head; None when every row fits."""
    seals = seals or current_seals()
    columns = PortalInfo.audit_sequence, PortalInfo.audit_sealed_from, PortalInfo.audit_hash, PortalInfo.audit_seal
    head = session.execute(select(*columns)).one_or_none()
    reading = _Reading(seals, head[1] if head else 1, since, oldest=len(seals.keys))
    rows = select(Audit).order_by(Audit.sequence).execution_options(yield_per=1000, populate_existing=True)
    with session.scalars(rows) as found:  # a server-side cursor, to be closed where the reading stops
        for row in found:
            if misfit := reading.misfit_of(row):
                return misfit
    last = reading.expected - 1
    if head:
        return _against_head(head, last, reading.previous, seals) or reading.unseen()
    return Misfit(last, "Het portaal weet niet meer waar het spoor eindigt.") if last else reading.unseen()


@dataclass(slots=True)
class _Reading:
    """How far the chain was read: the number and the seal of the row before that is to come."""

    seals: Seals
    sealed_from: int
    since: Anchor | None
    oldest: int  # a row is never sealed with an older key than the one before it
    expected: int = 1
    previous: str = ""

    def misfit_of(self, row: Audit) -> Misfit | None:
        if row.sequence != self.expected:
            return Misfit(
                self.expected,
                f"Rij {self.expected} ontbreekt; na rij {self.expected - 1} volgt rij {row.sequence}.",
            )
        if row.previous_hash != self.previous:
            return Misfit(max(self.expected - 1, 1), _changed(self.expected))
        if why := self._unsealed(row):
            return Misfit(row.sequence, f"Rij {row.sequence} {why}")
        self.expected, self.previous = self.expected + 1, self.seals.of_row(row)
        if self.since and row.sequence == self.since.sequence and not self.previous.startswith(self.since.mark):
            return Misfit(row.sequence, f"Rij {row.sequence} draagt een ander kenmerk dan {self.since}.")
        return None

    def _unsealed(self, row: Audit) -> str:
        """Why the row is not sealed as it should be; "" when it is."""
        if not self.sealed_from or row.sequence < self.sealed_from:
            return "staat voor het begin van de verzegeling en draagt een sleutel." if row.key_id else ""
        if row.key_id is None:
            return "is niet verzegeld: het portaal schreef ze niet."
        try:
            age = self.seals.age_of(row.key_id)
        except KeyUnknown:
            return UNKNOWN_KEY
        if age > self.oldest:
            return "is verzegeld met een sleutel die toen al vervangen was."
        self.oldest = age
        return ""

    def unseen(self) -> Misfit | None:
        """The anchor's row was never reached."""
        if self.since is None or self.since.sequence < self.expected:
            return None
        return Misfit(self.expected, f"Het spoor is ingekort: rij {self.since.sequence} ({self.since}) ontbreekt.")


def _changed(sequence: int) -> str:
    if sequence == 1:
        return "Rij 1 is niet meer het begin van het spoor."
    return f"Rij {sequence - 1} is na het schrijven gewijzigd: rij {sequence} draagt een ander kenmerk."


def _against_head(head: Row[int, int, str, str], last: int, sealed: str, seals: Seals) -> Misfit | None:
    sequence, sealed_from, kept, seal = head
    if last < sequence:
        return Misfit(last + 1, f"Het spoor is ingekort: rij {last + 1} tot en met {sequence} ontbreken.")
    if last > sequence:
        return Misfit(sequence + 1, f"Rij {sequence + 1} staat in het spoor, maar het portaal schreef ze niet.")
    if sealed != kept:
        return Misfit(max(last, 1), f"Rij {last} is na het schrijven gewijzigd.")
    if not sealed_from:
        return Misfit(max(last, 1), "Het spoor is nog niet verzegeld; voer uit: portal migrate")
    try:
        fits = seals.head_fits(sequence, sealed_from, kept, seal)
    except KeyUnknown:
        return Misfit(max(last, 1), f"Het hoofd van het spoor {UNKNOWN_KEY}")
    why = f"Het hoofd van het spoor (rij {sequence}) is buiten het portaal gewijzigd: er kunnen rijen ontbreken."
    return None if fits else Misfit(max(last, 1), why)
