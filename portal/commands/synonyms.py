"""The words of the field that mean the same; every change of them works out the likeness anew."""

from collections.abc import Mapping
from enum import Enum

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.commands.base import Refused, changed, command
from portal.commands.likeness import keep_likeness
from portal.db.models import Synonym
from portal.permissions import Permission, RowNotFound, Viewer
from portal.words import fold


class Unseen(Enum):
    """For who never looked: the command line, a demo."""

    UNSEEN = "unseen"


UNSEEN = Unseen.UNSEEN


@command(Permission.MANAGE_PORTAL)
def begin_synonyms(session: Session, by: Viewer, *, synonyms: Mapping[str, str]) -> int:
    """The starting list (term to meaning), where there is none yet; gives how many came in. People's list is theirs."""
    if session.scalar(select(exists().where(Synonym.id.is_not(None)))):
        return 0
    session.add_all(Synonym(term=term, meaning=meaning) for term, meaning in synonyms.items())
    session.flush()
    return len(synonyms)


@command(Permission.MANAGE_PORTAL)
def set_synonym(
    session: Session, by: Viewer, *, term: str, meaning: str, seen: str | Unseen | None = UNSEEN
) -> Synonym:
    """Adds a term, or gives it another meaning. Refused when one of the two says nothing.

    `seen`: the meaning that stood there, None when the term is new. Refused when it is something else by now.
    """
    term, meaning = " ".join(term.split()), " ".join(meaning.split())
    if not fold(term) or not fold(meaning):
        raise Refused("Een synoniem heeft een woord en een betekenis nodig.")
    row = _row(session, term)
    _refuse_unseen(row, term, seen)
    if row is None:
        row = Synonym(term=term, meaning=meaning)
        session.add(row)
    elif not changed(row, meaning=meaning):
        return row
    keep_likeness(session, challenge_ids=None, project_ids=None)
    return row


@command(Permission.MANAGE_PORTAL)
def remove_synonym(session: Session, by: Viewer, *, term: str, seen: str | Unseen | None = UNSEEN) -> None:
    row = _row(session, term)
    if row is None:
        raise RowNotFound(f"synonym {term}")
    _refuse_unseen(row, term, seen)
    session.delete(row)
    keep_likeness(session, challenge_ids=None, project_ids=None)


def _refuse_unseen(row: Synonym | None, term: str, seen: str | Unseen | None) -> None:
    stands = row.meaning if row is not None else None
    if isinstance(seen, Unseen) or seen == stands:
        return
    if stands is None:
        raise Refused(f"‘{term}’ staat intussen niet meer in de lijst; er is niets gewijzigd.")
    raise Refused(f"‘{term}’ betekent al ‘{stands}’; er is niets gewijzigd. Kies het in de lijst om het te wijzigen.")


def _row(session: Session, term: str) -> Synonym | None:
    """However it is spelled: capitals, accents and hyphens make no other word."""
    return next((row for row in session.scalars(select(Synonym)) if fold(row.term) == fold(term)), None)
