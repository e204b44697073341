"""Draagvlak within a partner, and the roadmap it follows at its own speed."""

from datetime import date

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.db.base import LINE, TITLE, Base, Titled, Versioned, foreign, shown
from portal.values import YEAR
from portal.vocabulary import (
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    RoadmapPart,
    RoadmapStatus,
)


class Endorsement(Versioned, Base):
    """How far one level within a partner is engaged, on the official or the political track."""

    __tablename__ = "endorsement"
    called = "draagvlak"
    __table_args__ = (UniqueConstraint("partner_id", "level", "track"),)

    partner_id: Mapped[int] = foreign("partner.id", "Partner", index=False)
    level: Mapped[EndorsementLevel] = shown("Niveau")
    track: Mapped[EndorsementTrack] = shown("Spoor")
    state: Mapped[EndorsementState] = shown("Stand", default=EndorsementState.NOT_ASKED)
    on: Mapped[date | None] = shown("Datum", "on_date", past=True, hint="Leeg laten: vandaag.")
    document: Mapped[str] = shown("Document", String(LINE), default="")
    note: Mapped[str] = shown("Nota", Text, default="")


class EndorsementCondition(Versioned, Base):
    """What a level asks before it engages; open until it is resolved."""

    __tablename__ = "endorsement_condition"
    called = "voorwaarde"

    endorsement_id: Mapped[int] = foreign("endorsement.id", "Draagvlak")
    text: Mapped[str] = shown("Voorwaarde", Text)
    owner: Mapped[str] = shown("Trekker", String(TITLE), default="", hint="Wie zorgt ervoor dat ze opgelost raakt?")
    due_on: Mapped[date | None] = shown("Tegen")
    resolved_on: Mapped[date | None] = shown("Opgelost op", past=True)


class RoadmapItem(Versioned, Titled, Base):
    __tablename__ = "roadmap_item"
    called = "roadmap"

    title: Mapped[str] = shown("Stap", String(TITLE))
    partner_id: Mapped[int] = foreign("partner.id", "Partner")
    part: Mapped[RoadmapPart] = shown("Onderdeel")
    year: Mapped[int | None] = shown("Jaar", kind=YEAR)
    project_id: Mapped[int | None] = foreign("project.id", "Project", optional=True)
    coach_partner_id: Mapped[int | None] = foreign("partner.id", "Begeleider", optional=True)
    status: Mapped[RoadmapStatus] = shown("Stand", default=RoadmapStatus.PLANNED)
