"""Is the trace still the chain it was written as?"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Audit, PortalInfo
from portal.db.trail_hash import fingerprint


@dataclass(frozen=True, slots=True)
class Misfit:
    """The first row of the trace that does not fit; `why` is a Dutch sentence."""

    sequence: int
    why: str


def verify_trail(session: Session) -> Misfit | None:
    """Reads the whole chain against its hashes and its head; None when every row fits."""
    expected, previous = 1, ""
    rows = select(Audit).order_by(Audit.sequence).execution_options(yield_per=1000)
    with session.scalars(rows) as found:  # a server-side cursor, to be closed where the reading stops
        for row in found:
            if row.sequence != expected:
                return Misfit(expected, f"Rij {expected} ontbreekt; na rij {expected - 1} volgt rij {row.sequence}.")
            if row.previous_hash != previous:
                return Misfit(max(expected - 1, 1), _changed(expected))
            expected, previous = expected + 1, fingerprint(row)
    return _against_head(session, expected - 1, previous)


def _changed(sequence: int) -> str:
    if sequence == 1:
        return "Rij 1 is niet meer het begin van het spoor."
    return f"Rij {sequence - 1} is na het schrijven gewijzigd: rij {sequence} draagt een ander kenmerk."


def _against_head(session: Session, last: int, sealed: str) -> Misfit | None:
    head = session.execute(select(PortalInfo.audit_sequence, PortalInfo.audit_hash)).one_or_none()
    sequence, kept = head or (0, "")
    if last < sequence:
        return Misfit(last + 1, f"Het spoor is ingekort: rij {last + 1} tot en met {sequence} ontbreken.")
    if last > sequence:
        return Misfit(sequence + 1, f"Rij {sequence + 1} staat in het spoor, maar het portaal schreef ze niet.")
    if sealed != kept:
        return Misfit(max(last, 1), f"Rij {last} is na het schrijven gewijzigd.")
    return None
