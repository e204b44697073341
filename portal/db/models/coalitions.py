"""The coalition of the willing, each partner's dated state in a project; the draagvlak and roadmap within a partner."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from portal.db.base import LINE, TITLE, Base, Titled, Versioned, foreign, shown
from portal.values import YEAR
from portal.vocabulary import (
    DecisionStatus,
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    Improvement,
    ParticipationState,
    RoadmapPart,
    RoadmapStatus,
)

_CURRENT = text("until IS NULL AND archived_at IS NULL")


class Participation(Versioned, Base):
    """A state from `since` until `until`; a change of state ends this row and opens the next."""

    __tablename__ = "participation"
    called = "deelname"
    __table_args__ = (
        CheckConstraint(
            "until IS NULL OR since IS NULL OR until >= since",
            name="ends_after_it_begins",
        ),
        Index(
            "uq_participation_current",
            "project_id",
            "partner_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_participation_partner_id_until", "partner_id", "until"),
    )

    project_id: Mapped[int] = foreign("project.id", "Project")
    partner_id: Mapped[int] = foreign("partner.id", "Partner", index=False)
    state: Mapped[ParticipationState] = shown("Stand")
    since: Mapped[date | None] = shown("Sinds", hint="Leeg laten: vandaag. Een andere stand beëindigt de vorige.")
    until: Mapped[date | None] = shown("Tot")
    expected_on: Mapped[date | None] = shown("Verwacht op", hint="Nodig bij ‘Stapt later in’.")
    asked_on: Mapped[date | None] = shown("Gevraagd op", past=True)
    reason: Mapped[str] = shown("Reden", Text, default="", hint="Nodig bij ‘Neemt niet deel’.")
    improvement: Mapped[Improvement] = shown("Wordt het beter?", default=Improvement.UNKNOWN)
    improvement_note: Mapped[str] = shown("Wat wordt er beter?", Text, default="")
    decision_organ: Mapped[str] = shown("Beslissing: orgaan", String(TITLE), default="")
    decision_on: Mapped[date | None] = shown("Beslissing: datum", past=True)
    decision_url: Mapped[str] = shown("Beslissing: adres van het besluit", String(LINE), default="")
    decision_status: Mapped[DecisionStatus | None] = shown("Beslissing: stand")


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
