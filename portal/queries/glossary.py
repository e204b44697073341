"""The words of the programme as this region says them, the vision among them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import CollaborationType, ProgrammeWord
from portal.glossary import APPLICATION, TERMS, Term, in_order
from portal.permissions import Viewer
from portal.text import sentence

VISION = "visie"


@dataclass(frozen=True, slots=True)
class Vision:
    """The sentence the partners agreed on, and its words in the order in which they stand there."""

    term: Term
    words: tuple[Term, ...]


def terms(session: Session, _: Viewer) -> tuple[Term, ...]:
    """Every word that is explained, by the alphabet, the same for everybody. Where the region explains a word itself,
    that is what it means there."""
    own = session.scalars(select(ProgrammeWord).where(ProgrammeWord.part == "").order_by(ProgrammeWord.position))
    types = session.scalars(select(CollaborationType).order_by(CollaborationType.position))
    return in_order([*map(_term, own), *map(_type, types), *TERMS])


def vision(session: Session, _: Viewer) -> Vision | None:
    """None where the region did not bring it."""
    found = select(ProgrammeWord).where(ProgrammeWord.part == VISION).order_by(ProgrammeWord.position)
    rows = list(session.scalars(found))
    whole = next((row for row in rows if row.code == VISION), None)
    return Vision(_term(whole), tuple(_term(row) for row in rows if row is not whole)) if whole else None


def _term(row: ProgrammeWord) -> Term:
    return Term(row.title, row.meaning, row.source, tuple(filter(None, map(str.strip, row.also.split(";")))))


def _type(row: CollaborationType) -> Term:
    meaning = f"{sentence(row.title)}. {sentence(row.lead_rule)}. Dat vraagt: {row.needs.replace(';', ',')}."
    return Term(f"type {row.code}", meaning, APPLICATION, (row.title,))
