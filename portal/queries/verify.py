"""Is the trace still the chain it was written as, and is every row still what the trace tells last of it?"""

from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from portal.db.models import Audit, PortalInfo
from portal.db.trail_seal import Anchor, KeyUnknown, Seals, current_seals
from portal.queries.verify_rows import verify_rows

UNKNOWN_KEY = (
    "is verzegeld met een sleutel die hier niet bekend is: het portaal schreef dit niet, of zijn vroegere sleutel"
    " ontbreekt in PORTAL_TRAIL_KEYS_PAST."
)


@dataclass(frozen=True, slots=True)
class Misfit:
    """The first row of the trace that does not fit; `why` is a Dutch sentence."""

    sequence: int
    why: str


def verify(session: Session, *, since: Anchor | None = None, seals: Seals | None = None) -> Misfit | None:
    """The chain, the anchor where there is one, and then the rows of every table; None when everything fits."""
    seals = seals or current_seals()
    misfit = verify_trail(session, since=since, seals=seals)
    if misfit is None and (why := verify_rows(session, seals)):
        misfit = Misfit(why.sequence, why.sentence)
    return misfit


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
